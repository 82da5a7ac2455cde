"""``/cartographie/roles`` on the edition that ships: every territory and action of the corpus, and errors."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

HTML = {"accept": "text/html"}


def read(client: TestClient, requete: str) -> BeautifulSoup:
    answer = client.get(f"/cartographie/roles?{requete}", headers=HTML)
    assert answer.status_code == 200, requete
    return BeautifulSoup(answer.text, "html.parser")


def holders(page: BeautifulSoup, voie: str) -> list[str]:
    tete = page.find("th", string=lambda texte: bool(texte) and texte.startswith(voie))
    if tete is None or tete.parent is None:
        return []
    return [
        lien.get_text() for ligne in tete.parent.find_next_siblings("tr") for lien in ligne.select("th a")
    ]


def test_the_picardie_of_the_guide(client: TestClient) -> None:
    page = read(client, "accompagnement=pmae-picardie")
    assert holders(page, "Qui finance") == ["CPCA Picardie"]
    assert holders(page, "Qui pilote") == ["CPCA Picardie"]
    assert holders(page, "Qui intervient") == ["L'Atelier Coopératif"]
    assert len(holders(page, "Qui est associé")) == 16
    assert "DLA 02 : GRIEP" in page.get_text(), "the line of the list that names the actor"
    assert "3\N{NARROW NO-BREAK SPACE}863 €" in page.get_text().replace("\xa0", " ")
    assert "qui contrôle" in page.get_text()


def test_the_calvados_of_the_monograph(client: TestClient) -> None:
    page = read(client, "accompagnement=petite-enfance-calvados")
    assert holders(page, "Qui contrôle") == ["Services PMI du Calvados"]
    assert holders(page, "Qui oriente") == [
        "ACEPP Basse-Normandie",
        "CAF du Calvados",
        "Conseil général du Calvados",
        "Services PMI du Calvados",
    ]
    assert holders(page, "Qui siège") == ["CRESS Basse-Normandie", "CAF du Calvados"]
    assert "Membres non renseignés" in page.get_text(), "of the comité d’orientation"


def test_without_a_subject_it_opens_on_the_action_of_most_kinds_of_roles(client: TestClient) -> None:
    choisi = read(client, "").select_one("#accompagnement option[selected]")
    assert choisi is not None and choisi["value"] == "petite-enfance-calvados"


def test_every_subject_of_the_choosers_has_its_page(client: TestClient) -> None:
    page = read(client, "")
    actions = [o["value"] for o in page.select("#accompagnement option") if o["value"]]
    lieux = [o["value"] for o in page.select("#territoire option") if o["value"]]
    assert len(actions) > 10
    assert {"departement:14", "departement:29", "departement:35", "region:22-1982"} <= set(map(str, lieux))
    for requete in [f"accompagnement={a}" for a in actions] + [f"territoire={t}" for t in lieux]:
        assert read(client, requete).select(".roles-tableau th a"), requete


@pytest.mark.parametrize(
    ("requete", "statut", "dit"),
    [
        ("territoire=departement:14&accompagnement=pmae-picardie", 422, "pas les deux"),
        ("territoire=departement:999", 404, "Ce territoire n’existe pas"),
        ("accompagnement=nulle", 404, "Cette action n’est pas dans cette édition."),
    ],
)
def test_a_wrong_subject_is_said_in_one_sentence(
    client: TestClient, requete: str, statut: int, dit: str
) -> None:
    for adresse in (f"/cartographie/roles?{requete}", f"/api/cartographie/roles?{requete}"):
        answer = client.get(adresse, headers=HTML)
        assert answer.status_code == statut
        assert dit in answer.text


def test_a_place_without_any_role_says_so(client: TestClient) -> None:
    assert "Aucun rôle n’est connu ici." in read(client, "territoire=departement:2A").get_text()


def test_the_api_and_the_page_tell_the_same(client: TestClient) -> None:
    donnees = client.get("/api/cartographie/roles?territoire=departement:14").json()
    page = read(client, "territoire=departement:14")
    noms = [t["acteur"]["nom"] for v in donnees["voies"] for g in v["groupes"] for t in g["tenants"]]
    assert sorted(noms) == sorted(lien.get_text() for lien in page.select('.roles-tableau th[scope="row"] a'))


def test_the_files_of_the_page_are_there(client: TestClient) -> None:
    page = read(client, "accompagnement=petite-enfance-calvados")
    adresses = [str(lien["href"]) for lien in page.select(".roles-fichiers a")]
    formats = [adresse.partition("?")[0].rpartition(".")[2] for adresse in adresses]
    assert sorted(formats) == ["csv", "html", "json", "png", "svg"]
    for adresse in adresses:
        answer = client.get(adresse)
        assert answer.status_code == 200, adresse
        if "csv" in adresse:
            lignes = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff")), delimiter=";"))
            assert "CAF du Calvados" in {ligne[1] for ligne in lignes}
