"""Who does what in a place: unknown stays, the most local first, the fewest together, overlaps by stage."""

import random
from collections.abc import Callable
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from graph.catalogue import Catalogue
from graph.coverage import cover
from graph.coverage.matrice import Matrice, draw_matrix
from graph.coverage.serialisation_matrice import list_mentions, matrice_to_dict
from graph.coverage.sujets import Sujet
from ontology.namespaces import ID, VOC
from tests.graph.exemple_couverture import acteurs, lieux, random_offer
from tests.graph.exemple_orientation import offre

JOUR = date(2026, 11, 20)
Fabrique = Callable[..., Catalogue]


def fonction(code: str) -> str:
    return f"{VOC}fonction/{code}"


def stade(code: str) -> str:
    return f"{VOC}stade/{code}"


def _draw(
    catalogue: Catalogue, ref: str = "departement:14", sujet: Sujet | None = None, **options: Any
) -> Matrice:
    return draw_matrix(catalogue, catalogue.lire_territoire(ref), sujet or Sujet(), JOUR, **options)


def _noms(matrice: Matrice) -> list[str]:
    return [ligne.acteur.rsplit("/", 1)[-1] for ligne in matrice.lignes]


@pytest.fixture(scope="module")
def calvados(make_catalogue: Fabrique) -> Catalogue:
    turtle = lieux() + acteurs("local", "dep", "reg", "nat", "muet", "ailleurs")
    turtle += "acteur:muet mai:intervientSur territoire:departement-14 .\n"
    turtle += offre("l", "local", "commune-14001", fonction="fonction:continuite", stade="stade:employeur")
    turtle += offre("d", "dep", "departement-14", fonction="fonction:suivi, fonction:ingenierie")
    turtle += offre("r", "reg", "region-28", fonction="fonction:suivi", stade="stade:employeur, stade:projet")
    turtle += offre("n", "nat", "national", fonction="fonction:mise-en-reseau", stade="stade:benevole")
    turtle += offre("a", "ailleurs", "departement-29", fonction="fonction:formation")
    return make_catalogue(turtle)


def test_actors_come_the_most_local_first_each_under_the_top_of_what_it_does(calvados: Catalogue) -> None:
    matrice = _draw(calvados)
    assert _noms(matrice) == ["local", "dep", "reg", "nat"]
    assert [ligne.portee for ligne in matrice.lignes] == ["local", "departement", "region", "national"]
    (preuve,) = matrice.lignes[0].cellules[fonction("suivi")]
    assert (preuve.fonction, preuve.offre.slug) == (fonction("continuite"), "l")
    assert matrice.acteurs(fonction("formation")) == ()
    assert [ligne.acteur for ligne in _draw(calvados, proche=True).lignes] == [
        f"{ID}acteur/local",
        f"{ID}acteur/dep",
    ]


def test_a_stage_asked_keeps_who_does_not_say_and_drops_who_says_another(calvados: Catalogue) -> None:
    matrice = _draw(calvados, sujet=Sujet(stade=stade("employeur")))
    assert _noms(matrice) == ["local", "dep", "reg"]
    dep = matrice.lignes[1]
    assert (dep.stades, [o.slug for o in dep.stade_inconnu]) == ({}, ["d"])
    assert matrice.au_stade(stade("employeur")) == (f"{ID}acteur/local", f"{ID}acteur/reg")


def test_a_function_asked_makes_its_own_functions_the_columns(calvados: Catalogue) -> None:
    matrice = _draw(calvados, sujet=Sujet(fonction=fonction("suivi")))
    assert matrice.colonnes[0] == fonction("suivi")
    assert set(matrice.lignes[0].cellules) == {fonction("continuite")}
    assert set(matrice.lignes[1].cellules) == {fonction("suivi")}, "ingenierie is no column here"


