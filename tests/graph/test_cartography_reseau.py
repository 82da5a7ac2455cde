"""Relations read from the catalogue, the slice of a territory, its filters."""

from dataclasses import replace

import pytest

from graph.cartography import (
    AUCUN,
    CriteresReseau,
    Graphe,
    filter_reseau,
    open_cartographe,
    parse_criteres,
)
from graph.cartography import cartographe as module
from graph.cartography.relations import find_relations
from graph.catalogue.modele import Instance
from graph.errors import DemandeInvalideError, IntrouvableError
from tests.graph.exemple_cartography import (
    ACTEURS,
    ANCIENNE,
    CALVADOS,
    COLLECTIF,
    COMITE,
    FRANCE,
    ID,
    acteur,
    acteur_iri,
    catalogue,
    terr,
)


def triplets(graphe: Graphe) -> set[tuple[str, str, str]]:
    """Edges as (slug, type, slug)."""
    return {(slug(de), genre, slug(vers)) for de, vers, genre in graphe.edges(keys=True)}


def slug(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def relations(**remplace: object) -> set[tuple[str, str, str]]:
    return {(slug(r.de), r.type, slug(r.vers)) for r in find_relations(catalogue(**remplace))}


def test_an_action_reads_as_sentences_between_its_actors() -> None:
    assert relations(liens=(), instances={}) == {
        ("dla-calvados", "accompagnement", "espace-bambins"),
        ("dla-calvados", "accompagnement", "les-ptits-mousses"),
        ("s3a", "intervention", "espace-bambins"),
        ("s3a", "intervention", "les-ptits-mousses"),
        ("acepp-bn", "intervention", "espace-bambins"),
        ("acepp-bn", "intervention", "les-ptits-mousses"),
        ("dla-calvados", "mobilisation", "s3a"),
        ("dla-calvados", "mobilisation", "acepp-bn"),
        ("pmi-calvados", "rattachement", "departement-calvados"),
    }


def test_an_action_for_nobody_in_particular_is_a_node_that_actors_meet_at() -> None:
    experience = replace(
        COLLECTIF,
        pilotes=(acteur_iri("rnma"), acteur_iri("cres")),
        intervenants=(acteur_iri("s3a"),),
        beneficiaires=(),
        sollicites=(acteur_iri("acepp"), acteur_iri("cres")),
        financeurs=(acteur_iri("caf-calvados"), acteur_iri("cres")),
        fait_partie_de=f"{ID}/accompagnement/nationale",
    )
    nationale = replace(
        COLLECTIF, iri=f"{ID}/accompagnement/nationale", pilotes=(acteur_iri("acepp"),),
        intervenants=(), beneficiaires=(),
    )  # fmt: skip
    vide = replace(nationale, iri=f"{ID}/accompagnement/vide", pilotes=(), fait_partie_de=nationale.iri)
    actions = {action.iri: action for action in (experience, nationale, vide)}
    assert relations(liens=(), instances={}, accompagnements=actions) == {
        ("rnma", "pilotage", "collectif"),
        ("cres", "pilotage", "collectif"),
        ("s3a", "intervention", "collectif"),
        ("acepp", "participation", "collectif"),
        ("caf-calvados", "financement", "collectif"),
        ("cres", "financement", "collectif"),
        ("collectif", "composition", "nationale"),
        ("acepp", "pilotage", "nationale"),
        ("pmi-calvados", "rattachement", "departement-calvados"),
    }


def test_a_link_to_an_action_that_is_not_drawn_reaches_its_leader_and_says_so() -> None:
    trouvees = {(slug(r.de), r.type, slug(r.vers)): r for r in find_relations(catalogue())}
    assert [f.detour for f in trouvees["caf-calvados", "financement", "dla-calvados"].faits] == ["action"]
    assert [f.detour for f in trouvees["caf-calvados", "financement", "les-ptits-mousses"].faits] == [""]


def test_a_committee_seats_its_members_in_what_it_belongs_to_or_else_beside_its_animator() -> None:
    def seats(comite: Instance) -> set[tuple[str, str, str]]:
        trouvees = find_relations(catalogue(instances={comite.iri: comite}))
        return {(slug(r.de), r.faits[0].detour, slug(r.vers)) for r in trouvees if r.type == "instance"}

    assert seats(COMITE) == {("caf-calvados", "animateur", "cres")}
    assert seats(replace(COMITE, de=acteur_iri("dla-calvados"))) == {
        ("caf-calvados", "", "dla-calvados"),
        ("cres", "animation", "dla-calvados"),
    }
    assert seats(replace(COMITE, animateurs=(), de=COLLECTIF.iri)) == {
        ("caf-calvados", "", "dla-calvados"),
        ("cres", "", "dla-calvados"),
    }
    assert seats(replace(COMITE, animateurs=(), de=f"{ID}/dispositif/dla")) == set()


def test_those_who_lead_an_action_are_not_said_to_sit_on_its_committee_as_well() -> None:
    experience = replace(COLLECTIF, beneficiaires=())
    comite = replace(
        COMITE, animateurs=(), de=COLLECTIF.iri, membres=(acteur_iri("dla-calvados"), acteur_iri("cres"))
    )
    trouvees = relations(
        accompagnements={experience.iri: experience}, instances={comite.iri: comite}, liens=()
    )
    assert {r for r in trouvees if r[1] == "instance"} == {("cres", "instance", "collectif")}


def test_facts_of_one_relation_are_kept_together_with_their_roles_and_sources() -> None:
    trouvees = {(slug(r.de), r.type, slug(r.vers)): r for r in find_relations(catalogue())}
    partenariat = trouvees["caf-calvados", "partenariat", "dla-calvados"]
    assert [slug(q) for fait in partenariat.faits for q in fait.qualites] == ["prescripteur", "technique"]
    financement = trouvees["caf-calvados", "financement", "dla-calvados"]
    assert [fait.titre for fait in financement.faits] == ["Action collective petite enfance"]
    assert all(fait.passages for relation in trouvees.values() for fait in relation.faits)


def test_control_is_not_a_partnership_and_a_mandate_is_not_an_edge() -> None:
    assert ("pmi-calvados", "controle", "espace-bambins") in relations()
    assert not {r for r in relations() if r[2] == "dla"}


def test_the_slice_holds_those_on_the_spot_and_those_above_who_are_linked_to_them() -> None:
    graphe = open_cartographe(catalogue()).cut(CriteresReseau(CALVADOS)).graphe
    tous = {fiche.slug for fiche in ACTEURS}
    assert {slug(iri) for iri in graphe} == tous - {"acepp-29", "lointaine"}


def test_an_action_from_above_stays_when_it_joins_two_actors_of_the_slice() -> None:
    def slice_with(*pilotes: str) -> set[str]:
        nationale = replace(
            COLLECTIF,
            iri=f"{ID}/accompagnement/nationale",
            pilotes=tuple(acteur_iri(pilote) for pilote in pilotes),
            intervenants=(),
            beneficiaires=(),
            territoires=(FRANCE,),
        )
        actions = {COLLECTIF.iri: COLLECTIF, nationale.iri: nationale}
        graphe = open_cartographe(catalogue(accompagnements=actions)).cut(CriteresReseau(CALVADOS)).graphe
        return {slug(iri) for iri in graphe}

    assert "nationale" in slice_with("s3a", "dla-calvados")
    assert "nationale" not in slice_with("s3a", "acepp-29")
    assert "lointaine" not in slice_with("s3a", "dla-calvados", "lointaine")


def test_a_former_region_is_a_territory_like_another() -> None:
    graphe = open_cartographe(catalogue()).cut(CriteresReseau(ANCIENNE)).graphe
    assert {slug(iri) for iri in graphe} == {fiche.slug for fiche in ACTEURS} - {"acepp-29"}


def test_a_relation_located_elsewhere_is_left_out_of_the_slice() -> None:
    ailleurs = replace(COLLECTIF, territoires=(terr("departement-29"),))
    graphe = (
        open_cartographe(catalogue(accompagnements={ailleurs.iri: ailleurs}))
        .cut(CriteresReseau(CALVADOS))
        .graphe
    )
    assert ("dla-calvados", "accompagnement", "espace-bambins") not in triplets(graphe)


def test_the_chooser_counts_what_each_network_will_show() -> None:
    cartographe = open_cartographe(catalogue())
    comptes = cartographe.list_territoires()
    assert [lieu.nom for lieu, _ in comptes] == ["Calvados", "Finistère", "Basse-Normandie", "Normandie"]
    for lieu, nombre in comptes:
        assert len(cartographe.cut(CriteresReseau(lieu.iri)).graphe) == nombre


def test_a_territory_without_actors_is_an_empty_network_not_an_error() -> None:
    assert not open_cartographe(catalogue()).cut(CriteresReseau(terr("departement-75"))).graphe


def test_beyond_the_limit_the_most_linked_actors_stay_and_the_rest_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "LIMITE", 5)
    reseau = open_cartographe(catalogue()).cut(CriteresReseau(CALVADOS))
    assert len(reseau.graphe) == 5
    assert reseau.ecartes == 9
    assert acteur_iri("dla-calvados") in reseau.graphe


