"""``/couverture`` and ``/cartographie/matrice``: pages, data and files of the national edition."""

import csv
import io
import re

import pytest
from fastapi.testclient import TestClient

STRADDLING = "CC Poher Communauté"
"""Seven communes of the Finistère, four of the Côtes-d'Armor."""


def _rows(texte: str) -> list[dict[str, str]]:
    assert texte.startswith("\N{ZERO WIDTH NO-BREAK SPACE}")
    return list(csv.DictReader(io.StringIO(texte[1:]), delimiter=";"))


def test_every_cell_of_france_is_counted_once_and_its_rows_are_the_departements(client: TestClient) -> None:
    found = client.get("/api/couverture").json()
    assert (found["territoire"], found["grain"]) == ("national", "departement")
    assert len([ligne for ligne in found["lignes"] if ligne["territoire"] < "departement:97"]) == 96
    cells = [case for ligne in found["lignes"] for case in ligne["cases"]]
    assert sum(found["totaux"].values()) == len(cells)
    assert all(sum(case["communes"].values()) > 0 for case in cells)


def test_an_epci_that_straddles_says_which_part_is_covered(client: TestClient) -> None:
    demande = "territoire=region:53&grain=epci&fonction=accompagnement-generaliste"
    found = client.get(f"/api/couverture?{demande}").json()
    (poher,) = [ligne for ligne in found["lignes"] if ligne["nom"] == STRADDLING]
    cell = poher["cases"][0]
    assert found["sujets"][0]["fonction"] == "accompagnement-generaliste"
    assert cell["statut"] == "partie"
    assert [(p["nom"], p["portee"]) for p in cell["parties"]] == [("Finistère", "departement")]
    assert cell["communes"]["departement"] + cell["communes"]["personne"] == sum(cell["communes"].values())
    assert cell["proche"]["agit_sur"]["nom"] == "Finistère"
    assert cell["proche"]["sources"]
    page = client.get(f"/couverture?{demande}").text
    row = re.search(rf">{STRADDLING}</a>.*?</tr>", page, re.S)
    assert row is not None
    assert "En partie" in row[0]
    assert "Finistère" in row[0]


def test_two_halves_that_no_document_draws_cover_the_departement_in_part(client: TestClient) -> None:
    demande = "territoire=departement:29&fonction=diagnostic"
    (finistere,) = client.get(f"/api/couverture?{demande}&grain=departement").json()["lignes"]
    cell = finistere["cases"][0]
    assert (cell["statut"], cell["a_demander"]) == ("partie", True)
    assert [(p["nom"], p["communes"]) for p in cell["parties"]] == [("Finistère", None)]
    page = client.get(f"/couverture?{demande}&grain=departement").text
    assert "une partie qu’aucune source ne délimite" in page
    for ligne in client.get(f"/api/couverture?{demande}").json()["lignes"]:
        assert (ligne["cases"][0]["statut"], ligne["cases"][0]["a_demander"]) == ("personne", True)
    matrice = client.get("/api/cartographie/matrice?territoire=departement:29").json()
    dla = {a["slug"]: a["parties"] for a in matrice["acteurs"] if a["slug"].startswith("dla-")}
    part = [{"territoire": "departement:29", "nom": "Finistère", "delimitee": False}]
    assert dla == {"dla-nord-finistere": part, "dla-sud-finistere": part}
    assert "diagnostic" not in {r["fonction"]["code"] for r in matrice["recouvrements"]}
    assert "cress-bretagne" in {a["slug"] for a in matrice["pour_d_autres_publics"]}


