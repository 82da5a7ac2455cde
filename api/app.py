"""The application: made on demand from settings, nothing at import."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from api.compression import CompressionMiddleware
from api.echange import EchangeMiddleware
from api.editions import EditionsServies
from api.errors import install_errors
from api.integration import IntegrationMiddleware, read_origins
from api.langue import LangueMiddleware
from api.mesures import Mesures
from api.middleware import RequestMiddleware
from api.partage import Partage
from api.routes import (
    accompagnements,
    carte,
    couverture,
    decouverte,
    donnees,
    dumps,
    export,
    matrice,
    ontologie,
    orientation,
    page_orientation,
    pages,
    questions,
    reseau,
    ressources,
    roles,
    sante,
    sparql,
    statique,
    territoires,
)
from api.settings import Settings


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the application of one instance; its edition is opened when it starts.

    Raises:
        EditionError: (at start) no edition is built, or it cannot be read.
    """
    settings = settings or Settings()
    editions = EditionsServies(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        editions.start()
        try:
            yield
        finally:
            editions.stop()

    app = FastAPI(
        title="Maillage",
        summary="Qui accompagne les associations, où, à quel stade, pour quel besoin.",
        version="1",
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        openapi_tags=[
            {"name": "orientation", "description": "Vers qui se tourner, et pourquoi."},
            {"name": "données", "description": "Territoires, vocabulaires, acteurs, réseau."},
            {"name": "questions", "description": "Questions prêtes, chacune avec ses paramètres."},
            {"name": "sparql", "description": "Le graphe entier, en lecture."},
        ],
    )
    app.state.partage = Partage(settings.ouvriers_sparql, settings.part_sparql)
    app.add_middleware(EchangeMiddleware)
    app.add_middleware(CompressionMiddleware)
    app.state.mesures = Mesures()
    app.add_middleware(RequestMiddleware, editions=editions, mesures=app.state.mesures)
    app.add_middleware(LangueMiddleware)  # the last added is met first: errors have a language too
    app.add_middleware(IntegrationMiddleware, origines=read_origins(settings.integration))
    install_errors(app)
    app.include_router(sante.router, tags=["données"])
    app.include_router(orientation.router)
    app.include_router(donnees.router)
    app.include_router(reseau.donnees)
    app.include_router(territoires.router)
    app.include_router(accompagnements.router)
    app.include_router(carte.router)
    app.include_router(sparql.router)
    app.include_router(questions.router)
    app.include_router(roles.router)
    app.include_router(matrice.router)
    app.include_router(couverture.router)
    app.include_router(page_orientation.router, include_in_schema=False)
    app.include_router(pages.router, include_in_schema=False)
    app.include_router(reseau.pages, include_in_schema=False)
    app.include_router(export.router, include_in_schema=False)
    app.include_router(decouverte.router, include_in_schema=False)
    app.include_router(dumps.router, include_in_schema=False)
    app.include_router(ontologie.router, include_in_schema=False)
    app.include_router(ressources.router, include_in_schema=False)
    app.include_router(statique.router, include_in_schema=False)
    return app