def test_overlaps_are_told_stage_by_stage_where_sources_say(calvados: Catalogue) -> None:
    (recouvrement,) = _draw(calvados).recouvrements
    assert recouvrement.fonction == fonction("suivi")
    assert [iri.rsplit("/", 1)[-1] for iri in recouvrement.acteurs] == ["dep", "reg"]
    assert recouvrement.stades == {}, "one says its stages, the other none: nothing proves they meet"
    assert [iri.rsplit("/", 1)[-1] for iri in recouvrement.stade_inconnu] == ["dep"]


def test_who_acts_here_without_a_known_function_is_told_apart(make_catalogue: Fabrique) -> None:
    turtle = (
        lieux()
        + acteurs("muet")
        + (
            f"<{ID}lien/m> a mai:Mandat ; mai:de acteur:muet ; mai:vers dispositif:pava ; "
            "mai:territoire territoire:departement-14 ; dcterms:source lieu:page-1 .\n"
        )
    )
    matrice = _draw(make_catalogue(turtle))
    assert matrice.lignes == ()
    assert matrice.sans_fonction == (("departement", f"{ID}acteur/muet"),)
    (premiere, *autres) = list_mentions(matrice)
    assert (premiere.acteur, premiere.colonne) == (f"{ID}acteur/muet", None)
    assert [m.colonne for m in autres] == list(matrice.colonnes), "every function is without anybody known"


def test_where_an_actor_acts_is_told_unless_it_is_everywhere(make_catalogue: Fabrique) -> None:
    turtle = lieux() + acteurs("ancien", "entier", "nord", "sud", "ville")
    turtle += offre("e", "entier", "region-28", fonction="fonction:suivi")
    turtle += offre("a", "ancien", "region-25-1982", fonction="fonction:formation")
    turtle += offre("v", "ville", "commune-14001", fonction="fonction:formation")
    for slug in ("nord", "sud"):
        moitie = {"couvreEnPartie": "territoire:departement-14"}
        turtle += offre(slug, slug, "departement-14", fonction="fonction:diagnostic", **moitie)
    catalogue = make_catalogue(turtle)

    def told(ref: str) -> dict[str, list[tuple[str, bool]]]:
        lignes = _draw(catalogue, ref).lignes
        return {
            ligne.acteur.rsplit("/", 1)[-1]: [
                (part.lieu.rsplit("/", 1)[-1], part.delimitee) for part in ligne.parties
            ]
            for ligne in lignes
        }

    moitie_vague = [("departement-14", False)]
    assert told("departement:14") == {
        "ville": [("commune-14001", True)], "nord": moitie_vague, "sud": moitie_vague, "ancien": [],
        "entier": [],
    }  # fmt: skip
    assert told("region:28") == {
        "ville": [("commune-14001", True)], "nord": moitie_vague, "sud": moitie_vague,
        "ancien": [("region-25-1982", True)], "entier": [],
    }  # fmt: skip
    assert told("region:25-1982")["entier"] == [], "what replaced a place holds it"
    matrice = _draw(catalogue)
    assert [r.fonction for r in matrice.recouvrements] == [fonction("formation")], "two halves may never meet"
    assert [ligne.vague for ligne in matrice.lignes] == [False, True, True, False, False]
    assert len(matrice.acteurs(fonction("diagnostic"))) == 2


def test_of_two_who_do_as_much_the_one_known_to_act_everywhere_is_taken(make_catalogue: Fabrique) -> None:
    turtle = lieux() + acteurs("a-moitie", "b-entier")
    moitie = {"couvreEnPartie": "territoire:departement-14"}
    turtle += offre("m", "a-moitie", "departement-14", fonction="fonction:suivi", **moitie)
    turtle += offre("e", "b-entier", "departement-14", fonction="fonction:suivi")
    (seul,) = _draw(make_catalogue(turtle)).ensemble
    assert seul.acteur == f"{ID}acteur/b-entier"


