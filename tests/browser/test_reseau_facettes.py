"""Facets in a real browser: the script and the server show one same set, in the figure and in the tables."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from graph.catalogue import Catalogue
from tests.browser.outils_reseau import MARQUES, drawn, find_axe_faults, listed, open_page
from tests.graph.test_cartography_facettes import source

pytestmark = MARQUES


@pytest.fixture(scope="module")
def facettes(serve_reseau: Callable[[Catalogue], str]) -> str:
    return serve_reseau(source())


@pytest.mark.parametrize(
    ("nom", "valeur", "present", "absent"),
    [
        ("secteur", "018000", "s3a", "rnma"),
        ("stade", "non-renseigne", "rnma", "espace-bambins"),
        ("reseau", "acepp", "espace-bambins", "s3a"),
        ("source", "guide", "isolee", "rnma"),
    ],
)
def test_the_script_and_the_server_agree_on_each_facet(
    page: Page, facettes: str, nom: str, valeur: str, present: str, absent: str
) -> None:
    open_page(page, f"{facettes}/cartographie")
    page.get_by_text("Plus de filtres").click()
    page.locator(f"#facette-{nom}").select_option(valeur)
    par_script = drawn(page)
    assert par_script == listed(page)
    assert present in par_script[0] and absent not in par_script[0]
    assert f"{nom}={valeur}" in page.url
    open_page(page, page.url)
    assert drawn(page) == listed(page) == par_script
    caches = page.context.request.get(page.url).text().count("<tr data-noeud=")
    assert caches == 16, "every row is there, hidden or not"


def test_a_day_hides_links_that_cannot_have_held_and_back_brings_them(page: Page, facettes: str) -> None:
    open_page(page, f"{facettes}/cartographie")
    tout = drawn(page)
    page.get_by_text("Plus de filtres").click()
    page.get_by_label("Liens à la date du").fill("1990-01-01")
    avant = drawn(page)
    assert avant == listed(page)
    assert "commune-ouistreham.financement.les-ptits-mousses" in tout[1] - avant[1]
    assert "s3a.representation.rnma" in avant[1]
    open_page(page, page.url)
    assert drawn(page) == avant
    page.get_by_role("button", name="Tout afficher").click()
    assert drawn(page) == tout
    assert page.url.endswith("/cartographie")


def test_without_javascript_the_lists_filter_the_tables(navigateur: Browser, facettes: str) -> None:
    contexte = navigateur.new_context(java_script_enabled=False)
    page = contexte.new_page()
    page.goto(f"{facettes}/cartographie")
    page.get_by_text("Plus de filtres").click()
    page.get_by_label("Membre d’un réseau").select_option(label="ACEPP Basse-Normandie (3)")
    page.get_by_role("button", name="Afficher", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("3 acteurs et 4 liens affichés")
    expect(page.locator("#facette-reseau")).to_be_visible()
    contexte.close()


def test_axe_finds_nothing_with_every_filter_open(navigateur: Browser, facettes: str) -> None:
    contexte = navigateur.new_context(viewport={"width": 320, "height": 700}, bypass_csp=True)
    page = contexte.new_page()
    open_page(page, f"{facettes}/cartographie?secteur=018000&date=2008-01-01")
    page.evaluate("document.getElementById('replier').open = true")
    assert find_axe_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    contexte.close()
