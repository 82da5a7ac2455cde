"""``/sparql``: the whole graph, read-only, by the SPARQL 1.1 protocol or by a page."""

import time
from functools import cache
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from api.description import Responses, say
from api.editions import EditionOuverte
from api.errors import STATUTS, problem_of, waiting_of
from api.negociation import choose_media
from api.routes import editeur
from api.routes.sparql_demande import DemandeSparql, read_demande
from api.routes.sparql_reponse import TRONQUE, answer_protocol, answer_service, run_shared
from graph.errors import MaillageError
from graph.sparql.arret import Arret
from graph.sparql.formats import Format, Forme, medias_of
from graph.sparql.limites import check_requete
from graph.sparql.questions import Question, load_questions
from graph.sparql.tableau import format_of_tableau, read_tableau
from visualisations.sparql import ReponseSparql, SaisieSparql, page_sparql

router = APIRouter(tags=["sparql"])
router.include_router(editeur.router, include_in_schema=False)

DELAI: Final = "X-Maillage-Delai-SPARQL"
LIMITES: Final = "X-Maillage-Limites-SPARQL"
HTML: Final = "text/html"
LIGNES_PAGE: Final = 500
OCTETS_PAGE: Final = 2 * 1024**2
"""What the page shows at most; the downloads hold more."""

_TEXTE: Final = {"type": "string", "examples": ["SELECT ?nom { ?a a mai:PointAppui ; skos:prefLabel ?nom }"]}
_PARAMETRES: Final[list[dict[str, Any]]] = [
    {
        "name": nom,
        "in": "query",
        "description": description,
        "schema": {"type": "string", "enum": [str(f) for f in Format]} if nom == "format" else schema,
    }
    for nom, description, schema in (
        ("query", "La requête : SELECT, ASK, CONSTRUCT ou DESCRIBE.", _TEXTE),
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
_REPONSES: Final[Responses] = {
    200: {
        "description": "La réponse ; X-Maillage-Tronque dit quand elle est coupée, Link où en lire la suite. "
        "Sans requête : ce que l’adresse dit d’elle-même (SPARQL Service Description).",
        "content": {media: {} for media in (*medias_of(Forme.SELECT), *medias_of(Forme.CONSTRUCT), HTML)},
    },
    **say(304, 406, 429),
    400: {"description": "Requête refusée : syntaxe, mise à jour, SERVICE, trop longue, trop imbriquée."},
}
_CORPS: Final[dict[str, Any]] = {
    "content": {
        "application/sparql-query": {"schema": _TEXTE},
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
    responses={**_REPONSES, **say(408, 413, 415)},
    openapi_extra={"requestBody": _CORPS},
)
async def post_sparql(request: Request) -> Response:
    """Répondre à une requête donnée dans le corps."""
    return await _answer(request)


def limits_of(edition: EditionOuverte) -> dict[str, str]:
    """Return the headers that tell what a query may cost, and that answers follow ``Accept``."""
    return {
        DELAI: f"{edition.sparql.delai:g}",
        LIMITES: f"lignes={edition.sparql.lignes_max}, octets={edition.sparql.octets_max}",
        "Vary": "Accept",
    }


async def _answer(request: Request) -> Response:
    edition: EditionOuverte = request.state.edition
    headers = limits_of(edition)
    try:
        demande = await read_demande(request)
        if _wants_page(request, demande):
            response = await _answer_page(request, edition, demande)
        elif demande.requete is None and request.method == "GET":
            response = answer_service(request, edition, demande)
        else:
            response = await answer_protocol(request, edition, demande)
    except HTTPException as erreur:
        raise HTTPException(erreur.status_code, headers={**headers, **(erreur.headers or {})}) from None
    except MaillageError as erreur:
        response = problem_of(request, erreur)
    response.headers.update(headers)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _wants_page(request: Request, demande: DemandeSparql) -> bool:
    offers = (*medias_of(Forme.SELECT), *medias_of(Forme.CONSTRUCT), HTML)
    return demande.format is None and choose_media(request.headers.get("accept"), offers) == HTML


async def _answer_page(request: Request, edition: EditionOuverte, demande: DemandeSparql) -> Response:
    reponse, erreur, statut, attente = None, "", 200, dict[str, str]()
    if demande.requete is not None:
        try:
            reponse = await run_shared(request, lambda arret: run_for_page(edition, demande, arret))
        except MaillageError as refus:
            erreur = refus.message
            statut = next(STATUTS[kind] for kind in type(refus).__mro__ if kind in STATUTS)
            attente = waiting_of(refus, statut)
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
    response = HTMLResponse(page_sparql(saisie, reponse, erreur), statut, attente)
    if reponse is not None and reponse.tronque:
        response.headers[TRONQUE] = f"lignes={len(reponse.tableau.lignes)}"
    return response


def run_for_page(edition: EditionOuverte, demande: DemandeSparql, arret: Arret) -> ReponseSparql:
    """Run a query for a page: fewer rows than a download holds, in the order of the query.

    Raises:
        MaillageError: refused or stopped.
    """
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
        arret=arret,
    )
    secondes = time.perf_counter() - begun
    return ReponseSparql(read_tableau(resultat), lue.forme or Forme.SELECT, resultat.tronque, secondes)


@cache
def _questions() -> tuple[Question, ...]:
    return load_questions()
