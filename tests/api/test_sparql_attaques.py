"""``/sparql`` on a real server, attacked: after each attack the next good query is answered at once."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote, urlsplit

import pytest

from api.routes import sparql_demande
from graph.sparql import PoolSparql
from graph.sparql.questions import load_questions
from tests.api.sparql_client import NOMS, make_app
from tests.conformance.serveur import serving
from tests.graph.sparql_essai import EX, GRAND_TRI, PRODUIT, make_store

BORNE = 2.0
"""Seconds in which a good query is answered, whatever happens beside it."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("sparql") / "store")


@pytest.fixture
def pool(store: Path) -> Iterator[PoolSparql]:
    with PoolSparql(store, taille=2, delai=20) as pool:
        yield pool


@pytest.fixture
def site(pool: PoolSparql) -> Iterator[str]:
    with serving(make_app(pool)) as site:
        assert ask(site, NOMS)[0] == 200
        yield site


def ask(site: str, requete: str, source: str = "127.0.0.1") -> tuple[int, bytes]:
    """Ask from an address of the loopback: each counts as another client."""
    lien = http.client.HTTPConnection(urlsplit(site).netloc, timeout=60, source_address=(source, 0))
    try:
        lien.request("GET", f"/sparql?query={quote(requete)}")
        answer = lien.getresponse()
        return answer.status, answer.read()
    finally:
        lien.close()


def good(site: str) -> None:
    begun = time.perf_counter()
    statut, corps = ask(site, NOMS, "127.0.0.9")
    assert statut == 200
    assert len(json.loads(corps)["results"]["bindings"]) == 6
    assert time.perf_counter() - begun < BORNE


def dial(site: str, texte: bytes) -> socket.socket:
    adresse = urlsplit(site)
    lien = socket.create_connection((str(adresse.hostname), int(adresse.port or 0)), timeout=30)
    lien.sendall(texte)
    return lien


def wait_until(true: Callable[[], bool], secondes: float = 5.0) -> None:
    deadline = time.monotonic() + secondes
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


