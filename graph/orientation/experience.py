"""Past cases: an actor that already supported somebody alike comes higher, the case named.

None lowers nobody. A case counts when it shares a need or the sector asked; sharing the place too
weighs more. Planned actions are no experience, nor experiments between those who support associations,
nor what began after the day asked.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graph.catalogue import Catalogue
from graph.catalogue.modele import Accompagnement, Iri, Niveau
from graph.orientation.appariement import Chaines, name_needs, read_chaines
from graph.orientation.garde import once_for_each
from graph.orientation.modele import Demande
from graph.orientation.ponderation import Ponderation
from ontology.namespaces import VOC

PREVU: Final = f"{VOC}statut/prevu"
TRAITS: Final = ("besoin", "secteur", "territoire")
_PROCHES: Final[frozenset[Niveau]] = frozenset({"commune", "epci", "departement"})
_QUALITES: Final = {
    bits: "-".join(trait for rang, trait in enumerate(TRAITS) if bits & 1 << rang) for bits in range(1, 8)
}
"""Names of the weights, by which traits are shared: 1 need, 2 sector, 4 place."""


@dataclass(frozen=True, slots=True)
class Cas:
    """A past case and what it shares with the request."""

    action: Accompagnement
    qualite: str
    """``besoin-secteur-territoire``, ``secteur``…: a weight of ``[experience]``."""

    @property
    def traits(self) -> tuple[str, ...]:
        """What is shared, most telling first."""
        return tuple(self.qualite.split("-"))


def find_case(catalogue: Catalogue, demande: Demande, acteur: Iri, ponderation: Ponderation) -> Cas | None:
    """Return the actor's case that weighs most; among equals the latest, then the first by IRI."""
    actions = actions_of(catalogue, acteur)
    if not actions:
        return None
    cases = [
        Cas(action, _QUALITES[bits])
        for action in actions
        if not (action.debut and action.debut.surely_after(demande.date))
        and (bits := _shared(catalogue, demande, action)) & 3
    ]

    def rank(cas: Cas) -> tuple[float, int, str]:
        debut = cas.action.debut
        return (
            -ponderation.of("experience", cas.qualite),
            -debut.fin.toordinal() if debut else 0,
            cas.action.iri,
        )

    return min(cases, key=rank, default=None)


def actions_of(catalogue: Catalogue, acteur: Iri) -> tuple[Accompagnement, ...]:
    """Return the actions an actor led or took part in, planned ones left out."""
    return _actions_by_acteur(catalogue).get(acteur, ())


@once_for_each
def _actions_by_acteur(catalogue: Catalogue) -> dict[Iri, tuple[Accompagnement, ...]]:
    groups: dict[Iri, list[Accompagnement]] = defaultdict(list)
    for action in past_actions(catalogue):
        for acteur in dict.fromkeys((*action.pilotes, *action.intervenants)):
            groups[acteur].append(action)
    return {acteur: tuple(actions) for acteur, actions in groups.items()}


def past_actions(catalogue: Catalogue) -> list[Accompagnement]:
    """Return the actions that are support, and more than planned.

    An experiment brings together those who support associations: it supports no association.
    """
    return [
        action
        for action in catalogue.accompagnements.values()
        if action.statut != PREVU and "Experimentation" not in action.types
    ]


def _shared(catalogue: Catalogue, demande: Demande, action: Accompagnement) -> int:
    chaines = read_chaines(catalogue)
    besoins = name_needs(demande.besoins)
    secteurs = [f"{VOC}secteur/{demande.secteur}"] if demande.secteur else []
    bits = 1 if any(_related(chaines, asked, action.besoins) for asked in besoins) else 0
    bits |= 2 if any(_related(chaines, asked, action.secteurs) for asked in secteurs) else 0
    if not bits:
        return 0
    around = set(catalogue.territoires[demande.territoire].ancetres)
    return bits | (0 if around.isdisjoint(_places(catalogue, action)) else 4)


