"""Classes of a choropleth: as many places in each as equal values allow."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

CLASSES: Final = 5
"""Shades that an eye tells apart, and that a legend can list."""


@dataclass(frozen=True, slots=True)
class Classe:
    """One class: its values, both ends reached by a place, and how many places it holds."""

    rang: int
    """From 1, the lowest."""
    debut: float
    fin: float
    nombre: int


def make_classes(valeurs: Iterable[float]) -> tuple[Classe, ...]:
    """Sort positive values into classes; equal values are always together, and no class is empty.

    >>> [(c.debut, c.fin, c.nombre) for c in make_classes([1, 1, 1, 2, 9])]
    [(1, 1, 3), (2, 2, 1), (9, 9, 1)]

    A value that most places have leaves the other classes to the rest:

    >>> [(c.debut, c.fin) for c in make_classes([1] * 90 + [2, 11, 12, 13, 14, 15, 16, 18, 19, 32])]
    [(1, 1), (2, 11), (12, 14), (15, 16), (18, 32)]
    """
    ordered = sorted(valeur for valeur in valeurs if valeur > 0)
    starts = _starts(ordered)
    groups: list[list[float]] = [[] for _ in starts]
    for valeur in ordered:
        groups[bisect_right(starts, valeur) - 1].append(valeur)
    return tuple(Classe(rang, group[0], group[-1], len(group)) for rang, group in enumerate(groups, 1))


def find_classe(classes: Sequence[Classe], valeur: float | None) -> int | None:
    """Return the rank of the class of a value: 0 for zero, None when it is unknown."""
    if valeur is None:
        return None
    return bisect_right([classe.debut for classe in classes], valeur)


def _starts(ordered: Sequence[float]) -> list[float]:
    """Return the lowest value of each class: each takes its share of what the ones before left."""
    distinct = sorted(set(ordered))
    if len(distinct) <= CLASSES:
        return distinct
    starts, begun = [], 0
    for parts in range(CLASSES, 0, -1):
        if begun == len(ordered):
            break
        starts.append(ordered[begun])
        begun = _end(ordered, begun, (len(ordered) - begun) / parts)
    return starts


def _end(ordered: Sequence[float], begun: int, part: float) -> int:
    """Return where a class ends that begins there: the nearest to its share, equal values together."""
    pivot = ordered[min(begun + round(part), len(ordered) - 1)]
    before, after = bisect_left(ordered, pivot), bisect_right(ordered, pivot)
    return before if before > begun and begun + part - before <= after - begun - part else after
