"""Keeping nodes apart: boxes (node and label) pushed until none covers another, nodes off passing links.

Only boxes near each other are compared: those whose left edges are closer than the widest box, found
on the sorted sheet. With all pairs, two thousand nodes would take minutes.
"""

from collections.abc import Sequence
from itertools import count
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.cartography.etiquettes import Etiquette
from graph.cartography.rangement import Points

BEAUCOUP: Final = 160
"""Nodes of a component beyond which its labels cannot all show: only nodes are kept apart."""
_TOURS_LIENS: Final = 80


def spread(points: Points, etiquettes: Sequence[Etiquette], liens: NDArray[np.int64]) -> Points:
    """Push boxes apart, along the axis that costs least, until none covers another.

    The first rounds also push nodes off the links that pass under them. Every few rounds the whole
    sheet grows a little, which is what makes it end.
    """
    seuls = len(etiquettes) > BEAUCOUP
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


def part_boxes(centres: Points, demi: Points, haut: Points) -> Points:
    """Push boxes apart until none covers another, no farther than it takes."""
    places = centres.copy()
    for tour in count(1):
        pousse = _push_apart(places, demi, haut)
        if pousse is None:
            break
        places = (places + pousse) * (1.02 if tour % 40 == 0 else 1.0)
    return places


def _push_apart(centres: Points, demi: Points, haut: Points) -> Points | None:
    """How to move boxes that cover each other; None when none does."""
    un, autre = _find_near(centres[:, 0], 2 * float(demi.max()))
    dx, dy = (centres[un, axe] - centres[autre, axe] for axe in (0, 1))
    trop_x = demi[un] + demi[autre] - np.abs(dx)
    trop_y = haut[un] + haut[autre] - np.abs(dy)
    touche = (trop_x > 0) & (trop_y > 0)
    if not touche.any():
        return None
    un, autre, dx, dy, trop_x, trop_y = (part[touche] for part in (un, autre, dx, dy, trop_x, trop_y))
    sens = np.where(un > autre, 1.0, -1.0)
    en_x = trop_x < trop_y
    pousse = np.zeros((len(un), 2))
    pousse[:, 0] = np.where(en_x, np.where(dx == 0, sens, np.sign(dx)) * (trop_x + 1), 0.0)
    pousse[:, 1] = np.where(en_x, 0.0, np.where(dy == 0, sens, np.sign(dy)) * (trop_y + 1))
    mouvement: Points = np.zeros_like(centres)
    np.add.at(mouvement, un, 0.35 * pousse)
    np.subtract.at(mouvement, autre, 0.35 * pousse)
    return mouvement


def _find_near(abscisses: Points, ecart: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of nodes nearer than a gap from left to right, each pair once."""
    ordre = np.argsort(abscisses, kind="stable")
    triees = abscisses[ordre]
    fins = np.searchsorted(triees, triees + ecart, side="left")
    nombres = fins - np.arange(len(ordre)) - 1
    premiers = np.repeat(np.arange(len(ordre)), nombres)
    debuts = np.repeat(np.cumsum(nombres) - nombres, nombres)
    seconds = premiers + 1 + np.arange(len(premiers)) - debuts
    return ordre[premiers], ordre[seconds]


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
