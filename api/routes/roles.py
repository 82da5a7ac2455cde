"""``/cartographie/roles``: the system of actors of a territory or a support action, also as data."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from api.dependances import EditionCourante
from api.description import say
from graph.dates import aujourd_hui
from visualisations.pages.roles import donnees_roles, page_roles, read_sujet

router = APIRouter()

Territoire = Annotated[str, Query(max_length=60, description="departement:14, region:28, 14027…")]
Action = Annotated[str, Query(max_length=200, description="Nom court d’un accompagnement.")]


@router.get("/cartographie/roles", response_class=HTMLResponse, include_in_schema=False)
def read_page(edition: EditionCourante, territoire: Territoire = "", accompagnement: Action = "") -> str:
    """Answer the page."""
    sujet = read_sujet(edition.catalogue, territoire, accompagnement)
    return page_roles(edition.catalogue, sujet, aujourd_hui())


@router.get(
    "/api/cartographie/roles",
    tags=["données"],
    summary="Qui joue quel rôle autour d’un territoire ou d’un accompagnement",
    responses=say(404),
)
def read_data(
    edition: EditionCourante, territoire: Territoire = "", accompagnement: Action = ""
) -> dict[str, object]:
    """Par rôle : qui le tient, à quel titre, selon quelle source."""
    sujet = read_sujet(edition.catalogue, territoire, accompagnement)
    return donnees_roles(edition.catalogue, sujet, aujourd_hui())
