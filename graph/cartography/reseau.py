"""The network of a territory: a slice of the catalogue as a networkx graph.

Nodes are actors and a few actions (attribute ``chose``), edges are relations (key: the type; attribute
``relation``).
The graph is always the whole slice; what the filters show is a subgraph of it, so that positions
do not move when a filter does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from graph.cartography.disposition import Place
from graph.cartography.types import (
    ACTION,
    AUCUN,
    SANS_ROLE,
    TYPES_RELATION,
    Chose,
    Graphe,
    Relation,
)
from graph.catalogue import Catalogue
from graph.catalogue.modele import ROLES, Accompagnement, Acteur, Iri, Territoire
from graph.errors import DemandeInvalideError
from graph.messages import messages


@dataclass(frozen=True, slots=True)
class CriteresReseau:
    """What to show. Empty ``types`` or ``liens`` mean all."""

    territoire: Iri | None = None
    types: tuple[str, ...] = ()
    """Role classes (:data:`ROLES`, :data:`SANS_ROLE`, :data:`ACTION`): an actor shows when it plays one."""
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
    _check("type", types, (*ROLES, SANS_ROLE, ACTION))
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


def build_graphe(choses: Iterable[Chose], relations: Iterable[Relation]) -> Graphe:
    """Put actors, actions and the relations between them in a graph."""
    graphe: Graphe = nx.MultiDiGraph()
    for chose in choses:
        graphe.add_node(chose.iri, chose=chose)
    for relation in relations:
        if relation.de in graphe and relation.vers in graphe:
            graphe.add_edge(relation.de, relation.vers, key=relation.type, relation=relation)
    return graphe


def _codes(chose: Chose) -> set[str]:
    """What the legend can show a node by."""
    if isinstance(chose, Accompagnement):
        return {ACTION}
    return set(chose.types) & set(ROLES) or {SANS_ROLE}


def list_acteurs(graphe: Graphe) -> list[Acteur]:
    """The actors of a network, in the order of its nodes."""
    choses: list[Chose] = [donnees["chose"] for _, donnees in graphe.nodes(data=True)]
    return [chose for chose in choses if isinstance(chose, Acteur)]


def list_actions(graphe: Graphe) -> list[Accompagnement]:
    """The actions of a network, in the order of its nodes."""
    choses: list[Chose] = [donnees["chose"] for _, donnees in graphe.nodes(data=True)]
    return [chose for chose in choses if isinstance(chose, Accompagnement)]


def list_relations(graphe: Graphe) -> list[Relation]:
    """The relations of a network, in a stable order."""
    relations: list[Relation] = [donnees["relation"] for *_, donnees in graphe.edges(data=True)]
    return sorted(relations, key=lambda r: (TYPES_RELATION.index(r.type), r.de, r.vers))


def filter_reseau(graphe: Graphe, criteres: CriteresReseau) -> Graphe:
    """What the filters of the criteria show of a network: a new graph."""
    montre: Graphe = nx.MultiDiGraph()
    for iri, donnees in graphe.nodes(data=True):
        if not criteres.types or _codes(donnees["chose"]) & set(criteres.types):
            montre.add_node(iri, **donnees)
    for de, vers, genre, donnees in graphe.edges(keys=True, data=True):
        if de in montre and vers in montre and (not criteres.liens or genre in criteres.liens):
            montre.add_edge(de, vers, key=genre, **donnees)
    if not criteres.isoles:
        montre.remove_nodes_from([iri for iri, degre in montre.degree() if degre == 0])
    return montre
