"""The cartographies: opened in a real browser beside pyvis's default page, laid out, answered, weighed.

``python -m tests.benchmarks.cartographie`` prints the table.
"""

import gzip
import re
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from math import log
from pathlib import Path
from types import SimpleNamespace

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as TropLong
from pyvis.network import Network

from api.compression import NIVEAU
from api.dependances import edition_of
from api.routes import reseau
from graph.cartography import Cartographe, lay_out, open_cartographe, parse_criteres
from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri
from tests.benchmarks.mesure import Mesure, median, print_table
from tests.benchmarks.reseaux import make_country, make_departement
from tests.browser.conftest import NOMS, OPTIONS
from tests.browser.outils_reseau import PageReseau
from visualisations.rendu import static_path

TAILLES = (200, 1000, 2000)
PAYS = 12_000
PLAFOND = 300.0
"""Seconds after which pyvis's page is given up: its time is then at least that."""
GLISSE = 2.5
"""Seconds of panning."""
POIDS_MAX = 350.0
"""Kilobytes of a page and all it loads, compressed."""
PRET = "() => document.getElementById('toile')?.reseau !== undefined"
PEINT = "() => new Promise((fini) => requestAnimationFrame(() => requestAnimationFrame(fini)))"
LIBRE = """() => {
  const { vis, cadre } = document.getElementById('toile').reseau;
  const { left, top, width, height } = cadre.getBoundingClientRect();
  for (let x = 20; x < width; x += 17) for (let y = 20; y < height; y += 17) {
    const pris = [vis.getNodeAt({ x, y }), vis.getEdgeAt({ x, y })];
    if (pris.every((un) => un === undefined)) return [left + x, top + y];
  }
  return [left + 2, top + 2];
}"""
COMPTE = """() => {
  window.dessins = 0;
  document.getElementById('toile').reseau.vis.on('afterDrawing', () => { window.dessins += 1; });
}"""
POSEE = """(nombre) => typeof network !== 'undefined' && network.body.nodeIndices.length === nombre
  && network.physics.stabilized === true"""


def measure_cartography() -> Iterator[Mesure]:
    """Everything; what needs a browser is left out, and said, where there is none."""
    yield from _measure_layouts()
    yield from _measure_server()
    chemin = next((trouve for nom in NOMS if (trouve := shutil.which(nom))), None)
    if chemin is None:
        sys.stdout.write("no Chromium on this machine: nothing is opened (apt-get install chromium)\n")
        return
    with sync_playwright() as moteur:
        navigateur = moteur.chromium.launch(executable_path=chemin, args=OPTIONS)
        yield from _measure_browser(navigateur)
        navigateur.close()


def _measure_layouts() -> Iterator[Mesure]:
    durees = {}
    for taille in TAILLES:
        graphe = Cartographe(make_departement(taille)).slice(None)
        durees[taille] = median(lambda graphe=graphe: lay_out(graphe), 3, time.process_time)  # type: ignore[misc]
        yield Mesure(f"layout, {taille:,} nodes", durees[taille], "200 nodes", durees[TAILLES[0]], "s proc")
    pente = log(durees[TAILLES[-1]] / durees[TAILLES[0]]) / log(TAILLES[-1] / TAILLES[0])
    yield Mesure("layout: slope of log(time) by log(nodes)", pente, "linear", 1.0, "")


def _measure_server() -> Iterator[Mesure]:
    """A departement's page and the whole country's, of the same server, beside an empty page of it."""
    pays = make_country(PAYS)
    comptes: dict[Iri | None, int] = {}
    for acteur in pays.acteurs.values():
        comptes[acteur.siege] = comptes.get(acteur.siege, 0) + 1
    iri = max(comptes, key=lambda lieu: (comptes[lieu], lieu))
    departement = f"/cartographie?territoire=departement:{pays.territoires[str(iri)].code}"
    with _client(pays) as client:
        first = {adresse: _once(client, adresse) for adresse in ("/cartographie", departement)}
        vide = median(lambda: client.get("/vide"), 50, time.process_time)
        local = median(lambda: client.get(departement), 20, time.process_time)
        entier = median(lambda: client.get("/cartographie"), 20, time.process_time)
        yield Mesure(
            f"page of a departement ({comptes[iri]} actors)", local, "empty page, same server", vide, "s proc"
        )
        nom = f"page of the country ({PAYS:,} actors)"
        yield Mesure(nom, entier, "page of a departement", local, "s proc", 2)
        yield Mesure(
            f"{nom}, first of an edition", first["/cartographie"], "the same again", entier, "s proc"
        )
        for texte, adresse in (("country", "/cartographie"), ("departement", departement)):
            poids = weigh(client.get(adresse).text)
            yield Mesure(f"weight of the page of a {texte}, gzip", poids, "aim", POIDS_MAX, "kB", cible=1)
    for taille in TAILLES:
        with _client(make_departement(taille)) as client:
            poids = weigh(client.get("/cartographie?par=acteur").text)
            yield Mesure(
                f"weight of a page of {taille:,} nodes, gzip", poids, "aim", POIDS_MAX, "kB", cible=1
            )


@contextmanager
def _client(catalogue: Catalogue) -> Iterator[TestClient]:
    """The routes of the network over a catalogue in memory, and an empty page."""
    app = FastAPI()
    app.include_router(reseau.pages)
    app.dependency_overrides[edition_of] = lambda: SimpleNamespace(id="banc", catalogue=catalogue)

    @app.get("/vide", response_class=HTMLResponse)
    def read_nothing() -> str:
        return '<!doctype html><html lang="fr"><title>vide</title></html>'

    with TestClient(app) as client:
        yield client


