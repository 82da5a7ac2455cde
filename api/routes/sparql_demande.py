"""A request of the SPARQL 1.1 protocol, read to the letter: three ways to send a query, nothing else."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from api.publique import site_of
from graph.errors import RequeteRefuseeError
from graph.messages import messages
from graph.sparql.arret import RequeteAbandonneeError
from graph.sparql.formats import Format, find_format

CORPS_MAX: Final = 64 * 1024
"""Bytes of a body: a query of 16 kB, each byte written %XX, and its graphs."""
CHAMPS_MAX: Final = 200
DELAI_CORPS: Final = 10.0
"""Seconds given to a body to arrive whole."""

FORMULAIRE: Final = "application/x-www-form-urlencoded"
REQUETE: Final = "application/sparql-query"
MISE_A_JOUR: Final = "application/sparql-update"


@dataclass(frozen=True, slots=True)
class DemandeSparql:
    """What is asked, not yet checked."""

    adresse: str
    """Where it was asked: relative IRIs of the query are relative to it."""
    requete: str | None
    format: Format | None
    graphes_defaut: tuple[str, ...] | None
    graphes_nommes: tuple[str, ...] | None


Champs = Sequence[tuple[str, str]]


async def read_demande(request: Request) -> DemandeSparql:
    """Read the query, its graphs and the format, wherever the protocol lets them be.

    Raises:
        RequeteRefuseeError: parameters missing their meaning: twice the query, an update, an unknown format.
        HTTPException: a body too large (413), too slow (408) or of another kind (415).
    """
    adresse = f"{site_of(request)}{request.url.path}"
    url = parse_form(request.scope["query_string"])
    if request.method != "POST":
        return _demande(adresse, url)
    media, _, parameters = request.headers.get("content-type", "").partition(";")
    kind = media.strip().lower()
    if kind == MISE_A_JOUR:
        raise RequeteRefuseeError(messages("sparql.lecture-seule"))
    if kind not in (FORMULAIRE, REQUETE) or not _is_utf8(parameters):
        raise HTTPException(415)
    corps = await _read_body(request)
    if kind == FORMULAIRE:
        return _demande(adresse, [*parse_form(corps), *(champ for champ in url if champ[0] == "format")])
    if any(nom == "query" for nom, _ in url):
        raise RequeteRefuseeError(messages("sparql.parametre-double", nom="query"))
    return _demande(adresse, [*url, ("query", _decode(corps))])


def _demande(adresse: str, champs: Champs) -> DemandeSparql:
    noms = [nom for nom, _ in champs]
    if "update" in noms:
        raise RequeteRefuseeError(messages("sparql.lecture-seule"))
    # Clients say a format by several names at once.
    formats = {read_format(valeur) for nom, valeur in champs if nom == "format"} or {None}
    for nom, nombre in (("query", noms.count("query")), ("format", len(formats))):
        if nombre > 1:
            raise RequeteRefuseeError(messages("sparql.parametre-double", nom=nom))
    return DemandeSparql(
        adresse=adresse,
        requete=dict(champs).get("query"),
        format=formats.pop(),
        graphes_defaut=_all(champs, "default-graph-uri"),
        graphes_nommes=_all(champs, "named-graph-uri"),
    )


def _all(champs: Champs, nom: str) -> tuple[str, ...] | None:
    return tuple(valeur for cle, valeur in champs if cle == nom) or None


def read_format(texte: str | None) -> Format | None:
    """Return the format of a name or of a media type, None for none.

    Raises:
        RequeteRefuseeError: no format has this name.
    """
    if not texte:
        return None
    format_ = find_format(texte)
    if format_ is None:
        raise RequeteRefuseeError(messages("sparql.format-inconnu", format=texte[:40]))
    return format_


def parse_form(octets: bytes) -> list[tuple[str, str]]:
    """Read the fields of a query string or of a form, percent and plus signs decoded once.

    Raises:
        RequeteRefuseeError: it is not UTF-8, or holds too many fields.
    """
    try:
        return parse_qsl(
            octets.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=CHAMPS_MAX,
        )
    except ValueError:  # UnicodeDecodeError is one
        raise RequeteRefuseeError(messages("sparql.parametres-illisibles")) from None


def _decode(corps: bytes) -> str:
    try:
        return corps.decode("utf-8")
    except UnicodeDecodeError:
        raise RequeteRefuseeError(messages("sparql.pas-utf8")) from None


def _is_utf8(parameters: str) -> bool:
    for parameter in parameters.split(";"):
        nom, _, valeur = parameter.partition("=")
        if nom.strip().lower() == "charset":
            return valeur.strip().strip('"').lower() in ("utf-8", "utf8", "us-ascii")
    return True


async def _read_body(request: Request) -> bytes:
    corps = bytearray()
    try:
        async with asyncio.timeout(DELAI_CORPS):
            async for morceau in request.stream():
                corps += morceau
                if len(corps) > CORPS_MAX:
                    raise HTTPException(413)
    except TimeoutError:
        raise HTTPException(408, headers={"Connection": "close"}) from None
    except ClientDisconnect:
        raise RequeteAbandonneeError from None
    return bytes(corps)
