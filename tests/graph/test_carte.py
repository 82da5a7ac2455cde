"""The map as data: classes, values by place, what is unknown and what is zero, shapes."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.carte import Criteres, draw_map, parse_criteres
from graph.carte.classes import CLASSES, find_classe, make_classes
from graph.catalogue import Catalogue
from graph.catalogue.comptes import Comptes, Recu, count_store, read_comptes, write_comptes
from graph.catalogue.contours import (
    make_contour,
    read_contours,
    read_paquet,
    to_degrees,
    to_drawing,
    write_contours,
)
from graph.catalogue.modele import Accompagnement, Acteur, Concept, Lien, Offre, Position, Territoire
from graph.coverage import count_acteurs
from graph.dates import DatePartielle
from graph.errors import DemandeInvalideError
from graph.store import Store
from ontology.namespaces import PREFIXES
from tests.conftest import CONTOURS

ID, VOC = "https://w3id.org/maillage/id/", "https://w3id.org/maillage/voc/"
JOUR = date(2026, 11, 21)


def terr(slug: str) -> str:
    return f"{ID}territoire/{slug}"


def lieu(slug: str, niveau: str, nom: str, *ancetres: str, **champs) -> Territoire:
    code = slug.partition("-")[2]
    return Territoire(terr(slug), niveau, code, nom, (terr(slug), *map(terr, ancetres)), **champs)


LIEUX = [
    lieu("national", "national", "France"),
    lieu("region-28", "region", "Normandie", "national"),
    lieu("region-53", "region", "Bretagne", "national"),
    lieu("region-25-1982", "region", "Basse-Normandie", "national",
         fin=DatePartielle.parse("2016"), remplace_par=terr("region-28")),
    lieu("departement-14", "departement", "Calvados", "region-25-1982", "region-28", "national"),
    lieu("departement-50", "departement", "Manche", "region-25-1982", "region-28", "national"),
    lieu("departement-29", "departement", "Finistère", "region-53", "national"),
    lieu("departement-975", "departement", "Saint-Pierre-et-Miquelon", "national"),
    lieu("commune-14118", "commune", "Caen", "departement-14", "region-25-1982", "region-28", "national"),
]  # fmt: skip


def offre(code: str, acteur: str, *lieux: str, **champs) -> Offre:
    iri, de = f"{ID}offre/{code}", f"{ID}acteur/{acteur}"
    return Offre(iri, code, de, code, territoires=tuple(map(terr, lieux)), **champs)


def acteur(slug: str, *types: str, **champs) -> Acteur:
    return Acteur(f"{ID}acteur/{slug}", slug, slug.upper(), types=types, **champs)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    suivi, conseil = (Concept(f"{VOC}fonction/{c}", "fonction", c, c) for c in ("suivi", "conseil"))
    etroit = Concept(f"{VOC}fonction/suivi-long", "fonction", "suivi-long", "Suivi long", parent=suivi.iri)
    acteurs = [
        acteur("s3a", "PointAppui", siege=terr("commune-14118"), position=Position(49.18, -0.37)),
        acteur("dla", "OperateurDLA", perimetres=(terr("departement-14"),)),
        acteur("region", "Reseau"),
        acteur("ancien", "PointAppui", perimetres=(terr("departement-29"),)),
    ]
    offres = [
        offre("a", "s3a", "commune-14118", fonctions=(etroit.iri,)),
        offre("b", "s3a", "departement-14", fonctions=(conseil.iri,), fin=DatePartielle.parse("2010")),
        offre("c", "region", "region-25-1982", fonctions=(suivi.iri,)),
        offre("d", "s3a", "departement-14", "departement-29", fonctions=(conseil.iri,)),
    ]
    actions = [
        Accompagnement(f"{ID}accompagnement/vieux", "vieux", "Vieux", territoires=(terr("departement-14"),),
                       debut=DatePartielle.parse("2008-01"), fin=DatePartielle.parse("2009")),
        Accompagnement(f"{ID}accompagnement/flou", "flou", "Flou", territoires=(terr("commune-14118"),)),
        Accompagnement(f"{ID}accompagnement/perdu", "perdu", "Perdu"),
    ]  # fmt: skip
    return Catalogue(
        territoires={place.iri: place for place in LIEUX},
        concepts={c.iri: c for c in (suivi, conseil, etroit)},
        acteurs={a.iri: a for a in acteurs},
        offres={o.iri: o for o in offres},
        accompagnements={a.iri: a for a in actions},
        liens=(
            Lien(f"{ID}lien/m", "Mandat", f"{ID}acteur/ancien", f"{VOC}dispositif/pava",
                 fin=DatePartielle.parse("2012"), territoires=(terr("departement-29"),)),
        ),
        comptes=Comptes(
            recus={
                (terr("departement-14"), "2023"): Recu(3, 2, 1500.0),
                (terr("departement-14"), "2024"): Recu(1, 1, 500.0),
                (terr("departement-50"), "2024"): Recu(1, 0, 0.0),
                ("", "2024"): Recu(4, 4, 10.0),
            },
            employeuses={terr("departement-14"): 200},
        ),
    )  # fmt: skip


def values(catalogue: Catalogue, **champs) -> dict[str, float | None]:
    carte = draw_map(catalogue, parse_criteres(catalogue, **champs), JOUR)
    return {zone.territoire.code: zone.valeur for zone in carte.zones}


def test_actors_are_counted_where_they_act_as_the_page_of_the_territory_counts_them(
    catalogue: Catalogue,
) -> None:
    found = values(catalogue)
    assert found == {"14": 2, "29": 1, "50": 0, "975": 0}
    for place in LIEUX:
        if place.niveau == "departement":
            assert found[place.code] == count_acteurs(catalogue, place, JOUR)
    assert values(catalogue, portee="toutes") == {"14": 3, "50": 1, "29": 1, "975": 0}
    assert values(catalogue, role="OperateurDLA") == {"14": 1, "29": 0, "50": 0, "975": 0}


def test_an_ended_mandate_or_offer_counts_for_the_years_it_held(catalogue: Catalogue) -> None:
    assert values(catalogue, annee="2011")["29"] == 2
    assert values(catalogue, mesure="offres")["14"] == 2
    assert values(catalogue, mesure="offres", annee="2010")["14"] == 3


def test_offers_are_kept_by_function_or_a_narrower_one(catalogue: Catalogue) -> None:
    assert values(catalogue, mesure="offres", fonction="suivi")["14"] == 1
    assert values(catalogue, mesure="offres", fonction="suivi", portee="toutes")["14"] == 2
    assert values(catalogue, mesure="offres", fonction="conseil") == {"14": 1, "29": 1, "50": 0, "975": 0}


def test_regions_gather_what_lies_in_them_former_ones_too(catalogue: Catalogue) -> None:
    assert values(catalogue, mesure="offres", maille="region") == {"28": 3, "53": 1, "975": 0}
    carte = draw_map(catalogue, Criteres(maille="region"), JOUR)
    codes = {zone.territoire.code: zone.departements for zone in carte.zones}
    assert codes == {"28": ("14", "50"), "53": ("29",), "975": ("975",)}


def test_actions_of_a_year_are_those_that_may_have_been_under_way(catalogue: Catalogue) -> None:
    assert values(catalogue, mesure="accompagnements")["14"] == 2
    assert values(catalogue, mesure="accompagnements", annee="2009")["14"] == 1
    assert values(catalogue, mesure="accompagnements", annee="2010")["14"] == 0
    carte = draw_map(catalogue, Criteres(mesure="accompagnements", annee=2009), JOUR)
    assert carte.hors == {"sans-lieu": 1, "sans-date": 2}


def test_money_nobody_publishes_is_unknown_never_zero(catalogue: Catalogue) -> None:
    assert values(catalogue, mesure="subventions") == {"14": 4, "50": 1, "29": None, "975": None}
    assert values(catalogue, mesure="montants") == {"14": 2000, "50": None, "29": None, "975": None}
    assert values(catalogue, mesure="montants", annee="2023")["14"] == 1500
    assert values(catalogue, mesure="montants", maille="region") == {"28": 2000, "53": None, "975": None}
    carte = draw_map(catalogue, Criteres(mesure="subventions"), JOUR)
    assert carte.hors == {"sans-lieu": 4}


def test_a_rate_is_known_only_where_a_register_tells_the_employers(catalogue: Catalogue) -> None:
    assert values(catalogue, rapport="1") == {"14": 10, "29": None, "50": None, "975": None}
    carte = draw_map(catalogue, Criteres(rapport=True), JOUR)
    assert {z.territoire.code: z.employeuses for z in carte.zones if z.employeuses} == {"14": 200}
    assert [zone.classe for zone in carte.zones] == [1, None, None, None]


def test_what_a_partial_edition_leaves_out_is_unknown(catalogue: Catalogue) -> None:
    part = replace(catalogue, departements=("14",))
    assert values(part) == {"14": 2, "29": None, "50": None, "975": None}


def test_looking_closer_shows_the_region_around(catalogue: Catalogue) -> None:
    assert set(values(catalogue, territoire="region:28")) == {"14", "50"}
    carte = draw_map(catalogue, parse_criteres(catalogue, territoire="14118"), JOUR)
    assert {zone.territoire.code: zone.visee for zone in carte.zones} == {"14": True, "50": False}
    assert set(values(catalogue, territoire="departement:975")) == {"975"}
    assert set(values(catalogue, territoire="region:25-1982")) == {"14", "50"}
    assert set(values(catalogue, territoire="national")) == {"14", "50", "29", "975"}


def test_only_actors_at_a_known_point_are_drawn(catalogue: Catalogue) -> None:
    carte = draw_map(catalogue, Criteres(points=True), JOUR)
    assert [acteur.slug for acteur in carte.points] == ["s3a"]
    assert draw_map(catalogue, Criteres(points=True, role="Reseau"), JOUR).points == ()
    away = parse_criteres(catalogue, points="1", territoire="region:53")
    assert draw_map(catalogue, away, JOUR).points == ()


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [("mesure", "tout"), ("maille", "commune"), ("portee", "loin"), ("fonction", "x"), ("role", "Roi"),
     ("annee", "deux mille"), ("annee", "0999"), ("rapport", "oui"), ("points", "2"), ("territoire", "x:1")],
)  # fmt: skip
def test_what_is_no_choice_is_said_with_its_field(catalogue: Catalogue, champ: str, valeur: str) -> None:
    with pytest.raises(DemandeInvalideError) as erreur:
        parse_criteres(catalogue, **{champ: valeur})
    assert erreur.value.champ == champ


@given(st.lists(st.floats(0, 1e6, allow_nan=False), max_size=120))
def test_every_value_is_in_the_class_that_says_so(valeurs: list[float]) -> None:
    classes = make_classes(valeurs)
    positives = [valeur for valeur in valeurs if valeur > 0]
    assert sum(classe.nombre for classe in classes) == len(positives)
    assert len(classes) <= CLASSES
    for valeur in positives:
        rang = find_classe(classes, valeur)
        assert rang
        assert classes[rang - 1].debut <= valeur <= classes[rang - 1].fin
    assert find_classe(classes, 0) == 0
    assert find_classe(classes, None) is None


def test_shapes_are_read_and_their_points_go_back_and_forth() -> None:
    contour = make_contour("x", "m 10,10 10,0 0,10 -10,0 z m 20,0 4,0 0,4 -4,0 z")
    assert contour.anneaux[1][0] == (30, 10)  # the second ring begins from the first point of the first
    assert contour.centre == (15, 15)
    bras = make_contour("x", "m 0,0 30,0 0,4 -26,0 0,26 -4,0 z")  # an L, whose centre of mass is outside
    x, y = bras.centre
    assert min(x, y) <= 4 and max(x, y) < 30
    assert contour.trace.startswith("M10.0,10.0l10.0,0.0 0.0,10.0")
    assert (contour.boite.gauche, contour.boite.bas) == (10, 20)
    longitude, latitude = to_degrees(to_drawing(49.18, -0.37))
    assert (longitude, latitude) == (-0.37, 49.18)


@pytest.mark.skipif(not CONTOURS.is_dir(), reason="the shapes of departements are missing: run npm ci")
def test_chief_towns_fall_in_their_own_departement(tmp_path: Path) -> None:
    write_contours(tmp_path / "c.json", read_paquet(CONTOURS))
    contours = read_contours(tmp_path / "c.json")
    assert len(contours) == 96
    towns = {"14": (49.18, -0.37), "29": (48.0, -4.1), "59": (50.63, 3.06), "68": (48.08, 7.36),
             "06": (43.7, 7.27), "64": (43.3, -0.37), "2B": (42.55, 9.38), "77": (48.54, 2.66)}  # fmt: skip
    for code, (latitude, longitude) in towns.items():
        x, y = to_drawing(latitude, longitude)
        inside = {c.code for c in contours.values() if any(_holds(ring, x, y) for ring in c.anneaux)}
        assert inside == {code}


def _holds(ring, x: float, y: float) -> bool:
    crossings = (
        (a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
        for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)
    )
    return sum(crossings) % 2 == 1


def test_a_package_that_is_not_the_one_expected_is_refused(tmp_path: Path) -> None:
    assert read_paquet(tmp_path) == {}
    for texte in (
        "module.exports = 1",
        'export default {"locations":[{"id":"14"}]}',
        'export default {"locations":[{"id":"14","path":"M 0 0"}]}',
    ):
        (tmp_path / "index.js").write_text(texte, encoding="utf-8")
        with pytest.raises(ValueError, match=r".+"):
            read_paquet(tmp_path)


def test_money_and_employers_are_counted_once_by_departement_and_year(tmp_path: Path) -> None:
    mai = "https://w3id.org/maillage/def#"
    turtle = f"""
    @prefix mai: <{mai}> . @prefix : <{ID}lien/> . @prefix a: <{ID}acteur/> . @prefix t: <{ID}territoire/> .
    @prefix tranche: <{VOC}tranche-effectif/> . @prefix stade: <{VOC}stade/> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    :1 a mai:Financement ; mai:vers a:x ; mai:montant "100.50"^^xsd:decimal ;
        mai:debut "2023-05-01"^^xsd:date .
    :2 a mai:Financement ; mai:vers a:x ; mai:debut "2023"^^xsd:gYear .
    :3 a mai:Financement ; mai:vers a:y ; mai:montant "9"^^xsd:decimal .
    a:x mai:siege t:commune-14118 , t:departement-14 .
    tranche:01 mai:stadeSuggere stade:primo-employeur . tranche:nn mai:stadeSuggere stade:benevole .
    """
    registre = f"""
    @prefix mai: <{mai}> . @prefix a: <{ID}acteur/> . @prefix t: <{ID}territoire/> .
    @prefix tranche: <{VOC}tranche-effectif/> .
    a:x a mai:Association ; mai:siege t:commune-14118 ; mai:trancheEffectif tranche:01 .
    a:z a mai:Association ; mai:siege t:commune-14118 ; mai:trancheEffectif tranche:nn .
    """
    base = ox.Store()
    graphe = ox.NamedNode("https://w3id.org/maillage/source/sirene")
    base.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    base.load(registre.encode(), format=ox.RdfFormat.TURTLE)  # the default graph holds what every source says
    base.load(registre.encode(), format=ox.RdfFormat.TURTLE, to_graph=graphe)
    type_ = ox.NamedNode(f"{PREFIXES['rdf']}type")
    base.add(ox.Quad(graphe, type_, ox.NamedNode(f"{mai}Registre")))
    comptes = count_store(Store(base), {place.iri: place for place in LIEUX})
    assert comptes.recus == {
        (terr("departement-14"), "2023"): Recu(2, 1, 100.5),
        ("", ""): Recu(1, 1, 9.0),
    }
    assert comptes.employeuses == {terr("departement-14"): 1}
    write_comptes(tmp_path / "comptes.json", comptes)
    assert read_comptes(tmp_path / "comptes.json") == comptes
    assert json.loads((tmp_path / "comptes.json").read_text("utf-8"))["employeuses"]
    assert read_comptes(tmp_path / "none.json") == Comptes()
