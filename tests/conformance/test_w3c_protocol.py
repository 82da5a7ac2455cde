"""The W3C suites, through the endpoint's own code, where ``../shared/w3c`` holds them.

The query part of the SPARQL 1.1 Protocol, on a store preloaded with the suite's three graphs: a
read-only endpoint is asked for nothing more.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pyoxigraph as ox
import pytest
import uvicorn
from fastapi import FastAPI, Request, Response
from starlette.middleware.base import RequestResponseEndpoint

from api.echange import EchangeMiddleware
from api.errors import install_errors
from api.partage import Partage
from api.routes import sparql
from graph.sparql import PoolSparql

W3C = Path(__file__).resolve().parents[3] / "shared" / "w3c"
pytestmark = pytest.mark.skipif(not W3C.is_dir(), reason="the W3C suites (../shared/w3c) are not here")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONWARNINGS": "ignore"}
    return subprocess.run(
        [sys.executable, str(W3C / "run_protocol.py"), *words],
        capture_output=True,
        text=True,
        env=environment,
    )


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[str]:
    dump = tmp_path / "donnees.trig"
    run("http://127.0.0.1:9/", "--no-update", "--load", "none", "--dump-data", str(dump))
    store = ox.Store(str(tmp_path / "store"))
    store.bulk_load(path=str(dump), format=ox.RdfFormat.TRIG)
    store.flush()
    del store
    app = FastAPI()
    install_errors(app)
    app.state.partage = Partage(2, part=3600)
    with PoolSparql(tmp_path / "store", union=False) as pool:

        @app.middleware("http")
        async def lend(request: Request, call_next: RequestResponseEndpoint) -> Response:
            manifeste = SimpleNamespace(base_iri="https://w3id.org/maillage/", sources=(), comptes={})
            request.state.edition = SimpleNamespace(id="w3c", sparql=pool, manifeste=manifeste)
            return await call_next(request)

        app.include_router(sparql.router)
        app.add_middleware(EchangeMiddleware)
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}/sparql"
        server.should_exit = True
        thread.join()


def test_the_query_part_of_the_protocol_passes_whole(endpoint: str) -> None:
    done = run(endpoint, "--no-update", "--load", "none", "-v")
    assert "20/20" in done.stdout, done.stdout[-3000:] + done.stderr
    assert "service-description: 3 pass" in done.stdout, done.stdout[-3000:]
