"""The application: made on demand from settings, nothing at import."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Final

from fastapi import APIRouter, Depends, FastAPI

from api.compression import CompressionMiddleware
from api.dependances import refuse_unknown
from api.description import Application
from api.echange import EchangeMiddleware
from api.editions import EditionsServies
from api.errors import install_errors
from api.integration import IntegrationMiddleware, read_origins
from api.langue import LangueMiddleware
from api.mesures import Mesures
from api.middleware import RequestMiddleware
from api.partage import Partage
from api.publique import AdresseMiddleware, read_public_address
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

DONNEES: Final[tuple[APIRouter, ...]] = (
    sparql.router,  # first: routes are tried in order, and this one is what programs ask most
    sante.router,
    orientation.router,
    donnees.router,
    reseau.donnees,
    territoires.router,
    accompagnements.router,
    carte.router,
    roles.router,
    matrice.router,
    couverture.router,
    export.router,
    questions.router,
    ressources.router,
    ontologie.router,
    decouverte.router,
    dumps.router,
)
"""What the description of the API tells, in its order."""
PAGES: Final[tuple[APIRouter, ...]] = (page_orientation.router, pages.router, reseau.pages, statique.router)


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the application of one instance; its edition is opened when it starts.

    Raises:
        EditionError: (at start) no edition is built, or it cannot be read.
    """
    settings = settings or Settings()
    editions = EditionsServies(settings)
    app = Application(_open(editions), read_public_address(settings.url_publique))
    app.state.partage = Partage(settings.ouvriers_sparql, settings.part_sparql)
    app.state.mesures = Mesures()
    _install_middleware(app, editions, settings)
    install_errors(app)
    for router in DONNEES:
        app.include_router(router, dependencies=[Depends(refuse_unknown)])
    for router in PAGES:
        app.include_router(router, include_in_schema=False)
    return app


def _open(editions: EditionsServies) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        editions.start()
        try:
            yield
        finally:
            editions.stop()

    return lifespan


def _install_middleware(app: Application, editions: EditionsServies, settings: Settings) -> None:
    """Wrap the routes, from the inside out: the last added is met first."""
    app.add_middleware(EchangeMiddleware)
    app.add_middleware(RequestMiddleware, editions=editions, mesures=app.state.mesures)
    app.add_middleware(LangueMiddleware)  # errors have a language too
    app.add_middleware(IntegrationMiddleware, origines=read_origins(settings.integration))
    app.add_middleware(AdresseMiddleware, adresse=app.adresse)  # the others see the top of a site
    app.add_middleware(CompressionMiddleware)
