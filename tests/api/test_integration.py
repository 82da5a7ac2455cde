"""Cartographies inside other sites: who may frame what, what a framed page keeps, what there is to paste."""

import html
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient
from pydantic import ValidationError
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app as commande
from api.integration import read_origins
from api.settings import Settings

CADRES = [
    "/cartographie?territoire=departement:14",
    "/cartographie/roles?accompagnement=petite-enfance-calvados",
    "/territoires/departement:14",
]
LIBRES = ["/", "/orientation", "/acteurs/s3a", "/sparql"]


def ancestors(client: TestClient, adresse: str) -> str:
    regle = client.get(adresse, headers={"accept": "text/html"}).headers["content-security-policy"]
    (ancetres,) = [part.strip() for part in regle.split(";") if "frame-ancestors" in part]
    return ancetres


@pytest.fixture(scope="module")
def open_client(data: Path) -> TestClient:
    return TestClient(
        create_app(Settings(data=data, integration="https://cress.example, https://*.b.example"))
    )


def embed(adresse: str) -> str:
    return f"{adresse}{'&' if '?' in adresse else '?'}embed=1"


@pytest.mark.parametrize("adresse", [*CADRES, *LIBRES])
def test_by_default_only_the_site_itself_frames_its_pages(client: TestClient, adresse: str) -> None:
    assert ancestors(client, adresse) == ancestors(client, embed(adresse)) == "frame-ancestors 'self'"


def test_a_setting_lets_sites_frame_the_cartographies_alone(open_client: TestClient) -> None:
    with open_client as client:
        for adresse in CADRES:
            attendu = "frame-ancestors 'self' https://cress.example https://*.b.example"
            assert ancestors(client, embed(adresse)) == attendu
            assert ancestors(client, adresse) == "frame-ancestors 'self'", "the full page has forms"
        for adresse in LIBRES:
            assert ancestors(client, embed(adresse)) == "frame-ancestors 'self'"


@pytest.mark.parametrize("adresse", CADRES)
def test_a_framed_page_is_the_figure_its_credit_and_links_that_leave(
    client: TestClient, adresse: str
) -> None:
    page = BeautifulSoup(client.get(embed(adresse), headers={"accept": "text/html"}).text, "html.parser")
    assert page.select("header.entete, nav.vues, .pied, .menu, .partager, .evitement") == []
    assert page.base is not None and page.base["target"] == "_top" and not page.base.get("href")
    credit = page.select_one("footer.credit")
    assert credit is not None and "édition" in credit.get_text()
    lien = credit.a
    assert lien is not None and lien["href"] == adresse and lien["rel"] == ["noopener"]
    assert page.h1 is not None and page.title is not None
    entiere = BeautifulSoup(client.get(adresse, headers={"accept": "text/html"}).text, "html.parser")
    assert len(page.select("main table")) == len(entiere.select("main table"))


def test_a_framed_path_keeps_its_sentences_and_loses_its_form(client: TestClient) -> None:
    chemin = embed("/cartographie?territoire=departement:14&chemin=espace-bambins")
    page = BeautifulSoup(client.get(chemin, headers={"accept": "text/html"}).text, "html.parser")
    assert page.select(".chemins:not([data-en-ligne]) .chemins-etapes figcaption")
    seule = BeautifulSoup(
        client.get(embed("/cartographie"), headers={"accept": "text/html"}).text, "html.parser"
    )
    assert not seule.select(".chemins:not([data-en-ligne])")


def test_who_may_show_it_is_said_before_what_to_paste(client: TestClient) -> None:
    page = BeautifulSoup(
        client.get("/cartographie/carte", headers={"accept": "text/html"}).text, "html.parser"
    )
    avis, cadre = page.select_one("#partager-ferme"), page.select_one("#partager-cadre")
    assert avis is not None and cadre is not None
    assert cadre in avis.find_all_next("textarea")
    assert str(cadre["aria-describedby"]).split() == ["partager-ferme", "partager-aide"]


def test_what_there_is_to_paste_is_html_and_leads_back(client: TestClient) -> None:
    adresse = "/cartographie/roles?territoire=departement:14"
    page = BeautifulSoup(client.get(adresse, headers={"accept": "text/html"}).text, "html.parser")
    champ, cadre = page.select_one("#partager-adresse"), page.select_one("#partager-cadre")
    assert champ is not None and champ["value"] == f"http://testserver{adresse}"
    assert cadre is not None
    iframe = BeautifulSoup(cadre.get_text(), "html.parser").iframe
    assert iframe is not None and iframe["src"] == f"http://testserver{adresse}&embed=1"
    assert "Calvados" in str(iframe["title"])
    assert client.get(str(iframe["src"])).status_code == 200


def test_what_there_is_to_paste_keeps_the_language(client: TestClient) -> None:
    page = BeautifulSoup(
        client.get("/cartographie?territoire=departement:14&lang=en", headers={"accept": "text/html"}).text,
        "html.parser",
    )
    assert "lang=en&embed=1" in html.unescape(page.select_one("#partager-cadre").get_text())  # type: ignore[union-attr]
    client.cookies.clear()


def test_a_hostile_host_is_not_given_to_paste(client: TestClient) -> None:
    answer = client.get("/territoires/departement:14", headers={"host": 'a"><script>alert(1)</script>'})
    assert "alert(1)" not in answer.text


def test_a_page_that_shares_nothing_has_no_such_box(client: TestClient) -> None:
    for adresse in LIBRES:
        assert "partager-cadre" not in client.get(adresse, headers={"accept": "text/html"}).text


@pytest.mark.parametrize(
    ("texte", "lues"),
    [
        ("", ()),
        ("*", ("*",)),
        ("https://cress.fr", ("https://cress.fr",)),
        ("https://a.fr:8443 http://localhost:3000,", ("https://a.fr:8443", "http://localhost:3000")),
    ],
)
def test_origins_are_read(texte: str, lues: tuple[str, ...]) -> None:
    assert read_origins(texte) == lues


@pytest.mark.parametrize(
    "texte",
    [
        "cress.fr",
        "https://a.fr/page",
        "https://a.fr; script-src *",
        "'none'",
        "javascript:alert(1)",
        "https://a.fr, *",
        "https://-a.fr",
        "https://a.fr\r\nX-B: c",
        "https://é.fr",
    ],
)
def test_what_is_no_origin_is_refused_at_start_in_one_sentence(
    texte: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ValidationError, match="n’est pas l’origine d’un site"):
        Settings(data=tmp_path, integration=texte)
    monkeypatch.setenv("MAILLAGE_INTEGRATION", texte)
    dit = CliRunner().invoke(commande, ["editions", "list"])
    assert dit.exit_code == 2
    assert dit.output.replace("\xa0", " ").startswith("MAILLAGE_INTEGRATION : « ")
    assert dit.output.count("\n") == 1
