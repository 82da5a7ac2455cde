"""The network as a still figure: the positions, shapes, colours and dashes of the page."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from graph.cartography import Reseau, TypeRelation
from graph.cartography.exports import clean
from graph.catalogue import Catalogue
from visualisations.exports.dessin import (
    CleDessinee,
    NoeudDessine,
    Sujet,
    TraitDessine,
    draw_arrow,
    step_towards,
)
from visualisations.exports.etiquettage import Nom, Nomme
from visualisations.exports.extrait import main_form, say_mention, say_title
from visualisations.rendu import messages
from visualisations.reseau.modele import FORMES, TRAITS, LienVue, NoeudVue
from visualisations.reseau.vues import say_state, view_shown

EPAISSEURS: Final[Mapping[str, float]] = {
    "pilotage": 3.5,
    "participation": 1.5,
    "financement": 2.5,
    "rattachement": 1.5,
}
"""Widths of the links that have not the common one; ``reseau.css`` has the same, a test keeps them equal."""
COMMUNE: Final = 2.0
_FINESSE: Final = 0.75
"""Links are as thin as on the page's own figure, beside those of its legend."""


def describe_reseau(catalogue: Catalogue, reseau: Reseau) -> Sujet:
    """What the filters of a network show, to be drawn."""
    vue = view_shown(catalogue, reseau)
    noeuds = {noeud.id: noeud for noeud in vue.acteurs + vue.actions}
    dits = sorted(noeuds.values(), key=lambda n: (-n.liens, -n.rayon, n.id))
    types = Counter(noeud.types[0] for noeud in noeuds.values())
    genres = {lien.type for lien in vue.liens}
    return Sujet(
        titre=say_title(catalogue, reseau),
        etat=say_state(vue),
        mention=say_mention(catalogue, reseau),
        noeuds=[Nomme(n.id, n.x, n.y, n.rayon, tuple(map(clean, n.etiquette))) for n in dits],
        draw_node=lambda place, nom: _draw_node(noeuds[place.id], place, nom),
        draw_links=lambda places: tuple(_draw_links(vue.liens, noeuds, places)),
        legende=(
            [CleDessinee(messages(forme.cle), forme=forme) for forme in FORMES if types[forme.code]],
            [_link_key(genre) for genre in TRAITS if genre in genres],
        ),
    )


def _draw_node(noeud: NoeudVue, place: Nomme, nom: Nom | None) -> NoeudDessine:
    roles = ", ".join(messages(forme.cle) for forme in FORMES if forme.code in noeud.types)
    texte = "\n".join(part for part in (noeud.nom, roles, noeud.lieu) if part)
    return NoeudDessine(
        round(place.x, 1), round(place.y, 1), place.rayon, main_form(noeud), clean(texte), nom
    )


def _draw_links(
    liens: Iterable[LienVue], noeuds: Mapping[str, NoeudVue], places: Mapping[str, Nomme]
) -> Iterable[TraitDessine]:
    """From rim to rim, bent when two nodes have several links; the head at the end it acts on."""
    for lien in liens:
        de, vers = places[lien.de], places[lien.vers]
        dx, dy = vers.x - de.x, vers.y - de.y
        milieu = (de.x + dx / 2 - dy * lien.courbure, de.y + dy / 2 + dx * lien.courbure)
        debut = step_towards((de.x, de.y), milieu, de.rayon + 1)
        bout = step_towards((vers.x, vers.y), milieu, vers.rayon + 2)
        texte = f"{noeuds[lien.de].court} {lien.aller} {noeuds[lien.vers].court}"
        yield draw_arrow(debut, milieu, bout, _stroke(lien.type, texte))


def _stroke(genre: TypeRelation, texte: str) -> TraitDessine:
    couleur, tirets = TRAITS[genre]
    epaisseur = EPAISSEURS.get(genre, COMMUNE) * _FINESSE
    return TraitDessine("", "", couleur, epaisseur, " ".join(map(str, tirets)), clean(texte))


def _link_key(genre: TypeRelation) -> CleDessinee:
    trait = draw_arrow((0.0, 0.0), (12.0, 0.0), (34.0, 0.0), _stroke(genre, ""))
    return CleDessinee(messages(f"reseau.relation.{genre}.nom"), trait=trait)
