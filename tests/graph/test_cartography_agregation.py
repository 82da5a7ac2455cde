"""A network gathered by departement or by network of actors: nobody lost, links counted."""

from dataclasses import replace

import pytest

from graph.cartography import AUTRES, INCONNU, Agregat, CriteresReseau, agregation, open_cartographe
from graph.cartography import cartographe as module
from tests.graph.exemple_cartography import (
    ACTEURS,
    ANCIENNE,
    CALVADOS,
    FRANCE,
    LIENS,
    NORMANDIE,
    acteur,
    acteur_iri,
    catalogue,
    lien,
    terr,
)

FINISTERE = terr("departement-29")


def gather(par: str = "departement", **champs: object) -> Agregat:
    criteres = replace(CriteresReseau(), **champs, par=par)  # type: ignore[arg-type]
    return open_cartographe(catalogue()).gather(criteres)


def test_every_actor_is_in_one_departement_or_wider_scale() -> None:
    agregat = gather()
    comptes = {groupe.iri: groupe.acteurs for groupe in agregat.groupes}
    assert comptes == {CALVADOS: 10, ANCIENNE: 3, FRANCE: 2, FINISTERE: 1}
    assert sum(comptes.values()) == agregat.acteurs == len(ACTEURS)
    assert [groupe.acteurs for groupe in agregat.groupes] == [10, 3, 2, 1], "most peopled first"


def test_links_inside_and_between_groups_add_up_to_all_links() -> None:
    agregat = gather()
    internes = {groupe.iri: groupe.internes for groupe in agregat.groupes}
    entre = {(f.de, f.vers): f for f in agregat.faisceaux}
    assert sum(internes.values()) + sum(f.nombre for f in entre.values()) == agregat.liens
    paire = entre[FINISTERE, FRANCE]
    assert (paire.nombre, paire.aller, paire.retour, paire.types) == (1, 1, 0, (("adhesion", 1),))
    nationale = entre[CALVADOS, FRANCE]
    assert (nationale.aller, nationale.types) == (1, (("representation", 1),))


def test_an_actor_that_no_source_places_stands_apart() -> None:
    seul = acteur("seul", "Seul")
    agregat = open_cartographe(catalogue(acteurs={seul.iri: seul})).gather(CriteresReseau(par="departement"))
    assert [groupe.iri for groupe in agregat.groupes] == [INCONNU]


def test_an_actor_on_a_whole_region_is_regional() -> None:
    deux = acteur("deux", "Deux", perimetres=(NORMANDIE,))
    agregat = open_cartographe(catalogue(acteurs={deux.iri: deux})).gather(CriteresReseau(par="departement"))
    assert [groupe.iri for groupe in agregat.groupes] == [NORMANDIE]


def test_by_network_an_actor_counts_in_each_of_its_networks() -> None:
    double = lien("Adhesion", "espace-bambins", "rnma")
    source = catalogue(liens=(*LIENS, double))
    comptes = {
        groupe.iri: groupe.acteurs
        for groupe in open_cartographe(source).gather(CriteresReseau(par="reseau")).groupes
    }
    assert comptes[acteur_iri("acepp-bn")] == 3, "itself, Espace Bambins and Les P’tits Mousses"
    assert comptes[acteur_iri("rnma")] == 2
    assert comptes[acteur_iri("acepp")] == 2, "itself and ACEPP 29, which has no member of its own"
    assert comptes[INCONNU] == len(ACTEURS) - 3 - 2 - 2 + 1


def test_the_smallest_networks_are_put_together_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agregation, "NOMBRE", 1)
    agregat = gather("reseau")
    comptes = {groupe.iri: groupe.acteurs for groupe in agregat.groupes}
    assert comptes == {acteur_iri("acepp-bn"): 3, AUTRES: 2, INCONNU: len(ACTEURS) - 5}
    assert agregat.fondus == 1
    assert [(f.de, f.vers) for f in agregat.faisceaux if f.types == (("adhesion", 1),)] == [
        (AUTRES, acteur_iri("acepp-bn"))
    ]


def test_filters_apply_before_gathering() -> None:
    agregat = gather(types=("Reseau",), liens=("adhesion",))
    assert agregat.acteurs == 6
    assert agregat.liens == 2
    assert CALVADOS not in {groupe.iri for groupe in agregat.groupes}


def test_departements_stand_where_they_are_and_nothing_covers_anything() -> None:
    departs = {f"a{code}": terr(f"departement-{code}") for code in ("14", "29")}
    fiches = [acteur(slug, slug, perimetres=(lieu,)) for slug, lieu in departs.items()]
    source = catalogue(acteurs={fiche.iri: fiche for fiche in fiches}, liens=(), accompagnements={})
    ronds = {
        g.iri: g.rond for g in open_cartographe(source).gather(CriteresReseau(par="departement")).groupes
    }
    assert ronds[FINISTERE].x < ronds[CALVADOS].x
    assert ronds[FINISTERE].y > ronds[CALVADOS].y, "south of it"
    tous = [groupe.rond for groupe in gather().groupes]
    for rang, un in enumerate(tous):
        for autre in tous[rang + 1 :]:
            libre = un.rayon + autre.rayon
            assert abs(un.x - autre.x) >= libre or abs(un.y - autre.y) >= libre


def test_a_large_network_is_gathered_unless_actors_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    cartographe = open_cartographe(catalogue())
    assert not cartographe.is_gathered(CriteresReseau())
    monkeypatch.setattr(module, "PETIT", 5)
    assert cartographe.is_gathered(CriteresReseau()), "the entry of a large catalogue"
    assert not cartographe.is_gathered(CriteresReseau(par="acteur"))
    assert not cartographe.is_gathered(CriteresReseau(FRANCE)), "asked for, and not too large"
    monkeypatch.setattr(module, "LIMITE", 5)
    assert cartographe.is_gathered(CriteresReseau(FRANCE))
    assert not cartographe.is_gathered(CriteresReseau(FRANCE, types=("PointAppui",))), "few are visible"
    assert not cartographe.is_gathered(CriteresReseau(CALVADOS)), "a departement has no smaller part to open"
    assert cartographe.is_gathered(CriteresReseau(CALVADOS, par="reseau"))


def test_of_a_large_network_filters_draw_what_they_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LIMITE", 5)
    reseau = open_cartographe(catalogue()).cut(CriteresReseau(types=("PointAppui", "OperateurDLA")))
    assert reseau.partiel
    assert set(reseau.graphe) == set(reseau.places) == {acteur_iri("s3a"), acteur_iri("dla-calvados")}
    assert reseau.graphe.number_of_edges() == 2
    assert reseau.ecartes == 0
