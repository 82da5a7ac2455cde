"""Exports by their address: what the page shows, as a file with a name, for the same query string."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from visualisations.exports import VUES
from visualisations.exports.modele import MEDIAS

FILTRES = "territoire=departement:14&lien=partenariat&lien=financement&isoles=0"


def test_the_page_and_its_files_show_the_same_set(client: TestClient) -> None:
    page = BeautifulSoup(client.get(f"/cartographie?{FILTRES}").text, "html.parser")
    liens = page.select("#table-liens tbody tr:not([hidden])")
    acteurs = page.select("#table-acteurs tbody tr:not([hidden]), #table-actions tbody tr:not([hidden])")
    table = client.get(f"/cartographie/export.liens.csv?{FILTRES}").content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(table, newline=""), delimiter=";"))) - 1 == len(liens) > 0
    reseau = client.get(f"/cartographie/export.json?{FILTRES}").json()
    assert (len(reseau["nodes"]), len(reseau["edges"])) == (len(acteurs), len(liens))


@pytest.mark.parametrize("format_", sorted(VUES["reseau"].tous))
def test_every_format_has_its_type_and_a_file_name(client: TestClient, format_: str) -> None:
    reponse = client.get(f"/cartographie/export.{format_}?territoire=departement:14")
    assert reponse.status_code == 200, reponse.text
    assert reponse.headers["content-type"] == MEDIAS[format_]
    nom = f"maillage-reseau-departement-14.{format_}"
    assert reponse.headers["content-disposition"] == f'attachment; filename="{nom}"'
    assert reponse.headers["x-content-type-options"] == "nosniff"
    encore = client.get(
        f"/cartographie/export.{format_}?territoire=departement:14",
        headers={"If-None-Match": reponse.headers["etag"]},
    )
    assert (encore.status_code, encore.content) == (304, b"")
    match format_:
        case "json" | "geojson":
            json.loads(reponse.content)
        case "svg" | "gexf" | "graphml":
            ET.fromstring(reponse.content)
        case "png":
            assert reponse.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("adresse", "statut", "phrase"),
    [
        ("/cartographie/export.xls", 404, "ne nomme rien"),
        ("/cartographie/licorne/export.csv", 404, "ne nomme rien"),
        ("/cartographie/export.csv?territoire=departement:999", 404, "n’existe pas"),
        ("/cartographie/export.csv?type=Licorne", 422, "n’est pas un choix de « type »"),
    ],
)
def test_what_is_not_known_is_one_french_sentence(
    client: TestClient, adresse: str, statut: int, phrase: str
) -> None:
    reponse = client.get(adresse)
    assert reponse.status_code == statut
    assert phrase in reponse.json()["detail"].replace("\xa0", " ")


def test_the_links_of_the_page_follow_its_filters_without_a_script(client: TestClient) -> None:
    page = BeautifulSoup(client.get(f"/cartographie?{FILTRES}&lang=fr").text, "html.parser")
    menu = page.select_one("#exports")
    sans_script = BeautifulSoup(page.select("noscript")[-1].decode_contents(), "html.parser")
    assert menu is not None
    for endroit, sauf in ((menu, {"csv", "liens.csv", "png"}), (sans_script, set())):
        adresses = [a.attrs["href"] for a in endroit.select("a[data-emporter]")]
        formats = [format_ for format_ in VUES["reseau"].tous if format_ not in sauf]
        assert adresses == [f"/cartographie/export.{format_}?{FILTRES}" for format_ in formats]


@pytest.mark.parametrize(
    ("adresse", "colonne"),
    [
        ("/cartographie/export.csv", -4),
        ("/cartographie/matrice/export.csv", -2),
        ("/cartographie/couverture/export.csv", -1),
        ("/cartographie/roles/export.csv", -1),
    ],
)
def test_a_table_taken_away_gives_whole_addresses_of_cards(
    client: TestClient, adresse: str, colonne: int
) -> None:
    table = client.get(f"{adresse}?territoire=departement:14", headers={"host": "cress.example"})
    lignes = list(csv.reader(table.content.decode("utf-8-sig").splitlines(), delimiter=";"))
    fiches = [ligne[colonne] for ligne in lignes[1:] if len(ligne) == len(lignes[0]) and ligne[colonne]]
    assert fiches and all(fiche.startswith("http://cress.example/ac") for fiche in fiches)


def test_nobody_known_is_no_name_of_an_actor(client: TestClient) -> None:
    table = client.get("/cartographie/matrice/export.csv?territoire=departement:14")
    lignes = list(csv.reader(table.content.decode("utf-8-sig").splitlines(), delimiter=";"))
    trous = [ligne for ligne in lignes[1:] if not ligne[0]]
    assert trous and {ligne[-1] for ligne in trous} == {"personne de connu"}
    assert {ligne[-1] for ligne in lignes[1:] if ligne[0]} == {""}
