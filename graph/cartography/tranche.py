"""Which actors and actions make the network of a territory: the slice.

* *On the spot*: its seat, its area of action, or a link or an action it takes part in is in the
  territory or in a part of it. An action is where it takes place.
* *From above*: it belongs to a place that contains the territory (region, nation), or to no known
  place, and a relation joins it to an actor or action that is on the spot (a national network whose
  regional branch works here). A regional actor that nothing joins to anyone here stays out. An action
  from above must join two actors of the slice: with one, it would say nothing of the territory.

All are worked out for every territory in one pass, so that the counts of the territory chooser are
those of the networks it opens.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from graph.cartography.types import Relation
from graph.catalogue import Catalogue
from graph.catalogue.modele import Accompagnement, Iri

Tranches = dict[Iri, set[Iri]]


def slice_all(catalogue: Catalogue, relations: Iterable[Relation]) -> Mapping[Iri, frozenset[Iri]]:
    """Give, for every territory that some actor belongs to, the actors and actions of its network."""
    liens = tuple(relations)
    lieux = _find_lieux(catalogue, {relation.vers for relation in liens})
    dedans = {chose: _spread(catalogue, territoires) for chose, territoires in lieux.items()}
    tranches: Tranches = defaultdict(set)
    for chose, territoires in dedans.items():
        for territoire in territoires:
            tranches[territoire].add(chose)
    dessus: Tranches = defaultdict(set)
    for relation in liens:
        for proche, autre in ((relation.de, relation.vers), (relation.vers, relation.de)):
            for territoire in dedans[proche] - dedans[autre]:
                if not lieux[autre] or lieux[autre] & containers(catalogue, territoire):
                    dessus[territoire].add(autre)
    for territoire, choses in dessus.items():
        tranches[territoire] |= choses
    _drop_lone_actions(catalogue, liens, tranches, dessus)
    return {territoire: frozenset(choses) for territoire, choses in tranches.items()}


def containers(catalogue: Catalogue, territoire: Iri) -> frozenset[Iri]:
    """The territory and all that contain it; a former region lies in the one that replaced it."""
    found = {territoire}
    while (connu := catalogue.territoires.get(territoire)) is not None:
        found |= {*connu.ancetres}
        if connu.remplace_par is None or connu.remplace_par in found:
            break
        territoire = connu.remplace_par
    return frozenset(found)


def _spread(catalogue: Catalogue, territoires: Iterable[Iri]) -> frozenset[Iri]:
    return frozenset().union(*(containers(catalogue, territoire) for territoire in territoires))


def _drop_lone_actions(
    catalogue: Catalogue, relations: Iterable[Relation], tranches: Tranches, dessus: Tranches
) -> None:
    voisins: defaultdict[Iri, set[Iri]] = defaultdict(set)
    for relation in relations:
        for action, autre in ((relation.de, relation.vers), (relation.vers, relation.de)):
            if action in catalogue.accompagnements and autre in catalogue.acteurs:
                voisins[action].add(autre)
    for territoire, choses in dessus.items():
        for action in choses & catalogue.accompagnements.keys():
            if len(voisins[action] & tranches[territoire]) < 2:
                tranches[territoire].discard(action)


def _find_lieux(catalogue: Catalogue, atteints: Set[Iri]) -> dict[Iri, frozenset[Iri]]:
    """Where each actor, and each action that a relation reaches, is said to be."""
    lieux: dict[Iri, set[Iri]] = {
        iri: {*acteur.perimetres, *((acteur.siege,) if acteur.siege else ())}
        for iri, acteur in catalogue.acteurs.items()
    }
    for lien in catalogue.liens:
        for acteur in (lien.de, lien.vers):
            if acteur in lieux:
                lieux[acteur].update(lien.territoires)
    for action in catalogue.accompagnements.values():
        for acteur in actors_of(action):
            if acteur in lieux:
                lieux[acteur].update(action.territoires)
    for iri, action in catalogue.accompagnements.items():
        if iri in atteints:
            lieux[iri] = set(action.territoires)
    return {iri: frozenset(territoires) for iri, territoires in lieux.items()}


def actors_of(action: Accompagnement) -> tuple[Iri, ...]:
    """Everyone who takes part in an action."""
    return action.pilotes + action.intervenants + action.beneficiaires + action.sollicites + action.financeurs
