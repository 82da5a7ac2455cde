"""Which places touch which: containment read both ways, worked out once per catalogue.

Two places touch when one holds the other, wholly or in part. An intercommunality that straddles
departements lies in none of them, yet touches each one where it has a commune; a territory that ended
touches what replaced it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Generic, TypeVar
from weakref import WeakKeyDictionary

from graph.catalogue import Catalogue
from graph.catalogue.modele import NIVEAUX, Acteur, Iri, Lien, Niveau, Offre, Territoire
from graph.coverage.modele import Couverture
from graph.texte import fold

T = TypeVar("T")

_FINS: Final = frozenset({"commune", "epci", "departement"})
"""Levels whose communes are listed; of a region or the nation only wider places are."""


@dataclass(frozen=True, slots=True)
class Localise(Generic[T]):
    """A thing, and one of its places."""

    chose: T
    lieu: Iri


class Repartition(Generic[T]):
    """Things by the places they name, found again from any place that touches one of them."""

    def __init__(self, lieux: "IndexLieux", choses: Iterable[tuple[T, Iterable[Iri]]]) -> None:
        """Sort things by place.

        Args:
            lieux: the places.
            choses: each thing with the IRIs of its places.
        """
        self._lieux = lieux
        self._exact: dict[Iri, list[Localise[T]]] = defaultdict(list)
        self._dedans: dict[Iri, list[Localise[T]]] = defaultdict(list)
        for chose, places in choses:
            for place in dict.fromkeys(places):
                found = Localise(chose, place)
                self._exact[place].append(found)
                for wider in lieux.reach(place)[1:]:
                    self._dedans[wider].append(found)

    def inside(self, place: Iri) -> list[Localise[T]]:
        """Return the things of a place and of what lies in it, wholly or in part."""
        return [*self._exact.get(place, ()), *self._dedans.get(place, ())]

    def touching(self, place: Iri) -> list[Localise[T]]:
        """Return the things of a place, of what lies in it and of what holds it."""
        wider = self._lieux.reach(place)[1:]
        return [*self.inside(place), *(found for iri in wider for found in self._exact.get(iri, ()))]


class IndexLieux:
    """The places of a catalogue, and what is said of each."""

    def __init__(self, catalogue: Catalogue) -> None:
        # The territories, not the catalogue, which must be free to go: this is kept under a weak key.
        self._territoires: Mapping[Iri, Territoire] = catalogue.territoires

    def reach(self, iri: Iri) -> tuple[Iri, ...]:
        """Return a place, then every place that holds it wholly or in part, the most local first."""
        place = self._territoires.get(iri)
        if place is None:
            return (iri,)
        found = dict.fromkeys((iri, *place.ancetres, *self._debordements.get(iri, ())))
        if place.remplace_par:
            found[place.remplace_par] = None
        return tuple(found)

    def contents(self, iri: Iri) -> Mapping[Niveau, tuple[Territoire, ...]]:
        """Return what lies in a place, wholly or in part, by level and by name; itself left out.

        Communes are listed for a departement or anything finer only.
        """
        return self._contenus.get(iri, {})

    def population(self, iri: Iri) -> int | None:
        """Return the inhabitants of a place, added up from its communes when it is wider than one.

        None when they are unknown, even for one commune.
        """
        place = self._territoires.get(iri)
        if place is None or place.niveau == "commune":
            return place.population if place else None
        return None if _is_zone(place) else self._populations.get(iri)

    @cached_property
    def _communes(self) -> list[Territoire]:
        """Communes of today; an arrondissement of Paris, Lyon or Marseille is part of one."""
        return [
            place
            for place in self._territoires.values()
            if place.niveau == "commune" and "/commune-" in place.iri and place.fin is None
        ]

    @cached_property
    def communes_seules(self) -> tuple[Territoire, ...]:
        """Communes of today that no intercommunality of today holds, by name."""
        epci = {iri for iri, place in self._territoires.items() if "/epci-" in iri and place.fin is None}
        seules = (place for place in self._communes if epci.isdisjoint(place.ancetres))
        return tuple(sorted(seules, key=lambda place: (fold(place.nom), place.code)))

    @cached_property
    def _debordements(self) -> dict[Iri, tuple[Iri, ...]]:
        found: dict[Iri, dict[Iri, None]] = defaultdict(dict)
        for commune in self._communes:
            for epci in commune.ancetres:
                if (held := self._territoires.get(epci)) is not None and held.niveau == "epci":
                    found[epci] |= dict.fromkeys(wider for wider in commune.ancetres if wider != commune.iri)
        rank = {iri: NIVEAUX.index(place.niveau) for iri, place in self._territoires.items()}
        return {epci: tuple(sorted(wider, key=lambda iri: rank[iri])) for epci, wider in found.items()}

    @cached_property
    def _contenus(self) -> dict[Iri, dict[Niveau, tuple[Territoire, ...]]]:
        found: dict[Iri, dict[Niveau, list[Territoire]]] = defaultdict(lambda: defaultdict(list))
        for place in sorted(self._territoires.values(), key=lambda place: (fold(place.nom), place.code)):
            for iri in self.reach(place.iri)[1:]:
                wider = self._territoires.get(iri)
                if wider is not None and iri != place.remplace_par and _is_listed(place, wider):
                    found[iri][place.niveau].append(place)
        return {
            iri: {niveau: tuple(places) for niveau, places in levels.items()} for iri, levels in found.items()
        }

    @cached_property
    def _populations(self) -> dict[Iri, int]:
        totals: dict[Iri, int] = defaultdict(int)
        unknown: set[Iri] = set()
        for commune in self._communes:
            for iri in commune.ancetres:
                totals[iri] += commune.population or 0
                if commune.population is None:
                    unknown.add(iri)
        return {iri: total for iri, total in totals.items() if iri not in unknown}


def _is_zone(place: Territoire) -> bool:
    """Tell whether a place is one that documents name, of which not every commune is known."""
    return "/zone-" in place.iri


def _is_listed(place: Territoire, wider: Territoire) -> bool:
    return place.niveau != "commune" or wider.niveau in _FINS


class IndexCouverture:
    """What the catalogue says of places: offers, perimeters, mandates, actions, figures, seats."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.lieux: Final = IndexLieux(catalogue)
        par_nom = sorted(catalogue.acteurs.values(), key=lambda acteur: (fold(acteur.nom), acteur.iri))
        self.rangs: Final = {acteur.iri: rang for rang, acteur in enumerate(par_nom)}
        """Place of each actor in the order of names."""
        self.couvertures: Final[dict[Iri, Couverture]] = {}
        """Those of the widest places, which everybody asks for and which cost the most."""

        def spread(choses: Iterable[tuple[T, Iterable[Iri]]]) -> Repartition[T]:
            return Repartition(self.lieux, choses)

        self.offres: Final[Repartition[Offre]] = spread(
            (offre, offre.territoires) for offre in catalogue.offres.values()
        )
        self.perimetres: Final[Repartition[Acteur]] = spread(
            (acteur, set(acteur.perimetres).difference(*(o.territoires for o in catalogue.offres_de(iri))))
            for iri, acteur in catalogue.acteurs.items()
        )
        """Perimeters that no offer of the actor explains."""
        self.sieges: Final[Repartition[Iri]] = spread(
            (acteur.iri, (acteur.siege,)) for acteur in catalogue.acteurs.values() if acteur.siege
        )
        self.mandats: Final[Repartition[Lien]] = spread(
            (lien, lien.territoires) for lien in catalogue.liens if lien.type == "Mandat"
        )
        self.actions: Final[Repartition[Iri]] = spread(
            (action.iri, action.territoires) for action in catalogue.accompagnements.values()
        )
        self.observations: Final[Repartition[Iri]] = spread(
            (figure.iri, (*((figure.territoire,) if figure.territoire else ()), figure.sur))
            for figure in catalogue.observations.values()
        )


_INDEX: Final[WeakKeyDictionary[Catalogue, IndexCouverture]] = WeakKeyDictionary()


def open_index(catalogue: Catalogue) -> IndexCouverture:
    """Return the index of a catalogue, made at first use and dropped with it."""
    index = _INDEX.get(catalogue)
    if index is None:
        index = _INDEX[catalogue] = IndexCouverture(catalogue)
    return index
