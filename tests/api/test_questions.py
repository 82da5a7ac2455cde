"""``/questions``: each ready-made question at its address, with its parameters, in every format."""

import csv
import re
from importlib.resources import files

import pytest
from bs4 import BeautifulSoup
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.routes.questions import routes_of
from graph.parametres import Parametre, read_parametres
from graph.queries import parse_requete
from graph.sparql.questions import Question, load_questions
from tests.api.sparql_client import NAVIGATEUR, media

QC01 = "/questions/qc01-finistere-premier-emploi"
QC05 = "/questions/qc05-prestataires-du-dla-calvados"
MOT = Question("mot", "Quel mot ?", '# Quel mot ?\nSELECT ?mot WHERE {\n  VALUES ?mot { "a" }\n}')
HOSTILES = [
    '" } ?s ?p ?o . { "',
    "'><script>alert(1)</script>",
    "100 %25 a+b %2B",
    "{}",
    "\\u007D",
    "}\n#",
    "SERVICE",
]


@pytest.fixture(scope="module")
def mots(client: TestClient) -> TestClient:
    """The application, with a question whose parameter is a free text."""
    app = client.app
    assert isinstance(app, FastAPI)
    own = [route for route in routes_of([MOT]).routes if getattr(route, "path", "") == "/questions/mot"]
    app.router.routes[:0] = own
    return client


def test_the_list(client: TestClient) -> None:
    found = client.get("/questions").json()["questions"]
    assert [q["slug"] for q in found] == [q.slug for q in load_questions()]
    assert found[0]["parametres"][1] == {
        "nom": "besoin",
        "genre": "terme",
        "vocabulaire": "besoin",
        "exemple": ["premier-emploi"],
    }
    page = BeautifulSoup(client.get("/questions", headers=NAVIGATEUR).text, "html.parser")
    assert {a["href"] for a in page.select(".questions-liste a")} == {q["adresse"] for q in found}
    assert client.get("/sparql", headers=NAVIGATEUR).text.count('href="/questions"') == 1


