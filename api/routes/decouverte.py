"""What lets machines find their way: descriptions of editions, ``/.well-known/void``, sitemap, robots.txt."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Final
from xml.sax.saxutils import escape

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from api.conditionnel import REVALIDER, make_etag
from api.dependances import EditionCourante
from api.publique import site_of
from api.routes.ressources import LIEES, MEDIAS, answer_from, link_headers, negotiate
from graph.catalogue import Catalogue
from graph.edition.description import open_description
from graph.errors import IntrouvableError
from graph.messages import messages
from ontology.namespaces import EDITION
from visualisations.pages.api import page_api
from visualisations.pages.commun import action_address, actor_address
from visualisations.pages.lieux import place_address

router = APIRouter(tags=["données liées"])

PAR_FICHIER: Final = 40_000
"""Addresses of a sitemap (the protocol allows 50 000)."""
NIVEAUX: Final = ("epci", "departement", "region", "national")
"""Territories that the sitemap lists: communes are reached from them."""
COUTEUX: Final = (
    "/sparql",
    "/api/",
    "/questions/*?",
    "/dumps/",
    "/orientation?",
    "/cartographie?",
    "/*/export.",
    "/cartographie/matrice?",
    "/couverture?",
    "/acteurs?",
    "/*?page=",
    "/metrics",
)
"""What a crawler has no use for and that costs: each address is another query."""
Nom = Annotated[
    str, Path(description="Son identifiant ; avec .ttl, .jsonld, .rdf, .nt ou .html, cette forme-là.")
]
_ID: Final = re.compile(r"\d{4}-\d\d-\d\d-[0-9a-f]{8}(?:-\d{6})?")
_ESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


@router.get(
    "/edition/{nom}",
    summary="Lire ce qu’une édition dit d’elle-même",
    response_class=Response,
    responses={code: dit for code, dit in LIEES.items() if code not in (308, 410)},
)
def read_edition(request: Request, edition: EditionCourante, nom: Nom) -> Response:
    """Comptes VoID et notice DCAT-AP, pour chaque édition gardée ici."""
    identifiant, _, suffixe = nom.partition(".")
    if not _ID.fullmatch(identifiant) or suffixe not in ("", *MEDIAS.values()):
        raise IntrouvableError(messages("introuvable.edition"))
    store = open_description(edition.folder.parent / identifiant)
    if store is None:
        raise IntrouvableError(messages("introuvable.edition"))
    chemin = f"/edition/{identifiant}"
    if not suffixe:
        entetes = {"Vary": "Accept", "Link": link_headers(f"{EDITION}{identifiant}", chemin)}
        return RedirectResponse(f"{chemin}.{negotiate(request)}", 303, headers=entetes)
    return answer_from(edition, store, f"{EDITION}{identifiant}", chemin, suffixe, whole=True)


@router.get("/api", include_in_schema=False)
def read_api(request: Request, edition: EditionCourante) -> Response:
    """Answer the page of the API, with its every operation."""
    return HTMLResponse(page_api(edition.id, request.app.openapi()))


@router.get("/docs", include_in_schema=False)
@router.get("/redoc", include_in_schema=False)
@router.get("/openapi.json", include_in_schema=False)
def lead_to_api(request: Request) -> Response:
    """Lead the usual addresses of a description to ours."""
    return RedirectResponse("/api/openapi.json" if request.url.path.endswith(".json") else "/api", 308)


@router.get("/edition", include_in_schema=False)
@router.get("/edition/", include_in_schema=False)
@router.get("/.well-known/void", include_in_schema=False)
def read_void(edition: EditionCourante) -> Response:
    """Lead to the description of the edition being served."""
    return RedirectResponse(f"/edition/{edition.id}", 303)


@router.get("/robots.txt", include_in_schema=False)
def read_robots(request: Request) -> Response:
    """Tell crawlers what to leave alone, and where the list of pages is."""
    racine = request.base_url.path.rstrip("/")
    lignes = [
        "User-agent: *",
        *(f"Disallow: {racine}{chemin}" for chemin in COUTEUX),
        f"Sitemap: {site_of(request)}/sitemap.xml",
    ]
    return PlainTextResponse("\n".join(lignes) + "\n")


@router.get("/sitemap.xml", include_in_schema=False)
def read_sitemaps(request: Request, edition: EditionCourante) -> Response:
    """Answer the list of the sitemaps."""
    total = sum(1 for _ in _addresses(edition.catalogue))
    fichiers = range(1, -(-total // PAR_FICHIER) + 1)
    lignes = (f"<sitemap><loc>{site_of(request)}/sitemap-{n}.xml</loc></sitemap>" for n in fichiers)
    return _xml("sitemapindex", lignes)


@router.get("/sitemap-{numero}.xml", include_in_schema=False)
def read_sitemap(request: Request, edition: EditionCourante, numero: int) -> Response:
    """Answer one sitemap: actors at hand, actions, territories down to the EPCI, vocabularies, concepts."""
    begin = (numero - 1) * PAR_FICHIER
    adresses = list(islice(_addresses(edition.catalogue), begin, begin + PAR_FICHIER)) if numero > 0 else []
    if not adresses:
        raise IntrouvableError(messages("introuvable.ressource"))
    site = site_of(request)
    return _xml("urlset", (f"<url><loc>{escape(site + adresse)}</loc></url>" for adresse in adresses))


def _addresses(catalogue: Catalogue) -> Iterator[str]:
    yield from (
        "/",
        "/orientation",
        "/acteurs",
        "/territoires",
        "/cartographie",
        "/cartographie/carte",
        "/cartographie/matrice",
        "/couverture",
        "/accompagnements",
        "/questions",
        "/def.html",
    )
    yield from (actor_address(acteur) for acteur in catalogue.acteurs.values())
    yield from (action_address(action) for action in catalogue.accompagnements.values())
    yield from (place_address(lieu) for lieu in catalogue.territoires.values() if lieu.niveau in NIVEAUX)
    yield from (f"/voc/{schema}.html" for schema in sorted({c.schema for c in catalogue.concepts.values()}))
    yield from (f"/voc/{concept.schema}/{concept.code}.html" for concept in catalogue.concepts.values())


def _xml(racine: str, lignes: Iterator[str]) -> Response:
    corps = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{racine} xmlns="{_ESPACE}">{"".join(lignes)}</{racine}>\n'
    )
    entetes = {"ETag": make_etag(corps), "Cache-Control": REVALIDER}
    return Response(corps, media_type="application/xml", headers=entetes)
