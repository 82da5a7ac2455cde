"""The network: the page, and the same as JSON; both take the same words."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse

from api.dependances import EditionCourante
from api.description import say
from graph.cartography import CriteresReseau, parse_criteres
from visualisations.reseau.page import donnees_cartographie, page_cartographie

pages = APIRouter(default_response_class=HTMLResponse)
donnees = APIRouter(prefix="/api", tags=["données"])

Texte = Annotated[str, Query(max_length=200)]


def read_criteres(
    edition: EditionCourante,
    territoire: Annotated[Texte, Query(description="departement:14, region:28… ; sans, tous.")] = "",
    type: Annotated[list[str], Query(max_length=60, description="Rôles (PointAppui…).")] = [],  # noqa: B006
    lien: Annotated[list[str], Query(max_length=60, description="Types de lien.")] = [],  # noqa: B006
    isoles: Annotated[Texte, Query(description="0 : sans les acteurs qu’aucun lien ne joint.")] = "1",
    secteur: Annotated[Texte, Query(description="Code d’un secteur, ou non-renseigne.")] = "",
    stade: Annotated[Texte, Query(description="Code d’un stade, ou non-renseigne.")] = "",
    reseau: Annotated[Texte, Query(description="Réseau dont on montre les membres.")] = "",
    source: Annotated[Texte, Query(description="Source qui en parle.")] = "",
    date: Annotated[Texte, Query(description="AAAA-MM-JJ : les liens qui peuvent valoir ce jour-là.")] = "",
    taille: Annotated[Texte, Query(description="liens ou passages : ce que dit la taille.")] = "",
    communautes: Annotated[Texte, Query(description="1 : chercher les groupes d’acteurs.")] = "",
    par: Annotated[Texte, Query(description="acteur, departement ou reseau : ce que vaut un nœud.")] = "",
) -> CriteresReseau:
    """Read what to show from an address."""
    return parse_criteres(
        edition.catalogue,
        territoire,
        type,
        lien,
        isoles != "0",
        secteur=secteur,
        stade=stade,
        reseau=reseau,
        source=source,
        date=date,
        taille=taille,
        communautes=communautes,
        par=par,
    )


Depart = Annotated[str, Query(max_length=200, description="Acteur d’où partent les chemins cherchés.")]
Arrivee = Annotated[
    str, Query(max_length=200, description="Acteur à atteindre, ou rôle (Financeur…) ; un financeur sinon.")
]
Criteres = Annotated[CriteresReseau, Depends(read_criteres)]


@pages.get("/cartographie")
def read_cartographie(
    edition: EditionCourante, criteres: Criteres, chemin: Depart = "", vers: Arrivee = ""
) -> str:
    """Answer the network page."""
    return page_cartographie(edition.catalogue, criteres, chemin, vers)


@donnees.get(
    "/cartographie",
    summary="Le réseau d’un territoire : acteurs ou groupes, liens, positions",
    responses=say(404),
)
def read_reseau(
    edition: EditionCourante, criteres: Criteres, chemin: Depart = "", vers: Arrivee = ""
) -> dict[str, object]:
    """Le réseau que dessine la page, et les chemins qu’elle raconte quand `chemin` est donné."""
    return donnees_cartographie(edition.catalogue, criteres, chemin, vers)
