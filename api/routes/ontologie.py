"""``/def``: the ontology, as a page and as statements. Its terms are fragments of it.

The address of a version (``/def/0.1.0``) answers the same: only the version that ships is kept here.
"""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.conditionnel import REVALIDER, make_etag
from api.description import Responses, say
from api.routes.ressources import LIEES, MEDIAS, link_headers, negotiate
from graph.errors import IntrouvableError
from graph.messages import LANGUES, messages
from graph.ressources import ontology_statements, write_statements
from graph.sparql.formats import Format
from ontology.loading import list_files
from ontology.namespaces import ONTOLOGY_IRI
from visualisations.langues import PARAMETRE
from visualisations.pages.ontologie import page_ontologie, version

router = APIRouter(tags=["données liées"])

PAGE: Final = "html"
LANGUES_DITES: Final = {f"{langue}.{PAGE}": langue for langue in LANGUES}
"""Addresses that say a language lead to the page in it."""


_FORMES: Final[Responses] = {200: LIEES[200], **say(304, 406)}


@router.get("/def", summary="Lire l’ontologie", response_class=Response, responses=_FORMES)
def read_ontology(request: Request) -> Response:
    """Les classes, propriétés et vocabulaires, dans la forme que préfère Accept."""
    return _negotiated(request)


@router.get("/def/alignements", include_in_schema=False)
def list_alignments() -> Response:
    """Lead to the part of the page that lists them."""
    return RedirectResponse("/def.html#alignements", 303)


@router.get(
    "/def/alignements/{nom}",
    summary="Lire comment l’ontologie répond à un autre vocabulaire",
    response_class=Response,
    responses={
        200: {"description": "L’alignement.", "content": {Format.TTL.type_media: {}}},
        **say(304, 404),
    },
)
def read_alignment(
    nom: Annotated[str, Path(description="Nom du vocabulaire, avec ou sans .ttl.", examples=["org.ttl"])],
) -> Response:
    """En Turtle : `cpsv-ap`, `data-inclusion`, `hsds`, `org`, `pair`, `schema-org`."""
    code = nom.removesuffix(".ttl")
    entry = next((entry for entry in list_files("alignments") if entry.name == f"{code}.ttl"), None)
    if entry is None:
        raise IntrouvableError(messages("introuvable.alignement"))
    texte = entry.read_text(encoding="utf-8")
    entetes = {"ETag": make_etag(texte), "Cache-Control": REVALIDER}
    return Response(texte, media_type=Format.TTL.type_media, headers=entetes)


@router.get(
    "/def/{numero}",
    summary="Lire une version de l’ontologie",
    response_class=Response,
    responses={**_FORMES, **say(404)},
)
def read_version(
    request: Request, numero: Annotated[str, Path(description="Numéro de la version.", examples=[version()])]
) -> Response:
    """Seule la version que sert ce logiciel est gardée ici."""
    if numero != version():
        raise IntrouvableError(messages("introuvable.version"))
    return _negotiated(request)


@router.get(
    "/def.{suffixe}",
    summary="Lire l’ontologie dans une forme",
    response_class=Response,
    responses={**_FORMES, **say(308, 404)},
)
def read_document(suffixe: Annotated[str, Path(description="La forme.", examples=["ttl"])]) -> Response:
    """`ttl`, `jsonld`, `rdf`, `nt`, `html` ; `fr.html` et `en.html` pour une langue."""
    if suffixe in LANGUES_DITES:
        return RedirectResponse(f"/def.{PAGE}?{PARAMETRE}={LANGUES_DITES[suffixe]}", 308)
    return _document(suffixe)


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
