"""A real browser for the tests of this folder: the Chromium of the machine, never a downloaded one."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from graph.catalogue import Catalogue
from tests.browser.outils_reseau import PageReseau, Temoin
from tests.browser.site import serve
from tests.graph.exemple_cartography import COLLECTIF, acteur_iri, catalogue

NOMS = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def navigateur() -> Iterator[Browser]:
    """A headless Chromium; its absence skips the test by name, and fails it under CI."""
    chemin = next((trouve for nom in NOMS if (trouve := shutil.which(nom))), None)
    if chemin is None:
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail("no Chromium on this machine: apt-get install chromium")
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as moteur:
        ouvert = moteur.chromium.launch(executable_path=chemin, args=OPTIONS)
        yield ouvert
        ouvert.close()


@pytest.fixture(scope="session")
def site(data: Path) -> Iterator[str]:
    """Address of the whole application on the edition that ships, served once for every test."""
    with serve(data) as adresse:
        yield adresse


@pytest.fixture
def contexte(navigateur: Browser) -> Iterator[BrowserContext]:
    ouvert = navigateur.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield ouvert
    ouvert.close()


@pytest.fixture
def page(contexte: BrowserContext) -> Iterator[Page]:
    """A page that fails the test at its end when anything went wrong in it."""
    feuille = contexte.new_page()
    temoin = Temoin(feuille)
    yield feuille
    assert temoin.fautes == []


@pytest.fixture(scope="module")
def serve_reseau() -> Iterator[Callable[[Catalogue], str]]:
    """Serve the page of a catalogue, with the product's security header."""
    with ExitStack() as pile:

        def start(source: Catalogue) -> str:
            genre = type("Handler", (PageReseau,), {"source": source})
            serveur = pile.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), genre))
            fil = threading.Thread(target=serveur.serve_forever, daemon=True)
            fil.start()
            pile.callback(fil.join)
            pile.callback(serveur.shutdown)
            return f"http://127.0.0.1:{serveur.server_port}"

        yield start


@pytest.fixture(scope="module")
def reseau(serve_reseau: Callable[[Catalogue], str]) -> str:
    """Address of the network page of the example, with one action drawn."""
    experience = replace(
        COLLECTIF,
        iri=f"{COLLECTIF.iri}-pmae",
        slug="pmae",
        titre="Expérimentation PMAE : une culture commune",
        beneficiaires=(),
        pilotes=(acteur_iri("cres"), acteur_iri("s3a")),
        intervenants=(),
        sollicites=(acteur_iri("acepp-bn"),),
    )
    return serve_reseau(catalogue(accompagnements={COLLECTIF.iri: COLLECTIF, experience.iri: experience}))
