"""``/sparql/editeur``: where its parts come from, what its policy allows, and what it proposes."""

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

import visualisations.rendu
from api.middleware import CSP
from tests.api.sparql_client import NAVIGATEUR
from visualisations.rendu import has_editeur, static_path

QC01 = "qc01-finistere-premier-emploi"


@pytest.fixture
def without_npm(monkeypatch: pytest.MonkeyPatch, tmp_path):
    monkeypatch.setattr(visualisations.rendu, "NODE_MODULES", tmp_path)
    static_path.cache_clear()
    yield
    static_path.cache_clear()


def read(client: TestClient, adresse: str) -> BeautifulSoup:
    answer = client.get(adresse, headers=NAVIGATEUR)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def test_one_sheet_more_is_allowed_there_alone(client: TestClient) -> None:
    policy = client.get("/sparql/editeur").headers.get_list("content-security-policy")
    assert len(policy) == 1
    assert "unsafe" not in policy[0]
    said = dict(part.strip().split(" ", 1) for part in policy[0].split(";"))
    strict = dict(part.strip().split(" ", 1) for part in CSP.split(";"))
    assert {nom for nom in said if said[nom] != strict[nom]} == {"style-src"}
    assert said["style-src"].startswith("'self' 'sha256-")
    for adresse in ("/sparql", "/sparql/vocabulaire", "/questions", "/nulle-part"):
        assert client.get(adresse, headers=NAVIGATEUR).headers["content-security-policy"] == CSP


def test_it_opens_with_what_was_typed_or_a_ready_question(client: TestClient) -> None:
    assert "mai:Acteur" in read(client, "/sparql/editeur").find("textarea").text
    typed = read(client, "/sparql/editeur?query=ASK%20%7B%20%22%3C/textarea%3E%22%20%7D")
    assert typed.find("textarea").text.strip() == 'ASK { "</textarea>" }'
    asked = read(client, f"/sparql/editeur?question={QC01}")
    assert asked.find("textarea").text.lstrip().startswith("# Qui, dans le Finistère")
    assert len({lien["href"] for lien in asked.select("a[href^='/questions/']")}) == 60
    assert len({lien["href"] for lien in asked.select("main a[href^='/sparql/editeur?question=']")}) == 60
    refused = client.get("/sparql/editeur?question=rien")
    assert (refused.status_code, "question" in refused.json()["detail"]) == (404, True)
    assert client.get("/sparql/editeur", params={"query": "a" * 20_000}).status_code == 422


def test_what_it_proposes(client: TestClient) -> None:
    answer = client.get("/sparql/vocabulaire")
    said = answer.json()
    assert said["prefixes"]["mai"] == "https://w3id.org/maillage/def#"
    termes = {nom: (libelle, genre) for nom, libelle, genre in said["termes"]}
    assert termes["mai:Financeur"] == ("Financeur", "classe")
    assert termes["mai:besoin"] == ("besoin", "propriete")
    assert termes["skos:prefLabel"] == ("", "propriete")
    notion = termes["besoin:comptabilite"]
    assert notion[0].startswith("Comptabilité (") and notion[1] == "notion"
    held = client.get("/sparql/vocabulaire", headers={"if-none-match": answer.headers["etag"]})
    assert held.status_code == 304
    english = {nom: libelle for nom, libelle, _ in client.get("/sparql/vocabulaire?lang=en").json()["termes"]}
    assert english["mai:besoin"] == "need"


def test_every_proposed_name_can_be_typed(client: TestClient) -> None:
    vocabulaire = client.get("/sparql/vocabulaire").json()
    assert not set(vocabulaire["schemas"]) & set(vocabulaire["prefixes"])
    prologue = " ".join(f"PREFIX {nom}: <{iri}>" for nom, iri in vocabulaire["schemas"].items())
    noms = [nom for nom, _, _ in vocabulaire["termes"]]
    assert "territoire:departement-14" in noms
    assert len(noms) == len(set(noms)) > 600
    for debut in range(0, len(noms), 150):
        requete = f"{prologue} SELECT * {{ VALUES ?x {{ {' '.join(noms[debut : debut + 150])} }} }}"
        answer = client.post("/sparql", data={"query": requete})
        assert answer.status_code == 200, answer.text
        assert len(answer.json()["results"]["bindings"]) == len(noms[debut : debut + 150])


@pytest.mark.usefixtures("without_npm")
def test_without_npm_the_plain_page_serves(client: TestClient) -> None:
    assert not has_editeur()
    moved = client.get(f"/sparql/editeur?question={QC01}", headers=NAVIGATEUR, follow_redirects=False)
    assert moved.status_code == 303
    page = read(client, moved.headers["location"])
    assert page.select_one(".reponse-sparql tbody tr")
    assert page.find("button", attrs={"formaction": True}) is None
    assert client.get("/static/yasgui.min.js").status_code == 404


def test_with_npm_the_plain_page_leads_there(client: TestClient) -> None:
    if not has_editeur():
        pytest.skip("YASGUI is missing: npm ci")
    button = read(client, "/sparql").find("button", attrs={"formaction": "/sparql/editeur"})
    assert button.text == "Écrire avec l’éditeur assisté"
    script = client.get("/static/yasgui.min.js")
    assert script.headers["content-type"].startswith("text/javascript")
