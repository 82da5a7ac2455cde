"""The network as one still SVG: the positions, shapes, colours and dashes of the page, light and printable.

Nothing outside the file is needed: colours are attributes, fonts are those of the machine that shows it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import hypot
from typing import Final

from graph.cartography import Reseau, TypeRelation
from graph.cartography.exports import clean
from graph.catalogue import Catalogue
from visualisations.exports.etiquettage import INTERLIGNE, LETTRE, Boite, Nom, Nomme, place_names
from visualisations.exports.extrait import main_form, say_title
from visualisations.langues import langue
from visualisations.rendu import messages, render_view
from visualisations.reseau_modele import FORMES, TRAITS, FormeVue, LienVue, NoeudVue, ReseauVue
from visualisations.reseau_vues import say_state, view_shown

EPAISSEURS: Final[Mapping[str, float]] = {
    "pilotage": 3.5,
    "participation": 1.5,
    "financement": 2.5,
    "rattachement": 1.5,
}
"""Widths of the links that have not the common one; ``reseau.css`` has the same, a test keeps them equal."""
COMMUNE: Final = 2.0
LARGEUR_MIN: Final = 860.0
MARGE: Final = 36.0
ENTETE: Final = 84.0
_FEUILLE: Final = 1400.0
"""Width of a sheet whose title and legend are at scale 1."""
_POINTE: Final = 9.0
_RANGEE: Final = 26.0
_FINESSE: Final = 0.75
"""Links are as thin as on the page's own figure, beside those of its legend."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class TraitDessine:
    """A link: its line, and the head that says which way it goes."""

    trace: str
    pointe: str
    couleur: str
    epaisseur: float
    tirets: str
    texte: str


@dataclass(frozen=True, slots=True)
class NoeudDessine:
    """A node: its shape, and the name that fits beside it, if any does."""

    x: float
    y: float
    rayon: float
    forme: FormeVue
    texte: str
    nom: Nom | None


@dataclass(frozen=True, slots=True)
class CleDessinee:
    """One entry of the legend, of a kind of node or of link."""

    x: float
    y: float
    texte: str
    forme: FormeVue | None = None
    trait: TraitDessine | None = None


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
    sans_nom: str
    """How many names do not fit; empty when all do."""
    mention: str
    liens: tuple[TraitDessine, ...]
    noeuds: tuple[NoeudDessine, ...]
    legende: tuple[CleDessinee, ...]


def draw_svg(catalogue: Catalogue, reseau: Reseau) -> str:
    """The network that the filters show, with its title, its legend and where it comes from."""
    return render_view("exports/reseau.svg", view_drawing(catalogue, reseau))


