"""``/cartographie/carte``: the map, and the same as data."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse

from api.dependances import EditionCourante
from graph.carte import draw_map, parse_criteres
from graph.dates import aujourd_hui
from visualisations.exports.carte import map_to_dict
from visualisations.pages.carte import page_carte

router = APIRouter()

Code = Annotated[str, Query(max_length=60)]


def read_demande(
    territoire: Code = "",
    mesure: Code = "",
    maille: Code = "",
    portee: Code = "",
    fonction: Code = "",
    role: Code = "",
    annee: Code = "",
    rapport: Code = "",
    points: Code = "",
) -> dict[str, str]:
    """Return what was typed, field by field."""
    return {nom: valeur.strip() for nom, valeur in locals().items()}


Demande = Annotated[dict[str, str], Depends(read_demande)]


@router.get("/cartographie/carte", response_class=HTMLResponse, include_in_schema=False)
def read_carte(edition: EditionCourante, demande: Demande) -> str:
    """Answer the page of the map."""
    catalogue = edition.catalogue
    return page_carte(catalogue, parse_criteres(catalogue, **demande), aujourd_hui())


@router.get("/api/cartographie/carte", tags=["données"], summary="Une valeur par département ou par région")
def read_donnees(edition: EditionCourante, demande: Demande) -> dict[str, Any]:
    """Answer the contents of the map: a value for each place, null where nobody knows."""
    catalogue = edition.catalogue
    return map_to_dict(catalogue, draw_map(catalogue, parse_criteres(catalogue, **demande), aujourd_hui()))
