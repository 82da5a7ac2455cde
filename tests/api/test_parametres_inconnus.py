"""A parameter that an address of the API does not have is refused by name, with those it has."""

from typing import Any

import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize(
    "adresse",
    [
        "/api/cartographie",
        "/api/cartographie/roles",
        "/api/cartographie/matrice",
        "/api/cartographie/carte",
        "/api/couverture",
        "/api/accompagnements",
        "/api/territoires",
        "/api/territoires/departement:14",
        "/api/vocabulaires/stade",
        "/api/orientation?commune=14118",
    ],
)
def test_a_misspelt_parameter_is_not_a_filter_left_out(client: TestClient, adresse: str) -> None:
    suite = "&" if "?" in adresse else "?"
    assert client.get(f"{adresse}{suite}lang=en").status_code == 200
    refus = client.get(f"{adresse}{suite}inconnu=1")
    assert (refus.status_code, refus.json()["champ"]) == (422, "inconnu")
    assert "inconnu" in refus.json()["detail"]


def test_the_known_ones_are_named(client: TestClient) -> None:
    detail = client.get("/api/cartographie/roles?territoir=14").json()["detail"]
    assert "territoire, accompagnement" in detail


def test_pages_let_them_pass(client: TestClient) -> None:
    for adresse in ("/cartographie", "/couverture", "/acteurs", "/"):
        assert client.get(f"{adresse}?utm_source=x", headers={"accept": "text/html"}).status_code == 200


def test_a_level_is_one_of_five(client: TestClient) -> None:
    refus = client.get("/api/territoires?q=caen&niveau=zz")
    assert (refus.status_code, refus.json()["champ"]) == (422, "niveau")
    assert "commune, epci, departement, region, national" in refus.json()["detail"]
    assert client.get("/api/territoires?q=caen&niveau=commune").json()["territoires"]


def test_the_language_is_described_once_an_operation(client: TestClient) -> None:
    paths: dict[str, Any] = client.get("/api/openapi.json").json()["paths"]
    for operations in paths.values():
        for operation in operations.values():
            noms = [parametre["name"] for parametre in operation["parameters"]]
            assert noms.count("lang") == 1 and len(noms) == len(set(noms))
    assert "404" in paths["/api/cartographie"]["get"]["responses"]
