"""What the endpoint answers: rows or a graph, what it says of itself, or that nothing has changed."""

import asyncio
import re
from collections.abc import Callable
from typing import Final, TypeVar
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import Response

from api.conditionnel import REVALIDER, is_held, make_etag, not_modified
from api.editions import EditionOuverte
from api.negociation import require_media
from api.partage import Partage, client_of
from api.routes.sparql_demande import DemandeSparql
from graph.errors import RequeteRefuseeError
from graph.messages import messages
from graph.sparql.arret import Arret
from graph.sparql.formats import GRAPHES, Format, Forme, fit, medias_of
from graph.sparql.limites import RequeteLue, check_requete
from graph.sparql.pool import ResultatSparql
from graph.sparql.service import GrapheNomme, describe_service
from ontology.namespaces import EDITION

TRONQUE: Final = "X-Maillage-Tronque"
LIEN_MAX: Final = 6000
"""Bytes of a ``Link`` header; a longer query goes without."""
_SUITE: Final = re.compile(r"\nOFFSET (\d{1,12})\Z")

T = TypeVar("T")


async def run_shared(request: Request, work: Callable[[Arret], T]) -> T:
    """Run a query in this client's turn; should the client leave, the query is stopped.

    Raises:
        PartDepasseeError, OuvriersOccupesError: it is not this client's turn.
        RequeteAbandonneeError: the client left.
    """
    partage: Partage = request.app.state.partage
    arret = Arret()
    watcher = asyncio.create_task(_watch(request, arret))
    try:
        return await partage.run(client_of(request), work, arret)
    finally:
        watcher.cancel()


async def _watch(request: Request, arret: Arret) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    arret.stop()


async def answer_protocol(request: Request, edition: EditionOuverte, demande: DemandeSparql) -> Response:
    """Answer a query by the protocol; 304 without running it when the client holds the answer.

    Raises:
        MaillageError: refused, stopped, or not this client's turn.
    """
    if demande.requete is None:
        raise RequeteRefuseeError(messages("sparql.parametre-absent"))
    lue = check_requete(demande.requete, edition.sparql.prefixes)
    format_ = fit(demande.format, lue.forme) if demande.format else _choose_format(request, lue.forme)
    etag = _etag(edition, demande, format_, demande.requete)
    keeps = request.method == "GET" and not lue.changeante
    if keeps and is_held(request, etag):
        return not_modified(etag)
    resultat = await run_shared(
        request,
        lambda arret: edition.sparql.executer(
            lue,
            format_,
            demande.graphes_defaut,
            demande.graphes_nommes,
            base_iri=demande.adresse,
            arret=arret,
        ),
    )
    response = Response(resultat.corps, media_type=resultat.type_media)
    response.headers.update(
        {"ETag": etag, "Cache-Control": REVALIDER} if keeps else {"Cache-Control": "no-store"}
    )
    if resultat.tronque:
        response.headers[TRONQUE] = f"lignes={resultat.lignes}"
        if suite := find_rest(demande, lue, resultat):
            response.headers["Link"] = f'<{suite}>; rel="next"'
    if demande.format is not None:
        response.headers["Content-Disposition"] = f'attachment; filename="maillage.{format_.value}"'
    return response


def answer_service(request: Request, edition: EditionOuverte, demande: DemandeSparql) -> Response:
    """Answer what the endpoint says of itself, in a format of graphs.

    Raises:
        RequeteRefuseeError: a format of rows was asked for.
        NonProposeError: none of the formats suits the client.
    """
    format_ = demande.format or _choose_format(request, Forme.DESCRIBE)
    if format_ not in GRAPHES:
        raise RequeteRefuseeError(messages("sparql.parametre-absent"))
    etag = _etag(edition, demande, format_, "")
    if is_held(request, etag):
        return not_modified(etag)
    corps = describe_service(demande.adresse, _graphes_of(edition), format_)
    headers = {"ETag": etag, "Cache-Control": REVALIDER}
    return Response(corps, media_type=format_.type_media, headers=headers)


def find_rest(demande: DemandeSparql, lue: RequeteLue, resultat: ResultatSparql) -> str:
    """Return the address of the rows that a cut answer left out, empty when it cannot be told.

    The engine gives the rows of one edition in the same order each time.
    """
    begin = _SUITE.search(lue.texte)
    base = lue.texte[: begin.start()] if begin else lue.texte
    if not resultat.lignes or (check_requete(base).bornee if begin else lue.bornee):
        return ""
    passed = (int(begin[1]) if begin else 0) + resultat.lignes
    champs = [("query", f"{base}\nOFFSET {passed}")]
    champs += [("format", demande.format.value)] if demande.format else []
    champs += [("default-graph-uri", iri) for iri in demande.graphes_defaut or ()]
    champs += [("named-graph-uri", iri) for iri in demande.graphes_nommes or ()]
    adresse = f"{demande.adresse}?{urlencode(champs, quote_via=quote)}"
    return adresse if len(adresse) <= LIEN_MAX else ""


def _choose_format(request: Request, forme: Forme | None) -> Format:
    offers = medias_of(forme)
    return offers[require_media(request.headers.get("accept"), offers)]


def _etag(edition: EditionOuverte, demande: DemandeSparql, format_: Format, requete: str) -> str:
    graphes = (*(demande.graphes_defaut or ()), "", *(demande.graphes_nommes or ()))
    return make_etag(edition.id, demande.adresse, format_.value, requete, *graphes)


def _graphes_of(edition: EditionOuverte) -> list[GrapheNomme]:
    manifeste = edition.manifeste
    found = [GrapheNomme(source.graphe, source.titre, source.quads) for source in manifeste.sources]
    derived = manifeste.comptes.get("énoncés dérivés")
    titre = messages("sparql.graphe-edition", id=edition.id)
    return [*found, GrapheNomme(f"{EDITION}{edition.id}", titre, derived)] if derived else found
