"""The orientation page as people use it: « pourquoi pas X ? », the answer taken away, the state kept."""

import csv
import io

from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

DEMANDE = {
    "commune": "14027",
    "stade": "employeur",
    "besoins": ["fiche-de-poste", "comptabilite"],
    "secteur": "petite-enfance",
}


def _page(client: TestClient, **autres: str) -> BeautifulSoup:
    reponse = client.get("/orientation", params=DEMANDE | autres)
    assert reponse.status_code == 200
    return BeautifulSoup(reponse.text, "html.parser")


def _said(page: BeautifulSoup, selecteur: str) -> str:
    return " ".join(page.select_one(selecteur).get_text(" ").split())


def test_why_an_actor_is_or_is_not_there_is_said_line_by_line(client: TestClient) -> None:
    absent = _page(client, pourquoi="Espace associatif de Quimper")
    assert _said(absent, ".explication h3") == "Pourquoi pas Espace Associatif de Quimper"
    assert absent.select(".explication .verdict-non")
    present = _page(client, pourquoi="s3a")
    assert "S3A" in _said(present, ".explication h3")
    assert {"oui"} <= {
        c.removeprefix("verdict-") for li in present.select(".verdicts li") for c in li["class"]
    }
    form = present.select_one("form.pourquoi-form")
    kept = [(champ["name"], champ["value"]) for champ in form.select("input[type=hidden]")]
    assert ("besoins", "comptabilite") in kept
    assert ("commune", "14027") in kept


def test_a_name_that_may_be_several_asks_which_and_an_unknown_one_says_so(client: TestClient) -> None:
    several = _page(client, pourquoi="maison")
    assert len(several.select(".encart-attention li a")) > 1
    assert all("pourquoi=" in a["href"] for a in several.select(".encart-attention li a"))
    unknown = _page(client, pourquoi="</script>licorne")
    assert "licorne" in _said(unknown, "[role=status]")
    assert unknown.select_one(".explication") is None


def test_the_answer_as_a_table_opens_in_a_spreadsheet_and_says_what_the_page_says(client: TestClient) -> None:
    reponse = client.get("/orientation", params=DEMANDE | {"format": "csv"})
    assert reponse.headers["content-type"] == "text/csv; charset=utf-8"
    assert reponse.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(reponse.content.decode("utf-8-sig")), delimiter=";"))
    assert len({len(row) for row in rows}) == 1
    body = client.get("/api/orientation", params=DEMANDE).json()
    names = [item["acteur"]["nom"] for item in body["recommandations"]]
    assert [row[2] for row in rows[1 : len(names) + 1]] == names
    assert client.get("/orientation", params=DEMANDE | {"format": "json"}).json() == body


def test_the_day_of_the_answer_is_part_of_the_state(client: TestClient) -> None:
    page = _page(client, date="2012-06-01")
    assert "date=2012-06-01" in page.select_one(".emporter a")["href"]
    assert client.get("/orientation", params=DEMANDE | {"date": "hier"}).status_code == 422


def test_actors_complete_by_name_for_the_form(client: TestClient) -> None:
    found = client.get("/api/acteurs", params={"q": "espace bamb"}).json()["acteurs"]
    assert (found[0]["slug"], found[0]["nom"]) == ("espace-bambins", "Espace Bambins")


def test_needs_ticked_for_other_words_are_dropped_when_the_words_change(client: TestClient) -> None:
    asked = {"commune": "14027", "texte": "on ne sait pas faire une fiche de paie"}
    first = BeautifulSoup(client.get("/orientation", params=asked).text, "html.parser")
    mark = first.find("input", attrs={"name": "compris"})["value"]
    ticked = [case["value"] for case in first.select("#proposes input[checked]")]
    assert ticked
    confirmed = asked | {"compris": mark, "besoins": [*ticked, "projet-social"]}
    answer = BeautifulSoup(client.get("/orientation", params=confirmed).text, "html.parser")
    assert answer.select_one(".demande") is not None
    changed = confirmed | {"texte": "notre trésorerie est vide"}
    again = BeautifulSoup(client.get("/orientation", params=changed).text, "html.parser")
    kept = {case["value"] for case in again.select("#besoins details input[checked]")}
    assert kept == {"projet-social"}
    assert "equilibre-financier" in {case["value"] for case in again.select("#proposes input[checked]")}


def test_a_territory_of_the_api_may_be_asked_of_the_page(client: TestClient) -> None:
    page = client.get("/orientation", params={"territoire": "departement:29"})
    assert "Finistère" in page.text
    assert BeautifulSoup(page.text, "html.parser").select_one(".demande") is not None


def test_the_table_leads_to_the_cards_and_is_named_after_the_place_and_the_day(client: TestClient) -> None:
    reponse = client.get("/orientation", params={"commune": "14027", "date": "2026-01-02", "format": "csv"})
    assert "maillage-orientation-commune-14027-2026-01-02.csv" in reponse.headers["content-disposition"]
    assert "http://testserver/acteurs/" in reponse.text
