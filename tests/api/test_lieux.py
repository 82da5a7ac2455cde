"""One reading of a place: what names a territory on one route names it on every other."""

import pytest
from fastapi.testclient import TestClient

ROUTES = (
    "/api/cartographie?territoire={}",
    "/api/cartographie/roles?territoire={}",
    "/api/cartographie/matrice?territoire={}",
    "/api/cartographie/carte?territoire={}",
    "/api/couverture?territoire={}",
    "/api/accompagnements?territoire={}",
    "/api/orientation?territoire={}",
    "/api/territoires/{}",
    "/acteurs?territoire={}",
    "/accompagnements?territoire={}",
    "/cartographie?territoire={}",
    "/cartographie/matrice/export.csv?territoire={}",
    "/questions/qc01-finistere-premier-emploi?lieu={}",
)


@pytest.mark.parametrize("route", ROUTES)
def test_a_place_is_read_alike_everywhere(client: TestClient, route: str) -> None:
    expected = client.get(route.format("departement:14"))
    assert expected.status_code == 200
    for texte in ("14", "Calvados", "calvados"):
        found = client.get(route.format(texte))
        assert found.status_code == 200, (texte, found.text[:200])
        if "json" in expected.headers["content-type"]:
            assert found.json() == expected.json()
    assert client.get(route.format("14118")).status_code == 200
    assert client.get(route.format("nulle-part")).status_code in (404, 422)


def test_a_name_of_several_places_is_not_guessed(client: TestClient) -> None:
    refus = client.get("/api/territoires/Saint-Aubin")
    assert refus.status_code == 404
    assert "Saint-Aubin (Jura, commune:" in refus.json()["detail"]


def test_the_page_keeps_one_address(client: TestClient) -> None:
    moved = client.get("/territoires/14", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (308, "/territoires/departement:14")
