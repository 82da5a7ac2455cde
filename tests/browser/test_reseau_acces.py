"""The network page for everyone: keyboard, no script, narrow screens, axe-core in every state."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from graph.cartography import CriteresReseau, open_cartographe
from tests.browser.outils_reseau import MARQUES, box, find_axe_faults, open_page, title
from tests.graph.exemple_cartography import CALVADOS, catalogue
from visualisations.export_pyvis import export_html

pytestmark = MARQUES


def test_the_page_is_walked_with_the_keyboard_alone(page: Page, reseau: str) -> None:
    open_page(page, f"{reseau}/cartographie?territoire=departement:14")
    page.get_by_label("Chercher un acteur").focus()
    page.keyboard.type("s3")
    page.keyboard.press("Enter")
    assert title(page) == "S3A"
    assert page.evaluate("document.activeElement.id") == "fiche"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Fermer la fiche"
    page.locator("#fiche .fiche-lien").filter(has_text="RNMA").focus()
    page.keyboard.press("Enter")
    assert title(page) == "RNMA"
    page.locator("#fiche .fiche-pourquoi").first.focus()
    page.keyboard.press("Enter")
    assert title(page) == "Lien"
    page.keyboard.press("Escape")
    assert title(page) == "RNMA", "a link is left for the actor it was opened from"
    page.keyboard.press("Escape")
    assert title(page) == "Choisir un acteur"
    assert page.evaluate("document.activeElement.id") == "recherche", "back to where the card was opened from"


def test_the_figure_itself_answers_the_keyboard(page: Page, reseau: str) -> None:
    open_page(page, f"{reseau}/cartographie?territoire=departement:14")
    vue = """() => { const { vis } = document.getElementById('toile').reseau;
      return [vis.getViewPosition().x, vis.getScale()]; }"""
    page.locator("#toile .vis-network").focus()
    depart = page.evaluate(vue)
    for touche in ("ArrowRight", "+"):
        page.keyboard.down(touche)
        page.wait_for_timeout(200)
        page.keyboard.up(touche)
    arrive = page.evaluate(vue)
    assert arrive[0] != depart[0]
    assert arrive[1] > depart[1]
    page.keyboard.press("0")
    assert page.evaluate(vue) == pytest.approx(depart)
    page.get_by_role("button", name="Agrandir").click()
    page.wait_for_timeout(400)
    assert page.evaluate(vue)[1] > depart[1]


def test_without_javascript_the_form_filters_and_the_tables_are_the_page(
    navigateur: Browser, reseau: str
) -> None:
    contexte = navigateur.new_context(java_script_enabled=False)
    page = contexte.new_page()
    page.goto(f"{reseau}/cartographie")
    expect(page.locator("#figure")).to_be_hidden()
    expect(page.get_by_role("link", name="S3A")).to_have_attribute("href", "/acteurs/s3a")
    page.get_by_label("Territoire").select_option("departement:14")
    for code in ("accompagnement", "financement", "partenariat", "controle", "instance", "intervention"):
        box(page, "lien", code).uncheck()
    box(page, "isoles", "0").check()
    page.get_by_role("button", name="Afficher").click()
    expect(page.locator("#table-liens tbody tr:visible")).to_have_count(10)
    assert "territoire=departement%3A14" in page.url
    contexte.close()


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("largeur", [1280, 360])
def test_axe_finds_nothing_in_any_state(navigateur: Browser, reseau: str, mode: Any, largeur: int) -> None:
    contexte = navigateur.new_context(
        viewport={"width": largeur, "height": 800},
        color_scheme=mode,
        reduced_motion="reduce",
        bypass_csp=True,
    )
    page = contexte.new_page()
    for etat in ("", "#a=s3a", "#l=s3a.representation.rnma", "#a=s3a&v=1", "#t=1&a=s3a"):
        open_page(page, f"{reseau}/cartographie?territoire=departement:14{etat}")
        page.evaluate(
            "document.getElementById('replier').open = true; document.getElementById('exports').open = true"
        )
        assert find_axe_faults(page) == [], etat
    contexte.close()


def test_a_narrow_screen_needs_no_sideways_scroll(page: Page, reseau: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for etat in ("", "#a=s3a", "#t=1"):
        open_page(page, f"{reseau}/cartographie?territoire=departement:14{etat}")
        page.evaluate("document.getElementById('replier').open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, etat


def test_the_one_file_export_passes_axe(contexte: BrowserContext, tmp_path: Path) -> None:
    source = catalogue()
    fichier = tmp_path / "reseau.html"
    html = export_html(source, open_cartographe(source).cut(CriteresReseau(CALVADOS)))
    fichier.write_text(html.replace("Content-Security-Policy", "X-None"), encoding="utf-8")
    page = contexte.new_page()
    page.goto(fichier.as_uri())
    assert find_axe_faults(page) == []


def test_the_card_counts_the_links_it_lists_and_each_actor_once(page: Page, reseau: str) -> None:
    open_page(page, f"{reseau}/cartographie?territoire=departement:14#a=s3a")
    titre = page.locator("#fiche h3").filter(has_text="avec").inner_text()
    liens, *autres = (int(n) for n in re.findall(r"\d+", titre))
    noms = page.locator("#fiche .fiche-liens .nom").all_inner_texts()
    assert len(noms) == liens
    assert len(set(noms)) == sum(autres) < liens, "several links join the same actor"
    suite = [nom for rang, nom in enumerate(noms) if rang == 0 or noms[rang - 1] != nom]
    assert len(suite) == len(set(noms)), "they are told together"
