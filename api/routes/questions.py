"""``/questions``: the ready-made questions, each at an address of its own with typed parameters.

A question is the same query as on ``/sparql``: same workers, limits, share, formats and entity tags.
"""

from collections.abc import Callable, Coroutine, Iterable, Mapping
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from api.conditionnel import REVALIDER, make_etag
from api.description import Responses, say
from api.editions import EditionOuverte
from api.errors import STATUTS, waiting_of
from api.negociation import choose_media
from api.publique import site_of
from api.routes.sparql import HTML, limits_of, run_for_page
from api.routes.sparql_demande import DemandeSparql, parse_form, read_format
from api.routes.sparql_reponse import TRONQUE, answer_protocol, run_shared
from graph.errors import DemandeInvalideError, IntrouvableError, MaillageError
from graph.messages import messages
from graph.parametres import VALEURS_MAX, Genre, Parametre, bind_parametres, read_parametres
from graph.queries import Requete, parse_requete
from graph.sparql.formats import Format, Forme, medias_of
from graph.sparql.questions import Question, load_questions
from visualisations.pages.question import SaisieQuestion, address_question, page_question, page_questions
from visualisations.sparql import SaisieSparql

JSON: Final = "application/json"
OFFRES: Final = (*medias_of(Forme.SELECT), HTML)
_SCHEMAS: Final[Mapping[Genre, dict[str, str]]] = {
    Genre.NOMBRE: {"type": "integer"},
    Genre.DATE: {"type": "string", "format": "date"},
}
_REPONSES: Final[Responses] = {
    200: {"description": "La réponse.", "content": {media: {} for media in OFFRES}},
    **say(304, 400, 406, 422, 429),
}


def routes_of(questions: Iterable[Question]) -> APIRouter:
    """Make the routes of questions: one operation each, so that each has its own typed parameters."""
    prepared = [(question, parse_requete(question.slug, question.requete)) for question in questions]
    asked = tuple((question, requete, read_parametres(requete)) for question, requete in prepared)
    router = APIRouter(tags=["questions"])

    @router.get(
        "/questions",
        summary="Lire la liste des questions prêtes",
        response_class=Response,
        responses={200: {"description": "La liste.", "content": {JSON: {}, HTML: {}}}, **say(304)},
    )
    async def list_questions(request: Request) -> Response:
        """Donner chaque question, ses paramètres et son adresse."""
        return _list(request, {question: parametres for question, _, parametres in asked})

    for question, requete, parametres in asked:
        router.add_api_route(
            f"/questions/{question.slug}",
            _handler(question, requete, parametres),
            operation_id=question.slug,
            summary=question.question,
            description="Répondre à la question, telle qu’elle est écrite ou pour les valeurs données.",
            response_class=Response,
            responses=_REPONSES,
            openapi_extra={"parameters": [*map(_describe, parametres), _FORMAT]},
        )

    @router.get("/questions/{slug}", include_in_schema=False)
    async def refuse_question(slug: str) -> Response:
        raise IntrouvableError(messages("question.inconnue"))

    return router


_FORMAT: Final[dict[str, Any]] = {
    "name": "format",
    "in": "query",
    "description": "Le format de la réponse, plutôt que l’en-tête Accept.",
    "schema": {"type": "string", "enum": [str(f) for f in (Format.JSON, Format.XML, Format.CSV, Format.TSV)]},
}


def _describe(parametre: Parametre) -> dict[str, Any]:
    schema = _SCHEMAS.get(parametre.genre, {"type": "string"})
    exemple = [int(texte) if parametre.genre is Genre.NOMBRE else texte for texte in parametre.exemple]
    genre = f"terme du vocabulaire « {parametre.schema} »" if parametre.schema else parametre.genre.value
    return {
        "name": parametre.nom,
        "in": "query",
        "description": f"Genre : {genre}. Se répète pour plusieurs valeurs.",
        "schema": {"type": "array", "items": schema, "maxItems": VALEURS_MAX, "default": exemple},
    }


def _list(request: Request, questions: Mapping[Question, tuple[Parametre, ...]]) -> Response:
    edition: EditionOuverte = request.state.edition
    if choose_media(request.headers.get("accept"), (JSON, HTML)) == HTML:
        response: Response = HTMLResponse(page_questions(edition.id, tuple(questions)))
    else:
        response = JSONResponse({"questions": [_summarise(*pair) for pair in questions.items()]})
    response.headers["Vary"] = "Accept"
    response.headers["ETag"] = make_etag(bytes(response.body).decode())
    response.headers["Cache-Control"] = REVALIDER
    return response


def _summarise(question: Question, parametres: tuple[Parametre, ...]) -> dict[str, Any]:
    return {
        "slug": question.slug,
        "question": question.dite,
        "adresse": address_question(question.slug),
        "parametres": [
            {"nom": p.nom, "genre": p.genre, "vocabulaire": p.schema or None, "exemple": list(p.exemple)}
            for p in parametres
        ],
    }


def _handler(
    question: Question, requete: Requete, parametres: tuple[Parametre, ...]
) -> Callable[[Request], Coroutine[None, None, Response]]:
    async def answer_question(request: Request) -> Response:
        response = await _answer(request, question, requete, parametres)
        response.headers.update(limits_of(request.state.edition))
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer_question


async def _answer(
    request: Request, question: Question, requete: Requete, parametres: tuple[Parametre, ...]
) -> Response:
    edition: EditionOuverte = request.state.edition
    base = edition.manifeste.base_iri
    saisies: dict[str, list[str]] = {}
    format_ = None
    for nom, texte in parse_form(request.scope["query_string"]):
        if nom == "format":
            format_ = read_format(texte)
        else:
            saisies.setdefault(nom, []).append(texte.strip())
    page = format_ is None and choose_media(request.headers.get("accept"), OFFRES) == HTML
    sparql = SaisieSparql(edition=edition.id, prefixes=edition.sparql.prefixes, base_iri=base)
    try:
        bound = bind_parametres(requete, saisies, edition.catalogue, base)
    except DemandeInvalideError as erreur:
        if not page:
            raise
        saisie = SaisieQuestion(question, parametres, saisies, "", sparql)
        corps = page_question(saisie, edition.catalogue, erreur=erreur.message, champ=erreur.champ)
        return HTMLResponse(corps, 422)
    demande = DemandeSparql(f"{site_of(request)}/sparql", bound, format_, None, None)
    if not page:
        return await answer_protocol(request, edition, demande)
    return await _answer_page(
        request, edition, SaisieQuestion(question, parametres, saisies, bound, sparql), demande
    )


async def _answer_page(
    request: Request, edition: EditionOuverte, saisie: SaisieQuestion, demande: DemandeSparql
) -> Response:
    try:
        reponse = await run_shared(request, lambda arret: run_for_page(edition, demande, arret))
    except MaillageError as refus:
        statut = next(STATUTS[kind] for kind in type(refus).__mro__ if kind in STATUTS)
        corps = page_question(saisie, edition.catalogue, erreur=refus.message)
        return HTMLResponse(corps, statut, waiting_of(refus, statut))
    response = HTMLResponse(page_question(saisie, edition.catalogue, reponse))
    if reponse.tronque:
        response.headers[TRONQUE] = f"lignes={len(reponse.tableau.lignes)}"
    return response


router = routes_of(load_questions())
