"""Territories in a real browser, on the national edition: finding any place, and its page for everyone."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.outils_reseau import MARQUES, find_axe_faults

pytestmark = MARQUES
PAGES = (
    "/territoires",
    "/territoires?q=saint-denis",
    "/territoires/departement:14",
    "/territoires/commune:14027",
    "/territoires/region:25-1982",
    "/territoires/departement:15",
)


@pytest.mark.parametrize(
    ("chemin", "champ", "texte", "attendu"),
    [
        (
            "/territoires",
            "Chercher un territoire",
            "herouville st c",
            "Hérouville-Saint-Clair Calvados, 14327",
        ),
        ("/territoires", "Chercher un territoire", "caen la m", "CU Caen la Mer Intercommunalité, 200065597"),
        ("/territoires", "Chercher un territoire", "basse-n", "Basse-Normandie Ancienne région, 25"),
        (
            "/orientation",
            "Votre commune",
            "aunay sur odon",
            "Les Monts d'Aunay Aunay-sur-Odon, Calvados, 14027",
        ),
        ("/orientation", "Votre commune", "l'hay", "L'Haÿ-les-Roses Val-de-Marne, 94038"),
        ("/orientation", "Votre commune", "oeuf", "Œuf-en-Ternois Pas-de-Calais, 62633"),
        ("/orientation", "Votre commune", "st denis", "Saint-Denis La Réunion, 97411"),
        ("/orientation", "Votre commune", "saint denis 93", "Saint-Denis Seine-Saint-Denis, 93066"),
        ("/orientation", "Votre commune", "97411", "Saint-Denis La Réunion, 97411"),
        ("/orientation", "Votre commune", "75101", "Paris 1er Arrondissement Paris, 75101"),
        ("/orientation", "Votre commune", "lyon 3", "Lyon 3e Arrondissement Rhône, 69383"),
        ("/orientation", "Votre commune", "2a004", "Ajaccio Corse-du-Sud, 2A004"),
        ("/", "Votre commune", "29000", "Quimper Finistère, 29232"),
    ],
)
def test_any_place_completes(
    page: Page, site: str, chemin: str, champ: str, texte: str, attendu: str
) -> None:
    page.goto(site + chemin)
    page.get_by_role("combobox", name=champ).press_sequentially(texte)
    expect(page.get_by_role("option").first).to_have_text(attendu)


def test_the_keyboard_goes_from_the_search_to_a_page_and_opens_its_lists(page: Page, site: str) -> None:
    page.goto(f"{site}/territoires")
    champ = page.get_by_role("combobox", name="Chercher un territoire")
    champ.press_sequentially("calvad")
    expect(page.get_by_role("option", name="Calvados Département, 14", exact=True)).to_be_visible()
    chosen = page.locator('[role="option"][aria-selected="true"]')
    for _ in range(8):
        champ.press("ArrowDown")
        if chosen.inner_text().startswith("Calvados"):
            break
    champ.press("Enter")
    champ.press("Enter")
    page.wait_for_url("**/territoires/departement:14")
    expect(page.get_by_role("heading", level=1)).to_have_text("Calvados")
    communes = page.locator("summary", has_text="526 communes")
    communes.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Ouistreham", exact=True).click()
    page.wait_for_url("**/territoires/commune:14488")


def test_without_script_a_search_leads_to_the_page_or_to_a_choice(navigateur: Browser, site: str) -> None:
    contexte = navigateur.new_context(java_script_enabled=False)
    page = contexte.new_page()
    for texte, adresse in (
        ("Aunay-sur-Odon", "commune:14027"),
        ("Saint-Denis (La Réunion)", "commune:97411"),
    ):
        page.goto(f"{site}/territoires")
        page.get_by_label("Chercher un territoire").fill(texte)
        page.get_by_role("button", name="Chercher").click()
        assert page.url == f"{site}/territoires/{adresse}"
    page.goto(f"{site}/territoires")
    page.get_by_label("Chercher un territoire").fill("st-denis")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("link", name="Saint-Denis (Seine-Saint-Denis)")).to_be_visible()
    contexte.close()


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
