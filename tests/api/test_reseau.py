"""``/cartographie`` and ``/api/cartographie`` over HTTP: the same words, the same set, clear refusals."""

from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient


def test_the_page_and_the_data_of_a_path(client: TestClient) -> None:
    requete = urlencode({"chemin": "espace-bambins", "vers": "Financeur", "territoire": "departement:14"})
    donnees = client.get(f"/api/cartographie?{requete}").json()
    liens = {lien["id"]: lien for lien in donnees["liens"]}
    assert donnees["chemins"]
    for chemin in donnees["chemins"]:
        assert chemin["noeuds"][0] == "espace-bambins"
        fin = next(noeud for noeud in donnees["acteurs"] if noeud["id"] == chemin["noeuds"][-1])
        assert "Financeur" in fin["types"]
        for etape in chemin["etapes"]:
            assert all(
                {liens[lien]["de"], liens[lien]["vers"]} == {etape["de"], etape["vers"]}
                and liens[lien]["sources"]
                for lien in etape["liens"]
            )
    page = client.get(f"/cartographie?{requete}").text
    assert page.count("data-chemin=") == len(donnees["chemins"])


def test_groups_and_facets_answer_both_as_page_and_as_data(client: TestClient) -> None:
    donnees = client.get("/api/cartographie?par=departement").json()
    assert {groupe["code"] for groupe in donnees["groupes"]} >= {"departement:14", "departement:29"}
    assert "Liens d’un groupe à l’autre" in client.get("/cartographie?par=departement").text
    membres = client.get("/api/cartographie?reseau=acepp").json()["acteurs"]
    assert {"acepp", "espace-bambins"} <= {acteur["id"] for acteur in membres}
    groupes = client.get("/api/cartographie?territoire=departement:14&communautes=1").json()["communautes"]
    assert groupes[0]["lettre"] == "A"


@pytest.mark.parametrize(
    ("requete", "statut", "mot"),
    [
        ("secteur=x", 422, "secteur"),
        ("par=x", 422, "par"),
        ("taille=x", 422, "taille"),
        ("date=2008-13-45", 422, "2008-13-45"),
        ("reseau=personne", 404, "acteur"),
        ("chemin=zzzzzz", 404, "zzzzzz"),
        ("chemin=calvados&vers=Financeur", 422, "dla-calvados"),
    ],
)
def test_what_means_nothing_is_refused_in_one_sentence(
    client: TestClient, requete: str, statut: int, mot: str
) -> None:
    reponse = client.get(f"/api/cartographie?{requete}")
    assert reponse.status_code == statut
    assert mot in reponse.text
    assert "Traceback" not in reponse.text
