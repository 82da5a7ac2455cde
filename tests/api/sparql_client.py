"""A small application around ``/sparql``, for its tests."""

from types import SimpleNamespace

from fastapi import FastAPI, Request, Response
from fastapi.testclient import TestClient

from api.compression import CompressionMiddleware
from api.echange import EchangeMiddleware
from api.errors import install_errors
from api.partage import Partage
from api.routes import questions
from api.routes.sparql import router
from graph.edition.manifeste import SourceManifeste
from graph.sparql import PoolSparql
from ontology.namespaces import MAILLAGE
from tests.graph.sparql_essai import EX

NAVIGATEUR = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
NOMS = "SELECT ?nom { ?s skos:prefLabel ?nom } ORDER BY ?nom"
DECRIT = "DESCRIBE acteur:s3a"


def make_app(pool: PoolSparql, part: float = 3600) -> FastAPI:
    app = FastAPI()
    app.state.partage = Partage(pool.taille, part)
    install_errors(app)
    app.include_router(router)
    app.include_router(questions.router)
    manifeste = SimpleNamespace(
        base_iri=MAILLAGE, sources=(SourceManifeste(f"{EX}g1", "Un", "", 5),), comptes={"énoncés dérivés": 7}
    )
    app.state.edition = SimpleNamespace(id="essai", sparql=pool, manifeste=manifeste)

    @app.middleware("http")
    async def lend(request: Request, call_next) -> Response:
        request.state.edition = app.state.edition
        return await call_next(request)

    app.add_middleware(EchangeMiddleware)
    app.add_middleware(CompressionMiddleware)
    return app


def make_client(pool: PoolSparql, part: float = 3600) -> TestClient:
    return TestClient(make_app(pool, part), raise_server_exceptions=False)


def media(answer: object) -> str:
    return str(answer.headers["content-type"]).split(";")[0]  # type: ignore[attr-defined]
