"""Every page answers, links to pages that answer, and says what went wrong in French."""

from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

PAGES = [
    "/",
    "/orientation",
    "/orientation?commune=14027&stade=employeur&besoins=convention-collective&secteur=petite-enfance",
    "/orientation?commune=Saint-Denis",
    "/acteurs",
    "/acteurs?q=s3a",
    "/acteurs?territoire=departement:29&type=Reseau",
    "/acteurs/s3a",
    "/acteurs/espace-bambins",
    "/cartographie",
    "/cartographie?territoire=departement:14",
    "/cartographie?territoire=departement:29",
    "/cartographie?territoire=region:22-1982",
    "/cartographie/roles?accompagnement=petite-enfance-calvados",
    "/cartographie/roles?territoire=region:22-1982",
    "/territoires",
    "/territoires?q=saint-denis",
    "/territoires/departement:14",
    "/territoires/commune:14027",
    "/sparql",
]


@pytest.mark.parametrize("adresse", PAGES)
def test_a_page_answers_and_its_links_too(client: TestClient, adresse: str) -> None:
    answer = client.get(adresse, headers={"accept": "text/html"})
    assert answer.status_code == 200
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.html is not None
    assert page.html["lang"] == "fr"
    assert page.title is not None
    assert page.title.get_text(strip=True)
    assert len(page.find_all("h1")) == 1
    assert not page.find_all(
        "script", src=False, type=lambda kind: kind not in ("application/json", "application/ld+json")
    )
    assert not page.find_all(style=True)
    assert not page.find_all("style")
    for tag, attribute in (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src")):
        for element in page.find_all(tag):
            cible = urlsplit(urljoin(f"http://testserver{adresse}", str(element.get(attribute) or "")))
            if cible.netloc == "testserver" and cible.path not in ("", urlsplit(adresse).path):
                found = client.get(cible._replace(fragment="").geturl(), headers={"accept": "text/html"})
                assert found.status_code == 200, f"{adresse} → {cible.path}?{cible.query}"


def test_every_actor_has_a_card(client: TestClient) -> None:
    slugs = set()
    for page in range(1, 10):
        answer = client.get("/acteurs", params={"page": page}, headers={"accept": "text/html"})
        links = BeautifulSoup(answer.text, "html.parser").select('a[href^="/acteurs/"]')
        slugs |= {str(link["href"]) for link in links}
    assert len(slugs) > 100
    for adresse in slugs:
        assert client.get(adresse).status_code == 200, adresse


@pytest.mark.parametrize(
    ("adresse", "statut"),
    [
        ("/nulle-part", 404),
        ("/acteurs/inconnu", 404),
        ("/acteurs/..%2f..%2fetc%2fpasswd", 404),
        ("/cartographie?territoire=departement:999", 404),
        ("/cartographie?type=Licorne", 422),
        ("/acteurs?secteur=licorne", 422),
        ("/orientation?commune=99999", 422),
        ("/orientation?commune=14027&effectif=six", 422),
        ("/static/..%2fmodele.py", 404),
    ],
)
def test_errors_help_people_and_tell_programs(client: TestClient, adresse: str, statut: int) -> None:
    page = client.get(adresse, headers={"accept": "text/html,*/*;q=0.8"})
    assert page.status_code == statut
    assert page.headers["content-type"].startswith("text/html")
    texte = BeautifulSoup(page.text, "html.parser").get_text()
    for leak in (
        "Traceback",
        "/site-packages",
        "starlette",
        "pydantic",
        "Internal Server Error",
        "Not Found",
    ):
        assert leak not in texte
    if adresse.startswith("/orientation"):
        return  # the form itself says what to correct
    problem = client.get(adresse, headers={"accept": "application/json"})
    assert problem.status_code == statut
    assert problem.headers["content-type"] == "application/problem+json"
    assert set(problem.json()) >= {"type", "title", "status", "detail"}


def test_an_unexpected_fault_says_nothing_of_the_inside(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> str:
        raise RuntimeError("secret /srv/data")

    monkeypatch.setattr("api.routes.pages.page_accueil", fail)
    for accept in ("text/html", "application/json"):
        answer = client.get("/", headers={"accept": accept})
        assert answer.status_code == 500
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-request-id"] in answer.text, "the number to quote"
        assert "secret" not in answer.text
        assert "/srv" not in answer.text


def test_safe_headers_are_on_every_answer(client: TestClient) -> None:
    for adresse in ("/", "/nulle-part", "/api/territoires?q=caen", "/static/maillage.css"):
        headers = client.get(adresse).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-maillage-edition"]


def test_a_static_file_is_kept_for_long_only_under_its_hash(client: TestClient) -> None:
    assert "immutable" in client.get("/static/maillage.css?v=abc").headers["cache-control"]
    plain = client.get("/static/reseau.js")
    assert plain.headers["cache-control"] == "no-cache"
    assert plain.headers["etag"]


def test_sante_says_the_edition(client: TestClient) -> None:
    answer = client.get("/sante")
    assert answer.status_code == 200
    assert answer.json()["edition"] == answer.headers["x-maillage-edition"]
    assert answer.json()["comptes"]["communes"] == 34_969


def test_any_commune_completes_without_accents(client: TestClient) -> None:
    def names(q: str) -> list[str]:
        found = client.get("/api/territoires", params={"q": q, "niveau": "commune"}).json()["territoires"]
        return [f"{place['nom']} ({place['code']})" for place in found]

    assert names("aunay sur odon")[0] == "Les Monts d'Aunay (14027)"
    assert names("herouville saint")[0] == "Hérouville-Saint-Clair (14327)"
    assert names("29232") == ["Quimper (29232)"]
    assert names("saint etienne")[0] == "Saint-Étienne (42218)"
    assert names("") == []


def test_vocabularies_are_open(client: TestClient) -> None:
    codes = [c["code"] for c in client.get("/api/vocabulaires/stade").json()["concepts"]]
    assert set(codes) == {"benevole", "projet", "primo-employeur", "employeur"}
    assert client.get("/api/vocabulaires/licorne").status_code == 404


def test_the_document_of_the_api_lists_its_routes(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    assert {"/api/orientation", "/api/orientation/lot", "/api/territoires", "/sante"} <= set(paths)


def test_a_need_in_ones_own_words_is_confirmed_without_script(client: TestClient) -> None:
    asked = {"commune": "14027", "texte": "on ne sait pas faire une fiche de paie"}
    page = BeautifulSoup(client.get("/orientation", params=asked).text, "html.parser")
    (case,) = page.select("#proposes input[name=besoins]")
    assert (case["value"], case.has_attr("checked")) == ("gestion-paie", True)
    sent = {"commune": "14027", "texte": "", "besoins": case["value"]}
    answer = BeautifulSoup(client.get("/orientation", params=sent).text, "html.parser")
    assert answer.select_one(".reponses") is not None or answer.select_one(".repli") is not None
    unknown = client.get("/orientation", params={"commune": "14027", "texte": "xyzzy"})
    assert unknown.status_code == 422
    assert "pas reconnu de besoin" in unknown.text
