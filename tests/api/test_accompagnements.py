"""The pages and data of support actions, through the application."""

import re

from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

ACTION = "/accompagnements/petite-enfance-calvados"


def read(client: TestClient, adresse: str) -> BeautifulSoup:
    response = client.get(adresse)
    assert response.status_code == 200, adresse
    return BeautifulSoup(response.text, "html.parser")


def test_the_calvados_page_lists_its_steps_with_their_dates_and_states(client: TestClient) -> None:
    page = read(client, ACTION)
    etapes = page.select(".frise-etapes > li")
    assert [int(etape["value"]) for etape in etapes] == list(range(1, 16))
    times = [[time["datetime"] for time in etape.select("time")] for etape in etapes]
    assert times[0] == ["2004-06", "2004-09"]
    assert times[7] == ["2008-05", "2009-01"]
    assert times[13] == ["2009-10"]
    assert times[14] == ["2009"]
    planned = [etape for etape in etapes if etape.select(".frise-etat-prevu")]
    assert [int(etape["value"]) for etape in planned] == [14, 15]
    assert "Prévu à la date du document (2009)" in etapes[14].text
    assert "Avant le début de l’action elle-même (janvier 2008)." in etapes[0].text
    assert "juin à septembre 04" in etapes[0].text  # the document is quoted, and the oddity said


def test_the_figure_shows_the_same_steps_as_the_list(client: TestClient) -> None:
    page = read(client, ACTION)
    for genre in ("large", "etroite"):
        svg = page.select_one(f"svg.frise-{genre}")
        assert [int(n.text) for n in svg.select(".frise-numero")] == list(range(1, 16))
        assert len(svg.select("rect.frise-barre")) == 15
        assert len(svg.select("rect.frise-prevue")) == 2
        assert "15 en tout dont 2 prévues" in svg["aria-label"]


def test_an_action_that_nothing_dates_says_so(client: TestClient) -> None:
    page = read(client, "/accompagnements/eclairage-fiscal-recycleries")
    assert not page.select("svg.frise-dessin")
    assert [etape.select_one(".frise-quand").text for etape in page.select(".frise-etapes > li")] == [
        "date non renseignée"
    ] * 3
    assert "Aucune source ne date ces étapes" in page.text
    assert re.search(r"11\s302\s€ TTC", page.text)


def test_a_cost_is_ttc_only_where_the_source_says_it(client: TestClient) -> None:
    texte = " ".join(read(client, "/accompagnements/pmae-basse-normandie").text.split())
    assert re.search(r"3\s600 € \(la source ne dit pas si c’est TTC\)", texte)


def test_committees_are_listed_with_who_sits_on_them(client: TestClient) -> None:
    page = read(client, "/accompagnements/pmae-rhone-alpes")
    section = page.select_one("section[aria-labelledby=comites]")
    titres = [h3.text for h3 in section.select("h3")]
    assert "Comité de suivi de l'expérimentation PMAE en Rhône-Alpes" in titres
    assert len(section.select("li p a")) >= 10


def test_actions_are_reached_from_where_they_are_named(client: TestClient) -> None:
    for adresse in ("/acteurs/s3a", "/territoires/departement:14", "/accompagnements", "/sitemap-1.xml"):
        assert ACTION in client.get(adresse).text, adresse
    iri = client.get(
        "/id/accompagnement/petite-enfance-calvados",
        headers={"Accept": "text/html"},
        follow_redirects=False,
    )
    assert (iri.status_code, iri.headers["location"]) == (303, ACTION)
    turtle = client.get(
        "/id/accompagnement/petite-enfance-calvados",
        headers={"Accept": "text/turtle"},
        follow_redirects=False,
    )
    assert turtle.headers["location"].endswith(".ttl")


def test_the_data_twin_says_what_the_page_says(client: TestClient) -> None:
    action = client.get(f"/api{ACTION}").json()
    assert [etape["ordre"] for etape in action["etapes"]] == list(range(1, 16))
    assert [etape["ordre"] for etape in action["etapes"] if etape["prevue"]] == [14, 15]
    assert [etape["ordre"] for etape in action["etapes"] if etape["avant_l_action"]] == [1]
    assert action["etapes"][14]["dernier_jour"] == "2009-12-31"
    assert action["cout_ttc"] is None
    assert action["nombre_structures"] == 12
    assert len(action["comprend"]) == 5


def test_the_list_is_filtered_as_its_address_says(client: TestClient) -> None:
    page = read(client, "/accompagnements?territoire=departement:14&secteur=petite-enfance")
    slugs = {a["href"].rsplit("/", 1)[1] for a in page.select(".lignes h3 a")}
    data = client.get("/api/accompagnements?territoire=departement:14&secteur=petite-enfance").json()
    assert slugs == {action["slug"] for action in data["accompagnements"]}
    assert "petite-enfance-calvados" in slugs
    assert "pmae-picardie" not in slugs
    assert page.select_one("#secteur option[selected]")["value"] == "petite-enfance"
    empty = read(client, "/accompagnements?territoire=departement:15")
    assert "Aucun accompagnement connu ne correspond" in empty.text


def test_what_does_not_exist_is_said(client: TestClient) -> None:
    assert client.get("/accompagnements/nulle-part").status_code == 404
    assert client.get("/api/accompagnements/nulle-part").status_code == 404
    refused = client.get("/api/accompagnements?besoin=nul")
    assert refused.status_code == 422
    assert "besoin" in refused.json()["detail"]
