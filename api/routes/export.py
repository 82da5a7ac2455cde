"""``/cartographie/…/export.{format}``: what the page shows, as a file, for the same query string."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from api.conditionnel import REVALIDER, is_held, make_etag, not_modified
from api.dependances import EditionCourante
from api.description import Responses, say
from api.publique import site_of
from graph.errors import IntrouvableError
from graph.messages import messages
from visualisations.exports import VUES, export
from visualisations.exports.modele import MEDIAS
from visualisations.integration import Integration, integration_courante

router = APIRouter(tags=["données"])

Format = Annotated[
    str,
    Path(description="La fin du nom du fichier.", examples=["csv"], json_schema_extra={"enum": list(MEDIAS)}),
]
Vue = Annotated[str, Path(description="La vue.", examples=["carte"], json_schema_extra={"enum": list(VUES)})]
_REPONSES: Final[Responses] = {
    200: {
        "description": "Le fichier.",
        "content": {media.partition(";")[0]: {} for media in MEDIAS.values()},
    },
    304: say(304)[304],
    404: {"description": "Cette vue ne se donne pas dans ce format."},
}

LONGUEUR_MAX: Final = 200
"""Characters of a criterion, as on the pages."""
NOMBRE_MAX: Final = 60
"""Values of a criterion, as on the pages."""


@router.get(
    "/cartographie/export.{format}",
    summary="Emporter le réseau en un fichier",
    response_class=Response,
    responses=_REPONSES,
)
def export_reseau(request: Request, edition: EditionCourante, format: Format) -> Response:
    """Ce que montre la page `/cartographie`, avec les mêmes paramètres dans l’adresse."""
    return _answer(request, edition, "reseau", format)


@router.get(
    "/cartographie/{vue}/export.{format}",
    summary="Emporter une vue en un fichier",
    response_class=Response,
    responses=_REPONSES,
)
def export_vue(request: Request, edition: EditionCourante, vue: Vue, format: Format) -> Response:
    """Ce que montre la page de la vue, avec les mêmes paramètres dans l’adresse."""
    return _answer(request, edition, vue, format)


def _answer(request: Request, edition: EditionCourante, code: str, format_: str) -> Response:
    vue = VUES.get(code)
    if vue is None or format_ not in vue.tous:
        raise IntrouvableError(messages("introuvable.ressource"))
    etag = make_etag(edition.id, site_of(request), request.url.query, code, format_)
    if is_held(request, etag):
        return not_modified(etag)
    demandes = {nom: request.query_params.getlist(nom)[:NOMBRE_MAX] for nom in vue.criteres}
    criteres = {nom: [v[:LONGUEUR_MAX] for v in valeurs if v] for nom, valeurs in demandes.items()}
    # A page is inlined with the addresses it has; a table says whole ones.
    jeton = integration_courante.set(Integration(site_of(request) if format_.endswith("csv") else ""))
    try:
        fichier = export(VUES, edition.catalogue, code, format_, criteres)
    finally:
        integration_courante.reset(jeton)
    entetes = {
        "Content-Disposition": f'attachment; filename="{fichier.nom}"',
        "Cache-Control": REVALIDER,
        "ETag": etag,
    }
    return Response(fichier.contenu, media_type=fichier.media, headers=entetes)
