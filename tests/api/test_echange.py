"""What HTTP asks of every address alike, on a small application made for the test."""

import gzip
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.responses import Response, StreamingResponse
from fastapi.testclient import TestClient

from api.compression import COURT, CompressionMiddleware
from api.conditionnel import make_etag
from api.echange import EchangeMiddleware

TEXTE = "l’eau et le feu ; " * 200
ETAG = make_etag("edition", "adresse")


def make_app() -> FastAPI:
    app = FastAPI()
    app.add_middleware(EchangeMiddleware)
    app.add_middleware(CompressionMiddleware)

    @app.get("/api/texte")
    def texte() -> Response:
        return Response(TEXTE, media_type="text/plain", headers={"ETag": ETAG})

    @app.get("/solide")
    def solide() -> Response:
        return Response(TEXTE, media_type="application/n-quads", headers={"ETag": '"a"'})

    @app.get("/api/long")
    def long(n: int = 400) -> Response:
        return StreamingResponse((TEXTE for _ in range(n)), media_type="text/csv")

    @app.get("/court")
    def court() -> Response:
        return Response("x" * (COURT - 1), media_type="text/plain")

    @app.get("/image")
    def image() -> Response:
        return Response(b"\0" * 10_000, media_type="image/png")

    @app.get("/deja")
    def deja() -> Response:
        corps = gzip.compress(b"x" * 10_000)
        return Response(corps, media_type="text/plain", headers={"Content-Encoding": "gzip"})

    @app.get("/edition/rien")
    def rien() -> Response:
        return Response(status_code=204)

    @app.post("/api/envoi")
    def envoi() -> Response:
        return Response("reçu")

    return app


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(make_app()) as client:
        yield client


class TestCompression:
    @pytest.mark.parametrize(
        ("accept", "compresse"),
        [
            ("gzip", True),
            ("GZIP;q=0.001", True),
            ("br, deflate, gzip;q=0.5", True),
            ("*", True),
            ("gzip;q=0", False),
            ("gzip;q=0.000, *;q=1", False),
            ("identity", False),
            ("br", False),
            ("", False),
        ],
    )
    @pytest.mark.parametrize("adresse", ["/api/texte", "/api/long"])
    def test_who_accepts_it(self, client: TestClient, adresse: str, accept: str, compresse: bool) -> None:
        answer = client.get(adresse, headers={"accept-encoding": accept})
        assert (answer.headers.get("content-encoding") == "gzip") is compresse
        assert "Accept-Encoding" in answer.headers["vary"]
        assert answer.text == TEXTE * (400 if "long" in adresse else 1)

    @pytest.mark.parametrize("adresse", ["/court", "/image", "/edition/rien"])
    def test_what_is_left_as_it_is(self, client: TestClient, adresse: str) -> None:
        answer = client.get(adresse, headers={"accept-encoding": "gzip"})
        assert "content-encoding" not in answer.headers
        assert int(answer.headers.get("content-length", 0)) == len(answer.content)

    def test_never_twice(self, client: TestClient) -> None:
        assert client.get("/deja", headers={"accept-encoding": "gzip"}).text == "x" * 10_000

    def test_a_short_answer_says_its_length(self, client: TestClient) -> None:
        answer = client.get("/api/texte", headers={"accept-encoding": "gzip"})
        assert 0 < int(answer.headers["content-length"]) < len(TEXTE) / 10

    def test_a_strong_tag_becomes_weak(self, client: TestClient) -> None:
        assert client.get("/solide", headers={"accept-encoding": "gzip"}).headers["etag"] == 'W/"a"'
        assert client.get("/solide", headers={"accept-encoding": ""}).headers["etag"] == '"a"'


class TestConditions:
    @pytest.mark.parametrize(
        ("held", "statut"),
        [
            (ETAG, 304),
            (ETAG.removeprefix("W/"), 304),
            (f'"autre", {ETAG}', 304),
            ("*", 304),
            ('"autre"', 200),
            ("n'importe quoi", 200),
            (ETAG.strip('W/"'), 200),
        ],
    )
    @pytest.mark.parametrize("methode", ["GET", "HEAD"])
    def test_what_is_held(self, client: TestClient, methode: str, held: str, statut: int) -> None:
        answer = client.request(methode, "/api/texte", headers={"if-none-match": held})
        assert answer.status_code == statut
        assert answer.headers["etag"] == ETAG
        if statut == 304:
            assert answer.content == b""
            assert "content-type" not in answer.headers

    def test_an_answer_without_tag_is_never_held(self, client: TestClient) -> None:
        assert client.get("/api/long", headers={"if-none-match": "*"}).status_code == 200

    def test_parts_are_told_apart(self) -> None:
        assert make_etag("a", "bc") != make_etag("ab", "c") != make_etag("abc")


class TestMethods:
    def test_head_is_get_without_its_body(self, client: TestClient) -> None:
        got, head = client.get("/api/texte", headers={"accept-encoding": ""}), client.head("/api/texte")
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == str(len(got.content))
        assert head.headers["content-type"] == got.headers["content-type"]
        assert client.head("/api/envoi").status_code == 405

    def test_options(self, client: TestClient) -> None:
        answer = client.options("/api/texte")
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
        assert "access-control-allow-methods" not in answer.headers
        assert client.options("/api/envoi").headers["allow"] == "OPTIONS, POST"
        assert client.options("/api/absente").status_code == 404

    def test_a_script_of_another_site(self, client: TestClient) -> None:
        origin = {"origin": "https://ailleurs.example"}
        answer = client.get("/api/texte", headers=origin)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers
        before = client.options("/api/envoi", headers=origin | {"access-control-request-method": "POST"})
        assert before.status_code == 204
        assert "POST" in before.headers["access-control-allow-methods"]
        assert "Content-Type" in before.headers["access-control-allow-headers"]
        assert "access-control-allow-origin" not in client.get("/solide", headers=origin).headers
