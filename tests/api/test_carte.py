"""The map through the application, on the national edition of the corpus."""

import json
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

CARTE = "/cartographie/carte"


def read(client: TestClient, requete: str = "") -> BeautifulSoup:
    response = client.get(CARTE + requete)
    assert response.status_code == 200, requete
    return BeautifulSoup(response.text, "html.parser")


def rows(page: BeautifulSoup) -> dict[str, str]:
    return {
        tr.select("td")[0].text: tr.select_one(".nombre").text
        for tr in page.select(".carte-tableau tbody tr")
    }


@pytest.mark.parametrize(
    "requete",
    ["", "?mesure=offres&fonction=ingenierie&portee=toutes", "?maille=region&mesure=accompagnements",
     "?mesure=subventions", "?mesure=trous", "?rapport=1", "?territoire=region:28&mesure=offres",
     "?territoire=region:04"],
)  # fmt: skip
def test_the_figure_and_the_table_show_the_same_places_and_values(client: TestClient, requete: str) -> None:
    page = read(client, requete)
    drawn = {
        a["href"]: (a.find("title") or a.find("span")).text
        for a in page.select(".carte-dessin a.zone, .outre-mer a.zone")
    }
    listed = {
        tr.select_one("th a")["href"]: (tr.select_one("th").text.strip(), tr.select_one(".nombre").text)
        for tr in page.select(".carte-tableau tbody tr")
    }
    assert drawn.keys() == listed.keys()
    for adresse, (nom, valeur) in listed.items():
        debut, dit = re.split(r"\s: ", drawn[adresse])
        assert debut == nom
        assert dit in ("aucun connu", "aucun trou certain") if valeur == "0" else dit.startswith(valeur)


def test_all_of_france_is_there_overseas_in_boxes(client: TestClient) -> None:
    page = read(client)
    assert len(page.select(".carte-dessin a.zone")) == 96
    boxes = [a["href"].rsplit(":", 1)[1] for a in page.select(".outre-mer a.zone")]
    assert boxes[:4] == ["971", "972", "973", "974"]
    assert len(boxes) == 13
    regions = read(client, "?maille=region")
    assert len(regions.select(".carte-dessin a.zone")) == 13
    assert len(regions.select(".outre-mer a.zone")) == 13
    assert "CC BY 4.0" in page.select_one("figcaption").text


def test_the_calvados_is_the_best_known_departement(client: TestClient) -> None:
    page = read(client)
    first = page.select_one(".carte-tableau tbody tr")
    territoire = client.get("/api/territoires/departement:14").json()
    near = {a["iri"] for portee in ("local", "departement") for a in territoire["acteurs"][portee]}
    assert first.select_one("th").text.strip() == "Calvados"
    assert int(first.select_one(".nombre").text) == len(near)


def test_what_nobody_knows_is_hatched_and_said_never_zero(client: TestClient) -> None:
    page = read(client, "?rapport=1")
    assert set(rows(page).values()) == {"non renseigné"}
    assert {path["fill"] for path in page.select(".carte-dessin > a.zone path")} == {"url(#inconnu-carte)"}
    assert "Aucun registre importé" in page.text
    money = rows(read(client, "?mesure=montants"))
    assert money["15"] == "non renseigné"
    assert "0" not in money.values()


def test_a_year_is_asked_of_what_is_dated(client: TestClient) -> None:
    page = read(client, "?mesure=accompagnements&annee=2008")
    assert rows(page)["14"] != "0"
    assert "aucune source ne les date" in page.text
    assert rows(read(client, "?mesure=accompagnements&annee=1999"))["14"] == "0"


def test_the_address_fills_the_form(client: TestClient) -> None:
    page = read(client, "?mesure=offres&fonction=ingenierie&maille=region&territoire=region:28&points=1")
    chosen = {s["name"]: s.select_one("option[selected]") for s in page.select("form select")}
    assert {nom: o["value"] for nom, o in chosen.items() if o} == {
        "mesure": "offres",
        "fonction": "ingenierie",
        "portee": "proche",
        "maille": "region",
        "territoire": "region:28",
    }
    assert page.select_one("input[name=points]").has_attr("checked")
    assert not page.select_one("input[name=rapport]").has_attr("checked")


@pytest.mark.parametrize("requete", ["?mesure=x", "?annee=12", "?territoire=region:99", "?role=<script>"])
def test_what_is_no_choice_is_422_and_names_its_field(client: TestClient, requete: str) -> None:
    champ = requete[1:].split("=")[0]
    assert client.get(CARTE + requete).status_code == 422
    refused = client.get(f"/api{CARTE}{requete}")
    assert refused.status_code == 422
    assert champ in refused.json()["champ"] if "champ" in refused.json() else champ in refused.text


def test_the_table_is_taken_away_whole(client: TestClient) -> None:
    requete = "?mesure=offres&territoire=region:28"
    table = rows(read(client, requete))
    data = client.get(f"/api{CARTE}{requete}").json()
    assert {z["code"]: str(z["valeur"]) for z in data["territoires"]} == table
    csv = client.get(f"{CARTE}/export.csv{requete}").content.decode("utf-8-sig").splitlines()
    assert csv[0].startswith("code;territoire;région;valeur")
    assert {ligne.split(";")[0]: ligne.split(";")[3] for ligne in csv[1:]} == table


def test_the_geojson_is_what_a_gis_reads(client: TestClient) -> None:
    collection = json.loads(client.get(f"{CARTE}/export.geojson?mesure=offres").content)
    assert collection["type"] == "FeatureCollection"
    shapes = {f["properties"]["code"]: f["geometry"] for f in collection["features"]}
    assert len(shapes) == 109
    assert shapes["974"] is None
    assert shapes["14"]["type"] == "MultiPolygon"
    for polygon in shapes["14"]["coordinates"]:
        (ring,) = polygon
        assert ring[0] == ring[-1]
        assert sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) > 0
        assert all(-1.3 < longitude < 0.6 and 48.6 < latitude < 49.6 for longitude, latitude in ring)


def test_the_drawing_alone_stands_on_its_own(client: TestClient) -> None:
    svg = client.get(f"{CARTE}/export.svg?mesure=accompagnements&maille=region")
    assert svg.headers["content-type"].startswith("image/svg+xml")
    racine = ElementTree.fromstring(svg.text)
    assert racine.tag == "{http://www.w3.org/2000/svg}svg"
    assert racine.findtext("{*}title") == "Accompagnements racontés par une source, par région"
    zones = [g for g in racine.iter("{http://www.w3.org/2000/svg}g") if "zone" in g.get("class", "").split()]
    assert len(zones) == 13
    assert 'href="/' not in svg.text  # a file leads nowhere
    assert "<style" not in svg.text


def test_the_page_is_light_and_needs_no_script(client: TestClient) -> None:
    response = client.get(CARTE, headers={"Accept-Encoding": "gzip"})
    assert int(response.headers["content-length"]) < 120_000
    assert "/territoires/departement:14" in response.text
