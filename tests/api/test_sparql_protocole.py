"""``/sparql`` as programs meet it, on a small application made for the test."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from graph.sparql import PoolSparql
from tests.api.sparql_client import DECRIT, NAVIGATEUR, NOMS, make_client, media
from tests.graph.sparql_essai import EX, HOSTILE, PRODUIT, make_store

JSON, XML, CSV, TSV = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("sparql") / "store")


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    with PoolSparql(store, delai=20) as pool, make_client(pool) as client:
        yield client


def problem(answer: object, statut: int) -> str:
    assert answer.status_code == statut  # type: ignore[attr-defined]
    assert media(answer) == "application/problem+json"
    document = answer.json()  # type: ignore[attr-defined]
    assert document["status"] == statut
    assert answer.headers["x-maillage-delai-sparql"] == "20"  # type: ignore[attr-defined]
    return str(document["detail"])


class TestProtocol:
    def test_three_ways_to_ask(self, client: TestClient) -> None:
        answers = [
            client.get("/sparql", params={"query": NOMS}),
            client.post("/sparql", data={"query": NOMS}),
            client.post("/sparql", content=NOMS, headers={"content-type": "application/sparql-query"}),
            client.post(
                "/sparql", content=NOMS, headers={"content-type": "application/sparql-query; charset=UTF-8"}
            ),
        ]
        assert {answer.status_code for answer in answers} == {200}
        assert {media(answer) for answer in answers} == {JSON}
        assert len({answer.content for answer in answers}) == 1
        assert len(answers[0].json()["results"]["bindings"]) == 6
        assert answers[0].headers["x-maillage-delai-sparql"] == "20"
        assert answers[0].headers["vary"].startswith("Accept,")
        assert "x-maillage-tronque" not in answers[0].headers

    def test_relative_iris_are_relative_to_the_address(self, client: TestClient) -> None:
        answer = client.get("/sparql", params={"query": "SELECT (<#ici> AS ?x) {}"})
        assert answer.json()["results"]["bindings"][0]["x"]["value"] == "http://testserver/sparql#ici"

    @pytest.mark.parametrize("texte", ["a+b c%20d %25 é😀", "l’eau & «x=y» # / ?", "100 %"])
    def test_a_text_comes_back_as_it_went(self, client: TestClient, texte: str) -> None:
        requete = f'SELECT ("{texte}" AS ?x) {{}}'
        for answer in (
            client.get("/sparql", params={"query": requete}),
            client.post("/sparql", data={"query": requete}),
            client.post(
                "/sparql", content=requete.encode(), headers={"content-type": "application/sparql-query"}
            ),
        ):
            assert answer.json()["results"]["bindings"] == [{"x": {"type": "literal", "value": texte}}]

    @pytest.mark.parametrize("post", [True, False])
    def test_graphs_given_by_the_protocol(self, client: TestClient, post: bool) -> None:
        compte = "SELECT (COUNT(*) AS ?n) { ?s skos:prefLabel ?o }"

        def count(requete: str = compte, **params: object) -> str:
            champs = {"query": requete, **{nom.replace("_", "-"): v for nom, v in params.items()}}
            answer = client.post("/sparql", data=champs) if post else client.get("/sparql", params=champs)
            return str(answer.json()["results"]["bindings"][0]["n"]["value"])

        assert count() == "6"
        assert count(default_graph_uri=f"{EX}g1") == "2"
        assert count(default_graph_uri=[f"{EX}g1", f"{EX}g2"]) == "6"
        named = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
        assert count(named) == "3"
        assert count(named, named_graph_uri=f"{EX}g1") == "1"

    def test_graphs_beside_a_query_sent_as_it_is(self, client: TestClient) -> None:
        answer = client.post(
            "/sparql",
            params={"default-graph-uri": f"{EX}g1"},
            content=NOMS,
            headers={"content-type": "application/sparql-query"},
        )
        assert len(answer.json()["results"]["bindings"]) == 2

    @pytest.mark.parametrize(
        ("adresse", "dit"),
        [
            ("/sparql?format=csv", "« query »"),
            ("/sparql?query=", "vide"),
            ("/sparql?query=ASK%7B%7D&query=ASK%7B%7D", "plusieurs fois"),
            ("/sparql?query=ASK%7B%7D&format=csv&format=json", "plusieurs fois"),
            ("/sparql?query=ASK%7B%7D&format=pdf", "n’existe pas"),
            ("/sparql?query=ASK%7B%7D&format=ttl", "ne convient pas"),
            ("/sparql?query=%FF%FE", "UTF-8"),
            ("/sparql?query=SELEC", "commence par"),
            ("/sparql?update=DROP+ALL", "lecture seule"),
            ("/sparql?query=DROP+ALL", "lecture seule"),
            ("/sparql?query=ASK%7B%7D&default-graph-uri=pas+une+iri", "IRI"),
            ("/sparql?" + "&".join(f"a{i}=1" for i in range(500)), "illisibles|lus"),
        ],
    )
    def test_refused_with_a_reason(self, client: TestClient, adresse: str, dit: str) -> None:
        detail = problem(client.get(adresse), 400).replace("\u00a0", " ")
        assert any(mot in detail for mot in dit.split("|"))

    @pytest.mark.parametrize(
        ("kind", "corps", "statut"),
        [
            ("application/sparql-update", b"DROP ALL", 400),
            ("application/x-www-form-urlencoded", b"update=DROP+ALL", 400),
            ("application/sparql-query", b"\xff\xfe", 400),
            ("application/sparql-query; charset=utf-16", "ASK {}".encode("utf-16"), 415),
            ("text/plain", b"ASK {}", 415),
            ("application/json", b"{}", 415),
            ("", b"ASK {}", 415),
            ("application/sparql-query", b" " * 70_000 + b"ASK {}", 413),
            ("application/x-www-form-urlencoded", b"query=ASK%7B%7D&x=" + b"a" * 70_000, 413),
            ("application/sparql-query", b"ASK {" + b"{" * 4000, 400),
        ],
    )
    def test_bodies_that_are_not_queries(
        self, client: TestClient, kind: str, corps: bytes, statut: int
    ) -> None:
        answer = client.post("/sparql", content=corps, headers={"content-type": kind} if kind else {})
        assert problem(answer, statut)

    def test_an_endless_body_is_not_kept(self, client: TestClient) -> None:
        sent = 0

        def stream() -> Iterator[bytes]:
            nonlocal sent
            for _ in range(100):
                sent += 1
                yield b" " * 10_000

        answer = client.post(
            "/sparql", content=stream(), headers={"content-type": "application/sparql-query"}
        )
        assert problem(answer, 413)

    def test_two_queries_in_one_request(self, client: TestClient) -> None:
        answer = client.post(
            "/sparql?query=ASK%7B%7D", content="ASK {}", headers={"content-type": "application/sparql-query"}
        )
        assert "plusieurs fois" in problem(answer, 400)

    def test_other_methods(self, client: TestClient) -> None:
        assert client.put("/sparql", content="x").status_code == 405
        assert client.delete("/sparql").status_code == 405


class TestNegotiation:
    @pytest.mark.parametrize(
        ("accept", "attendu"),
        [
            ("*/*", JSON),
            ("", JSON),
            (JSON, JSON),
            ("application/json", JSON),
            (XML, XML),
            ("application/xml", XML),
            ("text/csv", CSV),
            ("text/csv, */*;q=0.1", CSV),
            ("text/csv;q=0.2, text/tab-separated-values;q=0.9", TSV),
            ("text/turtle, text/csv;q=0.1", CSV),
            ("text/*", CSV),
            ("application/*;q=0.5, text/csv;q=0.4", JSON),
            (f"{JSON};q=0, */*;q=0.1", XML),
            ("*/*;q=0.1, application/sparql-results+xml;q=0", JSON),
            ("TEXT/CSV ; Q=1", CSV),
            ("text/csv;header=present", CSV),
            ("n'importe quoi, text/csv;q=deux, text/tab-separated-values", TSV),
            (f"text/html;q=0.5, {XML}", XML),
        ],
    )
    def test_select(self, client: TestClient, accept: str, attendu: str) -> None:
        answer = client.get("/sparql", params={"query": NOMS}, headers={"accept": accept})
        assert (answer.status_code, media(answer)) == (200, attendu)

    @pytest.mark.parametrize(
        ("accept", "attendu"),
        [
            ("*/*", "text/turtle"),
            ("application/rdf+xml", "application/rdf+xml"),
            ("application/n-triples, text/turtle;q=0.9", "application/n-triples"),
            ("application/ld+json", "application/ld+json"),
            ("application/json", "application/ld+json"),
            (f"{JSON}, text/turtle;q=0.1", "text/turtle"),
        ],
    )
    def test_describe(self, client: TestClient, accept: str, attendu: str) -> None:
        answer = client.get("/sparql", params={"query": DECRIT}, headers={"accept": accept})
        assert (answer.status_code, media(answer)) == (200, attendu)

    @pytest.mark.parametrize(
        ("requete", "accept"),
        [(NOMS, "text/turtle"), (DECRIT, "text/csv"), (NOMS, "image/png"), (NOMS, "*/*;q=0"), (NOMS, ",;")],
    )
    def test_nothing_that_suits(self, client: TestClient, requete: str, accept: str) -> None:
        answer = client.get("/sparql", params={"query": requete}, headers={"accept": accept})
        assert problem(answer, 406)

    @pytest.mark.parametrize(
        ("requete", "format_", "attendu"),
        [
            (NOMS, "json", JSON),
            (NOMS, "CSV", CSV),
            (NOMS, "tsv", TSV),
            (NOMS, "xml", XML),
            (DECRIT, "ttl", "text/turtle"),
            (DECRIT, "nt", "application/n-triples"),
            (DECRIT, "rdf", "application/rdf+xml"),
            (DECRIT, "jsonld", "application/ld+json"),
        ],
    )
    def test_a_format_in_the_address_wins(
        self, client: TestClient, requete: str, format_: str, attendu: str
    ) -> None:
        answer = client.get("/sparql", params={"query": requete, "format": format_}, headers=NAVIGATEUR)
        assert (answer.status_code, media(answer)) == (200, attendu)
        assert f"maillage.{format_.lower()}" in answer.headers["content-disposition"]

    @pytest.mark.parametrize(
        ("requete", "noms", "attendu"),
        [
            (NOMS, ["tsv", "text/tab-separated-values"], TSV),
            (NOMS, ["json", "JSON", "application/sparql-results+json"], JSON),
            (DECRIT, ["rdf+xml", "application/rdf+xml"], "application/rdf+xml"),
            (DECRIT, ["json-ld", "application/x-unknown, application/ld+json"], "application/ld+json"),
            (DECRIT, ["turtle", "n3"], "text/turtle"),
            (DECRIT, ["xml"], "application/rdf+xml"),
            (DECRIT, ["json"], "application/ld+json"),
        ],
    )
    def test_a_format_has_several_names(
        self, client: TestClient, requete: str, noms: list[str], attendu: str
    ) -> None:
        answer = client.get("/sparql", params={"query": requete, "format": noms})
        assert (answer.status_code, media(answer)) == (200, attendu)

    def test_text_says_its_encoding(self, client: TestClient) -> None:
        answer = client.get("/sparql", params={"query": NOMS, "format": "csv"})
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        noms = [row["nom"] for row in csv.DictReader(io.StringIO(answer.text, newline=""))]
        assert HOSTILE in noms
        assert 'ligne 1\nligne 2\t"fin" \\ , ; é' in noms


class TestBounds:
    def test_a_cut_answer_says_so(self, store: Path) -> None:
        with PoolSparql(store, taille=1, lignes_max=100) as pool, make_client(pool) as client:
            answer = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"})
            assert answer.headers["x-maillage-tronque"] == "lignes=100"
            assert len(json.loads(answer.content)["results"]["bindings"]) == 100

    def test_a_late_query(self, store: Path) -> None:
        with PoolSparql(store, taille=1, delai=1.5) as pool, make_client(pool) as client:
            answer = client.get("/sparql", params={"query": PRODUIT})
            assert (answer.status_code, media(answer)) == (503, "application/problem+json")
            assert "retry-after" not in answer.headers  # it would be killed again
            assert answer.headers["x-maillage-delai-sparql"] == "1.5"
            page = client.get("/sparql", params={"query": PRODUIT}, headers=NAVIGATEUR)
            assert (page.status_code, media(page)) == (503, "text/html")
            assert "retry-after" not in page.headers
            assert "1,5" in page.text
            assert client.get("/sparql", params={"query": NOMS}).status_code == 200

    def test_no_worker_left(self, store: Path) -> None:
        pool = PoolSparql(store, taille=1)
        pool.close()
        with make_client(pool) as client:
            answer = client.get("/sparql", params={"query": NOMS})
            assert answer.status_code == 503
            assert answer.headers["retry-after"]

    def test_a_store_that_is_gone(self, tmp_path: Path) -> None:
        with PoolSparql(tmp_path / "rien", taille=1) as pool, make_client(pool) as client:
            answer = client.get("/sparql", params={"query": NOMS})
            assert answer.status_code == 503
            assert str(tmp_path) not in answer.text


def test_the_description_of_the_api_holds_the_parameters(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert {p["name"] for p in document["paths"]["/sparql"]["get"]["parameters"]} == {
        "query",
        "format",
        "default-graph-uri",
        "named-graph-uri",
    }
    assert "application/sparql-query" in document["paths"]["/sparql"]["post"]["requestBody"]["content"]
