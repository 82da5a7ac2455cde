"""What lets machines find their way: descriptions of editions, ``/.well-known/void``, sitemap, robots.txt."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from api.conditionnel import REVALIDER, make_etag
from api.dependances import EditionCourante
from api.routes.ressources import LECTURE, MEDIAS, answer_from, link_headers, negotiate
from graph.catalogue import Catalogue
from graph.edition.description import open_description
from graph.errors import IntrouvableError
from graph.messages import messages
from ontology.namespaces import EDITION
from visualisations.pages.commun import action_address, actor_address
from visualisations.pages.lieux import place_address

router = APIRouter()

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
_ID: Final = re.compile(r"\d{4}-\d\d-\d\d-[0-9a-f]{8}(?:-\d{6})?")
_ESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


@router.api_route("/edition/{nom}", methods=LECTURE)
def read_edition(request: Request, edition: EditionCourante, nom: str) -> Response:
    """Answer what an edition that is kept here says of itself: VoID counts, DCAT-AP record."""
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


@router.api_route("/.well-known/void", methods=LECTURE)
def read_void(edition: EditionCourante) -> Response:
    """Lead to the description of the edition being served."""
    return RedirectResponse(f"/edition/{edition.id}", 303)


@router.api_route("/robots.txt", methods=LECTURE)
def read_robots(request: Request) -> Response:
    """Tell crawlers what to leave alone, and where the list of pages is."""
    lignes = [
        "User-agent: *",
        *(f"Disallow: {chemin}" for chemin in COUTEUX),
        f"Sitemap: {_site(request)}/sitemap.xml",
    ]
    return PlainTextResponse("\n".join(lignes) + "\n")


@router.api_route("/sitemap.xml", methods=LECTURE)
def read_sitemaps(request: Request, edition: EditionCourante) -> Response:
    """Answer the list of the sitemaps."""
    total = sum(1 for _ in _addresses(edition.catalogue))
    fichiers = range(1, -(-total // PAR_FICHIER) + 1)
    lignes = (f"<sitemap><loc>{_site(request)}/sitemap-{n}.xml</loc></sitemap>" for n in fichiers)
    return _xml("sitemapindex", lignes)


@router.api_route("/sitemap-{numero}.xml", methods=LECTURE)
def read_sitemap(request: Request, edition: EditionCourante, numero: int) -> Response:
    """Answer one sitemap: actors at hand, actions, territories down to the EPCI, vocabularies, concepts."""
    begin = (numero - 1) * PAR_FICHIER
    adresses = list(islice(_addresses(edition.catalogue), begin, begin + PAR_FICHIER)) if numero > 0 else []
    if not adresses:
        raise IntrouvableError(messages("introuvable.ressource"))
    site = _site(request)
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


def _site(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _xml(racine: str, lignes: Iterator[str]) -> Response:
    corps = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{racine} xmlns="{_ESPACE}">{"".join(lignes)}</{racine}>\n'
    )
    entetes = {"ETag": make_etag(corps), "Cache-Control": REVALIDER}
    return Response(corps, media_type="application/xml", headers=entetes)
