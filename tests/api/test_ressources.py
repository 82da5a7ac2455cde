"""Every IRI answers: to people a page, to programs statements, by header and by suffix."""

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from ontology.namespaces import ID, MAILLAGE, PREFIXES

MEDIAS = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
}
CHOSES = (
    "id/offre/s3a-appui-vie-associative",
    "id/acteur/s3a",
    "id/territoire/departement-14",
    "voc/stade",
    "voc/stade/projet",
    "source/guide-pmae-2013",
)


def _get(client: TestClient, chemin: str, accept: str | None = None):
    return client.get(f"/{chemin}", headers={"Accept": accept} if accept else {}, follow_redirects=False)


@pytest.mark.parametrize("chemin", CHOSES)
@pytest.mark.parametrize("suffixe", MEDIAS)
def test_an_iri_leads_by_accept_to_statements_about_it(client: TestClient, chemin: str, suffixe: str) -> None:
    media, forme = MEDIAS[suffixe]
    renvoi = _get(client, chemin, media)
    assert (renvoi.status_code, renvoi.headers["location"]) == (303, f"/{chemin}.{suffixe}")
    assert "Accept" in renvoi.headers["vary"]
    document = client.get(renvoi.headers["location"])
    assert document.headers["content-type"].startswith(media)
    sujets = {quad.subject.value for quad in ox.parse(document.content, format=forme)}
    assert MAILLAGE + chemin in sujets
    assert f'<{MAILLAGE}{chemin}>; rel="describes"' in document.headers["link"]
    assert f'</{chemin}.ttl>; rel="alternate"; type="text/turtle"' in document.headers["link"]


@pytest.mark.parametrize(
    ("chemin", "page"),
    [
        ("id/acteur/s3a", "/acteurs/s3a"),
        ("id/territoire/departement-14", "/territoires/departement:14"),
        ("voc/stade/projet", "/voc/stade/projet.html"),
        ("id/offre/s3a-appui-vie-associative", "/id/offre/s3a-appui-vie-associative.html"),
    ],
)
def test_a_browser_is_led_to_a_page(client: TestClient, chemin: str, page: str) -> None:
    renvoi = _get(client, chemin, "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
    assert (renvoi.status_code, renvoi.headers["location"]) == (303, page)
    assert client.get(page).status_code == 200


def test_what_has_a_page_of_its_own_has_no_other(client: TestClient) -> None:
    renvoi = _get(client, "id/acteur/s3a.html")
    assert (renvoi.status_code, renvoi.headers["location"]) == (308, "/acteurs/s3a")


def test_a_program_that_says_nothing_gets_turtle(client: TestClient) -> None:
    assert _get(client, "voc/stade", "*/*").headers["location"] == "/voc/stade.ttl"


def test_nothing_acceptable_is_said(client: TestClient) -> None:
    refus = _get(client, "voc/stade", "image/png")
    assert refus.status_code == 406
    assert {"text/turtle", "application/ld+json"} <= set(refus.json()["formats"])
    assert "Accept" in refus.headers["vary"].split(", ")
    assert client.post("/voc/stade").headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    "chemin", ["id/acteur/nul", "id/acteur/nul.ttl", "voc/nul", "source/%3Ca%20b", "id/nul.html"]
)
def test_an_unknown_iri_is_a_problem_document(client: TestClient, chemin: str) -> None:
    reponse = _get(client, chemin, "text/turtle, application/json")
    assert reponse.status_code == 404
    assert reponse.headers["content-type"].startswith("application/problem+json")


def test_a_big_node_is_told_in_pages(client: TestClient) -> None:
    vus, adresse, tours = set(), "/id/territoire/departement-14.nt", 0
    while adresse and tours < 12:
        reponse = client.get(adresse)
        quads = {quad.triple for quad in ox.parse(reponse.content, format=ox.RdfFormat.N_TRIPLES)}
        named = {t for t in quads if t.predicate.value == f"{PREFIXES['rdfs']}label"}
        assert not (quads - named) & vus
        vus |= quads - named
        suites = [lien for lien in reponse.headers["link"].split(", ") if 'rel="next"' in lien]
        adresse = suites[0].partition(">")[0][1:] if suites else ""
        tours += 1
    assert tours > 2
    assert f"{ID}territoire/commune-14118" in {triple.subject.value for triple in vus}


@pytest.mark.parametrize("page", ["0", "51", "x"])
def test_pages_are_bounded(client: TestClient, page: str) -> None:
    assert client.get(f"/id/territoire/national.ttl?page={page}").status_code == 422


def test_the_page_of_a_vocabulary_shows_its_concepts(client: TestClient) -> None:
    soup = BeautifulSoup(client.get("/voc/besoin.html").text, "html.parser")
    codes = [code.text for code in soup.select(".arbre dt code")]
    assert codes == [c["code"] for c in client.get("/api/vocabulaires/besoin").json()["concepts"]]
    assert soup.select_one("link[rel=alternate][type='text/turtle']")["href"] == "/voc/besoin.ttl"


def test_the_page_of_a_concept_says_what_it_means(client: TestClient) -> None:
    soup = BeautifulSoup(client.get("/voc/stade/primo-employeur.html").text, "html.parser")
    assert soup.h1.text == "Primo-employeur"
    assert "première embauche" in soup.select_one(".chapeau").text
    assert "First-time employer" not in soup.text
    fil = [a["href"] for a in soup.select(".fil-ariane a")]
    assert fil == ["/def#vocabulaires", "/voc/stade.html"]


