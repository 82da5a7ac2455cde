"""From how wide is each place reached for each subject: the survey of a region, or of France, as a table.

One cell is one place and one subject. Its status is what holds *everywhere* in the place: the narrowest level
from which every commune of it is reached; « partie » when some communes are and others are not; « personne »
when nobody known reaches any. Nobody known is never nobody: it is what the sources that were read do not say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from graph.catalogue import Catalogue
from graph.catalogue.modele import Niveau, Territoire
from graph.coverage.geographie import PERSONNE, Octets
from graph.coverage.lieux import open_index
from graph.coverage.modele import PORTEES
from graph.coverage.presences import Presences, Preuves, open_presences
from graph.coverage.sujets import Sujet
from graph.errors import DemandeInvalideError
from graph.messages import messages

Statut = Literal["local", "departement", "region", "national", "partie", "personne"]
STATUTS: Final[tuple[Statut, ...]] = (*PORTEES, "partie", "personne")
"""From the best to the worst."""
PARTIE: Final = STATUTS.index("partie")
INHABITES: Final = frozenset({"984", "989"})
"""Codes of the lands where nobody lives, the southern lands and Clipperton: no association to help there."""
Grain = Literal["departement", "epci", "commune"]
GRAINS: Final[dict[Niveau, tuple[Grain, ...]]] = {
    "national": ("departement", "epci"),
    "region": ("departement", "epci"),
    "departement": ("epci", "commune", "departement"),
    "epci": ("commune", "epci"),
    "commune": ("commune",),
}
"""Rows that a place may be cut into, the usual ones first."""


@dataclass(frozen=True, slots=True, eq=False)
class Releve:
    """The status of each row for each subject, and how many communes are at each level."""

    territoire: Territoire
    grain: Grain
    jour: date
    lignes: tuple[Territoire, ...]
    sujets: tuple[Sujet, ...]
    statuts: Octets
    """Positions in :data:`STATUTS`, one row a place, one column a subject, on what sources say."""
    possibles: Octets
    """The same if every offer of which no source says did answer."""
    communes: NDArray[np.int32]
    """Communes (rows, subjects, levels): reached from each level, last those nobody known reaches."""
    manquants: NDArray[np.int64]
    """Known inhabitants of the communes that nobody known reaches."""

    def count(self, statut: Statut) -> int:
        """Return how many cells have a status."""
        return int((self.statuts == STATUTS.index(statut)).sum())

    @property
    def trous(self) -> NDArray[np.bool_]:
        """Cells where nobody known reaches any of the place, and nobody is to be asked."""
        found: NDArray[np.bool_] = self.possibles == STATUTS.index("personne")
        return found

    @property
    def a_demander(self) -> NDArray[np.bool_]:
        """Cells that somebody of whom no source says may answer better, in part or from nearer."""
        found: NDArray[np.bool_] = self.possibles < self.statuts
        return found

    def count_people(self, catalogue: Catalogue, ligne: int) -> int | None:
        """Return the inhabitants of a row, of its part in the territory only; None when they are unknown."""
        lieux, place = open_index(catalogue).lieux, self.lignes[ligne]
        if not self.count_outside(catalogue, ligne):
            return lieux.population(place.iri)
        geographie = open_presences(catalogue).geographie
        dedans = geographie.part(place.iri, self.territoire.iri).tolist()
        habitants = [lieux.population(geographie.iris[rang]) for rang in dedans]
        return None if None in habitants else sum(nombre or 0 for nombre in habitants)

    def count_outside(self, catalogue: Catalogue, ligne: int) -> int:
        """Return how many communes of the place of a row lie outside the territory, and are left out."""
        geographie, iri = open_presences(catalogue).geographie, self.lignes[ligne].iri
        return len(geographie.communes(iri)) - len(geographie.part(iri, self.territoire.iri))

    def keep_holes(self) -> "Releve":
        """Return the survey with its rows that have a hole only."""
        return self.keep(np.flatnonzero(self.trous.any(axis=1)).tolist())

    def keep(self, lignes: Sequence[int]) -> "Releve":
        """Return the survey with some of its rows only, by their numbers."""
        rangs = np.array(lignes, dtype=np.int64)
        return Releve(
            self.territoire,
            self.grain,
            self.jour,
            tuple(self.lignes[rang] for rang in lignes),
            self.sujets,
            self.statuts[rangs],
            self.possibles[rangs],
            self.communes[rangs],
            self.manquants[rangs],
        )


def read_grain(catalogue: Catalogue, territoire: Territoire, grain: str) -> Grain:
    """Read into what a place is cut; when nothing is asked, the usual way that gives rows.

    Raises:
        DemandeInvalideError: the place is not cut so.
    """
    permis = GRAINS[territoire.niveau]
    if not grain:
        return next((g for g in permis if list_rows(catalogue, territoire, g)), permis[0])
    found = next((g for g in permis if g == grain), None)
    if found is None:
        raise DemandeInvalideError("grain", messages("couverture.grain-inconnu"))
    return found


def list_rows(catalogue: Catalogue, territoire: Territoire, grain: Grain) -> tuple[Territoire, ...]:
    """Return the places of today of a grain that lie in a territory, wholly or in part, by name.

    A partial edition has no row for the departements that it left out: it knows nothing of them. Communes
    that no intercommunality holds are rows among those, so that nobody vanishes.
    """
    lieux = open_index(catalogue).lieux
    inside = (territoire,) if territoire.niveau == grain else lieux.contents(territoire.iri).get(grain, ())
    kept = [place for place in inside if place.fin is None and f"/{grain}-" in place.iri]
    kept = [place for place in kept if place.code not in INHABITES]
    if grain == "epci" and kept:
        kept += _list_alone(catalogue, territoire)
    if catalogue.departements:
        gardes = {f"/departement-{code}" for code in catalogue.departements}
        kept = [p for p in kept if any(iri.endswith(tuple(gardes)) for iri in lieux.reach(p.iri))]
    return tuple(kept) or ((territoire,) if territoire.niveau == grain else ())


def _list_alone(catalogue: Catalogue, territoire: Territoire) -> list[Territoire]:
    geographie = open_presences(catalogue).geographie
    dedans = set(geographie.communes(territoire.iri).tolist())
    return [
        commune
        for commune in open_index(catalogue).lieux.communes_seules
        if geographie.rangs[commune.iri] in dedans and not commune.code.startswith(tuple(INHABITES))
    ]


def survey(
    catalogue: Catalogue, territoire: Territoire, grain: Grain, sujets: Sequence[Sujet], jour: date
) -> Releve:
    """Return the survey of a territory.

    Args:
        catalogue: the edition.
        territoire: the place looked at.
        grain: what its rows are; one that :data:`GRAINS` allows.
        sujets: what its columns are for.
        jour: day on which offers must hold.
    """
    presences = open_presences(catalogue)
    lignes = list_rows(catalogue, territoire, grain)
    decoupe = _Decoupe(presences, lignes, territoire)
    taille = (len(lignes), len(sujets))
    statuts, possibles = np.zeros(taille, np.int8), np.zeros(taille, np.int8)
    communes = np.zeros((*taille, PERSONNE + 1), np.int32)
    manquants = np.zeros(taille, np.int64)
    if lignes:
        for rang, sujet in enumerate(sujets):
            dits, tous = presences.find(sujet, jour)
            niveaux = presences.geographie.reach_from(dits.sures)
            statuts[:, rang] = decoupe.judge(niveaux, dits)
            possibles[:, rang] = decoupe.judge(presences.geographie.reach_from(tous.lieux), tous)
            communes[:, rang] = decoupe.count(niveaux)
            manquants[:, rang] = decoupe.missing(niveaux)
    return Releve(territoire, grain, jour, lignes, tuple(sujets), statuts, possibles, communes, manquants)


def find_holes(
    catalogue: Catalogue, places: Sequence[Territoire], sujets: Sequence[Sujet], jour: date
) -> NDArray[np.bool_]:
    """Tell of each place and each subject whether it is a hole, as :attr:`Releve.trous` does."""
    presences = open_presences(catalogue)
    decoupe = _Decoupe(presences, places)
    trous = np.zeros((len(places), len(sujets)), np.bool_)
    for rang, sujet in enumerate(sujets if places else ()):
        _, tous = presences.find(sujet, jour)
        possibles = decoupe.judge(presences.geographie.reach_from(tous.lieux), tous)
        trous[:, rang] = possibles == STATUTS.index("personne")
    return trous


class _Decoupe:
    """Rows cut into their communes, all in one array."""

    def __init__(
        self, presences: Presences, lignes: Sequence[Territoire], dans: Territoire | None = None
    ) -> None:
        """Cut places, or the part of each that lies in a territory."""
        self._geographie = presences.geographie
        self._rangs = np.array([self._geographie.rangs[place.iri] for place in lignes], dtype=np.int32)
        parts = [self._geographie.part(place.iri, (dans or place).iri) for place in lignes]
        self._ailleurs = self._geographie.elsewhere(dans.iri) if dans else None
        self._communes = np.concatenate(parts) if parts else np.empty(0, np.int32)
        self._debuts = np.cumsum([0, *(len(part) for part in parts[:-1])]) if parts else np.empty(0, int)

    def judge(self, niveaux: Octets, preuves: Preuves) -> Octets:
        """Return the status of each row, from the level of each place."""
        atteints = niveaux[self._communes]
        worst = np.maximum.reduceat(atteints, self._debuts)
        best = np.minimum.reduceat(atteints, self._debuts)
        # A zone whose communes are not all known, or a place covered in a part that no source delimits, lies
        # in the row: some of it is reached, nobody can say which.
        lieux = preuves.lieux if self._ailleurs is None else preuves.lieux[~self._ailleurs[preuves.lieux]]
        somewhere = (best < PERSONNE) | self._geographie.holding(lieux)[self._rangs]
        found: Octets = np.where(
            worst < PERSONNE, worst, np.where(somewhere, PARTIE, STATUTS.index("personne"))
        ).astype(np.int8)
        return found

    def count(self, niveaux: Octets) -> NDArray[np.int32]:
        """Return how many communes of each row are at each level."""
        atteints = niveaux[self._communes]
        return np.stack(
            [
                np.add.reduceat((atteints == niveau).astype(np.int32), self._debuts)
                for niveau in range(PERSONNE + 1)
            ],
            axis=-1,
        )

    def missing(self, niveaux: Octets) -> NDArray[np.int64]:
        """Return the known inhabitants of the communes that nobody known reaches."""
        habitants = np.where(
            niveaux[self._communes] == PERSONNE, self._geographie.habitants[self._communes], 0
        )
        found: NDArray[np.int64] = np.add.reduceat(habitants, self._debuts)
        return found
