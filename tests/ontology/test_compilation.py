"""The compiled shapes say what the validator says: same things, same rules, same fields."""

import re
from collections.abc import Iterable
from functools import cache

import pyoxigraph as ox
import pyshacl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import DCTERMS, FOAF, OWL, RDF, RDFS, SH, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from graph.queries import load_requete
from ontology.compilation import Depistage, compile_shapes, group
from ontology.loading import list_files, load_modules, load_schemes, load_shapes
from ontology.namespaces import MAI, MAILLAGE, PREFIXES
from tests.ontology.conftest import ROOT

Ecart = tuple[str, str, str, str]
"""Node, component, shape, field."""

SHAPES = load_shapes()
VALIDES = list_files("examples/valid")
INVALIDES = list_files("examples/invalid")
EXEMPLES = [*VALIDES, *INVALIDES]
CORPUS = sorted((ROOT / "graph" / "corpus").glob("*.ttl"))


def read(entry, espace: str = "") -> Graph:
    """Read a file; ``espace`` gives its things IRIs of their own."""
    text = entry.read_text(encoding="utf-8")
    if espace:
        for part in ("id", "source", *(["voc"] if espace.startswith("vocabulaire") else [])):
            text = text.replace(f"{MAILLAGE}{part}/", f"{MAILLAGE}{espace}/{part}/")
    return Graph(bind_namespaces="none").parse(data=text, format="turtle")


def reason(entry) -> str:
    """Return the shape that an invalid example says it breaks."""
    return re.search(r"^# attendu: (\S+)$", entry.read_text(encoding="utf-8"), re.MULTILINE)[1]


@cache
def classes() -> list[tuple[Node, Node, Node]]:
    return list(load_modules().triples((None, RDFS.subClassOf, None)))


@cache
def concepts() -> Graph:
    return load_schemes()


def complete(data: Iterable[tuple[Node, Node, Node]]) -> Graph:
    """Add the hierarchy of classes, and what the vocabularies say of the concepts cited."""
    whole = Graph(bind_namespaces="none")
    for triple in (*data, *classes()):
        whole.add(triple)
    for cited in set(whole.objects()):
        for predicate in (RDF.type, SKOS.inScheme):
            for value in concepts().objects(cited, predicate):
                whole.add((cited, predicate, value))
    return whole


def by_validator(data: Graph) -> set[Ecart]:
    _, report, _ = pyshacl.validate(
        data, shacl_graph=SHAPES, inference="none", do_owl_imports=False, advanced=False
    )
    return {
        (
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.sourceConstraintComponent)).rpartition("#")[2],
            str(report.value(result, SH.sourceShape)),
            path_name(report, report.value(result, SH.resultPath)),
        )
        for result in report.objects(None, SH.result)
    }


def path_name(report: Graph, path: Node | None) -> str:
    if not isinstance(path, BNode):
        return "" if path is None else str(path).replace("#", "/").rpartition("/")[2]
    inverse = report.value(path, SH.inversePath)
    if inverse is not None:
        return f"^{path_name(report, inverse)}"
    return " | ".join(
        path_name(report, p) for p in Collection(report, report.value(path, SH.alternativePath))
    )


def term(node: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if isinstance(node, Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype or XSD.string)))
    return ox.BlankNode(str(node)) if isinstance(node, BNode) else ox.NamedNode(str(node))


def edition(data: Iterable[tuple[Node, Node, Node]]) -> ox.Store:
    """Load a graph as an edition is: a source's graph, the default graph, types along the hierarchy."""
    store, triples = ox.Store(), [tuple(map(term, triple)) for triple in data]
    for where in (ox.NamedNode("urn:source"), ox.DefaultGraph()):
        store.extend(ox.Quad(*triple, where) for triple in triples)
    derived = list(store.query(load_requete("edition/20-types-hierarchie").texte))
    for where in (ox.NamedNode("urn:edition"), ox.DefaultGraph()):
        store.extend(ox.Quad(t.subject, t.predicate, t.object, where) for t in derived)
    return store


def by_queries(store: ox.Store) -> set[Ecart]:
    found = set()
    for depistage in contraintes():
        rows = {
            (str(row["noeud"].value), c.composant, c.forme, c.chemin)
            for c in depistage.contraintes
            for row in store.query(c.requete)
        }
        assert bool(store.query(depistage.requete)) is bool(rows), depistage.requete
        found |= rows
    return found


@cache
def contraintes() -> tuple[Depistage, ...]:
    return group(compile_shapes(SHAPES))


def test_queries_find_what_the_validator_finds_in_every_example():
    together = complete(triple for entry in EXEMPLES for triple in read(entry, entry.name))
    found = by_validator(together)
    assert by_queries(edition(together)) == found
    assert {shape.rpartition("#")[2] for _, _, shape, _ in found} >= {reason(entry) for entry in INVALIDES}


def test_queries_find_what_the_validator_finds_in_the_corpus():
    together = complete(triple for path in CORPUS for triple in read(path))
    found = by_validator(together)
    assert by_queries(edition(together)) == found
    assert len(found) > 500, "what the validator says of concepts whose labels are not there"


