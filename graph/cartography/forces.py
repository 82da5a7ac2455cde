"""Forces that place the nodes of one connected component: distances on the sheet follow those of the graph.

Up to :data:`PLEIN` nodes by stress majorization (Gansner, Koren, North 2004), the readablest of those
tried: numpy, since networkx's Kamada-Kawai asks for scipy. Beyond, its matrices take too long, and a
spring layout (Fruchterman-Reingold, rustworkx) does. Both are seeded: the same graph, the same figure.
"""

from collections.abc import Sequence
from math import inf
from typing import Final

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

from graph.cartography.rangement import Points

PLEIN: Final = 500
"""Nodes of a component up to which stress is majorized."""
DEPARTS: Final = (1901, 1936, 1982)
"""Seeds of the starts that a small component is tried from."""
_TOURS: Final = 100
_TOURS_RESSORTS: Final = 60
Liens = NDArray[np.int64]


def measure(nombre: int, liens: Liens, longueurs: Points | None = None) -> Points:
    """Distances in the graph between all nodes, in links or in lengths of links."""
    graphe = _read(nombre, liens, longueurs)
    if longueurs is None:
        entieres: Points = rx.distance_matrix(graphe)
        return entieres
    distances: Points = rx.graph_floyd_warshall_numpy(graphe, float)
    return distances


def _read(nombre: int, liens: Liens, longueurs: Points | None = None) -> "rx.PyGraph[None, float]":
    graphe: rx.PyGraph[None, float] = rx.PyGraph(multigraph=False)
    graphe.add_nodes_from([None] * nombre)
    poids = [1.0] * len(liens) if longueurs is None else longueurs.tolist()
    graphe.add_edges_from([(de, vers, p) for (de, vers), p in zip(liens.tolist(), poids, strict=True)])
    return graphe


def spring(nombre: int, liens: Liens) -> Points:
    """Positions by springs, scaled so that a link is about 1 long."""
    places = rx.spring_layout(_read(nombre, liens), num_iter=_TOURS_RESSORTS, seed=DEPARTS[0])
    points = np.array([places[rang] for rang in range(nombre)])
    traits = points[liens[:, 0]] - points[liens[:, 1]]
    sortie: Points = points / np.median(np.hypot(traits[:, 0], traits[:, 1]))
    return sortie


def majorize(distances: Points, graines: Sequence[int] = DEPARTS[:1]) -> Points:
    """Positions whose distances fit those of the graph best, from the best of a few starts."""
    nombre = len(distances)
    poids = np.zeros_like(distances)
    np.divide(1.0, distances**2, out=poids, where=distances > 0)
    forces = poids * distances
    # The inverse of a Laplacian on what is centred: much quicker than its pseudo-inverse.
    inverse = np.linalg.inv(np.diag(poids.sum(axis=1)) - poids + 1.0 / nombre) - 1.0 / nombre
    meilleur, moindre = np.zeros((nombre, 2)), inf
    for graine in graines:
        points = np.random.default_rng(graine).normal(size=(nombre, 2)) * distances.max() / 2
        for _ in range(_TOURS):
            with np.errstate(divide="ignore", invalid="ignore"):
                rapport = forces / _gaps(points)
            np.fill_diagonal(rapport, 0.0)
            points = inverse @ (rapport.sum(axis=1)[:, None] * points - rapport @ points)
        tension = float((poids * (_gaps(points) - distances) ** 2).sum())
        if tension < moindre - 1e-9:
            meilleur, moindre = points, tension
    return meilleur


def _gaps(points: Points) -> Points:
    dx, dy = (points[:, None, axe] - points[None, :, axe] for axe in (0, 1))
    ecarts: Points = np.sqrt(dx * dx + dy * dy)
    return ecarts
