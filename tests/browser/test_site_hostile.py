"""A whole edition made of attacks, through every page and every export, in a real browser.

None runs, none asks another host, and each stays readable as the text it is.
"""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from graph.edition.composition import Options
from graph.edition.construction import build
from graph.edition.dossier import Dossier
from graph.sources import documents
from tests.browser.charges import CHARGES
from tests.browser.corpus_hostile import write_corpus
from tests.browser.outils_reseau import MARQUES
from tests.browser.pages import VUES, Vue
from tests.browser.site import open_context, serve, watch
from tests.conftest import PAQUET
from visualisations.exports import VUES as EXPORTS

pytestmark = MARQUES

INTRUS = (
    "iframe, object, embed, base[href], meta[http-equiv=refresh], img, video, audio, marquee, plaintext, "
    'xmp, math, custom-element, foreignObject, style, [action*="mal.example"], [href*="mal.example"], '
    '[src*="mal.example"]'
)
LECTURE = """(intrus) => {
  const show = (elements) => elements.map((e) => e.outerHTML.slice(0, 200));
  const suspect = ({ name, value }) => name.startsWith('on')
    || (/^(xlink:)?href$|^src$|action$/.test(name) && /^[\\s\\0- ]*(javascript|vbscript|data):/i.test(value));
  return {
    touche: window.PWNED ?? null,
    // The handles of YASGUI's columns are the one sheet written by a script: no markup can set its property.
    intrus: show([...document.querySelectorAll(intrus)].filter((e) => e.gripid === undefined)),
    gestes: show([...document.querySelectorAll(':not(link)')].filter((e) => [...e.attributes].some(suspect))),
  };
}"""
SAIN = {"touche": None, "intrus": [], "gestes": []}


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose documents are all attacks."""
    if not PAQUET.is_dir():
        pytest.skip("the communes of France are missing: run npm ci")
    racine = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        write_corpus(documents._corpus_folder(), racine / "corpus")
        patch.setattr(documents, "_corpus_folder", lambda: racine / "corpus")
        build(Dossier(racine / "data"), Options(paquet_territoires=PAQUET))
    return racine / "data"


@pytest.fixture(scope="module")
def site(dossier: Path) -> Iterator[str]:
    with serve(dossier) as adresse:
        yield adresse


@pytest.fixture
def contexte(navigateur: Browser) -> Iterator[BrowserContext]:
    with open_context(navigateur) as ouvert:
        ouvert.fautes = watch(ouvert)  # type: ignore[attr-defined]
        yield ouvert


def ask(adresse: str | Request) -> Any:
    with urlopen(adresse) as reponse:
        return json.load(reponse)


def poke(page: Page) -> None:
    """Go over what answers to the pointer, and to the keyboard."""
    for visee in page.locator("main a:visible, main svg:visible, canvas:visible").all()[:25]:
        visee.hover(force=True, timeout=2000)
    page.keyboard.press("Tab")


@pytest.mark.parametrize("vue", VUES, ids=lambda vue: vue.adresse)
def test_no_page_runs_what_it_shows(contexte: BrowserContext, site: str, vue: Vue) -> None:
    page = contexte.new_page()
    page.goto(site + vue.adresse)
    if vue.pret:
        vue.pret(page)
    poke(page)
    for geste in vue.etats.values():
        geste(page)
    assert page.evaluate(LECTURE, INTRUS) == SAIN
    assert contexte.fautes == []  # type: ignore[attr-defined]


def test_every_name_is_read_as_it_is_written(contexte: BrowserContext, site: str) -> None:
    page = contexte.new_page()
    acteurs: dict[str, str] = {}
    for mot in ("script", "img", "svg", "alert", "window", "mal.example", "x"):
        acteurs |= {a["slug"]: a["nom"] for a in ask(f"{site}/api/acteurs?limite=50&q={mot}")["acteurs"]}
    assert len(acteurs) > 60
    for slug, nom in acteurs.items():
        page.goto(f"{site}/acteurs/{slug}")
        assert " ".join(page.locator("h1").inner_text().split()) == " ".join(nom.split())
        assert page.evaluate(LECTURE, INTRUS) == SAIN, nom
    assert contexte.fautes == []  # type: ignore[attr-defined]


def _addresses(code: str) -> Iterator[str]:
    base = "/cartographie" if code == "reseau" else f"/cartographie/{code}"
    criteres = EXPORTS[code].criteres
    requete = "?territoire=departement:14" if "territoire" in criteres else ""
    for format_ in EXPORTS[code].tous:
        yield f"{base}/export.{format_}{requete}"


@pytest.mark.parametrize("code", EXPORTS)
def test_no_export_runs_or_calculates(contexte: BrowserContext, site: str, code: str, tmp_path: Path) -> None:
    page = contexte.new_page()
    for adresse in _addresses(code):
        with urlopen(site + adresse) as reponse:
            contenu = reponse.read()
        fin = adresse.partition("?")[0].rpartition("export.")[2]
        if fin.endswith("csv"):
            for ligne in csv.reader(io.StringIO(contenu.decode("utf-8-sig")), delimiter=";"):
                assert not [c for c in ligne if c.startswith(("=", "+", "-", "@", "\t", "\r"))], adresse
        elif fin in ("html", "svg"):
            fichier = tmp_path / f"{code}.{fin}"
            fichier.write_bytes(contenu)
            page.goto(fichier.as_uri())
            page.wait_for_timeout(300)
            lu = page.evaluate(LECTURE, INTRUS)
            assert lu["touche"] is None and lu["gestes"] == [], adresse
        elif fin in ("json", "geojson"):
            json.loads(contenu)
    assert contexte.fautes == []  # type: ignore[attr-defined]


def test_a_table_of_answers_shows_attacks_as_text(contexte: BrowserContext, site: str) -> None:
    page = contexte.new_page()
    page.goto(f"{site}/sparql")
    page.locator("textarea").first.fill(
        "SELECT ?nom { ?a a mai:Acteur ; skos:prefLabel ?nom } ORDER BY ?nom LIMIT 200"
    )
    page.keyboard.press("Control+Enter")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_timeout(1500)
    assert "onerror" in page.locator("main").inner_text()
    assert page.evaluate(LECTURE, INTRUS) == SAIN
    assert contexte.fautes == []  # type: ignore[attr-defined]


def test_the_attacks_are_many_and_name_things(site: str) -> None:
    requete = """SELECT DISTINCT ?texte {
      ?chose skos:prefLabel|skos:altLabel|dcterms:title|dcterms:description ?texte
      FILTER STRSTARTS(STR(?chose), "https://w3id.org/maillage/id/") }"""
    demande = Request(
        f"{site}/sparql?{urlencode({'query': requete})}",
        headers={"Accept": "application/sparql-results+json"},
    )
    lignes = ask(demande)["results"]["bindings"]
    textes = [" ".join(ligne["texte"]["value"].split()) for ligne in lignes]
    vues = [charge for charge in CHARGES if any(t.startswith(" ".join(charge.split())) for t in textes)]
    assert len(vues) >= 100
