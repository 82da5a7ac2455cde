"""Every IRI answers: ``/id/…``, ``/voc/…``, ``/source/…``, a page for people, statements for programs.

An IRI names a thing: asking for it leads (303) to a document about it, chosen by ``Accept``. The document's
address is the IRI with a suffix (``.html``, ``.ttl``, ``.jsonld``, ``.rdf``, ``.nt``), the same for all.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Annotated, Final
from urllib.parse import quote

import pyoxigraph as ox
from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.conditionnel import REVALIDER, make_etag
from api.dependances import EditionCourante
from api.description import Responses, say
from api.editions import EditionOuverte
from api.negociation import require_media
from api.publique import public_address
from graph.edition.anciennes import find_last
from graph.edition.description import LICENCE, move_addresses
from graph.errors import DisparuError, IntrouvableError
from graph.messages import messages
from graph.ressources import (
    PAGES_MAX,
    PAR_PAGE,
    SUFFIXES,
    Ressource,
    exists,
    find_replacement,
    name_statements,
    read_all,
    read_ressource,
    write_statements,
)
from graph.sparql.formats import Format
from graph.store import Store
from ontology.namespaces import EDITION, MAILLAGE, PREFIXES
from visualisations.pages.ressource import base_of, local_address, page_ressource

router = APIRouter(tags=["données liées"])

HTML: Final = "text/html"
MEDIAS: Final = {HTML: "html"} | {format_.type_media: format_.value for format_ in SUFFIXES}
"""Suffix of each media type that is offered; a program that says nothing gets Turtle (:func:`negotiate`)."""

_DANS: Final = ox.NamedNode(f"{PREFIXES['void']}inDataset")
_VOIR: Final = ox.NamedNode(f"{PREFIXES['rdfs']}seeAlso")
ENTIER: Final = 10_000
"""Statements of the page of a thing that a small store describes whole."""

Page = Annotated[int, Query(ge=1, le=PAGES_MAX, description="Page de la description d’une chose très liée.")]
FIN: Final = "La fin de son IRI ; avec .ttl, .jsonld, .rdf, .nt ou .html, cette forme-là."
LIEES: Final[Responses] = {
    200: {
        "description": "Ce qui est dit de cette chose ; Link donne les autres formes et les pages voisines.",
        "content": {media: {} for media in MEDIAS},
    },
    **say(303, 304, 308, 404, 406, 410),
}


@router.get(
    "/id/{chemin:path}", summary="Lire ce qui est dit d’une chose", response_class=Response, responses=LIEES
)
def read_thing(
    request: Request,
    edition: EditionCourante,
    chemin: Annotated[str, Path(description=FIN, examples=["acteur/s3a.ttl"])],
    page: Page = 1,
) -> Response:
    """Un acteur (`acteur/s3a`), une offre, un accompagnement, une instance, un lien, un territoire…"""
    return _answer(request, edition, base_of(edition.catalogue), f"id/{chemin}", page)


@router.get("/voc", include_in_schema=False)
@router.get("/voc/", include_in_schema=False)
def list_vocabularies() -> Response:
    """Lead to the list of the vocabularies."""
    return RedirectResponse("/def#vocabulaires", 303)


@router.get("/source", include_in_schema=False)
@router.get("/source/", include_in_schema=False)
def list_sources() -> Response:
    """Lead to the list of the files: every source has one."""
    return RedirectResponse("/dumps/", 303)


@router.get(
    "/voc/{chemin:path}",
    summary="Lire un vocabulaire ou l’un de ses termes",
    response_class=Response,
    responses=LIEES,
)
def read_concept(
    request: Request,
    edition: EditionCourante,
    chemin: Annotated[str, Path(description=FIN, examples=["stade/employeur.jsonld"])],
    page: Page = 1,
) -> Response:
    """`stade` pour le vocabulaire, `stade/employeur` pour le terme."""
    return _answer(request, edition, MAILLAGE, f"voc/{chemin}", page)


@router.get(
    "/source/{chemin:path}",
    summary="Lire ce qui est dit d’une source",
    response_class=Response,
    responses=LIEES,
)
def read_source(
    request: Request,
    edition: EditionCourante,
    chemin: Annotated[str, Path(description=FIN, examples=["calvados-petite-enfance-2009.html"])],
    page: Page = 1,
) -> Response:
    """Le document, ses passages, et ce qui en vient."""
    return _answer(request, edition, MAILLAGE, f"source/{chemin}", page)


def negotiate(request: Request) -> str:
    """Return the suffix of the document that a client would rather read.

    Raises:
        NonProposeError: it takes none of them.
    """
    return MEDIAS[require_media(request.headers.get("accept"), sorted(MEDIAS, key=HTML.__eq__))]


def link_headers(iri: str, chemin: str, page: int = 1, *, suivante: bool = False, suffixe: str = "") -> str:
    """Return the ``Link`` header of a document: what it is about, its other forms, its neighbours."""
    liens = [f'<{quote(iri, safe=":/#%")}>; rel="describes"']
    liens += [f'<{chemin}.{nom}>; rel="alternate"; type="{media}"' for media, nom in MEDIAS.items()]
    voisines = [("prev", page - 1)] * (page > 1) + [("next", page + 1)] * suivante
    liens += [f'<{chemin}.{suffixe}?page={numero}>; rel="{rel}"' for rel, numero in voisines]
    return ", ".join(liens)


def _answer(request: Request, edition: EditionOuverte, base: str, chemin: str, page: int) -> Response:
    tronc, point, suffixe = chemin.rpartition(".")
    if point and suffixe in MEDIAS.values():
        return _document(edition, f"{base}{tronc}", tronc, suffixe, page)
    iri, suffixe = f"{base}{chemin}", negotiate(request)
    store = _store(edition)
    _require(edition, store, iri)
    if (nouvelle := find_replacement(store, iri)) is not None:
        return RedirectResponse(
            _path(base, nouvelle), 308, headers={"Link": f'<{nouvelle}>; rel="canonical"'}
        )
    adresse = _page_of(edition, iri) if suffixe == "html" else ""
    entetes = {"Vary": "Accept", "Link": link_headers(iri, f"/{quote(chemin)}")}
    return RedirectResponse(adresse or f"/{quote(chemin)}.{suffixe}", 303, headers=entetes)


def _document(edition: EditionOuverte, iri: str, chemin: str, suffixe: str, page: int) -> Response:
    store = _store(edition)
    if (nouvelle := find_replacement(store, iri)) is not None:
        return RedirectResponse(f"{_path(iri.removesuffix(chemin), nouvelle)}.{suffixe}", 308)
    _require(edition, store, iri)
    if suffixe == "html" and (adresse := _page_of(edition, iri)):
        return RedirectResponse(adresse, 308)
    return answer_from(edition, store, iri, f"/{quote(chemin)}", suffixe, page)


def answer_from(
    edition: EditionOuverte,
    store: Store,
    iri: str,
    adresse: str,
    suffixe: str,
    page: int = 1,
    *,
    whole: bool = False,
) -> Response:
    """Answer a document about an IRI.

    Args:
        edition: being served.
        store: what describes the IRI.
        iri: what the document is about.
        adresse: of the IRI here, without suffix.
        suffixe: of the document.
        page: of the description.
        whole: statements are all that the store holds, not only those about the IRI.

    Raises:
        IntrouvableError: nothing is said of it, or not so many pages.
    """
    ressource = read_ressource(store, iri, page, ENTIER if whole else PAR_PAGE)
    if ressource is None:
        raise IntrouvableError(messages("introuvable.ressource"))
    if suffixe == "html":
        response: Response = HTMLResponse(page_ressource(edition.catalogue, ressource, adresse))
    else:
        format_ = Format(suffixe)
        about = _describe_page(ressource, f"{EDITION}{edition.id}", adresse, suffixe)
        enonces = _describe_whole(store) if whole else about
        response = Response(write_statements(enonces, format_), media_type=format_.type_media)
    liens = link_headers(iri, adresse, page, suivante=ressource.suivante, suffixe=suffixe)
    response.headers["Link"] = f'{liens}, <{LICENCE}>; rel="license"'
    response.headers["ETag"] = make_etag(bytes(response.body).decode())
    response.headers["Cache-Control"] = REVALIDER
    return response


def _describe_page(ressource: Ressource, edition: str, adresse: str, suffixe: str) -> Iterator[ox.Triple]:
    """Yield a page of a description, passages and names; its edition and next page, for who drops headers."""
    document = f"{public_address()}{adresse}" if public_address() else ressource.iri
    document = f"{document}.{suffixe}"
    ici = ox.NamedNode(f"{document}?page={ressource.page}" if ressource.page > 1 else document)
    yield ox.Triple(ici, _DANS, ox.NamedNode(edition))
    yield from chain(ressource.enonces, ressource.passages, name_statements(ressource))
    if ressource.suivante:
        suite = f"{document}?page={ressource.page + 1}"
        yield ox.Triple(ox.NamedNode(ressource.iri), _VOIR, ox.NamedNode(suite))


def _describe_whole(store: Store) -> Iterable[ox.Triple]:
    site = public_address()
    return move_addresses(read_all(store), site) if site else read_all(store)


def _require(edition: EditionOuverte, store: Store, iri: str) -> None:
    """Refuse an IRI that names nothing here, and say which edition was the last to know it.

    Raises:
        DisparuError: an earlier edition, kept here, described it.
        IntrouvableError: none did.
    """
    if exists(store, iri):
        return
    last = find_last(edition.folder, edition.manifeste, iri)
    if last is not None:
        raise DisparuError(messages("introuvable.disparue", id=last))
    raise IntrouvableError(messages("introuvable.ressource"))


def _page_of(edition: EditionOuverte, iri: str) -> str:
    """Address of the page made for such a thing (a card, a territory, an action); empty when it has none."""
    adresse = local_address(edition.catalogue, iri)
    if adresse.startswith("/id/acteur/"):  # a register alone names it
        return f"/acteurs/{adresse.removeprefix('/id/acteur/')}"
    return adresse if adresse.startswith(("/acteurs/", "/territoires/", "/accompagnements/")) else ""


def _path(base: str, iri: str) -> str:
    return "/" + quote(iri.removeprefix(base))


def _store(edition: EditionOuverte) -> Store:
    registre = edition.catalogue.registre
    if registre is None:
        raise IntrouvableError(messages("introuvable.ressource"))
    return registre.store
