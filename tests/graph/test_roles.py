"""Systems of actors: which roles are kept around an action or a place, and what is said to be missing."""

from dataclasses import replace
from datetime import date

import networkx as nx

from graph.cartography.roles import VOIES, find_roles
from graph.cartography.systeme import build_graphe, cut_systeme
from graph.catalogue import Catalogue
from graph.catalogue.modele import Accompagnement, Instance
from graph.dates import DatePartielle
from tests.graph.exemple_cartography import CALVADOS, COLLECTIF, COMITE, ID, acteur_iri, catalogue, lien, terr

JOUR = date(2026, 1, 1)


def told(source: Catalogue, sujet: object, voie: str) -> set[tuple[str, str, str]]:
    roles = cut_systeme(source, sujet).list_roles(voie)  # type: ignore[arg-type]
    return {(r.acteur.rsplit("/")[-1], r.maniere, r.vers.rsplit("/")[-1]) for r in roles}


def test_around_an_action_its_leaders_and_those_it_is_for_are_told_too() -> None:
    source = catalogue()
    assert told(source, COLLECTIF, "financement") == {
        ("caf-calvados", "finance", "collectif"),
        ("caf-calvados", "finance", "les-ptits-mousses"),
        ("commune-ouistreham", "finance", "les-ptits-mousses"),
        ("departement-calvados", "finance", "dla-calvados"),
    }
    assert told(source, COLLECTIF, "pilotage") == {("dla-calvados", "pilote", "collectif")}
    assert told(source, COLLECTIF, "controle") == {("pmi-calvados", "controle", "espace-bambins")}
    assert told(source, COLLECTIF, "prescription") == {
        ("caf-calvados", "prescrit", "dla-calvados"),
        ("departement-calvados", "prescrit", "dla-calvados"),
    }
    assert told(source, COLLECTIF, "appui") == {
        ("s3a", "intervient", "collectif"),
        ("acepp-bn", "intervient", "collectif"),
        ("s3a", "technique", "dla-calvados"),
        ("caf-calvados", "technique", "dla-calvados"),
        ("muette", "technique", "dla-calvados"),
    }
    assert {acteur for acteur, *_ in told(source, COLLECTIF, "beneficiaire")} == {
        "espace-bambins",
        "les-ptits-mousses",
    }


def test_what_no_source_says_is_named_and_a_mandate_is_not_asked_of_an_action() -> None:
    seule = replace(COLLECTIF, iri=f"{COLLECTIF.iri}-seule", slug="seule", pilotes=(), beneficiaires=())
    systeme = cut_systeme(catalogue(accompagnements={seule.iri: seule}), seule)
    assert systeme.list_missing() == (
        "financement",
        "pilotage",
        "prescription",
        "controle",
        "instance",
        "participation",
        "beneficiaire",
    )
    assert cut_systeme(catalogue(), COLLECTIF).list_missing() == ("instance", "participation")


def _with_parts() -> tuple[Catalogue, Accompagnement]:
    mission = Accompagnement(
        f"{ID}/accompagnement/mission",
        "mission",
        "Mission",
        pilotes=COLLECTIF.pilotes,
        intervenants=(acteur_iri("s3a"),),
        fait_partie_de=COLLECTIF.iri,
    )
    suite = replace(
        mission,
        iri=f"{ID}/accompagnement/suite",
        slug="suite",
        titre="Suite",
        pilotes=(acteur_iri("cres"),),
        statut="https://w3id.org/maillage/voc/statut/prevu",
    )
    return catalogue(accompagnements={a.iri: a for a in (COLLECTIF, mission, suite)}), mission


def test_a_part_is_told_with_its_whole_unless_others_lead_it() -> None:
    source, mission = _with_parts()
    entier = cut_systeme(source, COLLECTIF)
    assert [partie.slug for partie in entier.parties] == ["mission"]
    assert [voisine.slug for voisine in entier.voisines] == ["suite"]
    assert ("s3a", "intervient", "mission") in told(source, COLLECTIF, "appui")
    assert "cres" not in {acteur for acteur, *_ in told(source, COLLECTIF, "pilotage")}
    partie = cut_systeme(source, mission)
    assert [voisine.slug for voisine in partie.voisines] == ["collectif"]
    assert told(source, mission, "beneficiaire") == {
        ("espace-bambins", "beneficie", "collectif"),
        ("les-ptits-mousses", "beneficie", "collectif"),
    }, "those the whole is for"


