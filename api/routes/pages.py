"""Pages for people: home, directory, cards."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, RedirectResponse

from api.dependances import EditionCourante
from graph.annuaire import Criteres
from graph.errors import IntrouvableError
from visualisations.pages import page_accueil, page_acteur, page_annuaire

router = APIRouter(default_response_class=HTMLResponse)

Texte = Annotated[str, Query(max_length=200)]


@router.get("/")
def read_accueil(edition: EditionCourante) -> str:
    """Answer the home page."""
    return page_accueil(edition.catalogue, edition.manifeste.comptes)


@router.get("/acteurs")
def read_annuaire(
    edition: EditionCourante,
    q: Texte = "",
    type: Texte = "",
    territoire: Texte = "",
    secteur: Texte = "",
    fonction: Texte = "",
    page: Texte = "1",
) -> str:
    """Answer one page of the directory."""
    numero = int(page) if page.isascii() and page.isdigit() and len(page) <= 6 else 1
    criteres = Criteres(
        q.strip(), type or None, territoire or None, secteur or None, fonction or None, max(1, numero)
    )
    return page_annuaire(edition.catalogue, criteres)


@router.get("/acteurs/{slug}", response_model=None)
def read_acteur(edition: EditionCourante, slug: str) -> str | RedirectResponse:
    """Answer an actor's card; the address of an actor that became another leads to it."""
    try:
        acteur = edition.catalogue.acteur(slug)
    except IntrouvableError:
        remplacant = edition.catalogue.remplacant(slug)
        if remplacant is None:
            raise
        return RedirectResponse(f"/acteurs/{quote(remplacant)}", HTTPStatus.PERMANENT_REDIRECT)
    return page_acteur(edition.catalogue, acteur)
