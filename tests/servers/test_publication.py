"""A publication is whole or is not read: cut, refused, slow or wrong, it says so and can be asked again."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.distant.http import Adresse
from graph.distant.noms import Noms
from graph.distant.pointeur import read_current, read_published
from graph.distant.publication import count_graph, publish, read_held
from graph.distant.secret import Secret
from graph.distant.serveur import Serveur
from graph.edition.dossier import STORE, Dossier
from graph.edition.manifeste import read_manifeste
from graph.errors import MaillageError
from ontology.namespaces import MAILLAGE
from tests.servers.lancement import EnMarche, oxigraph, virtuoso

NOMS = Noms(MAILLAGE)
COMMANDE = (sys.executable, "-c", "from api.cli import main; main()", "publish")
MOT_DE_PASSE = "tres-secret-7f3a"


def _command(racine: Path, *options: str, **variables: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "MAILLAGE_DATA": str(racine), **variables}
    return subprocess.Popen(
        [*COMMANDE, *options],
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).resolve().parents[2],
    )


def _serveur(en_marche: EnMarche) -> Serveur:
    secret = Secret(en_marche.utilisateur, en_marche.secret) if en_marche.utilisateur else None
    return Serveur.open(en_marche.endpoint, en_marche.graphes, secret)


@pytest.mark.parametrize("lance", [oxigraph, virtuoso])
def test_a_killed_publication_is_not_read_and_goes_on(
    racine: Path, tmp_path: Path, lance: Callable[[Path], Iterator[EnMarche]]
) -> None:
    identifiant = Dossier(racine).current_id() or ""
    with lance(tmp_path) as en_marche:  # type: ignore[attr-defined]
        serveur = _serveur(en_marche)
        options = ("--endpoint", en_marche.endpoint, "--graphes", en_marche.graphes, "--par-envoi", "1000")
        process = _command(racine, *options, **en_marche.variables)
        deadline = time.monotonic() + 60
        while len(held := read_held(serveur, NOMS.index(identifiant))) < 5:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert read_current(serveur, NOMS, 10) is None
        assert read_published(serveur, NOMS, 10) == []
        refused = _serve_settings(tmp_path, en_marche)
        with pytest.raises(MaillageError), TestClient(create_app(refused)):
            pass
        said, errors = (again := _command(racine, *options, **en_marche.variables)).communicate(timeout=120)
        assert again.returncode == 0, errors
        repris = int(said.split()[0])
        assert repris >= len(held)
        assert "déjà entiers" in said
        assert read_current(serveur, NOMS, 10) == identifiant
        for copie, triplets in read_held(serveur, NOMS.index(identifiant)).items():
            assert count_graph(serveur, copie) == triplets


def _serve_settings(tmp_path: Path, en_marche: EnMarche) -> Settings:
    return Settings(data=tmp_path / "cache", sparql_endpoint=en_marche.endpoint)


@pytest.mark.parametrize("sien", [True, False])
def test_a_graph_that_was_cut_goes_on_where_it_was(racine: Path, publie: EnMarche, sien: bool) -> None:
    folder = Dossier(racine).folder(Dossier(racine).current_id() or "")
    manifeste = read_manifeste(folder)
    serveur = _serveur(publie)
    base = f"https://exemple.org/{sien}/"
    tout = Noms(base).tout(manifeste.id)
    quads = ox.Store.read_only(str(folder / STORE)).quads_for_pattern(None, None, None, ox.DefaultGraph())
    if sien:
        there = b"".join(f"{quad.triple} .\n".encode() for quad in islice(quads, 2500))
    else:
        there = b"".join(b"<a:b> <a:b> <a:%d> .\n" % rang for rang in range(2500))
    serveur.put(tout, there, 60)
    sent = []

    class Compteur(Serveur):
        def _write(self, methode: str, graphe: str, triplets: bytes | None, delai: float) -> None:
            if graphe == tout:
                sent.append(len((triplets or b"").splitlines()))
            super()._write(methode, graphe, triplets, delai)

    autre = Compteur(serveur._requetes, serveur._graphes, serveur._parametre)
    publish(folder, replace(manifeste, base_iri=base), autre, par_envoi=1000)
    assert read_current(serveur, Noms(base), 10) == manifeste.id
    whole = count_graph(serveur, tout)
    assert sum(sent) == (whole - 2000 if sien else 2 * whole - 2000)


def test_a_count_that_differs_switches_nothing(racine: Path, publie: EnMarche) -> None:
    folder = Dossier(racine).folder(Dossier(racine).current_id() or "")
    manifeste = read_manifeste(folder)
    serveur = _serveur(publie)

    class Oublieux(Serveur):
        def post(self, graphe: str, triplets: bytes, delai: float) -> None:
            lost = graphe.endswith("/tout")
            super().post(graphe, b"".join(triplets.splitlines(keepends=True)[lost:]), delai)

    autre = Oublieux(serveur._requetes, serveur._graphes, serveur._parametre)
    other = Noms("https://exemple.org/")
    with pytest.raises(MaillageError, match="au lieu de"):
        publish(folder, replace(manifeste, base_iri="https://exemple.org/"), autre)
    assert read_current(serveur, other, 10) is None
    assert read_current(serveur, NOMS, 10) == manifeste.id


class _Muet(BaseHTTPRequestHandler):
    """Answers everything with one status, or not at all."""

    statut = 0

    def _answer(self) -> None:
        if not self.statut:
            time.sleep(3)
            return
        self.send_response(self.statut)
        self.send_header("WWW-Authenticate", 'Digest realm="x", nonce="n", qop="auth"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 — names of http.server

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def _answering(statut: int) -> Iterator[str]:
    handler = type("Un", (_Muet,), {"statut": statut})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/sparql"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("statut", "dit"),
    [
        (401, "ne reconnaît pas le nom et le mot de passe"),
        (403, "n’a pas le droit"),
        (404, "vérifier --endpoint"),
        (413, "plus petit à --par-envoi"),
        (500, "réponse 500"),
        (503, "trop à faire"),
        (504, "avant d’avoir tout répondu"),
        (302, "inattendue (302)"),
    ],
)
def test_each_failure_is_a_sentence_without_secret_nor_host(racine: Path, statut: int, dit: str) -> None:
    with _answering(statut) as endpoint:
        secret = {"MAILLAGE_SPARQL_UTILISATEUR": "qui", "MAILLAGE_SPARQL_SECRET": MOT_DE_PASSE}
        process = _command(racine, "--endpoint", endpoint, **secret)
        said, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert said == ""
    assert dit in errors
    assert "reste celle qui est lue" in errors
    assert "Traceback" not in errors
    assert "127.0.0.1" not in errors
    assert MOT_DE_PASSE not in errors


def test_nobody_there_is_a_sentence(racine: Path) -> None:
    process = _command(racine, "--endpoint", "http://127.0.0.1:9/sparql")
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "ne répond pas" in errors


@pytest.mark.parametrize(
    ("url", "dit"),
    [
        ("ftp://x/sparql", "http:// ou https://"),
        ("rien", "http:// ou https://"),
        ("http://[::1", "http:// ou https://"),
        ("http://qui:quoi@x/sparql", "ni nom ni mot de passe"),
    ],
)
def test_an_address_that_is_none_is_said(url: str, dit: str) -> None:
    with pytest.raises(MaillageError, match=dit) as refus:
        Serveur.open(url)
    assert "quoi" not in refus.value.message


def test_a_deadline_holds_for_a_server_that_says_nothing() -> None:
    with _answering(0) as endpoint:
        begun = time.perf_counter()
        with pytest.raises(MaillageError, match="en 0,5"):
            Adresse(endpoint).ask("POST", delai=0.5, corps=b"query=x")
        assert time.perf_counter() - begun < 2


def test_a_secret_shows_in_no_representation() -> None:
    assert MOT_DE_PASSE not in repr(Secret("qui", MOT_DE_PASSE))
    settings = Settings(sparql_utilisateur="qui", sparql_secret=MOT_DE_PASSE)  # type: ignore[arg-type]
    assert MOT_DE_PASSE not in repr(settings)


def test_a_server_that_goes_away_is_a_problem_without_its_name(racine: Path, tmp_path: Path) -> None:
    folder = Dossier(racine).folder(Dossier(racine).current_id() or "")
    with oxigraph(tmp_path) as en_marche:
        publish(folder, read_manifeste(folder), _serveur(en_marche))
        client = TestClient(create_app(_serve_settings(tmp_path, en_marche)), raise_server_exceptions=False)
        client.__enter__()
        assert client.get("/sparql", params={"query": "ASK {?s ?p ?o}", "format": "json"}).json()["boolean"]
    try:
        answer = client.get("/sparql", params={"query": "ASK {?s ?p ?o}", "format": "json"})
        assert answer.status_code == 502
        assert answer.headers["content-type"] == "application/problem+json"
        assert "127.0.0.1" not in answer.text
        assert client.get("/cartographie/roles").status_code == 200  # the catalogue is in memory
        assert client.get("/id/acteur/s3a.nt").status_code == 502
    finally:
        client.__exit__(None, None, None)
