"""``/cartographie/matrice``: who does what in a place, as a page and as data."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse

from api.dependances import EditionCourante
from api.description import say
from graph.coverage.serialisation_matrice import matrice_to_dict
from graph.dates import aujourd_hui
from visualisations.pages.matrice import CriteresMatrice, draw, page_matrice, read_criteres

router = APIRouter()

Lieu = Annotated[str, Query(max_length=60, description="departement:29, epci:…, region:53, national…")]
Code = Annotated[str, Query(max_length=80, description="Code du vocabulaire.")]


def _read(
    edition: EditionCourante,
    territoire: Lieu = "",
    fonction: Code = "",
    stade: Code = "",
    besoin: Code = "",
    secteur: Code = "",
    niveau: Annotated[str, Query(max_length=20, description="tous ou proche.")] = "",
    page: Annotated[str, Query(max_length=10, description="Page du tableau, à l’écran.")] = "",
) -> CriteresMatrice:
    return read_criteres(edition.catalogue, territoire, fonction, stade, besoin, secteur, niveau, page)


Criteres = Annotated[CriteresMatrice, Depends(_read)]


@router.get("/cartographie/matrice", response_class=HTMLResponse, include_in_schema=False)
def read_page(edition: EditionCourante, criteres: Criteres) -> str:
    """Answer the page."""
    return page_matrice(edition.catalogue, criteres, aujourd_hui())


@router.get(
    "/api/cartographie/matrice",
    tags=["données"],
    summary="Qui fait quoi dans un territoire : acteurs, fonctions, stades",
    responses=say(404),
)
def read_data(edition: EditionCourante, criteres: Criteres) -> dict[str, Any]:
    """Le tableau entier, chaque case avec ce qui la prouve."""
    return matrice_to_dict(edition.catalogue, draw(edition.catalogue, criteres, aujourd_hui()))