def test_the_page_of_a_concept_says_who_uses_it(client: TestClient) -> None:
    soup = BeautifulSoup(client.get("/voc/stade/employeur.html").text, "html.parser")
    offres = [a["href"] for a in soup.select(".fiche a") if a["href"].startswith("/id/offre/")]
    assert offres
    assert client.get(offres[0], headers={"Accept": "text/html"}).status_code == 200


def test_links_of_pages_lead_somewhere(client: TestClient) -> None:
    soup = BeautifulSoup(client.get("/source/guide-pmae-2013.html").text, "html.parser")
    adresses = {a["href"] for a in soup.select("article a") if a["href"].startswith("/")}
    assert len(adresses) > 5
    for adresse in adresses:
        assert client.get(adresse, headers={"Accept": "text/html"}).status_code == 200, adresse


@pytest.mark.parametrize("source", ["guide-pmae-2013", "calvados-petite-enfance-2009"])
def test_every_passage_is_found_where_its_iri_leads(client: TestClient, source: str) -> None:
    """A fragment never reaches the server: the page of the document, and its statements, hold them all."""
    requete = f"""PREFIX mai: <https://w3id.org/maillage/def#> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT DISTINCT ?p ?lieu ?citation {{
          ?p a mai:Passage ; dcterms:isPartOf <{MAILLAGE}source/{source}> ; mai:lieu ?lieu
          OPTIONAL {{ ?p mai:citation ?citation }}
        }}"""
    rows = client.get("/sparql", params={"query": requete}).json()["results"]["bindings"]
    assert len(rows) > 150
    soup = BeautifulSoup(client.get(f"/source/{source}.html").text, "html.parser")
    ids = [element["id"] for element in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    graphe = client.get(f"/source/{source}.nt").content
    said = {(q.subject.value, q.object.value) for q in ox.parse(graphe, format=ox.RdfFormat.N_TRIPLES)}
    for row in rows:
        iri, citation = row["p"]["value"], row.get("citation", {}).get("value", "")
        shown = soup.find(id=iri.rpartition("#")[2])
        assert shown is not None, iri
        for mots in (row["lieu"]["value"], citation):
            assert _letters(mots) in _letters(shown.text)
            assert not mots or (iri, mots) in said


def _letters(texte: str) -> str:
    """A text without what French typography changes of it."""
    return "".join(lettre for lettre in texte if lettre.isalnum())


def test_a_link_to_a_passage_says_the_document_and_the_place(client: TestClient) -> None:
    soup = BeautifulSoup(client.get("/id/offre/s3a-appui-vie-associative.html").text, "html.parser")
    (lien, *_) = soup.select('a[href^="/source/"]')
    assert "://" not in lien.text
    assert "," in lien.text


def test_the_next_page_is_said_in_the_document_too(client: TestClient) -> None:
    iri = f"{ID}territoire/departement-14"
    for adresse, suite in ((".nt", ".nt?page=2"), (".nt?page=2", ".nt?page=3")):
        texte = client.get(f"/id/territoire/departement-14{adresse}").text
        assert f"<{iri}> <{PREFIXES['rdfs']}seeAlso> <{iri}{suite}> ." in texte


def test_a_document_says_its_licence_and_its_edition(client: TestClient) -> None:
    for suffixe in ("ttl", "html"):
        link = client.get(f"/id/offre/s3a-appui-vie-associative.{suffixe}").headers["link"]
        assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in link
    iri = f"{ID}offre/s3a-appui-vie-associative"
    edition = client.get("/.well-known/void", follow_redirects=False).headers["location"]
    texte = client.get("/id/offre/s3a-appui-vie-associative.nt").text
    assert f"<{iri}.nt> <{PREFIXES['void']}inDataset> <{MAILLAGE}{edition[1:]}> ." in texte


def test_a_figure_without_a_name_is_called_by_what_it_says(client: TestClient) -> None:
    requete = """PREFIX mai: <https://w3id.org/maillage/def#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT DISTINCT ?o ?v { ?o a mai:Observation ; mai:valeur ?v ; mai:indicateur ?i
          FILTER NOT EXISTS { ?o rdfs:label|skos:prefLabel ?nom } } LIMIT 5"""
    rows = client.get("/sparql", params={"query": requete}).json()["results"]["bindings"]
    assert len(rows) == 5
    for row in rows:
        adresse = row["o"]["value"].removeprefix(MAILLAGE)
        soup = BeautifulSoup(client.get(f"/{adresse}.html").text, "html.parser")
        assert adresse.rpartition("/")[2] not in soup.h1.text
        assert " : " in soup.h1.text.replace("\xa0", " ")


@pytest.mark.parametrize("chemin", ["/edition", "/edition/", "/voc", "/voc/", "/source", "/source/"])
def test_the_beginning_of_an_iri_leads_to_a_list(client: TestClient, chemin: str) -> None:
    renvoi = client.get(chemin, follow_redirects=False)
    assert renvoi.status_code == 303
    assert client.get(renvoi.headers["location"]).status_code == 200
