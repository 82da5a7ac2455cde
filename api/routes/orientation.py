"""``/api/orientation``: whom should this association turn to, and why."""

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query
from pydantic import BaseModel, ConfigDict, Field

from api.dependances import EditionCourante
from api.editions import EditionOuverte
from graph.errors import DemandeInvalideError
from graph.orientation import Saisie, orient, reponse_to_dict, understand

router = APIRouter(prefix="/api/orientation", tags=["orientation"])

LOT_MAX = 1000


class DemandeEntree(BaseModel):
    """A request, as JSON or as a query string; an unknown key is refused."""

    model_config = ConfigDict(extra="forbid")

    commune: str | None = Field(None, max_length=200, description="Code INSEE ou nom de la commune.")
    territoire: str | None = Field(
        None, max_length=60, description="departement:14, region:28, epci:…, commune:…, national."
    )
    stade: str | None = Field(
        None, max_length=200, description="benevole, projet, primo-employeur, employeur."
    )
    effectif: int | None = Field(None, description="Nombre de salariés ; suggère seulement un stade.")
    besoins: list[Annotated[str, Field(max_length=200)]] = Field(
        default_factory=list, max_length=500, description="Codes du vocabulaire « besoin »."
    )
    secteur: str | None = Field(None, max_length=200, description="Code du vocabulaire « secteur ».")
    date: dt.date | None = Field(None, description="Répondre tel que c’était ce jour-là (AAAA-MM-JJ).")

    def to_saisie(self) -> Saisie:
        """Return the request for the engine; needs may also be given separated by commas."""
        besoins = tuple(code.strip() for texte in self.besoins for code in texte.split(",") if code.strip())
        return Saisie(
            commune=self.commune,
            territoire=self.territoire,
            stade=self.stade,
            effectif=self.effectif,
            besoins=besoins,
            secteur=self.secteur,
            jour=self.date,
        )


class Lot(BaseModel):
    """Several requests, answered in the same order."""

    model_config = ConfigDict(extra="forbid")

    demandes: list[DemandeEntree] = Field(max_length=LOT_MAX)


def _answer(edition: EditionOuverte, entree: DemandeEntree) -> dict[str, Any]:
    demande, remarques = understand(edition.catalogue, entree.to_saisie())
    return reponse_to_dict(edition.catalogue, orient(edition.catalogue, demande, remarques))


@router.get("", summary="Vers qui orienter une association, et pourquoi")
def read_orientation(edition: EditionCourante, entree: Annotated[DemandeEntree, Query()]) -> dict[str, Any]:
    """Answer a request given as a query string."""
    return _answer(edition, entree)


@router.post("", summary="Vers qui orienter une association, et pourquoi")
def post_orientation(edition: EditionCourante, entree: Annotated[DemandeEntree, Body()]) -> dict[str, Any]:
    """Answer a request given as JSON."""
    return _answer(edition, entree)


@router.post("/lot", summary="Plusieurs orientations à la fois, dans le même ordre")
def post_lot(edition: EditionCourante, lot: Annotated[Lot, Body()]) -> dict[str, Any]:
    """Answer up to 1 000 requests; one that cannot be understood fails the lot and is named."""
    reponses = []
    for rang, entree in enumerate(lot.demandes):
        try:
            reponses.append(_answer(edition, entree))
        except DemandeInvalideError as erreur:
            raise DemandeInvalideError(f"demandes.{rang}.{erreur.champ}", erreur.message) from None
    return {"reponses": reponses}
