"""``/sparql`` and HTTP: what is kept, what is compressed, what is cut, what it says of itself."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from graph.sparql import PoolSparql
from graph.sparql.service import SD
from tests.api.sparql_client import DECRIT, NAVIGATEUR, NOMS, make_client, media
from tests.graph.sparql_essai import EX, NOMBRE, make_store

TOUT = f"SELECT ?s ?o {{ ?s <{EX}nombre> ?o }}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("sparql") / "store")


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    with PoolSparql(store, delai=20) as pool, make_client(pool) as client:
        yield client


class TestWhatIsHeld:
    def test_a_held_answer_is_not_worked_out_again(self, store: Path) -> None:
        pool = PoolSparql(store, taille=1)
        with make_client(pool) as client:
            tags = {
                nom: client.get("/sparql", params={"query": NOMS, **more}).headers["etag"]
                for nom, more in (
                    ("json", {}),
                    ("csv", {"format": "csv"}),
                    ("g1", {"default-graph-uri": f"{EX}g1"}),
                    ("named", {"named-graph-uri": f"{EX}g1"}),
                )
            }
            assert len(set(tags.values())) == 4
            pool.close()  # nobody is left to run anything
            for methode in ("GET", "HEAD"):
                held = client.request(
                    methode, "/sparql", params={"query": NOMS}, headers={"if-none-match": tags["json"]}
                )
                assert (held.status_code, held.content) == (304, b"")
                assert held.headers["etag"] == tags["json"]
                assert held.headers["cache-control"] == "public, no-cache"
            other = client.get("/sparql", params={"query": NOMS}, headers={"if-none-match": tags["csv"]})
            assert other.status_code == 503

    def test_what_changes_by_itself_is_not_kept(self, client: TestClient) -> None:
        for requete in ("SELECT (NOW() AS ?x) {}", "SELECT (rand() AS ?x) {}", "SELECT (STRUUID() AS ?x) {}"):
            answer = client.get("/sparql", params={"query": requete})
            assert answer.status_code == 200
            assert "etag" not in answer.headers
            assert answer.headers["cache-control"] == "no-store"
        word = client.get("/sparql", params={"query": 'SELECT ("NOW()" AS ?rand) {}'})
        assert word.headers["etag"]

    def test_neither_a_refusal_nor_a_body_is_kept(self, client: TestClient) -> None:
        assert client.get("/sparql", params={"query": "SELEC"}).headers["cache-control"] == "no-store"
        posted = client.post("/sparql", data={"query": NOMS}, headers={"if-none-match": "*"})
        assert posted.status_code == 200
        assert "etag" not in posted.headers

    def test_long_answers_are_compressed(self, client: TestClient) -> None:
        plain = client.get("/sparql", params={"query": TOUT}, headers={"accept-encoding": ""})
        small = client.get("/sparql", params={"query": TOUT}, headers={"accept-encoding": "gzip"})
        assert small.headers["content-encoding"] == "gzip"
        assert small.num_bytes_downloaded < len(plain.content) / 5
        assert small.content == plain.content
        assert set(small.headers["vary"].split(", ")) == {"Accept", "Accept-Encoding"}


class TestMethods:
    def test_head(self, client: TestClient) -> None:
        head = client.head("/sparql", params={"query": NOMS})
        assert (head.status_code, head.content) == (200, b"")
        assert media(head) == "application/sparql-results+json"
        assert client.head("/sparql", params={"query": "SELEC"}).status_code == 400

    def test_options_and_scripts_of_other_sites(self, client: TestClient) -> None:
        assert client.options("/sparql").headers["allow"] == "GET, HEAD, OPTIONS, POST"
        origin = {"origin": "https://ailleurs.example"}
        asked = client.options("/sparql", headers=origin | {"access-control-request-method": "POST"})
        assert asked.status_code == 204
        assert asked.headers["access-control-allow-origin"] == "*"
        for requete in (NOMS, "SELEC"):
            answer = client.get("/sparql", params={"query": requete}, headers=origin)
            assert answer.headers["access-control-allow-origin"] == "*"
            assert "access-control-allow-credentials" not in answer.headers

    def test_nothing_that_suits_says_what_would(self, client: TestClient) -> None:
        answer = client.get("/sparql", params={"query": NOMS}, headers={"accept": "image/png"})
        assert answer.status_code == 406
        assert "text/csv" in answer.json()["formats"]
        answer = client.get("/sparql", params={"query": DECRIT}, headers={"accept": "text/csv"})
        assert {"application/trig", "application/n-quads"} < set(answer.json()["formats"])


class TestGraphs:
    @pytest.mark.parametrize(
        ("format_", "type_media", "natif"),
        [
            ("trig", "application/trig", ox.RdfFormat.TRIG),
            ("nq", "application/n-quads", ox.RdfFormat.N_QUADS),
        ],
    )
    def test_formats_of_datasets(
        self, client: TestClient, format_: str, type_media: str, natif: ox.RdfFormat
    ) -> None:
        named = client.get("/sparql", params={"query": DECRIT, "format": format_})
        asked = client.get("/sparql", params={"query": DECRIT}, headers={"accept": type_media})
        assert media(named) == media(asked) == type_media
        assert len(set(ox.parse(named.content, natif))) == 5

    def test_graphs_of_the_protocol_come_before_those_of_the_query(self, store: Path) -> None:
        requete = f"SELECT (COUNT(*) AS ?n) FROM <{EX}g2> {{ ?s skos:prefLabel ?o }}"

        def count(**params: str) -> str:
            answer = client.get("/sparql", params={"query": requete} | params)
            return str(answer.json()["results"]["bindings"][0]["n"]["value"])

        with PoolSparql(store, taille=1, union=False) as pool, make_client(pool) as client:
            assert count() == "4"
            assert count(**{"default-graph-uri": f"{EX}g1"}) == "2"
            assert count(**{"named-graph-uri": f"{EX}g1"}) == "0"


class TestCuts:
    def test_a_cut_answer_leads_to_the_rest(self, store: Path) -> None:
        with PoolSparql(store, taille=1, lignes_max=1200) as pool, make_client(pool) as client:
            found: list[str] = []
            adresse = f"/sparql?{'&'.join(('format=csv', 'query=' + TOUT.replace(' ', '+') + '%23fin'))}"
            pages = 0
            while adresse:
                answer = client.get(adresse)
                assert answer.headers["x-maillage-limites-sparql"].startswith("lignes=1200, octets=")
                found += answer.text.splitlines()[1:]
                suite = answer.links.get("next", {}).get("url", "")
                assert bool(suite) is ("x-maillage-tronque" in answer.headers)
                adresse, pages = suite, pages + 1
            assert pages == 3
            assert len(found) == len(set(found)) == NOMBRE

    @pytest.mark.parametrize(
        "requete",
        [
            f"{TOUT} LIMIT 2000",
            f"{TOUT} LIMIT 2000 OFFSET 5",
            f"{TOUT} VALUES ?o {{ {' '.join(map(str, range(1300)))} }}",
            "CONSTRUCT WHERE { ?s ?p ?o }",
        ],
    )
    def test_no_way_to_the_rest_is_no_link(self, store: Path, requete: str) -> None:
        with PoolSparql(store, taille=1, lignes_max=1200) as pool, make_client(pool) as client:
            answer = client.get("/sparql", params={"query": requete})
            assert answer.headers["x-maillage-tronque"] == "lignes=1200"
            assert "link" not in answer.headers


class TestService:
    @pytest.mark.parametrize(
        ("accept", "natif"),
        [
            ("*/*", ox.RdfFormat.TURTLE),
            ("text/turtle", ox.RdfFormat.TURTLE),
            ("application/rdf+xml", ox.RdfFormat.RDF_XML),
            ("application/n-triples", ox.RdfFormat.N_TRIPLES),
            ("application/ld+json", ox.RdfFormat.JSON_LD),
            ("application/trig", ox.RdfFormat.TRIG),
            ("application/n-quads", ox.RdfFormat.N_QUADS),
        ],
    )
    def test_it_says_what_it_is(self, client: TestClient, accept: str, natif: ox.RdfFormat) -> None:
        answer = client.get("/sparql", headers={"accept": accept})
        assert answer.status_code == 200
        said = {
            (q.subject, q.predicate.value.removeprefix(SD), q.object) for q in ox.parse(answer.content, natif)
        }
        assert {o.value for _, p, o in said if p == "endpoint"} == {"http://testserver/sparql"}
        assert len({o for _, p, o in said if p == "resultFormat"}) == 10
        assert {o.value for _, p, o in said if p == "name"} == {
            f"{EX}g1",
            "https://w3id.org/maillage/edition/essai",
        }
        held = client.get("/sparql", headers={"accept": accept, "if-none-match": answer.headers["etag"]})
        assert held.status_code == 304

    def test_people_get_the_page(self, client: TestClient) -> None:
        assert media(client.get("/sparql", headers=NAVIGATEUR)) == "text/html"
        assert media(client.get("/sparql?format=ttl", headers=NAVIGATEUR)) == "text/turtle"
        assert client.get("/sparql", headers={"accept": "text/csv"}).status_code == 406
