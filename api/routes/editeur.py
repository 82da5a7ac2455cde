"""``/sparql/editeur``: the query editor (YASGUI), and the words it proposes."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from api.conditionnel import REVALIDER, make_etag
from api.editions import EditionOuverte
from api.middleware import CSP
from graph.errors import IntrouvableError
from graph.messages import messages
from graph.sparql.limites import LONGUEUR_MAX
from graph.sparql.questions import load_questions
from visualisations.langues import langue
from visualisations.pages.editeur import page_editeur
from visualisations.rendu import has_editeur
from visualisations.sparql import ADRESSE, SaisieSparql, address_of
from visualisations.vocabulaire import list_lieux, list_termes, prefixes_of_schemes

router = APIRouter()

STYLE: Final = "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
"""The one sheet that YASGUI 4.6.2 writes into the page (handles that widen columns), by its content."""
CSP_EDITEUR: Final = CSP.replace("style-src 'self'", f"style-src 'self' {STYLE}")


@router.get("/sparql/editeur")
def read_editeur(
    request: Request,
    query: Annotated[str | None, Query(max_length=LONGUEUR_MAX)] = None,
    question: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Answer the editor, with a query or a ready-made question; lead to the plain page without its parts."""
    questions = load_questions()
    if question:
        found = next((q for q in questions if q.slug == question), None)
        if found is None:
            raise IntrouvableError(messages("question.inconnue"))
        query = found.requete
    if not has_editeur():
        return RedirectResponse(address_of(query) if query else ADRESSE, 303)
    edition: EditionOuverte = request.state.edition
    saisie = SaisieSparql(
        requete=query,
        delai=edition.sparql.delai,
        lignes_max=edition.sparql.lignes_max,
        edition=edition.id,
        base_iri=edition.manifeste.base_iri,
    )
    return HTMLResponse(page_editeur(saisie, questions), headers={"Content-Security-Policy": CSP_EDITEUR})


@router.get("/sparql/vocabulaire")
def read_vocabulaire(request: Request) -> Response:
    """Answer the prefixes that queries may use, and every term that may be typed: ``[name, label, kind]``."""
    edition: EditionOuverte = request.state.edition
    corps: dict[str, Any] = {
        "prefixes": edition.sparql.prefixes,
        "schemas": prefixes_of_schemes(),
        "termes": [
            (t.nom, t.libelle, t.genre) for t in (*list_termes(langue()), *list_lieux(edition.catalogue))
        ],
    }
    response = JSONResponse(corps)
    response.headers["ETag"] = make_etag(bytes(response.body).decode())
    response.headers["Cache-Control"] = REVALIDER
    return response
