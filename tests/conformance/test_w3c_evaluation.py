"""The W3C query suites through the endpoint: each test's data in a store that a worker opens, union off.

What the engine is known not to do is listed, with why; the test fails when the list is no longer true.
"""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from fastapi import FastAPI, Request, Response
from starlette.middleware.base import RequestResponseEndpoint

from graph.sparql import PoolSparql
from tests.api.sparql_client import make_app
from tests.conformance.serveur import here, results_of, serving

pytestmark = here
ATTENDUS = Path(__file__).with_name("echecs_attendus.txt")
QUERIES, UPDATES = 235, 55
"""Tests of the suite: evaluation of queries; syntax of updates (a read-only endpoint refuses them all)."""


class Jeu:
    """The data of one test: written when it is first asked, and opened by a pool of its own."""

    def __init__(self, racine: Path) -> None:
        self._racine = racine
        self._numero = 0
        self._pool: PoolSparql | None = None
        self.quads: list[ox.Quad] = []
        self.graphes: list[ox.NamedNode] = []

    def reset(self) -> None:
        if self._pool is not None and (self.quads or self.graphes):
            self._pool.close()
            self._pool = None
        self.quads, self.graphes = [], []

    def load(self, corps: bytes, graphe: str | None) -> None:
        self.close()
        where = ox.NamedNode(graphe) if graphe else ox.DefaultGraph()
        if graphe:
            self.graphes.append(ox.NamedNode(graphe))
        for quad in ox.parse(corps, ox.RdfFormat.N_TRIPLES, rename_blank_nodes=True):
            self.quads.append(ox.Quad(quad.subject, quad.predicate, quad.object, where))

    def open(self) -> PoolSparql:
        if self._pool is None:
            self._numero += 1
            folder = self._racine / str(self._numero)
            store = ox.Store(str(folder))
            for graphe in self.graphes:
                store.add_graph(graphe)
            store.extend(self.quads)
            store.flush()
            del store
            self._pool = PoolSparql(folder, taille=1, union=False, prefixes={})
        return self._pool

    def close(self) -> None:
        if self._pool is not None:
            self._pool.close()
            self._pool = None


def make_suite_app(jeu: Jeu, vide: PoolSparql) -> FastAPI:
    app = make_app(vide)

    @app.post("/reset")
    def reset() -> Response:
        jeu.reset()
        return Response(status_code=204)

    @app.post("/gsp")
    async def load(request: Request) -> Response:
        jeu.load(await request.body(), request.query_params.get("graph"))
        return Response(status_code=204)

    @app.middleware("http")
    async def lend_pool(request: Request, call_next: RequestResponseEndpoint) -> Response:
        has_data = bool(jeu.quads or jeu.graphes)
        app.state.edition.sparql = jeu.open() if request.url.path == "/sparql" and has_data else vide
        return await call_next(request)

    return app


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[tuple[str, str, str, str | None]]]:
    racine = tmp_path_factory.mktemp("w3c")
    jeu = Jeu(racine)
    ox.Store(str(racine / "vide")).flush()
    with (
        PoolSparql(racine / "vide", taille=1, union=False, prefixes={}) as vide,
        serving(make_suite_app(jeu, vide)) as site,
    ):
        words = ("--endpoint", f"{site}/sparql", "--gsp", f"{site}/gsp", "--reset-url", f"{site}/reset")
        yield results_of(
            "run_query_eval.py", racine / "resultats.json", "--adapter", "http", "--syntax", *words
        )
        jeu.close()


def test_only_what_is_known_fails(results: list[tuple[str, str, str, str | None]]) -> None:
    evaluated = [(d, nom, why) for kind, d, nom, why in results if not d.startswith("syntax-update")]
    assert len([kind for kind, *_ in results if kind == "query"]) == QUERIES
    failed = {f"{d}/{nom}": why for d, nom, why in evaluated if why}
    lines = ATTENDUS.read_text().splitlines()
    expected = {line.split()[0] for line in lines if line and not line.startswith("#")}
    assert set(failed) == expected, {nom: failed.get(nom) for nom in set(failed) ^ expected}


def test_every_update_is_refused(results: list[tuple[str, str, str, str | None]]) -> None:
    updates = [(nom, why) for _, d, nom, why in results if d.startswith("syntax-update")]
    assert len(updates) == UPDATES
    refused = [why for _, why in updates if why and "HTTP 400" in why and "lecture seule" in why]
    assert len(refused) == 42, "a positive test says that the update was refused, a negative one nothing"
    assert not [nom for nom, why in updates if why == "accepted"]
