"""Journeys with the keyboard alone: choose, open, read, come back to where one was."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.outils_reseau import MARQUES
from tests.browser.pages import wait_network
from tests.browser.site import open_context, serve, watch

pytestmark = MARQUES


@pytest.fixture
def page(navigateur: Browser) -> Iterator[Page]:
    with open_context(navigateur) as contexte:
        fautes = watch(contexte)
        yield contexte.new_page()
        assert fautes == []


def reach(page: Page, selecteur: str, limite: int = 80) -> None:
    """Press Tab until the focus is on what is wanted."""
    for _ in range(limite):
        page.keyboard.press("Tab")
        if page.evaluate("(s) => document.activeElement.matches(s)", selecteur):
            return
    raise AssertionError(f"{selecteur} is not reached by the keyboard")


def test_the_first_stop_skips_the_header(page: Page, site: str) -> None:
    for chemin in ("/", "/acteurs/s3a", "/cartographie/roles"):
        page.goto(site + chemin)
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_be_in_viewport()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "contenu"


def test_a_president_asks_reads_a_proof_opens_a_card_and_comes_back(page: Page, site: str) -> None:
    page.goto(f"{site}/orientation?commune=14027&stade=employeur&besoins=convention-collective")
    reach(page, ".reponse h3 a")
    nom = page.locator(":focus").inner_text()
    reach(page, ".pourquoi summary")
    page.keyboard.press("Enter")
    expect(page.locator(".pourquoi[open] .raisons").first).to_be_visible()
    page.goto(page.url)
    reach(page, ".reponse h3 a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/acteurs/*")
    assert nom in page.locator("h1").inner_text()
    page.go_back()
    expect(page.locator(".reponse h3 a").first).to_have_text(nom)


def test_the_directory_is_filtered_and_a_card_opened(page: Page, site: str) -> None:
    page.goto(f"{site}/acteurs")
    reach(page, "main input[name=q]")
    page.keyboard.type("acepp")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=acepp**")
    reach(page, ".ligne h3 a")
    nom = page.locator(":focus").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/acteurs/*")
    assert nom in page.locator("h1").inner_text()
    page.go_back()
    assert parse_qs(urlsplit(page.url).query)["q"] == ["acepp"]


def test_a_system_of_actors_is_chosen_read_scrolled_and_left(page: Page, site: str) -> None:
    page.goto(f"{site}/cartographie")
    reach(page, ".vues a[href^='/cartographie/roles']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cartographie/roles**")
    reach(page, "#territoire")
    page.keyboard.type("Finist")
    reach(page, ".roles-choix form:last-child button")
    page.keyboard.press("Enter")
    page.wait_for_url("**territoire=departement*29**")
    assert "Finistère" in page.locator("h1").inner_text()
    page.set_viewport_size({"width": 640, "height": 700})
    reach(page, ".roles-region", 200)
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.roles-region').scrollLeft > 0")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(page.url)
    reach(page, ".roles-tableau th a")
    nom = page.locator(":focus").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/acteurs/*")
    assert nom in page.locator("h1").inner_text()
    page.go_back()
    assert "Finistère" in page.locator("h1").inner_text()


def test_the_diagram_adds_no_stop_to_the_keyboard(page: Page, site: str) -> None:
    page.goto(f"{site}/cartographie/roles?accompagnement=petite-enfance-calvados")
    reach(page, ".roles-region")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.roles-tableau') !== null")


def test_sharing_gives_the_address_of_what_is_seen(page: Page, site: str) -> None:
    page.goto(f"{site}/cartographie?territoire=departement:14#a=s3a")
    wait_network(page)
    page.locator(".partager summary").focus()
    page.keyboard.press("Enter")
    adresse = page.locator("#partager-adresse")
    expect(adresse).to_have_value(re.compile("#a=s3a$"))
    assert unquote(adresse.input_value()) == f"{site}/cartographie?territoire=departement:14#a=s3a"
    page.keyboard.press("Tab")
    assert page.evaluate("() => getSelection().toString()").endswith("#a=s3a")
    assert "&amp;embed=1#a=s3a" in page.locator("#partager-cadre").input_value()


@contextmanager
def host(code: str, port: int = 0) -> Iterator[str]:
    """Another site, one page of which is what was pasted."""

    class Hote(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>Un autre site</title>{code}".encode())

        def log_message(self, *_: object) -> None:
            """Keep the output of the tests clean."""

    with ThreadingHTTPServer(("127.0.0.1", port), Hote) as serveur:
        fil = threading.Thread(target=serveur.serve_forever, daemon=True)
        fil.start()
        yield f"http://127.0.0.1:{serveur.server_port}"
        serveur.shutdown()
        fil.join()


def read_code(page: Page, site: str) -> str:
    """What the page of the Calvados gives to paste."""
    page.goto(f"{site}/cartographie/roles?territoire=departement:14")
    return page.locator("#partager-cadre").input_value()


def test_another_site_shows_the_figure_only_when_the_setting_names_it(
    navigateur: Browser, data: Path, site: str
) -> None:
    with open_context(navigateur) as contexte:
        fautes = watch(contexte)
        page = contexte.new_page()
        with host(read_code(page, site)) as autre:
            page.goto(autre)
            page.wait_for_timeout(500)
            assert page.frame_locator("iframe").locator("main").count() == 0
            assert [faute for faute in fautes if "frame-ancestors" in faute]
        fautes.clear()
        with socket.create_server(("127.0.0.1", 0)) as prise:
            port = prise.getsockname()[1]
        with serve(data, integration=f"http://127.0.0.1:{port}") as ouvert:
            code = read_code(page, ouvert)
            with host(code, port) as autre:
                page.goto(autre)
                cadre = page.frame_locator("iframe")
                expect(cadre.locator("svg.roles-schema")).to_be_visible()
                expect(cadre.locator("header.entete")).to_have_count(0)
                expect(cadre.locator(".roles-choix")).to_be_hidden()
                cadre.locator(".credit a").click()
                page.wait_for_url(f"{ouvert}/cartographie/roles?territoire=departement:14")
                expect(page.locator("header.entete")).to_be_visible()
        assert fautes == []
