"""One table from what went wrong to an HTTP status, said as a problem document or as a page.

Programs get ``application/problem+json`` (RFC 9457), people a page; both in the language of the
request, both without traceback, path, query or internal name.
"""

import logging
from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from api.negociation import NonProposeError
from api.partage import PartDepasseeError
from graph.distant.erreurs import ServeurError, ServeurLentError
from graph.errors import (
    DelaiDepasseError,
    DemandeInvalideError,
    DisparuError,
    EditionError,
    IntrouvableError,
    MaillageError,
    OuvriersOccupesError,
    RequeteRefuseeError,
)
from graph.messages import messages, write_number
from graph.sparql.arret import RequeteAbandonneeError
from visualisations.pages import page_erreur

logger = logging.getLogger("maillage.erreurs")

STATUTS: Final[Mapping[type[MaillageError], int]] = {
    DemandeInvalideError: 422,
    IntrouvableError: 404,
    DisparuError: 410,
    RequeteRefuseeError: 400,
    DelaiDepasseError: 503,
    ServeurLentError: 504,
    ServeurError: 502,
    OuvriersOccupesError: 503,
    EditionError: 503,
    NonProposeError: 406,
    PartDepasseeError: 429,
    RequeteAbandonneeError: 499,
}
PATIENTER: Final = 5
"""Seconds after which a busy service may be asked again."""

_VALIDATION: Final[Mapping[str, str]] = {
    "missing": "manquant",
    "extra_forbidden": "inconnu",
    "json_invalid": "json",
    "int_parsing": "entier",
    "int_type": "entier",
    "int_from_float": "entier",
    "string_type": "texte",
    "list_type": "liste",
    "date_from_datetime_parsing": "date",
    "date_parsing": "date",
    "date_type": "date",
    "date_from_datetime_inexact": "date",
    "too_long": "trop-long",
    "string_too_long": "trop-long",
}


def waiting_of(erreur: MaillageError, statut: int) -> dict[str, str]:
    """Return the header that says when to ask again; none after a killed query, which would be so again."""
    if statut not in (429, 503) or isinstance(erreur, DelaiDepasseError):
        return {}
    patienter = erreur.patienter if isinstance(erreur, PartDepasseeError) else PATIENTER
    return {"Retry-After": str(patienter)}


def prefers_html(request: Request) -> bool:
    """Tell whether the client is a person's browser rather than a program."""
    if request.url.path.startswith("/api/"):
        return False
    accept = request.headers.get("accept", "")
    return "text/html" in accept


def problem(
    request: Request, statut: int, detail: str, entetes: Mapping[str, str] | None = None, **extra: object
) -> Response:
    """Answer a problem: a document for programs, a page for people."""
    headers = dict(entetes or {})
    if statut == 406:
        headers["Vary"] = "Accept"
    titre = messages(f"statut.{statut}") if f"statut.{statut}" in messages else messages("statut.autre")
    if prefers_html(request):
        conseil = (
            messages(f"conseil.{statut}") if f"conseil.{statut}" in messages else messages("conseil.autre")
        )
        page = page_erreur(statut, titre, detail, conseil)
        return HTMLResponse(page, status_code=statut, headers=headers)
    body = {"type": "about:blank", "title": titre, "status": statut, "detail": detail, **extra}
    return JSONResponse(body, status_code=statut, headers=headers, media_type="application/problem+json")


def problem_of(request: Request, erreur: MaillageError) -> Response:
    """Answer an error of the layers below."""
    statut = next((STATUTS[kind] for kind in type(erreur).__mro__ if kind in STATUTS), 500)
    extra: dict[str, object] = {}
    match erreur:
        case DemandeInvalideError():
            extra = {"champ": erreur.champ}
        case NonProposeError():
            extra = {"formats": list(erreur.formats)}
        case DelaiDepasseError():
            extra = {"arretee": True, "conseil": messages("sparql.conseil-arret")}
    return problem(request, statut, erreur.message, waiting_of(erreur, statut), **extra)


async def respond_to_error(scope: Scope, receive: Receive, send: Send, erreur: MaillageError) -> None:
    """Answer an error met outside the routes (ASGI)."""
    request = Request(scope, receive)
    await problem_of(request, erreur)(scope, receive, send)


def install_errors(app: FastAPI) -> None:
    """Register the answers to every kind of error."""
    app.add_exception_handler(MaillageError, _maillage)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)


async def _maillage(request: Request, erreur: Exception) -> Response:
    assert isinstance(erreur, MaillageError)  # noqa: S101 — registered for this class
    return problem_of(request, erreur)


async def _validation(request: Request, erreur: Exception) -> Response:
    assert isinstance(erreur, RequestValidationError)  # noqa: S101 — registered for this class
    faults = [say_fault(fault) for fault in erreur.errors()[:10]]
    return problem(
        request,
        422,
        " ".join(texte for _, texte in faults),
        champ=faults[0][0],
        erreurs=[{"champ": champ, "detail": texte} for champ, texte in faults],
    )


def say_fault(fault: Mapping[str, Any]) -> tuple[str, str]:
    """Return the field that pydantic refuses, and why."""
    cle = _VALIDATION.get(str(fault["type"]), "autre")
    parts = [str(part)[:60] for part in fault["loc"] if part not in ("body", "query", "path")]
    # What cannot be read as JSON is told by its position, which is no field.
    champ = "corps" if cle == "json" else ".".join(parts) or "corps"
    if champ == "corps" and cle != "json":
        cle = "corps-manquant" if cle == "manquant" else "corps"
    limite = write_number(str(fault.get("ctx", {}).get("max_length", "")))
    return champ, messages(f"validation.{cle}", champ=champ, max=limite)


async def _http(request: Request, erreur: Exception) -> Response:
    assert isinstance(erreur, HTTPException)  # noqa: S101 — registered for this class
    statut = erreur.status_code
    cle = f"detail.{statut}"
    response = problem(request, statut, messages(cle) if cle in messages else messages("detail.autre"))
    response.headers.update(erreur.headers or {})
    return response


async def respond_to_fault(scope: Scope, receive: Receive, send: Send, erreur: Exception) -> None:
    """Answer a fault of ours: logged with its number, told without anything of the inside (ASGI)."""
    request = Request(scope, receive)
    identifiant = request.state.id
    logger.error("%s failed", identifiant, exc_info=erreur)
    response = problem(request, 500, messages("detail.500", id=identifiant))
    await response(scope, receive, send)
