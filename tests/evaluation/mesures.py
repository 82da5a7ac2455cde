"""Measures of a ranked list against what was expected."""

from collections.abc import Mapping, Sequence
from math import log2
from statistics import fmean

GAINS = (3, 2, 1)
"""Worth of an actor of the first, second, third group expected."""


def worth(attendus: Sequence[Sequence[str]]) -> dict[str, int]:
    """Return what each expected actor is worth."""
    return {nom: gain for gain, groupe in zip(GAINS, attendus, strict=False) for nom in groupe}


def hit(rangs: Sequence[str], bons: Sequence[str], premiers: int) -> float:
    """Return 1 when one of the good ones is among the first."""
    return float(any(nom in bons for nom in rangs[:premiers]))


def reciprocal_rank(rangs: Sequence[str], bons: Sequence[str]) -> float:
    """Return 1 / the rank of the first good one, 0 when there is none."""
    return next((1 / rang for rang, nom in enumerate(rangs, start=1) if nom in bons), 0.0)


def ndcg(rangs: Sequence[str], gains: Mapping[str, float], premiers: int = 5) -> float:
    """Return the discounted gain of the first ones over the best possible (1 when nobody is worth any)."""
    best = _dcg(sorted(gains.values(), reverse=True)[:premiers])
    return _dcg([gains.get(nom, 0) for nom in rangs[:premiers]]) / best if best else 1.0


def recall(trouves: Sequence[str], attendus: Sequence[str], premiers: int = 3) -> float:
    """Return the share of what was expected that is among the first."""
    return len(set(trouves[:premiers]) & set(attendus)) / len(set(attendus))


def mean(valeurs: Sequence[float]) -> float:
    """Return the mean, 0 of nothing."""
    return fmean(valeurs) if valeurs else 0.0


def _dcg(gains: Sequence[float]) -> float:
    return sum(gain / log2(rang + 1) for rang, gain in enumerate(gains, start=1))
