"""What is said of other vocabularies: of terms that exist, in true words, without any contradiction."""

import os
import shutil
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from ontology.loading import list_files, load_modules
from ontology.namespaces import MAI, ONTOLOGY_IRI, ORG

FICHIERS = list_files("alignments")
NOMS = [entry.name.removesuffix(".ttl") for entry in FICHIERS]
PAIR = "http://virtual-assembly.org/ontologies/pair#"
ICI = f"{ONTOLOGY_IRI}/alignements/"
AUTRES = {
    "cpsv-ap": "http://data.europa.eu/m8g/",
    "data-inclusion": f"{ICI}data-inclusion#",
    "hsds": f"{ICI}hsds#",
    "org": str(ORG),
    "pair": PAIR,
    "schema-org": "https://schema.org/",
}
LIENS = {
    *(SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch),
    *(RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty),
}


def _read(entry: Traversable) -> Graph:
    return Graph().parse(data=entry.read_text("utf-8"), format="turtle")


def test_every_vocabulary_has_its_file() -> None:
    assert set(NOMS) == set(AUTRES)


@pytest.mark.parametrize("entry", FICHIERS, ids=NOMS)
def test_each_tie_goes_from_a_term_of_ours_to_one_of_theirs(entry: Traversable, modules: Graph) -> None:
    theirs = AUTRES[entry.name.removesuffix(".ttl")]
    ties = [(s, p, o) for s, p, o in _read(entry) if p in LIENS]
    assert len(ties) >= 5
    for sujet, lien, objet in ties:
        ours, other = (sujet, objet) if str(sujet).startswith(str(MAI)) else (objet, sujet)
        assert (ours, RDF.type, None) in modules, f"{ours} is not declared"
        assert str(other).startswith(theirs), other
        assert (sujet, lien, objet) not in modules, "said once"


@pytest.mark.parametrize("entry", FICHIERS, ids=NOMS)
def test_a_class_is_not_tied_as_a_property(entry: Traversable, modules: Graph) -> None:
    for sujet, lien, _ in _read(entry):
        if lien == RDFS.subClassOf:
            assert (sujet, RDF.type, OWL.Class) in modules
        if lien == RDFS.subPropertyOf:
            assert (sujet, RDF.type, OWL.Class) not in modules


@pytest.mark.parametrize("entry", FICHIERS, ids=NOMS)
def test_no_word_of_ours_has_the_same_meaning_as_two_of_theirs(entry: Traversable) -> None:
    same = [s for s, _, _ in _read(entry).triples((None, SKOS.exactMatch, None))]
    assert len(same) == len(set(same))


def test_the_traps_of_pair_are_left_alone() -> None:
    (entry,) = (entry for entry in FICHIERS if entry.name == "pair.ttl")
    said = {str(o).removeprefix(PAIR) for _, _, o in _read(entry)}
    assert not said & {"Association", "affiliates", "startDate", "endDate", "hasSkill", "Means", "moblizedBy"}


def _reason(tmp_path: Path, *more: tuple[URIRef, URIRef, URIRef]) -> bool:
    """Tell whether HermiT finds the ontology and its alignments consistent, with more statements."""
    owlready2 = _owlready2()
    graph = load_modules()
    for entry in FICHIERS:
        graph += _read(entry)
    for triple in more:
        graph.add(triple)
    fichier = tmp_path / "ensemble.rdf"
    graph.serialize(fichier, format="xml")
    world = owlready2.World()
    world.get_ontology(fichier.as_uri()).load()
    try:
        with world.get_ontology(f"{ONTOLOGY_IRI}/essai"):
            owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    return not list(world.inconsistent_classes())


def _owlready2():  # type: ignore[no-untyped-def] # it has no types
    missing = "java" if shutil.which("java") is None else ""
    try:
        import owlready2
    except ImportError:
        missing = "owlready2"
    if missing:
        if os.environ.get("CI"):
            pytest.fail(f"{missing} is missing: HermiT cannot run")
        pytest.skip(f"{missing} is missing: HermiT cannot run")
    return owlready2


@pytest.mark.filterwarnings("ignore")
def test_hermit_finds_no_contradiction(tmp_path: Path) -> None:
    assert _reason(tmp_path)


@pytest.mark.filterwarnings("ignore")
def test_hermit_would_see_one(tmp_path: Path) -> None:
    both = URIRef("https://example.org/x")
    nommee = (both, RDF.type, OWL.NamedIndividual)
    assert not _reason(tmp_path, nommee, (both, RDF.type, MAI.Acteur), (both, RDF.type, MAI.Lien))
