"""``/dumps/``: the edition as files, whole, by graph, and never at the expense of who asks questions."""

import gzip
import re
from collections import Counter

import pyoxigraph as ox
import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from api.routes import dumps
from ontology.namespaces import EDITION, MAILLAGE
from tests.api.sparql_client import NAVIGATEUR

CALVADOS = "source/calvados-petite-enfance-2009"


@pytest.fixture(scope="module")
def fichiers(client: TestClient) -> dict[str, str]:
    return {f["graphe"]: f["adresse"] for f in client.get("/dumps/").json()["fichiers"]}


def test_the_whole_is_its_named_graphs(client: TestClient, fichiers: dict[str, str]) -> None:
    reponse = client.get(fichiers[""])
    assert (reponse.status_code, reponse.headers["content-type"]) == (200, "application/gzip")
    texte = gzip.decompress(reponse.content)
    found = Counter(str(ligne.rsplit(b" ", 2)[1], "ascii")[1:-1] for ligne in texte.splitlines())
    requete = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    rows = client.get("/sparql", params={"query": requete}).json()["results"]["bindings"]
    assert dict(found) == {row["g"]["value"]: int(row["n"]["value"]) for row in rows}
    assert set(found) <= set(fichiers)


def test_a_source_as_turtle(client: TestClient, fichiers: dict[str, str]) -> None:
    adresse = fichiers[MAILLAGE + CALVADOS]
    assert adresse.endswith(f"/{CALVADOS}.ttl.gz")
    store = ox.Store()
    store.load(gzip.decompress(client.get(adresse).content), format=ox.RdfFormat.TURTLE)
    requete = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{MAILLAGE}{CALVADOS}> {{ ?s ?p ?o }} }}"
    (row,) = client.get("/sparql", params={"query": requete}).json()["results"]["bindings"]
    assert len(store) == int(row["n"]["value"]) > 1000


def test_what_is_held_or_only_described_is_not_written(
    client: TestClient, fichiers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dumps, "ENSEMBLE", 0)
    head = client.head(fichiers[""])
    assert (head.status_code, head.content) == (200, b"")
    assert "content-length" not in head.headers
    held = client.get(fichiers[""], headers={"if-none-match": head.headers["etag"]})
    assert held.status_code == 304
    busy = client.get(fichiers[""])
    assert busy.status_code == 503
    assert busy.headers["retry-after"]


def test_a_place_is_given_back_and_others_are_unknown(client: TestClient, fichiers: dict[str, str]) -> None:
    petit = fichiers[f"{MAILLAGE}voc/stade"]
    assert [client.get(petit).status_code for _ in range(3)] == [200, 200, 200]
    for chemin in ("x.nq.gz", "../manifest.json", f"{petit[7:]}x", "%2e%2e/current"):
        assert client.get(f"/dumps/{chemin}").status_code == 404


def test_they_are_found_from_the_page_and_from_the_description(
    client: TestClient, fichiers: dict[str, str]
) -> None:
    page = BeautifulSoup(client.get("/dumps", headers=NAVIGATEUR).text, "html.parser")
    assert {a["href"] for a in page.select("main a[download]")} == set(fichiers.values())
    (identifiant,) = (iri for iri in fichiers if iri.startswith(str(EDITION)))
    ecrit = client.get(f"{identifiant.removeprefix(MAILLAGE.rstrip('/'))}.nt").text
    for adresse in (fichiers[""], fichiers[MAILLAGE + CALVADOS]):
        assert f"<http://rdfs.org/ns/void#dataDump> <{MAILLAGE}{adresse[1:]}>" in ecrit


def test_each_file_is_told_before_it_is_taken(client: TestClient) -> None:
    fichiers = {f["graphe"]: f for f in client.get("/dumps/").json()["fichiers"]}
    tout, calvados = fichiers[""], fichiers[MAILLAGE + CALVADOS]
    assert (tout["format"], calvados["format"]) == ("application/n-quads", "text/turtle")
    assert calvados["date"] == "2009"
    assert tout["octets"] > calvados["octets"] > 20_000
    page = BeautifulSoup(client.get("/dumps", headers=NAVIGATEUR).text, "html.parser")
    for fichier in fichiers.values():
        lien = page.find("a", {"href": fichier["adresse"]})
        assert lien.text == fichier["titre"]
        assert re.search(r"\d\s(k|M)o,", lien.find_next_sibling(class_="aide").text)
    dit = page.find("a", {"href": calvados["adresse"]}).find_next_sibling(class_="aide")
    assert re.search(r"36\sko.*2009.*CC BY 4.0", dit.text)