def view_drawing(catalogue: Catalogue, reseau: Reseau) -> DessinVue:
    """Everything where it goes, in pixels from the top left corner."""
    vue = view_shown(catalogue, reseau)
    noeuds, largeur, bas = _frame(vue.acteurs + vue.actions)
    echelle = min(max(largeur / _FEUILLE, 1.0), 1.6)
    legende, fond = _legend(vue, largeur / echelle)
    places = {noeud.id: noeud for noeud in noeuds}
    dits = sorted(noeuds, key=lambda n: (-n.liens, -n.rayon, n.id))
    nommes = [Nomme(n.id, n.x, n.y, n.rayon, tuple(map(clean, n.etiquette))) for n in dits]
    noms = place_names(nommes, Boite(0, -MARGE, largeur, bas + MARGE), forts=1 + len(nommes) // 25)
    muets = len(noeuds) - len(noms)
    return DessinVue(
        langue=langue(),
        largeur=round(largeur),
        hauteur=round((ENTETE + fond + 3 * _RANGEE) * echelle + bas),
        echelle=round(echelle, 3),
        haut_figure=round(ENTETE * echelle, 1),
        haut_legende=round(ENTETE * echelle + bas, 1),
        titre=clean(say_title(catalogue, reseau)),
        etat=say_state(vue),
        sans_nom=messages("exports.sans_nom", n=muets) if muets else "",
        mention=clean(messages("reseau.export_source", edition=catalogue.edition)),
        liens=tuple(_draw_link(lien, places) for lien in vue.liens),
        noeuds=tuple(_draw_node(noeud, noms.get(noeud.id)) for noeud in noeuds),
        legende=legende,
        bas_legende=fond + 2 * _RANGEE,
    )


def _frame(noeuds: Sequence[NoeudVue]) -> tuple[list[NoeudVue], float, float]:
    """The nodes from the top left corner, between margins; how wide the sheet is, how far down they go."""
    coins = [_reach(noeud) for noeud in noeuds] or [(0.0, 0.0, 0.0, 0.0)]
    gauche, haut = min(coin[0] for coin in coins), min(coin[1] for coin in coins)
    droite, bas = max(coin[2] for coin in coins), max(coin[3] for coin in coins)
    largeur = max(droite - gauche + 2 * MARGE, LARGEUR_MIN)
    decale = (largeur - droite - gauche) / 2
    return [replace(n, x=n.x + decale, y=n.y - haut) for n in noeuds], largeur, bas - haut


def _reach(noeud: NoeudVue) -> tuple[float, float, float, float]:
    """How far left, up, right and down a node goes with its name under it."""
    demi = max(noeud.rayon, max(len(ligne) for ligne in noeud.etiquette) * LETTRE / 2)
    haut = noeud.rayon + len(noeud.etiquette) * INTERLIGNE
    return noeud.x - demi, noeud.y - noeud.rayon, noeud.x + demi, noeud.y + haut


def _draw_node(noeud: NoeudVue, nom: Nom | None) -> NoeudDessine:
    roles = ", ".join(messages(forme.cle) for forme in FORMES if forme.code in noeud.types)
    texte = "\n".join(part for part in (noeud.nom, roles, noeud.lieu) if part)
    return NoeudDessine(
        round(noeud.x, 1), round(noeud.y, 1), noeud.rayon, main_form(noeud), clean(texte), nom
    )


def _draw_link(lien: LienVue, places: Mapping[str, NoeudVue]) -> TraitDessine:
    """From rim to rim, bent when two nodes have several links; the head at the end it acts on."""
    de, vers = places[lien.de], places[lien.vers]
    dx, dy = vers.x - de.x, vers.y - de.y
    milieu = (de.x + dx / 2 - dy * lien.courbure, de.y + dy / 2 + dx * lien.courbure)
    debut = _towards((de.x, de.y), milieu, de.rayon + 1)
    bout = _towards((vers.x, vers.y), milieu, vers.rayon + 2)
    base = _towards((vers.x, vers.y), milieu, vers.rayon + 2 + _POINTE)
    texte = f"{de.court} {lien.aller} {vers.court}"
    return _stroke(lien.type, debut, milieu, base, bout, texte)


def _stroke(
    genre: TypeRelation, debut: Point, milieu: Point, base: Point, bout: Point, texte: str
) -> TraitDessine:
    couleur, tirets = TRAITS[genre]
    demi = ((bout[1] - base[1]) * 0.42, (base[0] - bout[0]) * 0.42)
    ailes = ((base[0] + demi[0], base[1] + demi[1]), (base[0] - demi[0], base[1] - demi[1]))
    return TraitDessine(
        trace=f"M{_at(debut)}Q{_at(milieu)} {_at(base)}",
        pointe=f"M{_at(bout)}L{_at(ailes[0])}L{_at(ailes[1])}z",
        couleur=couleur,
        epaisseur=EPAISSEURS.get(genre, COMMUNE) * _FINESSE,
        tirets=" ".join(map(str, tirets)),
        texte=clean(texte),
    )


def _towards(depart: Point, but: Point, pas: float) -> Point:
    longueur = hypot(but[0] - depart[0], but[1] - depart[1]) or 1.0
    part = min(pas / longueur, 1.0)
    return depart[0] + (but[0] - depart[0]) * part, depart[1] + (but[1] - depart[1]) * part


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _legend(vue: ReseauVue, largeur: float) -> tuple[tuple[CleDessinee, ...], float]:
    """The kinds of nodes and of links shown, in lines; and how far down they go."""
    types = Counter(noeud.types[0] for noeud in vue.acteurs + vue.actions)
    genres = {lien.type for lien in vue.liens}
    cles: list[CleDessinee] = []
    y = _RANGEE
    for groupe in (
        [CleDessinee(0, 0, messages(forme.cle), forme=forme) for forme in FORMES if types[forme.code]],
        [_link_key(genre) for genre in TRAITS if genre in genres],
    ):
        x = MARGE
        y += _RANGEE if groupe else 0
        for cle in groupe:
            large = len(cle.texte) * LETTRE + 62
            if x > MARGE and x + large > largeur - MARGE:
                x, y = MARGE, y + _RANGEE
            cles.append(replace(cle, x=round(x, 1), y=round(y, 1)))
            x += large
    return tuple(cles), y


def _link_key(genre: TypeRelation) -> CleDessinee:
    trait = _stroke(genre, (0.0, 0.0), (12.0, 0.0), (25.0, 0.0), (34.0, 0.0), "")
    return CleDessinee(0, 0, messages(f"reseau.relation.{genre}.nom"), trait=trait)
