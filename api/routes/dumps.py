"""``/dumps/``: the edition as files, written as they are sent by a program of their own.

At most two at a time for each server process, one a client: a national edition takes minutes, and answering
comes first.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

from api.conditionnel import REVALIDER, is_held, make_etag, not_modified
from api.dependances import EditionCourante
from api.description import say
from api.echange import SANS_CORPS
from api.editions import EditionOuverte
from api.negociation import choose_media
from api.partage import client_of
from graph.edition.dump import STORE, dump_path, graphs_of
from graph.edition.fichiers import Fichier, list_fichiers
from graph.errors import IntrouvableError, OuvriersOccupesError
from graph.messages import messages
from visualisations.pages.dumps import page_dumps, say_title

router = APIRouter(tags=["données liées"])

GZIP: Final = "application/gzip"
HTML: Final = "text/html"
JSON: Final = "application/json"
Chemin = Annotated[str, Path(description="Tel que la liste le donne.")]
ENSEMBLE: Final = 2
DUREE_MAX: Final = 3600.0
"""Seconds given to a file; a client that reads slower is cut off."""
MORCEAU: Final = 64 * 1024

_en_cours: Final[set[str]] = set()
"""Clients being sent a file by this process."""


@router.get("/dumps", include_in_schema=False)
@router.get(
    "/dumps/",
    summary="Lire la liste des fichiers de l’édition",
    response_class=Response,
    responses={200: {"description": "La liste.", "content": {JSON: {}, HTML: {}}}, **say(304, 404)},
)
def list_dumps(request: Request, edition: EditionCourante) -> Response:
    """L’édition entière, puis chaque source, avec ce qu’il faut pour choisir."""
    _require_store(edition)
    fichiers = list_fichiers(edition.folder, edition.manifeste)
    if choose_media(request.headers.get("accept"), (JSON, HTML)) == HTML:
        response: Response = HTMLResponse(page_dumps(edition.id, fichiers))
    else:
        response = JSONResponse({"edition": edition.id, "fichiers": [_describe(f) for f in fichiers]})
    response.headers.update({"Vary": "Accept", "Cache-Control": REVALIDER})
    response.headers["ETag"] = make_etag(bytes(response.body).decode())
    return response


def _describe(fichier: Fichier) -> dict[str, Any]:
    return {
        "graphe": fichier.graphe,
        "titre": say_title(fichier),
        "adresse": f"/{fichier.chemin}",
        "format": fichier.media,
        "compression": "gzip",
        "enonces": fichier.enonces,
        "octets": fichier.octets,  # about: a file is written when it is asked for
        "date": fichier.date or None,
        "licence": fichier.licence or None,
    }


@router.get(
    "/dumps/{chemin:path}",
    summary="Télécharger l’édition entière, ou l’une de ses sources",
    response_class=Response,
    responses={200: {"description": "Le fichier.", "content": {GZIP: {}}}, **say(304, 404)},
)
async def send_dump(request: Request, edition: EditionCourante, chemin: Chemin) -> Response:
    """N-Quads ou Turtle, compressé par gzip, écrit à mesure qu’il est lu."""
    _require_store(edition)
    graphes = {"": "", **graphs_of(edition.manifeste)}
    found = {dump_path(edition.id, graphe): graphe for graphe in graphes.values()}
    if (graphe := found.get(f"dumps/{chemin}")) is None:
        raise IntrouvableError(messages("introuvable.dump"))
    etag = make_etag(edition.id, chemin)
    if is_held(request, etag):
        return not_modified(etag)
    nom = "-".join(chemin.split("/")[1:]) or chemin
    headers = {
        "ETag": etag,
        "Cache-Control": REVALIDER,
        "Content-Disposition": f'attachment; filename="maillage-{nom}"',
    }
    if request.scope.get(SANS_CORPS):
        described = Response(media_type=GZIP, headers=headers)
        del described.headers["content-length"]  # a file is written when it is asked for: nobody knows it
        return described
    client = client_of(request)
    if len(_en_cours) >= ENSEMBLE or client in _en_cours:
        raise OuvriersOccupesError(messages("introuvable.dump-occupe"))
    _en_cours.add(client)
    try:
        programme = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "graph.edition.dump", str(edition.folder), graphe),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
    except BaseException:
        _en_cours.discard(client)
        raise
    return StreamingResponse(_read(programme, client), media_type=GZIP, headers=headers)


async def _read(programme: asyncio.subprocess.Process, client: str) -> AsyncIterator[bytes]:
    """Yield what a program writes; it is stopped if its reader leaves or takes too long."""
    loop = asyncio.get_running_loop()
    late = loop.call_later(DUREE_MAX, _stop, programme, client)
    sortie = programme.stdout
    assert sortie is not None  # noqa: S101 — a pipe was asked for
    try:
        while morceau := await sortie.read(MORCEAU):
            yield morceau
        if await programme.wait() != 0:
            raise OSError("the dump stopped before its end")  # the client must not take it for whole
    finally:
        late.cancel()
        _stop(programme, client)


def _stop(programme: asyncio.subprocess.Process, client: str) -> None:
    if programme.returncode is None:
        programme.kill()
    _en_cours.discard(client)


def _require_store(edition: EditionOuverte) -> None:
    if not (edition.folder / STORE).is_dir():
        raise IntrouvableError(messages("introuvable.dump"))
