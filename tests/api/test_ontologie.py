"""The ontology answers, and its pages say exactly what its Turtle says."""

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient
from rdflib import RDF, RDFS
from rdflib.namespace import OWL, SKOS

from graph.messages import speak
from ontology.loading import load_modules, load_schemes
from ontology.namespaces import MAI, ONTOLOGY_IRI
from visualisations.pages.ontologie import page_ontologie, read_changes, version, view_ontologie

CLASSES = set(load_modules().subjects(RDF.type, OWL.Class))
PROPRIETES = {
    t for k in (OWL.ObjectProperty, OWL.DatatypeProperty) for t in load_modules().subjects(RDF.type, k)
}
FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
}


@pytest.mark.parametrize("langue", ["fr", "en"])
def test_every_term_is_on_the_page_with_its_words(langue: str) -> None:
    graphe = load_modules()
    with speak(langue):
        soup = BeautifulSoup(page_ontologie(), "html.parser")
    assert {f"{MAI}{s['id']}" for s in soup.select(".terme")} == {str(t) for t in CLASSES | PROPRIETES}
    for terme in CLASSES | PROPRIETES:
        section = soup.find(id=str(terme).removeprefix(str(MAI)))
        for propriete in (RDFS.label, RDFS.comment):
            dits = {str(o) for o in graphe.objects(terme, propriete) if o.language == langue}
            assert dits
            assert all(dit in section.text for dit in dits), terme


@pytest.mark.parametrize("langue", ["fr", "en"])
def test_links_between_terms_are_those_of_the_turtle(langue: str) -> None:
    graphe = load_modules()
    with speak(langue):
        soup = BeautifulSoup(page_ontologie(), "html.parser")
    for terme in PROPRIETES:
        section = soup.find(id=str(terme).removeprefix(str(MAI)))
        liens = {a["href"] for a in section.select("a")}
        domaines = {str(c) for c in graphe.objects(terme, RDFS.domain)}
        assert {f"#{c.removeprefix(str(MAI))}" if c.startswith(str(MAI)) else c for c in domaines} <= liens
    ids = {balise["id"] for balise in soup.select("[id]")}
    assert {a["href"][1:] for a in soup.select("article a") if a["href"].startswith("#")} <= ids


def test_every_vocabulary_is_counted() -> None:
    graphe = load_schemes()
    vus = {schema.code: schema.notions for schema in view_ontologie("fr").schemas}
    assert set(vus) == {str(s).rsplit("/", 1)[-1] for s in graphe.subjects(RDF.type, SKOS.ConceptScheme)}
    assert sum(vus.values()) == len(list(graphe.subject_objects(SKOS.inScheme)))


def test_rules_of_a_class_are_those_of_its_shapes() -> None:
    offre = next(classe for classe in view_ontologie("fr").classes if classe.code == "Offre")
    assert any("mai:proposePar" in regle for regle in offre.regles)


def test_changes_come_from_the_log() -> None:
    termes = [termes for termes, _ in read_changes()]
    assert "mai:rna" in termes
    assert not any("---" in terme for terme in termes)


@pytest.mark.parametrize("suffixe", FORMATS)
def test_downloads_hold_the_whole_ontology(client: TestClient, suffixe: str) -> None:
    reponse = client.get(f"/def.{suffixe}")
    attendus = ox.parse(
        load_modules().serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES
    )
    lus = ox.parse(reponse.content, format=FORMATS[suffixe])
    assert {quad.triple for quad in lus} == {quad.triple for quad in attendus}


@pytest.mark.parametrize("chemin", ["/def", f"/def/{version()}"])
def test_the_ontology_answers_at_its_iri(client: TestClient, chemin: str) -> None:
    page = client.get(chemin, headers={"Accept": "text/html"})
    assert BeautifulSoup(page.text, "html.parser").find(id="Acteur") is not None
    turtle = client.get(chemin, headers={"Accept": "text/turtle"})
    assert turtle.headers["content-location"] == "/def.ttl"
    assert "Accept" in turtle.headers["vary"]
    sujets = {quad.subject.value for quad in ox.parse(turtle.content, format=ox.RdfFormat.TURTLE)}
    assert {ONTOLOGY_IRI, f"{MAI}Acteur"} <= sujets
    assert (
        client.get(
            chemin, headers={"If-None-Match": turtle.headers["etag"], "Accept": "text/turtle"}
        ).status_code
        == 304
    )


@pytest.mark.parametrize("langue", ["fr", "en"])
def test_the_page_follows_the_language_of_the_site(client: TestClient, langue: str) -> None:
    assert client.get(f"/def?lang={langue}", headers={"Accept": "text/html"}).status_code == 200
    soup = BeautifulSoup(client.get(f"/def.{langue}.html").text, "html.parser")
    assert soup.html["lang"] == langue
    acteur = next(c for c in view_ontologie(langue).classes if c.code == "Acteur")
    assert acteur.definition in soup.find(id="Acteur").text


@pytest.mark.parametrize("chemin", ["/def/9.9.9", "/def.pdf"])
def test_what_is_not_served_is_said(client: TestClient, chemin: str) -> None:
    assert client.get(chemin).status_code == 404


def test_the_list_of_vocabularies_is_one_page(client: TestClient) -> None:
    renvoi = client.get("/voc", follow_redirects=False)
    assert (renvoi.status_code, renvoi.headers["location"]) == (303, "/def#vocabulaires")


def test_alignments_are_listed_and_answer(client: TestClient) -> None:
    assert (
        client.get("/def/alignements", follow_redirects=False).headers["location"] == "/def.html#alignements"
    )
    page = BeautifulSoup(client.get("/def.html").text, "html.parser")
    adresses = [a["href"] for a in page.select("#alignements + dd a")]
    assert len(adresses) == 6
    for adresse in adresses:
        reponse = client.get(adresse)
        assert reponse.headers["content-type"].startswith("text/turtle")
        assert reponse.text == client.get(adresse.removesuffix(".ttl")).text
        assert list(ox.parse(reponse.content, format=ox.RdfFormat.TURTLE))
    assert client.get("/def/alignements/autre").status_code == 404
