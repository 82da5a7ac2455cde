"""``/couverture``: from how far each place is covered, as a page and as data."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, JSONResponse, Response

from api.dependances import EditionCourante
from api.description import say
from api.routes.matrice import Code, Lieu
from graph.coverage.serialisation_releve import releve_to_dict
from graph.dates import aujourd_hui
from visualisations.pages.couverture import CriteresCouverture, look, page_couverture, read_criteres

router = APIRouter()


def _read(
    edition: EditionCourante,
    territoire: Lieu = "",
    grain: Annotated[str, Query(max_length=20, description="departement, epci ou commune.")] = "",
    colonnes: Annotated[str, Query(max_length=20, description="fonction, stade ou besoin.")] = "",
    fonction: Code = "",
    stade: Code = "",
    besoin: Code = "",
    secteur: Code = "",
    voir: Annotated[str, Query(max_length=20, description="tout ou trous.")] = "",
    page: Annotated[str, Query(max_length=10, description="Page du tableau, à l’écran.")] = "",
) -> CriteresCouverture:
    return read_criteres(
        edition.catalogue, territoire, grain, colonnes, fonction, stade, besoin, secteur, voir, page
    )


Criteres = Annotated[CriteresCouverture, Depends(_read)]


@router.get("/couverture", response_class=HTMLResponse, include_in_schema=False)
def read_page(edition: EditionCourante, criteres: Criteres) -> str:
    """Answer the page."""
    return page_couverture(edition.catalogue, criteres, aujourd_hui())


@router.get(
    "/api/couverture",
    tags=["données"],
    summary="De quel niveau chaque territoire est couvert, sujet par sujet",
    responses=say(404),
)
def read_data(edition: EditionCourante, criteres: Criteres) -> Response:
    """Chaque ligne, chaque case avec ses parts et l’acteur connu le plus proche."""
    # Tens of thousands of cells: written at once, as nothing in them needs looking at.
    releve = look(edition.catalogue, criteres, aujourd_hui())
    return JSONResponse(releve_to_dict(edition.catalogue, releve))
