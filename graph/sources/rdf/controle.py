"""Nodes that break the shapes, found before anything is written: for files a person can correct."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Final

from rdflib import RDF, Graph, URIRef

from graph.sources.rdf.depot import Noeud
from ontology.namespaces import MAI
from ontology.validation import Violation, validate

ENONCES_MAX: Final = 20_000
"""Beyond, the shapes would take minutes: what is wrong shows in the SPARQL checks of the build."""
TOURS: Final = 5
"""Refusing a node may leave those that name it without it: they are checked again, this many times."""
_AILLEURS: Final = {"/id/acteur/": MAI.Acteur, "/id/accompagnement/": MAI.Accompagnement}


def find_faults(
    noeuds: Sequence[Noeud], extra: Mapping[str, Sequence[str]], entete: Iterable[str]
) -> dict[str, Violation]:
    """Return the nodes that break a shape, each with the first rule it breaks.

    What other sources may describe (an actor, an action) is taken as described: the build knows.

    Args:
        noeuds: the nodes.
        extra: lines written beside the node's own, by node.
        entete: lines about the source and its passages.
    """
    faults: dict[str, Violation] = {}
    head = list(entete)
    described = {noeud.iri for noeud in noeuds}
    for _ in range(TOURS):
        kept = [noeud for noeud in noeuds if noeud.iri not in faults]
        data = Graph(bind_namespaces="none")
        lines = [*head, *(line for n in kept for line in (*n.lines(), *extra.get(n.iri, ())))]
        data.parse(data="".join(lines), format="nt")
        found = _by_node(validate(data, contexte=_elsewhere(data, described)).violations)
        fresh = {iri: found[iri] for iri in found if iri in described and iri not in faults}
        if not fresh:
            break
        faults |= fresh
    return faults


def _by_node(violations: Iterable[Violation]) -> dict[str, Violation]:
    found: dict[str, list[Violation]] = defaultdict(list)
    for violation in violations:
        found[violation.noeud].append(violation)
    return {iri: min(several) for iri, several in found.items()}


def _elsewhere(data: Graph, described: Set[str]) -> Graph:
    """Type what the file names without describing it, by the form of its IRI."""
    contexte = Graph(bind_namespaces="none")
    for objet, classe in _mentions(data):
        if str(objet) not in described:
            contexte.add((objet, RDF.type, classe))
    return contexte


def _mentions(data: Graph) -> Iterator[tuple[URIRef, URIRef]]:
    for objet in data.objects(unique=True):
        for segment, classe in _AILLEURS.items():
            if isinstance(objet, URIRef) and segment in objet:
                yield objet, classe
