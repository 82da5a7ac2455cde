"""Pages for people: home, orientation, directory, cards, network."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, RedirectResponse

from api.dependances import EditionCourante
from graph.annuaire import Criteres
from graph.cartography import parse_criteres
from graph.catalogue import Catalogue
from graph.catalogue.territoires import reference
from graph.errors import DemandeInvalideError, IntrouvableError
from graph.messages import messages
from graph.orientation import BesoinPropose, LieuLu, Saisie, orient, propose_needs, read_place, understand
from visualisations.pages import SaisieOrientation, page_accueil, page_acteur, page_annuaire, page_orientation
from visualisations.reseau import page_cartographie

router = APIRouter(default_response_class=HTMLResponse)

Texte = Annotated[str, Query(max_length=200)]
Codes = Annotated[list[str], Query(max_length=60)]


@router.get("/")
def read_accueil(edition: EditionCourante) -> str:
    """Answer the home page."""
    return page_accueil(edition.catalogue)


@router.get("/orientation")
def read_orientation(
    edition: EditionCourante,
    commune: Texte = "",
    stade: Texte = "",
    besoins: Codes = [],  # noqa: B006 — FastAPI copies defaults
    secteur: Texte = "",
    effectif: Texte = "",
    texte: Texte = "",
) -> HTMLResponse:
    """Answer the form, the form with what to confirm or correct, or the answer."""
    codes = tuple(besoin for besoin in besoins if besoin)
    saisie = SaisieOrientation(
        commune.strip(), stade or None, codes, secteur or None, effectif, texte.strip()
    )
    catalogue = edition.catalogue
    if saisie == SaisieOrientation():
        return HTMLResponse(page_orientation(catalogue, saisie))
    lieu = read_place(catalogue, saisie.commune)
    if lieu.choix:
        return HTMLResponse(page_orientation(catalogue, saisie, choix_communes=lieu.choix))
    try:
        demande, remarques = understand(catalogue, _to_saisie(saisie, lieu))
        proposes = _propose(catalogue, saisie)
    except DemandeInvalideError as erreur:
        page = page_orientation(catalogue, saisie, erreurs={erreur.champ: erreur.message})
        return HTMLResponse(page, status_code=422)
    if proposes:
        return HTMLResponse(page_orientation(catalogue, saisie, proposes=proposes))
    return HTMLResponse(page_orientation(catalogue, saisie, orient(catalogue, demande, remarques)))


def _propose(catalogue: Catalogue, saisie: SaisieOrientation) -> list[BesoinPropose]:
    """Return the needs to confirm, those already chosen left out."""
    found = propose_needs(catalogue, saisie.texte)
    if saisie.texte and not found and not saisie.besoins:
        raise DemandeInvalideError("besoins", messages("demande.texte-inconnu"))
    return [propose for propose in found if propose.code not in saisie.besoins]


def _to_saisie(saisie: SaisieOrientation, lieu: LieuLu) -> Saisie:
    effectif = saisie.effectif.strip()
    if effectif and not (effectif.isascii() and effectif.isdigit() and len(effectif) <= 7):
        raise DemandeInvalideError("effectif", messages("demande.effectif"))
    wider = lieu.territoire is not None and lieu.territoire.niveau != "commune"
    return Saisie(
        commune=None if wider else saisie.commune or None,
        territoire=reference(lieu.territoire) if lieu.territoire and wider else None,
        stade=saisie.stade,
        besoins=saisie.besoins,
        secteur=saisie.secteur,
        effectif=int(effectif) if effectif else None,
    )


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


@router.get("/cartographie")
def read_cartographie(
    edition: EditionCourante,
    territoire: Texte = "",
    type: Codes = [],  # noqa: B006 — FastAPI copies defaults
    lien: Codes = [],  # noqa: B006 — FastAPI copies defaults
    isoles: Texte = "1",
) -> str:
    """Answer the network page."""
    criteres = parse_criteres(edition.catalogue, territoire, type, lien, isoles != "0")
    return page_cartographie(edition.catalogue, criteres)
