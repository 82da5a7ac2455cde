"""The checks of an edition: readable, runnable, and each able to find its fault."""

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from ontology.loading import list_files

CHECKS = list_files("checks", ".rq")
PREFIXES = """
@prefix mai: <https://w3id.org/maillage/def#> .
@prefix acteur: <https://w3id.org/maillage/id/acteur/> .
@prefix acc: <https://w3id.org/maillage/id/accompagnement/> .
@prefix lien: <https://w3id.org/maillage/id/lien/> .
@prefix terr: <https://w3id.org/maillage/id/territoire/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
FAULTS = {
    "chose-sans-classe": "lien:a mai:vers acteur:b .",
    "deux-natures": "mai:Acteur owl:disjointWith mai:Offre . acteur:a a mai:Acteur , mai:Offre .",
    "etapes-de-meme-rang": "acc:a mai:etape acc:b , acc:c . acc:b mai:ordre 1 . acc:c mai:ordre 1 .",
    "fin-avant-debut": 'acc:a mai:debut "2009"^^xsd:gYear ; mai:fin "2008-05-13"^^xsd:date .',
    "mauvais-segment": "lien:a a mai:Acteur .",
    "partie-non-couverte": "<https://w3id.org/maillage/id/offre/a> mai:couvreEnPartie terr:departement-29 .",
    "role-sans-mandat": "acteur:a a mai:OperateurDLA .",
    "source-inconnue": "acc:a a mai:Etape ; dcterms:source <urn:inconnue> .",
    "succession-circulaire": "acteur:a mai:succedeA acteur:b . acteur:b mai:succedeA acteur:a .",
    "terme-inconnu": "acteur:a mai:besoinn <http://o> .",
    "territoire-inconnu": "acteur:a mai:perimetre terr:departement-999 .",
}


@pytest.mark.parametrize("entry", CHECKS, ids=lambda e: e.name)
def test_check_begins_with_its_question_and_parses(entry):
    text = entry.read_text(encoding="utf-8")
    question = text.splitlines()[0]
    assert question.startswith(("# Qu", "# De qu")) and "?" in question
    assert "SELECT DISTINCT" in text and "ORDER BY" in text
    assert "SERVICE" not in text and "BIND (EXISTS" not in text
    prepareQuery(text)


@pytest.mark.parametrize("entry", CHECKS, ids=lambda e: e.name)
def test_check_finds_its_fault_and_nothing_in_an_empty_graph(entry):
    text = entry.read_text(encoding="utf-8")
    store = ox.Store()
    assert list(store.query(text)) == []
    store.load(PREFIXES + FAULTS[entry.name.removesuffix(".rq")], format=ox.RdfFormat.TURTLE)
    assert list(store.query(text)) != []


@pytest.mark.parametrize(
    ("debut", "fin", "found"),
    [
        ('"2008"^^xsd:gYear', '"2008-05"^^xsd:gYearMonth', False),
        ('"2008-05-13"^^xsd:date', '"2008"^^xsd:gYear', False),
        ('"2008-05"^^xsd:gYearMonth', '"2008-04-30"^^xsd:date', True),
        ('"2009"^^xsd:gYear', '"2008"^^xsd:gYear', True),
    ],
)
def test_partial_dates_compare_on_their_own_length(debut, fin, found):
    store = ox.Store()
    store.load(f"{PREFIXES} acc:a mai:debut {debut} ; mai:fin {fin} .", format=ox.RdfFormat.TURTLE)
    query = next(c for c in CHECKS if c.name == "fin-avant-debut.rq").read_text(encoding="utf-8")
    assert bool(list(store.query(query))) is found


def test_territory_of_a_partial_edition():
    """Without the table of communes, a commune that is cited is not a fault; a departement is."""
    store = ox.Store()
    store.load(f"{PREFIXES} acteur:a mai:siege terr:commune-14027 .", format=ox.RdfFormat.TURTLE)
    query = next(c for c in CHECKS if c.name == "territoire-inconnu.rq").read_text(encoding="utf-8")
    assert list(store.query(query)) == []
    igeo = "http://rdf.insee.fr/def/geo#Commune"
    store.load(f"{PREFIXES} terr:commune-14118 a <{igeo}> .", format=ox.RdfFormat.TURTLE)
    assert len(list(store.query(query))) == 1
