"""What the shape of a network says of its actors: who stands between the others, who goes with whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import networkx as nx
import rustworkx as rx

from graph.cartography.types import Graphe
from graph.catalogue.modele import Acteur, Iri

GRAINE: Final = 1901
LETTRES: Final = "ABCDEFGHIJKL"
"""One a group: beyond, groups are too many to be told apart."""
MOINDRE: Final = 3
"""Members of a group at least."""
PHARES: Final = 2
"""Actors that a group is named after."""


@dataclass(frozen=True, slots=True)
class Communaute:
    """Actors and actions more linked among themselves than with the rest."""

    lettre: str
    membres: frozenset[Iri]
    phares: tuple[Iri, ...]
    """Its most linked actors, that name it."""


def count_passages(noeuds: Iterable[Iri], liens: Iterable[tuple[Iri, Iri]]) -> Mapping[Iri, float]:
    """The share of the shortest paths between two others that goes through each node (betweenness)."""
    ordre = sorted(noeuds)
    rang = {iri: index for index, iri in enumerate(ordre)}
    graphe: rx.PyGraph[Iri, None] = rx.PyGraph(multigraph=False)
    graphe.add_nodes_from(ordre)
    graphe.add_edges_from([(rang[de], rang[vers], None) for de, vers in liens])
    parts = rx.betweenness_centrality(graphe)
    # Threads add up in any order: the last digits are not the same twice.
    return {iri: round(parts[index], 6) for iri, index in rang.items()}


def find_communautes(graphe: Graphe) -> tuple[Communaute, ...]:
    """The groups that Louvain's method finds, largest first; what is in none has few links."""
    simple: nx.Graph[Iri] = nx.Graph()
    simple.add_nodes_from(sorted(graphe))
    for de, vers, _ in sorted(graphe.edges(keys=True)):
        poids = simple[de][vers]["weight"] if simple.has_edge(de, vers) else 0
        simple.add_edge(de, vers, weight=poids + 1)
    groupes = nx.community.louvain_communities(simple, seed=GRAINE)
    grands = sorted((g for g in groupes if len(g) >= MOINDRE), key=lambda g: (-len(g), min(g)))
    return tuple(
        Communaute(lettre, frozenset(groupe), _name_after(graphe, simple, groupe))
        for lettre, groupe in zip(LETTRES, grands, strict=False)
    )


def _name_after(graphe: Graphe, simple: "nx.Graph[Iri]", groupe: Iterable[Iri]) -> tuple[Iri, ...]:
    dedans = simple.subgraph(groupe)
    acteurs = [iri for iri in dedans if isinstance(graphe.nodes[iri]["chose"], Acteur)]
    return tuple(sorted(acteurs, key=lambda iri: (-dedans.degree(iri, weight="weight"), iri))[:PHARES])
