"""The examples: valid ones conform, each invalid one is refused for the one reason it states.

(An example published with a vocabulary that fails its own shapes teaches the wrong thing.)
"""

import re
from collections import defaultdict

import pyoxigraph as ox
import pytest
from rdflib import RDF, SH, BNode, Graph

from ontology.loading import list_files
from ontology.namespaces import MAILLAGE
from ontology.validation import RapportValidation, validate, validate_schemes

VALID = list_files("examples/valid")
INVALID = list_files("examples/invalid")


def first_lines(entry, key: str) -> str | None:
    match = re.search(rf"\A(?:#.*\n)*?# {key}: (\S+)\n", entry.read_text(encoding="utf-8"))
    return match[1] if match else None


def read(text: str) -> Graph:
    return Graph().parse(data=text, format="turtle")


def check(entry) -> RapportValidation:
    graph = read(entry.read_text(encoding="utf-8"))
    if entry.name.startswith("vocabulaire"):
        return validate_schemes(graph)
    return validate(graph, corpus=True)


@pytest.fixture(scope="module")
def refused() -> dict[str, set[str]]:
    """Shapes that each invalid example breaks: all in one graph, each in a namespace of its own."""
    together = Graph()
    found: dict[str, set[str]] = defaultdict(set)
    for entry in INVALID:
        text = entry.read_text(encoding="utf-8")
        if entry.name.startswith("vocabulaire") or "\n[] a " in text:
            found[entry.name] = {violation.forme for violation in check(entry).violations}
            continue
        for part in ("id", "source"):
            text = text.replace(f"{MAILLAGE}{part}/", f"{MAILLAGE}{entry.name}/{part}/")
        together += read(text)
    for violation in validate(together, corpus=True).violations:
        found[violation.noeud.removeprefix(MAILLAGE).split("/")[0]].add(violation.forme)
    return found


@pytest.mark.parametrize("entry", VALID, ids=lambda e: e.name)
def test_valid_example_conforms(entry):
    assert check(entry).violations == ()


@pytest.mark.parametrize("entry", INVALID, ids=lambda e: e.name)
def test_invalid_example_is_refused_for_its_reason(entry, refused):
    assert refused[entry.name] == {first_lines(entry, "attendu")}


def test_every_rule_has_its_invalid_example(shapes):
    rules = set(shapes.subjects(RDF.type, SH.PropertyShape))
    rules |= {
        s for p in (SH["or"], SH.nodeKind) for s in shapes.subjects(p, None) if not isinstance(s, BNode)
    }
    names = {str(rule).rsplit("#", 1)[-1] for rule in rules}
    assert names - {first_lines(entry, "attendu") for entry in INVALID} == set()


def test_a_violation_names_the_thing_the_field_and_the_remedy():
    text = next(e for e in INVALID if e.name == "acteur-siret.ttl").read_text(encoding="utf-8")
    report = validate(read(text))
    (violation,) = report.violations
    assert not report.conforme
    assert violation.noeud == f"{MAILLAGE}id/acteur/maison"
    assert (violation.chemin, violation.forme, violation.valeur) == ("siret", "ActeurSiret", "1234567890123")
    assert "quatorze chiffres" in violation.message


def test_known_context_completes_a_submission_and_is_not_judged():
    text = next(e for e in INVALID if e.name == "lien-de.ttl").read_text(encoding="utf-8")
    submission = read(text)
    # Without name or source: a fault, but not the submission's.
    known = read(f"<{MAILLAGE}id/acteur/inconnu> a <{MAILLAGE}def#Acteur> .")
    assert not validate(submission).conforme
    size = len(submission)
    assert validate(submission, contexte=known).conforme
    assert len(submission) == size


def test_derived_statements_are_refused_in_a_source_only():
    text = next(e for e in INVALID if e.name == "lien-direct-derive.ttl").read_text(encoding="utf-8")
    assert validate(read(text)).conforme
    assert not validate(read(text), corpus=True).conforme


@pytest.fixture(scope="module")
def known() -> list[ox.Triple]:
    entries = [*list_files("modules"), *list_files("schemes")]
    return [t for e in entries for t in ox.parse(e.read_text(encoding="utf-8"), format=ox.RdfFormat.TURTLE)]


def store_of(known: list[ox.Triple], text: str) -> ox.Store:
    store = ox.Store()
    own = list(ox.parse(text, format=ox.RdfFormat.TURTLE))
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in [*known, *own])
    return store


@pytest.mark.parametrize("entry", [e for e in INVALID if first_lines(e, "contrôle")], ids=lambda e: e.name)
def test_check_finds_what_the_shape_refuses(entry, known):
    name = first_lines(entry, "contrôle")
    query = next(c for c in list_files("checks", ".rq") if c.name == f"{name}.rq").read_text(encoding="utf-8")
    assert list(store_of(known, entry.read_text(encoding="utf-8")).query(query)) != []


@pytest.mark.parametrize("entry", [e for e in VALID if e.name != "vocabulaire.ttl"], ids=lambda e: e.name)
def test_checks_find_nothing_in_valid_examples(entry, known):
    store = store_of(known, entry.read_text(encoding="utf-8"))
    for check_file in list_files("checks", ".rq"):
        if check_file.name == "territoire-inconnu.rq":  # examples cite territories without describing them
            continue
        assert list(store.query(check_file.read_text(encoding="utf-8"))) == [], check_file.name
