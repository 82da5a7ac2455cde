"""Paths between two actors: shortest first, along true links, never through control."""

import pytest

from graph.cartography import Chemin, CriteresReseau, open_cartographe, read_trajet
from graph.catalogue import Catalogue
from graph.errors import IntrouvableError
from tests.graph.exemple_cartography import CALVADOS, LIENS, acteur_iri, catalogue, lien


def slugs(chemin: Chemin) -> list[str]:
    return [iri.rsplit("/", 1)[-1] for iri in chemin.noeuds]


def find(
    chemin: str, vers: str, source: Catalogue | None = None, criteres: CriteresReseau | None = None
) -> tuple[Chemin, ...]:
    cartographe = open_cartographe(source or catalogue())
    trajet = read_trajet(cartographe.catalogue, chemin, vers)
    return cartographe.find_paths(criteres or CriteresReseau(), trajet)


def test_the_shortest_path_comes_first_and_none_is_much_longer() -> None:
    trouves = find("espace-bambins", "rnma")
    assert slugs(trouves[0]) == ["espace-bambins", "s3a", "rnma"]
    assert {len(chemin.noeuds) for chemin in trouves} <= {3, 4}
    assert [len(chemin.noeuds) for chemin in trouves] == sorted(len(chemin.noeuds) for chemin in trouves)


def test_each_step_holds_every_relation_between_its_ends_with_its_own_direction() -> None:
    etape = find("espace-bambins", "acepp")[0].etapes[0]
    assert {(r.de.rsplit("/", 1)[-1], r.type) for r in etape.relations} == {
        ("espace-bambins", "adhesion"),
        ("acepp-bn", "intervention"),
    }


def test_a_role_leads_to_its_nearest_actors_each_by_one_path() -> None:
    trouves = find("espace-bambins", "Financeur")
    fins = [slugs(chemin)[-1] for chemin in trouves]
    assert len(fins) == len(set(fins)) > 1
    assert set(fins) <= {"caf-calvados", "departement-calvados", "commune-ouistreham"}
    assert not any(set(slugs(chemin)[1:-1]) & {"caf-calvados", "departement-calvados"} for chemin in trouves)


def test_control_leads_nobody_to_anybody() -> None:
    seul = (lien("Partenariat", "pmi-calvados", "espace-bambins", "controle"),)
    source = catalogue(liens=seul, accompagnements={}, instances={})
    assert find("espace-bambins", "pmi-calvados", source) == ()
    assert find("pmi-calvados", "departement-calvados", source), "a service and its institution"


def test_only_links_that_the_filters_show_are_followed() -> None:
    assert find("les-ptits-mousses", "caf-calvados", criteres=CriteresReseau(liens=("adhesion",))) == ()
    assert find("les-ptits-mousses", "acepp", criteres=CriteresReseau(liens=("adhesion",)))
    entier = find("s3a", "acepp-29")
    assert entier == find("s3a", "acepp-29", criteres=CriteresReseau(CALVADOS, types=("Reseau",)))


def test_names_acronyms_and_slugs_are_understood_and_homonyms_asked_about() -> None:
    source = catalogue()
    assert read_trajet(source, "Espace Bambins", "rnma").depart == source.acteur("espace-bambins")
    assert read_trajet(source, "cres de basse normandie", "rnma").depart == source.acteur("cres")
    flou = read_trajet(source, "acepp basse", "Financeur")
    assert (flou.depart or flou.choix_depart) and flou.role == "Financeur"
    plusieurs = read_trajet(source, "calvados", "")
    assert plusieurs.depart is None
    assert len(plusieurs.choix_depart) > 1
    assert plusieurs.role == "Financeur", "whom it reaches when nothing is said"
    with pytest.raises(IntrouvableError):
        read_trajet(source, "personne ne s’appelle ainsi", "rnma")


def test_an_actor_without_a_link_reaches_nobody() -> None:
    assert find("isolee", "Financeur") == ()
    assert find("s3a", "s3a") == ()


def test_the_figure_is_the_territory_when_it_holds_the_paths_else_the_paths_and_their_neighbours() -> None:
    cartographe = open_cartographe(catalogue(liens=(*LIENS, lien("Adhesion", "acepp-29", "rnma"))))
    dedans = cartographe.find_paths(CriteresReseau(), read_trajet(cartographe.catalogue, "s3a", "rnma"))
    calvados = CriteresReseau(CALVADOS)
    assert cartographe.cut_around(calvados, dedans).places == cartographe.cut(calvados).places
    dehors = cartographe.find_paths(CriteresReseau(), read_trajet(cartographe.catalogue, "s3a", "acepp-29"))
    autour = cartographe.cut_around(calvados, dehors)
    assert autour.partiel
    assert {acteur_iri("acepp-29"), acteur_iri("rnma"), acteur_iri("dla-calvados")} <= set(autour.graphe)
    assert acteur_iri("isolee") not in autour.graphe