VALEURS = [
    *(Literal("un texte"), Literal("un texte", lang="fr"), Literal("a text", lang="en")),
    *(Literal("texte", lang="fr-FR"), Literal("", lang="fr"), Literal("06 12 34 56 78", lang="fr")),
    *(Literal("écrire à x.y@exemple.fr"), Literal("@lternative", lang="fr")),
    *(Literal("3", datatype=XSD.integer), Literal("-3", datatype=XSD.integer)),
    *(Literal("0.5", datatype=XSD.decimal), Literal("-0.5", datatype=XSD.decimal)),
    *(Literal("2.5", datatype=XSD.double), Literal("trois", datatype=XSD.integer)),
    *(Literal("true", datatype=XSD.boolean), Literal("oui", datatype=XSD.boolean)),
    *(Literal("2009-05-13", datatype=XSD.date), Literal("2009-02-31", datatype=XSD.date)),
    *(Literal("2009-05", datatype=XSD.gYearMonth), Literal("2009", datatype=XSD.gYear)),
    *(Literal("12345678901234"), Literal("1234"), Literal("W123456789"), Literal("2A")),
    *(URIRef("https://exemple.fr/"), URIRef("ftp://exemple.fr/"), BNode("quelqu-un"), MAI.Acteur),
    *(URIRef(f"{PREFIXES['voc']}stade"), URIRef(f"{PREFIXES['voc']}secteur/inconnu")),
    *(URIRef(f"{PREFIXES['territoire']}departement-14"), URIRef(f"{PREFIXES['acteur']}inconnu")),
]
CLASSES = [MAI.Acteur, MAI.Association, MAI.Offre, MAI.Mandat, MAI.Etape, MAI.PointAppui, MAI.Observation]
PREDICATS = sorted(
    set(load_modules().subjects(RDF.type, OWL.ObjectProperty))
    | set(load_modules().subjects(RDF.type, OWL.DatatypeProperty))
    | {SKOS.prefLabel, SKOS.note, DCTERMS.title, DCTERMS.source, FOAF.mbox, FOAF.homepage, RDF.type}
)


def mutated(triple: tuple[Node, Node, Node], geste: str, rang: int) -> list[tuple[Node, Node, Node]]:
    """Return what a statement becomes by one mistake of a person or a program."""
    subject, predicate, value = triple
    other = VALEURS[rang % len(VALEURS)]
    match geste:
        case "retirer":
            return []
        case "doubler":
            return [triple, (subject, predicate, other)]
        case "remplacer":
            return [(subject, predicate, other)]
        case "autre type":
            types = [XSD.string, XSD.integer, XSD.decimal, XSD.double, XSD.date, XSD.boolean]
            return [(subject, predicate, Literal(str(value), datatype=types[rang % len(types)]))]
        case "autre nature":
            texte = isinstance(value, Literal)
            return [(subject, predicate, URIRef("urn:iri") if texte else Literal(str(value)))]
        case "autre langue":
            return [triple, (subject, predicate, Literal(str(value), lang=["fr", "en", "de"][rang % 3]))]
        case "autre classe":
            return [
                (subject, RDF.type, CLASSES[rang % len(CLASSES)]),
                *([] if predicate == RDF.type else [triple]),
            ]
        case "abîmer":
            return [(subject, predicate, type(value)(f"{value}-inconnu"))]
        case "autre champ":
            return [triple, (subject, PREDICATS[rang % len(PREDICATS)], value)]
    return [triple, (BNode("sans-nom"), predicate, value)]


GESTES = ["retirer", "doubler", "remplacer", "autre type", "autre nature", "autre langue", "autre classe"]
GESTES += ["abîmer", "autre champ", "sans nom"]
MUTATION = st.tuples(st.integers(0, 10_000), st.sampled_from(GESTES), st.integers(0, 10_000))


@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(st.sampled_from(VALIDES), st.lists(MUTATION, min_size=1, max_size=6))
def test_queries_and_validator_agree_on_mutated_examples(entry, mutations):
    data = sorted(read(entry))
    for rang, geste, choix in mutations:
        at = rang % len(data)
        data[at : at + 1] = mutated(data[at], geste, choix)
        if not data:
            return
    whole = complete(data)
    assert by_queries(edition(whole)) == by_validator(whole)


def shape(texte: str) -> Graph:
    prefixes = "".join(f"@prefix {nom}: <{iri}> .\n" for nom, iri in [*PREFIXES.items(), ("sh", str(SH))])
    return Graph().parse(
        data=f"{prefixes} <urn:forme> a sh:NodeShape ; sh:targetClass mai:Acteur ; {texte} .", format="turtle"
    )


@pytest.mark.parametrize(
    "texte",
    [
        "sh:closed true",
        "sh:sparql [ sh:select 'SELECT $this {}' ]",
        "sh:xone ( [ sh:class mai:Offre ] )",
        "sh:property [ sh:path mai:debut ; sh:lessThan mai:fin ]",
        "sh:property [ sh:path mai:rna ; sh:pattern '^w' ; sh:flags 'i' ]",
        "sh:property [ sh:path ( mai:de mai:vers ) ; sh:minCount 1 ]",
        "sh:property [ sh:path [ sh:zeroOrMorePath mai:vers ] ; sh:minCount 1 ]",
        "sh:property [ sh:path mai:jours ; sh:datatype xsd:duration ]",
        "sh:property [ sh:path mai:jours ; sh:nodeKind sh:IRIOrLiteral ]",
        "sh:property [ sh:path skos:prefLabel ; sh:uniqueLang false ]",
        "sh:property [ sh:path skos:prefLabel ; sh:qualifiedMaxCount 1 ]",
        "sh:severity sh:Warning",
        "sh:deactivated true",
    ],
)
def test_what_the_compiler_does_not_know_it_refuses(texte):
    with pytest.raises(NotImplementedError, match=r"unknown|of no shape"):
        compile_shapes(shape(texte))
