"""Files taken away, opened in a real browser without the network; and the links that follow the filters."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.outils_reseau import MARQUES, Temoin, open_page
from tests.browser.test_reseau_exports import CHARGES, hostile
from visualisations.exports import VUES, export
from visualisations.exports.image import write_png

pytestmark = MARQUES


def test_links_to_files_follow_the_filters(page: Page, reseau: str) -> None:
    open_page(page, f"{reseau}/cartographie?territoire=departement:14")
    lien = page.locator("#exports a[data-emporter]", has_text="Gephi")
    page.locator("#exports summary").click()
    lien.focus()
    assert lien.get_attribute("href") == "/cartographie/export.gexf?territoire=departement:14"
    page.locator("#exports summary").click()
    page.locator("#filtres input[name='lien'][value='financement']").uncheck()
    page.locator("#filtres input[name='isoles']").check()
    page.locator("#exports summary").click()
    lien.focus()
    adresse = urlsplit(lien.get_attribute("href") or "")
    assert adresse.path == "/cartographie/export.gexf"
    demande = parse_qs(adresse.query)
    assert demande == parse_qs(urlsplit(page.url).query)
    assert demande["isoles"] == ["0"]
    assert "financement" not in demande["lien"]


@pytest.mark.parametrize("format_", ["svg", "html"])
@pytest.mark.parametrize("criteres", [{}, {"par": ["departement"]}], ids=["acteurs", "groupes"])
def test_a_file_of_hostile_names_opens_offline_and_runs_nothing(
    contexte: BrowserContext, tmp_path: Path, format_: str, criteres: dict[str, list[str]]
) -> None:
    fichier = tmp_path / f"reseau.{format_}"
    fichier.write_bytes(export(VUES, hostile(), "reseau", format_, criteres).contenu)
    contexte.set_offline(True)
    page = contexte.new_page()
    temoin = Temoin(page)
    page.goto(fichier.as_uri())
    page.wait_for_timeout(200)
    assert page.evaluate("document.querySelectorAll('img, iframe, [onerror], [onload]').length") == 0
    assert page.evaluate("window.PWNED") is None
    if format_ == "svg" and not criteres:
        textes = page.evaluate("[...document.querySelectorAll('title')].map((t) => t.textContent)")
        assert all(any(texte.startswith(nom) for texte in textes) for nom in CHARGES)
    assert temoin.fautes == []


def test_the_picture_has_words_in_it(contexte: BrowserContext) -> None:
    """The PNG is not the drawing without its names: more dark pixels than the same without text."""
    svg = export(VUES, hostile(), "reseau", "svg", {}).contenu.decode()
    muet = svg.replace("<text", "<desc").replace("</text", "</desc")
    page = contexte.new_page()
    page.goto("about:blank")
    noirs = [page.evaluate(NOIRS, list(write_png(dessin))) for dessin in (svg, muet)]
    assert noirs[0] > noirs[1] + 1000


NOIRS = """async (octets) => {
  const image = await createImageBitmap(new Blob([new Uint8Array(octets)], { type: 'image/png' }));
  const feuille = new OffscreenCanvas(image.width, image.height);
  const ctx = feuille.getContext('2d');
  ctx.drawImage(image, 0, 0);
  const points = ctx.getImageData(0, 0, image.width, image.height).data;
  let noirs = 0;
  for (let i = 0; i < points.length; i += 4) if (points[i] + points[i + 1] + points[i + 2] < 200) noirs += 1;
  return noirs;
}"""
