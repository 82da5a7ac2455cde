"""The network of a territory: a slice of the catalogue as a networkx graph.

Nodes are actors and a few actions (attributes ``chose``, ``facettes``), edges are relations (key: the
type; attributes ``relation``, ``documents``: slugs of the sources that say it).
The graph is always the whole slice; what the filters show is a subgraph of it, so that positions
do not move when a filter does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import networkx as nx

from graph.cartography.criteres import INCONNU, CriteresReseau
from graph.cartography.disposition import Place
from graph.cartography.facettes import Facettes, Trieur, read_codes
from graph.cartography.types import TYPES_RELATION, Chose, Fait, Graphe, Relation
from graph.catalogue.modele import Accompagnement, Acteur, Iri, Territoire


@dataclass(frozen=True, slots=True)
class Reseau:
    """A slice of an edition: the whole graph of the territory, and how much of it was cut off."""

    criteres: CriteresReseau
    territoire: Territoire | None
    graphe: Graphe
    places: Mapping[Iri, Place]
    ecartes: int = 0
    """Actors of the slice left out because it has more than a figure can show."""
    partiel: bool = False
    """The graph holds only what the criteria show: the whole slice is more than a figure can hold."""


def build_graphe(choses: Iterable[Chose], relations: Iterable[Relation], trieur: Trieur) -> Graphe:
    """Put actors, actions and the relations between them in a graph, with their facets."""
    graphe: Graphe = nx.MultiDiGraph()
    for chose in choses:
        graphe.add_node(chose.iri, chose=chose, facettes=trieur.sort(chose))
    for relation in relations:
        if relation.de in graphe and relation.vers in graphe:
            documents = trieur.documents(relation.faits)
            graphe.add_edge(
                relation.de, relation.vers, key=relation.type, relation=relation, documents=documents
            )
    return graphe


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
        if _shows_node(donnees["chose"], donnees["facettes"], criteres):
            montre.add_node(iri, **donnees)
    for de, vers, genre, donnees in graphe.edges(keys=True, data=True):
        if de in montre and vers in montre and _shows_link(donnees, criteres):
            montre.add_edge(de, vers, key=genre, **donnees)
    if not criteres.isoles:
        montre.remove_nodes_from([iri for iri, degre in montre.degree() if degre == 0])
    return montre


def _shows_node(chose: Chose, facettes: Facettes, criteres: CriteresReseau) -> bool:
    if criteres.types and not set(read_codes(chose)) & set(criteres.types):
        return False
    if criteres.jour and isinstance(chose, Accompagnement) and not may_hold(chose, criteres.jour):
        return False
    return all(valeur in (facettes[nom] or (INCONNU,)) for nom, valeur in criteres.facettes.items())


def _shows_link(donnees: Mapping[str, Any], criteres: CriteresReseau) -> bool:
    relation: Relation = donnees["relation"]
    if criteres.liens and relation.type not in criteres.liens:
        return False
    if criteres.source and criteres.source not in (donnees["documents"] or (INCONNU,)):
        return False
    jour = criteres.jour
    return jour is None or any(may_hold(fait, jour) for fait in relation.faits)


def may_hold(chose: Fait | Accompagnement, jour: date) -> bool:
    """True unless a date says that something had not begun, or was over, that day."""
    finie = chose.fin is not None and chose.fin.surely_before(jour)
    future = chose.debut is not None and chose.debut.surely_after(jour)
    return not (finie or future)