def _related(chaines: Chaines, asked: Iri, concepts: Iterable[Iri]) -> bool:
    """Tell whether one of the concepts is the one asked, wider or narrower."""
    wider = chaines.get(asked, ())
    return any(
        concept == asked or concept in wider or asked in chaines.get(concept, ()) for concept in concepts
    )


def _places(catalogue: Catalogue, action: Accompagnement) -> Iterable[Iri]:
    """Where a case counts as near: its territories, and those around them up to the departement."""
    for iri in action.territoires:
        yield iri
        place = catalogue.territoires.get(iri)
        for around in place.ancetres if place else ():
            if (wider := catalogue.territoires.get(around)) is not None and wider.niveau in _PROCHES:
                yield around


class IndexExperience:
    """Past cases as arrays: the points of every actor for a request, at once."""

    def __init__(self, catalogue: Catalogue, acteurs: Mapping[Iri, int], ponderation: Ponderation) -> None:
        """Index the past cases of the actors given, one place per actor and action.

        Args:
            catalogue: what the edition says.
            acteurs: actors to score, with their places in the result.
            ponderation: what a case weighs by what it shares.
        """
        self._catalogue = catalogue
        self._size = len(acteurs)
        cases = [
            (action, acteurs[acteur])
            for action in past_actions(catalogue)
            for acteur in dict.fromkeys((*action.pilotes, *action.intervenants))
            if acteur in acteurs
        ]
        actions = [action for action, _ in cases]
        self._acteurs: NDArray[np.int64] = np.array([acteur for _, acteur in cases], dtype=np.int64)
        self._debut = np.array([a.debut.debut.toordinal() if a.debut else 0 for a in actions], dtype=np.int64)
        self._concepts = _index(actions, lambda action: (*action.besoins, *action.secteurs))
        self._lieux = _index(actions, lambda action: _places(catalogue, action))
        self._poids = np.array(
            [0.0, *(ponderation.of("experience", _QUALITES[bits]) for bits in range(1, 8))]
        )
        self._known: dict[Iri, NDArray[np.int64]] = {}
        self._narrower: dict[Iri, list[Iri]] = defaultdict(list)
        for concept in self._concepts:
            for wider in catalogue.elargir(concept):
                self._narrower[wider].append(concept)

    def points(self, demande: Demande, ancetres: Iterable[Iri]) -> NDArray[np.float64]:
        """Return the points of each actor's best case, 0 without one."""
        points = np.zeros(self._size)
        if not len(self._acteurs) or not (demande.besoins or demande.secteur):
            return points
        bits = np.zeros(len(self._acteurs), dtype=np.int8)
        for code in demande.besoins:
            bits[self._around(f"{VOC}besoin/{code}")] |= 1
        if demande.secteur:
            bits[self._around(f"{VOC}secteur/{demande.secteur}")] |= 2
        alike = np.flatnonzero(bits != 0)  # of booleans: several times faster than of numbers
        alike = alike[self._debut[alike] <= demande.date.toordinal()]
        for iri in ancetres:
            if (places := self._lieux.get(iri)) is not None:
                bits[places] |= 4
        values = self._poids[bits[alike]]
        order = values.argsort()  # of several cases of an actor, the last written is the best
        points[self._acteurs[alike[order]]] = values[order]
        return points

    def _around(self, concept: Iri) -> NDArray[np.int64]:
        """Return the actions of a concept, of wider and of narrower ones; worked out once."""
        found = self._known.get(concept)
        if found is None:
            near = (concept, *self._catalogue.elargir(concept), *self._narrower.get(concept, ()))
            ids = [self._concepts[iri] for iri in near if iri in self._concepts]
            found = np.unique(np.concatenate(ids)) if ids else np.zeros(0, dtype=np.int64)
            self._known[concept] = found
        return found


def _index(
    actions: list[Accompagnement], read: Callable[[Accompagnement], Iterable[Iri]]
) -> dict[Iri, NDArray[np.int64]]:
    found: dict[Iri, dict[int, None]] = defaultdict(dict)
    for rang, action in enumerate(actions):
        for iri in read(action):
            found[iri][rang] = None
    return {iri: np.array(list(ids), dtype=np.int64) for iri, ids in found.items()}
