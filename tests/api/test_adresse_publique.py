"""Behind a proxy, below a path of its host: no address of an answer leaves the instance."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient
from pydantic import ValidationError

from api.app import create_app
from api.publique import read_public_address, write_addresses
from api.settings import Settings
from tests.api.sparql_client import NAVIGATEUR

PUBLIQUE = "https://cress.example/outils/maillage"
RACINE = "/outils/maillage"
DEPARTS = (
    "/",
    "/orientation?commune=14118&besoins=convention-collective&stade=employeur",
    "/acteurs?territoire=departement:14",
    "/acteurs/s3a",
    "/territoires/departement:14",
    "/cartographie?territoire=departement:14",
    "/cartographie?chemin=espace-bambins&vers=Financeur",
    "/cartographie?par=departement",
    "/cartographie/carte",
    "/cartographie/matrice?territoire=departement:29",
    "/cartographie/roles?territoire=departement:14",
    "/couverture?territoire=departement:14",
    "/accompagnements",
    "/questions",
    "/questions/qc01-finistere-premier-emploi",
    "/sparql",
    "/sparql?query=SELECT+*+%7B+%3Fs+%3Fp+%3Fo+%7D+LIMIT+3",
    "/dumps",
    "/def.html",
    "/voc/stade.html",
    "/source/calvados-petite-enfance-2009.html",
    "/une/adresse/inconnue",
)
PORTEURS = ("href", "src", "action", "formaction", "xlink:href", "content")


@pytest.fixture(scope="module")
def site(data: Path) -> Iterator[TestClient]:
    app = create_app(Settings(data=data, url_publique=PUBLIQUE))
    with TestClient(app, base_url="http://10.0.0.7:8000", follow_redirects=False) as client:
        yield client


def _addresses(texte: str) -> set[str]:
    """Addresses of the site in a page: in its elements, and in what it gives to scripts and crawlers."""
    soup = BeautifulSoup(texte, "html.parser")
    found = {
        str(valeur)
        for element in soup.find_all(True)
        for nom, valeur in element.attrs.items()
        if nom in PORTEURS or nom.startswith("data-")
        if isinstance(valeur, str) and re.match(r"/|https?://(cress\.example|10\.0\.0\.7|testserver)", valeur)
    }
    for script in soup.select("script[type$=json]"):
        found |= _in_json(json.loads(script.text))
    return found


def _in_json(valeur: object) -> set[str]:
    match valeur:
        case dict():
            return {adresse for part in valeur.values() for adresse in _in_json(part)}
        case list():
            return {adresse for part in valeur for adresse in _in_json(part)}
        case str() if re.match(r"/[a-z]*|https?://(cress\.example|10\.0\.0\.7)", valeur):
            return {valeur}
    return set()


def _inside(adresse: str) -> str:
    """The path below the root, and its query; fails for an address that escapes."""
    whole = urlsplit(urljoin(PUBLIQUE, adresse))
    assert (whole.scheme, whole.netloc) == ("https", "cress.example"), adresse
    assert whole.path == RACINE or whole.path.startswith(f"{RACINE}/"), adresse
    assert not whole.path.startswith(RACINE * 2), adresse
    return whole._replace(scheme="", netloc="", fragment="").geturl()


def test_no_link_of_a_page_leaves_the_root(site: TestClient) -> None:
    """Whether the proxy takes the path off (the addresses we start from) or not (those that we follow)."""
    seen: dict[str, str] = {}
    for depart in DEPARTS:
        page = site.get(depart, headers=NAVIGATEUR)
        found = {adresse: _inside(adresse) for adresse in _addresses(page.text)}
        assert len(found) > 10, depart
        seen |= dict.fromkeys(found.values(), depart)
    kinds: dict[str, list[str]] = {}
    for chemin in sorted(seen):
        kinds.setdefault(re.sub(r"[^/]*$", "", urlsplit(chemin).path), []).append(chemin)
    followed = [chemin for group in kinds.values() for chemin in group[:4] if ".nq.gz" not in chemin]
    for chemin in followed:
        answer = site.get(chemin, headers=NAVIGATEUR)
        expected = (
            (404,) if "inconnue" in chemin else (422,) if chemin.endswith("/api/acteurs") else (200, 303, 308)
        )
        assert answer.status_code in expected, (chemin, seen[chemin])
        for nom in ("location", "content-location"):
            if nom in answer.headers:
                _inside(answer.headers[nom])
        for lien in re.findall(r"<(/[^>]*)>", answer.headers.get("link", "")):
            _inside(lien)
        if answer.headers.get("content-type", "").startswith("text/html"):
            for adresse in _addresses(answer.text):
                _inside(adresse)
    assert len(followed) > 60


def test_machines_are_told_the_whole_address(site: TestClient) -> None:
    page = BeautifulSoup(site.get("/acteurs/s3a", headers=NAVIGATEUR).text, "html.parser")
    assert page.select_one("link[rel=canonical]")["href"] == f"{PUBLIQUE}/acteurs/s3a"
    assert page.select_one("link[hreflang=en]")["href"] == f"{PUBLIQUE}/acteurs/s3a?lang=en"
    structure = json.loads(page.select_one('script[type="application/ld+json"]').text)
    assert _in_json(structure) == {f"{PUBLIQUE}/acteurs", f"{PUBLIQUE}/acteurs/s3a"}
    assert site.get("/robots.txt").text.splitlines()[-1] == f"Sitemap: {PUBLIQUE}/sitemap.xml"
    assert f"Disallow: {RACINE}/sparql" in site.get("/robots.txt").text
    assert f"<loc>{PUBLIQUE}/acteurs/s3a</loc>" in site.get("/sitemap-1.xml").text
    assert site.get("/api/openapi.json").json()["servers"] == [{"url": PUBLIQUE}]
    service = site.get("/sparql", headers={"accept": "text/turtle"}).text
    assert f"<{PUBLIQUE}/sparql>" in service
    edition = site.get("/sante").json()["edition"]
    enonces = site.get(f"/edition/{edition}.nt").text
    for terme in ("void#sparqlEndpoint", "dcat#endpointURL", "dcat#downloadURL", "void#dataDump"):
        found = re.findall(rf"{terme}> <([^>]*)>", enonces)
        assert found
        assert all(objet.startswith(f"{PUBLIQUE}/") for objet in found), terme


def test_what_is_shared_cut_or_taken_away_names_it_too(site: TestClient) -> None:
    page = BeautifulSoup(site.get("/cartographie/carte", headers=NAVIGATEUR).text, "html.parser")
    assert page.find(id="partager-adresse")["value"] == f"{PUBLIQUE}/cartographie/carte"
    assert f'src="{PUBLIQUE}/cartographie/carte?embed=1"' in page.find(id="partager-cadre").text
    cut = site.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"}, headers={"accept": "text/csv"})
    assert cut.headers["link"].startswith(f"<{PUBLIQUE}/sparql?query=")
    next_page = site.get("/id/territoire/departement-14.ttl").headers["link"]
    assert (
        set(re.findall(r"<(/[^>]*)>", next_page))
        and f"<{RACINE}/id/territoire/departement-14.nt>" in next_page
    )
    fichier = site.get("/cartographie/carte/export.json").text
    assert f'"{PUBLIQUE}/territoires/departement:14"' in fichier
    csv = site.get(
        "/orientation", params={"commune": "14118", "besoins": "convention-collective", "format": "csv"}
    )
    assert f"{PUBLIQUE}/acteurs/" in csv.text


def test_the_language_is_kept_for_this_instance_alone(site: TestClient) -> None:
    cookie = site.get("/?lang=en", headers=NAVIGATEUR).headers["set-cookie"]
    assert f"Path={RACINE};" in cookie
    assert "Secure" in cookie
    site.cookies.clear()


def test_a_path_alone_leaves_the_host_to_each_request(data: Path) -> None:
    with TestClient(create_app(Settings(data=data, url_publique="/m/"))) as client:
        moved = client.get("/m/acteurs/", headers=NAVIGATEUR)
        assert moved.url.path == "/m/acteurs"
        assert BeautifulSoup(moved.text, "html.parser").select("a[href^='/m/acteurs/']")
        assert client.get("/m/robots.txt").text.splitlines()[-1] == "Sitemap: http://testserver/m/sitemap.xml"
        assert client.head("/m/acteurs").status_code == 200


def test_pages_held_from_another_address_are_not_said_unchanged(client: TestClient, site: TestClient) -> None:
    held = client.get("/questions", headers=NAVIGATEUR).headers["etag"]
    assert site.get("/questions", headers={**NAVIGATEUR, "if-none-match": held}).status_code == 200


@pytest.mark.parametrize(
    "texte", ["cress.example", "ftp://x.fr", "https://x.fr/a b", "https://x.fr/?q", '/"><x', "//x.fr"]
)
def test_what_is_no_address_is_refused(texte: str) -> None:
    with pytest.raises(ValidationError):
        Settings(url_publique=texte)


def test_what_people_wrote_is_left_alone() -> None:
    adresse = read_public_address("/m")
    for corps in (
        b'<p>href=&#34;/a&#34; "/b"</p>',
        rb'{"nom": "\"adresse\": \"/x", "q": "/y"}',
        b'<a href="//x">',
    ):
        assert write_addresses(corps, adresse) == corps
