"""``/cartographie/carte``: the map, and the same as data."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse

from api.dependances import EditionCourante
from graph.carte import MESURES, draw_map, parse_criteres
from graph.dates import aujourd_hui
from visualisations.exports.carte import map_to_dict
from visualisations.pages.carte import page_carte

router = APIRouter()

Code = Annotated[str, Query(max_length=60)]


def read_demande(
    territoire: Annotated[
        Code, Query(description="departement:14, region:28… ; sans, toute la France.")
    ] = "",
    mesure: Annotated[Code, Query(description=f"Ce qui est compté : {', '.join(MESURES)}.")] = "",
    maille: Annotated[Code, Query(description="departement ou region.")] = "",
    portee: Annotated[Code, Query(description="proche (du lieu même ou plus près), ou toutes.")] = "",
    fonction: Annotated[Code, Query(description="Code d’une fonction, quand ce sont des offres.")] = "",
    role: Annotated[Code, Query(description="Rôle des acteurs (PointAppui…).")] = "",
    annee: Annotated[Code, Query(description="AAAA ; sans, aujourd’hui.")] = "",
    rapport: Annotated[Code, Query(description="1 : pour 1 000 associations employeuses.")] = "",
    points: Annotated[Code, Query(description="1 : placer les acteurs dont le lieu est connu.")] = "",
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
    """Une valeur par lieu, `null` où personne ne sait ; les codes se lisent sur la page de la carte."""
    catalogue = edition.catalogue
    return map_to_dict(catalogue, draw_map(catalogue, parse_criteres(catalogue, **demande), aujourd_hui()))