def test_the_spreadsheet_has_one_row_a_place_and_subject_that_says_whom_to_ask(client: TestClient) -> None:
    reponse = client.get("/cartographie/couverture/export.csv?territoire=region:53&colonnes=stade")
    assert reponse.headers["content-type"].startswith("text/csv")
    rows = _rows(reponse.text)
    assert len(rows) == 4 * 4
    (row,) = [
        r for r in rows if r["référence"] == "departement:29" and r["stade"] == "Association de bénévoles"
    ]
    assert (row["couverture"], row["à demander"]) == ("À demander", "oui")
    assert row["acteur connu le plus proche, même hors du territoire"]
    assert row["source"]
    assert row["fiche"].startswith("http://testserver/acteurs/")


@pytest.mark.parametrize("ref", ["departement:14", "departement:29", "region:28", "region:53"])
def test_the_rows_of_a_territory_hold_its_inhabitants(client: TestClient, ref: str) -> None:
    lignes = client.get(f"/api/couverture?territoire={ref}&grain=epci").json()["lignes"]
    entier = client.get(f"/api/couverture?territoire={ref}&grain=departement").json()["lignes"]
    somme = sum(ligne["population"] for ligne in lignes)
    assert somme == sum(ligne["population"] for ligne in entier) > 100_000
    if ref == "departement:29":
        assert {"Ouessant", "Île-de-Sein"} <= {ligne["nom"] for ligne in lignes}
        (poher,) = [ligne for ligne in lignes if ligne["nom"] == STRADDLING]
        assert poher["communes_hors_territoire"] > 0


def test_page_spreadsheet_data_and_map_count_the_same_holes(client: TestClient) -> None:
    ou = "territoire=region:28&grain=departement&colonnes=besoin"
    carte = _rows(client.get("/cartographie/carte/export.csv?territoire=region:28&mesure=trous").text)
    par_lieu = dict.fromkeys((row["code"] for row in carte), 0)
    for stade in ("benevole", "projet", "primo-employeur", "employeur"):
        demande = f"{ou}&stade={stade}"
        rows = _rows(client.get(f"/cartographie/couverture/export.csv?{demande}").text)
        trous = [row["référence"] for row in rows if row["couverture"] == "Personne de connu"]
        page = client.get(f"/couverture?{demande}").text
        dit = re.search(r"niveau-personne.*?</span> <b>(\d+)</b>", page, re.S)
        assert dit is not None
        totaux = client.get(f"/api/couverture?{demande}").json()["totaux"]
        assert int(dit[1]) == len(trous) == totaux["personne"]
        for ref in trous:
            par_lieu[ref.removeprefix("departement:")] += 1
    valeur = next(nom for nom in carte[0] if nom.startswith("valeur"))
    assert par_lieu == {row["code"]: int(row[valeur]) for row in carte}


def test_rows_with_holes_only_and_pages(client: TestClient) -> None:
    tout = client.get("/api/couverture?territoire=departement:14&grain=commune&fonction=suivi").json()
    trous = client.get(
        "/api/couverture?territoire=departement:14&grain=commune&fonction=suivi&voir=trous"
    ).json()
    assert 0 <= len(trous["lignes"]) <= len(tout["lignes"])
    seconde = client.get("/couverture?grain=epci&page=2")
    assert "page 2 sur 12" in seconde.text
    assert 'rel="prev"' in seconde.text


@pytest.mark.parametrize(
    ("adresse", "statut", "champ"),
    [
        ("/api/couverture?grain=commune", 422, "grain"),
        ("/api/couverture?colonnes=secteur", 422, "colonnes"),
        ("/api/couverture?voir=rien", 422, "voir"),
        ("/api/couverture?page=0", 422, "page"),
        ("/api/couverture?stade=inconnu", 422, "stade"),
        ("/api/couverture?territoire=departement:00", 404, None),
        ("/api/cartographie/matrice?niveau=x", 422, "niveau"),
        ("/api/cartographie/matrice?fonction=x", 422, "fonction"),
        ("/api/cartographie/matrice?besoin=x", 422, "besoin"),
        ("/api/cartographie/matrice?secteur=x", 422, "secteur"),
        ("/api/cartographie/matrice?page=-1", 422, "page"),
        ("/api/cartographie/matrice?territoire=nulle", 404, None),
    ],
)
def test_a_wrong_value_is_said_with_its_field(
    client: TestClient, adresse: str, statut: int, champ: str | None
) -> None:
    reponse = client.get(adresse)
    assert reponse.status_code == statut
    assert reponse.json().get("champ") == champ
    if champ:
        assert f"« {champ} »" in reponse.json()["detail"].replace("\N{NO-BREAK SPACE}", " ")


