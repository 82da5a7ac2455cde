"""What leaves the network page, and what hostile names cannot do there."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from graph.cartography import CriteresReseau, open_cartographe
from graph.catalogue import Catalogue
from graph.catalogue.modele import Passage, Source
from tests.browser.outils_reseau import MARQUES, Temoin, open_page
from tests.graph.exemple_cartography import COLLECTIF, PASSAGE, SOURCE, acteur, catalogue, lien, terr
from visualisations.export_pyvis import export_html

pytestmark = MARQUES

CHARGES = (
    '</script><img src=x onerror="window.PWNED=1">',
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    '<a href="javascript:alert(1)">href</a>',
    "<!--<script>alert(1)</script>",
    "${alert(1)} {{7*7}} `x`",
    '=HYPERLINK("http://mal.example";"cliquez")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "</title></option></datalist><iframe srcdoc=x>",
    "\u2028\u2029 \\u003cscript\\u003e",
)


def test_spreadsheets_hold_what_is_shown_and_no_formula(
    page: Page, serve_reseau: Callable[[Catalogue], str]
) -> None:
    mechants = [
        acteur(f"m{n}", nom, "Association", siege=terr("commune-14027")) for n, nom in enumerate(CHARGES)
    ]
    adresse = serve_reseau(
        catalogue(acteurs={a.iri: a for a in mechants}, liens=(lien("Adhesion", "m0", "m7"),))
    )
    page.unroute("**/*")
    open_page(page, f"{adresse}/cartographie")
    page.locator("#exports summary").click()
    with page.expect_download() as attente:
        page.get_by_role("button", name="Acteurs (tableur CSV)").click()
    octets = Path(attente.value.path()).read_bytes()
    assert attente.value.suggested_filename == "maillage-reseau-acteurs.csv"
    assert octets.startswith(b"\xef\xbb\xbf")
    lignes = list(csv.reader(io.StringIO(octets.decode("utf-8-sig")), delimiter=";"))
    assert lignes[0][0] == "Nom"
    noms = {ligne[0] for ligne in lignes[1:]}
    assert noms == {f"'{nom}" if nom[0] in "=+-@" else nom for nom in CHARGES}
    page.locator("#exports summary").click()
    with page.expect_download() as attente:
        page.get_by_role("button", name="Liens (tableur CSV)").click()
    lignes = list(csv.reader(io.StringIO(Path(attente.value.path()).read_text("utf-8-sig")), delimiter=";"))
    assert [ligne[:3] for ligne in lignes[1:]] == [[CHARGES[0], "est membre de", f"'{CHARGES[7]}"]]


def test_the_picture_is_a_png_and_the_figure_is_as_it_was(page: Page, reseau: str) -> None:
    open_page(page, f"{reseau}/cartographie?territoire=departement:14")
    vue = """() => { const { vis, cadre } = document.getElementById('toile').reseau;
      const { x, y } = vis.getViewPosition(); return [vis.getScale(), x, y, cadre.clientWidth]; }"""
    avant = page.evaluate(vue)
    page.locator("#exports summary").click()
    with page.expect_download() as attente:
        page.get_by_role("button", name="Image (PNG)").click()
    image = Path(attente.value.path()).read_bytes()
    assert attente.value.suggested_filename == "maillage-reseau-departement-14.png"
    assert image.startswith(b"\x89PNG")
    largeur, hauteur = (int.from_bytes(image[debut : debut + 4], "big") for debut in (16, 20))
    assert largeur >= 1100 and hauteur > 800
    assert len(image) > 30_000
    assert page.evaluate(vue) == pytest.approx(avant, rel=1e-3)


PHOTO = """() => {
  const f = document.getElementById('toile').reseau;
  const ecrits = new Set();
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (texte, ...reste) {
    ecrits.add(texte);
    return fillText.call(this, texte, ...reste);
  };
  const p = f.vis.canvasToDOM(f.noeuds.get('rnma'));
  const read = (toile, k) => toile.getContext('2d').getImageData(p.x * k, p.y * k, 1, 1).data.join();
  const ecran = f.cadre.querySelector('canvas');
  const avant = read(ecran, ecran.width / ecran.clientWidth);
  const photo = f.snapshot(1);
  const pendant = read(photo, photo.width / f.cadre.clientWidth);
  const dits = [...ecrits];
  ecrits.clear();
  f.vis.redraw();
  const apres = read(ecran, ecran.width / ecran.clientWidth);
  CanvasRenderingContext2D.prototype.fillText = fillText;
  return { avant, pendant, apres, dits, ensuite: [...ecrits] };
}"""


def test_the_picture_taken_after_a_choice_names_everyone_and_the_screen_stays_faded(
    page: Page, reseau: str
) -> None:
    open_page(page, f"{reseau}/cartographie?territoire=departement:14#a=espace-bambins")
    page.wait_for_timeout(300)
    lu = page.evaluate(PHOTO)
    assert lu["pendant"] == "102,69,166,255", "the full colour of a network, far from the chosen actor"
    assert lu["avant"] == lu["apres"] != lu["pendant"]
    assert "RNMA" in lu["dits"] and "RNMA" not in lu["ensuite"]
    assert "Espace Bambins" in lu["dits"]
    assert "accompagne" in lu["dits"], "the links of the chosen actor still say what they are"


def hostile() -> Catalogue:
    """Every text of the catalogue is an attack."""
    mechants = [
        acteur(
            f"m{n}", nom, "Association", "Prestataire", siege=terr("commune-14027"), description=nom,
            sigles=(nom,), site=nom,
        )
        for n, nom in enumerate(CHARGES)
    ]  # fmt: skip
    action = replace(
        COLLECTIF,
        titre=CHARGES[0],
        beneficiaires=(),
        pilotes=(mechants[0].iri,),
        intervenants=(),
        sollicites=tuple(a.iri for a in mechants[1:]),
        textes=(("objectif", CHARGES[1]),),
    )
    liens = tuple(
        replace(lien("Adhesion", "m0", f"m{n}"), titre=nom, notes=(nom,))
        for n, nom in enumerate(CHARGES)
        if n
    )
    return catalogue(
        acteurs={a.iri: a for a in mechants},
        accompagnements={action.iri: action},
        liens=liens,
        sources={SOURCE: Source(SOURCE, "s", CHARGES[0], None, CHARGES[0], url=CHARGES[3])},
        passages={PASSAGE.iri: Passage(PASSAGE.iri, SOURCE, CHARGES[1], CHARGES[5])},
    )


PROPRE = """() => document.querySelectorAll(
  'img, iframe, object, embed, [onerror], [onload], a[href^="javascript"], '
  + 'script:not([src]):not([type="application/json"])',
).length"""


def test_hostile_names_stay_text_in_every_part_of_the_page(
    contexte: BrowserContext, serve_reseau: Callable[[Catalogue], str]
) -> None:
    adresse = serve_reseau(hostile())
    page = contexte.new_page()
    temoin = Temoin(page)
    open_page(page, f"{adresse}/cartographie")
    assert page.locator("#table-acteurs tbody tr").count() == len(CHARGES)
    for rang, nom in enumerate(CHARGES):
        open_page(page, f"{adresse}/cartographie#a=m{rang}")
        assert page.locator("#fiche h2").text_content() == nom
        page.locator("#fiche .fiche-pourquoi").first.click()
        expect(page.locator("#fiche .fiche-phrase")).to_be_visible()
        page.mouse.move(640, 500 + rang)
    assert page.evaluate(PROPRE) == 0
    options = page.evaluate("() => [...document.querySelectorAll('#noms option')].map((o) => o.value)")
    assert set(CHARGES) <= set(options)
    assert page.evaluate("window.PWNED") is None
    assert temoin.fautes == []


def test_the_one_file_export_draws_offline_and_runs_nothing_else(
    contexte: BrowserContext, tmp_path: Path
) -> None:
    source = hostile()
    fichier = tmp_path / "reseau.html"
    fichier.write_text(export_html(source, open_cartographe(source).cut(CriteresReseau())), encoding="utf-8")
    contexte.set_offline(True)
    page = contexte.new_page()
    temoin = Temoin(page)
    page.goto(fichier.as_uri())
    page.wait_for_function("() => typeof network !== 'undefined' && network.body.nodeIndices.length > 0")
    assert page.evaluate("network.body.nodeIndices.length") == len(CHARGES) + 1
    for x in range(100, 1200, 60):
        page.mouse.move(x, 450)
    assert page.evaluate("document.compatMode") == "CSS1Compat"
    assert page.evaluate("document.querySelectorAll('img, iframe, a, link, script[src]').length") == 0
    assert page.evaluate("window.PWNED") is None
    assert {
        page.locator("#table-acteurs tbody th").nth(n).inner_text().strip() for n in range(len(CHARGES))
    } == {" ".join(nom.split()) for nom in CHARGES}
    assert temoin.fautes == []
