"""Which actors make the network of a territory: the slice.

* *On the spot*: its seat, its area of action, or a link or an action it takes part in is in the
  territory or in a part of it.
* *From above*: it belongs to a place that contains the territory (region, nation), or to no known
  place, and a relation joins it to an actor who is on the spot (a national network whose regional
  branch works here). A regional actor that nothing joins to anyone here stays out.

Both are worked out for every territory in one pass, so that the counts of the territory chooser are
those of the networks it opens.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.cartography.types import Relation
from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri


@dataclass(frozen=True, slots=True)
class Ancrages:
    """Where each actor of a catalogue belongs."""

    lieux: Mapping[Iri, frozenset[Iri]]
    """Actor to the territories that it is said to be in, act on, or work in."""
    presents: Mapping[Iri, frozenset[Iri]]
    """Territory to the actors on the spot."""
    tranches: Mapping[Iri, frozenset[Iri]]
    """Territory to every actor of its network."""


def anchor(catalogue: Catalogue, relations: Iterable[Relation]) -> Ancrages:
    """Work out the networks of every territory that some actor belongs to."""
    lieux = _find_lieux(catalogue)
    presents: defaultdict[Iri, set[Iri]] = defaultdict(set)
    for acteur, territoires in lieux.items():
        for territoire in territoires:
            for ancetre in containers(catalogue, territoire):
                presents[ancetre].add(acteur)
    dedans = {acteur: _spread(catalogue, territoires) for acteur, territoires in lieux.items()}
    tranches = {territoire: set(acteurs) for territoire, acteurs in presents.items()}
    for relation in relations:
        for proche, autre in ((relation.de, relation.vers), (relation.vers, relation.de)):
            for territoire in dedans[proche] - dedans[autre]:
                if not lieux[autre] or lieux[autre] & containers(catalogue, territoire):
                    tranches[territoire].add(autre)
    return Ancrages(
        lieux,
        {territoire: frozenset(acteurs) for territoire, acteurs in presents.items()},
        {territoire: frozenset(acteurs) for territoire, acteurs in tranches.items()},
    )


def containers(catalogue: Catalogue, territoire: Iri) -> frozenset[Iri]:
    """The territory and all that contain it."""
    connu = catalogue.territoires.get(territoire)
    return frozenset({territoire, *connu.ancetres}) if connu else frozenset({territoire})


def _spread(catalogue: Catalogue, territoires: Iterable[Iri]) -> frozenset[Iri]:
    return frozenset().union(*(containers(catalogue, territoire) for territoire in territoires))


def _find_lieux(catalogue: Catalogue) -> dict[Iri, frozenset[Iri]]:
    lieux: dict[Iri, set[Iri]] = {
        iri: {*acteur.perimetres, *((acteur.siege,) if acteur.siege else ())}
        for iri, acteur in catalogue.acteurs.items()
    }
    parts: list[tuple[tuple[Iri, ...], tuple[Iri, ...]]] = [
        ((lien.de, lien.vers), lien.territoires) for lien in catalogue.liens
    ]
    parts += [
        (
            action.pilotes
            + action.intervenants
            + action.beneficiaires
            + action.sollicites
            + action.financeurs,
            action.territoires,
        )
        for action in catalogue.accompagnements.values()
    ]
    for acteurs, territoires in parts:
        for acteur in acteurs:
            if acteur in lieux:
                lieux[acteur].update(territoires)
    return {iri: frozenset(territoires) for iri, territoires in lieux.items()}