def test_the_matrix_of_the_finistere_is_what_the_guide_says(client: TestClient) -> None:
    found = client.get("/api/cartographie/matrice?territoire=departement:29&niveau=proche").json()
    portees = [acteur["portee"] for acteur in found["acteurs"]]
    assert portees == sorted(portees, key=("local", "departement").index), "the most local first"
    assert all(not acteur["stades"] and acteur["stade_non_renseigne"] for acteur in found["acteurs"])
    generaliste = next(f for f in found["fonctions"] if f["code"] == "accompagnement-generaliste")
    assert len(generaliste["acteurs"]) == 7
    assert {f["code"] for f in found["sans_acteur_connu"]["fonctions"]} >= {"financement", "formation"}
    evidence = found["acteurs"][0]["fonctions"][0]
    assert evidence["sources"][0]["date"] == "2013-11"
    page = client.get("/cartographie/matrice?territoire=departement:29&niveau=proche").text
    link = re.search(r'href="(/acteurs/[^"#]+)#(offre-[^"]+)"', page)
    assert link is not None
    assert f'id="{link[2]}"' in client.get(link[1]).text, "each cell leads to the offer on the card"
    assert "stade non renseigné" in page


def test_page_data_and_spreadsheet_of_the_matrix_hold_the_same(client: TestClient) -> None:
    demande = "territoire=departement:14&stade=employeur"
    found = client.get(f"/api/cartographie/matrice?{demande}").json()
    assert found == client.get(f"/cartographie/matrice/export.json?{demande}").json()
    rows = _rows(client.get(f"/cartographie/matrice/export.csv?{demande}").text)
    noms = {acteur["nom"] for acteur in (*found["acteurs"], *found["pour_d_autres_publics"])}
    assert {row["acteur"] for row in rows if row["fonction précise"]} == noms
    page = client.get(f"/cartographie/matrice?{demande}").text
    table = page[page.index("<table") : page.index("</table>")]
    lus = re.findall(r'class="qui">.*?<a href="/acteurs/([^"]+)"', table, re.S)
    assert lus == [acteur["slug"] for acteur in found["acteurs"]]
    assert found["demande"]["stade"] == "employeur"
    personne = [
        row["fonction"] for row in rows if not row["acteur"] and row["à savoir"] == "personne de connu"
    ]
    assert personne == [f["libelle"] for f in found["sans_acteur_connu"]["fonctions"]]


def test_each_view_is_one_file_that_opens_anywhere(client: TestClient) -> None:
    for vue, mot in (("matrice", "RESAM"), ("couverture", "Brest Métropole")):
        fichier = client.get(f"/cartographie/{vue}/export.html?territoire=departement:29")
        assert fichier.status_code == 200
        assert mot in fichier.text
        assert "<form" not in fichier.text
        assert 'href="/' not in fichier.text


def test_asked_for_nothing_the_matrix_opens_where_sources_say_most(client: TestClient) -> None:
    assert client.get("/api/cartographie/matrice").json()["territoire"]["territoire"] == "departement:14"
    vide = client.get("/cartographie/matrice?territoire=departement:15&niveau=proche")
    assert "cela ne veut pas dire qu’il n’y en a pas" in vide.text


def test_both_are_said_in_english_too(client: TestClient) -> None:
    for adresse, titre in (("/couverture", "Coverage"), ("/cartographie/matrice", "Who does what")):
        page = client.get(adresse, params={"lang": "en"}).text
        assert f"<h1>{titre}" in page
