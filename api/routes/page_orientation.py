"""``/orientation``: the form, the answer, why not somebody, and the same answer as a file."""

import datetime as dt
import re
from contextlib import suppress
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from api.dependances import EditionCourante
from api.publique import site_of
from graph.annuaire import Criteres, search_actors
from graph.catalogue import Catalogue
from graph.catalogue.modele import Acteur
from graph.catalogue.territoires import reference
from graph.errors import DemandeInvalideError, IntrouvableError
from graph.messages import messages
from graph.orientation import (
    BesoinPropose,
    LieuLu,
    Saisie,
    explain_actor,
    orient,
    propose_needs,
    read_place,
    reponse_to_dict,
    understand,
)
from graph.orientation.modele import Demande
from graph.texte import fold
from visualisations.pages import Question, SaisieOrientation, page_orientation, write_answer_csv

router = APIRouter(default_response_class=HTMLResponse)

CHOIX_MAX = 8
"""Actors offered when a typed name may be several."""
_SLUG = re.compile(r"[a-z0-9-]+")
Texte = Annotated[str, Query(max_length=200)]
Codes = Annotated[list[str], Query(max_length=60)]


def _read_saisie(
    commune: Texte = "",
    stade: Texte = "",
    besoins: Codes = [],  # noqa: B006 — FastAPI copies defaults
    secteur: Texte = "",
    effectif: Texte = "",
    texte: Texte = "",
    date: Texte = "",
    compris: Annotated[str, Query(max_length=800)] = "",
    territoire: Texte = "",
) -> SaisieOrientation:
    codes = tuple(besoin for besoin in besoins if besoin)
    return SaisieOrientation(
        commune=commune.strip() or territoire.strip(),
        stade=stade or None,
        besoins=codes,
        secteur=secteur or None,
        effectif=effectif,
        texte=texte.strip(),
        date=date.strip(),
        compris=compris.strip(),
    )


@router.get("/orientation")
def read_orientation(
    request: Request,
    edition: EditionCourante,
    saisie: Annotated[SaisieOrientation, Depends(_read_saisie)],
    pourquoi: Texte = "",
    format: Texte = "",
) -> Response:
    """Answer the form, the form with what to confirm or correct, or the answer, also as JSON or CSV."""
    catalogue = edition.catalogue
    saisie = replace(saisie, besoins=tuple(code for code in saisie.besoins if code not in saisie.perimes))
    if saisie == SaisieOrientation():
        return HTMLResponse(page_orientation(catalogue, saisie))
    lieu = read_place(catalogue, saisie.commune)
    if format in {"json", "csv"}:
        demande, remarques = understand(catalogue, _to_saisie(saisie, lieu))
        return _answer_file(catalogue, format, demande, remarques, site_of(request))
    if lieu.choix:
        return HTMLResponse(page_orientation(catalogue, saisie, choix_communes=lieu.choix))
    try:
        demande, remarques = understand(catalogue, _to_saisie(saisie, lieu))
        proposes = _propose(catalogue, saisie)
    except DemandeInvalideError as erreur:
        page = page_orientation(catalogue, saisie, erreurs={erreur.champ: erreur.message})
        return HTMLResponse(page, status_code=422)
    if proposes:
        return HTMLResponse(page_orientation(catalogue, saisie, proposes=proposes))
    question = _ask_why(catalogue, demande, pourquoi.strip())
    reponse = orient(catalogue, demande, remarques)
    return HTMLResponse(page_orientation(catalogue, saisie, reponse, question=question))


def _answer_file(
    catalogue: Catalogue, forme: str, demande: Demande, remarques: tuple[str, ...], site: str
) -> Response:
    reponse = orient(catalogue, demande, remarques)
    if forme == "json":
        return JSONResponse(reponse_to_dict(catalogue, reponse))
    lieu = demande.territoire.rsplit("/", 1)[-1]
    nom = f"maillage-orientation-{lieu}-{demande.date}.csv"
    return Response(
        write_answer_csv(catalogue, reponse, site),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )


def _propose(catalogue: Catalogue, saisie: SaisieOrientation) -> list[BesoinPropose]:
    """Return the needs to confirm, those already chosen left out; none for words already asked about."""
    if saisie.confirme:
        return []
    found = propose_needs(catalogue, saisie.texte)
    if saisie.texte and not found and not saisie.besoins:
        raise DemandeInvalideError("besoins", messages("demande.texte-inconnu"))
    return [propose for propose in found if propose.code not in saisie.besoins]


def _ask_why(catalogue: Catalogue, demande: Demande, texte: str) -> Question:
    """Return why the named actor is, or is not, in the answer; or whom the name may mean."""
    found = _find_actors(catalogue, texte) if texte else []
    if len(found) == 1:
        return Question(texte, explication=explain_actor(catalogue, demande, found[0]))
    return Question(texte, choix=tuple(found))


def _find_actors(catalogue: Catalogue, texte: str) -> list[Acteur]:
    """Return the actor of an identifier or of exactly that name; otherwise those the directory finds."""
    if _SLUG.fullmatch(texte):
        with suppress(IntrouvableError):
            return [catalogue.acteur(catalogue.remplacant(texte) or texte)]
    found = list(search_actors(catalogue, Criteres(q=texte)).acteurs[:CHOIX_MAX])
    wanted = fold(texte)
    named = [acteur for acteur in found if wanted in {fold(nom) for nom in (acteur.nom, *acteur.sigles)}]
    return named if len(named) == 1 else found


def _to_saisie(saisie: SaisieOrientation, lieu: LieuLu) -> Saisie:
    effectif = saisie.effectif.strip()
    if effectif and not (effectif.isascii() and effectif.isdigit() and len(effectif) <= 7):
        raise DemandeInvalideError("effectif", messages("demande.effectif"))
    wider = lieu.territoire is not None and lieu.territoire.niveau != "commune"
    return Saisie(
        commune=None if wider else saisie.commune or None,
        territoire=reference(lieu.territoire) if lieu.territoire and wider else None,
        stade=saisie.stade,
        besoins=saisie.besoins,
        secteur=saisie.secteur,
        effectif=int(effectif) if effectif else None,
        jour=_read_day(saisie.date),
    )


def _read_day(texte: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(texte) if texte else None
    except ValueError:
        raise DemandeInvalideError("date", messages("validation.date", champ="date")) from None
