"""The support known in a place: exact on straddling places, careful about what nobody known does."""

# ruff: noqa: E501 (records read better on one line)
from dataclasses import replace
from datetime import date

import pytest

from graph.catalogue import Catalogue
from graph.catalogue.modele import (
    Accompagnement,
    Acteur,
    Concept,
    Lien,
    Observation,
    Offre,
    Territoire,
)
from graph.coverage import count_acteurs, count_associations, cover, open_index
from graph.coverage.serialisation import couverture_to_dict
from graph.dates import DatePartielle
from ontology.namespaces import VOC

ID = "https://w3id.org/maillage/id/"
JOUR = date(2026, 11, 21)


def terr(slug):
    return f"{ID}territoire/{slug}"


def act(slug):
    return f"{ID}acteur/{slug}"


def voc(schema, code):
    return f"{VOC}{schema}/{code}"


def _lieu(slug, niveau, nom, *ancetres, **champs):
    return Territoire(
        terr(slug), niveau, slug.partition("-")[2], nom, tuple(map(terr, (slug, *ancetres))), **champs
    )


LIEUX = [
    _lieu("national", "national", "France"),
    _lieu("region-28", "region", "Normandie", "national"),
    _lieu(
        "region-25-1982", "region", "Basse-Normandie", "national",
        fin=DatePartielle.parse("2016-01-01"), remplace_par=terr("region-28"),
    ),
    _lieu("departement-14", "departement", "Calvados", "region-25-1982", "region-28", "national"),
    _lieu("departement-61", "departement", "Orne", "region-25-1982", "region-28", "national"),
    _lieu("departement-15", "departement", "Cantal", "national"),
    # Straddles Calvados and Orne: it lies in neither.
    _lieu("epci-1", "epci", "CC À cheval", "region-28", "national"),
    _lieu("commune-14001", "commune", "Vire", "epci-1", "departement-14", "region-25-1982", "region-28", "national", population=10),
    _lieu("commune-61001", "commune", "Écouché", "epci-1", "departement-61", "region-25-1982", "region-28", "national", population=5),
    _lieu("commune-14002", "commune", "Bayeux", "departement-14", "region-25-1982", "region-28", "national"),
]  # fmt: skip


def _offre(slug, acteur, territoire, **champs):
    return Offre(f"{ID}offre/{slug}", slug, act(acteur), slug, territoires=(terr(territoire),), **champs)


def _catalogue(offres=(), **champs):
    concepts = [
        Concept(voc("fonction", "orientation"), "fonction", "orientation", "Orientation"),
        Concept(voc("fonction", "accueil"), "fonction", "accueil", "Accueil", parent=voc("fonction", "orientation")),
        Concept(voc("fonction", "information"), "fonction", "information", "Information"),
        Concept(voc("stade", "employeur"), "stade", "employeur", "Employeur"),
        Concept(voc("stade", "benevole"), "stade", "benevole", "Bénévoles"),
        Concept(voc("besoin", "gestion"), "besoin", "gestion", "Gestion"),
        Concept(voc("besoin", "budget"), "besoin", "budget", "Budget", parent=voc("besoin", "gestion")),
        Concept(voc("besoin", "fiscalite"), "besoin", "fiscalite", "Fiscalité", parent=voc("besoin", "gestion")),
        Concept(voc("besoin", "communication"), "besoin", "communication", "Communication"),
    ]  # fmt: skip
    noms = {offre.acteur for offre in offres} | {act("s3a"), act("dla")}
    acteurs = {
        iri: Acteur(
            iri,
            iri.rsplit("/", 1)[1],
            iri.rsplit("/", 1)[1].upper(),
            perimetres=tuple(t for o in offres if o.acteur == iri for t in o.territoires),
        )
        for iri in noms
    }
    contenu = {
        "territoires": {lieu.iri: lieu for lieu in LIEUX},
        "concepts": {concept.iri: concept for concept in concepts},
        "acteurs": acteurs,
        "offres": {offre.iri: offre for offre in offres},
    }
    return Catalogue(edition="essai", **(contenu | champs))


def _cover(catalogue, ref):
    return cover(catalogue, catalogue.lire_territoire(ref), JOUR)


