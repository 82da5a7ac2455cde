"""One cell of a survey, told: which part of the place is reached and from where, and whom to ask first."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np

from graph.catalogue import Catalogue
from graph.catalogue.modele import NIVEAUX, Iri, Offre, Territoire
from graph.coverage.geographie import PORTEE_DE, Ids
from graph.coverage.lieux import IndexLieux, open_index
from graph.coverage.modele import Portee
from graph.coverage.presences import Presences, Preuves, open_presences
from graph.coverage.releve import STATUTS, Releve, Statut
from graph.coverage.sujets import Sujet
from graph.orientation.garde import once_for_each

SUJETS: Final = 32
"""Subjects whose proofs are kept by place: some megabytes each for a whole country."""


@dataclass(frozen=True, slots=True)
class Partie:
    """A part of a place that is reached from nearer than the rest of it."""

    lieu: Territoire
    """Where the actor acts: a departement that a row straddles, a commune of it, a zone…"""
    portee: Portee
    communes: int | None
    """Communes of the row in it; None for a zone whose communes are not all known, or an unknown part."""


@dataclass(frozen=True, slots=True)
class Proche:
    """The nearest offer that answers (that may, to fill a hole, where a source does not say), and how far."""

    offre: Offre
    lieu: Territoire
    """Where it acts."""
    ecart: int
    """Levels between the row and the narrowest place that holds both: 0 on the spot, 1 one level up…"""


@dataclass(frozen=True, slots=True)
class Detail:
    """What is known of one place for one subject."""

    territoire: Territoire
    sujet: Sujet
    statut: Statut
    a_demander: bool
    """Somebody of whom no source says may answer better, in part or from nearer."""
    communes: tuple[int, ...]
    """Communes reached from each level, last those that nobody known reaches."""
    parties: tuple[Partie, ...]
    proche: Proche | None
    """None when the edition knows nobody who answers, anywhere."""


class Conteur:
    """Tells the cells of a survey; what a subject needs is looked up once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue: Final = catalogue
        self._presences: Final[Presences] = open_presences(catalogue)
        self._lieux: Final[IndexLieux] = open_index(catalogue).lieux
        self._known = lru_cache(SUJETS)(self._know)
        self._around = lru_cache(4096)(self._surround)
        self._elsewhere = lru_cache(32)(self._presences.geographie.elsewhere)

    def tell(self, releve: Releve, ligne: int, colonne: int) -> Detail:
        """Return the detail of a cell, by its row and its column."""
        place, sujet = releve.lignes[ligne], releve.sujets[colonne]
        statut = STATUTS[releve.statuts[ligne, colonne]]
        a_demander = bool(releve.a_demander[ligne, colonne])
        communes = tuple(releve.communes[ligne, colonne].tolist())
        dits, possibles = self._known(sujet, releve.jour)
        flou = self._presences.geographie.rangs[place.iri] in dits.flous
        mixte = flou or statut == "partie" or sum(nombre > 0 for nombre in communes) > 1
        trou = statut in ("partie", "personne")
        nearest = self._nearest(possibles if trou and a_demander else dits, place, trou=trou)
        return Detail(
            territoire=place,
            sujet=sujet,
            statut=statut,
            a_demander=a_demander,
            communes=communes,
            parties=tuple(self._parts(dits, place, releve.territoire, statut)) if mixte else (),
            proche=nearest,
        )

    def tell_all(self, releve: Releve) -> Iterator[Detail]:
        """Tell every cell, row by row."""
        for ligne in range(len(releve.lignes)):
            for colonne in range(len(releve.sujets)):
                yield self.tell(releve, ligne, colonne)

    def _know(self, sujet: Sujet, jour: date) -> tuple["_Savoir", "_Savoir"]:
        dits, possibles = self._presences.find(sujet, jour)
        known = _Savoir(self._presences, self._lieux, dits)
        if len(dits.sures) == len(possibles.offres):
            return known, known
        return known, _Savoir(self._presences, self._lieux, possibles)

    def _parts(
        self, savoir: "_Savoir", place: Territoire, dans: Territoire, statut: Statut
    ) -> Iterator[Partie]:
        """The places that reach some communes of a row from nearer than the others, the most local first."""
        geographie = self._presences.geographie
        communes = geographie.part(place.iri, dans.iri)
        tenants = geographie.tenants[communes]
        found, nombres = np.unique(tenants[savoir.present[tenants]], return_counts=True)
        counts = dict(zip(found.tolist(), nombres.tolist(), strict=True))
        ailleurs = self._elsewhere(dans.iri)
        flous = {n for n in savoir.flous.get(geographie.rangs[place.iri], ()) if not ailleurs[n]}
        parts = [
            n
            for n in counts.keys() | flous
            if counts.get(n, 0) < len(communes) and geographie.portees[n] < STATUTS.index(statut)
        ]
        parts.sort(key=lambda n: (int(geographie.portees[n]), -counts.get(n, 0), geographie.iris[n]))
        for n in parts:
            lieu = self._catalogue.territoires[geographie.iris[n]]
            flou = "/zone-" in lieu.iri or n not in counts
            yield Partie(lieu, PORTEE_DE[lieu.niveau], None if flou else counts[n])

    def _nearest(self, savoir: "_Savoir", place: Territoire, *, trou: bool) -> Proche | None:
        """The first offer on what holds the row whole, else within the row or around it, step by step."""
        around, whole = self._around(place.iri)
        for rangs, pairs in (((), {}) if trou else (whole, savoir.exact), (around, savoir.inside)):
            for rang in rangs:
                if rang in pairs:
                    return self._proche(savoir, place, rang, pairs[rang])
        return None

    def _surround(self, iri: Iri) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """What a place touches, the most local first; and what of it holds each of its communes.

        A former region holds the communes of an intercommunality that was made after it ended.
        """
        geographie = self._presences.geographie
        around = geographie.number(sorted(self._lieux.reach(iri), key=self._level))
        tenants = geographie.tenants[geographie.communes(iri)]
        return tuple(around), tuple(r for r in around if bool((tenants == r).any(axis=1).all()))

    def _level(self, iri: Iri) -> int:
        return NIVEAUX.index(self._catalogue.territoires[iri].niveau)

    def _proche(self, savoir: "_Savoir", place: Territoire, autour: int, pair: int) -> Proche:
        iris = self._presences.geographie.iris
        lieu = self._catalogue.territoires[iris[savoir.preuves.lieux[pair]]]
        ecart = max(0, self._level(iris[autour]) - self._level(place.iri))
        return Proche(self._presences.offres[savoir.preuves.offres[pair]], lieu, ecart)