def test_an_actor_shows_when_one_of_its_roles_is_asked_and_links_follow_their_ends() -> None:
    graphe = open_cartographe(catalogue()).cut(CriteresReseau(CALVADOS)).graphe
    montre = filter_reseau(graphe, CriteresReseau(types=("PointAppui", "Financeur")))
    assert {slug(iri) for iri in montre} == {
        "s3a", "caf-calvados", "departement-calvados", "commune-ouistreham"
    }  # fmt: skip
    assert montre.number_of_edges() == 0
    assert {slug(iri) for iri in filter_reseau(graphe, CriteresReseau(types=("Acteur",)))} == {"muette"}
    assert not filter_reseau(graphe, CriteresReseau(types=(AUCUN,)))


def test_links_are_filtered_by_type_and_actors_left_alone_can_be_hidden() -> None:
    graphe = open_cartographe(catalogue()).cut(CriteresReseau(CALVADOS)).graphe
    montre = filter_reseau(graphe, CriteresReseau(liens=("representation",)))
    assert triplets(montre) == {("s3a", "representation", "rnma")}
    assert len(montre) == len(graphe)
    serre = filter_reseau(graphe, CriteresReseau(liens=("representation",), isoles=False))
    assert {slug(iri) for iri in serre} == {"s3a", "rnma"}


