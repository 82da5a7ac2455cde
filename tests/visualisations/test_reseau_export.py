"""The one-file export: what pyvis leaves open is closed, and the same set is in its tables."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from graph.cartography import CriteresReseau, open_cartographe
from graph.catalogue import Catalogue
from tests.graph.exemple_cartography import CALVADOS, acteur, catalogue, terr
from visualisations.export_pyvis import export_html


def export(criteres: CriteresReseau, source: Catalogue | None = None) -> str:
    source = source or catalogue()
    return export_html(source, open_cartographe(source).cut(criteres))


def drawn(html: str, quoi: str) -> list[dict[str, object]]:
    """The list that the figure is given: ``nodes`` or ``edges``."""
    trouve = re.search(rf"{quoi} = new vis\.DataSet\((\[.*?\])\);", html, re.DOTALL)
    assert trouve is not None
    lu: list[dict[str, object]] = json.loads(trouve[1])
    return lu


def test_it_is_a_whole_french_page_that_asks_nobody_for_anything() -> None:
    html = export(CriteresReseau(CALVADOS))
    assert html.startswith('<!doctype html>\n<html lang="fr">')
    page = BeautifulSoup(html, "html.parser")
    assert page.title is not None
    assert page.title.get_text() == "Réseau des acteurs\u00a0: Calvados · Maillage"
    assert len(page.find_all("h1")) == 1
    assert page.select("script[src], link[href]") == []
    assert page.select("[onclick], [onchange]") == []
    regle = page.select_one("meta[http-equiv='Content-Security-Policy']")
    assert regle is not None
    assert "default-src 'none'" in regle.attrs["content"]
    assert regle.attrs["content"].count("'sha256-") == len(page.find_all("script"))
    html.encode("utf-8")


def test_figure_and_tables_hold_the_same_filtered_set_with_parallel_links() -> None:
    html = export(CriteresReseau(CALVADOS, liens=("partenariat", "financement"), isoles=False))
    page = BeautifulSoup(html, "html.parser")
    liens = drawn(html, "edges")
    assert len(liens) == len(page.select("#table-liens tbody tr"))
    assert len(drawn(html, "nodes")) == len(page.select("#table-acteurs tbody tr"))
    entre = [lien for lien in liens if {lien["from"], lien["to"]} == {"caf-calvados", "dla-calvados"}]
    assert len(entre) == 2
    assert '"physics": {"enabled": false}' in html


@pytest.mark.parametrize(
    "nom",
    ["</script><script>alert(1)</script>", '<a href="javascript:alert(1)">', "{{ 7*7 }}", "<!--<script>"],
)
def test_a_hostile_name_stays_a_name(nom: str) -> None:
    mechant = acteur(nom, nom, "Association", siege=terr("commune-14027"), description=nom)
    html = export(CriteresReseau(), catalogue(acteurs={mechant.iri: mechant}))
    page = BeautifulSoup(html, "html.parser")
    assert page.select_one("#table-acteurs tbody th").get_text(strip=True) == nom  # type: ignore[union-attr]
    assert page.select("tbody a, img") == []
    noeud = drawn(html, "nodes")[0]
    assert "href" not in str(noeud["title"])
    assert "popup.innerHTML" not in html
