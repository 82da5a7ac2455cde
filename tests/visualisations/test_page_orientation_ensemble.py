"""What the answer says beyond the cards: together with whom, by which path, whom the DLA could consult."""

from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup

from graph.orientation import orient
from graph.orientation.modele import Combinaison, Demande, Part
from tests.visualisations.conftest import act, terr
from visualisations.pages import SaisieOrientation, page_orientation
from visualisations.pages.ensemble import in_words

SAISIE = SaisieOrientation("14027", "employeur", ("convention-collective", "projet-social"), "petite-enfance")
DEMANDE = Demande(terr("commune-14027"), date(2009, 1, 10), "employeur", None, SAISIE.besoins, SAISIE.secteur)


def _text(element):
    return " ".join(element.get_text().split())


def _page(catalogue, reponse):
    return BeautifulSoup(page_orientation(catalogue, SAISIE, reponse), "html.parser")


@pytest.fixture
def page(calvados):
    return _page(calvados, orient(calvados, DEMANDE))


def test_one_sentence_says_how_many_actors_and_what_nobody_covers(page):
    boite = page.select_one(".ensemble")
    assert _text(boite.select_one(".ensemble-phrase")) == "Un acteur peut répondre à un de vos deux besoins"
    assert [_text(li) for li in boite.select("li")] == [
        "S3A dans votre département pour : Appliquer une convention collective"
    ]
    assert _text(boite.select_one(".non-couverts")).endswith("à notre connaissance : Projet social.")


def test_several_actors_are_counted_in_words(calvados, reponse):
    besoins = ("convention-collective", "comptabilite", "fiche-de-poste")
    parts = (
        Part(act("s3a"), (), besoins[:2], "departement", 3.0),
        Part(act("dla-calvados"), (), besoins[2:], "region", 2.0),
    )
    demande = replace(reponse.demande, besoins=besoins)
    page = _page(calvados, replace(reponse, demande=demande, combinaison=Combinaison(parts)))
    assert (
        _text(page.select_one(".ensemble-phrase"))
        == "Ensemble, deux acteurs peuvent répondre à vos trois besoins"
    )
    assert page.select_one(".ensemble li:nth-of-type(2)").a["href"] == "/acteurs/dla-calvados"
    assert page.select(".non-couverts") == []
    assert (in_words(12), in_words(13)) == ("douze", "13")


def test_a_single_need_that_somebody_meets_needs_no_summary(calvados, reponse):
    part = Part(act("s3a"), (), ("comptabilite",), "departement", 3.0)
    demande = replace(reponse.demande, besoins=("comptabilite",))
    page = _page(calvados, replace(reponse, demande=demande, combinaison=Combinaison((part,))))
    assert page.select(".ensemble") == []


def test_the_path_begins_by_doors_and_goes_on_in_order(page):
    portes = page.select(".entrees > li")
    assert [_text(li.h4) for li in portes] == [
        "Passer par le point d’appui à la vie associative",
        "Se tourner vers le réseau de son secteur",
    ]
    assert [a["href"] for a in portes[0].select(".rencontres a")] == ["/acteurs/s3a"]
    assert [li["id"] for li in page.select("ol.etapes > li")] == [
        "etape-dla",
        "etape-plan",
        "etape-ingenierie",
        "etape-suivi",
        "etape-duree",
    ]
    detail = page.select_one("#etape-dla details")
    assert [_text(dt) for dt in detail.find_all("dt")] == [
        "À préparer",
        "Ce que vous faites vous-mêmes",
        "Ce que vous pouvez attendre",
        "Documents",
    ]
    assert detail.find("blockquote")


def test_a_plan_says_who_brings_each_of_its_four_parts(page):
    parts = page.select("#etape-plan .composantes > div")
    assert len(parts) == 4
    assert "DLA du Calvados" in [_text(a) for a in page.select("#etape-plan .composantes a")]
    assert "Choisir ce qu’elle fait en interne" in _text(parts[-1])


def test_the_path_stops_at_the_dla_when_it_is_not_for_the_association_yet(calvados):
    page = _page(calvados, orient(calvados, replace(DEMANDE, stade="benevole")))
    fermee = page.select_one(".etape-fermee")
    assert fermee["id"] == "etape-dla"
    assert fermee.select_one(".condition")
    assert page.select("#etape-ingenierie, #prestataires") == []


def test_a_consultant_is_weighed_by_the_guide_and_what_blocks_its_payment_is_said(page):
    fiche = page.select_one(".consultation")
    assert _text(fiche.h3) == "S3A"
    assert "mais l’acteur travaille dans « Petite enfance »" in _text(fiche.dl)
    assert "Missions passées" in [_text(dt) for dt in fiche.find_all("dt")]
    assert any(_text(p).endswith("ne peut pas payer sans : fiche-siret.") for p in fiche.select("p"))
    assert "c’est le DLA qui les consulte" in _text(page.find(id="prestataires").find_parent("details"))