class _Savoir:
    """The pairs that answer a subject, by place: the first to tell at each, and the first within each."""

    def __init__(self, presences: Presences, lieux: IndexLieux, preuves: Preuves) -> None:
        self.preuves: Final = preuves
        premiers = _first_by_place(preuves.lieux)
        sures = np.flatnonzero(preuves.entiers)
        self.exact: Final = {
            rang: int(sures[premier]) for rang, premier in _first_by_place(preuves.sures).items()
        }
        """First pair of each place that is covered whole."""
        self.present: Final = np.zeros(len(presences.geographie.iris) + 1, dtype=bool)
        self.present[preuves.sures] = True
        self.inside: Final[dict[int, int]] = {}
        """First pair of each place or of what lies in it, wholly or in part."""
        self.flous: Final[dict[int, set[int]]] = defaultdict(set)
        """Places where somebody acts on communes that nobody can count, by what is or holds them.

        A zone or a district has no known commune; of a place covered in part, no source says which ones.
        """
        for rang, pair in premiers.items():
            iri = presences.geographie.iris[rang]
            for tenant in presences.geographie.number(lieux.reach(iri)):
                self.inside[tenant] = min(pair, self.inside.get(tenant, pair))
                if rang not in self.exact or (tenant != rang and not presences.geographie.has_communes(iri)):
                    self.flous[tenant].add(rang)


def _first_by_place(lieux: Ids) -> dict[int, int]:
    places, premiers = np.unique(lieux, return_index=True)
    return dict(zip(places.tolist(), premiers.tolist(), strict=True))


@once_for_each
def open_conteur(catalogue: Catalogue) -> Conteur:
    """Return what tells the cells of a catalogue, made at first use and kept with it."""
    return Conteur(catalogue)
