"""``/cartographie/matrice``: who does what in a place, as a page, as data, as a spreadsheet."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, JSONResponse, Response

from api.dependances import EditionCourante
from graph.coverage.serialisation_matrice import matrice_to_dict
from graph.dates import aujourd_hui
from graph.errors import DemandeInvalideError
from graph.messages import messages
from visualisations.pages.matrice import CriteresMatrice, draw, page_matrice, read_criteres
from visualisations.pages.matrice_tableur import write_matrix_csv

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
    response_model=None,
)
def read_data(
    edition: EditionCourante,
    criteres: Criteres,
    format: Annotated[str, Query(max_length=10, description="json ou csv.")] = "json",
) -> Response:
    """Answer the whole table, with its evidence."""
    matrice = draw(edition.catalogue, criteres, aujourd_hui())
    if format == "csv":
        return answer_csv(write_matrix_csv(edition.catalogue, matrice), "maillage-qui-fait-quoi")
    if format != "json":
        raise DemandeInvalideError("format", messages("couverture.format-inconnu"))
    return JSONResponse(matrice_to_dict(edition.catalogue, matrice))


def answer_csv(texte: str, nom: str) -> Response:
    """Answer a spreadsheet to keep."""
    return Response(
        texte,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{nom}.csv"'},
    )