def _line(lignes, concept):
    return {
        portee: [iri.rsplit("/", 1)[1] for iri in iris]
        for ligne in lignes
        if ligne.concept == concept
        for portee, iris in ligne.acteurs.items()
        if iris
    }


ORIENTATION = (voc("fonction", "accueil"),)


@pytest.mark.parametrize(
    ("territoire", "ref", "portee"),
    [
        ("departement-14", "14001", "departement"),
        ("departement-14", "departement:14", "departement"),
        ("departement-14", "region:28", "departement"),
        ("departement-14", "epci:1", "departement"),  # one of its communes is there
        ("epci-1", "departement:61", "local"),
        ("epci-1", "61001", "local"),
        ("commune-14001", "departement:14", "local"),
        ("region-25-1982", "14002", "region"),
        ("region-25-1982", "region:28", "region"),  # what replaced it
        ("region-28", "region:25-1982", "region"),
        ("national", "14002", "national"),
        ("commune-14001", "national", "local"),
    ],
)
def test_an_offer_is_seen_from_every_place_it_touches(territoire, ref, portee):
    catalogue = _catalogue([_offre("o", "s3a", territoire, fonctions=ORIENTATION)])
    couverture = _cover(catalogue, ref)
    assert couverture.acteurs[portee] == (act("s3a"),)
    assert _line(couverture.fonctions, voc("fonction", "orientation")) == {portee: ["s3a"]}
    assert _line(couverture.stades, None) == {portee: ["s3a"]}


@pytest.mark.parametrize(
    ("territoire", "ref"),
    [
        ("departement-14", "departement:61"),
        ("departement-14", "61001"),
        ("commune-14001", "14002"),
        ("epci-1", "14002"),
        ("region-28", "departement:15"),
    ],
)
def test_an_offer_is_not_seen_from_elsewhere(territoire, ref):
    catalogue = _catalogue([_offre("o", "s3a", territoire, fonctions=ORIENTATION)])
    assert not any(_cover(catalogue, ref).acteurs.values())


@pytest.mark.parametrize(
    "champs",
    [
        {"fin": DatePartielle.parse("2025")},
        {"debut": DatePartielle.parse("2027")},
        {"publics_vises": (voc("public", "accompagnateurs"),)},
    ],
)
def test_an_offer_ended_to_come_or_for_others_does_not_count(champs):
    couverture = _cover(_catalogue([_offre("o", "s3a", "departement-14", **champs)]), "departement:14")
    assert not any(couverture.acteurs.values()), "its perimeter comes from that offer alone"


def test_needs_are_met_by_wider_and_narrower_ones_as_in_an_orientation():
    offre = _offre("o", "s3a", "departement-14", besoins=(voc("besoin", "budget"),))
    couverture = _cover(_catalogue([offre]), "14001")
    assert [trou.concept for trou in couverture.find_besoins()] == [
        voc("besoin", "fiscalite"),
        voc("besoin", "communication"),
    ]


def test_a_gap_says_whether_a_wider_actor_fills_it():
    offres = [
        _offre("a", "s3a", "departement-14", fonctions=ORIENTATION, stades=(voc("stade", "employeur"),)),
        _offre("b", "dla", "region-28", fonctions=(voc("fonction", "information"),)),
    ]
    couverture = _cover(_catalogue(offres), "14001")
    trous = couverture.find_trous(couverture.fonctions)
    assert [(trou.concept, trou.plus_large) for trou in trous] == [(voc("fonction", "information"), True)]
    assert [t.concept for t in couverture.find_trous(couverture.stades)] == [voc("stade", "benevole")]
    assert couverture.voisins == (act("s3a"),)
    region = _cover(_catalogue(offres), "region:28")
    assert region.find_trous(region.fonctions) == (), "what a region's own actors do is near enough for it"


