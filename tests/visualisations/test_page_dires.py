"""The card tells what other sources say, under what it shows, and the stage that a head count suggests."""

from bs4 import BeautifulSoup

from tests.graph.divergences_essai import catalogue_of, source
from visualisations.pages import page_acteur

RNA = source(
    "rna",
    'a:x a mai:Acteur ; skos:prefLabel "LES BAMBINS"@fr ; mai:siege com:14027 ;'
    ' dcterms:description "Ancien."@fr .',
    titre="Répertoire national des associations (RNA)",
    parution="2024-02",
    registre=True,
)
SIRENE = source(
    "sirene",
    'a:x a mai:Acteur ; skos:prefLabel "ESPACE BAMBINS"@fr ; mai:trancheEffectif tranche:02 .',
    titre="Répertoire SIRENE : associations",
    parution="2024-05-01",
    registre=True,
)
CLASSEUR = (
    'a:x a mai:Acteur ; skos:prefLabel "Espace Bambins"@fr ; mai:siege com:14118 ;'
    ' dcterms:description "Neuf."@fr'
)


def card(*sources: str) -> BeautifulSoup:
    catalogue = catalogue_of(*sources)
    return BeautifulSoup(page_acteur(catalogue, catalogue.acteur("x")), "html.parser")


def lines(page: BeautifulSoup) -> list[str]:
    return [" ".join(line.get_text().split()).replace("\xa0", " ") for line in page.select(".autre-dire")]


def test_the_card_says_who_says_otherwise_and_when() -> None:
    page = card(RNA, SIRENE, source("classeur", CLASSEUR + " .", parution="2026"))
    assert page.h1 is not None
    assert page.h1.get_text() == "Espace Bambins"
    selon = "D’après Répertoire national des associations (RNA) (2024) :"
    assert lines(page) == [f"{selon} LES BAMBINS", f"{selon} Ancien.", f"{selon} commune-14027"]
    assert "ESPACE BAMBINS" not in page.get_text()


def test_a_band_is_told_with_its_source_and_suggests_a_stage_to_check() -> None:
    text = " ".join(card(SIRENE).get_text().split()).replace("\xa0", " ")
    assert "3 à 5 salariés (Répertoire SIRENE, 2024)" in text
    assert "Stade probable : employeur, à vérifier" in text


def test_a_stage_that_a_source_says_is_not_suggested() -> None:
    text = card(
        SIRENE, source("classeur", CLASSEUR + " ; mai:stade stade:employeur .", parution="2026")
    ).get_text()
    assert "3 à 5 salariés" in text
    assert "Stade probable" not in text
