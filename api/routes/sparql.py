"""``/sparql``: the whole graph, read-only, by the SPARQL 1.1 protocol or by a page."""

import time
from collections.abc import Callable
from functools import cache
from typing import Any, Final, TypeVar

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from api.editions import EditionOuverte
from api.errors import STATUTS, problem_of
from api.negociation import choose_media
from api.routes.sparql_demande import DemandeSparql, read_demande
from graph.errors import MaillageError, OuvriersOccupesError, RequeteRefuseeError
from graph.messages import messages
from graph.sparql.formats import Format, Forme, medias_of
from graph.sparql.limites import check_requete
from graph.sparql.questions import Question, load_questions
from graph.sparql.tableau import format_of_tableau, read_tableau
from visualisations.sparql import ReponseSparql, SaisieSparql, page_sparql

router = APIRouter(tags=["sparql"])

DELAI: Final = "X-Maillage-Delai-SPARQL"
TRONQUE: Final = "X-Maillage-Tronque"
HTML: Final = "text/html"
LIGNES_PAGE: Final = 500
OCTETS_PAGE: Final = 2 * 1024**2
"""What the page shows at most; the downloads hold more."""
ENSEMBLE_MAX: Final = 16
"""Queries waiting or running in this process at the same time; more are told to come back."""

T = TypeVar("T")


class _Places:
    """Counts the queries under way, so that a crowd cannot take every thread of the server."""

    def __init__(self) -> None:
        self._prises = 0

    async def run(self, work: Callable[[], T]) -> T:
        """Run blocking work in a thread.

        Raises:
            OuvriersOccupesError: too many are waiting already.
        """
        if self._prises >= ENSEMBLE_MAX:
            raise OuvriersOccupesError(messages("sparql.occupes"))
        self._prises += 1
        try:
            return await to_thread.run_sync(work)
        finally:
            self._prises -= 1


_places: Final = _Places()

_PARAMETRES: Final[list[dict[str, Any]]] = [
    {
        "name": nom,
        "in": "query",
        "description": description,
        "schema": {"type": "string", "enum": [str(f) for f in Format]} if nom == "format" else schema,
    }
    for nom, description, schema in (
        ("query", "La requête : SELECT, ASK, CONSTRUCT ou DESCRIBE.", {"type": "string"}),
        ("format", "Le format de la réponse, plutôt que l’en-tête Accept.", {}),
        (
            "default-graph-uri",
            "Graphes à interroger, plutôt que tous.",
            {"type": "array", "items": {"type": "string", "format": "iri"}},
        ),
        (
            "named-graph-uri",
            "Graphes que GRAPH peut voir, plutôt que tous.",
            {"type": "array", "items": {"type": "string", "format": "iri"}},
        ),
    )
]
_REPONSES: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "La réponse ; X-Maillage-Tronque dit quand elle est coupée.",
        "content": {media: {} for media in (*medias_of(Forme.SELECT), *medias_of(Forme.CONSTRUCT), HTML)},
    },
    400: {"description": "Requête refusée : syntaxe, mise à jour, SERVICE, trop longue, trop imbriquée."},
    406: {"description": "Aucun des formats acceptés n’est proposé."},
    413: {"description": "Demande trop grande."},
    415: {"description": "Type d’envoi non accepté."},
    503: {"description": "Requête arrêtée au délai, ou toutes les places prises (Retry-After)."},
}
_CORPS: Final[dict[str, Any]] = {
    "content": {
        "application/sparql-query": {"schema": {"type": "string"}},
        "application/x-www-form-urlencoded": {
            "schema": {
                "type": "object",
                "required": ["query"],
                "properties": {p["name"]: p["schema"] for p in _PARAMETRES},
            }
        },
    }
}


@router.get(
    "/sparql",
    summary="Interroger le graphe en SPARQL",
    response_class=Response,
    responses=_REPONSES,
    openapi_extra={"parameters": _PARAMETRES},
)
async def get_sparql(request: Request) -> Response:
    """Répondre à une requête donnée dans l’adresse."""
    return await _answer(request)


