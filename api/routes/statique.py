"""Style sheets, scripts and images, from the packages they ship in."""

from typing import Annotated, Final

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse, Response
from starlette.exceptions import HTTPException

from visualisations.rendu import static_path

router = APIRouter()

UN_AN: Final = "public, max-age=31536000, immutable"
"""For addresses that carry the hash of their content: another content has another address."""
REVALIDER: Final = "no-cache"
"""For the others (a script that imports its neighbour): asked again each time, answered 304."""


@router.get("/static/{nom}")
def read_static(nom: str, v: Annotated[str, Query(max_length=64)] = "") -> Response:
    """Answer a static file of exactly that name."""
    fichier = static_path(nom)
    if fichier is None:
        raise HTTPException(404)
    return FileResponse(fichier, headers={"Cache-Control": UN_AN if v else REVALIDER})


@router.get("/favicon.ico")
def read_favicon() -> Response:
    """Answer the icon that browsers ask for by themselves."""
    fichier = static_path("maille.svg")
    if fichier is None:
        raise HTTPException(404)
    return FileResponse(fichier, media_type="image/svg+xml", headers={"Cache-Control": REVALIDER})