def test_as_it_is_written_it_answers_what_is_expected(client: TestClient) -> None:
    answer = client.get(QC05, headers={"accept": "text/csv"})
    expected = files("ontology") / "questions" / "qc05-prestataires-du-dla-calvados.csv"
    assert list(csv.reader(answer.text.splitlines())) == list(
        csv.reader(expected.read_text("utf-8").splitlines())
    )
    assert answer.headers["access-control-allow-origin"] == "*"
    again = client.get(QC05, headers={"accept": "text/csv", "if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    autre = client.get(
        QC05, params={"dla": "dla-ille-et-vilaine"}, headers={"if-none-match": answer.headers["etag"]}
    )
    assert autre.status_code != 304


@pytest.mark.parametrize("format_", ["json", "xml", "csv", "tsv"])
def test_every_format_by_header_and_by_name(client: TestClient, format_: str) -> None:
    named = client.get(QC01, params={"format": format_, "lieu": "departement:14"})
    assert named.status_code == 200
    by_header = client.get(QC01, params={"lieu": "Calvados"}, headers={"accept": media(named)})
    assert (by_header.content, media(by_header)) == (named.content, media(named))
    assert client.get(QC01, params={"format": "ttl"}).status_code == 400
    assert client.get(QC01, headers={"accept": "image/png"}).status_code == 406


def test_a_page_with_its_form(client: TestClient) -> None:
    texte = client.get(QC01, headers=NAVIGATEUR).text
    page = BeautifulSoup(texte, "html.parser")
    assert "Finistère" in page.find("h1").text
    assert page.find("input", {"name": "lieu"})["value"] == "departement-29"
    assert page.select_one("select[name=besoin] option[selected]")["value"] == "premier-emploi"
    assert page.select("tbody tr")
    moved = client.get(QC01, params={"lieu": "14118", "besoin": "premier-emploi"}, headers=NAVIGATEUR)
    page = BeautifulSoup(moved.text, "html.parser")
    titre = page.find("h1").text.replace("\xa0", " ").replace("\u202f", " ")
    assert titre == "Caen, Créer un premier emploi : qui peut y aider une association qui a ce besoin ?"
    assert page.title.text.replace("\xa0", " ").replace("\u202f", " ").startswith(titre)
    assert "dans le Finistère" in page.find(class_="chapeau").text
    liens = [a["href"] for a in page.select(".telechargements a")]
    assert f"{QC01}?lieu=14118&besoin=premier-emploi&format=csv" in liens
    assert client.get(liens[0]).status_code == 200


@pytest.mark.parametrize(
    "texte", ["14", "departement:14", "departement-14", "Calvados", "calvados", " CALVADOS "]
)
def test_a_place_is_said_as_elsewhere(client: TestClient, texte: str) -> None:
    expected = client.get(QC01, params={"lieu": "departement:14"}).json()
    assert client.get(QC01, params={"lieu": texte}).json() == expected
    page = BeautifulSoup(client.get(QC01, params={"lieu": texte}, headers=NAVIGATEUR).text, "html.parser")
    assert page.find("h1").text.startswith("Calvados")


@pytest.mark.parametrize("texte", ["", "  "])
@pytest.mark.parametrize("entetes", [{}, NAVIGATEUR])
def test_a_blank_value_is_refused(client: TestClient, texte: str, entetes: dict[str, str]) -> None:
    refus = client.get(QC01, params={"lieu": texte}, headers=entetes)
    assert refus.status_code == 422
    assert "est vide" in refus.text


def test_a_blank_beside_a_value_is_left_out(client: TestClient) -> None:
    """A question written for two places has two fields; one may stay empty."""
    seul = client.get(QC01, params={"lieu": "departement:14"}).json()
    assert client.get(QC01, params={"lieu": ["departement:14", ""]}).json() == seul


def test_what_is_nothing_never_becomes_the_title_nor_an_answer(client: TestClient) -> None:
    page = BeautifulSoup(client.get(QC01, params={"lieu": "zzzz"}, headers=NAVIGATEUR).text, "html.parser")
    assert "zzzz" not in page.find("h1").text + page.title.text
    proche = client.get(QC01, params={"lieu": "Calvad"})
    assert proche.status_code == 422
    assert "aucun territoire ne s’appelle" in proche.json()["detail"].replace("\xa0", " ")
    assert "Calvados (departement:14)" in proche.json()["detail"]


def test_a_term_is_said_by_its_code_or_its_label(client: TestClient) -> None:
    qc03 = "/questions/qc03-petite-enfance-calvados"
    for texte in ("Sport", "sport", "secteur:sport"):
        answer = client.get(qc03, params={"secteurDemande": texte})
        assert answer.status_code == 200, answer.text
    assert client.get(QC01, params={"besoin": "Créer un premier emploi"}).json() == client.get(QC01).json()


@pytest.mark.parametrize(
    "texte", ["dla-calvados", "acteur:dla-calvados", "DLA du Calvados", "dla du calvados"]
)
def test_an_actor_is_named_or_identified(client: TestClient, texte: str) -> None:
    assert client.get(QC05, params={"dla": texte}).json() == client.get(QC05).json()


def test_a_name_of_several_places_is_told_from_the_others(client: TestClient) -> None:
    refus = client.get(QC01, params={"lieu": "Saint-Aubin"})
    assert (refus.status_code, refus.json()["champ"]) == (422, "lieu")
    detail = refus.json()["detail"]
    assert "Plusieurs" not in detail and "plusieurs territoires" in detail
    (code, *others) = re.findall(r", ([a-z]+:\w+|\w{5})\)", detail)
    assert others
    assert "Saint-Aubin (Jura, " in detail
    page = client.get(QC01, params={"lieu": "Saint-Aubin"}, headers=NAVIGATEUR)
    assert "dans le Finistère" in BeautifulSoup(page.text, "html.parser").find("h1").text
    assert client.get(QC01, params={"lieu": code}).status_code == 200


def test_every_question_with_a_choice_is_said_for_any(client: TestClient) -> None:
    for question in client.get("/questions").json()["questions"]:
        (asked,) = (q for q in load_questions() if q.slug == question["slug"])
        assert {langue for langue, _ in asked.ailleurs} == ({"fr", "en"} if question["parametres"] else set())


def test_what_is_wrong_names_the_parameter(client: TestClient) -> None:
    for champ, texte in (("lieu", "nulle-part"), ("besoin", "rien"), ("ailleurs", "1")):
        refus = client.get(QC01, params={champ: texte})
        assert (refus.status_code, refus.json()["champ"]) == (422, champ)
        assert f"« {champ} »" in refus.json()["detail"].replace("\xa0", " ")
        page = client.get(QC01, params={champ: texte}, headers=NAVIGATEUR)
        assert page.status_code == 422
        assert BeautifulSoup(page.text, "html.parser").find(attrs={"role": "alert"})
    assert client.get("/questions/qc99-rien").status_code == 404


def test_each_is_documented_with_its_parameters(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    assert {f"/questions/{q.slug}" for q in load_questions()} < set(paths)
    lieu, besoin, format_, langue = paths[QC01]["get"]["parameters"]
    assert (lieu["name"], lieu["schema"]["default"]) == ("lieu", ["departement-29"])
    assert (besoin["name"], format_["name"], langue["name"]) == ("besoin", "format", "lang")


@pytest.mark.parametrize("texte", HOSTILES)
def test_hostile_texts_come_back_as_they_were(mots: TestClient, texte: str) -> None:
    rows = mots.get("/questions/mot", params={"mot": texte}).json()["results"]["bindings"]
    assert [row["mot"]["value"] for row in rows] == [texte.strip()]
    page = mots.get("/questions/mot", params={"mot": texte}, headers=NAVIGATEUR)
    assert "<script>alert" not in page.text
    parsed = BeautifulSoup(page.text, "html.parser")
    assert parsed.find("input", {"name": "mot"})["value"] == texte.strip()
    lien = next(a["href"] for a in parsed.select(".telechargements a") if "format=json" in a["href"])
    assert mots.get(lien).json()["results"]["bindings"] == rows


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texte=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_no_text_becomes_query(mots: TestClient, texte: str) -> None:
    answer = mots.get("/questions/mot", params={"mot": texte})
    if texte.strip():
        rows = answer.json()["results"]["bindings"]
        assert [row["mot"]["value"] for row in rows] == [texte.strip()]
    else:
        assert answer.status_code == 422
    for champ in ("lieu", "besoin"):
        assert mots.get(QC01, params={champ: texte}).status_code in (200, 422)


_CHOIX = [(q, p) for q in load_questions() for p in read_parametres(parse_requete(q.slug, q.requete))]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    choix=st.sampled_from(_CHOIX),
    texte=st.one_of(
        st.sampled_from(HOSTILES),
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40),
        st.text(st.sampled_from(' "{}<>\\.;#?\n%+-'), min_size=1, max_size=12),
    ),
)
def test_no_parameter_of_any_question_lets_a_text_become_query(
    client: TestClient, choix: tuple[Question, Parametre], texte: str
) -> None:
    question, parametre = choix
    adresse, params = f"/questions/{question.slug}", {parametre.nom: texte}
    answer = client.get(adresse, params=params)
    assert answer.status_code in (200, 422)
    if answer.status_code == 422:
        assert answer.json()["champ"] == parametre.nom
    page = client.get(adresse, params=params, headers=NAVIGATEUR)
    assert page.status_code == answer.status_code
    assert "<script>alert" not in page.text
    champs = BeautifulSoup(page.text, "html.parser").find_all("input", {"name": parametre.nom})
    assert not champs or texte.strip() in {"", *(champ["value"] for champ in champs)} or "\n" in texte
