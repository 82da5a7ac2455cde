"""Where each node goes: a deterministic layout, the same figure for the same network.

Each connected component is laid out apart by stress majorization (distances on the sheet follow
distances in the graph; Gansner, Koren, North 2004), from the best of a few seeded starts, then
spread until no box (node and label) covers another. Components are packed, the largest first; the
actors linked to nobody make a tidy grid under them. Numpy only: networkx's own Kamada-Kawai does
the same job but asks for scipy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, sqrt
from typing import Final

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graph.cartography.etiquettes import Etiquette, label
from graph.cartography.rangement import Bloc, Points, centre, frame, line_up, pack
from graph.cartography.types import Graphe
from graph.catalogue.modele import Iri

LARGE: Final = 1.5
"""Aspect aimed at for a component: a little wider than the sheet, which isolated actors lengthen."""
ARETE: Final = 125.0
"""Length of a link, in pixels at scale 1, before nodes are spread."""
GRAINES: Final = (1901, 1936, 1982)
DENSITE: Final = 3.8
"""The lower, the longer the links between much linked nodes."""
ETIREMENTS: Final = (1.0, 1.35, 1.75)
"""Labels are wide and spread upwards: the figure is stretched sideways first, the best try is kept."""
_TOURS: Final = 100
_TOURS_LIENS: Final = 80
_BEAUCOUP: Final = 160
"""Nodes of a component beyond which its labels cannot all show: only nodes are kept apart."""


@dataclass(frozen=True, slots=True)
class Place:
    """Centre of a node, in CSS pixels at scale 1, and how it is named and sized."""

    x: float
    y: float
    etiquette: Etiquette


def lay_out(graphe: Graphe) -> dict[Iri, Place]:
    """Place every node of a network around (0, 0), on a sheet about 4 wide for 3 high."""
    if not graphe:
        return {}
    etiquettes = {iri: label(graphe.nodes[iri]["chose"], graphe.degree(iri)) for iri in sorted(graphe)}
    simple: nx.Graph[Iri] = nx.Graph()
    simple.add_nodes_from(etiquettes)
    simple.add_edges_from(sorted(graphe.edges()))
    composantes = sorted(
        (sorted(composante) for composante in nx.connected_components(simple)),
        key=lambda noeuds: (-len(noeuds), noeuds[0]),
    )
    blocs = [_lay_component(simple, noeuds, etiquettes) for noeuds in composantes if len(noeuds) > 1]
    isoles = [noeuds[0] for noeuds in composantes if len(noeuds) == 1]
    if isoles:
        blocs.append(line_up(isoles, etiquettes, pack(blocs)[1] if blocs else 0.0))
    points = centre(blocs, pack(blocs)[0])
    return {iri: Place(*points[iri], etiquettes[iri]) for iri in etiquettes}


def _lay_component(
    graphe: "nx.Graph[Iri]", noeuds: Sequence[Iri], etiquettes: Mapping[Iri, Etiquette]
) -> Bloc:
    rang = {iri: index for index, iri in enumerate(noeuds)}
    distances = _measure(graphe, rang)
    points = _turn_wide(_majorize(distances)) * ARETE
    mesures = [etiquettes[iri] for iri in noeuds]
    liens = np.array([[rang[de], rang[vers]] for de, vers in graphe.subgraph(noeuds).edges()])
    essais = (
        frame(noeuds, _spread(points * (etirement, 1.0), mesures, liens), etiquettes)
        for etirement in ETIREMENTS
    )
    return min(essais, key=lambda bloc: max(bloc.largeur / LARGE, bloc.hauteur))


def _measure(graphe: "nx.Graph[Iri]", rang: Mapping[Iri, int]) -> Points:
    """Distances in the graph; a link is longer between two much linked nodes, so that a core opens up."""
    distances = np.zeros((len(rang), len(rang)))

    def length(de: Iri, vers: Iri, _: object) -> float:
        return max(1.0, (sqrt(graphe.degree(de)) + sqrt(graphe.degree(vers))) / DENSITE)

    poids = length if len(rang) <= _BEAUCOUP else None
    for iri, index in rang.items():
        loin = nx.single_source_dijkstra_path_length(graphe, iri, weight=poids)
        for autre, pas in loin.items():
            distances[index, rang[autre]] = pas
    return distances


def _majorize(distances: Points) -> Points:
    """Positions whose distances fit those of the graph best, from the best of a few starts."""
    nombre = len(distances)
    poids = np.zeros_like(distances)
    np.divide(1.0, distances**2, out=poids, where=distances > 0)
    forces = poids * distances
    inverse = np.linalg.pinv(np.diag(poids.sum(axis=1)) - poids)
    meilleur, moindre = np.zeros((nombre, 2)), inf
    for graine in GRAINES if nombre <= _BEAUCOUP else GRAINES[:1]:
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


def _turn_wide(points: Points) -> Points:
    """Turn the figure so that it is widest from left to right, and always the same way up."""
    centres = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(centres.T @ centres)
    tournes = centres @ axes[:, ::-1]
    signes = np.where((tournes**3).sum(axis=0) < 0, -1.0, 1.0)
    sortie: Points = tournes * signes
    return sortie


def _spread(points: Points, etiquettes: Sequence[Etiquette], liens: NDArray[np.int64]) -> Points:
    """Push boxes apart, along the axis that costs least, until none covers another.

    The first rounds also push nodes off the links that pass under them. Every few rounds the whole
    sheet grows a little, which is what makes it end.
    """
    seuls = len(etiquettes) > _BEAUCOUP
    rayons = np.array([e.rayon + 5 for e in etiquettes])
    demi = rayons if seuls else np.array([e.demi_largeur for e in etiquettes])
    haut = rayons if seuls else np.array([e.hauteur / 2 for e in etiquettes])
    decalage = np.array([(0.0, 0.0 if seuls else e.decalage) for e in etiquettes])
    places = points + decalage
    for tour in range(1, 10_000):
        if tour <= _TOURS_LIENS and not seuls:
            places += _clear_links(places - decalage, rayons, liens)
        pousse = _push_apart(places, demi, haut)
        if pousse is None and tour > _TOURS_LIENS:
            break
        if pousse is not None:
            places = (places + pousse) * (1.03 if tour % 20 == 0 else 1.0)
    sortie: Points = places - decalage
    return sortie


def _push_apart(centres: Points, demi: Points, haut: Points) -> Points | None:
    """How to move boxes that cover each other; None when none does."""
    dx, dy = (centres[:, None, axe] - centres[None, :, axe] for axe in (0, 1))
    trop_x = demi[:, None] + demi[None, :] - np.abs(dx)
    trop_y = haut[:, None] + haut[None, :] - np.abs(dy)
    touche = (trop_x > 0) & (trop_y > 0)
    np.fill_diagonal(touche, False)
    if not touche.any():
        return None
    ordre = np.arange(len(centres))
    sens = np.where(ordre[:, None] > ordre[None, :], 1.0, -1.0)
    en_x = trop_x < trop_y
    pousse_x = np.where(touche & en_x, np.where(dx == 0, sens, np.sign(dx)) * (trop_x + 1), 0.0)
    pousse_y = np.where(touche & ~en_x, np.where(dy == 0, sens, np.sign(dy)) * (trop_y + 1), 0.0)
    mouvement: Points = 0.35 * np.stack((pousse_x.sum(axis=1), pousse_y.sum(axis=1)), axis=1)
    return mouvement


def _clear_links(centres: Points, rayons: Points, liens: NDArray[np.int64]) -> Points:
    """How to move nodes off the links of others that pass under them."""
    debut, trait = centres[liens[:, 0]], centres[liens[:, 1]] - centres[liens[:, 0]]
    longueurs = np.maximum((trait**2).sum(axis=1), 1.0)
    vers = centres[:, None, :] - debut[None, :, :]
    part = np.clip((vers * trait[None, :, :]).sum(axis=2) / longueurs[None, :], 0.0, 1.0)
    ecart = vers - part[:, :, None] * trait[None, :, :]
    distance = np.sqrt((ecart**2).sum(axis=2))
    trop = np.maximum(rayons[:, None] + 6 - distance, 0.0)
    trop[liens[:, 0], np.arange(len(liens))] = 0.0
    trop[liens[:, 1], np.arange(len(liens))] = 0.0
    normale = np.stack((-trait[:, 1], trait[:, 0]), axis=1) / np.sqrt(longueurs)[:, None]
    sens = np.where((ecart * normale[None, :, :]).sum(axis=2) < 0, -1.0, 1.0)
    poussee = (sens * trop)[:, :, None] * normale[None, :, :]
    mouvement: Points = 0.3 * poussee.sum(axis=1)
    np.subtract.at(mouvement, liens[:, 0], 0.1 * poussee.sum(axis=0))
    np.subtract.at(mouvement, liens[:, 1], 0.1 * poussee.sum(axis=0))
    return mouvement
