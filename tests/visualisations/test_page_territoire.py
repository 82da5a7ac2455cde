"""The page of a territory: what a person finds there, and where each link leads."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from graph.annuaire import Criteres
from visualisations.pages import (
    SaisieOrientation,
    page_acteur,
    page_annuaire,
    page_orientation,
    page_territoire,
    page_territoires,
)

JOUR = date(2026, 11, 21)


def _page(catalogue, ref, **options):
    page = page_territoire(catalogue, catalogue.lire_territoire(ref), JOUR, **options)
    return BeautifulSoup(page, "html.parser")


def _table(page, caption):
    table = next(t for t in page.find_all("table") if caption in t.caption.get_text())
    lignes = {}
    for tr in table.tbody.find_all("tr"):
        cellules = [[a.get_text() for a in td.find_all("a")] for td in tr.find_all("td")]
        lignes[tr.th.find(string=True).strip()] = cellules
    return lignes


def _texts(page, selecteur):
    return [" ".join(e.get_text(" ", strip=True).split()) for e in page.select(selecteur)]


def test_who_does_what_from_the_nearest_to_the_widest(calvados):
    page = _page(calvados, "14027")
    fonctions = _table(page, "Ce que chacun fait")
    assert fonctions["Accompagnement généraliste"] == [[], ["S3A"], [], []]
    assert fonctions["Mise en réseau"] == [[], [], ["ACEPP Basse-Normandie"], []]
    assert fonctions["Ingénierie"] == [[], ["DLA du Calvados"], [], []], "S3A's mission ended in 2009"
    assert fonctions["Fonction non renseignée"] == [
        [],
        ["CAF du Calvados", "Conseil départemental du Calvados"],
        [],
        [],
    ]
    assert _texts(page, "h1") == ["Les Monts d’Aunay"]
    assert _texts(page, ".chapeau") == [
        "Maillage connaît 4 acteurs qui agissent de près ici, chacun avec ses sources. "
        "1 autre agit ici de plus loin."
    ]


def test_what_holds_the_place_and_where_to_go_on(calvados):
    page = _page(calvados, "14027")
    assert _texts(page, ".fil-ariane li") == ["Territoires", "France entière", "Normandie", "Calvados"]
    assert [a["href"] for a in page.select(".acteur-tete .actions a")] == [
        "/orientation?commune=commune:14027",
        "/acteurs?territoire=commune:14027",
        "/cartographie/carte?territoire=commune:14027",
        "/cartographie?territoire=departement:14",
        "/cartographie/roles?territoire=commune:14027",
        "/cartographie/matrice?territoire=commune:14027",
        "/couverture?territoire=commune:14027",
    ]
    reperes = page.select_one(".acteur-cote").get_text(" ", strip=True)
    for dit in ("14027", "Aunay-sur-Odon", "Basse-Normandie (ancienne région)", "Espace Bambins"):
        assert dit in reperes


def test_what_is_missing_is_said_as_what_maillage_knows(calvados):
    page = _page(calvados, "14027")
    manque = page.find(id="manque").parent
    texte = " ".join(manque.get_text(" ", strip=True).split())
    assert "Aucun acteur connu de Maillage" in texte
    assert "une question à poser, pas un constat" in texte
    fonctions = [li.get_text(" ", strip=True) for li in manque.select("p + .trous > div:first-child li")]
    assert fonctions == ["Mise en réseau (connu à un niveau plus large)"]
    besoins = {a.get_text(): a["href"] for a in manque.select("details a")}
    assert besoins["Projet social"] == "/orientation?commune=commune:14027&besoins=projet-social"
    assert "Comptabilité" not in besoins


def test_who_carries_what_with_what_replaced_it(calvados):
    page = _page(calvados, "departement:14")
    dispositifs = _table(page, "Dispositifs et labels")
    assert dispositifs["Point d’appui à la vie associative"][0] == ["S3A"]
    texte = page.find(id="dispositifs").parent.get_text(" ", strip=True)
    assert "remplacé depuis par : Guid’Asso" in texte.replace("\N{NO-BREAK SPACE}", " ")
    assert "depuis 1997" in texte
    assert _texts(page, "#accompagnements + .fiches h3") == ["Professionnaliser la petite enfance"]


def test_a_place_nobody_is_known_in_says_so_without_listing_gaps(calvados):
    vides = {nom: {} for nom in ("offres", "acteurs", "accompagnements", "instances", "observations")}
    seul = replace(calvados, **vides, liens=())
    page = _page(seul, "14027")
    assert page.find(id="manque") is None
    assert "Cela ne veut pas dire qu’il n’y en a pas" in page.select_one(".chapeau").get_text()


def test_an_ended_region_leads_to_what_replaced_it(calvados):
    page = _page(calvados, "region:25-1982")
    encart = page.select_one(".encart-attention")
    assert "Basse-Normandie n’existe plus depuis 2015." in encart.get_text()
    assert encart.a["href"] == "/territoires/region:28"


def test_a_former_code_is_explained_only_when_it_is_one_of_the_place(calvados):
    connu = replace(calvados, codes_resolus={"14028": calvados.lire_territoire("14027").iri})
    assert "14028 est celui d’une ancienne commune" in _page(connu, "14027", ancien_code="14028").get_text()
    assert "ancienne commune, aujourd’hui" not in _page(connu, "14027", ancien_code="<b>").get_text()


def test_a_departement_lists_its_communes_and_a_region_its_departements(calvados):
    page = _page(calvados, "departement:14")
    assert [a["href"] for a in page.select(".colonnes a")] == [
        "/territoires/commune:14327",
        "/territoires/commune:14027",
        "/territoires/commune:14488",
        "/territoires/commune:14700",
    ]
    assert _texts(_page(calvados, "region:28"), ".colonnes li") == ["Calvados 4 acteurs"]


@pytest.mark.parametrize("ref", ["national", "region:28", "region:25-1982", "departement:14", "14327"])
def test_headings_follow_and_tables_have_captions(calvados, ref):
    page = _page(calvados, ref)
    niveaux = [int(h.name[1]) for h in page.find_all(["h1", "h2", "h3", "h4"])]
    assert niveaux[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(niveaux))
    assert all(table.caption and table.caption.get_text(strip=True) for table in page.find_all("table"))
    ids = [e["id"] for e in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_hostile_texts_stay_texts(hostile):
    for ref in ("national", "departement:14", "14027"):
        page = _page(hostile, ref)
        assert not page.find_all("img")
        assert not page.find_all(onmouseover=True)


def test_the_search_offers_places_then_regions(calvados):
    choix = tuple(calvados.lire_territoire(ref) for ref in ("14027", "departement:14"))
    page = BeautifulSoup(page_territoires(calvados, "aunay", choix), "html.parser")
    assert _texts(page, ".ligne-simple") == [
        "Les Monts d’Aunay (Calvados) Commune · aussi connue comme Aunay-sur-Odon",
        "Calvados Département",
    ]
    assert [a["href"] for a in page.select(".regions a")] == [
        "/territoires/region:28",
        "/territoires/departement:14",
    ]
    vide = BeautifulSoup(page_territoires(calvados, "zzz"), "html.parser")
    assert "Aucun territoire ne répond" in vide.find(id="choix").get_text()


def test_a_place_named_on_a_card_the_directory_or_an_answer_leads_to_its_page(calvados, reponse):
    s3a = calvados.acteur("s3a")
    pages = {
        page_acteur(calvados, s3a): {"/territoires/commune:14327", "/territoires/departement:14"},
        page_annuaire(calvados, Criteres()): {"/territoires/commune:14327", "/territoires/departement:14"},
        page_orientation(calvados, SaisieOrientation(commune="14027"), reponse): {
            "/territoires/commune:14027"
        },
    }
    for page, attendues in pages.items():
        liens = BeautifulSoup(page, "html.parser").select('main a[href^="/territoires/"]')
        assert attendues <= {lien["href"] for lien in liens}
