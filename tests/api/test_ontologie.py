"""The ontology answers, and its pages say exactly what its Turtle says."""

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient
from rdflib import RDF, RDFS, XSD, Namespace, URIRef
from rdflib.namespace import OWL, SKOS

from graph.messages import speak
from ontology.loading import list_files, load_modules, load_schemes
from ontology.namespaces import MAI, ONTOLOGY_IRI
from visualisations.pages.ontologie import page_ontologie, read_changes, version, view_ontologie

CLASSES = set(load_modules().subjects(RDF.type, OWL.Class))
PROPRIETES = {
    t for k in (OWL.ObjectProperty, OWL.DatatypeProperty) for t in load_modules().subjects(RDF.type, k)
}
SCHEMA = Namespace("https://schema.org/")
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


@pytest.mark.parametrize("langue", ["fr", "en"])
def test_figures_say_each_property_once_from_and_to_what_the_turtle_says(langue: str) -> None:
    graphe = load_modules()
    with speak(langue):
        soup = BeautifulSoup(page_ontologie(), "html.parser")
    vues: dict[str, tuple[set[str], set[str]]] = {}
    for corps in soup.select(".onto-table tbody"):
        classes = {a["href"] for a in corps.select("th a")}
        for ligne in corps.select("tr")[1:]:
            propriete, vers = ligne.select("td")
            code = propriete.a["href"][1:]
            assert code not in vues
            vues[code] = classes, {a["href"] for a in vers.select("a")}
    assert {f"{MAI}{code}" for code in vues} == {str(terme) for terme in PROPRIETES}

    def ends(terme: URIRef, bout: str) -> set[str]:
        found = {*graphe.objects(terme, RDFS[bout]), *graphe.objects(terme, SCHEMA[f"{bout}Includes"])}
        return {str(o).replace(str(MAI), "#") for o in found}

    for code, (classes, vers) in vues.items():
        assert classes == ends(MAI[code], "domain"), code
        alternatives = {o for o in vers if not o.startswith("/voc/")}
        texts = {str(RDF.langString), str(XSD.string)}
        numbers = {str(XSD.decimal), str(XSD.double)}
        said = ends(MAI[code], "range")
        missing = said - alternatives
        assert alternatives <= said or list(graphe.objects(MAI[code], RDFS.subPropertyOf)), code
        assert missing <= {str(SKOS.Concept)} | texts | numbers, code


@pytest.mark.parametrize("langue", ["fr", "en"])
def test_figures_show_every_class_and_what_their_tables_say(langue: str) -> None:
    with speak(langue):
        soup = BeautifulSoup(page_ontologie(), "html.parser")
    schemas, tables = soup.select(".onto-schema"), soup.select(".onto-table")
    assert len(schemas) == len(tables) == len(list_files("modules")) - 1
    liens = {a["href"] for table in tables for a in table.select("a")}
    assert {f"#{str(terme).removeprefix(str(MAI))}" for terme in CLASSES} <= liens
    for schema, table in zip(schemas, tables, strict=True):
        assert schema["aria-hidden"] == "true"
        dits = " ".join(texte.text for texte in schema.select("text"))
        for lien in table.select("a"):
            assert all(mot in dits for mot in lien.text.split()), lien.text
        assert all(a["tabindex"] == "-1" for a in schema.select("a"))


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
