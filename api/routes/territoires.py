"""``/territoires``: the page of every territory, the search among them, and the same as data."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.dependances import EditionCourante
from api.description import say
from graph.catalogue import Catalogue
from graph.catalogue.modele import Territoire
from graph.catalogue.territoires import reference
from graph.coverage import cover
from graph.coverage.serialisation import couverture_to_dict
from graph.dates import aujourd_hui
from graph.orientation import read_place
from visualisations.pages import page_territoire, page_territoires
from visualisations.pages.lieux import place_address

router = APIRouter()

Texte = Annotated[str, Query(max_length=200)]


@router.get("/territoires", response_class=HTMLResponse, include_in_schema=False)
def search_territoires(edition: EditionCourante, q: Texte = "") -> Response:
    """Answer the search page, or go straight to the one territory that a text names."""
    lieu = read_place(edition.catalogue, q)
    if lieu.territoire is not None:
        return RedirectResponse(_address(edition.catalogue, lieu.territoire, q.strip()), status_code=303)
    return HTMLResponse(page_territoires(edition.catalogue, q.strip(), lieu.choix))


@router.get("/territoires/{ref}", response_class=HTMLResponse, include_in_schema=False)
def read_page(edition: EditionCourante, ref: str, ancien: Texte = "") -> Response:
    """Answer a territory's page; a former code, or a bare one, leads to the page of today's territory."""
    territoire = edition.catalogue.lire_territoire(ref)
    if ref != reference(territoire):
        return RedirectResponse(_address(edition.catalogue, territoire, ref), status_code=308)
    return HTMLResponse(page_territoire(edition.catalogue, territoire, aujourd_hui(), ancien))


@router.get(
    "/api/territoires/{ref}",
    tags=["données"],
    summary="Ce que Maillage sait d’un territoire",
    responses=say(404),
)
def read_territoire(
    edition: EditionCourante,
    ref: Annotated[
        str,
        Path(
            description="departement:14, region:28, epci:…, national ; 14118, une commune.",
            examples=["departement:14"],
        ),
    ],
) -> dict[str, Any]:
    """Qui agit là, qui y porte quoi, et ce que personne de connu n’y fait."""
    catalogue = edition.catalogue
    return couverture_to_dict(catalogue, cover(catalogue, catalogue.lire_territoire(ref), aujourd_hui()))


def _address(catalogue: Catalogue, territoire: Territoire, ref: str) -> str:
    """Address of a territory's page, with the former code that led to it."""
    code = ref.rpartition(":")[2]
    former = code != territoire.code and catalogue.codes_resolus.get(code) == territoire.iri
    return place_address(territoire) + (f"?ancien={quote(code)}" if former else "")
