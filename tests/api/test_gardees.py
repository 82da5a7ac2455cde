"""Answers already written: the same bytes, within a bound, never those of another day or language."""

import gzip
from datetime import date

import pytest
from fastapi.testclient import TestClient

from api import gardees
from api.gardees import ReponsesGardees, send_kept
from api.routes import orientation


def test_the_least_recently_asked_is_forgotten_first() -> None:
    kept = ReponsesGardees(octets=60)
    kept.keep("a", b"x" * 10)
    kept.keep("b", b"y" * 10)
    kept.keep("c", b"z" * 10)
    assert kept.find("a") is not None
    kept.keep("d", b"w" * 10)
    assert [nom for nom in "abcd" if kept.find(nom)] == ["a", "c", "d"]
    kept.keep("e", b"v" * 1000)
    assert [nom for nom in "abcde" if kept.find(nom)] == []


def test_what_is_kept_twice_counts_once() -> None:
    kept = ReponsesGardees(octets=40)
    for _ in range(5):
        kept.keep("a", b"x" * 10)
    kept.keep("b", b"y" * 10)
    assert kept.find("a") is not None


def test_it_is_compressed_for_who_takes_it_so() -> None:
    gardee = gardees.Gardee(b"bonjour " * 100)
    assert send_kept(gardee, "text/plain", compressed=False).body == gardee.corps
    short = send_kept(gardee, "text/plain", compressed=True)
    assert gzip.decompress(bytes(short.body)) == gardee.corps
    assert short.headers["content-encoding"] == "gzip"


def test_an_answer_asked_again_is_the_same_and_not_worked_out_again(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"commune": "14027", "stade": "projet", "secteur": "sport"}
    first = client.get("/api/orientation", params=asked)
    monkeypatch.setattr(orientation, "orient", None)
    again = client.get("/api/orientation", params=asked)
    assert (again.status_code, again.content) == (200, first.content)
    plain = client.get("/api/orientation", params=asked, headers={"accept-encoding": "identity"})
    assert plain.json() == first.json()


def test_another_day_or_language_is_another_answer(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"commune": "14027", "stade": "benevole"}
    today = client.get("/api/orientation", params=asked).json()
    english = client.get("/api/orientation", params=asked | {"lang": "en"}).json()
    assert english["recommandations"] != today["recommandations"]
    client.cookies.clear()
    for module in (orientation, __import__("graph.orientation.demande", fromlist=["aujourd_hui"])):
        monkeypatch.setattr(module, "aujourd_hui", lambda: date(2031, 5, 1))
    assert client.get("/api/orientation", params=asked).json()["demande"]["date"] == "2031-05-01"
