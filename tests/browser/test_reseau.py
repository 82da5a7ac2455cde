"""The network page in a real browser: the same set in the figure and the tables, choices, addresses."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.outils_reseau import MARQUES, box, drawn, listed, open_page, title

pytestmark = MARQUES


def test_the_figure_is_drawn_with_the_network_cut_under_the_policy(page: Page, reseau: str) -> None:
    open_page(page, f"{reseau}/cartographie?territoire=departement:14")
    expect(page.get_by_role("status")).to_have_text("14 acteurs, 1 action et 26 liens affichés")
    couleurs = page.evaluate(
        """() => { const c = document.querySelector('#toile canvas');
        const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        const s = new Set();
        for (let i = 0; i < d.length; i += 4) if (d[i + 3] > 250) s.add(d.slice(i, i + 3).join());
        return s.size; }"""
    )
    assert couleurs > 20
    for code, couleur in (("OperateurDLA", [179, 38, 58]), ("Association", [27, 102, 168])):
        assert page.evaluate(
            """([code, rvb]) => { const f = document.getElementById('toile').reseau;
            const n = f.donnees.acteurs.find((a) => a.types[0] === code);
            const p = f.vis.canvasToDOM(f.noeuds.get(n.id));
            const c = document.querySelector('#toile canvas');
            const k = c.width / c.clientWidth;
            const { data } = c.getContext('2d').getImageData(p.x * k, p.y * k, 1, 1);
            return data.slice(0, 3).join() === rvb.join(); }""",
            [code, couleur],
        ), code


def test_every_node_is_inside_the_frame_at_the_start(page: Page, reseau: str) -> None:
    for largeur in (1280, 360):
        page.set_viewport_size({"width": largeur, "height": 800})
        open_page(page, f"{reseau}/cartographie?territoire=departement:14")
        dehors = page.evaluate(
            """() => { const f = document.getElementById('toile').reseau;
            const { clientWidth: l, clientHeight: h } = f.cadre;
            return [...f.noeuds.values()].map((n) => f.vis.canvasToDOM(n))
              .filter(({ x, y }) => x < 0 || y < 0 || x > l || y > h).length; }"""
        )
        assert dehors == 0


def test_figure_and_tables_show_the_same_set_whatever_the_filters(page: Page, reseau: str) -> None:
    open_page(page, f"{reseau}/cartographie?territoire=departement:14")
    entier = drawn(page)
    assert entier == listed(page)
    box(page, "type", "Institution").uncheck()
    box(page, "lien", "adhesion").uncheck()
    filtre = drawn(page)
    assert filtre == listed(page) != entier
    assert "pmi-calvados" not in filtre[0]
    assert "caf-calvados" in filtre[0], "it is a funder as well"
    box(page, "isoles", "0").check()
    assert drawn(page) == listed(page)
    assert "isolee" not in drawn(page)[0]
    assert "type=" in page.url and "lien=" in page.url and "isoles=0" in page.url
    affiche = drawn(page)
    page.reload()
    page.wait_for_function("() => document.getElementById('toile').reseau !== undefined")
    assert drawn(page) == listed(page) == affiche, "the server reads the same filters from the address"


def test_an_actor_is_drawn_in_its_first_role_that_is_ticked(page: Page, reseau: str) -> None:
    open_page(page, f"{reseau}/cartographie?territoire=departement:14")
    role = "() => document.getElementById('toile').reseau.types.get('s3a')"
    assert page.evaluate(role) == "PointAppui"
    box(page, "type", "PointAppui").uncheck()
    assert page.evaluate(role) == "Prestataire"


def test_the_neighbourhood_of_an_actor_is_an_address_that_restores_it(
    page: Page, reseau: str, contexte: BrowserContext
) -> None:
    open_page(page, f"{reseau}/cartographie?territoire=departement:14#a=rnma&v=1")
    assert title(page) == "RNMA"
    assert drawn(page) == listed(page) == ({"rnma", "s3a"}, {"s3a.representation.rnma"})
    page.get_by_label("Autour de l’acteur").select_option("2")
    assert "dla-calvados" in drawn(page)[0]
    autre = contexte.new_page()
    open_page(autre, page.url)
    assert drawn(autre) == drawn(page)
    autre.close()


def test_back_undoes_a_choice(page: Page, reseau: str) -> None:
    open_page(page, f"{reseau}/cartographie?territoire=departement:14")
    page.locator("#fiche .fiche-lien").first.click()
    assert title(page) == "DLA du Calvados"
    page.locator("#fiche .fiche-lien").filter(has_text="Espace Bambins").first.click()
    assert title(page) == "Espace Bambins"
    page.go_back()
    assert title(page) == "DLA du Calvados"
    box(page, "type", "Acteur").uncheck()
    assert "muette" not in drawn(page)[0]
    page.go_back()
    assert title(page) == "Choisir un acteur"
    assert "muette" in drawn(page)[0], "the address before had no filter"
    expect(box(page, "type", "Acteur")).to_be_checked()


def test_a_click_on_a_node_opens_its_card_and_on_a_link_its_proof(page: Page, reseau: str) -> None:
    open_page(page, f"{reseau}/cartographie?territoire=departement:14")
    where = """(id) => { const f = document.getElementById('toile').reseau;
      const c = f.cadre.getBoundingClientRect();
      const p = f.vis.canvasToDOM(f.noeuds.get(id) ?? f.vis.body.edges[id].edgeType.getPoint(0.5));
      return { x: p.x + c.x, y: p.y + c.y }; }"""
    point = page.evaluate(where, "s3a")
    page.mouse.click(point["x"], point["y"])
    expect(page.locator("#fiche h2")).to_have_text("S3A")
    expect(page.locator("#fiche")).to_contain_text("Point d’appui à la vie associative")
    expect(page.get_by_role("link", name="Fiche complète : S3A")).to_have_attribute("href", "/acteurs/s3a")
    point = page.evaluate(where, "s3a.representation.rnma")
    page.mouse.move(point["x"], point["y"])
    expect(page.locator("#phrase")).to_have_text("S3A représente RNMA")
    page.mouse.click(point["x"], point["y"])
    expect(page.locator("#fiche .fiche-phrase")).to_have_text("S3A représente RNMA")
    expect(page.locator("#fiche blockquote")).to_contain_text("une mission de 15 jours")
    expect(page.locator("#fiche figcaption")).to_contain_text("Monographie du Calvados")


def test_a_search_that_finds_nobody_says_so(page: Page, reseau: str) -> None:
    open_page(page, f"{reseau}/cartographie?territoire=departement:14")
    page.get_by_label("Chercher un acteur").fill("zzz")
    page.get_by_label("Chercher un acteur").press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Aucun acteur affiché ne porte ce nom.")
    page.get_by_label("Chercher un acteur").fill("ACEPP Basse-Normandie")
    assert title(page) == "ACEPP Basse-Normandie", "a whole name needs no Enter"


def test_in_the_table_a_name_opens_the_same_card(page: Page, reseau: str) -> None:
    open_page(page, f"{reseau}/cartographie?territoire=departement:14")
    page.get_by_role("button", name="Tableau").click()
    expect(page.locator("#figure")).to_be_hidden()
    page.locator("#table-acteurs").get_by_role("button", name="S3A").click()
    assert title(page) == "S3A"
    page.locator("#table-liens").get_by_role("button", name="représente").click()
    expect(page.locator("#fiche .fiche-phrase")).to_have_text("S3A représente RNMA")
    assert "t=1" in page.url


def test_another_territory_opens_by_its_button_and_keeps_the_address_short(page: Page, reseau: str) -> None:
    open_page(page, f"{reseau}/cartographie?territoire=departement:14#a=s3a")
    page.get_by_label("Territoire").select_option("departement:29")
    page.get_by_role("button", name="Ouvrir").click()
    page.wait_for_url(f"{reseau}/cartographie?territoire=departement:29")
    expect(page.get_by_role("status")).to_have_text("2 acteurs et 1 lien affichés")
