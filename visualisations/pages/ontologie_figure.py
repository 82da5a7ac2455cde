"""The figure of a theme of the ontology: boxes on the left, what their properties go to on the right."""

from collections.abc import Iterable
from typing import Final

from visualisations.pages.ontologie_themes import BlocVue, RelationVue, ThemeVue
from visualisations.pages.ressource_modele import ValeurVue
from visualisations.rendu import messages
from visualisations.trace_svg import Palette, Trace, wrap

LARGEUR: Final = 760.0
GAUCHE: Final = 276.0
DROITE: Final = 520.0
"""Where the box of a block ends, and where those it leads to begin."""
MARGE: Final = 12.0
LIGNE: Final = 17.0
ECART: Final = 26.0
PALETTE: Final[Palette] = {
    "o-boite": ("fill", "#e9e7df"),
    "o-but": ("fill", "#ffffff"),
    "o-nom": ("fill", "#17242b"),
    "o-mots": ("fill", "#4a585f"),
    "r-fleche": ("stroke", "#4a585f"),
    "r-pointe": ("fill", "#4a585f"),
}

Ligne = tuple[str, str, bool]
"""A line of a box: its text, its class, whether it is bold."""


def draw_theme(theme: ThemeVue) -> str:
    """The figure as SVG; screen readers get the table beside it, which says the same."""
    trace = Trace(PALETTE, "onto-schema")
    y = 1.0
    for bloc in theme.blocs:
        y = _draw_block(trace, bloc, y) + ECART
    trace.racine.set("aria-hidden", "true")
    return trace.finish(LARGEUR, y - ECART + 1)


def _draw_block(trace: Trace, bloc: BlocVue, haut: float) -> float:
    """Draw a block under a height, and return where it ends."""
    fleches = [relation for relation in bloc.relations if not relation.litteral]
    lignes = list(_lines(bloc))
    hauteurs = [_height(relation) for relation in fleches]
    bas = haut + max(LIGNE * len(lignes) + 2 * MARGE, sum(hauteurs) + 8 * max(0, len(hauteurs) - 1))
    trace.rect((0, haut, GAUCHE, bas - haut), "o-boite")
    for rang, (texte, classe, gras) in enumerate(lignes):
        trace.text(texte, MARGE, haut + MARGE + 12 + LIGNE * rang, classe, 13.5 if gras else 12.5, gras=gras)
    y = haut
    for relation, hauteur in zip(fleches, hauteurs, strict=True):
        _draw_relation(trace, relation, y, hauteur)
        y += hauteur + 8
    return bas


def _lines(bloc: BlocVue) -> Iterable[Ligne]:
    """What the box of a block says: its classes, what they are kinds of, their figures, dates and texts."""
    place = GAUCHE - 2 * MARGE
    for classe in bloc.classes:
        yield from ((ligne, "o-nom", True) for ligne in wrap(classe.texte, place, 13.5, 2, gras=True))
    dits = [messages("ontologie.sorte-de", noms=_names(bloc.parents))] if bloc.parents else []
    dits += [messages("ontologie.sortes", noms=_names(bloc.sortes))] if bloc.sortes else []
    for dit in dits:
        yield from ((ligne, "o-mots", False) for ligne in wrap(dit, place, 12.5, 8))
    for relation in bloc.relations:
        if relation.litteral:
            texte = messages("ontologie.attribut", nom=relation.nom, types=_names(relation.vers))
            yield from ((ligne, "o-nom", False) for ligne in wrap(texte, place, 12.5, 3))


def _height(relation: RelationVue) -> float:
    return max(LIGNE * len(_targets(relation)) + 14, LIGNE * len(_label(relation)) + 18)


def _targets(relation: RelationVue) -> list[str]:
    place = LARGEUR - DROITE - 2 * MARGE
    return [ligne for but in relation.vers for ligne in wrap(but.texte, place, 12.5, 3)]


def _label(relation: RelationVue) -> tuple[str, ...]:
    return wrap(relation.nom, DROITE - GAUCHE - 28, 12.5, 2)


def _draw_relation(trace: Trace, relation: RelationVue, haut: float, hauteur: float) -> None:
    mots = _label(relation)
    trait = haut + hauteur / 2 + LIGNE * len(mots) / 2 - 2
    trace.open_link(f"#{relation.code}", f"mai:{relation.code}")
    trace.arrow((GAUCHE + 2, trait, DROITE - 3, trait))
    for rang, mot in enumerate(reversed(mots)):
        trace.text(mot, (GAUCHE + DROITE) / 2, trait - 6 - LIGNE * rang, "o-nom", 12.5, "middle")
    trace.close_link()
    trace.rect((DROITE, haut, LARGEUR - DROITE, hauteur), "o-but")
    buts = _targets(relation)
    debut = haut + (hauteur - LIGNE * len(buts)) / 2 + 13
    for rang, ligne in enumerate(buts):
        trace.text(ligne, DROITE + MARGE, debut + LIGNE * rang, "o-nom", 12.5)


def _names(valeurs: Iterable[ValeurVue]) -> str:
    return ", ".join(valeur.texte for valeur in valeurs)
