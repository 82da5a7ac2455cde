"""What is offered and where, as arrays: offers by number, and the places of each as pairs.

Whether an offer meets a subject is *said*, *not said* (to be asked: unknown is never a no) or *no*.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Offre
from graph.coverage.concepts import open_concepts
from graph.coverage.geographie import Geographie, Ids, Octets
from graph.coverage.lieux import open_index
from graph.coverage.sujets import Dimension, Sujet
from graph.orientation.appariement import for_others
from graph.orientation.garde import once_for_each

NON, NON_DIT, DIT = range(3)
"""How an offer meets a subject, worst first."""
GARDES: Final = 64
"""Subjects whose answer is kept: some 0.4 MB each for a whole country."""


@dataclass(frozen=True, slots=True, eq=False)
class Preuves:
    """Where a subject is met on a day: pairs of an offer and one of its places, the best to tell first."""

    offres: Ids
    lieux: Ids
    entiers: NDArray[np.bool_]
    """Whether the offer covers the whole of the place: of some, a part that no source delimits."""

    @property
    def sures(self) -> Ids:
        """The places that are covered whole."""
        return self.lieux[self.entiers]


class Presences:
    """Offers that may serve an association, by number.

    Pairs are in the order in which they are told, the most recent source first, then by name of the actor:
    the first pair found at a place is the one to name.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.geographie: Final = Geographie(catalogue)
        self._concepts: Final = open_concepts(catalogue)
        offres = [o for o in catalogue.offres.values() if o.acteur in catalogue.acteurs and not for_others(o)]
        noms = open_index(catalogue).rangs
        vus = {offre.iri: _newest(catalogue, offre) for offre in offres}
        offres.sort(key=lambda offre: (-vus[offre.iri], noms[offre.acteur], offre.iri))
        self.offres: Final[tuple[Offre, ...]] = tuple(offres)
        self.rangs: Final = {offre.iri: rang for rang, offre in enumerate(self.offres)}
        pairs = [
            (rang, lieu, self.geographie.iris[lieu] not in offre.en_partie)
            for rang, offre in enumerate(self.offres)
            for lieu in self.geographie.number(dict.fromkeys(offre.territoires))
        ]
        self._offres, self._lieux, entiers = np.array(pairs, dtype=np.int32).reshape(-1, 3).T
        self._entiers = entiers.astype(np.bool_)
        debuts = (offre.au_plus_tot for offre in self.offres)
        self._debuts = np.array([d.debut.toordinal() if d else 0 for d in debuts], np.int64)
        self._fins = np.array([(o.fin.fin if o.fin else date.max).toordinal() for o in self.offres], np.int64)
        lus: Mapping[Dimension, Callable[[Offre], Iterable[Iri]]] = {
            "fonction": lambda offre: offre.fonctions,
            "stade": lambda offre: offre.stades,
            "besoin": lambda offre: offre.besoins,
            "secteur": lambda offre: offre.secteurs or catalogue.acteurs[offre.acteur].secteurs,
        }
        self._dits = {nom: _postings(self.offres, read) for nom, read in lus.items()}
        self._muets = {
            nom: np.array([not read(offre) for offre in self.offres], dtype=np.bool_)
            for nom, read in lus.items()
        }
        self.find = lru_cache(GARDES)(self._find)
        """Keeps :meth:`_find`: the pairs that say they meet a subject on a day, and those that may.

        Of a place covered in part, every commune may be: it is whole among those that may.
        """

    def qualities(self, sujet: Sujet, jour: date) -> Octets:
        """Return how each offer meets a subject on a day: the worst of what it is to each dimension."""
        quand = jour.toordinal()
        found = np.where((self._debuts <= quand) & (self._fins >= quand), DIT, NON).astype(np.int8)
        for dimension, concept in sujet.demandes:
            found = np.minimum(found, self._quality(dimension, concept))
        return found

    def _find(self, sujet: Sujet, jour: date) -> tuple[Preuves, Preuves]:
        met = self.qualities(sujet, jour)[self._offres]
        dits, possibles = (np.flatnonzero(met >= seuil) for seuil in (DIT, NON_DIT))
        return (
            Preuves(self._offres[dits], self._lieux[dits], self._entiers[dits]),
            Preuves(self._offres[possibles], self._lieux[possibles], np.ones(len(possibles), np.bool_)),
        )

    def _quality(self, dimension: Dimension, concept: Iri) -> Octets:
        posted = self._dits[dimension]
        found = np.where(self._muets[dimension], NON_DIT, NON).astype(np.int8)
        near = self._concepts.near([concept])
        # Who helps with needs or knows a sector in general does so in particular, as in an orientation.
        # Who has a function in general may not have each of those under it: that is to be asked.
        said = near if dimension in ("besoin", "secteur") else set(self._concepts.under(concept))
        for iri in near:
            if (ids := posted.get(iri)) is not None:
                found[ids] = np.maximum(found[ids], DIT if iri in said else NON_DIT)
        return found


def _newest(catalogue: Catalogue, offre: Offre) -> int:
    """Day of the most recent source, as an ordinal; 0 when unknown."""
    dates = (source.date for _, source in catalogue.source_de(offre.passages))
    return max((seen.fin.toordinal() for seen in dates if seen is not None), default=0)


def _postings(offres: Iterable[Offre], read: Callable[[Offre], Iterable[Iri]]) -> Mapping[Iri, Ids]:
    found: dict[Iri, list[int]] = defaultdict(list)
    for rang, offre in enumerate(offres):
        for iri in read(offre):
            found[iri].append(rang)
    return {iri: np.array(ids, dtype=np.int32) for iri, ids in found.items()}


@once_for_each
def open_presences(catalogue: Catalogue) -> Presences:
    """Return the presences of a catalogue, made at first use and kept with it."""
    return Presences(catalogue)