class TestSlowClients:
    def test_headers_that_never_end(self, site: str) -> None:
        with ExitStack() as held:
            for _ in range(200):
                held.enter_context(dial(site, b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\nX-Lent: "))
            good(site)
        good(site)

    def test_a_body_that_never_ends(self, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sparql_demande, "DELAI_CORPS", 0.5)
        head = (
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 5000\r\n\r\nASK {"
        )
        with ExitStack() as held:
            slow = [held.enter_context(dial(site, head)) for _ in range(50)]
            good(site)
            assert {lien.recv(12) for lien in slow} == {b"HTTP/1.1 408"}
        good(site)

    def test_an_answer_that_is_never_read(self, site: str, pool: PoolSparql) -> None:
        adresse = f"GET /sparql?query={quote('SELECT * { ?s ?p ?o }')} HTTP/1.1\r\nHost: x\r\n\r\n"
        with ExitStack() as held:
            for _ in range(6):
                held.enter_context(dial(site, adresse.encode()))
            good(site)
            wait_until(lambda: not pool.etat()["occupes"])
        good(site)


class TestClientsThatLeave:
    def test_their_query_is_stopped(self, site: str, pool: PoolSparql) -> None:
        adresse = f"GET /sparql?query={quote(PRODUIT)} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
        lien = dial(site, adresse)
        wait_until(lambda: pool.etat()["occupes"] == 1)
        killed = pool.etat()["tues"]
        lien.close()
        wait_until(lambda: not pool.etat()["occupes"], 2.0)
        assert pool.etat()["tues"] == killed + 1
        good(site)

    def test_a_crowd_of_them(self, site: str, pool: PoolSparql) -> None:
        adresse = f"GET /sparql?query={quote(GRAND_TRI)} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
        for _ in range(3):
            crowd = [dial(site, adresse) for _ in range(8)]
            good(site)
            for lien in crowd:
                lien.close()
        wait_until(lambda: not pool.etat()["occupes"])
        good(site)

    def test_in_the_middle_of_a_body(self, site: str) -> None:
        head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        for _ in range(20):
            dial(site, head + b"Content-Length: 5000\r\n\r\nASK {").close()
        good(site)


class TestFloods:
    @pytest.mark.parametrize(
        "requete",
        [
            PRODUIT,
            GRAND_TRI,
            f"ASK {'{' * 4000}",
            f"SELECT * {{ ?a ({'!' * 3000}1) ?b }}",
            f"SELECT (COUNT(*) AS ?n) {{ ?s (<{EX}nombre>|!<a:b>)* ?o . ?a (!<a:b>|^<a:b>)* ?b . ?c ?d ?e }}",
            "SELECT * { ?a ?b ?c FILTER regex(str(?a), '(a+)+$') ?d ?e ?f . ?g ?h ?i FILTER (?a > ?z) }",
            "SELECT (STRLEN(?s34) AS ?n) { BIND('x' AS ?s0) "
            + " ".join(f"BIND(CONCAT(?s{i},?s{i}) AS ?s{i + 1})" for i in range(34))
            + " }",
            "INSERT DATA { <a:b> <a:b> <a:b> }",
            "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            "\x00\ud7ff}{",
        ],
        ids=lambda requete: requete[:24].replace("\x00", "0"),
    )
    def test_the_next_good_query_is_answered_at_once(self, store: Path, requete: str) -> None:
        with (
            PoolSparql(store, taille=2, delai=2, memoire_octets=10**9) as pool,
            serving(make_app(pool)) as site,
            ThreadPoolExecutor(12) as flood,
        ):
            assert ask(site, NOMS)[0] == 200
            waves = [flood.submit(ask, site, requete, "127.0.0.2") for _ in range(24)]
            time.sleep(0.1)
            for _ in range(5):
                good(site)
            assert {wave.result()[0] for wave in waves} <= {400, 429, 503}
            good(site)

    def test_a_second_reader_hardly_notices(self, store: Path) -> None:
        def p95(site: str) -> float:
            taken = []
            for i in range(100):
                begun = time.perf_counter()
                statut, _ = ask(site, f"SELECT ?s {{ ?s <{EX}nombre> ?n FILTER(?n > {i}) }}", "127.0.0.3")
                assert statut == 200
                taken.append(time.perf_counter() - begun)
            return quantiles(taken, n=20)[18]

        stop = threading.Event()

        def flood(site: str) -> None:
            while not stop.is_set():
                ask(site, PRODUIT, "127.0.0.2")

        with PoolSparql(store, taille=2, delai=2) as pool, serving(make_app(pool, part=30)) as site:
            quiet = p95(site)
            with ThreadPoolExecutor(4) as attackers:
                for _ in range(4):
                    attackers.submit(flood, site)
                time.sleep(0.2)
                try:
                    noisy = p95(site)
                finally:
                    stop.set()
        assert noisy < max(3 * quiet, 0.25), (quiet, noisy)

    def test_who_asks_too_much_is_told_when_to_come_back(self, store: Path) -> None:
        with PoolSparql(store, taille=2, delai=1) as pool, serving(make_app(pool, part=1.5)) as site:
            statuts = [ask(site, PRODUIT, "127.0.0.2")[0] for _ in range(3)]
            assert statuts == [503, 503, 429]
            lien = http.client.HTTPConnection(urlsplit(site).netloc, source_address=("127.0.0.2", 0))
            lien.request("GET", f"/sparql?query={quote(NOMS)}")
            answer = lien.getresponse()
            assert answer.status == 429
            assert int(answer.headers["retry-after"]) >= 1
            assert json.loads(answer.read())["status"] == 429
            lien.close()
            good(site)


def test_a_stopped_query_says_what_to_change(store: Path) -> None:
    with PoolSparql(store, taille=1, delai=0.5) as pool, serving(make_app(pool)) as site:
        statut, corps = ask(site, PRODUIT)
        said = json.loads(corps)
        assert statut == said["status"] == 503
        assert said["arretee"] is True
        assert "LIMIT" in said["conseil"]


def test_the_innocent_are_answered(site: str) -> None:
    innocent = [
        'SELECT ("SERVICE <http://x/> {}" AS ?x) {}',
        "SELECT * { ?s ?p <http://x/SERVICE> } # SERVICE <http://x/> { }",
        "SELECT ?service { ?service ?p ?o } LIMIT 1",
        f"SELECT * {{ {' UNION '.join(f'{{ ?s <a:{i}> ?o }}' for i in range(100))} }}",
        f"ASK {'{' * 20}{'}' * 20}",
        f"SELECT * {{ VALUES ?x {{ {' '.join(str(i) for i in range(500))} }} }}",
        *(question.requete for question in load_questions()),
    ]
    for requete in innocent:
        assert ask(site, requete)[0] == 200, requete
