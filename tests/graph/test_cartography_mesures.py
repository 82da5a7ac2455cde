"""Who stands between the others, and who goes with whom."""

from dataclasses import replace

import pytest

from graph.cartography import CriteresReseau, open_cartographe
from graph.cartography.mesures import count_passages, find_communautes
from graph.catalogue import Catalogue
from tests.graph.exemple_cartography import CALVADOS, acteur, acteur_iri, catalogue, lien


def two_teams() -> Catalogue:
    """Two teams of four, all linked inside, joined by one link; and a pair apart."""
    equipes = (("a1", "a2", "a3", "a4"), ("b1", "b2", "b3", "b4"), ("c1", "c2"))
    fiches = [acteur(slug, slug.upper(), "Association") for equipe in equipes for slug in equipe]
    liens = [
        lien("Adhesion", de, vers)
        for equipe in equipes
        for rang, de in enumerate(equipe)
        for vers in equipe[rang + 1 :]
    ]
    liens.append(lien("Financement", "a1", "b1"))
    return catalogue(acteurs={f.iri: f for f in fiches}, liens=tuple(liens), accompagnements={}, instances={})


def test_a_bridge_is_on_every_path_between_two_sides() -> None:
    parts = count_passages("abcde", [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")])
    assert parts["a"] == parts["e"] == 0
    assert parts["c"] == pytest.approx(4 / 6)
    assert parts["b"] == parts["d"] == pytest.approx(3 / 6)


def test_parallel_links_and_their_direction_do_not_count() -> None:
    simple = count_passages("abc", [("a", "b"), ("b", "c")])
    assert count_passages("abc", [("b", "a"), ("a", "b"), ("b", "c"), ("c", "b")]) == simple


def test_groups_are_the_teams_named_after_their_most_linked_actors() -> None:
    groupes = find_communautes(open_cartographe(two_teams()).slice(None))
    assert [groupe.lettre for groupe in groupes] == ["A", "B"], "a pair is no group"
    assert {frozenset(iri[-2:] for iri in groupe.membres) for groupe in groupes} == {
        frozenset({"a1", "a2", "a3", "a4"}),
        frozenset({"b1", "b2", "b3", "b4"}),
    }
    assert groupes[0].phares == (acteur_iri("a1"), acteur_iri("a2"))


def test_groups_are_the_same_each_time_and_whatever_the_filters() -> None:
    cartographe = open_cartographe(catalogue())
    criteres = CriteresReseau(CALVADOS, communautes=True)
    groupes = cartographe.find_communautes(cartographe.cut(criteres))
    assert groupes
    filtre = replace(criteres, types=("Reseau",))
    assert cartographe.find_communautes(cartographe.cut(filtre)) == groupes
    assert find_communautes(cartographe.slice(CALVADOS)) == groupes
    assert cartographe.find_communautes(cartographe.cut(CriteresReseau(CALVADOS))) == ()


def test_sizes_have_two_meanings_and_nothing_moves_from_one_to_the_other() -> None:
    cartographe = open_cartographe(two_teams())
    places = cartographe.cut(CriteresReseau()).places
    pont, dedans = places[acteur_iri("a1")], places[acteur_iri("a2")]
    assert pont.passages > dedans.passages == 0
    assert pont.rayon_passages > dedans.rayon_passages
    assert cartographe.cut(CriteresReseau(taille="passages")).places == places
