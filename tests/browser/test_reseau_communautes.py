"""Sizes and groups in a real browser: what the choice changes, in the figure, the list and the tables."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.outils_reseau import MARQUES, drawn, find_axe_faults, listed, open_page

pytestmark = MARQUES

CALVADOS = "cartographie?territoire=departement:14"
RAYONS = """() => { const { noeuds } = document.getElementById('toile').reseau;
  return Object.fromEntries([...noeuds.values()].map(({ id, rayon, x, y }) => [id, [rayon, x, y]])); }"""


def test_sizes_change_meaning_at_once_and_nothing_moves(page: Page, reseau: str) -> None:
    open_page(page, f"{reseau}/{CALVADOS}")
    avant = page.evaluate(RAYONS)
    page.get_by_text("Plus de filtres").click()
    page.get_by_label("La taille d’un acteur dit").select_option("passages")
    apres = page.evaluate(RAYONS)
    assert {id_: v[0] for id_, v in avant.items()} != {id_: v[0] for id_, v in apres.items()}
    assert {id_: v[1:] for id_, v in avant.items()} == {id_: v[1:] for id_, v in apres.items()}
    assert apres["isolee"][0] == 8
    assert "taille=passages" in page.url
    open_page(page, page.url)
    assert page.evaluate(RAYONS) == apres


def test_groups_are_found_on_demand_listed_with_a_letter_and_drawn(page: Page, reseau: str) -> None:
    open_page(page, f"{reseau}/{CALVADOS}")
    assert page.locator(".communautes").count() == 0
    page.get_by_text("Plus de filtres").click()
    with page.expect_navigation():
        page.get_by_label("Chercher les groupes d’acteurs").check()
    page.wait_for_function("() => document.getElementById('toile').reseau !== undefined")
    titres = page.locator(".communautes h3").all_inner_texts()
    assert len(titres) > 1
    assert all("Autour de" in titre for titre in titres)
    lettres = page.locator(".communautes [data-communaute]").evaluate_all(
        "(l) => l.map((e) => e.dataset.communaute)"
    )
    assert lettres == list("ABCDEFGHIJKL"[: len(lettres)])
    assert drawn(page) == listed(page)
    premier = page.evaluate(
        """() => { const f = document.getElementById('toile').reseau;
        const c = document.querySelector('#toile canvas');
        const couleur = f.palette.groupes[0].match(/\\d+/g).map(Number);
        const { data } = c.getContext('2d').getImageData(0, 0, c.width, c.height);
        let vus = 0;
        for (let i = 0; i < data.length; i += 4) {
          if (couleur.every((part, rang) => data[i + rang] === part)) vus += 1;
        }
        return vus; }"""
    )
    assert premier > 100, "the letter of the first group is on the canvas, in its colour"
    page.get_by_role("button", name="Tableau").click()
    groupes = page.locator("#table-acteurs tbody tr td:last-child").all_inner_texts()
    assert set(groupes) - {""} <= set(lettres)
    assert "A" in groupes


def test_groups_need_no_javascript_and_pass_axe(navigateur: Browser, reseau: str) -> None:
    contexte = navigateur.new_context(java_script_enabled=False)
    page = contexte.new_page()
    page.goto(f"{reseau}/{CALVADOS}&communautes=1")
    expect(page.get_by_role("heading", name="Groupes d’acteurs")).to_be_visible()
    contexte.close()
    for mode in ("light", "dark"):
        avec = navigateur.new_context(
            viewport={"width": 320, "height": 700}, bypass_csp=True, color_scheme=mode
        )
        page = avec.new_page()
        open_page(page, f"{reseau}/{CALVADOS}&communautes=1&taille=passages#t=1")
        assert find_axe_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        avec.close()
