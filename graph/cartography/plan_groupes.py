"""Where groups of actors go on the sheet: departements as on a map, networks by their links."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import cos, radians, sqrt
from typing import Final

import networkx as nx
import numpy as np

from graph.cartography.disposition import arrange
from graph.cartography.ecartement import part_boxes
from graph.cartography.etiquettes import Etiquette, name_lines, wrap
from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri

Point = tuple[float, float]

DEGRE: Final = 112.0
"""Pixels of a degree of latitude on the sheet."""
_CENTRE: Final = (46.5, 2.5)
_RAYONS: Final = (13.0, 40.0)
_LARGE: Final = (50.6, -3.9)
"""Where what is nowhere on the map begins: at sea, north-west of Brittany."""
_OUTRE_MER: Final = (45.6, -5.6)
_PAS: Final = 0.85


@dataclass(frozen=True, slots=True)
class Rond:
    """A group on the sheet: its centre and its radius, in CSS pixels at scale 1."""

    x: float
    y: float
    rayon: float
    lignes: tuple[str, ...] = ()
    """Label written under it; empty when its code is written in it."""


@cache
def _read_towns() -> Mapping[str, Point]:
    """Latitude and longitude of each departement's seat, to a tenth of degree: to place, not to measure."""
    texte = (files("graph") / "cartography" / "chefs-lieux.csv").read_text(encoding="utf-8")
    return {
        ligne["departement"]: (float(ligne["latitude"]), float(ligne["longitude"]))
        for ligne in csv.DictReader(texte.splitlines())
    }


def arrange_places(catalogue: Catalogue, effectifs: Mapping[Iri, int]) -> Mapping[Iri, Rond]:
    """Departements where they are, overseas in a column on the left, the nation and the unknown at sea."""
    dehors = iter(range(len(effectifs)))
    ailleurs = iter(range(len(effectifs)))
    points = []
    for iri in effectifs:
        lieu = _find(catalogue, iri)
        if lieu is None:
            lieu = (_LARGE[0] - _PAS * next(ailleurs), _LARGE[1])
        elif not 41 < lieu[0] < 52 or not -6 < lieu[1] < 10:
            lieu = (_OUTRE_MER[0] - _PAS * next(dehors), _OUTRE_MER[1])
        points.append(_project(lieu))
    rayons = _size(effectifs)
    noms = {iri: _name_wide(catalogue, iri) for iri in effectifs}
    demi = np.array([max(rayons[iri] + 2, *(3.6 * len(nom) for nom in noms[iri]), 0) for iri in effectifs])
    bas = np.array([8.0 * len(noms[iri]) for iri in effectifs])
    haut = np.array([rayons[iri] + 2 for iri in effectifs]) + bas
    decalage = np.stack((np.zeros_like(bas), bas), axis=1)
    places = part_boxes(np.array(points, dtype=float).reshape(-1, 2) + decalage, demi, haut) - decalage
    return {
        iri: Rond(round(float(x), 1), round(float(y), 1), rayons[iri], noms[iri])
        for iri, (x, y) in zip(effectifs, places, strict=True)
    }


def _name_wide(catalogue: Catalogue, iri: Iri) -> tuple[str, ...]:
    """The name of what is wider than a departement; departements are known by their number."""
    lieu = catalogue.territoires.get(iri)
    if lieu is None:
        return (" " * 18,)
    return () if lieu.niveau == "departement" else wrap(lieu.nom)[:2]


def _project(lieu: Point) -> Point:
    return (
        (lieu[1] - _CENTRE[1]) * cos(radians(_CENTRE[0])) * DEGRE,
        (_CENTRE[0] - lieu[0]) * DEGRE,
    )


def _find(catalogue: Catalogue, iri: Iri) -> Point | None:
    """A departement by its seat, a region by the middle of its departements."""
    lieu, villes = catalogue.territoires.get(iri), _read_towns()
    if lieu is None or lieu.niveau == "national":
        return None
    if lieu.niveau == "departement":
        return villes.get(lieu.code, (0.0, 0.0))
    dedans = [
        villes[autre.code]
        for autre in catalogue.territoires.values()
        if autre.niveau == "departement" and iri in autre.ancetres and autre.code in villes
    ]
    return (
        (sum(v[0] for v in dedans) / len(dedans), sum(v[1] for v in dedans) / len(dedans)) if dedans else None
    )


def _size(effectifs: Mapping[Iri, int]) -> dict[Iri, float]:
    """Radii whose areas follow the number of actors, from a legible minimum; the unknown set no scale."""
    petit, grand = _RAYONS
    plus = max((nombre for iri, nombre in effectifs.items() if "/" in iri), default=1) or 1
    parts = {iri: min(1.0, nombre / plus) for iri, nombre in effectifs.items()}
    return {iri: round(max(petit, grand * sqrt(part)), 1) for iri, part in parts.items()}


def arrange_networks(
    catalogue: Catalogue, effectifs: Mapping[Iri, int], liens: Iterable[tuple[Iri, Iri]]
) -> Mapping[Iri, Rond]:
    """Networks by the links between them, named under their node."""
    rayons = _size(effectifs)
    etiquettes = {iri: Etiquette(_name(catalogue, iri), rayons[iri]) for iri in effectifs}
    graphe: nx.Graph[Iri] = nx.Graph()
    graphe.add_nodes_from(effectifs)
    # Those of no network, or of the smallest, are linked to everything: they would pull all together.
    graphe.add_edges_from(
        sorted((de, vers) for de, vers in liens if de in catalogue.acteurs and vers in catalogue.acteurs)
    )
    points = arrange(graphe, etiquettes)
    return {iri: Rond(*points[iri], rayons[iri], etiquettes[iri].lignes) for iri in effectifs}


def _name(catalogue: Catalogue, iri: Iri) -> tuple[str, ...]:
    acteur = catalogue.acteurs.get(iri)
    return name_lines(acteur) if acteur else (" " * 16,)
