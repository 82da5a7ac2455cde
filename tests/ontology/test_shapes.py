"""The shapes themselves: well-formed, speaking French, about terms that exist."""

import pyshacl
import pytest
from rdflib import RDF, SH, BNode, Graph

from ontology.loading import list_files, load_modules, load_schemes, load_shapes
from ontology.namespaces import VOC


def test_shapes_are_shacl(shapes):
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True, inference="none")
    assert conforms, text


def test_every_rule_says_in_french_what_to_do(shapes):
    rules = set(shapes.subjects(RDF.type, SH.PropertyShape))
    rules |= {s for s in shapes.subjects(SH["or"], None) if not isinstance(s, BNode)}
    rules |= {s for s in shapes.subjects(SH.nodeKind, None) if not isinstance(s, BNode)}
    assert len(rules) > 90
    for rule in rules:
        messages = list(shapes.objects(rule, SH.message))
        assert len(messages) == 1 and messages[0].language == "fr", rule
        assert str(messages[0])[0].isupper() and str(messages[0]).endswith("."), rule


def test_a_rule_is_written_once_and_used(shapes):
    used = set(shapes.objects(None, SH.property)) | set(shapes.objects(None, SH.node))
    for rule in shapes.subjects(RDF.type, SH.PropertyShape):
        assert rule in used, rule


def test_rules_of_vocabularies_name_vocabularies_that_exist(shapes, schemes):
    for scheme in shapes.objects(None, SH.hasValue):
        assert str(scheme).startswith(str(VOC)) and (scheme, None, None) in schemes, scheme


@pytest.mark.parametrize("entry", list_files("shapes"), ids=lambda e: e.name)
def test_file_is_small_and_says_what_it_holds(entry):
    text = entry.read_text(encoding="utf-8")
    assert text.startswith("# ") and text.count("\n") <= 250


def test_loading_gives_everything_or_what_is_asked():
    assert len(load_shapes(without=["corpus", "vocabulaires"])) < len(load_shapes())
    assert len(load_modules()) > 500 and len(load_schemes()) > 3000
    assert isinstance(load_modules(), Graph) and load_modules() is not load_modules()
