"""Every kind of territory has its page and its data; former codes lead to today's."""

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

HTML = {"accept": "text/html"}


@pytest.mark.parametrize(
    ("ref", "titre"),
    [
        ("national", "France entière"),
        ("region:28", "Normandie"),
        ("region:25-1982", "Basse-Normandie"),
        ("departement:14", "Calvados"),
        ("departement:2A", "Corse-du-Sud"),
        ("departement:987", "Polynésie française"),
        ("epci:200065597", "CU Caen la Mer"),
        ("zone:agglomeration-caennaise", "Agglomération caennaise"),
        ("commune:14327", "Hérouville-Saint-Clair"),
        ("commune:97411", "Saint-Denis"),
        ("arrondissement-municipal:75101", "Paris 1er Arrondissement"),
    ],
)
def test_every_kind_of_territory_has_its_page_and_its_data(client: TestClient, ref: str, titre: str) -> None:
    page = client.get(f"/territoires/{ref}", headers=HTML, follow_redirects=False)
    assert page.status_code == 200
    lue = BeautifulSoup(page.text, "html.parser")
    assert lue.h1 is not None
    assert lue.h1.get_text() == titre
    donnees = client.get(f"/api/territoires/{ref}").json()
    assert donnees["territoire"] == ref
    assert donnees["edition"] == page.headers["x-maillage-edition"]
    assert {"acteurs", "fonctions", "stades", "dispositifs", "sans_acteur_connu", "associations"} <= set(
        donnees
    )


@pytest.mark.parametrize(
    ("ref", "adresse"),
    [
        ("14027", "/territoires/commune:14027"),
        ("commune-deleguee:14027", "/territoires/commune:14027"),
        ("commune:14489", "/territoires/commune:14654?ancien=14489"),
        ("commune-deleguee:14489", "/territoires/commune:14654?ancien=14489"),
        ("75101", "/territoires/arrondissement-municipal:75101"),
        ("commune:69381", "/territoires/arrondissement-municipal:69381"),
    ],
)
def test_a_former_or_bare_code_leads_to_todays_page(client: TestClient, ref: str, adresse: str) -> None:
    answer = client.get(f"/territoires/{ref}", headers=HTML, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, adresse)
    if "ancien" in adresse:
        assert "est celui d’une ancienne commune" in client.get(adresse, headers=HTML).text


@pytest.mark.parametrize("ref", ["departement:999", "commune:99999", "licorne:1", "..%2fetc", "%3Cscript%3E"])
def test_an_unknown_territory_is_said_so(client: TestClient, ref: str) -> None:
    page = client.get(f"/territoires/{ref}", headers=HTML)
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    problem = client.get(f"/api/territoires/{ref}")
    assert problem.status_code == 404
    assert problem.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("q", "adresse"),
    [
        ("Aunay-sur-Odon", "/territoires/commune:14027"),
        ("herouville saint clair", "/territoires/commune:14327"),
        ("calvados", "/territoires/departement:14"),
        ("region:28", "/territoires/region:28"),
        ("29232", "/territoires/commune:29232"),
        ("14489", "/territoires/commune:14654?ancien=14489"),
    ],
)
def test_a_search_that_names_one_place_goes_there(client: TestClient, q: str, adresse: str) -> None:
    answer = client.get("/territoires", params={"q": q}, headers=HTML, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, adresse)


def test_a_search_that_names_several_shows_them(client: TestClient) -> None:
    page = BeautifulSoup(client.get("/territoires?q=saint-denis", headers=HTML).text, "html.parser")
    noms = [a.get_text() for a in page.select(".ligne-simple a")]
    assert "Saint-Denis (La Réunion)" in noms
    assert "Saint-Denis (Seine-Saint-Denis)" in noms


def test_a_code_that_is_a_commune_and_anothers_mail_is_a_choice(client: TestClient) -> None:
    page = BeautifulSoup(client.get("/territoires?q=97411", headers=HTML).text, "html.parser")
    noms = [a.get_text() for a in page.select(".ligne-simple a")]
    assert noms == ["Saint-Denis (La Réunion)", "Saint-Paul (La Réunion)"]


def test_the_figures_of_the_page_are_those_of_the_data(client: TestClient) -> None:
    donnees = client.get("/api/territoires/departement:14").json()
    page = BeautifulSoup(client.get("/territoires/departement:14", headers=HTML).text, "html.parser")
    assert page.table is not None
    tetes = [th.get_text(" ", strip=True) for th in page.table.find_all("th", scope="col")]
    attendus = [len(donnees["acteurs"][portee]) for portee in ("local", "departement", "region", "national")]
    assert [int(tete.split()[-1]) for tete in tetes[1:]] == attendus
    assert sum(attendus) > 20
    assert len(donnees["contient"]["commune"]) == 526
    assert donnees["population"] > 690_000
