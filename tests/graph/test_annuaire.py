"""The directory: names however typed, filters, counts, pages."""

from dataclasses import replace

import pytest

from graph.annuaire import PAR_PAGE, Criteres, search_actors
from graph.catalogue import Catalogue
from graph.catalogue.modele import Acteur, Concept, Offre, Territoire
from graph.catalogue.territoires import reference
from graph.errors import DemandeInvalideError

ID = "https://w3id.org/maillage/id/"
VOC = "https://w3id.org/maillage/voc/"
NATION = f"{ID}territoire/national"
NORMANDIE = f"{ID}territoire/region-28"
BASSE = f"{ID}territoire/region-25-1982"
CALVADOS = f"{ID}territoire/departement-14"
FINISTERE = f"{ID}territoire/departement-29"
AUNAY = f"{ID}territoire/commune-14027"


def _territoire(iri, niveau, nom, *ancetres, remplace_par=None):
    code = iri.rsplit("/", 1)[-1].partition("-")[2]
    return Territoire(iri, niveau, code, nom, (iri, *ancetres), remplace_par=remplace_par)


TERRITOIRES = [
    _territoire(NATION, "national", "France"),
    _territoire(NORMANDIE, "region", "Normandie", NATION),
    _territoire(BASSE, "region", "Basse-Normandie", NATION, remplace_par=NORMANDIE),
    _territoire(CALVADOS, "departement", "Calvados", BASSE, NORMANDIE, NATION),
    _territoire(FINISTERE, "departement", "Finistère", NATION),
    _territoire(AUNAY, "commune", "Aunay-sur-Odon", CALVADOS, BASSE, NORMANDIE, NATION),
]
SANTE = Concept(f"{VOC}secteur/sante-social", "secteur", "sante-social", "Sanitaire et social")
ENFANCE = Concept(
    f"{VOC}secteur/petite-enfance", "secteur", "petite-enfance", "Petite enfance", parent=SANTE.iri
)
SUIVI = Concept(f"{VOC}fonction/suivi", "fonction", "suivi", "Suivi")


def _acteur(slug, nom, **champs):
    return Acteur(f"{ID}acteur/{slug}", slug, nom, **champs)


ACTEURS = [
    _acteur("espace-bambins", "Espace Bambins", types=("Association",), siege=AUNAY, secteurs=(ENFANCE.iri,)),
    _acteur(
        "s3a",
        "S3A",
        autres_noms=("Structure associative d’aide aux associations",),
        types=("PointAppui", "Prestataire"),
    ),
    _acteur("cress", "CRESS Basse-Normandie", sigles=("CRES",), types=("DLARegional",), perimetres=(BASSE,)),
    _acteur("enee", "Énée 29", autres_noms=("Enee29",), perimetres=(FINISTERE,)),
    _acteur(
        "rnma",
        "Réseau national des maisons des associations",
        sigles=("RNMA",),
        types=("Reseau",),
        perimetres=(NATION,),
    ),
]
OFFRES = [
    Offre(
        f"{ID}offre/s3a-suivi",
        "s3a-suivi",
        f"{ID}acteur/s3a",
        "Suivi",
        fonctions=(SUIVI.iri,),
        territoires=(CALVADOS,),
        secteurs=(ENFANCE.iri,),
    )
]


def _by_iri(choses):
    return {chose.iri: chose for chose in choses}


CATALOGUE = Catalogue(
    edition="essai",
    territoires=_by_iri(TERRITOIRES),
    concepts=_by_iri([SANTE, ENFANCE, SUIVI]),
    acteurs=_by_iri(ACTEURS),
    offres=_by_iri(OFFRES),
)


def _slugs(**criteres):
    return [acteur.slug for acteur in search_actors(CATALOGUE, Criteres(**criteres)).acteurs]


def test_without_criteria_everyone_comes_in_the_order_of_names_without_accents():
    assert _slugs() == ["cress", "enee", "espace-bambins", "rnma", "s3a"]


@pytest.mark.parametrize(
    ("texte", "slugs"),
    [
        ("enee", ["enee"]),
        ("ÉNÉE", ["enee"]),
        ("enee29", ["enee"]),
        ("bambin", ["espace-bambins"]),
        ("bambins espace", ["espace-bambins"]),
        ("cres", ["cress"]),
        ("structure d'aide", ["s3a"]),
        ("asso", ["rnma", "s3a"]),
        ("introuvable", []),
        ("</script>", []),
    ],
)
def test_names_acronyms_and_misprints_are_found_however_typed(texte, slugs):
    assert _slugs(q=texte) == slugs


def test_the_very_name_comes_before_names_that_only_begin_like_it():
    autre = _acteur("a-long", "Aide S3A et compagnie")
    catalogue = replace(CATALOGUE, acteurs={**CATALOGUE.acteurs, autre.iri: autre})
    assert [a.slug for a in search_actors(catalogue, Criteres(q="s3a")).acteurs] == ["s3a", "a-long"]