def test_mandates_say_who_carries_what_and_which_ended():
    dla, pava = voc("dispositif", "dla"), voc("dispositif", "pava")
    liens = (
        Lien(f"{ID}lien/1", "Mandat", act("dla"), dla, territoires=(terr("departement-14"),)),
        Lien(
            f"{ID}lien/2", "Mandat", act("s3a"), pava,
            territoires=(terr("commune-14001"),), fin=DatePartielle.parse("2020"),
        ),
    )  # fmt: skip
    acteurs = {
        act(slug): Acteur(act(slug), slug, slug, perimetres=lien.territoires)
        for slug, lien in zip(("dla", "s3a"), liens, strict=True)
    }
    couverture = _cover(_catalogue(acteurs=acteurs, liens=liens), "departement:14")
    assert [(p.acteur, p.portee, p.fini) for p in couverture.porteurs] == [
        (act("dla"), "departement", False),
        (act("s3a"), "local", True),
    ]
    assert couverture.voisins == (act("dla"),), "a perimeter that only a past mandate gave is past"


def test_actions_figures_and_seats_are_those_inside():
    acteurs = {
        act("s3a"): Acteur(act("s3a"), "s3a", "S3A", types=("Association",), siege=terr("commune-14001"))
    }
    action = Accompagnement(f"{ID}accompagnement/a", "a", "Action", territoires=(terr("epci-1"),))
    figure = Observation(f"{ID}observation/o", terr("departement-14"), voc("indicateur", "x"), "3")
    catalogue = _catalogue(
        acteurs=acteurs, accompagnements={action.iri: action}, observations={figure.iri: figure}
    )
    calvados, vire, cantal = (_cover(catalogue, ref) for ref in ("departement:14", "14001", "departement:15"))
    assert (calvados.actions, calvados.observations, calvados.sieges) == (
        (action.iri,),
        (figure.iri,),
        (act("s3a"),),
    )
    assert (vire.actions, vire.observations, vire.sieges) == ((), (), (act("s3a"),))
    assert (cantal.actions, cantal.observations, cantal.sieges) == ((), (), ())
    assert count_associations(catalogue, calvados.territoire) == 1
    assert count_associations(catalogue, cantal.territoire) == 0


def test_containment_is_read_both_ways_and_exact_on_what_straddles():
    lieux = open_index(_catalogue()).lieux
    assert [p.nom for p in lieux.contents(terr("departement-61"))["epci"]] == ["CC À cheval"]
    assert [p.nom for p in lieux.contents(terr("epci-1"))["commune"]] == ["Écouché", "Vire"]
    assert "commune" not in lieux.contents(terr("region-28"))
    assert lieux.population(terr("epci-1")) == 15
    assert lieux.population(terr("departement-14")) is None, "Bayeux has no known population"
    couverture = _cover(_catalogue(), "epci:1")
    assert [place.nom for place in couverture.contenants] == [
        "France", "Normandie", "Basse-Normandie", "Calvados", "Orne",
    ]  # fmt: skip


def test_actors_of_a_departement_are_counted_without_the_wider_ones():
    offres = [
        _offre("a", "s3a", "commune-14001"),
        _offre("b", "s3a", "departement-14"),
        _offre("c", "dla", "region-28"),
    ]
    catalogue = _catalogue(offres)
    assert count_acteurs(catalogue, catalogue.lire_territoire("departement:14"), JOUR) == 1


def test_the_plain_form_says_the_same_and_names_every_actor_once():
    catalogue = _catalogue([_offre("o", "s3a", "departement-14", fonctions=ORIENTATION)])
    forme = couverture_to_dict(catalogue, _cover(catalogue, "14001"))
    assert forme["territoire"] == "commune:14001"
    assert [place["territoire"] for place in forme["dans"]][-1] == "epci:1"
    assert forme["acteurs"]["departement"] == [{"iri": act("s3a"), "slug": "s3a", "nom": "S3A", "types": []}]
    assert forme["fonctions"][0]["acteurs"]["departement"] == [act("s3a")]
    assert [trou["code"] for trou in forme["sans_acteur_connu"]["fonctions"]] == ["information"]
    ended = couverture_to_dict(catalogue, _cover(catalogue, "region:25-1982"))
    assert (ended["fin"], ended["remplace_par"]["territoire"]) == ("2016-01-01", "region:28")


def test_the_index_goes_with_its_catalogue():
    catalogue = _catalogue()
    assert open_index(catalogue) is open_index(catalogue)
    assert open_index(replace(catalogue)) is not open_index(catalogue)
