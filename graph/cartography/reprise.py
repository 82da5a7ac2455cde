"""Drawing a network as it was drawn before: what is known stays, what is new goes beside its links.

Two networks are *near* when at least four in five of their nodes, and of their links counted by node, are
the same. Then nodes keep their places; a new one goes to the middle of those it is linked to; what
is linked to nothing known goes under the sheet; boxes that meet are pushed apart, no farther than it
takes. Otherwise the network is drawn anew: holding on to an old figure would only make a bad one.
"""

from collections.abc import Mapping
from hashlib import sha256
from math import cos, pi, sin, sqrt
from typing import Final

import networkx as nx
import numpy as np

from graph.cartography.disposition import ARETE, Place, arrange, box_nodes, place_nodes
from graph.cartography.ecartement import BEAUCOUP, part_boxes
from graph.cartography.etiquettes import Etiquette
from graph.cartography.rangement import ECART, Points
from graph.cartography.types import Graphe
from graph.catalogue.dessins import Dessin
from graph.catalogue.modele import Iri

PROCHE: Final = 0.8
_ANGLE: Final = pi * (3 - sqrt(5))
"""Turn between two newcomers beside the same node, so that they do not fall on each other."""

Points2 = dict[Iri, tuple[float, float]]


def lay_out(graphe: Graphe, avant: Dessin | None = None) -> dict[Iri, Place]:
    """Place every node of a network, near where a drawing of before has it."""
    if not graphe:
        return {}
    simple, boites, passages = box_nodes(graphe)
    if avant is not None and avant.empreinte == sign(simple, boites):
        points = {iri: avant.places[iri][:2] for iri in boites}
    elif avant is not None and is_near(simple, avant):
        points = resume(simple, boites, avant)
    else:
        points = arrange(simple, boites)
    return place_nodes(graphe, passages, points)


def keep(graphe: Graphe, places: Mapping[Iri, Place]) -> Dessin:
    """What to remember of a network that is drawn."""
    simple, boites, _ = box_nodes(graphe)
    return Dessin(
        sign(simple, boites), {iri: (place.x, place.y, simple.degree(iri)) for iri, place in places.items()}
    )


def sign(graphe: "nx.Graph[Iri]", boites: Mapping[Iri, Etiquette]) -> str:
    """A fingerprint of what positions follow from: nodes, their boxes, links."""
    noeuds = [(iri, boites[iri].lignes, boites[iri].rayon) for iri in sorted(boites)]
    liens = sorted(tuple(sorted(lien)) for lien in graphe.edges())
    return sha256(repr((noeuds, liens)).encode()).hexdigest()[:16]


def is_near(graphe: "nx.Graph[Iri]", avant: Dessin) -> bool:
    """True when a network and one of before share most of their nodes and of their links."""
    iris = graphe.nodes | avant.places.keys()
    communs = graphe.nodes & avant.places.keys()
    degres = {iri: (graphe.degree(iri) if iri in graphe else 0) for iri in iris}
    anciens = {iri: (avant.places[iri][2] if iri in avant.places else 0) for iri in iris}
    tous = sum(max(degres[iri], anciens[iri]) for iri in iris)
    gardes = sum(min(degres[iri], anciens[iri]) for iri in iris)
    return len(communs) >= PROCHE * len(iris) and gardes >= PROCHE * tous


def resume(graphe: "nx.Graph[Iri]", boites: Mapping[Iri, Etiquette], avant: Dessin) -> Points2:
    """Positions that start from those of before."""
    points: Points2 = {iri: avant.places[iri][:2] for iri in sorted(boites) if iri in avant.places}
    ailleurs = _join_known(graphe, points)
    if ailleurs:
        dessous = arrange(graphe.subgraph(ailleurs), boites)
        bas = max(y + boites[iri].hauteur for iri, (_, y) in points.items())
        haut = min(y - boites[iri].rayon for iri, (_, y) in dessous.items())
        points |= {iri: (x, y - haut + bas + ECART) for iri, (x, y) in dessous.items()}
    ordre = sorted(points)
    places = _part(graphe, boites, ordre, np.array([points[iri] for iri in ordre]))
    return {iri: (round(float(x), 1), round(float(y), 1)) for iri, (x, y) in zip(ordre, places, strict=True)}


def _join_known(graphe: "nx.Graph[Iri]", points: Points2) -> list[Iri]:
    """Put newcomers beside those they are linked to; return the ones that nothing known is linked to."""
    reste = [iri for iri in sorted(graphe) if iri not in points]
    while True:
        lies = [iri for iri in reste if any(autre in points for autre in graphe[iri])]
        if not lies:
            return reste
        for rang, iri in enumerate(lies):
            voisins = [points[autre] for autre in sorted(graphe[iri]) if autre in points]
            x, y = (sum(point[axe] for point in voisins) / len(voisins) for axe in (0, 1))
            ecart = ARETE if len(voisins) == 1 else ARETE / 4
            points[iri] = (x + ecart * cos(rang * _ANGLE), y + ecart * sin(rang * _ANGLE))
        reste = [iri for iri in reste if iri not in points]


def _part(
    graphe: "nx.Graph[Iri]", boites: Mapping[Iri, Etiquette], ordre: list[Iri], points: Points
) -> Points:
    """Push boxes apart; of large components, nodes only, as when they are drawn anew."""
    seuls = {
        iri
        for composante in nx.connected_components(graphe)
        if len(composante) > BEAUCOUP
        for iri in composante
    }
    tailles = [
        (boites[i].rayon + 5, boites[i].rayon + 5, 0.0)
        if i in seuls
        else (boites[i].demi_largeur, boites[i].hauteur / 2, boites[i].decalage)
        for i in ordre
    ]
    demi, haut, bas = (np.array(colonne) for colonne in zip(*tailles, strict=True))
    decalage = np.stack((np.zeros_like(bas), bas), axis=1)
    # A hair less than touching: what was drawn anew touches already, and must not move.
    sortie: Points = part_boxes(points + decalage, demi - 0.5, haut - 0.5) - decalage
    return sortie
