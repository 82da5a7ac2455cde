"""The networks of the real documents, as a careful reader of each would draw them."""

from pathlib import Path

import pytest

from graph.cartography import Cartographe, CriteresReseau, list_acteurs, list_relations
from graph.catalogue.lecture import load_catalogue
from graph.edition.dossier import Dossier
from graph.store import Store

CALVADOS = {
    "dla-calvados", "s3a", "acepp", "acepp-basse-normandie", "caf-calvados", "departement-calvados",
    "pmi-calvados", "cress-basse-normandie", "espace-bambins", "les-ptits-mousses", "commune-ouistreham",
    "commune-aunay-sur-odon", "commune-herouville", "latelier-cooperatif", "uniformation", "rnma",
}  # fmt: skip
FINISTERE = {
    "cress-bretagne", "cpca-bretagne", "espace-associatif-quimper", "dla-nord-finistere",
    "dla-sud-finistere", "bretagne-active", "familles-rurales-finistere", "acepp-29", "resam",
    "latelier-cooperatif", "rnma",
}  # fmt: skip
PICARDIE = {
    "cpca-picardie", "mesure-423", "picardie-active", "griep", "bge-60", "bge-80", "cdos-02", "cdos-80",
    "apslo", "maison-associations-amiens", "maison-creilloise-associations", "mpt-abbeville",
    "ccl-peronne", "leo-lagrange-picardie", "ligue-enseignement-picardie", "latelier-cooperatif",
    "service-emplois-solidaires-picardie", "service-vie-associative-beauvais",
}  # fmt: skip


@pytest.fixture(scope="module")
def cartographe(data: Path) -> Cartographe:
    dossier = Dossier(data)
    identifiant = dossier.manifests()[0].id
    store = Store.open(dossier.folder(identifiant) / "store")
    return Cartographe(load_catalogue(store, identifiant))


@pytest.mark.parametrize(
    ("ref", "attendus"),
    [("departement:14", CALVADOS), ("departement:29", FINISTERE), ("region:22-1982", PICARDIE)],
)
def test_the_network_of_a_territory_holds_the_actors_of_its_document(
    cartographe: Cartographe, ref: str, attendus: set[str]
) -> None:
    lieu = cartographe.catalogue.lire_territoire(ref)
    graphe = cartographe.cut(CriteresReseau(lieu.iri)).graphe
    assert attendus - {acteur.slug for acteur in list_acteurs(graphe)} == set()


def test_the_calvados_network_says_who_does_what(cartographe: Cartographe) -> None:
    graphe = cartographe.cut(
        CriteresReseau(cartographe.catalogue.lire_territoire("departement:14").iri)
    ).graphe
    dits = {(r.de.rsplit("/", 1)[-1], r.type, r.vers.rsplit("/", 1)[-1]) for r in list_relations(graphe)}
    assert dits >= {
        ("dla-calvados", "accompagnement", "espace-bambins"),
        ("dla-calvados", "accompagnement", "les-ptits-mousses"),
        ("s3a", "intervention", "espace-bambins"),
        ("dla-calvados", "mobilisation", "s3a"),
        ("dla-calvados", "concertation", "caf-calvados"),
        ("dla-calvados", "concertation", "departement-calvados"),
        ("caf-calvados", "financement", "dla-calvados"),
        ("departement-calvados", "financement", "dla-calvados"),
        ("commune-ouistreham", "financement", "les-ptits-mousses"),
        ("pmi-calvados", "controle", "espace-bambins"),
        ("pmi-calvados", "rattachement", "departement-calvados"),
        ("espace-bambins", "adhesion", "acepp-basse-normandie"),
        ("s3a", "representation", "rnma"),
        ("cress-basse-normandie", "pilotage", "pmae-basse-normandie"),
    }
    appeles = {vers for de, genre, vers in dits if genre == "mobilisation"}
    assert appeles == {"s3a", "acepp-basse-normandie"}, "who intervenes; partners are associated"


def test_what_proves_a_partnership_names_the_partner(cartographe: Cartographe) -> None:
    relations = [r for r in cartographe.relations if r.de.endswith("/dla-calvados")]
    dits = {
        (r.type, r.vers.rsplit("/", 1)[-1]): [p.rsplit("#")[1] for f in r.faits for p in f.passages]
        for r in relations
    }
    assert dits["concertation", "departement-calvados"][0] == "conseil-general-retrait"
    assert dits["concertation", "caf-calvados"][0] == "caf-maillage"
    assert "resultat-bambins" in dits["accompagnement", "espace-bambins"]
    assert all(len({p for f in r.faits for p in f.passages}) <= max(3, len(r.faits)) for r in relations)


def test_the_support_of_a_nursery_is_not_dated_from_earlier_information_meetings(
    cartographe: Cartographe,
) -> None:
    debuts = {
        fait.debut.en_clair
        for r in cartographe.relations
        if r.type in ("accompagnement", "intervention") and r.vers.endswith("/espace-bambins")
        for fait in r.faits
        if fait.debut
    }
    assert debuts == {"mai 2008", "septembre 2008"}


def test_every_relation_of_the_corpus_has_a_source(cartographe: Cartographe) -> None:
    sans = [r for r in cartographe.relations if not any(fait.passages for fait in r.faits)]
    assert [(r.de, r.type, r.vers) for r in sans] == []


def test_networks_of_neighbours_do_not_leak(cartographe: Cartographe) -> None:
    calvados = cartographe.catalogue.lire_territoire("departement:14")
    slugs = {acteur.slug for acteur in list_acteurs(cartographe.cut(CriteresReseau(calvados.iri)).graphe)}
    assert slugs & (FINISTERE | PICARDIE) == {"latelier-cooperatif", "rnma"}
