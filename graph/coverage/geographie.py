"""The places of an edition as arrays: from how wide some of them reach each other one, in a few operations.

A departement, a region or an intercommunality is judged commune by commune, so that what straddles a border
is exact: its parts may be reached from different levels, or not at all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Niveau, Territoire
from graph.coverage.modele import PORTEES, Portee

Ids = NDArray[np.int32]
Octets = NDArray[np.int8]

PERSONNE: Final = len(PORTEES)
"""Rank after the widest level: nobody known."""
PORTEE_DE: Final[Mapping[Niveau, Portee]] = {
    "commune": "local",
    "epci": "local",
    "departement": "departement",
    "region": "region",
    "national": "national",
}


class Geographie:
    """Places by number, with what holds each; the number after the last stands for no place."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.iris: Final[tuple[Iri, ...]] = tuple(catalogue.territoires)
        self.rangs: Final = {iri: rang for rang, iri in enumerate(self.iris)}
        self._places: Final[Sequence[Territoire]] = tuple(catalogue.territoires.values())
        self.portees: Final[Octets] = np.array(
            [*(PORTEES.index(PORTEE_DE[place.niveau]) for place in self._places), PERSONNE], dtype=np.int8
        )
        tenants = [
            [rang, *(self.rangs[iri] for iri in place.ancetres if iri in self.rangs and iri != place.iri)]
            for rang, place in enumerate(self._places)
        ]
        self.tenants: Final[Ids] = self._table(tenants)
        """One row a place: itself and what holds it whole, filled up with no place."""
        self.habitants: Final = np.array([place.population or 0 for place in self._places], dtype=np.int64)

    def _table(self, rows: Iterable[Sequence[int]]) -> Ids:
        rows = list(rows)
        table = np.full((len(rows), max((len(row) for row in rows), default=1)), len(rows), dtype=np.int32)
        for rang, row in enumerate(rows):
            table[rang, : len(row)] = row
        return table

    def number(self, iris: Iterable[Iri]) -> list[int]:
        """Return the numbers of places, those the edition does not know left out."""
        return [self.rangs[iri] for iri in iris if iri in self.rangs]

    def reach_from(self, lieux: NDArray[np.integer]) -> Octets:
        """Return the narrowest level from which each place is reached whole, ``PERSONNE`` where it is not.

        Args:
            lieux: numbers of the places where somebody acts.
        """
        present = np.zeros(len(self.iris) + 1, dtype=bool)
        present[lieux] = True
        ranks = np.where(present[self.tenants], self.portees[self.tenants], np.int8(PERSONNE))
        best: Octets = ranks.min(axis=1)
        return best

    def holding(self, lieux: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Tell of each place whether it is, or holds, one of some places."""
        held = np.zeros(len(self.iris) + 1, dtype=bool)
        held[self.tenants[np.unique(lieux)].ravel()] = True
        return held[:-1]

    def communes(self, iri: Iri) -> Ids:
        """Return the communes of today in a place; the place alone where the edition knows none."""
        rang = self.rangs[iri]
        return self._communes.get(rang, np.array([rang], dtype=np.int32))

    def part(self, iri: Iri, dans: Iri) -> Ids:
        """Return the communes of a place that lie in another; all of them where one has no known commune."""
        communes, whole = self.communes(iri), self.rangs[dans] in self.tenants[self.rangs[iri]]
        if whole or not (self.has_communes(iri) and self.has_communes(dans)):
            return communes
        return np.intersect1d(communes, self.communes(dans))

    def elsewhere(self, dans: Iri) -> NDArray[np.bool_]:
        """Tell of each place whether all that is known of it lies outside another, commune by commune."""
        found = np.zeros(len(self.iris) + 1, dtype=bool)
        if self.has_communes(dans):
            found[list(self._communes)] = True
            found[self.tenants[self.communes(dans)].ravel()] = False
        return found[:-1]

    def has_communes(self, iri: Iri) -> bool:
        """Tell whether the edition knows a commune of today that a place is, or holds."""
        return self.rangs[iri] in self._communes

    @cached_property
    def _communes(self) -> dict[int, Ids]:
        found: dict[int, list[int]] = defaultdict(list)
        for rang, place in enumerate(self._places):
            if place.niveau == "commune" and "/commune-" in place.iri and place.fin is None:
                for tenant in self.number(dict.fromkeys((place.iri, *place.ancetres))):
                    found[tenant].append(rang)
        return {rang: np.array(communes, dtype=np.int32) for rang, communes in found.items()}
