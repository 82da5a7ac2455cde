"""A still figure of nodes and links as SVG: one sheet with its title, its legend and where it comes from.

Light and printable; nothing outside the file is needed: colours are attributes, fonts are those of the
machine that shows it. What the nodes and links are is said by :mod:`visualisations.exports.dessin_reseau`
and :mod:`visualisations.exports.dessin_groupes`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import hypot
from typing import Final

from graph.cartography.exports import clean
from visualisations.exports.etiquettage import INTERLIGNE, LETTRE, Boite, Nom, Nomme, place_names
from visualisations.langues import langue
from visualisations.rendu import messages, render_view
from visualisations.reseau.modele import FormeVue

LARGEUR_MIN: Final = 860.0
MARGE: Final = 36.0
ENTETE: Final = 84.0
_FEUILLE: Final = 1400.0
"""Width of a sheet whose title and legend are at scale 1."""
_POINTE: Final = 9.0
_RANGEE: Final = 26.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class TraitDessine:
    """A link: its line, and the head that says which way it goes (empty when it goes both)."""

    trace: str
    pointe: str
    couleur: str
    epaisseur: float
    tirets: str
    texte: str


@dataclass(frozen=True, slots=True)
class NoeudDessine:
    """A node: its shape, what is written in it, and the name that fits beside it, if any does."""

    x: float
    y: float
    rayon: float
    forme: FormeVue
    texte: str
    nom: Nom | None
    code: str = ""


@dataclass(frozen=True, slots=True)
class CleDessinee:
    """One entry of the legend, of a kind of node or of link."""

    texte: str
    forme: FormeVue | None = None
    trait: TraitDessine | None = None
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class DessinVue:
    """Context of ``exports/reseau.svg``: pixels, the origin at the top left corner."""

    langue: str
    largeur: float
    hauteur: float
    echelle: float
    """Of the title and the legend: the larger the sheet, the larger their letters."""
    haut_figure: float
    haut_legende: float
    bas_legende: float
    """Where the last line goes, from the top of the legend, at its scale."""
    titre: str
    etat: str
    mention: str
    """Where it comes from, and how many names do not fit."""
    liens: tuple[TraitDessine, ...]
    noeuds: tuple[NoeudDessine, ...]
    legende: tuple[CleDessinee, ...]


@dataclass(frozen=True, slots=True)
class Sujet:
    """What to draw, before it has a place on a sheet."""

    titre: str
    etat: str
    mention: str
    noeuds: Sequence[Nomme]
    """Where they are, wherever the origin is; the most telling first."""
    draw_node: Callable[[Nomme, Nom | None], NoeudDessine]
    draw_links: Callable[[Mapping[str, Nomme]], tuple[TraitDessine, ...]]
    """Given the nodes on the sheet, by id."""
    legende: Sequence[Sequence[CleDessinee]]


def write_svg(sujet: Sujet) -> str:
    """The sheet as an SVG document."""
    return render_view("exports/reseau.svg", compose(sujet))


def compose(sujet: Sujet) -> DessinVue:
    """Everything where it goes, in pixels from the top left corner."""
    noeuds, largeur, bas = _frame(sujet.noeuds)
    echelle = min(max(largeur / _FEUILLE, 1.0), 1.6)
    legende, fond = _place_legend(sujet.legende, largeur / echelle)
    noms = place_names(noeuds, Boite(0, -MARGE, largeur, bas + MARGE), forts=1 + len(noeuds) // 25)
    muets = len(noeuds) - len(noms)
    sans_nom = messages("exports.sans_nom", n=muets) if muets else ""
    return DessinVue(
        langue=langue(),
        largeur=round(largeur),
        hauteur=round((ENTETE + fond + 3 * _RANGEE) * echelle + bas),
        echelle=round(echelle, 3),
        haut_figure=round(ENTETE * echelle, 1),
        haut_legende=round(ENTETE * echelle + bas, 1),
        bas_legende=fond + 2 * _RANGEE,
        titre=clean(sujet.titre),
        etat=clean(sujet.etat),
        mention=clean(" ".join(filter(None, (sujet.mention, sans_nom)))),
        liens=sujet.draw_links({noeud.id: noeud for noeud in noeuds}),
        noeuds=tuple(sujet.draw_node(noeud, noms.get(noeud.id)) for noeud in noeuds),
        legende=legende,
    )


def draw_arrow(debut: Point, milieu: Point, bout: Point, trait: TraitDessine) -> TraitDessine:
    """A link that bends by its middle, with its head at its end."""
    base = step_towards(bout, milieu, _POINTE)
    demi = ((bout[1] - base[1]) * 0.42, (base[0] - bout[0]) * 0.42)
    ailes = ((base[0] + demi[0], base[1] + demi[1]), (base[0] - demi[0], base[1] - demi[1]))
    return replace(
        trait,
        trace=f"M{_at(debut)}Q{_at(milieu)} {_at(base)}",
        pointe=f"M{_at(bout)}L{_at(ailes[0])}L{_at(ailes[1])}z",
    )


def draw_line(debut: Point, bout: Point, trait: TraitDessine) -> TraitDessine:
    """A straight link that goes both ways."""
    return replace(trait, trace=f"M{_at(debut)}L{_at(bout)}")


def step_towards(depart: Point, but: Point, pas: float) -> Point:
    """The point at some distance of another, towards a third; that one at the most."""
    longueur = hypot(but[0] - depart[0], but[1] - depart[1]) or 1.0
    part = min(pas / longueur, 1.0)
    return depart[0] + (but[0] - depart[0]) * part, depart[1] + (but[1] - depart[1]) * part


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _frame(noeuds: Sequence[Nomme]) -> tuple[list[Nomme], float, float]:
    """The nodes from the top left corner, between margins; how wide the sheet is, how far down they go."""
    coins = [_reach(noeud) for noeud in noeuds] or [Boite(0.0, 0.0, 0.0, 0.0)]
    gauche, haut = min(coin.gauche for coin in coins), min(coin.haut for coin in coins)
    droite, bas = max(coin.droite for coin in coins), max(coin.bas for coin in coins)
    largeur = max(droite - gauche + 2 * MARGE, LARGEUR_MIN)
    decale = (largeur - droite - gauche) / 2
    return [replace(n, x=n.x + decale, y=n.y - haut) for n in noeuds], largeur, bas - haut


def _reach(noeud: Nomme) -> Boite:
    """What a node takes with its name under it."""
    demi = max(noeud.rayon, max((len(ligne) for ligne in noeud.lignes), default=0) * LETTRE / 2)
    haut = noeud.rayon + len(noeud.lignes) * INTERLIGNE
    return Boite(noeud.x - demi, noeud.y - noeud.rayon, noeud.x + demi, noeud.y + haut)


def _place_legend(
    groupes: Sequence[Sequence[CleDessinee]], largeur: float
) -> tuple[tuple[CleDessinee, ...], float]:
    """Entries in lines, each group on lines of its own; and how far down they go."""
    cles: list[CleDessinee] = []
    y = _RANGEE
    for groupe in groupes:
        x = MARGE
        y += _RANGEE if groupe else 0
        for cle in groupe:
            large = len(cle.texte) * LETTRE + 62
            if x > MARGE and x + large > largeur - MARGE:
                x, y = MARGE, y + _RANGEE
            cles.append(replace(cle, x=round(x, 1), y=round(y, 1)))
            x += large
    return tuple(cles), y
