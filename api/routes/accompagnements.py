"""``/accompagnements``: the list of support actions, the page of each, and the same as data."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse

from api.dependances import EditionCourante
from api.description import say
from graph.accompaniments import find_actions, parse_criteres
from graph.accompaniments.serialisation import action_to_dict, summary_to_dict
from visualisations.pages.accompagnement import page_accompagnement
from visualisations.pages.accompagnements import page_accompagnements

router = APIRouter()

Texte = Annotated[str, Query(max_length=200)]
Lieu = Annotated[str, Query(max_length=60, description="departement:14, region:28…")]
Code = Annotated[str, Query(max_length=60, description="Code du vocabulaire.")]


@router.get("/accompagnements", response_class=HTMLResponse, include_in_schema=False)
def read_page_list(
    edition: EditionCourante, territoire: Texte = "", besoin: Texte = "", secteur: Texte = ""
) -> str:
    """Answer the list of actions, filtered."""
    return page_accompagnements(
        edition.catalogue, parse_criteres(edition.catalogue, territoire, besoin, secteur)
    )


@router.get("/accompagnements/{slug}", response_class=HTMLResponse, include_in_schema=False)
def read_page(edition: EditionCourante, slug: str) -> str:
    """Answer the page of an action."""
    return page_accompagnement(edition.catalogue, edition.catalogue.accompagnement(slug))


@router.get(
    "/api/accompagnements",
    tags=["données"],
    summary="Les accompagnements d’un lieu, d’un besoin, d’un secteur",
)
def read_list(
    edition: EditionCourante, territoire: Lieu = "", besoin: Code = "", secteur: Code = ""
) -> dict[str, Any]:
    """Ceux qui répondent à tous les critères, du plus récent au plus ancien."""
    catalogue = edition.catalogue
    found = find_actions(catalogue, parse_criteres(catalogue, territoire, besoin, secteur))
    return {
        "edition": catalogue.edition,
        "accompagnements": [summary_to_dict(catalogue, action) for action in found],
    }


@router.get(
    "/api/accompagnements/{slug}",
    tags=["données"],
    summary="Un accompagnement et ses étapes",
    responses=say(404),
)
def read_action(
    edition: EditionCourante,
    slug: Annotated[str, Path(description="La fin de l’adresse de sa page.", examples=["pmae-picardie"])],
) -> dict[str, Any]:
    """Qui y prend part, pour qui, ses comités, ce qu’il coûte selon la source, ses étapes."""
    return action_to_dict(edition.catalogue, edition.catalogue.accompagnement(slug))
