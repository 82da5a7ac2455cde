"""« Pourquoi pas X ? »: every way of being left out is said, and the list agrees."""

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.catalogue import Catalogue
from graph.orientation import Saisie, explain_actor, orient, understand
from graph.orientation.explication import Explication
from ontology.namespaces import ID
from tests.graph.exemple_orientation import (
    ACTEURS,
    BESOINS,
    DLA,
    JOUR,
    SECTEURS,
    STADES,
    offre,
    random_actions,
    random_offers,
)


@pytest.fixture
def why(make_catalogue: Callable[..., Catalogue]) -> Callable[..., Explication]:
    """Ask why the actor « asso » is or is not in the answer."""

    def explain(turtle: str, acteur: str = "asso", **demande: Any) -> Explication:
        catalogue = make_catalogue(ACTEURS + turtle)
        understood, _ = understand(catalogue, Saisie(**({"commune": "14027", "jour": JOUR} | demande)))
        return explain_actor(catalogue, understood, catalogue.acteur(acteur))

    return explain


@pytest.mark.parametrize(
    ("faits", "demande", "critere", "dit"),
    [
        ({"stade": "stade:projet"}, {"stade": "employeur"}, "stade", "Projet d'emploi"),
        ({"besoin": "besoin:comptabilite"}, {"besoins": ("labellisation",)}, "besoin", "Comptabilité"),
        ({"secteur": "secteur:insertion"}, {"secteur": "petite-enfance"}, "secteur", "nsertion"),
        ({"fin": '"2012"^^xsd:gYear'}, {}, "date", "2012"),
        ({"debut": '"2030"^^xsd:gYear'}, {}, "date", "2030"),
        ({"public": "public:accompagnateurs"}, {}, "acces", "professionnels"),
        ({"public": "public:personnes"}, {}, "acces", "personnes"),
        ({"mobilisePar": "acteur:reseau"}, {}, "acces", "Réseau"),
        ({}, {"commune": None, "territoire": "departement:61"}, "localite", "Calvados"),
    ],
)
def test_what_keeps_an_offer_out_is_said(
    why: Callable[..., Explication], faits: dict[str, str], demande: dict[str, Any], critere: str, dit: str
) -> None:
    explication = why(offre("o", "asso", "departement-14", **faits), **demande)
    assert (explication.rang, explication.dans_la_liste) == (None, False)
    (explained,) = explication.offres
    assert not explained.retenue
    (line,) = [ligne for ligne in explained.lignes if ligne.verdict == "non"]
    assert line.critere == critere
    assert dit in line.texte
    assert line.texte in explication.texte


def test_a_consultant_and_the_dla_of_volunteers(why: Callable[..., Explication]) -> None:
    assert "prestataire" in why(offre("o", "conseil", "departement-14"), "conseil").texte
    turtle = DLA + offre("o", "dla", "departement-14", fonction="fonction:diagnostic")
    explication = why(turtle, "dla", stade="benevole")
    assert [ligne.critere for ligne in explication.offres[0].lignes if ligne.verdict == "non"] == [
        "eligibilite"
    ]


def test_an_actor_that_offers_nothing_and_one_that_is_listed(why: Callable[..., Explication]) -> None:
    assert "aucune source ne dit" in why("").texte
    explication = why(
        offre("o", "asso", "departement-61") + offre("p", "asso", "departement-14"), stade="employeur"
    )
    assert (explication.rang, explication.dans_la_liste) == (1, True)
    assert [e.retenue for e in explication.offres] == [True, False]
    verdicts = {ligne.critere: ligne.verdict for ligne in explication.offres[0].lignes}
    assert verdicts == {"localite": "oui", "stade": "inconnu"}


@pytest.fixture(scope="module")
def catalogue(make_catalogue: Callable[..., Catalogue]) -> Catalogue:
    hasard = random.Random(11)
    return make_catalogue(ACTEURS + DLA + random_offers(hasard, 60) + random_actions(hasard, 4))


@given(
    st.builds(
        Saisie,
        commune=st.just("14027"),
        stade=st.none() | st.sampled_from(STADES),
        besoins=st.lists(st.sampled_from(BESOINS), max_size=3, unique=True).map(tuple),
        secteur=st.none() | st.sampled_from(SECTEURS),
        jour=st.sampled_from((JOUR, date(2020, 6, 1), date(2031, 1, 1))),
    )
)
@settings(max_examples=40, deadline=None)
def test_the_explanation_agrees_with_the_list(catalogue: Catalogue, saisie: Saisie) -> None:
    demande, _ = understand(catalogue, saisie)
    reponse = orient(catalogue, demande)
    ranks = {r.acteur: r.rang for r in reponse.recommandations}
    kept = {iri for r in reponse.recommandations for iri in (r.offre, *r.autres_offres)}
    for slug in ("asso", "reseau", "conseil", "dla"):
        explication = explain_actor(catalogue, demande, catalogue.acteur(slug))
        assert explication.rang == ranks.get(f"{ID}acteur/{slug}")
        assert {e.offre for e in explication.offres if e.retenue} == {
            offre.iri for offre in catalogue.offres_de(f"{ID}acteur/{slug}") if offre.iri in kept
        }
