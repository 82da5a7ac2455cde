"""``/def``: the ontology, as a page and as statements. Its terms are fragments of it.

The address of a version (``/def/0.1.0``) answers the same: only the version that ships is kept here.
"""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.conditionnel import REVALIDER, make_etag
from api.routes.ressources import LECTURE, MEDIAS, link_headers, negotiate
from graph.errors import IntrouvableError
from graph.messages import LANGUES, messages
from graph.ressources import ontology_statements, write_statements
from graph.sparql.formats import Format
from ontology.loading import list_files
from ontology.namespaces import ONTOLOGY_IRI
from visualisations.langues import PARAMETRE
from visualisations.pages.ontologie import page_ontologie, version

router = APIRouter()

PAGE: Final = "html"
LANGUES_DITES: Final = {f"{langue}.{PAGE}": langue for langue in LANGUES}
"""Addresses that say a language lead to the page in it."""


@router.api_route("/def", methods=LECTURE)
def read_ontology(request: Request) -> Response:
    """Answer the ontology in the form that suits the client."""
    return _negotiated(request)


@router.api_route("/def/alignements", methods=LECTURE)
def list_alignments() -> Response:
    """Lead to the part of the page that lists them."""
    return RedirectResponse("/def.html#alignements", 303)


@router.api_route("/def/alignements/{nom}", methods=LECTURE)
def read_alignment(nom: str) -> Response:
    """Answer how the ontology relates to another vocabulary, in Turtle."""
    code = nom.removesuffix(".ttl")
    entry = next((entry for entry in list_files("alignments") if entry.name == f"{code}.ttl"), None)
    if entry is None:
        raise IntrouvableError(messages("introuvable.alignement"))
    texte = entry.read_text(encoding="utf-8")
    entetes = {"ETag": make_etag(texte), "Cache-Control": REVALIDER}
    return Response(texte, media_type=Format.TTL.type_media, headers=entetes)


@router.api_route("/def/{numero}", methods=LECTURE)
def read_version(request: Request, numero: str) -> Response:
    """Answer a version of the ontology."""
    if numero != version():
        raise IntrouvableError(messages("introuvable.version"))
    return _negotiated(request)


@router.api_route("/def.{suffixe}", methods=LECTURE)
def read_document(suffixe: str) -> Response:
    """Answer the ontology in one form."""
    if suffixe in LANGUES_DITES:
        return RedirectResponse(f"/def.{PAGE}?{PARAMETRE}={LANGUES_DITES[suffixe]}", 308)
    return _document(suffixe)


@router.api_route("/voc", methods=LECTURE)
def read_vocabularies() -> Response:
    """Lead to the list of the vocabularies."""
    return RedirectResponse("/def#vocabulaires", 303)


def _negotiated(request: Request) -> Response:
    suffixe = negotiate(request)
    response = _document(suffixe)
    response.headers["Vary"] = "Accept"
    response.headers["Content-Location"] = f"/def.{suffixe}"
    return response


def _document(suffixe: str) -> Response:
    if suffixe == PAGE:
        response: Response = HTMLResponse(page_ontologie())
    elif suffixe in MEDIAS.values():
        format_ = Format(suffixe)
        response = Response(write_statements(ontology_statements(), format_), media_type=format_.type_media)
    else:
        raise IntrouvableError(messages("introuvable.ressource"))
    response.headers["Link"] = link_headers(ONTOLOGY_IRI, "/def")
    response.headers["ETag"] = make_etag(bytes(response.body).decode())
    response.headers["Cache-Control"] = REVALIDER
    return response
