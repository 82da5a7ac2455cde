"""A place as typed: taken when it is one, a choice when it may be several, never a guess."""

import pytest

from graph.catalogue import Catalogue
from graph.catalogue.modele import Territoire
from graph.orientation import read_place
from ontology.namespaces import ID


def place(
    slug: str, nom: str, niveau: str = "commune", dans: tuple[str, ...] = (), **options: object
) -> Territoire:
    ancetres = tuple(f"{ID}territoire/{nom}" for nom in (slug, *dans))
    code = slug.rsplit("-", 1)[-1]
    return Territoire(ancetres[0], niveau, code, nom, ancetres, **options)  # type: ignore[arg-type]


PLACES = [
    place("commune-14027", "Les Monts d'Aunay", autres_noms=("Aunay-sur-Odon",), codes_postaux=("14260",)),
    place("commune-14260", "Fauguernon", codes_postaux=("14100",)),
    place("commune-29232", "Quimper", codes_postaux=("29000",)),
    place("commune-13001", "Aix-en-Provence", codes_postaux=("13090",)),
    place("commune-13055", "Marseille", codes_postaux=("13001", "13002")),
    place("commune-93066", "Saint-Denis"),
    place("commune-97411", "Saint-Denis", dans=("departement-974", "region-04")),
    place("departement-974", "La Réunion", "departement", dans=("region-04",)),
    place("commune-47222", "La Réunion"),
    place("departement-971", "Guadeloupe", "departement", dans=("region-01",)),
    place("region-01", "Guadeloupe", "region"),
    place("commune-2A004", "Ajaccio"),
    place("commune-42218", "Saint-Étienne"),
    place("commune-42220", "Saint-Étienne-le-Molard"),
    place("commune-94002", "Alfortville"),
    place("commune-94038", "L'Haÿ-les-Roses"),
    place("departement-75", "Paris", "departement"),
    place("commune-75056", "Paris", dans=("departement-75",), codes_postaux=("75001", "75010")),
    place("arrondissement-municipal-75101", "Paris 1er Arrondissement", dans=("commune-75056",)),
    place("arrondissement-municipal-75110", "Paris 10e Arrondissement", dans=("commune-75056",)),
    place("commune-14658", "Noues de Sienne", autres_noms=("Saint-Sever-Calvados",)),
    place("departement-14", "Calvados", "departement"),
    place("departement-29", "Finistère", "departement"),
    place("region-25-1982", "Basse-Normandie", "region"),
    place("epci-200065597", "CU Caen la Mer", "epci"),
]
CATALOGUE = Catalogue(
    territoires={lieu.iri: lieu for lieu in PLACES},
    codes_resolus={"75001": f"{ID}territoire/commune-94002"},
)


@pytest.mark.parametrize(
    ("texte", "nom"),
    [
        ("quimper", "Quimper"),
        ("29000", "Quimper"),
        ("29232", "Quimper"),
        ("14027", "Les Monts d'Aunay"),
        ("aunay sur odon", "Les Monts d'Aunay"),
        ("Finistere", "Finistère"),
        ("departement:14", "Calvados"),
        ("calvados", "Calvados"),
        ("basse-normandie", "Basse-Normandie"),
        ("commune:14260", "Fauguernon"),
        ("14 027", "Les Monts d'Aunay"),
        ("14", "Calvados"),
        ("2a004", "Ajaccio"),
        ("75101", "Paris 1er Arrondissement"),
        ("75001", "Paris"),
        ("paris", "Paris"),
        ("guadeloupe", "Guadeloupe"),
        ("St-Étienne", "Saint-Étienne"),
        ("Saint-Denis (La Réunion)", "Saint-Denis"),
    ],
)
def test_one_place_is_taken(texte: str, nom: str) -> None:
    lu = read_place(CATALOGUE, texte)
    assert lu.territoire is not None
    assert (lu.territoire.nom, lu.choix) == (nom, ())


@pytest.mark.parametrize(
    ("texte", "noms"),
    [
        ("14260", ["Fauguernon", "Les Monts d'Aunay"]),
        ("13001", ["Aix-en-Provence", "Marseille"]),
        ("saint denis", ["Saint-Denis", "Saint-Denis"]),
        ("st denis", ["Saint-Denis", "Saint-Denis"]),
        ("aunay", ["Les Monts d'Aunay"]),
        ("aunay sur odnon", ["Les Monts d'Aunay"]),
        ("marsseille", ["Marseille"]),
        ("caen", ["CU Caen la Mer"]),
        ("la reunion", ["La Réunion", "La Réunion"]),
        ("saint denis 974", ["Saint-Denis"]),
        ("lhay", ["L'Haÿ-les-Roses"]),
        ("paris 1", ["Paris 10e Arrondissement", "Paris 1er Arrondissement"]),
        ("zzz", []),
        ("", []),
    ],
)
def test_what_is_not_sure_is_a_choice(texte: str, noms: list[str]) -> None:
    lu = read_place(CATALOGUE, texte)
    assert lu.territoire is None
    assert sorted(lieu.nom for lieu in lu.choix) == sorted(noms)
