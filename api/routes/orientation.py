"""``/api/orientation``: whom should this association turn to, and why."""

import datetime as dt
from dataclasses import asdict
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Body, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.compression import accepts_gzip
from api.dependances import EditionCourante
from api.description import say
from api.editions import EditionOuverte
from api.errors import say_fault
from api.gardees import send_kept
from graph.dates import aujourd_hui
from graph.errors import DemandeInvalideError
from graph.messages import langue_courante
from graph.orientation import (
    Saisie,
    explain_actor,
    explication_to_dict,
    orient,
    propose_needs,
    reponse_to_dict,
    understand,
)
from graph.orientation.demande import BESOINS_MAX
from graph.orientation.texte_libre import TEXTE_MAX

router = APIRouter(prefix="/api/orientation", tags=["orientation"])

LOT_MAX = 1000


def _described(texte: str) -> ConfigDict:
    """Refuse unknown keys, and describe the form in French where the API is described."""
    return ConfigDict(extra="forbid", json_schema_extra={"description": texte})


class DemandeEntree(BaseModel):
    """A request, as JSON or as a query string; an unknown key is refused."""

    model_config = _described("Une demande d’orientation ; un champ inconnu est refusé (422).")

    commune: str | None = Field(
        None, max_length=200, description="Code INSEE ou nom de la commune.", examples=["14027"]
    )
    territoire: str | None = Field(
        None, max_length=60, description="departement:14, region:28, epci:…, commune:…, national."
    )
    stade: str | None = Field(
        None, max_length=200, description="benevole, projet, primo-employeur, employeur."
    )
    effectif: int | None = Field(None, description="Nombre de salariés ; suggère seulement un stade.")
    besoins: list[Annotated[str, Field(max_length=200)]] = Field(
        default_factory=list,
        description="Codes du vocabulaire « besoin ».",
        json_schema_extra={"maxItems": BESOINS_MAX},
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


class ExplicationEntree(DemandeEntree):
    """A request and the actor asked about."""

    model_config = _described("Une demande, et l’acteur dont on demande la place dans la réponse.")

    acteur: str = Field(max_length=300, description="Identifiant de l’acteur ou son IRI.", examples=["s3a"])


class Lot(BaseModel):
    """Several requests, answered in the same order."""

    model_config = _described("Plusieurs demandes, répondues dans le même ordre.")

    demandes: list[Any] = Field(
        max_length=LOT_MAX,
        description="Jusqu’à 1 000 demandes, de la même forme qu’une seule.",
        json_schema_extra={"items": {"$ref": "#/components/schemas/DemandeEntree"}},
    )


def _answer(edition: EditionOuverte, entree: DemandeEntree) -> dict[str, Any]:
    """Answer as plain data, ready to be written: the framework need not look into it again."""
    demande, remarques = understand(edition.catalogue, entree.to_saisie())
    return reponse_to_dict(edition.catalogue, orient(edition.catalogue, demande, remarques))


async def _respond(request: Request, edition: EditionOuverte, entree: DemandeEntree) -> Response:
    """Answer with what was written for the same request on the same day, or write it away from the loop."""
    cle = (langue_courante.get(), aujourd_hui(), entree.model_dump_json())
    gardee = edition.orientations.find(cle)
    if gardee is None:
        corps = await run_in_threadpool(lambda: orjson.dumps(_answer(edition, entree)))
        gardee = edition.orientations.keep(cle, corps)
    accepted = accepts_gzip(request.headers.get("accept-encoding", ""))
    return send_kept(gardee, "application/json", compressed=accepted)


@router.get("", summary="Vers qui orienter une association, et pourquoi", response_model=None)
async def read_orientation(
    request: Request, edition: EditionCourante, entree: Annotated[DemandeEntree, Query()]
) -> Response:
    """La demande est dans l’adresse ; `besoins` se répète ou se sépare par des virgules."""
    return await _respond(request, edition, entree)


@router.post(
    "",
    summary="Vers qui orienter une association, et pourquoi",
    response_model=None,
    responses=say(400),
)
async def post_orientation(
    request: Request, edition: EditionCourante, entree: Annotated[DemandeEntree, Body()]
) -> Response:
    """Qui peut aider ici, dans quel ordre et pourquoi ; le parcours, la combinaison, les prestataires."""
    return await _respond(request, edition, entree)


@router.get("/besoins", summary="Les besoins que peut vouloir dire une phrase")
def read_besoins(
    edition: EditionCourante,
    q: Annotated[
        str,
        Query(
            max_length=TEXTE_MAX,
            description="La difficulté avec ses mots, en une ou deux phrases.",
            examples=["on ne sait pas faire une fiche de paie"],
        ),
    ],
) -> dict[str, Any]:
    """À confirmer par la personne, puis à mettre dans `besoins` ; vide quand aucun mot n’est reconnu.

    Le champ `texte` n’existe pas dans une demande : rien n’est cherché sans que le besoin soit confirmé.
    """
    proposes = propose_needs(edition.catalogue, q)
    return {"edition": edition.catalogue.edition, "q": q, "besoins_proposes": [asdict(b) for b in proposes]}


@router.get(
    "/expliquer",
    summary="Pourquoi cet acteur est, ou n’est pas, dans la réponse",
    responses=say(404),
)
def read_explication(
    edition: EditionCourante, entree: Annotated[ExplicationEntree, Query()]
) -> dict[str, Any]:
    """Pour la même demande : le rang de l’acteur, et une ligne par offre et par critère.

    Un acteur rapproché d’un autre est expliqué sous le nom de celui qu’il est devenu.
    """
    catalogue = edition.catalogue
    slug = entree.acteur.rstrip("/").rsplit("/", 1)[-1]
    acteur = catalogue.acteur(catalogue.remplacant(slug) or slug)
    demande, _ = understand(catalogue, entree.to_saisie())
    return explication_to_dict(catalogue, demande, explain_actor(catalogue, demande, acteur))


@router.post("/lot", summary="Plusieurs orientations à la fois, dans le même ordre", responses=say(400))
def post_lot(edition: EditionCourante, lot: Annotated[Lot, Body()]) -> Response:
    """Une réponse par demande, dans le même ordre.

    Une demande qui ne peut pas être comprise n’empêche pas les autres : à sa place,
    `{"erreur": {"champ": …, "message": …}}`.
    """
    reponses = [_answer_or_say(edition, demande) for demande in lot.demandes]
    return Response(orjson.dumps({"reponses": reponses}), media_type="application/json")


def _answer_or_say(edition: EditionOuverte, demande: object) -> dict[str, Any]:
    try:
        return _answer(edition, DemandeEntree.model_validate(demande))
    except DemandeInvalideError as erreur:
        champ, message = erreur.champ, erreur.message
    except ValidationError as erreur:
        champ, message = say_fault(dict(erreur.errors()[0]))
    return {"erreur": {"champ": champ, "message": message}}
