"""« Qui fait quoi » and « Couverture » in a real browser: on paper, on a phone, by keyboard, for everyone."""

import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from graph.catalogue import Catalogue
from graph.edition.lecture import open_catalogue
from graph.edition.manifeste import read_manifeste
from tests.browser.outils_reseau import MARQUES, find_axe_faults
from visualisations.pages import couverture, matrice
from visualisations.rendu import static_path

pytestmark = MARQUES

JOUR = date(2026, 11, 21)
SITE = "http://127.0.0.1:9"
PAGES = (
    "/cartographie/matrice?territoire=departement:14",
    "/cartographie/matrice?territoire=departement:29&fonction=accompagnement-generaliste&niveau=proche",
    "/cartographie/matrice?territoire=departement:15&niveau=proche",
    "/couverture?territoire=departement:29",
    "/couverture?territoire=region:53&colonnes=stade&voir=trous",
    "/couverture",
)
A3 = (1191, 842)
"""Points of a sheet of A3, landscape."""
LARGEUR_A3 = 1527
"""Pixels across it, without its margins of 8 mm."""


@pytest.fixture(scope="module")
def edition(data: Path) -> Catalogue:
    dossier = (data / "current").resolve()
    return open_catalogue(dossier, read_manifeste(dossier))


def serve_pages(page: Page, catalogue: Catalogue) -> None:
    """Answer the two pages and their files; any other address says its own name."""

    def answer(route: Route) -> None:
        adresse = urlsplit(route.request.url)
        demande = dict(parse_qsl(adresse.query))
        if adresse.path.startswith("/static/"):
            route.fulfill(path=static_path(adresse.path.removeprefix("/static/")))
            return
        html = "<!doctype html><html lang='fr'><title>autre</title>"
        if adresse.path == "/cartographie/matrice":
            html = matrice.page_matrice(catalogue, matrice.read_criteres(catalogue, **demande), JOUR)
        elif adresse.path == "/couverture":
            html = couverture.page_couverture(catalogue, couverture.read_criteres(catalogue, **demande), JOUR)
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.route("**/*", answer)


@pytest.fixture
def feuille(page: Page, edition: Catalogue) -> Page:
    serve_pages(page, edition)
    return page


def _sheets(pdf: bytes) -> list[tuple[int, int]]:
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(round(float(largeur)), round(float(hauteur))) for largeur, hauteur in boxes]


@pytest.mark.parametrize("ref", ["departement:29", "departement:14"])
def test_the_matrix_of_a_departement_holds_on_one_sheet_of_a3(feuille: Page, ref: str) -> None:
    feuille.goto(f"{SITE}/cartographie/matrice?territoire={ref}")
    sheets = _sheets(feuille.pdf(prefer_css_page_size=True))
    assert len(sheets) == 1
    assert sheets[0] == pytest.approx(A3, abs=2)
    feuille.set_viewport_size({"width": LARGEUR_A3, "height": 1000})
    feuille.emulate_media(media="print")
    assert feuille.evaluate("document.documentElement.scrollWidth") == LARGEUR_A3, "nothing is cut nor shrunk"
    corps = feuille.evaluate("getComputedStyle(document.querySelector('.matrice td')).fontSize")
    assert float(corps.removesuffix("px")) >= 9, "7 points at least"


def test_a_long_list_goes_on_over_sheets_with_its_headings(feuille: Page) -> None:
    feuille.goto(f"{SITE}/cartographie/matrice?territoire=national")
    sheets = _sheets(feuille.pdf(prefer_css_page_size=True))
    assert len(sheets) > 1
    assert set(sheets) == {sheets[0]}
    feuille.emulate_media(media="print")
    style = "([s, p]) => getComputedStyle(document.querySelector(s))[p]"
    assert feuille.evaluate(style, [".matrice thead", "display"]) == "table-header-group"
    assert feuille.evaluate(style, [".defile", "overflowX"]) == "visible"
    assert feuille.evaluate(style, [".matrice tbody tr:not(.portee)", "breakInside"]) == "avoid"
    expect(feuille.get_by_role("button", name="Afficher")).to_be_hidden()