def _once(client: TestClient, adresse: str) -> float:
    begun = time.process_time()
    client.get(adresse).raise_for_status()
    return time.process_time() - begun


def weigh(page: str) -> float:
    """Kilobytes of a page with its style sheets and scripts, each compressed as the server does."""
    noms = set(re.findall(r'(?:href|src)="/static/([\w.-]+\.(?:css|js))', page))
    vus: set[str] = set()
    while restants := noms - vus:
        for nom in restants:
            noms |= set(re.findall(r'from "\./([\w.-]+\.js)"', _read(nom)))
        vus |= restants
    textes = [page, *(_read(nom) for nom in sorted(noms))]
    return sum(len(gzip.compress(texte.encode(), NIVEAU)) for texte in textes) / 1000


def _read(nom: str) -> str:
    chemin = static_path(nom)
    if chemin is None:
        raise FileNotFoundError(nom)
    return chemin.read_text(encoding="utf-8")


def _measure_browser(navigateur: Browser) -> Iterator[Mesure]:
    ouvertures, dessins = {}, {}
    for taille in TAILLES:
        catalogue = make_departement(taille)
        open_cartographe(catalogue).cut(parse_criteres(catalogue, par="acteur"))
        with _serve(catalogue) as adresse:
            ouvertures[taille], dessins[taille] = _open(navigateur, f"{adresse}/cartographie?par=acteur")
    temoin = _open_pyvis(navigateur, make_departement(1000))
    for taille in TAILLES:
        cible = 1 / 20 if taille == 1000 else None
        nom = f"open to a stable picture, {taille:,} nodes"
        yield Mesure(nom, ouvertures[taille], "pyvis by default, 1,000 nodes", temoin, cible=cible)
    nom = "panning: a draw, 2,000 nodes"
    yield Mesure(nom, GLISSE / dessins[2000], "a draw, 200 nodes", GLISSE / dessins[200], cible=2)


@contextmanager
def _serve(catalogue: Catalogue) -> Iterator[str]:
    serveur = ThreadingHTTPServer(("127.0.0.1", 0), type("Banc", (PageReseau,), {"source": catalogue}))
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    try:
        yield f"http://127.0.0.1:{serveur.server_port}"
    finally:
        serveur.shutdown()
        fil.join()
        serveur.server_close()


def _open(navigateur: Browser, adresse: str) -> tuple[float, int]:
    """Seconds to a picture that does not move any more, the best of three; draws while panning."""
    durees = []
    for _ in range(3):
        page = navigateur.new_page(viewport={"width": 1280, "height": 900})
        begun = time.perf_counter()
        page.goto(adresse, wait_until="commit")
        page.wait_for_function(PRET, timeout=120_000)
        page.evaluate(PEINT)
        durees.append(time.perf_counter() - begun)
        if len(durees) < 3:
            page.close()
    _check_still(page)
    dessins = _pan(page)
    page.close()
    return min(durees), dessins


def _check_still(page: Page) -> None:
    """Make sure that what was timed is the picture: nothing moves after it."""
    places = "() => JSON.stringify(document.getElementById('toile').reseau.vis.getPositions())"
    avant = page.evaluate(places)
    page.wait_for_timeout(500)
    if page.evaluate(places) != avant:
        raise RuntimeError("the figure still moves")


def _pan(page: Page) -> int:
    """How many times the figure is drawn while the mouse drags it."""
    x, y = page.evaluate(LIBRE)
    page.evaluate(COMPTE)
    page.mouse.move(x, y)
    page.mouse.down()
    begun, pas = time.perf_counter(), 0
    while time.perf_counter() - begun < GLISSE:
        pas += 1
        page.mouse.move(x + (pas * 7) % 300, y + (pas * 5) % 200)
    page.mouse.up()
    return max(1, int(page.evaluate("window.dessins")))


def _open_pyvis(navigateur: Browser, catalogue: Catalogue) -> float:
    """Seconds until pyvis's default page of the same network settles; :data:`PLAFOND` at most."""
    net = Network(directed=True, cdn_resources="in_line")
    net.nodes = [
        {"id": a.slug, "label": a.nom, "shape": "dot", "color": "#97c2fc"} for a in catalogue.acteurs.values()
    ]
    slugs = {a.iri: a.slug for a in catalogue.acteurs.values()}
    net.edges = [{"from": slugs[lien.de], "to": slugs[lien.vers], "arrows": "to"} for lien in catalogue.liens]
    with tempfile.TemporaryDirectory() as dossier:
        fichier = Path(dossier, "pyvis.html")
        fichier.write_text(net.generate_html(), encoding="utf-8")
        page = navigateur.new_page(viewport={"width": 1280, "height": 900})
        page.route(re.compile("^https?:"), lambda route: route.abort())
        begun = time.perf_counter()
        try:
            page.goto(fichier.as_uri(), wait_until="commit", timeout=PLAFOND * 1000)
            page.wait_for_function(POSEE, arg=len(net.nodes), timeout=PLAFOND * 1000, polling=200)
        except TropLong:
            sys.stdout.write(f"pyvis's page was given up after {PLAFOND:.0f} s: its time is at least that\n")
        finally:
            duree = time.perf_counter() - begun
            page.close()
    return min(duree, PLAFOND)


if __name__ == "__main__":
    print_table("Cartographies", measure_cartography())
