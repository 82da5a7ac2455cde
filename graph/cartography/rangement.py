"""Blocks on a sheet: components and isolated nodes put side by side, without a gap too many."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, log, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.cartography.etiquettes import Etiquette
from graph.catalogue.modele import Iri

Points = NDArray[np.float64]

ASPECT: Final = 4 / 3
ECART: Final = 40.0
"""Between two blocks."""


@dataclass(frozen=True, slots=True)
class Bloc:
    """Nodes laid out together, in a rectangle whose top left corner is (0, 0)."""

    noeuds: tuple[Iri, ...]
    points: Points
    largeur: float
    hauteur: float


def frame(noeuds: Sequence[Iri], points: Points, etiquettes: Mapping[Iri, Etiquette]) -> Bloc:
    """Put nodes in the smallest rectangle that holds their boxes."""
    demi = np.array([etiquettes[iri].demi_largeur for iri in noeuds])
    haut = np.array([etiquettes[iri].hauteur / 2 for iri in noeuds])
    milieu = points[:, 1] + np.array([etiquettes[iri].decalage for iri in noeuds])
    gauche, sommet = (points[:, 0] - demi).min(), (milieu - haut).min()
    droite, bas = (points[:, 0] + demi).max(), (milieu + haut).max()
    return Bloc(tuple(noeuds), points - (gauche, sommet), float(droite - gauche), float(bas - sommet))


def line_up(noeuds: Sequence[Iri], etiquettes: Mapping[Iri, Etiquette], largeur: float) -> Bloc:
    """Put isolated nodes in a grid as wide as the rest of the sheet, and no higher than 4 by 3 on its own."""
    pas = max(2 * etiquettes[iri].demi_largeur for iri in noeuds)
    ligne = max(etiquettes[iri].hauteur for iri in noeuds)
    seul = sqrt(len(noeuds) * pas * ligne * ASPECT)
    colonnes = max(1, min(len(noeuds), int(max(largeur, seul) // pas)))
    colonnes = ceil(len(noeuds) / ceil(len(noeuds) / colonnes))
    points = np.array(
        [[(rang % colonnes) * pas, (rang // colonnes) * ligne] for rang in range(len(noeuds))], dtype=float
    )
    return frame(noeuds, points, etiquettes)


def pack(blocs: Sequence[Bloc]) -> tuple[list[tuple[float, float]], float]:
    """Corners of the blocks on a sheet near 4 by 3, and the width of that sheet."""
    total = sum((bloc.largeur + ECART) * (bloc.hauteur + ECART) for bloc in blocs)
    moindre = max(bloc.largeur for bloc in blocs)
    ideal = max(moindre, sqrt(total * ASPECT))
    essais = [_shelve(blocs, moindre + (1.6 * ideal - moindre) * part / 12) for part in range(13)]
    return min(essais, key=_cost)[:2]


def _cost(essai: tuple[list[tuple[float, float]], float, float]) -> float:
    _, largeur, hauteur = essai
    return max(largeur / ASPECT, hauteur) * (1 + 0.1 * abs(log(largeur / hauteur / ASPECT)))


def _shelve(blocs: Iterable[Bloc], largeur_max: float) -> tuple[list[tuple[float, float]], float, float]:
    """Fill shelves, each as high as its first block; on a shelf, blocks pile up in columns."""
    coins: list[tuple[float, float]] = []
    etagere = haut = colonne = suivante = y = 0.0
    largeur = 0.0
    for bloc in blocs:
        if coins and y + bloc.hauteur > etagere + haut:
            colonne, y = suivante, etagere
        if not coins or bloc.hauteur > haut or colonne + bloc.largeur > largeur_max + 1e-6:
            etagere += haut + ECART if coins else 0.0
            haut, colonne, suivante, y = bloc.hauteur, 0.0, 0.0, etagere
        coins.append((colonne, y))
        y += bloc.hauteur + ECART
        suivante = max(suivante, colonne + bloc.largeur + ECART)
        largeur = max(largeur, colonne + bloc.largeur)
    return coins, largeur, etagere + haut


def centre(blocs: Sequence[Bloc], coins: Sequence[tuple[float, float]]) -> dict[Iri, tuple[float, float]]:
    """Positions of every node on the sheet, whose middle is (0, 0)."""
    milieu_x = max(x + bloc.largeur for bloc, (x, _) in zip(blocs, coins, strict=True)) / 2
    milieu_y = max(y + bloc.hauteur for bloc, (_, y) in zip(blocs, coins, strict=True)) / 2
    return {
        iri: (round(float(px) + x - milieu_x, 1), round(float(py) + y - milieu_y, 1))
        for bloc, (x, y) in zip(blocs, coins, strict=True)
        for iri, (px, py) in zip(bloc.noeuds, bloc.points, strict=True)
    }
