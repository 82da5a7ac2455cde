"""The offers of an edition as arrays: one request is a few operations on them, whatever the size.

Built once per catalogue. It scores exactly as :mod:`graph.orientation.appariement` and
:mod:`graph.orientation.raisons` explain one offer; a property test holds the two together.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.catalogue import Catalogue
from graph.catalogue.modele import NIVEAUX, Iri, Niveau, Offre
from graph.orientation.appariement import for_others
from graph.orientation.experience import IndexExperience
from graph.orientation.garde import once_for_each
from graph.orientation.modele import Demande
from graph.orientation.ponderation import Ponderation, load_ponderation, years_before
from graph.orientation.raisons import find_fonction, newest_date
from graph.orientation.regles import Regle, load_regles, refused_stages
from ontology.namespaces import VOC

Ids = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

HORS, INCONNU, ACTEUR, ENFANT, PARENT, EXACT = range(6)
"""How an offer meets a concept, worst first: out, unknown, by its actor, narrower, wider, exact."""
QUALITES: Final = ("hors", "inconnu", "acteur", "enfant", "parent", "exact")
AGES: Final = ("recente", "ancienne", "tres-ancienne", "inconnue")
_PROCHES: Final[tuple[Niveau, ...]] = ("commune", "epci", "departement")


@dataclass(frozen=True, slots=True, eq=False)
class Candidats:
    """The offers that fit a request, in the order of the index, with what decides their rank."""

    ids: Ids
    scores: Floats
    """Rounded to the hundredth, as printed."""
    competents: Bools
    niveaux: NDArray[np.int8]
    """Positions in ``NIVEAUX``."""
    besoins: NDArray[np.int8]
    """One row per need asked: how each candidate meets it (``HORS`` when it does not)."""


class IndexOffres:
    """Some offers, ready to be scored: usually those that one may turn to first."""

    def __init__(
        self, catalogue: Catalogue, ponderation: Ponderation, offres: Iterable[Offre] | None = None
    ) -> None:
        """Index offers.

        Args:
            catalogue: what the edition says.
            ponderation: the weights; a criterion without any counts for nothing.
            offres: the offers; those one may turn to first when not given.
        """
        self.catalogue = catalogue
        self._ponderation = ponderation
        if offres is None:
            offres = (o for o in catalogue.offres.values() if may_be_first_contact(catalogue, o))
        self.offres: tuple[Offre, ...] = tuple(offres)
        self.acteurs: tuple[Iri, ...] = tuple(dict.fromkeys(offre.acteur for offre in self.offres))
        rank = {acteur: rang for rang, acteur in enumerate(self.acteurs)}
        self.acteur_of: Ids = np.array([rank[offre.acteur] for offre in self.offres], dtype=np.int64)
        self._lieux = _postings(self.offres, lambda offre: offre.territoires)
        self._sieges = _postings(self.offres, self._seats)
        self._debut = self._days(
            lambda offre: offre.au_plus_tot.debut if offre.au_plus_tot else None, date.min
        )
        self._fin = self._days(lambda offre: offre.fin.fin if offre.fin else None, date.max)
        self._dated = any(offre.au_plus_tot or offre.fin for offre in self.offres)
        self._source = self._days(self._newest, date.max)
        self._sans_date = AGES.index("inconnue") * (self._source == date.max.toordinal()).astype(np.int8)
        self._fonction = np.array([find_fonction(catalogue, o, ponderation)[1] for o in self.offres], float)
        reserve = ponderation.of("secteur", "reserve")
        self._reserve = np.array([reserve if offre.secteurs else 0.0 for offre in self.offres])
        self._schemas = {
            "stade": _Schema(catalogue, self.offres, lambda offre: offre.stades),
            "secteur": _Schema(catalogue, self.offres, lambda offre: offre.secteurs, self._own_sectors),
            "besoin": _Schema(catalogue, self.offres, lambda offre: offre.besoins),
        }
        self._poids = {
            critere: np.array([ponderation.of(critere, qualite) for qualite in QUALITES])
            for critere in ("stade", "secteur", "besoin")
        }
        self._poids |= {
            critere: np.array([*(ponderation.of(critere, niveau) for niveau in NIVEAUX), 0.0])
            for critere in ("localite", "siege")
        }
        self._ages = np.array([ponderation.of("fraicheur", age) for age in AGES])
        self._refus = self._refused(load_regles())
        self._experience = IndexExperience(catalogue, rank, ponderation)

    def find(self, demande: Demande, *, partout: bool = False) -> Candidats:
        """Return the offers that fit a request, scored; wherever they are, as if national, if ``partout``."""
        niveaux = np.full(len(self.offres), NIVEAUX.index("national") if partout else -1, dtype=np.int8)
        lieu = self.catalogue.territoires[demande.territoire]
        ancetres = [self.catalogue.territoires[iri] for iri in lieu.ancetres]
        for place in reversed(ancetres):
            if (posted := self._lieux.get(place.iri)) is not None:
                niveaux[posted] = NIVEAUX.index(place.niveau)
        jour = demande.date.toordinal()
        ids = np.flatnonzero(niveaux >= 0)
        if self._dated:
            ids = ids[(self._debut[ids] <= jour) & (self._fin[ids] >= jour)]
        asked = len(demande.besoins)
        besoins = np.empty((asked, len(ids)), dtype=np.int8)
        for rang, code in enumerate(demande.besoins):
            besoins[rang] = self._schemas["besoin"].quality(f"{VOC}besoin/{code}")[ids]
        best = besoins.max(axis=0) if asked else np.full(len(ids), INCONNU, dtype=np.int8)
        keep = best > HORS
        single: dict[str, NDArray[np.int8]] = {}
        for schema, choisi in (("stade", demande.stade), ("secteur", demande.secteur)):
            if choisi is not None:
                single[schema] = self._schemas[schema].quality(f"{VOC}{schema}/{choisi}")[ids]
                keep &= single[schema] > HORS
        if (refus := self._refus.get(demande.stade or "")) is not None:
            keep &= ~refus[ids]
        ids, besoins = ids[keep], besoins[:, keep]
        points = self._points(demande, ids, niveaux[ids], lieu.ancetres)
        for schema, qualities in single.items():
            points += self._poids[schema][qualities[keep]]
        if asked:
            points += self._poids["besoin"][besoins].sum(axis=0) / asked
        competents = best[keep] > INCONNU
        if "secteur" in single:
            competents |= single["secteur"][keep] > INCONNU
        elif not asked:
            competents[:] = True
        return Candidats(ids, np.round(points, 2), competents, niveaux[ids], besoins)

    def _points(
        self, demande: Demande, ids: Ids, niveaux: NDArray[np.int8], ancetres: tuple[Iri, ...]
    ) -> Floats:
        """Points that do not depend on what is asked but on where and when, and on past cases."""
        near = np.full(len(self.offres), -1, dtype=np.int8)  # -1: the last weight, 0
        for iri in reversed(ancetres):
            if (posted := self._sieges.get(iri)) is not None:
                near[posted] = NIVEAUX.index(self.catalogue.territoires[iri].niveau)
        points: Floats = self._poids["localite"][niveaux] + self._poids["siege"][near[ids]]
        seuils, dates = self._ponderation.seuils, self._source[ids]
        ages = self._sans_date[ids]
        for age in ("ancienne", "tres-ancienne"):
            ages += dates < years_before(demande.date, seuils[age]).toordinal()
        points += self._fonction[ids] + self._ages[ages]
        if demande.secteur is None:
            points += self._reserve[ids]
        cases = self._experience.points(demande, ancetres)
        return points + cases[self.acteur_of[ids]]

    def _seats(self, offre: Offre) -> Iterable[Iri]:
        """Territories near which the actor is seated: its commune, its area, its departement."""
        places = self.catalogue.territoires
        siege = places.get(self.catalogue.acteurs[offre.acteur].siege or "")
        ancetres = siege.ancetres if siege else ()
        return [iri for iri in ancetres if iri in places and places[iri].niveau in _PROCHES]

    def _own_sectors(self, offre: Offre) -> Iterable[Iri]:
        return () if offre.secteurs else self.catalogue.acteurs[offre.acteur].secteurs

    def _days(self, read: Callable[[Offre], date | None], default: date) -> Ids:
        return np.array([(read(offre) or default).toordinal() for offre in self.offres], dtype=np.int64)

    def _newest(self, offre: Offre) -> date | None:
        newest = newest_date(self.catalogue.source_de(offre.passages))
        return newest.fin if newest else None

    def _refused(self, regles: tuple[Regle, ...]) -> Mapping[str, Bools]:
        """Offers that a rule closes, by stage."""
        acteurs = self.catalogue.acteurs
        refused = [refused_stages(self.catalogue, regles, acteurs[o.acteur], o) for o in self.offres]
        return {
            stade: np.array([stade in stades for stades in refused], dtype=bool)
            for stade in frozenset().union(*refused)
        }


class _Schema:
    """How every offer meets each concept of a scheme, or its actor does; worked out when first asked."""

    def __init__(
        self,
        catalogue: Catalogue,
        offres: tuple[Offre, ...],
        read: Callable[[Offre], Iterable[Iri]],
        read_actor: Callable[[Offre], Iterable[Iri]] = lambda _: (),
    ) -> None:
        self._catalogue = catalogue
        self._postings = _postings(offres, read)
        self._by_actor = _postings(offres, read_actor)
        self._silent = np.array([not list(read(offre)) for offre in offres], dtype=bool)
        self._known: dict[Iri, NDArray[np.int8]] = {}
        self._narrower: dict[Iri, list[Iri]] = defaultdict(list)
        for concept in {**self._postings, **self._by_actor}:
            for wider in catalogue.elargir(concept):
                self._narrower[wider].append(concept)

    def quality(self, concept: Iri) -> NDArray[np.int8]:
        """Return one quality per offer."""
        found = self._known.get(concept)
        if found is None:
            found = np.where(self._silent, INCONNU, HORS).astype(np.int8)
            ways = (
                (ENFANT, self._narrower.get(concept, ())),
                (PARENT, self._catalogue.elargir(concept)),
                (EXACT, (concept,)),
            )
            for qualite, concepts in ways:
                for other in concepts:
                    for postings, best in ((self._by_actor, ACTEUR), (self._postings, qualite)):
                        if (posted := postings.get(other)) is not None:
                            found[posted] = np.maximum(found[posted], best)
            self._known[concept] = found
        return found


def may_be_first_contact(catalogue: Catalogue, offre: Offre) -> bool:
    """Tell whether an association may be sent there by itself, and first.

    A consultant is called in by a DLA, so is an offer that one mobilises; some are for others only.
    """
    acteur = catalogue.acteurs.get(offre.acteur)
    if acteur is None or acteur.types == ("Prestataire",):
        return False
    return not offre.mobilise_par and not for_others(offre)


def _postings(offres: tuple[Offre, ...], read: Callable[[Offre], Iterable[Iri]]) -> Mapping[Iri, Ids]:
    found: dict[Iri, list[int]] = defaultdict(list)
    for rang, offre in enumerate(offres):
        for iri in read(offre):
            found[iri].append(rang)
    return {iri: np.array(ids, dtype=np.int64) for iri, ids in found.items()}


@once_for_each
def _open(catalogue: Catalogue) -> IndexOffres:
    return IndexOffres(catalogue, load_ponderation())


def open_index(catalogue: Catalogue, ponderation: Ponderation) -> IndexOffres:
    """Return the index of a catalogue; with the published weights it is made once and kept."""
    return _open(catalogue) if ponderation is load_ponderation() else IndexOffres(catalogue, ponderation)