def test_positions_do_not_move_when_a_filter_does() -> None:
    cartographe = open_cartographe(catalogue())
    tout = cartographe.cut(CriteresReseau(CALVADOS))
    partie = cartographe.cut(CriteresReseau(CALVADOS, types=("Reseau",), liens=("adhesion",)))
    assert tout.places == partie.places


def test_the_words_of_a_request_become_criteria_or_a_sentence_about_the_field() -> None:
    criteres = parse_criteres(catalogue(), "departement:14", ["Reseau", "Reseau"], ["adhesion"], isoles=False)
    assert criteres == CriteresReseau(CALVADOS, ("Reseau",), ("adhesion",), False)
    assert parse_criteres(catalogue(), "  ") == CriteresReseau()
    with pytest.raises(DemandeInvalideError) as faute:
        parse_criteres(catalogue(), types=["Reso"])
    assert faute.value.champ == "type"
    assert "Reso" in faute.value.message
    with pytest.raises(DemandeInvalideError):
        parse_criteres(catalogue(), liens=["amitie"])
    with pytest.raises(IntrouvableError):
        parse_criteres(catalogue(), "departement:99")


def test_actors_and_links_that_point_to_unknown_things_are_left_out() -> None:
    seul = acteur("seul", "Seul", siege=terr("commune-99999"), rattache_a=(acteur_iri("inconnu"),))
    graphe = open_cartographe(catalogue(acteurs={seul.iri: seul})).cut(CriteresReseau()).graphe
    assert list(graphe) == [seul.iri]
    assert graphe.number_of_edges() == 0


def test_relations_between_some_actors_leave_the_others_out() -> None:
    cartographe = open_cartographe(catalogue())
    tous = set(cartographe.catalogue.acteurs)
    assert list(cartographe.between(tous)) == [
        r for r in cartographe.relations if r.de in tous and r.vers in tous
    ]
    premiere = next(iter(cartographe.between(tous)))
    deux = {premiere.de, premiere.vers}
    assert premiere in set(cartographe.between(deux))
    assert all({r.de, r.vers} == deux for r in cartographe.between(deux))
    assert list(cartographe.between(frozenset())) == []