def test_a_role_is_planned_over_or_neither() -> None:
    source, _ = _with_parts()
    etats = {(r.vers.rsplit("/")[-1], r.maniere): r.state(JOUR) for r in find_roles(source)}
    assert etats["suite", "pilote"] == "prevu"
    assert etats["collectif", "pilote"] == "", "no end is known"
    fini = replace(COLLECTIF, fin=DatePartielle.parse("2009"))
    role = next(r for r in find_roles(catalogue(accompagnements={fini.iri: fini})) if r.maniere == "pilote")
    assert (role.state(date(2009, 12, 31)), role.state(date(2010, 1, 1))) == ("", "termine")


def test_a_seat_is_told_once_and_a_committee_without_members_is_kept() -> None:
    comite = replace(COMITE, de=acteur_iri("dla-calvados"))
    vide = Instance(f"{ID}/instance/vide", "Comité d’orientation", de=COLLECTIF.iri)
    siege = lien("Partenariat", "caf-calvados", "dla-calvados", "membre-instance")
    de_base = catalogue()
    source = catalogue(
        instances={i.iri: i for i in (comite, vide)},
        liens=(*de_base.liens, siege),
    )
    assert told(source, COLLECTIF, "instance") == {
        ("cres", "anime", "comite"),
        ("caf-calvados", "siege", "comite"),
    }
    assert [i.titre for i in cut_systeme(source, COLLECTIF).instances] == [comite.titre, vide.titre]


def test_who_plays_several_roles_is_listed_first_who_plays_most() -> None:
    pluriels = cut_systeme(catalogue(), COLLECTIF).list_plural()
    assert next(iter(pluriels.items())) == (
        acteur_iri("caf-calvados"),
        ("financement", "prescription", "appui"),
    )
    assert acteur_iri("pmi-calvados") not in pluriels


def test_around_a_place_the_roles_played_there_and_the_mandates() -> None:
    source = catalogue()
    calvados = source.territoires[CALVADOS]
    assert told(source, calvados, "portage") == {("dla-calvados", "porte", "dla")}
    assert ("caf-calvados", "finance", "collectif") in told(source, calvados, "financement")
    ailleurs = cut_systeme(source, source.territoires[terr("departement-29")])
    assert ailleurs.roles == ()
    assert set(ailleurs.list_missing()) == set(VOIES)


def test_who_leads_for_a_wider_place_leads_here_though_tied_to_nobody_here() -> None:
    regionale = replace(
        COLLECTIF,
        iri=f"{ID}/accompagnement/regionale",
        slug="regionale",
        pilotes=(acteur_iri("lointaine"),),
        intervenants=(),
        sollicites=(acteur_iri("isolee"), acteur_iri("acepp-29")),
        beneficiaires=(),
        territoires=(terr("region-25-1982"),),
    )
    nationale = replace(
        regionale, iri=f"{ID}/accompagnement/nat", slug="nat", territoires=(terr("national"),)
    )
    source = catalogue(accompagnements={a.iri: a for a in (regionale, nationale)}, liens=(), instances={})
    ouistreham = source.territoires[terr("commune-14488")]
    assert told(source, ouistreham, "pilotage") == {("lointaine", "pilote", "regionale")}


def test_the_graph_has_an_edge_a_role_and_the_subject_in_its_middle() -> None:
    systeme = cut_systeme(catalogue(), COLLECTIF)
    graphe = build_graphe(systeme)
    roles = [donnees["role"] for *_, donnees in graphe.edges(data=True) if "role" in donnees]
    assert sorted(roles, key=str) == sorted(systeme.roles, key=str)
    assert graphe.nodes[COLLECTIF.iri]["anneau"] == 0
    assert graphe.nodes[acteur_iri("dla-calvados")]["anneau"] == 1
    assert graphe.nodes[acteur_iri("pmi-calvados")]["anneau"] == 2
    assert nx.is_weakly_connected(graphe)
