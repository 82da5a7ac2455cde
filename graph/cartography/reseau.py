"""The network of a territory: a slice of the catalogue as a networkx graph.

Nodes are actors (attribute ``acteur``), edges are relations (key: the type; attribute ``relation``).
The graph is always the whole slice; what the filters show is a subgraph of it, so that positions
do not move when a filter does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from graph.cartography.disposition import Place
from graph.cartography.types import AUCUN, ROLES, SANS_ROLE, TYPES_RELATION, Graphe, Relation
from graph.catalogue import Catalogue
from graph.catalogue.modele import Acteur, Iri, Territoire
from graph.errors import DemandeInvalideError
from graph.messages import messages


@dataclass(frozen=True, slots=True)
class CriteresReseau:
    """What to show. Empty ``types`` or ``liens`` mean all."""

    territoire: Iri | None = None
    types: tuple[str, ...] = ()
    """Role classes (:data:`ROLES`, :data:`SANS_ROLE`): an actor shows when it plays one of them."""
    liens: tuple[str, ...] = ()
    """Types of relation (:data:`TYPES_RELATION`)."""
    isoles: bool = True
    """Show the actors that no shown relation joins to anyone."""


@dataclass(frozen=True, slots=True)
class Reseau:
    """A slice of an edition: the whole graph of the territory, and how much of it was cut off."""

    criteres: CriteresReseau
    territoire: Territoire | None
    graphe: Graphe
    places: Mapping[Iri, Place]
    ecartes: int = 0
    """Actors of the slice left out because it has more than a figure can show."""


def parse_criteres(
    catalogue: Catalogue,
    territoire: str = "",
    types: Sequence[str] = (),
    liens: Sequence[str] = (),
    isoles: bool = True,
) -> CriteresReseau:
    """Read the words of a query string or a command line.

    Raises:
        DemandeInvalideError: no such role or type of link.
        IntrouvableError: no such territory.
    """
    _check("type", types, (*ROLES, SANS_ROLE))
    _check("lien", liens, TYPES_RELATION)
    lieu = catalogue.lire_territoire(territoire).iri if territoire.strip() else None
    return CriteresReseau(lieu, tuple(dict.fromkeys(types)), tuple(dict.fromkeys(liens)), isoles)


def _check(champ: str, valeurs: Sequence[str], connus: Sequence[str]) -> None:
    for valeur in valeurs:
        if valeur not in connus and valeur != AUCUN:
            choix = ", ".join(connus)
            raise DemandeInvalideError(
                champ, messages("cartographie.code-inconnu", valeur=valeur[:40], champ=champ, codes=choix)
            )


def build_graphe(acteurs: Sequence[Acteur], relations: Iterable[Relation]) -> Graphe:
    """Put actors and the relations between them in a graph."""
    graphe: Graphe = nx.MultiDiGraph()
    for acteur in acteurs:
        graphe.add_node(acteur.iri, acteur=acteur)
    for relation in relations:
        if relation.de in graphe and relation.vers in graphe:
            graphe.add_edge(relation.de, relation.vers, key=relation.type, relation=relation)
    return graphe


def filter_reseau(graphe: Graphe, criteres: CriteresReseau) -> Graphe:
    """What the filters of the criteria show of a network: a new graph."""
    montre: Graphe = nx.MultiDiGraph()
    for iri, donnees in graphe.nodes(data=True):
        if not criteres.types or set(donnees["acteur"].types or (SANS_ROLE,)) & set(criteres.types):
            montre.add_node(iri, **donnees)
    for de, vers, genre, donnees in graphe.edges(keys=True, data=True):
        if de in montre and vers in montre and (not criteres.liens or genre in criteres.liens):
            montre.add_edge(de, vers, key=genre, **donnees)
    if not criteres.isoles:
        montre.remove_nodes_from([iri for iri, degre in montre.degree() if degre == 0])
    return montre
