"""Paths between two actors in a real browser: with and without JavaScript, lit up in the figure."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.outils_reseau import MARQUES, box, find_axe_faults, open_page

pytestmark = MARQUES

CHEMIN = "cartographie?territoire=departement:14&chemin=espace-bambins&vers=rnma"
VIFS = """() => { const { vifs } = document.getElementById('toile').reseau;
  return vifs && [[...vifs.noeuds].sort(), [...vifs.liens].sort()]; }"""


def test_a_president_asks_how_to_reach_a_funder_with_names_only(page: Page, reseau: str) -> None:
    open_page(page, f"{reseau}/cartographie?territoire=departement:14")
    page.get_by_text("Comment un acteur en atteint-il un autre").click()
    page.get_by_label("De", exact=True).fill("espace bam")
    expect(page.locator("#chemin-de-noms option")).to_have_count(1)
    assert page.locator("#chemin-de-noms option").get_attribute("value") == "Espace Bambins"
    page.get_by_label("De", exact=True).fill("Espace Bambins")
    page.get_by_label("Jusqu’à").fill("un financeur")
    page.get_by_role("button", name="Chercher un chemin").click()
    expect(page.locator(".chemins-titre")).to_contain_text("Entre Espace Bambins et un financeur")
    expect(page.get_by_label("Jusqu’à")).to_have_value("")
    expect(page.get_by_label("Jusqu’à")).to_have_attribute("placeholder", "un financeur")
    assert "chemin=espace-bambins" in page.url, "the name suggested is sent as its slug"
    assert "territoire=departement" in page.url
    phrases = page.locator(".chemins-etapes li > p").all_inner_texts()
    assert any(phrase.startswith("Espace Bambins est accompagné par DLA du Calvados") for phrase in phrases)
    sources = page.locator(".chemins-etapes figcaption").all_inner_texts()
    assert len(sources) == len(phrases)
    assert all("Monographie du Calvados" in source for source in sources)


def test_an_empty_end_means_what_its_field_says(page: Page, reseau: str) -> None:
    open_page(page, f"{reseau}/cartographie?territoire=departement:14")
    page.get_by_text("Comment un acteur en atteint-il un autre").click()
    dit = page.get_by_label("Jusqu’à").get_attribute("placeholder")
    expect(page.locator("#chemin-vers-aide")).to_have_text(
        "Sans rien écrire ici\N{NO-BREAK SPACE}: un financeur, le plus proche."
    )
    page.get_by_label("De", exact=True).fill("Espace Bambins")
    page.get_by_role("button", name="Chercher un chemin").click()
    expect(page.locator(".chemins-titre")).to_contain_text(f"Entre Espace Bambins et {dit}")


def test_the_paths_are_lit_up_in_the_figure_and_one_can_be_chosen(page: Page, reseau: str) -> None:
    open_page(page, f"{reseau}/{CHEMIN}")
    tous = page.evaluate(VIFS)
    assert {"espace-bambins", "s3a", "rnma"} < set(tous[0])
    page.get_by_role("button", name="RNMA, en 2 liens, par S3A").click()
    assert page.evaluate(VIFS) == [
        ["espace-bambins", "rnma", "s3a"],
        ["s3a.intervention.espace-bambins", "s3a.representation.rnma"],
    ]
    assert page.url.endswith("#c=0")
    page.reload()
    page.wait_for_function("() => document.getElementById('toile').reseau !== undefined")
    assert len(page.evaluate(VIFS)[0]) == 3
    page.get_by_role("button", name="RNMA, en 2 liens, par S3A").click()
    assert page.evaluate(VIFS) == tous


def test_hiding_a_kind_of_link_looks_for_other_paths(page: Page, reseau: str) -> None:
    open_page(page, f"{reseau}/{CHEMIN}")
    with page.expect_navigation():
        box(page, "lien", "intervention").uncheck()
    page.wait_for_function("() => document.getElementById('toile').reseau !== undefined")
    expect(page.locator(".chemins-liste")).not_to_contain_text("reçoit l’intervention de")
    expect(page.locator(".chemins-liste")).to_contain_text("RNMA, en 3 liens")


def test_without_javascript_and_by_keyboard_only(navigateur: Browser, reseau: str) -> None:
    contexte = navigateur.new_context(java_script_enabled=False)
    page = contexte.new_page()
    page.goto(f"{reseau}/cartographie?territoire=departement:14")
    page.locator("#chemins summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Les P’tits Mousses")
    page.keyboard.press("Tab")
    page.keyboard.type("calvados")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Plusieurs acteurs portent ce nom, ou presque")).to_be_visible()
    page.locator("#chemins").get_by_role("link", name="DLA du Calvados").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chemins-liste h3").first).to_have_text("DLA du Calvados, en un lien")
    page.get_by_role("link", name="Quitter les chemins").click()
    assert page.url.endswith("/cartographie?territoire=departement:14")
    contexte.close()


def test_nobody_of_that_name_is_said_beside_the_field(page: Page, reseau: str) -> None:
    page.goto(f"{reseau}/cartographie?par=departement&chemin=zzzz")
    expect(page.get_by_role("alert")).to_have_text(
        "Aucun acteur de cette édition ne s’appelle «\N{NO-BREAK SPACE}zzzz\N{NO-BREAK SPACE}»."
    )


def test_axe_finds_nothing_and_narrow_screens_do_not_scroll_sideways(
    navigateur: Browser, reseau: str
) -> None:
    contexte = navigateur.new_context(viewport={"width": 320, "height": 700}, bypass_csp=True)
    page = contexte.new_page()
    for adresse in (CHEMIN, "cartographie?chemin=zzzz", "cartographie?chemin=calvados&par=departement"):
        page.goto(f"{reseau}/{adresse}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert find_axe_faults(page) == []
    contexte.close()
