"""Machines find their way: descriptions of editions, sitemap, robots.txt."""

from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from api.routes import decouverte
from ontology.namespaces import EDITION, PREFIXES

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def _edition(client: TestClient) -> str:
    return client.get("/sante").json()["edition"]


def _locs(client: TestClient, adresse: str) -> list[str]:
    return [balise.text for balise in ElementTree.fromstring(client.get(adresse).content).iter(LOC)]


def test_the_api_has_a_page_and_the_usual_addresses_lead_there(client: TestClient) -> None:
    page = client.get("/api")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    paths = client.get("/api/openapi.json").json()["paths"]
    dites = page.text.replace("\u200b", "")
    assert all(chemin in dites for chemin in paths)
    parts = BeautifulSoup(page.text, "html.parser").select("script[src], link[rel=stylesheet], img")
    assert not [part for part in parts if "//" in str(part.get("src") or part.get("href"))]
    for adresse in ("/docs", "/api/", "/redoc"):
        assert client.get(adresse).url.path == "/api"
    assert client.get("/openapi.json").json()["openapi"]
    for autre in ("/", "/sparql"):
        assert 'href="/api"' in client.get(autre, headers={"accept": "text/html"}).text


def test_the_well_known_address_leads_to_the_whole_description(client: TestClient) -> None:
    reponse = client.get("/.well-known/void", headers={"Accept": "text/turtle"})
    assert reponse.url.path == f"/edition/{_edition(client)}.ttl"
    store = ox.Store()
    store.load(reponse.content, format=ox.RdfFormat.TURTLE)
    motif = "void:classPartition [ void:class mai:Acteur ; void:entities ?n ]"
    demande = f"ASK {{ <{EDITION}{_edition(client)}> {motif} }}"
    assert bool(store.query(demande, prefixes=PREFIXES))


def test_an_edition_has_a_page(client: TestClient) -> None:
    reponse = client.get(f"/edition/{_edition(client)}", headers={"Accept": "text/html"})
    soup = BeautifulSoup(reponse.text, "html.parser")
    assert soup.h1.text == f"Maillage, édition {_edition(client)}"
    assert "Jeu de données" in soup.select_one(".surtitre").text
    assert any(
        li.text.startswith("Acteur\u00a0:") or li.text.startswith("Acteur :") for li in soup.select("dd li")
    )
    assert not [dt.text for dt in soup.select("dt") if dt.text.startswith(("void:", "dcat:", "http"))]


@pytest.mark.parametrize("nom", ["2020-01-01-00000000", "x", "2020-01-01-00000000.ttl", "%2e%2e%2fcache"])
def test_another_edition_is_unknown(client: TestClient, nom: str) -> None:
    assert client.get(f"/edition/{nom}").status_code == 404


def test_crawlers_are_kept_off_what_costs(client: TestClient) -> None:
    lignes = client.get("/robots.txt").text.splitlines()
    assert lignes[0] == "User-agent: *"
    assert {"Disallow: /sparql", "Disallow: /api/"} <= set(lignes)
    assert lignes[-1] == "Sitemap: http://testserver/sitemap.xml"


def test_the_sitemap_lists_pages_that_answer(client: TestClient) -> None:
    (fichier,) = _locs(client, "/sitemap.xml")
    adresses = [loc.removeprefix("http://testserver") for loc in _locs(client, fichier)]
    assert len(adresses) == len(set(adresses))
    assert {"/", "/acteurs/s3a", "/territoires/departement:14", "/voc/stade/projet.html"} <= set(adresses)
    assert not [adresse for adresse in adresses if adresse.startswith("/territoires/commune")]
    for adresse in (*adresses[:12], *adresses[-12:]):
        assert client.get(adresse, follow_redirects=False).status_code == 200, adresse


def test_a_long_sitemap_is_cut(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    entier = _locs(client, "/sitemap-1.xml")
    monkeypatch.setattr(decouverte, "PAR_FICHIER", 1000)
    fichiers = _locs(client, "/sitemap.xml")
    assert len(fichiers) == -(-len(entier) // 1000) > 1
    assert [loc for fichier in fichiers for loc in _locs(client, fichier)] == entier


@pytest.mark.parametrize("numero", ["0", "-1", "99"])
def test_there_is_no_other_sitemap(client: TestClient, numero: str) -> None:
    assert client.get(f"/sitemap-{numero}.xml").status_code == 404
