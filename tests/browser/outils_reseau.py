"""Tools of the browser tests of the network page: a server of one catalogue, a witness, readings."""

import json
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from api.routes.donnees import search_acteurs
from graph.cartography import CriteresReseau, parse_criteres
from graph.catalogue import Catalogue
from visualisations.rendu import static_path
from visualisations.reseau.page import page_cartographie

MARQUES = [
    pytest.mark.chromium,
    # Playwright leaves its pipes to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
_FAUTES = """({ violations }) => violations.map((v) =>
  [v.id, v.nodes.map((n) => `${n.html.slice(0, 160)} | ${n.failureSummary?.slice(0, 200)}`)])"""
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'; font-src 'self'"
)
AUTRES = ("secteur", "stade", "reseau", "source", "date", "taille", "communautes", "par")
GENRES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
LOCAL = ("http://127.0.0.1:", "blob:", "data:", "file:", "about:")


class PageReseau(BaseHTTPRequestHandler):
    source: Catalogue

    def do_GET(self) -> None:
        adresse = urlsplit(self.path)
        if adresse.path.startswith("/static/"):
            fichier = static_path(adresse.path.removeprefix("/static/"))
            assert fichier is not None, adresse.path
            self._send(GENRES[fichier.suffix], fichier.read_bytes())
        elif adresse.path == "/cartographie":
            champs = parse_qs(adresse.query)
            criteres = parse_criteres(
                self.source,
                champs.get("territoire", [""])[0],
                champs.get("type", []),
                champs.get("lien", []),
                isoles=champs.get("isoles") != ["0"],
                **{nom: valeurs[0] for nom, valeurs in champs.items() if nom in AUTRES},
            )
            self._send("text/html; charset=utf-8", self._write(criteres, champs).encode())
        elif adresse.path == "/api/acteurs":
            trouves = search_acteurs(SimpleNamespace(catalogue=self.source), parse_qs(adresse.query)["q"][0])  # type: ignore[arg-type]
            self._send("application/json", json.dumps(trouves).encode())
        else:
            self._send("text/html; charset=utf-8", b"<!doctype html><title>autre page</title>")

    def _write(self, criteres: CriteresReseau, champs: dict[str, list[str]]) -> str:
        chemin, vers = (champs.get(nom, [""])[0] for nom in ("chemin", "vers"))
        return page_cartographie(self.source, criteres, chemin, vers)

    def _send(self, genre: str, corps: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", genre)
        self.send_header("Content-Length", str(len(corps)))
        self.send_header("Content-Security-Policy", CSP)
        self.end_headers()
        self.wfile.write(corps)

    def log_message(self, *_: object) -> None:
        """Keep the output of the tests clean."""


class Temoin:
    """What went wrong in a page: errors, dialogs, requests that should not be."""

    def __init__(self, page: Page) -> None:
        self.fautes: list[str] = []
        page.on("console", lambda m: m.type == "error" and self.fautes.append(m.text))
        page.on("pageerror", lambda e: self.fautes.append(str(e)))
        page.on("dialog", lambda d: (self.fautes.append(d.message), d.dismiss()))

        def guard(route: Any) -> None:
            if route.request.url.startswith(LOCAL):
                route.continue_()
            else:
                self.fautes.append(route.request.url)
                route.abort()

        page.route("**/*", guard)


def find_axe_faults(page: Page, regles: list[str] | None = None) -> Any:
    """Rules of axe-core that the page breaks as it stands (all, or some), with the elements at fault."""
    if not AXE.is_file():
        pytest.skip("axe-core is missing: npm ci")
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=str(AXE))
    options = {"runOnly": {"type": "rule", "values": regles}} if regles else {}
    return page.evaluate(f"async (options) => ({_FAUTES})(await axe.run(options))", options)


def open_page(page: Page, adresse: str) -> None:
    page.goto("about:blank")
    page.goto(adresse)
    page.wait_for_function("() => document.getElementById('toile').reseau !== undefined")


def drawn(page: Page) -> tuple[set[str], set[str]]:
    """Nodes and links that the figure holds and does not hide."""
    lu: list[list[str]] = page.evaluate(
        """() => { const { vis } = document.getElementById('toile').reseau;
        const shown = (set) => set.get({ filter: (x) => !x.hidden }).map((x) => x.id);
        return [shown(vis.body.data.nodes), shown(vis.body.data.edges)]; }"""
    )
    return set(lu[0]), set(lu[1])


def listed(page: Page) -> tuple[set[str], set[str]]:
    """Nodes and links of the rows that the tables do not hide."""
    lu: list[list[str]] = page.evaluate(
        """() => ['noeud', 'lien'].map((quoi) => {
        const lignes = document.querySelectorAll(`#tableaux tr[data-${quoi}]:not([hidden])`);
        return [...lignes].map((tr) => tr.dataset[quoi]); })"""
    )
    return set(lu[0]), set(lu[1])


def title(page: Page) -> str:
    return page.locator("#fiche h2").inner_text()


def box(page: Page, nom: str, code: str) -> Any:
    return page.locator(f"#filtres input[name='{nom}'][value='{code}']")