def test_the_keyboard_scrolls_the_table_and_follows_a_cell_to_its_evidence(feuille: Page) -> None:
    feuille.set_viewport_size({"width": 900, "height": 700})
    feuille.goto(f"{SITE}/cartographie/matrice?territoire=departement:14")
    cadre = feuille.locator(".defile")
    for _ in range(40):
        feuille.keyboard.press("Tab")
        if cadre.evaluate("e => e === document.activeElement"):
            break
    expect(cadre).to_be_focused()
    for _ in range(5):
        feuille.keyboard.press("ArrowRight")
    feuille.wait_for_function("() => document.querySelector('.defile').scrollLeft > 0")
    # What was scrolled past stays named: the headings and the actors do not move.
    assert cadre.locator("tbody th.qui").first.bounding_box()["x"] == pytest.approx(  # type: ignore[index]
        cadre.bounding_box()["x"],  # type: ignore[index]
        abs=2,
    )
    lien = feuille.get_by_role("row", name="S3A").get_by_role("link", name="Médiation")
    lien.focus()
    feuille.keyboard.press("Enter")
    feuille.wait_for_url("**/acteurs/s3a#offre-*")


def test_a_choice_is_an_address_and_a_cell_leads_to_its_evidence(feuille: Page) -> None:
    feuille.goto(f"{SITE}/couverture")
    feuille.get_by_label("Territoire", exact=True).select_option("region:53")
    feuille.get_by_label("Colonnes", exact=True).select_option("stade")
    feuille.get_by_role("button", name="Afficher").click()
    demande = dict(parse_qsl(urlsplit(feuille.url).query))
    assert (demande["territoire"], demande["colonnes"]) == ("region:53", "stade")
    case = feuille.get_by_role("row", name="Finistère").get_by_role("link", name="À demander").first
    case.focus()
    feuille.keyboard.press("Enter")
    feuille.wait_for_url("**/cartographie/matrice?territoire=departement:29&stade=*")
    expect(feuille.get_by_text("reste dans le tableau")).to_be_visible()


def test_on_a_phone_the_matrix_is_cards_that_name_each_thing(feuille: Page) -> None:
    feuille.set_viewport_size({"width": 360, "height": 740})
    feuille.goto(f"{SITE}/cartographie/matrice?territoire=departement:29")
    carte = feuille.get_by_role("row", name="RESAM")
    expect(carte.locator(".entete-cellule").first).to_be_visible()
    expect(carte.locator("td.vide").first).to_be_hidden()
    largeur = carte.bounding_box()
    assert largeur is not None
    assert largeur["width"] < 360


def test_a_narrow_phone_never_scrolls_sideways(feuille: Page) -> None:
    feuille.set_viewport_size({"width": 320, "height": 640})
    for adresse in PAGES:
        feuille.goto(SITE + adresse)
        feuille.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        assert feuille.evaluate("document.documentElement.scrollWidth") == 320, adresse


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("largeur", [1280, 360])
def test_axe_finds_nothing(navigateur: Browser, edition: Catalogue, mode: Any, largeur: int) -> None:
    contexte = navigateur.new_context(viewport={"width": largeur, "height": 800}, color_scheme=mode)
    page = contexte.new_page()
    serve_pages(page, edition)
    for adresse in PAGES:
        page.goto(SITE + adresse)
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        assert find_axe_faults(page) == [], adresse
    contexte.close()


def test_on_a_phone_the_coverage_of_france_is_short_and_its_rows_scroll_in_their_frame(feuille: Page) -> None:
    feuille.set_viewport_size({"width": 360, "height": 800})
    feuille.goto(f"{SITE}/couverture")
    haut, large = feuille.evaluate("() => [document.body.scrollHeight, document.documentElement.scrollWidth]")
    assert haut < 10_000
    assert large <= 360
    cadre = feuille.locator(".defile")
    assert cadre.evaluate("e => e.scrollHeight > e.clientHeight && e.scrollWidth <= e.clientWidth")
    cadre.focus()
    feuille.keyboard.press("End")
    feuille.wait_for_function("() => document.querySelector('.defile').scrollTop > 0")
