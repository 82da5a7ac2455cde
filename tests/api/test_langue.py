"""The language of a request: the parameter, else the cookie, else French; nothing ever mixes two."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from api.app import create_app
from api.langue import split_language
from api.settings import Settings

PAGE = {"Accept": "text/html"}
SUITE = {"fr": "Aller au contenu", "en": "Skip to content"}


@pytest.fixture
def visiteur(client: TestClient) -> TestClient:
    """A client whose cookies are its own, on the application that the other tests ask."""
    return TestClient(client.app, raise_server_exceptions=False)


def _soup(texte: str) -> BeautifulSoup:
    return BeautifulSoup(texte, "html.parser")


def _said(texte: str) -> str:
    """Return the language that a page declares, once its first words are found to be of it."""
    soup = _soup(texte)
    langue = str(soup.html["lang"])
    assert soup.select_one(".evitement").text == SUITE[langue]
    return langue


def test_french_is_the_language_when_nobody_chose(visiteur: TestClient) -> None:
    reponse = visiteur.get("/territoires", headers=PAGE | {"Accept-Language": "en-GB,en;q=0.9"})
    assert _said(reponse.text) == "fr"
    assert reponse.headers["content-language"] == "fr"
    assert "set-cookie" not in reponse.headers


def test_a_choice_is_answered_and_remembered(visiteur: TestClient) -> None:
    reponse = visiteur.get("/territoires?lang=en", headers=PAGE)
    assert _said(reponse.text) == "en"
    cookie = reponse.headers["set-cookie"]
    assert cookie == "langue=en; Max-Age=31536000; Path=/; SameSite=Lax; HttpOnly"
    assert _said(visiteur.get("/acteurs", headers=PAGE).text) == "en"
    assert _said(visiteur.get("/acteurs?lang=fr", headers=PAGE).text) == "fr"
    assert _said(visiteur.get("/territoires", headers=PAGE).text) == "fr"


def test_the_cookie_is_kept_from_the_network_where_the_site_is_encrypted(data: Path) -> None:
    with TestClient(create_app(Settings(data=data)), base_url="https://maillage.test") as client:
        assert client.get("/territoires?lang=en", headers=PAGE).headers["set-cookie"].endswith("; Secure")


@pytest.mark.parametrize("langue", ["xx", "", "EN", "en%0d%0aX-Y: z", "%ff", "en;q=1"])
def test_an_unknown_language_is_french_and_no_error(visiteur: TestClient, langue: str) -> None:
    visiteur.cookies.set("langue", "en")
    reponse = visiteur.get(f"/territoires?lang={langue}", headers=PAGE)
    assert (reponse.status_code, _said(reponse.text)) == (200, "fr")
    assert "set-cookie" not in reponse.headers


@pytest.mark.parametrize("cookie", ["langue=xx", 'langue="', "langue", "a=b; langue=<x>; ;", "\xff=\xfe"])
def test_a_spoilt_cookie_is_no_choice(visiteur: TestClient, cookie: str) -> None:
    reponse = visiteur.get("/territoires", headers={**PAGE, "Cookie": cookie.encode("latin-1")})
    assert (reponse.status_code, _said(reponse.text)) == (200, "fr")


def test_the_switch_keeps_the_address_and_its_query(visiteur: TestClient) -> None:
    reponse = visiteur.get("/acteurs?q=a%26b%22%3E&type=Reseau&lang=fr&page=1", headers=PAGE)
    lien = _soup(reponse.text).select_one(".langue a")
    assert (lien["lang"], lien["hreflang"], lien.text) == ("en", "en", "English")
    assert lien["href"] == "/acteurs?q=a%26b%22%3E&type=Reseau&page=1&lang=en"
    suite = _soup(visiteur.get(lien["href"], headers=PAGE).text)
    assert suite.select_one(".langue a")["href"] == "/acteurs?q=a%26b%22%3E&type=Reseau&page=1&lang=fr"
    alternatives = {a["hreflang"]: a["href"] for a in suite.select("head link[hreflang]")}
    bare = "/acteurs?q=a%26b%22%3E&type=Reseau&page=1"
    assert alternatives == {"fr": bare, "en": f"{bare}&lang=en", "x-default": bare}


def test_search_engines_are_told_one_address_for_each_language(visiteur: TestClient) -> None:
    def canonical(adresse: str) -> str:
        return str(_soup(visiteur.get(adresse, headers=PAGE).text).select_one("link[rel=canonical]")["href"])

    assert canonical("/acteurs/s3a") == canonical("/acteurs/s3a?lang=fr") == "/acteurs/s3a"
    assert canonical("/acteurs/s3a?lang=en") == "/acteurs/s3a?lang=en"


def test_the_switch_never_leads_to_another_site(visiteur: TestClient) -> None:
    reponse = visiteur.get("http://testserver//ailleurs.example/%22%3E%3Cb%3E", headers=PAGE)
    assert reponse.status_code == 404
    assert _soup(reponse.text).select_one(".langue a")["href"].startswith("/ailleurs.example/%22%3E%3Cb%3E?")


@pytest.mark.parametrize("chemin", ["/acteurs/inconnu", "/def/9.9.9", "/territoires/departement:00"])
def test_errors_are_said_in_the_language(visiteur: TestClient, chemin: str) -> None:
    assert _said(visiteur.get(f"{chemin}?lang=en", headers=PAGE).text) == "en"


def test_strict_routes_never_see_the_language(visiteur: TestClient) -> None:
    reponse = visiteur.get("/api/orientation?commune=14118&stade=employeur&lang=en")
    assert reponse.status_code == 200
    assert reponse.headers["content-language"] == "en"
    assert "set-cookie" not in reponse.headers
    assert visiteur.get("/api/orientation?commune=14118&langage=en").status_code == 422


def test_reasons_of_an_answer_follow_the_language_and_nothing_keeps_them(visiteur: TestClient) -> None:
    demande = "/api/orientation?commune=14027&stade=employeur&besoins=comptabilite&secteur=petite-enfance"

    def ask(langue: str) -> dict[str, Any]:
        return visiteur.get(f"{demande}{langue}").json()

    francais, anglais = ask(""), ask("&lang=en")
    assert ask("") == ask("&lang=fr") == francais
    assert ask("&lang=en") == anglais

    def said(reponse: dict[str, Any]) -> list[str]:
        lignes = [ligne["texte"] for reco in reponse["recommandations"] for ligne in reco["raisons"]]
        return [*lignes, *(etape["titre"] for etape in reponse["parcours"])]

    pairs = list(zip(said(francais), said(anglais), strict=True))
    assert pairs and all(fr != en for fr, en in pairs)
    ordre = [
        [reco["acteur"]["nom"] for reco in reponse["recommandations"]] for reponse in (francais, anglais)
    ]
    assert ordre[0] == ordre[1]


@pytest.mark.parametrize(
    ("chemin", "dit"),
    [
        ("/api/orientation?commune=zzzz&stade=employeur", "No commune is called “zzzz”"),
        ("/api/orientation?commune=14027&inconnu=1", "The field “inconnu” is not known"),
        ("/sparql?query=SELEC", "A query begins with SELECT"),
        ("/api/territoires/departement:00", "This place does not exist"),
        ("/nulle-part", "This page does not exist"),
    ],
)
def test_programs_are_told_errors_in_their_language(visiteur: TestClient, chemin: str, dit: str) -> None:
    reponse = visiteur.get(f"{chemin}{'&' if '?' in chemin else '?'}lang=en")
    assert reponse.status_code in (400, 404, 422)
    assert reponse.json()["detail"].startswith(dit)
    assert not visiteur.get(chemin).json()["detail"].startswith(dit)


def test_tables_to_take_away_follow_the_language(visiteur: TestClient) -> None:
    reponse = visiteur.get("/orientation?commune=14027&stade=employeur&format=csv&lang=en")
    assert reponse.headers["content-language"] == "en" and "Cookie" in reponse.headers["vary"]
    assert "Section;Rank;Organisation" in reponse.text


def test_needs_are_recognised_in_english_words_on_english_pages(visiteur: TestClient) -> None:
    phrase = {"q": "how do we write a job description"}
    anglais = visiteur.get("/api/orientation/besoins", params=phrase | {"lang": "en"}).json()
    assert anglais["besoins_proposes"][0]["code"] == "fiche-de-poste"
    assert visiteur.get("/api/orientation/besoins", params=phrase).json()["besoins_proposes"] == []


def test_a_redirection_remembers_the_choice(visiteur: TestClient) -> None:
    reponse = visiteur.get("/territoires/14118?lang=en", headers=PAGE)
    assert reponse.history
    assert _said(reponse.text) == "en"


@pytest.mark.parametrize(
    ("chemin", "accept"), [("/def", "text/html"), ("/voc/stade.html", "text/html"), ("/acteurs", "text/html")]
)
def test_a_cache_never_mixes_two_languages(visiteur: TestClient, chemin: str, accept: str) -> None:
    entetes = {"Accept": accept}
    francais = visiteur.get(chemin, headers=entetes)
    visiteur.cookies.set("langue", "en")
    anglais = visiteur.get(chemin, headers=entetes)
    assert "Cookie" in francais.headers["vary"] and "Cookie" in anglais.headers["vary"]
    assert (_said(francais.text), _said(anglais.text)) == ("fr", "en")
    if etag := francais.headers.get("etag"):
        assert etag != anglais.headers["etag"]
        assert visiteur.get(chemin, headers=entetes | {"If-None-Match": etag}).status_code == 200
        held = visiteur.get(chemin, headers=entetes | {"If-None-Match": anglais.headers["etag"]})
        assert held.status_code == 304 and "Cookie" in held.headers["vary"]


@pytest.mark.parametrize("chemin", ["/static/maillage.css", "/def.ttl", "/sitemap.xml"])
def test_what_holds_no_sentence_is_the_same_for_all(visiteur: TestClient, chemin: str) -> None:
    assert "Cookie" not in visiteur.get(f"{chemin}?lang=en").headers.get("vary", "")


def test_threads_never_mix_two_languages(visiteur: TestClient) -> None:
    def ask(langue: str) -> tuple[str, str]:
        reponse = visiteur.get(f"/territoires?lang={langue}", headers=PAGE)
        return langue, _said(reponse.text)

    with ThreadPoolExecutor(16) as threads:
        dits = list(threads.map(ask, ["fr", "en"] * 40))
    assert all(asked == said for asked, said in dits)
    assert {said for _, said in dits} == {"fr", "en"}


@pytest.mark.parametrize(
    ("requete", "reste", "langue"),
    [
        ("", "", None),
        ("lang=en", "", "en"),
        ("a=1&lang=en&lang=fr&b=", "a=1&b=", "fr"),
        ("lang", "", ""),
        ("slang=en&langue=fr", "slang=en&langue=fr", None),
        ("q=%C3%A9&&lang=e%6E", "q=%C3%A9&", "en"),
    ],
)
def test_the_language_is_taken_out_of_the_query(requete: str, reste: str, langue: str | None) -> None:
    assert split_language(requete) == (reste, langue)
