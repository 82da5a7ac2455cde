"""The steps of an action on a scale of time.

A partial date is an interval: « 2004 » is all of 2004. Positions go from 0 to 1. Long stretches in which
nothing is dated are cut short, and said to be, so that what is known stays readable.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from graph.catalogue.modele import Accompagnement, Etape
from graph.dates import DatePartielle

Jours = tuple[date, date]
"""First and last day of a period, both in it."""

LONG: Final = 366
"""Days without anything dated from which the scale is cut."""
COUPURE: Final = 0.07
"""Width of a cut stretch."""
PREVU: Final = "prevu"
TERMINE: Final = "termine"
ANNEE: Final = 300
"""Days from which a partial date says no more than its year."""


@dataclass(frozen=True, slots=True)
class Placee:
    """A step and its place on the scale; ``debut`` and ``fin`` are None when it is not dated."""

    etape: Etape
    debut: float | None
    fin: float | None
    ouverte: bool
    """Only its beginning is said."""
    vague: bool
    """One of its dates is known by its year only."""
    prevue: bool
    """Planned when the document was written."""
    avant: bool
    """Over before the action is said to begin."""


@dataclass(frozen=True, slots=True)
class Graduation:
    """A mark of the scale: the first day of a year, or of a stretch of it."""

    position: float
    jour: date


@dataclass(frozen=True, slots=True)
class Trou:
    """A stretch cut short, in which nothing is dated."""

    debut: float
    fin: float
    mois: int


@dataclass(frozen=True, slots=True)
class Frise:
    """Steps in order, with the scale they are placed on; no scale when nothing is dated."""

    etapes: tuple[Placee, ...]
    action: tuple[float, float] | None
    """From where to where the action itself is said to go."""
    fait: float
    """Up to where it had gone when the document was written; its end when it is over."""
    graduations: tuple[Graduation, ...]
    trous: tuple[Trou, ...]


def find_period(chose: Accompagnement | Etape) -> Jours | None:
    """Return the first and last day of an action or a step, as far as it says; None when it is not dated."""
    dates = [date_ for date_ in (chose.debut, chose.fin) if date_ is not None]
    return (dates[0].debut, dates[-1].fin) if dates else None


def lay_out(action: Accompagnement) -> Frise:
    """Place the steps of an action."""
    whole = find_period(action)
    periodes = [found for found in (whole, *map(find_period, action.etapes)) if found is not None]
    echelle = Echelle(_stretches(periodes))
    etapes = tuple(_place(etape, action, echelle) for etape in action.etapes)
    span = echelle.span(whole) if whole else None
    return Frise(
        etapes=etapes,
        action=span,
        fait=_done(action, span, etapes) if span else 0.0,
        graduations=tuple(echelle.marks()),
        trous=tuple(echelle.cuts()),
    )


def is_planned(chose: Accompagnement | Etape) -> bool:
    """Tell whether a step or an action was only planned when the document was written."""
    return chose.statut is not None and chose.statut.endswith(f"/{PREVU}")


def _done(action: Accompagnement, span: tuple[float, float], etapes: Iterable[Placee]) -> float:
    if action.fin is None or (action.statut is not None and action.statut.endswith(f"/{TERMINE}")):
        return span[1]
    return max((e.fin for e in etapes if e.fin is not None and not e.prevue), default=span[0])


def _place(etape: Etape, action: Accompagnement, echelle: "Echelle") -> Placee:
    periode = find_period(etape)
    debut, fin = echelle.span(periode) if periode else (None, None)
    return Placee(
        etape=etape,
        debut=debut,
        fin=fin,
        ouverte=etape.debut is not None and etape.fin is None and not _is_short(etape.debut),
        vague=any(map(_is_vague, (etape.debut, etape.fin))),
        prevue=is_planned(etape),
        avant=periode is not None and action.debut is not None and action.debut.surely_after(periode[1]),
    )


def _is_vague(date_: DatePartielle | None) -> bool:
    return date_ is not None and (date_.fin - date_.debut).days >= ANNEE


def _is_short(date_: DatePartielle) -> bool:
    """Tell whether a date is a single day: a meeting of which no end is said lasted that day."""
    return date_.debut == date_.fin


class Echelle:
    """Days to positions, long empty stretches cut short."""

    def __init__(self, stretches: Sequence[Jours]) -> None:
        """Share the width among stretches of whole months, in order.

        Args:
            stretches: what is dated; what lies between two of them is cut.
        """
        self._stretches = stretches
        days = sum(_length(stretch) for stretch in stretches)
        self._par_jour = (1 - COUPURE * (len(stretches) - 1)) / days if days else 0.0
        self._origins: list[float] = []
        place = 0.0
        for stretch in stretches:
            self._origins.append(place)
            place += _length(stretch) * self._par_jour + COUPURE

    def span(self, periode: Jours) -> tuple[float, float]:
        """Return from where to where a period goes."""
        return self._position(periode[0]), self._position(periode[1] + timedelta(days=1))

    def marks(self) -> Iterator[Graduation]:
        """Yield the beginning of each stretch, and the first day of each year in it."""
        for (debut, fin), origin in zip(self._stretches, self._origins, strict=True):
            yield Graduation(origin, debut)
            for annee in range(debut.year + 1, fin.year + 1):
                yield Graduation(self._position(date(annee, 1, 1)), date(annee, 1, 1))

    def cuts(self) -> Iterator[Trou]:
        """Yield the stretches cut short."""
        for (_, fin), (debut, _), origin in zip(
            self._stretches, self._stretches[1:], self._origins[1:], strict=False
        ):
            mois = (debut.year - fin.year) * 12 + debut.month - fin.month - 1
            yield Trou(origin - COUPURE, origin, mois)

    def _position(self, jour: date) -> float:
        rank = max(0, bisect_right([debut for debut, _ in self._stretches], jour) - 1)
        debut, fin = self._stretches[rank]
        days = min((jour - debut).days, (fin - debut).days + 1)
        return self._origins[rank] + days * self._par_jour


def _length(stretch: Jours) -> int:
    return (stretch[1] - stretch[0]).days + 1


def _stretches(periodes: Iterable[Jours]) -> list[Jours]:
    """Return what is dated as whole months, near periods together."""
    merged: list[Jours] = []
    for debut, fin in sorted(map(_whole_months, periodes)):
        if merged and (debut - merged[-1][1]).days <= LONG:
            merged[-1] = (merged[-1][0], max(merged[-1][1], fin))
        else:
            merged.append((debut, fin))
    return merged


def _whole_months(periode: Jours) -> Jours:
    debut, fin = periode
    following = (fin.replace(day=28) + timedelta(days=4)).replace(day=1)
    return debut.replace(day=1), following - timedelta(days=1)
