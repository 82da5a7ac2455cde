"""The switch of language in a real browser: the page stays, the choice is remembered, all can use it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.outils_reseau import MARQUES, find_axe_faults
from tests.browser.site import open_context, watch

pytestmark = MARQUES

REPONSE = "/orientation?commune=14027&stade=employeur&besoins=comptabilite"
ADRESSES = (
    "/",
    "/orientation",
    REPONSE,
    "/acteurs?q=acepp",
    "/acteurs/s3a",
    "/territoires",
    "/territoires/departement:14",
    "/cartographie?territoire=departement:14",
    "/cartographie/carte",
    "/cartographie/matrice?territoire=departement:14",
    "/cartographie/roles?territoire=departement:14",
    "/couverture?territoire=departement:14",
    "/accompagnements",
    "/sparql",
    "/def",
    "/nulle-part",
)


@pytest.fixture
def page(navigateur: Browser) -> Iterator[Page]:
    with open_context(navigateur) as contexte:
        fautes = watch(contexte)
        yield contexte.new_page()
        assert fautes == []


def _switch(page: Page, nom: str) -> None:
    page.get_by_role("link", name=nom, exact=True).click()
    page.wait_for_load_state()


def test_a_click_says_the_same_page_in_the_other_language(page: Page, site: str) -> None:
    page.goto(f"{site}/acteurs?q=acepp&type=Reseau")
    combien = page.locator(".lignes > li").count()
    _switch(page, "English")
    assert page.url == f"{site}/acteurs?q=acepp&type=Reseau&lang=en"
    expect(page.get_by_role("heading", level=1)).to_have_text("Directory of organisations")
    assert page.locator(".lignes > li").count() == combien > 0
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_choice_is_remembered_and_taken_back(page: Page, site: str) -> None:
    page.goto(f"{site}/territoires")
    _switch(page, "English")
    page.get_by_role("link", name="Directory", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Directory of organisations")
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["value"], cookie["httpOnly"], cookie["sameSite"]) == (
        "langue",
        "en",
        True,
        "Lax",
    )
    _switch(page, "Français")
    page.get_by_role("link", name="Territoires", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Territoires")
    assert page.locator("html").get_attribute("lang") == "fr"


def test_the_switch_is_reached_and_used_by_keyboard(page: Page, site: str) -> None:
    page.goto(f"{site}/orientation")
    lien = page.get_by_role("link", name="English", exact=True)
    for _ in range(12):
        page.keyboard.press("Tab")
        if lien.evaluate("lien => lien === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who can help me?")


def test_the_state_that_scripts_wrote_in_the_address_is_kept(page: Page, site: str) -> None:
    page.goto(f"{site}/acteurs")
    page.evaluate("history.replaceState(null, '', '/acteurs?q=s3a#contenu')")
    _switch(page, "English")
    assert page.url == f"{site}/acteurs?q=s3a&lang=en#contenu"


def test_the_switch_works_without_script(navigateur: Browser, site: str) -> None:
    with open_context(navigateur, java_script_enabled=False) as contexte:
        page = contexte.new_page()
        page.goto(f"{site}/acteurs?q=s3a")
        page.get_by_role("link", name="English", exact=True).click()
        assert page.url == f"{site}/acteurs?q=s3a&lang=en"


def test_suggestions_of_places_speak_the_language(page: Page, site: str) -> None:
    page.goto(f"{site}/territoires?lang=en")
    page.get_by_role("combobox").press_sequentially("caen la m")
    expect(page.get_by_role("option").first).to_contain_text("Group of communes")


@pytest.mark.parametrize("langue", ["fr", "en"])
def test_nothing_runs_off_a_narrow_screen(navigateur: Browser, site: str, langue: str) -> None:
    with open_context(navigateur, viewport={"width": 320, "height": 640}) as contexte:
        page = contexte.new_page()
        larges = {}
        for adresse in ADRESSES:
            page.goto(f"{site}{adresse}{'&' if '?' in adresse else '?'}lang={langue}")
            boite = page.locator(".langue a").bounding_box()
            assert boite is not None and boite["height"] >= 24, adresse
            larges[adresse] = page.evaluate("document.documentElement.scrollWidth")
        assert {adresse: large for adresse, large in larges.items() if large > 320} == {}


@pytest.mark.parametrize("adresse", ADRESSES)
def test_axe_finds_nothing_in_english(navigateur: Browser, site: str, adresse: str) -> None:
    with open_context(navigateur, reduced_motion="reduce", bypass_csp=True) as contexte:
        page = contexte.new_page()
        page.goto(f"{site}{adresse}{'&' if '?' in adresse else '?'}lang=en")
        page.evaluate("for (const d of document.querySelectorAll('main details')) d.open = true")
        assert find_axe_faults(page) == []
