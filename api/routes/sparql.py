"""``/sparql``: the whole graph, read-only, by the SPARQL 1.1 protocol or by a page."""

import time
from functools import cache
from typing import Annotated, Any, Final

from anyio import to_thread
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from api.editions import EditionOuverte
from api.errors import STATUTS, problem_of
from api.negociation import choose_media
from api.routes.sparql_demande import DemandeSparql, read_demande
from graph.errors import MaillageError, OuvriersOccupesError, RequeteRefuseeError
from graph.messages import messages
from graph.sparql.formats import Format, medias_of
from graph.sparql.limites import RequeteLue, check_requete
from graph.sparql.pool import PoolSparql, ResultatSparql
from graph.sparql.questions import Question, load_questions
from graph.sparql.tableau import format_of_tableau, read_tableau
from visualisations.sparql import SaisieSparql, page_sparql

router = APIRouter(tags=["sparql"])

DELAI: Final = "X-Maillage-Delai-SPARQL"
TRONQUE: Final = "X-Maillage-Tronque"
HTML: Final = "text/html"
LIGNES_PAGE: Final = 500
"""Rows shown by the page; downloads hold them all."""
ENSEMBLE_MAX: Final = 16
"""Queries waiting or running in this process at the same time; more are told to come back."""


class _Places:
    """Counts the queries under way, so that a crowd cannot take every thread of the server."""

    def __init__(self) -> None:
        self.prises = 0

    async def run(self, pool: PoolSparql, lue: RequeteLue, **options: Any) -> ResultatSparql:  # noqa: ANN401
        """Run a query in a thread.

        Raises:
            OuvriersOccupesError: too many are waiting already.
        """
        if self.prises >= ENSEMBLE_MAX:
            raise OuvriersOccupesError(messages("sparql.occupes"))
        self.prises += 1
        try:
            return await to_thread.run_sync(lambda: pool.executer(lue, **options))
        finally:
            self.prises -= 1


_places: Final = _Places()


@cache
def _questions() -> tuple[Question, ...]:
    return load_questions()


_REPONSES: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "La réponse, dans le format demandé.",
        "content": {media: {} for forme in (None,) for media in medias_of(forme)},
    },
    400: {"description": "Requête refusée : syntaxe, mise à jour, SERVICE, trop longue ou trop imbriquée."},
    406: {"description": "Aucun format accepté par le client n’est proposé."},
    503: {"description": "Requête arrêtée au délai, ou toutes les places prises (Retry-After)."},
}
