"""A small application around ``/sparql``, for its tests."""

from types import SimpleNamespace

from fastapi import FastAPI, Request, Response
from fastapi.testclient import TestClient

from api.errors import install_errors
from api.routes.sparql import router
from graph.sparql import PoolSparql
from ontology.namespaces import MAILLAGE

NAVIGATEUR = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
NOMS = "SELECT ?nom { ?s skos:prefLabel ?nom } ORDER BY ?nom"
DECRIT = "DESCRIBE acteur:s3a"


def make_client(pool: PoolSparql) -> TestClient:
    app = FastAPI()
    install_errors(app)
    app.include_router(router)
    edition = SimpleNamespace(id="essai", sparql=pool, manifeste=SimpleNamespace(base_iri=MAILLAGE))

    @app.middleware("http")
    async def lend(request: Request, call_next) -> Response:
        request.state.edition = edition
        return await call_next(request)

    return TestClient(app, raise_server_exceptions=False)


def media(answer: object) -> str:
    return str(answer.headers["content-type"]).split(";")[0]  # type: ignore[attr-defined]