CRECHE = _acteur(
    "les-ptits-mousses",
    "Les P’tits Mousses",
    types=("Association",),
    description="Crèche parentale, devenue multi-accueil.",
    secteurs=(ENFANCE.iri,),
)
NOMMEE = _acteur("reseau-creches", "Réseau des crèches", types=("Reseau",))
RELAIS = _acteur("relais", "Relais de l’Odon")
SOUTIEN = Offre(f"{ID}offre/relais", "relais", RELAIS.iri, "Soutien aux crèches et aux familles")
BAVARD = replace(
    CATALOGUE,
    acteurs=_by_iri([*ACTEURS, CRECHE, NOMMEE, RELAIS]),
    offres=_by_iri([*OFFRES, SOUTIEN]),
)


@pytest.mark.parametrize(
    ("texte", "slugs"),
    [
        ("crèche", ["reseau-creches", "les-ptits-mousses", "relais"]),
        ("les crèches", ["reseau-creches", "les-ptits-mousses", "relais"]),
        ("petite enfance", ["espace-bambins", "les-ptits-mousses", "s3a"]),
        ("crèches et familles", ["relais"]),
        ("mousses crèche", ["les-ptits-mousses"]),
        ("multi-accueil", ["les-ptits-mousses"]),
        ("et", []),
        ("crèche licorne", []),
        ("èche", []),
    ],
)
def test_words_of_descriptions_offers_and_sectors_are_found_after_names(texte, slugs):
    trouves = [acteur.slug for acteur in search_actors(BAVARD, Criteres(q=texte)).acteurs]
    assert trouves == slugs


@pytest.mark.parametrize(
    ("ref", "slugs"),
    [
        ("departement:14", ["cress", "espace-bambins", "s3a"]),
        ("commune:14027", ["cress", "espace-bambins", "s3a"]),
        ("region:28", ["cress", "espace-bambins", "s3a"]),
        ("region:25-1982", ["cress", "espace-bambins", "s3a"]),
        ("departement:29", ["enee"]),
        ("national", ["rnma"]),
    ],
)
def test_a_place_keeps_who_sits_or_acts_there_and_who_acts_on_all_of_it(ref, slugs):
    assert _slugs(territoire=ref) == slugs


def test_a_broader_sector_keeps_the_narrower_and_filters_add_up():
    assert _slugs(secteur="sante-social") == ["espace-bambins", "s3a"]
    assert _slugs(secteur="petite-enfance", type="PointAppui", fonction="suivi") == ["s3a"]
    assert _slugs(secteur="petite-enfance", territoire="departement:29") == []


def test_actors_whose_role_no_source_says_can_be_asked_for():
    assert _slugs(type="Acteur") == ["enee"]


def test_each_filter_counts_under_the_others_and_the_counts_keep_their_word():
    resultat = search_actors(CATALOGUE, Criteres(territoire="departement:14", type="Association"))
    types = {f.valeur: f.nombre for f in resultat.facettes["type"]}
    assert types == {"Association": 1, "DLARegional": 1, "PointAppui": 1, "Prestataire": 1}
    assert {f.valeur: f.nombre for f in search_actors(CATALOGUE, Criteres()).facettes["type"]}["Acteur"] == 1
    lieux = {f.valeur: f.nombre for f in search_actors(CATALOGUE, Criteres()).facettes["territoire"]}
    assert lieux == {CALVADOS: 3, NORMANDIE: 3, BASSE: 3, FINISTERE: 1, NATION: 1}


@pytest.mark.parametrize("autres", [{}, {"q": "a"}, {"type": "PointAppui"}, {"territoire": "departement:14"}])
def test_choosing_a_counted_value_gives_exactly_the_number_announced(autres):
    for dimension, facettes in search_actors(CATALOGUE, Criteres(**autres)).facettes.items():
        for facette in facettes:
            if dimension == "territoire":
                choix = reference(CATALOGUE.territoires[facette.valeur])
            elif dimension == "type":
                choix = facette.valeur
            else:
                choix = CATALOGUE.concepts[facette.valeur].code
            criteres = Criteres(**{**autres, dimension: choix})
            assert search_actors(CATALOGUE, criteres).total == facette.nombre


@pytest.mark.parametrize(
    ("champ", "valeur"), [("secteur", "licorne"), ("fonction", "licorne"), ("territoire", "departement:99")]
)
def test_a_code_that_does_not_exist_names_its_field(champ, valeur):
    with pytest.raises(DemandeInvalideError) as erreur:
        search_actors(CATALOGUE, Criteres(**{champ: valeur}))
    assert erreur.value.champ == champ
    assert valeur not in erreur.value.message


def test_pages_hold_fifty_and_a_page_too_far_is_the_last():
    nombreux = _by_iri([_acteur(f"a{n:03}", f"Acteur {n:03}") for n in range(PAR_PAGE * 2 + 1)])
    catalogue = Catalogue(acteurs=nombreux)
    premiere = search_actors(catalogue, Criteres())
    assert (len(premiere.acteurs), premiere.total, premiere.pages) == (50, 101, 3)
    derniere = search_actors(catalogue, Criteres(page=99))
    assert ([a.slug for a in derniere.acteurs], derniere.page) == (["a100"], 3)