def test_who_serves_others_than_associations_is_told_apart_and_never_silent(make_catalogue: Fabrique) -> None:
    turtle = lieux() + acteurs("anime", "deux")
    pour = {"public": "public:accompagnateurs"}
    turtle += offre("p", "anime", "region-28", fonction="fonction:mise-en-reseau", **pour)
    turtle += offre("q", "deux", "region-28", fonction="fonction:mise-en-reseau", **pour)
    turtle += offre("r", "deux", "departement-14", fonction="fonction:suivi")
    turtle += offre("vieux", "anime", "departement-14", fonction="fonction:suivi", fin='"2012"^^xsd:gYear')
    catalogue = make_catalogue(turtle)
    matrice = _draw(catalogue)
    assert _noms(matrice) == ["deux"]
    (autre,) = matrice.pour_autres
    assert (autre.acteur, set(autre.cellules)) == (f"{ID}acteur/anime", {fonction("mise-en-reseau")})
    assert matrice.acteurs(fonction("mise-en-reseau")) == (), "a hole for associations stays one"
    assert f"{ID}acteur/anime" in {mention.acteur for mention in list_mentions(matrice)}
    assert [a["slug"] for a in matrice_to_dict(catalogue, matrice)["pour_d_autres_publics"]] == ["anime"]
    assert _draw(catalogue, sujet=Sujet(fonction=fonction("suivi"))).pour_autres == ()
    assert _draw(catalogue, proche=True).pour_autres == ()


@pytest.mark.parametrize("graine", range(8))
def test_the_matrix_and_the_page_of_a_place_count_the_same_actors(
    make_catalogue: Fabrique, graine: int
) -> None:
    hasard = random.Random(500 + graine)
    catalogue = make_catalogue(
        lieux() + acteurs("a", "b", "c") + "".join(random_offer(hasard, f"o{n}") for n in range(6))
    )
    for ref in ("departement:14", "departement:29", "region:28", "national", "commune:14001"):
        matrice = _draw(catalogue, ref)
        ici = cover(catalogue, catalogue.lire_territoire(ref), JOUR)
        du_tableau = [*(ligne.acteur for ligne in matrice.lignes), *(iri for _, iri in matrice.sans_fonction)]
        autres = {ligne.acteur for ligne in matrice.pour_autres}
        presents = {iri for iris in ici.acteurs.values() for iri in iris}
        assert presents - autres == set(du_tableau) - autres
        assert not autres & {ligne.acteur for ligne in matrice.lignes}


@pytest.mark.parametrize("graine", range(10))
def test_the_fewest_have_together_what_everybody_has_and_no_fewer_do(
    make_catalogue: Fabrique, graine: int
) -> None:
    hasard = random.Random(graine)
    turtle = lieux() + acteurs("a", "b", "c") + "".join(random_offer(hasard, f"o{n}") for n in range(9))
    matrice = _draw(make_catalogue(turtle), "region:28")
    tout = {colonne for ligne in matrice.lignes for colonne in ligne.cellules}
    assert {c for ligne in matrice.ensemble for c in ligne.cellules} == tout
    assert tout == {colonne for colonne in matrice.colonnes if matrice.acteurs(colonne)}
    for moins in combinations(matrice.lignes, max(0, len(matrice.ensemble) - 1)):
        assert {c for ligne in moins for c in ligne.cellules} != tout or not tout
    for recouvrement in matrice.recouvrements:
        assert len(set(recouvrement.acteurs)) == len(recouvrement.acteurs) > 1
        assert all(set(qui) <= set(recouvrement.acteurs) for qui in recouvrement.stades.values())


def test_the_plain_form_has_every_row_with_its_source(calvados: Catalogue) -> None:
    forme = matrice_to_dict(calvados, _draw(calvados))
    assert [acteur["slug"] for acteur in forme["acteurs"]] == ["local", "dep", "reg", "nat"]
    (fait,) = forme["acteurs"][0]["fonctions"]
    assert (fait["colonne"], fait["fonction"], fait["stades"]) == ("suivi", "continuite", ["employeur"])
    assert fait["sources"] == [{"titre": "Document d’essai", "date": "2024", "lieu": "Page 1"}]
    assert {f["code"] for f in forme["sans_acteur_connu"]["fonctions"]} >= {"formation", "financement"}
    assert forme["ensemble"]["exact"] is True
