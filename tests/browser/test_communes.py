"""Suggestions of communes in a real browser: mouse, keyboard, and the form without script."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from graph.catalogue import Catalogue
from visualisations.pages import SaisieOrientation, page_accueil, page_orientation
from visualisations.rendu import static_path

pytestmark = [
    pytest.mark.chromium,
    # Playwright leaves its pipes to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
CSP = "default-src 'none'; " + "".join(
    f"{genre}-src 'self'; " for genre in ("script", "style", "img", "connect")
)
LIEUX = [
    {
        "code": "14027",
        "niveau": "commune",
        "nom": "Les Monts d’Aunay",
        "departement": "Calvados",
        "autres_noms": ["Aunay-sur-Odon"],
    },
    {
        "code": "28013",
        "niveau": "commune",
        "nom": "Aunay-sous-Auneau",
        "departement": "Eure-et-Loir",
        "autres_noms": [],
    },
]
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        adresse = urlsplit(self.path)
        if adresse.path == "/api/territoires":
            trouves = [] if "zzz" in parse_qs(adresse.query)["q"][0] else LIEUX
            self._send("application/json", json.dumps({"territoires": trouves}).encode())
        elif adresse.path.startswith("/static/"):
            fichier = static_path(adresse.path.removeprefix("/static/"))
            assert fichier is not None
            self._send(TYPES[fichier.suffix], fichier.read_bytes())
        else:
            catalogue = Catalogue(edition="essai")
            html = (
                page_accueil(catalogue, {})
                if adresse.path == "/"
                else page_orientation(catalogue, SaisieOrientation())
            )
            self._send("text/html; charset=utf-8", html.encode())

    def _send(self, genre: str, corps: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", genre)
        self.send_header("Content-Security-Policy", CSP)
        self.end_headers()
        self.wfile.write(corps)

    def log_message(self, *_: object) -> None:
        """Keep the output of the tests clean."""


@pytest.fixture(scope="module")
def adresse() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as serveur:
        fil = threading.Thread(target=serveur.serve_forever, daemon=True)
        fil.start()
        yield f"http://127.0.0.1:{serveur.server_port}"
        serveur.shutdown()
        fil.join()


@pytest.fixture
def page(navigateur: Browser, adresse: str) -> Iterator[Page]:
    contexte = navigateur.new_context(base_url=adresse, viewport={"width": 360, "height": 740})
    page = contexte.new_page()
    fautes: list[str] = []
    page.on("pageerror", lambda faute: fautes.append(str(faute)))
    page.on("console", lambda message: fautes.append(message.text) if message.type == "error" else None)
    yield page
    contexte.close()
    assert fautes == []


def _options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Votre commune").get_by_role("option")


def _sent(page: Page) -> dict[str, list[str]]:
    with page.expect_navigation():
        page.locator("form button[type=submit]").first.click()
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize("chemin", ["/", "/orientation"])
def test_the_keyboard_chooses_a_commune_and_sends_its_code(page: Page, chemin: str) -> None:
    page.goto(chemin)
    champ = page.get_by_role("combobox", name="Votre commune")
    champ.press_sequentially("aunay s")
    options = _options(page)
    expect(options).to_have_text(
        ["Les Monts d’Aunay Aunay-sur-Odon, Calvados, 14027", "Aunay-sous-Auneau Eure-et-Loir, 28013"]
    )
    expect(page.get_by_role("status")).to_have_text("2 communes proposées")
    champ.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert champ.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    champ.press("Enter")
    expect(champ).to_have_value("Les Monts d’Aunay (Calvados)")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert _sent(page)["commune"] == ["14027"]


def test_the_mouse_chooses_too_and_escape_closes(page: Page) -> None:
    page.goto("/orientation")
    champ = page.get_by_role("combobox", name="Votre commune")
    champ.press_sequentially("aunay")
    _options(page).nth(1).click()
    expect(champ).to_have_value("Aunay-sous-Auneau (Eure-et-Loir)")
    champ.fill("aun")
    expect(page.get_by_role("listbox")).to_be_visible()
    champ.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()


@pytest.mark.parametrize("chemin", ["/", "/orientation"])
def test_the_list_opens_below_the_field_and_never_over_it(page: Page, chemin: str) -> None:
    page.goto(chemin)
    champ = page.get_by_role("combobox", name="Votre commune")
    champ.press_sequentially("aunay")
    expect(page.get_by_role("listbox")).to_be_visible()
    liste, boite = page.get_by_role("listbox").bounding_box(), champ.bounding_box()
    assert liste is not None and boite is not None
    assert liste["y"] >= boite["y"] + boite["height"]
    assert liste["width"] == pytest.approx(boite["width"])


def test_typing_again_after_a_choice_sends_the_text(page: Page) -> None:
    page.goto("/orientation")
    champ = page.get_by_role("combobox", name="Votre commune")
    champ.press_sequentially("aunay")
    _options(page).first.click()
    champ.fill("Bayeux")
    assert _sent(page)["commune"] == ["Bayeux"]


def test_nothing_found_leaves_the_field_alone(page: Page) -> None:
    page.goto("/orientation")
    champ = page.get_by_role("combobox", name="Votre commune")
    champ.press_sequentially("zzz")
    expect(page.get_by_role("status")).to_have_text("0 communes proposées")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_without_script_the_form_sends_what_was_typed(navigateur: Browser, adresse: str) -> None:
    contexte = navigateur.new_context(base_url=adresse, java_script_enabled=False)
    page = contexte.new_page()
    page.goto("/orientation")
    page.get_by_label("Votre commune").fill("Aunay-sur-Odon")
    assert _sent(page)["commune"] == ["Aunay-sur-Odon"]
    contexte.close()


@pytest.mark.parametrize("chemin", ["/", "/orientation"])
def test_a_narrow_phone_never_scrolls_sideways(page: Page, chemin: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(chemin)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