@router.post(
    "/sparql",
    summary="Interroger le graphe en SPARQL",
    response_class=Response,
    responses=_REPONSES,
    openapi_extra={"requestBody": _CORPS},
)
async def post_sparql(request: Request) -> Response:
    """Répondre à une requête donnée dans le corps."""
    return await _answer(request)


async def _answer(request: Request) -> Response:
    edition: EditionOuverte = request.state.edition
    headers = {DELAI: f"{edition.sparql.delai:g}", "Vary": "Accept"}
    try:
        demande = await read_demande(request)
        if _wants_page(request, demande):
            response = await _answer_page(edition, demande)
        else:
            response = await _answer_protocol(request, edition, demande)
    except HTTPException as erreur:
        raise HTTPException(erreur.status_code, headers=headers) from None
    except MaillageError as erreur:
        response = problem_of(request, erreur)
    response.headers.update(headers)
    return response


def _wants_page(request: Request, demande: DemandeSparql) -> bool:
    offers = (*medias_of(Forme.SELECT), *medias_of(Forme.CONSTRUCT), HTML)
    return demande.format is None and choose_media(request.headers.get("accept"), offers) == HTML


async def _answer_protocol(request: Request, edition: EditionOuverte, demande: DemandeSparql) -> Response:
    if demande.requete is None:
        raise RequeteRefuseeError(messages("sparql.parametre-absent"))
    lue = check_requete(demande.requete, edition.sparql.prefixes)
    format_ = demande.format or _choose_format(request, lue.forme)
    resultat = await _places.run(
        lambda: edition.sparql.executer(
            lue,
            format_,
            demande.graphes_defaut,
            demande.graphes_nommes,
            base_iri=demande.adresse,
        )
    )
    response = Response(resultat.corps, media_type=resultat.type_media)
    if resultat.tronque:
        response.headers[TRONQUE] = f"lignes={resultat.lignes}"
    if demande.format is not None:
        response.headers["Content-Disposition"] = f'attachment; filename="maillage.{format_.value}"'
    return response


def _choose_format(request: Request, forme: Forme | None) -> Format:
    offers = medias_of(forme)
    media = choose_media(request.headers.get("accept"), offers)
    if media is None:
        raise HTTPException(406)
    return offers[media]


async def _answer_page(edition: EditionOuverte, demande: DemandeSparql) -> Response:
    reponse, erreur, statut = None, "", 200
    if demande.requete is not None:
        try:
            reponse = await _places.run(lambda: _run_for_page(edition, demande))
        except MaillageError as refus:
            erreur = refus.message
            statut = next(STATUTS[kind] for kind in type(refus).__mro__ if kind in STATUTS)
    saisie = SaisieSparql(
        edition=edition.id,
        adresse=demande.adresse,
        base_iri=edition.manifeste.base_iri,
        requete=demande.requete,
        questions=_questions(),
        prefixes=edition.sparql.prefixes,
        delai=edition.sparql.delai,
        lignes_max=edition.sparql.lignes_max,
    )
    response = HTMLResponse(page_sparql(saisie, reponse, erreur), statut)
    if statut == 503:
        response.headers["Retry-After"] = "5"
    if reponse is not None and reponse.tronque:
        response.headers[TRONQUE] = f"lignes={len(reponse.tableau.lignes)}"
    return response


def _run_for_page(edition: EditionOuverte, demande: DemandeSparql) -> ReponseSparql:
    lue = check_requete(demande.requete or "", edition.sparql.prefixes)
    begun = time.perf_counter()
    resultat = edition.sparql.executer(
        lue,
        format_of_tableau(lue.forme),
        demande.graphes_defaut,
        demande.graphes_nommes,
        lignes_max=LIGNES_PAGE,
        octets_max=OCTETS_PAGE,
        base_iri=demande.adresse,
    )
    secondes = time.perf_counter() - begun
    return ReponseSparql(read_tableau(resultat), lue.forme or Forme.SELECT, resultat.tronque, secondes)


@cache
def _questions() -> tuple[Question, ...]:
    return load_questions()
