"""The map and the page of an action in a real browser: keyboard, everyone's eyes, small screens, paper."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.outils_reseau import MARQUES, find_axe_faults

pytestmark = MARQUES
PAGES = (
    "/cartographie/carte?mesure=offres&fonction=ingenierie&portee=toutes",
    "/cartographie/carte?mesure=accompagnements&maille=region",
    "/cartographie/carte?mesure=trous",
    "/cartographie/carte?rapport=1&points=1",
    "/cartographie/carte?territoire=commune:14027",
    "/cartographie/carte?territoire=region:04",
    "/accompagnements?besoin=comptabilite",
    "/accompagnements/pmae-picardie",
    "/accompagnements/eclairage-fiscal-recycleries",
    "/accompagnements/pmae-rhone-alpes",
)


def test_the_keyboard_chooses_a_measure_and_opens_a_departement(page: Page, site: str) -> None:
    page.goto(f"{site}/cartographie/carte")
    mesure = page.get_by_label("Montrer")
    mesure.focus()
    mesure.press("ArrowDown")  # the next choice: offers
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Voir la carte").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**mesure=offres**")
    expect(page.get_by_role("heading", level=2).first).to_have_text(
        "Offres d’accompagnement, par département"
    )
    page.get_by_role("link", name="Passer la carte").focus()
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.querySelector('title').textContent")
    assert re.match(r"Ain\s: \d+ offres", focused)  # departements follow each other by name
    calvados = page.get_by_role("link", name=re.compile(r"^Calvados\s: \d+ offres$"))
    calvados.focus()
    expect(calvados.locator("path")).to_have_css("stroke-width", "2.5px")
    page.keyboard.press("Enter")
    page.wait_for_url("**/territoires/departement:14")
    page.go_back()
    expect(page.get_by_label("Montrer")).to_have_value("offres")


def test_the_map_may_be_skipped_for_its_table(page: Page, site: str) -> None:
    page.goto(f"{site}/cartographie/carte")
    page.get_by_role("link", name="Passer la carte").press("Enter")
    assert page.evaluate("document.activeElement.id") == "tableau"
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('.carte-exports')")


def test_a_program_that_reads_aloud_hears_each_departement_with_its_value(page: Page, site: str) -> None:
    page.goto(f"{site}/cartographie/carte?mesure=accompagnements")
    links = page.locator(".carte-dessin").get_by_role("link")
    assert links.count() == 96
    expect(page.get_by_role("link", name=re.compile(r"^Calvados\s: \d+ accompagnements$"))).to_be_visible()
    expect(page.get_by_role("link", name=re.compile(r"^Orne\s: aucun connu$"))).to_be_visible()


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("largeur", [1280, 360])
def test_axe_finds_nothing(navigateur: Browser, site: str, mode: Any, largeur: int) -> None:
    contexte = navigateur.new_context(
        viewport={"width": largeur, "height": 800}, color_scheme=mode, bypass_csp=True
    )
    page = contexte.new_page()
    for chemin in PAGES:
        page.goto(site + chemin)
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        assert find_axe_faults(page) == [], chemin
    contexte.close()


def test_a_narrow_phone_never_scrolls_sideways(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for chemin in PAGES:
        page.goto(site + chemin)
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, chemin


def test_one_drawing_of_the_steps_at_a_time_the_one_that_fits(page: Page, site: str) -> None:
    page.goto(f"{site}/accompagnements/petite-enfance-calvados")
    expect(page.locator("svg.frise-large")).to_be_visible()
    expect(page.locator("svg.frise-etroite")).to_be_hidden()
    page.set_viewport_size({"width": 360, "height": 700})
    expect(page.locator("svg.frise-large")).to_be_hidden()
    expect(page.locator("svg.frise-etroite")).to_be_visible()
    sizes = page.locator("svg.frise-etroite .frise-numero").evaluate_all(
        "(all) => all.map((n) => n.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 9  # numbers stay readable


def test_paper_keeps_the_shades_and_the_whole_table(page: Page, site: str) -> None:
    page.emulate_media(media="print")
    page.goto(f"{site}/cartographie/carte")
    expect(page.get_by_role("button", name="Voir la carte")).to_be_hidden()
    shade = page.locator(".zone.c5 path").first
    assert shade.evaluate("(path) => getComputedStyle(path).fill") == "rgb(18, 60, 77)"
    assert shade.evaluate("(path) => getComputedStyle(path).printColorAdjust") == "exact"
    table = page.locator(".carte-defile")
    assert table.evaluate("(region) => region.scrollHeight - region.clientHeight") <= 1
