"""``/cartographie/…/export.{format}``: what the page shows, as a file, for the same query string."""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.conditionnel import REVALIDER, is_held, make_etag, not_modified
from api.dependances import EditionCourante
from graph.errors import IntrouvableError
from graph.messages import messages
from visualisations.exports import VUES, export

router = APIRouter()

LONGUEUR_MAX: Final = 200
"""Characters of a criterion, as on the pages."""
NOMBRE_MAX: Final = 60
"""Values of a criterion, as on the pages."""


@router.get("/cartographie/export.{format}")
def export_reseau(request: Request, edition: EditionCourante, format: str) -> Response:
    """Answer the network of the page ``/cartographie`` as a file."""
    return _answer(request, edition, "reseau", format)


@router.get("/cartographie/{vue}/export.{format}")
def export_vue(request: Request, edition: EditionCourante, vue: str, format: str) -> Response:
    """Answer another view as a file."""
    return _answer(request, edition, vue, format)


def _answer(request: Request, edition: EditionCourante, code: str, format_: str) -> Response:
    vue = VUES.get(code)
    if vue is None or format_ not in vue.tous:
        raise IntrouvableError(messages("introuvable.ressource"))
    etag = make_etag(edition.id, request.url.query, code, format_)
    if is_held(request, etag):
        return not_modified(etag)
    demandes = {nom: request.query_params.getlist(nom)[:NOMBRE_MAX] for nom in vue.criteres}
    criteres = {nom: [v[:LONGUEUR_MAX] for v in valeurs if v] for nom, valeurs in demandes.items()}
    fichier = export(VUES, edition.catalogue, code, format_, criteres)
    entetes = {
        "Content-Disposition": f'attachment; filename="{fichier.nom}"',
        "Cache-Control": REVALIDER,
        "ETag": etag,
    }
    return Response(fichier.contenu, media_type=fichier.media, headers=entetes)
