"""``/sparql`` as people meet it: everything without a script, and nothing a value can break."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from graph.sparql import PoolSparql
from tests.api.sparql_client import DECRIT, NAVIGATEUR, NOMS, make_client, media
from tests.graph.sparql_essai import EX, HOSTILE, NOMBRE, make_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("sparql") / "store")


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    with PoolSparql(store, delai=20) as pool, make_client(pool) as client:
        yield client


class TestPage:
    def page(self, client: TestClient, requete: str | None = None, statut: int = 200) -> BeautifulSoup:
        params = {} if requete is None else {"query": requete}
        answer = client.get("/sparql", params=params, headers=NAVIGATEUR)
        assert (answer.status_code, media(answer)) == (statut, "text/html")
        assert answer.headers["x-maillage-delai-sparql"] == "20"
        return BeautifulSoup(answer.text, "html.parser")

    def test_before_anything_is_asked(self, client: TestClient) -> None:
        page = self.page(client)
        assert page.find("textarea", {"name": "query"})
        assert "mai:" in page.text
        assert "arrêtée après 20" in page.text
        assert not page.find("table")

    def test_the_example_and_every_question_run(self, client: TestClient) -> None:
        page = self.page(client)
        self.page(client, str(page.find("textarea").text))
        for link in page.select(".questions-pretes a"):
            assert client.get(str(link["href"]).partition("#")[0], headers=NAVIGATEUR).status_code == 200

    def test_rows_and_their_links(self, client: TestClient) -> None:
        page = self.page(client, "SELECT ?s ?site { ?s foaf:homepage ?site } ORDER BY ?site")
        cells = [[cell.find("a") or cell for cell in row.find_all("td")] for row in page.select("tbody tr")]
        assert [cell.text for cell in cells[2]] == ["javascript:alert(1)"] or len(cells) == 3
        links = {link.text: link["href"] for link in page.select("tbody a")}
        assert links["acteur:s3a"] == "/acteurs/s3a"
        assert links["https://s3a.example/"] == "https://s3a.example/"
        assert not any(href.startswith("javascript") for href in links.values())
        assert "javascript:alert(1)" in page.text
        assert page.find("a", string="https://s3a.example/")["rel"] == ["noreferrer", "nofollow"]

    def test_hostile_texts_stay_text(self, client: TestClient) -> None:
        answer = client.get("/sparql", params={"query": NOMS}, headers=NAVIGATEUR)
        assert HOSTILE not in answer.text
        assert HOSTILE in BeautifulSoup(answer.text, "html.parser").text
        for requete in (f"</textarea>{HOSTILE}", f'SELECT * {{ ?s ?p "{HOSTILE}" }}', f"SELECT ?{HOSTILE}"):
            texte = client.get("/sparql", params={"query": requete}, headers=NAVIGATEUR).text
            assert HOSTILE not in texte
            page = BeautifulSoup(texte, "html.parser")
            assert page.find("textarea").text.strip() == requete
        for params in ({"query": f"PREFIX x:{HOSTILE}"}, {"query": NOMS, "format": HOSTILE}):
            assert media(client.get("/sparql", params=params)) == "application/problem+json"
            assert HOSTILE not in client.get("/sparql", params=params, headers=NAVIGATEUR).text

    def test_downloads_are_the_same_query(self, client: TestClient) -> None:
        requete = 'SELECT ("a+b & %25 é" AS ?x) {}'
        page = self.page(client, requete)
        links = {link.text: str(link["href"]) for link in page.select(".telechargements a")}
        assert set(links) == {"JSON", "XML", "CSV (tableur)", "TSV"}
        assert client.get(links["CSV (tableur)"], headers=NAVIGATEUR).text.splitlines() == [
            "x",
            "a+b & %25 é",
        ]

    def test_a_graph_is_shown_as_triples(self, client: TestClient) -> None:
        page = self.page(client, DECRIT)
        assert [th.text for th in page.select("thead th")] == ["sujet", "prédicat", "objet"]
        assert len(page.select("tbody tr")) == 5
        assert "5 triplets" in page.text.replace("\u00a0", " ")
        describe = page.find("a", string="mai:Acteur")
        self.page(client, "DESCRIBE <https://w3id.org/maillage/def#Acteur>")
        assert quote("DESCRIBE <https://w3id.org/maillage/def#Acteur>", safe="") in describe["href"]

    def test_yes_no_and_nothing(self, client: TestClient) -> None:
        assert self.page(client, "ASK { acteur:s3a ?p ?o }").select_one(".booleen").text == "Oui"
        assert self.page(client, "ASK { acteur:personne ?p ?o }").select_one(".booleen").text == "Non"
        assert "Aucune ligne" in self.page(client, "SELECT * { acteur:personne ?p ?o }").text

    def test_an_error_is_next_to_the_query(self, client: TestClient) -> None:
        page = self.page(client, "SELECT * {\n ?s foo:bar ?o }", 400)
        saisie = page.find("textarea")
        assert saisie["aria-invalid"] == "true"
        assert "foo:" in page.find(id=saisie["aria-describedby"].split()[0]).text
        assert saisie.text.strip() == "SELECT * {\n ?s foo:bar ?o }"

    def test_the_page_shows_the_beginning_of_a_long_answer(self, client: TestClient) -> None:
        page = self.page(client, f"SELECT * {{ ?s <{EX}nombre> ?o }}")
        assert len(page.select("tbody tr")) == 500
        assert "jusqu’à la limite du serveur" in page.text
        assert page.select_one('main a[href="/dumps"]')
        csv_link = str(page.find("a", string="CSV (tableur)")["href"])
        assert len(client.get(csv_link).text.splitlines()) == NOMBRE + 1

    def test_line_ends_of_a_browser(self, client: TestClient) -> None:
        page = self.page(client, "SELECT *\r\n{\r\n}")
        assert "\r" not in page.find("textarea").text

    def test_a_form_may_be_posted(self, client: TestClient) -> None:
        answer = client.post("/sparql", data={"query": NOMS}, headers=NAVIGATEUR)
        assert (answer.status_code, media(answer)) == (200, "text/html")
        assert BeautifulSoup(answer.text, "html.parser").find("tbody")
