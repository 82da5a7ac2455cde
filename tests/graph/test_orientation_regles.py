"""Orientation: whom the rules close an offer to, and what a sector weighs."""

from collections.abc import Callable

import pytest

from graph.catalogue import Catalogue
from graph.orientation.modele import Raison, Reponse
from graph.orientation.ponderation import load_ponderation
from tests.graph.exemple_orientation import DLA, make_ask, offre, slugs


@pytest.fixture
def ask(make_catalogue: Callable[..., Catalogue]) -> Callable[..., Reponse]:
    return make_ask(make_catalogue)


def critere(reponse: Reponse, rang: int, nom: str) -> list[Raison]:
    return [raison for raison in reponse.recommandations[rang].raisons if raison.critere == nom]


@pytest.mark.parametrize(
    ("fonctions", "ouverte"),
    [
        ("suivi", False),
        ("evaluation, fonction:mise-en-reseau", False),
        ("financement-ingenierie", False),
        ("information", True),
        ("appui-vie-associative", True),
    ],
)
def test_what_presupposes_a_dla_is_closed_to_volunteers(
    ask: Callable[..., Reponse], fonctions: str, ouverte: bool
) -> None:
    turtle = DLA + offre("d", "dla", "departement-14", fonction=f"fonction:{fonctions}")
    assert bool(slugs(ask(turtle, stade="benevole"))) is ouverte
    assert slugs(ask(turtle, stade="employeur")) == ["d"]
    other = DLA + offre("d", "asso", "departement-14", fonction=f"fonction:{fonctions}")
    assert slugs(ask(other, stade="benevole")) == ["d"], "the rule is the operators'"


@pytest.mark.parametrize(
    ("stade", "dit"),
    [
        ("benevole", None),
        ("projet", "demander s’il convient déjà"),
        ("primo-employeur", "demander s’il convient déjà"),
        ("employeur", ""),
    ],
)
def test_what_is_for_small_employers_is_not_for_volunteers(
    ask: Callable[..., Reponse], stade: str, dit: str | None
) -> None:
    reponse = ask(offre("o", "asso", "departement-14", taille="taille:pmae"), stade=stade)
    assert bool(slugs(reponse)) is (dit is not None)
    if dit is not None:
        said = critere(reponse, 0, "eligibilite")
        assert [dit in raison.texte and raison.source is not None for raison in said] == [True] * bool(dit)


def test_an_offer_kept_to_a_sector_comes_lower_when_none_is_asked(ask: Callable[..., Reponse]) -> None:
    turtle = offre("a", "asso", "departement-14", secteur="secteur:petite-enfance")
    turtle += offre("b", "reseau", "departement-14")
    reponse = ask(turtle)
    assert slugs(reponse) == ["b", "a"]
    (raison,) = critere(reponse, 1, "secteur")
    assert raison.points == load_ponderation().of("secteur", "reserve") < 0
    assert "la demande n’en dit aucun" in raison.texte
    assert any("Vérifier que c’est le vôtre" in texte for texte in reponse.recommandations[1].a_verifier)
    assert slugs(ask(turtle, secteur="petite-enfance")) == ["a", "b"]


def test_the_sector_of_the_actor_counts_when_the_offer_says_none(ask: Callable[..., Reponse]) -> None:
    turtle = "acteur:reseau mai:secteur secteur:petite-enfance ; dcterms:source lieu:page-1 ."
    turtle += offre("a", "reseau", "departement-14")
    turtle += offre("c", "reseau", "departement-14", secteur="secteur:insertion")
    turtle += offre("d", "asso", "departement-14", secteur="secteur:petite-enfance")
    reponse = ask(turtle, secteur="petite-enfance")
    assert slugs(reponse) == ["d", "a"], "what the offer says itself comes first"
    (raison,) = critere(reponse, 1, "secteur")
    weights = load_ponderation()
    assert weights.of("secteur", "inconnu") < raison.points == weights.of("secteur", "acteur")
    assert (raison.points < weights.of("secteur", "exact"), raison.source is not None) == (True, True)
    assert reponse.recommandations[1].competent
    assert any("la source ne le dit que de l’acteur" in t for t in reponse.recommandations[1].a_verifier)
