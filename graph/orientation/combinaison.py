"""The smallest set of actors that meet all the needs: « une offre combinée et globale ».

Exact up to :data:`EXACT_MAX` needs, greedy above. Among sets as small, the one whose actors score
most; among actors that meet the same needs for the same score, the turn of the day.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from graph.catalogue.modele import NIVEAUX
from graph.orientation.index import INCONNU, Candidats, IndexOffres
from graph.orientation.modele import Combinaison, Part

EXACT_MAX: Final = 12
"""Needs up to which every set is tried."""

Masque = int
"""A set of needs, one bit each, in the order they were asked."""


def combine(
    index: IndexOffres,
    candidats: Candidats,
    besoins: tuple[str, ...],
    turn: Callable[[int], bytes],
) -> Combinaison:
    """Find the smallest set of actors that meet the needs.

    Args:
        index: the offers.
        candidats: those that fit the request.
        besoins: codes of the needs asked, in the order of the rows of ``candidats.besoins``.
        turn: the order of equals, by place in the index.
    """
    met = candidats.besoins > INCONNU
    if not besoins or not met.any():
        return Combinaison((), besoins)
    masks = (met * (1 << np.arange(len(besoins)))[:, None]).sum(axis=0)
    places: dict[int, list[int]] = defaultdict(list)
    for place in np.flatnonzero(masks).tolist():
        places[int(index.acteur_of[candidats.ids[place]])].append(place)
    best: dict[Masque, int] = {}
    worth: dict[Masque, int] = {}
    for acteur, offers in places.items():
        mask = int(np.bitwise_or.reduce(masks[offers]))
        first = _first(candidats, offers, turn)
        score = round(float(candidats.scores[first]) * 100)
        known = best.get(mask)
        if known is None or score > worth[mask]:
            best[mask], worth[mask] = acteur, score
        elif score == worth[mask]:
            other = _first(candidats, places[known], turn)
            if turn(int(candidats.ids[first])) < turn(int(candidats.ids[other])):
                best[mask] = acteur
    full = int(np.bitwise_or.reduce(masks))
    exacte = full.bit_count() <= EXACT_MAX
    chosen = cover(full, worth) if exacte else cover_greedily(full, worth)

    def part(mask: Masque) -> Part:
        offers = sorted(
            places[best[mask]], key=lambda p: (-float(candidats.scores[p]), turn(int(candidats.ids[p])))
        )
        return Part(
            acteur=index.acteurs[best[mask]],
            offres=tuple(index.offres[candidats.ids[place]].iri for place in offers),
            besoins=tuple(code for rang, code in enumerate(besoins) if mask & 1 << rang),
            niveau=NIVEAUX[candidats.niveaux[offers[0]]],
            score=float(candidats.scores[offers[0]]),
        )

    parts = sorted((part(mask) for mask in chosen), key=lambda p: (-len(p.besoins), -p.score))
    missed = tuple(code for rang, code in enumerate(besoins) if not full & 1 << rang)
    return Combinaison(tuple(parts), missed, exacte)


def _first(candidats: Candidats, places: list[int], turn: Callable[[int], bytes]) -> int:
    return min(places, key=lambda p: (-float(candidats.scores[p]), turn(int(candidats.ids[p]))))


def cover(full: Masque, worth: Mapping[Masque, int]) -> tuple[Masque, ...]:
    """Return the fewest sets whose union is ``full``, worth most together among as few.

    Each round adds a set that holds the first need still missing, and keeps the best way to each union.
    """
    sets = sorted(_drop_lesser(worth), key=lambda mask: (-worth[mask], mask))
    reached: dict[Masque, tuple[int, tuple[Masque, ...]]] = {0: (0, ())}
    while full not in reached:
        after: dict[Masque, tuple[int, tuple[Masque, ...]]] = {}
        for done, (total, chosen) in reached.items():
            missing = full & ~done
            first = missing & -missing
            for mask in sets:
                if mask & first:
                    union = done | mask
                    value = total + worth[mask]
                    if union not in after or value > after[union][0]:
                        after[union] = (value, (*chosen, mask))
        reached = after
    return reached[full][1]


def _drop_lesser(worth: Mapping[Masque, int]) -> list[Masque]:
    """Leave out sets that another one holds entirely for no less: it always serves better."""
    return [
        mask
        for mask in worth
        if not any(mask != other and mask & other == mask and worth[other] >= worth[mask] for other in worth)
    ]


def cover_greedily(full: Masque, worth: Mapping[Masque, int]) -> tuple[Masque, ...]:
    """Return sets whose union is ``full``, each time the one that adds most, worth most among equals."""
    chosen: list[Masque] = []
    missing = full
    while missing:
        mask = max(worth, key=lambda m: ((m & missing).bit_count(), worth[m], -m))
        chosen.append(mask)
        missing &= ~mask
    return tuple(chosen)
