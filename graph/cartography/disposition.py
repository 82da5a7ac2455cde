"""Where each node goes: a deterministic layout, the same figure for the same network.

Each connected component is laid out apart (:mod:`graph.cartography.forces`), then spread until no
box (node and label) covers another. Components are packed, the largest first; the actors linked to
nobody make a tidy grid under them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Final

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graph.cartography.ecartement import BEAUCOUP, spread
from graph.cartography.etiquettes import Etiquette, label
from graph.cartography.forces import DEPARTS, PLEIN, majorize, measure, spring
from graph.cartography.mesures import count_passages
from graph.cartography.rangement import Bloc, Points, centre, frame, line_up, pack
from graph.cartography.types import Graphe
from graph.catalogue.modele import Iri

RAYON: Final = 8.0
AMPLEUR: Final = 14.0
"""Radius of a node that no shortest path goes through, and what the busiest one has more."""
LARGE: Final = 1.5
"""Aspect aimed at for a component: a little wider than the sheet, which isolated actors lengthen."""
ARETE: Final = 125.0
"""Length of a link, in pixels at scale 1, before nodes are spread."""
DENSITE: Final = 3.8
"""The lower, the longer the links between much linked nodes."""
ETIREMENTS: Final = (1.0, 1.35, 1.75)
"""Labels are wide and spread upwards: the figure is stretched sideways first, the best try is kept."""


@dataclass(frozen=True, slots=True)
class Place:
    """Centre of a node, in CSS pixels at scale 1, and how it is named and sized."""

    x: float
    y: float
    etiquette: Etiquette
    passages: float = 0.0
    """Share of the shortest paths between two others that goes through it, 0 to 1."""
    rayon_passages: float = 0.0
    """Its radius when sizes say that, rather than its number of links."""


Boites = dict[Iri, Etiquette]


def box_nodes(graphe: Graphe) -> tuple["nx.Graph[Iri]", Boites, Mapping[Iri, float]]:
    """Who is linked to whom, the room that each node takes with its label, how much goes through it.

    Room for the larger of its two sizes: nothing moves when sizes change meaning.
    """
    simple: nx.Graph[Iri] = nx.Graph()
    simple.add_nodes_from(sorted(graphe))
    simple.add_edges_from(sorted(graphe.edges()))
    passages = count_passages(simple, simple.edges())
    rayons = _size(passages)
    etiquettes = {iri: label(graphe.nodes[iri]["chose"], graphe.degree(iri)) for iri in simple}
    boites = {iri: replace(e, rayon=max(e.rayon, rayons[iri])) for iri, e in etiquettes.items()}
    return simple, boites, passages


def place_nodes(
    graphe: Graphe, passages: Mapping[Iri, float], points: Mapping[Iri, tuple[float, float]]
) -> dict[Iri, Place]:
    """The nodes of a network at their positions, with their labels and sizes."""
    rayons = _size(passages)
    return {
        iri: Place(
            *points[iri], label(graphe.nodes[iri]["chose"], graphe.degree(iri)), passages[iri], rayons[iri]
        )
        for iri in passages
    }


def _size(passages: Mapping[Iri, float]) -> dict[Iri, float]:
    plus = max(passages.values()) or 1.0
    return {iri: round(RAYON + AMPLEUR * sqrt(part / plus), 1) for iri, part in passages.items()}


def arrange(graphe: "nx.Graph[Iri]", etiquettes: Mapping[Iri, Etiquette]) -> dict[Iri, tuple[float, float]]:
    """Positions of labelled nodes, of which there is at least one."""
    composantes = sorted(
        (sorted(composante) for composante in nx.connected_components(graphe)),
        key=lambda noeuds: (-len(noeuds), noeuds[0]),
    )
    blocs = [_lay_component(graphe, noeuds, etiquettes) for noeuds in composantes if len(noeuds) > 1]
    isoles = [noeuds[0] for noeuds in composantes if len(noeuds) == 1]
    if isoles:
        blocs.append(line_up(isoles, etiquettes, pack(blocs)[1] if blocs else 0.0))
    return centre(blocs, pack(blocs)[0])


def _lay_component(
    graphe: "nx.Graph[Iri]", noeuds: Sequence[Iri], etiquettes: Mapping[Iri, Etiquette]
) -> Bloc:
    rang = {iri: index for index, iri in enumerate(noeuds)}
    liens = np.array([[rang[de], rang[vers]] for de, vers in graphe.subgraph(noeuds).edges()])
    points = _turn_wide(_place(graphe, noeuds, liens)) * ARETE
    mesures = [etiquettes[iri] for iri in noeuds]
    essais = (
        frame(noeuds, spread(points * (etirement, 1.0), mesures, liens), etiquettes)
        for etirement in (ETIREMENTS if len(noeuds) <= PLEIN else ETIREMENTS[:1])
    )
    return min(essais, key=lambda bloc: max(bloc.largeur / LARGE, bloc.hauteur))


def _place(graphe: "nx.Graph[Iri]", noeuds: Sequence[Iri], liens: NDArray[np.int64]) -> Points:
    """Where the nodes of a component go, a link being about 1 long."""
    nombre = len(noeuds)
    if nombre > PLEIN:
        return spring(nombre, liens)
    if nombre > BEAUCOUP:
        return majorize(measure(nombre, liens))
    # A link is longer between two much linked nodes, so that a core opens up.
    racines = np.sqrt([graphe.degree(iri) for iri in noeuds])
    longueurs = np.maximum(1.0, racines[liens].sum(axis=1) / DENSITE)
    return majorize(measure(nombre, liens, longueurs), DEPARTS)


def _turn_wide(points: Points) -> Points:
    """Turn the figure so that it is widest from left to right, and always the same way up."""
    centres = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(centres.T @ centres)
    tournes = centres @ axes[:, ::-1]
    signes = np.where((tournes**3).sum(axis=0) < 0, -1.0, 1.0)
    sortie: Points = tournes * signes
    return sortie
