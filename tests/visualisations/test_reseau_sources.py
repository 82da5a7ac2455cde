"""A link cites few passages, in the tables, in the data the CSV is made of and in the exported file."""

from dataclasses import replace

from bs4 import BeautifulSoup

from graph.cartography import CriteresReseau, open_cartographe
from graph.cartography.preuves import LIMITE
from graph.catalogue import Catalogue
from graph.catalogue.modele import Passage
from tests.graph.exemple_cartography import CALVADOS, COLLECTIF, SOURCE, acteur_iri, catalogue
from visualisations.export_pyvis import export_html
from visualisations.reseau.page import donnees_reseau, page_cartographie


def long_action() -> Catalogue:
    """The example, whose action cites forty passages."""
    passages = {
        f"{SOURCE}#p{n}": Passage(f"{SOURCE}#p{n}", SOURCE, f"p. {n}", f"S3A et le DLA, phrase {n}.")
        for n in range(40)
    }
    action = replace(COLLECTIF, sollicites=(acteur_iri("caf-calvados"),), passages=tuple(passages))
    return catalogue(passages=passages, accompagnements={action.iri: action}, liens=(), instances={})


def count_sources(html: str) -> list[int]:
    lignes = BeautifulSoup(html, "html.parser").select("#table-liens tbody tr")
    return [len(ligne.select(".reseau-sources li")) for ligne in lignes]


def test_the_tables_the_data_and_the_file_cite_few_passages_for_a_link() -> None:
    source = long_action()
    criteres = CriteresReseau(CALVADOS)
    reseau = open_cartographe(source).cut(criteres)
    liens = donnees_reseau(source, reseau)["liens"]
    assert isinstance(liens, list)
    comptes = (
        count_sources(page_cartographie(source, criteres)),
        count_sources(export_html(source, reseau)),
        [len(lien["sources"]) for lien in liens],
    )
    for compte in comptes:
        assert compte and max(compte) == LIMITE


def test_who_is_associated_with_an_action_is_said_so() -> None:
    page = BeautifulSoup(page_cartographie(long_action(), CriteresReseau(CALVADOS)), "html.parser")
    verbes = {
        cellules[2].get_text(strip=True): cellules[1].get_text(strip=True)
        for ligne in page.select("#table-liens tbody tr")
        if (cellules := ligne.find_all(["th", "td"]))[0].get_text(strip=True) == "DLA du Calvados"
    }
    assert verbes["Caisse d’allocations familiales du Calvados"] == "associe à une action"
    assert verbes["S3A"] == "fait appel à"
