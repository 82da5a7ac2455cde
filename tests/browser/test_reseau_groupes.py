"""The network gathered, in a real browser: by keyboard only, without JavaScript, without a fault of axe."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.outils_reseau import MARQUES, find_axe_faults

pytestmark = MARQUES


def test_by_keyboard_only_from_the_gathered_network_to_a_departement_and_back(
    page: Page, reseau: str
) -> None:
    page.goto(f"{reseau}/cartographie?par=departement")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.classList.contains('groupe-departement')"):
            break
    nom = page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    assert nom.startswith("Calvados\N{NO-BREAK SPACE}: 10 acteurs")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Calvados")
    page.wait_for_function("() => document.getElementById('toile').reseau !== undefined")
    page.go_back()
    expect(page.get_by_role("status")).to_contain_text("réunis par département")


def test_without_javascript_the_ways_of_showing_and_the_filters_work(
    navigateur: Browser, reseau: str
) -> None:
    contexte = navigateur.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = contexte.new_page()
    page.goto(f"{reseau}/cartographie?par=departement")
    page.get_by_role("link", name="par réseau").first.click()
    expect(page.get_by_role("status")).to_contain_text("réunis par réseau d’associations")
    page.get_by_text("Légende et filtres").click()
    page.locator("#filtres input[name='lien'][value='adhesion']").uncheck()
    page.get_by_role("button", name="Afficher").click()
    expect(page.get_by_role("status")).to_contain_text("réunis par réseau d’associations")
    assert "par=reseau" in page.url
    page.locator("#table-groupes").get_by_role("link", name="ACEPP Basse-Normandie").click()
    assert "reseau=acepp-bn" in page.url
    contexte.close()


@pytest.mark.parametrize("largeur", [320, 1280])
@pytest.mark.parametrize("par", ["departement", "reseau"])
def test_axe_finds_nothing_and_the_page_never_scrolls_sideways(
    navigateur: Browser, reseau: str, par: str, largeur: int
) -> None:
    contexte = navigateur.new_context(viewport={"width": largeur, "height": 800}, bypass_csp=True)
    page = contexte.new_page()
    page.goto(f"{reseau}/cartographie?par={par}")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= largeur
    assert find_axe_faults(page) == []
    contexte.close()
