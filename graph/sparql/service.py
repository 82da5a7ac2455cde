"""What the endpoint says of itself when it is asked nothing: a SPARQL 1.1 Service Description.

Made from what an edition says of itself, never from a query: programs ask for it before they ask anything.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.sparql.formats import GRAPHES, TABLEAUX, Format
from graph.sparql.serialisation import write_graph

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
VOID: Final = "http://rdfs.org/ns/void#"
DCT: Final = "http://purl.org/dc/terms/"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_NOMS: Final = {
    Format.JSON: "SPARQL_Results_JSON",
    Format.XML: "SPARQL_Results_XML",
    Format.CSV: "SPARQL_Results_CSV",
    Format.TSV: "SPARQL_Results_TSV",
    Format.TTL: "Turtle",
    Format.NT: "N-Triples",
    Format.RDF: "RDF_XML",
    Format.JSONLD: "JSON-LD",
    Format.TRIG: "TriG",
    Format.NQ: "N-Quads",
}
_TYPE: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_PREFIXES: Final = {"sd": SD, "void": VOID, "dct": DCT, "formats": _FORMATS}


@dataclass(frozen=True, slots=True)
class GrapheNomme:
    """A named graph that queries may ask for."""

    iri: str
    titre: str
    triplets: int


def describe_service(adresse: str, graphes: Sequence[GrapheNomme], format_: Format) -> bytes:
    """Return the description of the endpoint at an address, in a format of graphs.

    Args:
        adresse: absolute IRI of the endpoint.
        graphes: the named graphs; the default graph holds what they all say, once.
        format_: one of ``GRAPHES``.
    """
    return write_graph(_triples(adresse, graphes), format_, _PREFIXES)


def _triples(adresse: str, graphes: Sequence[GrapheNomme]) -> Iterator[ox.Triple]:
    service, dataset = _node(f"{adresse}#service"), _node(f"{adresse}#donnees")
    yield _is_a(service, "Service")
    yield ox.Triple(service, _sd("endpoint"), _node(adresse))
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    regime = _node("http://www.w3.org/ns/entailment/Simple")
    yield ox.Triple(service, _sd("defaultEntailmentRegime"), regime)
    for format_ in (*TABLEAUX, *GRAPHES):
        yield ox.Triple(service, _sd("resultFormat"), _node(_FORMATS + _NOMS[format_]))
    yield ox.Triple(service, _sd("defaultDataset"), dataset)
    yield _is_a(dataset, "Dataset")
    reunion = _node(f"{adresse}#reunion")
    yield ox.Triple(dataset, _sd("defaultGraph"), reunion)
    yield _is_a(reunion, "Graph")
    for rang, graphe in enumerate(graphes, 1):
        named, content = _node(f"{adresse}#graphe-{rang}"), _node(f"{adresse}#contenu-{rang}")
        yield ox.Triple(dataset, _sd("namedGraph"), named)
        yield _is_a(named, "NamedGraph")
        yield ox.Triple(named, _sd("name"), _node(graphe.iri))
        yield ox.Triple(named, _sd("graph"), content)
        yield _is_a(content, "Graph")
        yield ox.Triple(content, _node(f"{DCT}title"), ox.Literal(graphe.titre))
        yield ox.Triple(content, _node(f"{VOID}triples"), ox.Literal(graphe.triplets))


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


def _sd(nom: str) -> ox.NamedNode:
    return ox.NamedNode(SD + nom)


def _is_a(chose: ox.NamedNode, classe: str) -> ox.Triple:
    return ox.Triple(chose, _TYPE, _sd(classe))
