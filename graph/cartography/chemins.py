"""Paths between two actors: « comment cette association atteint-elle un financeur ? »

A path goes along links both ways, since whoever receives may turn to who gives; each step says its own
direction. Control is left out: it brings nobody to anybody.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

import networkx as nx

from graph.annuaire import Criteres, search_actors
from graph.cartography.types import Graphe, Relation
from graph.catalogue import Catalogue
from graph.catalogue.modele import ROLES, Acteur, Iri
from graph.errors import IntrouvableError
from graph.messages import messages
from graph.texte import fold

NOMBRE: Final = 4
"""Paths given at most."""
LONGUEUR: Final = 6
"""Links of a path at most: beyond, everybody knows everybody and it says nothing."""
SANS_ARRIVEE: Final = "Financeur"
"""Role looked for when nobody is named: what most associations ask."""
_DETOUR: Final = 1
"""Links that a path may have more than the shortest one."""
PROPOSES: Final = 6


@dataclass(frozen=True, slots=True)
class Etape:
    """One step of a path, and every relation that joins its two ends, whichever way it goes."""

    de: Iri
    vers: Iri
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Chemin:
    """A way from one actor to another."""

    etapes: tuple[Etape, ...]

    @property
    def noeuds(self) -> tuple[Iri, ...]:
        """Both ends and what is between, in order."""
        return (self.etapes[0].de, *(etape.vers for etape in self.etapes))


@dataclass(frozen=True, slots=True)
class Trajet:
    """Between whom a path is asked for, as far as the words given say it."""

    depart: Acteur | None = None
    arrivee: Acteur | None = None
    role: str = ""
    """Role of any actor to reach, when no actor is named."""
    choix_depart: tuple[Acteur, ...] = ()
    """Actors that the first words may mean, when they mean several."""
    choix_arrivee: tuple[Acteur, ...] = ()


def read_trajet(catalogue: Catalogue, chemin: str, vers: str) -> Trajet:
    """Read two slugs or names; the second may be a role code.

    Raises:
        IntrouvableError: nobody is called that.
    """
    departs = _find_actors(catalogue, chemin)
    depart = departs[0] if len(departs) == 1 else None
    choix = () if depart else departs
    if not vers.strip() or vers in ROLES:
        return Trajet(depart, role=vers.strip() or SANS_ARRIVEE, choix_depart=choix)
    arrivees = _find_actors(catalogue, vers)
    arrivee = arrivees[0] if len(arrivees) == 1 else None
    return Trajet(depart, arrivee, "", choix, () if arrivee else arrivees)


def _find_actors(catalogue: Catalogue, texte: str) -> tuple[Acteur, ...]:
    """The actor of a slug, else those of that very name, else those that the directory finds."""
    try:
        return (catalogue.acteur(texte.strip()),)
    except IntrouvableError:
        trouves = search_actors(catalogue, Criteres(q=texte.strip())).acteurs if texte.strip() else ()
    voulu = fold(texte)
    exacts = [a for a in trouves if voulu in {fold(nom) for nom in (a.nom, *a.sigles)}]
    if not trouves:
        raise IntrouvableError(messages("cartographie.nom-inconnu", nom=texte.strip()[:60]))
    return tuple(exacts or trouves)[:PROPOSES]


def find_paths(graphe: Graphe, depart: Iri, arrivee: Iri | str) -> tuple[Chemin, ...]:
    """The shortest few paths from an actor to another one, or to the nearest actors of a role.

    Args:
        graphe: the network in which to look.
        depart: where to leave from.
        arrivee: an actor, or a role code of :data:`ROLES`.
    """
    voies = _open_ways(graphe)
    if depart not in voies:
        return ()
    if arrivee in ROLES:
        buts = {iri for iri in voies if arrivee in getattr(graphe.nodes[iri]["chose"], "types", ())}
        trouves = _find_nearest(voies, depart, buts - {depart})
    else:
        trouves = _find_shortest(voies, depart, arrivee) if arrivee in voies else iter(())
    suites = list(islice(trouves, NOMBRE))
    if not suites:
        return ()
    court = min(map(len, suites))
    return tuple(
        Chemin(tuple(Etape(de, vers, _read_relations(graphe, de, vers)) for de, vers in pairwise(suite)))
        for suite in suites
        if len(suite) <= court + _DETOUR
    )


def _open_ways(graphe: Graphe) -> "nx.Graph[Iri]":
    """Who may be reached from whom, in an order that does not depend on the sources'."""
    voies: nx.Graph[Iri] = nx.Graph()
    voies.add_edges_from(
        sorted((de, vers) for de, vers, genre in graphe.edges(keys=True) if genre != "controle")
    )
    return voies


def _find_shortest(voies: "nx.Graph[Iri]", depart: Iri, arrivee: Iri) -> Iterator[Sequence[Iri]]:
    if depart == arrivee or not nx.has_path(voies, depart, arrivee):
        return
    for suite in nx.shortest_simple_paths(voies, depart, arrivee):
        if len(suite) > LONGUEUR + 1:
            return
        yield suite


def _find_nearest(voies: "nx.Graph[Iri]", depart: Iri, buts: Set[Iri]) -> Iterator[Sequence[Iri]]:
    """A shortest path to each of the nearest goals; no path goes through another goal."""
    suites: list[tuple[Iri, ...]] = [(depart,)]
    vus = {depart}
    for _ in range(LONGUEUR):
        suivantes: list[tuple[Iri, ...]] = []
        for suite in suites:
            for autre in sorted(voies[suite[-1]]):
                if autre in vus:
                    continue
                vus.add(autre)
                if autre in buts:
                    yield (*suite, autre)
                else:
                    suivantes.append((*suite, autre))
        suites = suivantes


def _read_relations(graphe: Graphe, de: Iri, vers: Iri) -> tuple[Relation, ...]:
    couples = ((de, vers), (vers, de))
    return tuple(
        donnees["relation"]
        for un, autre in couples
        if graphe.has_edge(un, autre)
        for genre, donnees in sorted(graphe[un][autre].items())
        if genre != "controle"
    )
