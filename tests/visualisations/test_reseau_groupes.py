"""The network gathered, as a page and as JSON: figure, tables and data tell the same groups."""

from bs4 import BeautifulSoup

from graph.cartography import CriteresReseau
from tests.graph.exemple_cartography import acteur, catalogue, lien, terr
from visualisations.reseau.page import donnees_cartographie, page_cartographie

PAR = CriteresReseau(par="departement")


def soup(criteres: CriteresReseau = PAR) -> BeautifulSoup:
    return BeautifulSoup(page_cartographie(catalogue(), criteres), "html.parser")


def test_the_figure_the_table_and_the_data_tell_the_same_groups_and_links() -> None:
    page, donnees = soup(), donnees_cartographie(catalogue(), PAR)
    dessines = [a.attrs["aria-label"] for a in page.select(".groupes-figure .groupe")]
    lignes = [
        [c.get_text() for c in tr.find_all(["th", "td"])] for tr in page.select("#table-groupes tbody tr")
    ]
    groupes = donnees["groupes"]
    assert isinstance(groupes, list)
    assert [g["nom"] for g in groupes] == [ligne[0] for ligne in lignes]
    assert dessines[0].startswith("Calvados\N{NO-BREAK SPACE}: 10 acteurs")
    assert [(g["acteurs"], g["liens_internes"]) for g in groupes] == [(int(x[1]), int(x[2])) for x in lignes]
    liens = donnees["liens"]
    assert isinstance(liens, list)
    assert (
        len(liens) == len(page.select("#table-faisceaux tbody tr")) == len(page.select(".groupes-liens line"))
    )


def test_a_group_opens_its_own_network_with_the_same_filters() -> None:
    page = soup(CriteresReseau(par="departement", liens=("adhesion",), isoles=False))
    ouvre = {a.attrs["href"] for a in page.select(".groupe-departement")}
    assert ouvre == {
        f"/cartographie?territoire=departement:{code}&lien=adhesion&isoles=0" for code in ("14", "29")
    }
    reseaux = soup(CriteresReseau(par="reseau"))
    adresses = {a.attrs["href"] for a in reseaux.select("#table-groupes a")}
    assert "/cartographie?reseau=acepp-bn" in adresses
    assert "/cartographie?reseau=non-renseigne" in adresses


def test_the_page_says_how_it_is_shown_and_leads_to_the_other_ways() -> None:
    page = soup()
    assert {a.attrs["href"]: a.attrs.get("aria-current") for a in page.select(".reseau-par a")} == {
        "/cartographie?par=acteur": None,
        "/cartographie?par=departement": "true",
        "/cartographie?par=reseau": None,
    }
    cache = page.select_one("#filtres input[name=par]")
    assert cache is not None
    assert cache.attrs["value"] == "departement", "applying a filter keeps the way of showing"


def test_a_hostile_name_of_a_network_stays_text() -> None:
    mechant = acteur("mechant", "<script>alert(1)</script>", "Reseau", siege=terr("commune-14027"))
    membre = acteur("membre", "M", siege=terr("commune-14027"))
    source = catalogue(
        acteurs={mechant.iri: mechant, membre.iri: membre},
        liens=(lien("Adhesion", "membre", "mechant"),),
        accompagnements={},
        instances={},
    )
    page = BeautifulSoup(page_cartographie(source, CriteresReseau(par="reseau")), "html.parser")
    assert "<script>alert(1)</script>" in page.get_text()
    assert page.select("svg script, table script") == []
