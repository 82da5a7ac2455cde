"""A worker reaches nothing but its store, even by a query that passed no check at all."""

import logging
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.sparql import PoolSparql
from graph.sparql.processus import OuvrierMortError, Processus, Reglages
from tests.graph.sparql_essai import PRODUIT, make_store

RACINE = Path(__file__).resolve().parents[2]
DEMANDE = {
    "format": "json",
    "graphes_defaut": None,
    "graphes_nommes": None,
    "lignes_max": 10,
    "octets_max": 10_000,
}


class Canari:
    """A server on loopback that counts who comes."""

    def __init__(self) -> None:
        self.visites = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(0.05)
        self.adresse = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        while not self._stop.is_set():
            try:
                client, _ = self._socket.accept()
            except TimeoutError:
                continue
            with client:
                self.visites += 1
                client.recv(4096)
                client.sendall(b"HTTP/1.1 500 Non\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    def close(self) -> None:
        self._stop.set()
        self._thread.join()
        self._socket.close()


@pytest.fixture
def canari() -> Iterator[Canari]:
    canari = Canari()
    yield canari
    canari.close()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("sparql") / "store")


@pytest.fixture
def ouvrier(store: Path) -> Iterator[Processus]:
    """A worker asked directly: nothing is checked before it."""
    processus = Processus(Reglages(str(store), {}, union=True, memoire_octets=2 * 1024**3))
    processus.ask({**DEMANDE, "requete": "ASK {}"}, 10)
    if processus.manque and not os.environ.get("CI"):
        processus.kill()
        pytest.skip(f"this machine cannot confine a process: {processus.manque}")
    assert processus.manque == ()
    yield processus
    processus.kill()


def is_running(pid: int) -> bool:
    """Tell whether a process still runs; one that waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    "requete",
    [
        "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
        "ASK {{ ?s ?p 1SERVICE<{0}>{{}} }}",
        "SELECT * FROM <{0}> FROM NAMED <{0}> {{ ?s ?p ?o }}",
        "LOAD <{0}>",
    ],
)
def test_no_query_reaches_the_network(ouvrier: Processus, canari: Canari, requete: str) -> None:
    ouvrier.ask({**DEMANDE, "requete": requete.format(canari.adresse)}, 10)
    time.sleep(0.1)
    assert canari.visites == 0
    entete, _ = ouvrier.ask({**DEMANDE, "requete": "ASK { ?s ?p ?o }"}, 10)
    assert "erreur" not in entete


def test_the_canary_would_have_sung(canari: Canari) -> None:
    with pytest.raises(OSError):
        list(ox.Store().query(f"SELECT * {{ SERVICE <{canari.adresse}> {{ ?s ?p ?o }} }}"))  # type: ignore[arg-type]
    assert canari.visites >= 1


@pytest.mark.parametrize(
    "requete",
    [
        "ASK " + "{" * 8000 + "}" * 8000,
        "ASK { FILTER" + "(" * 8000 + "1" + ")" * 8000 + "}",
        "ASK { FILTER(" + "!" * 16000 + "1) }",
        "ASK { {}" + "UNION{}" * 2000 + "}",
        "ASK { FILTER(" + "IF(1,1," * 2000 + "1" + ")" * 2000 + ") }",
        "ASK { FILTER EXISTS" + "{FILTER EXISTS" * 1000 + "{}" + "}" * 1000 + "}",
        "ASK { ?s ?p " + "<<( ?s ?p " * 1200 + "1" + ")>>" * 1200 + " }",
    ],
)
def test_what_passes_no_check_does_not_overflow_the_stack_either(ouvrier: Processus, requete: str) -> None:
    entete, _ = ouvrier.ask({**DEMANDE, "requete": requete}, 60)
    assert "erreur" not in entete


def test_a_worker_sees_nothing_of_the_server(ouvrier: Processus, monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/proc").is_dir():
        pytest.skip("no /proc on this machine")
    monkeypatch.setenv("SECRET", "jeton")
    ouvrier.kill()
    with socket.create_server(("127.0.0.1", 0)) as secret:
        os.set_inheritable(secret.fileno(), True)
        ouvrier.ask({**DEMANDE, "requete": "ASK {}"}, 10)
        folder = Path(f"/proc/{ouvrier.pid}")
        assert b"SECRET" not in (folder / "environ").read_bytes()
        targets = [os.readlink(fd) for fd in (folder / "fd").iterdir()]  # noqa: PTH115 — not a path
        assert len([target for target in targets if target.startswith("socket:")]) == 1
    limits = (folder / "limits").read_text()
    assert [
        line
        for line in limits.splitlines()
        if line.startswith("Max address space") and str(2 * 1024**3) in line
    ]
    assert [
        line for line in (folder / "status").read_text().splitlines() if line.split() == ["Seccomp:", "2"]
    ]


ABANDON = """
import os, sys, threading, time
from pathlib import Path
from graph.sparql import PoolSparql

pool = PoolSparql(Path(sys.argv[1]), taille=2, delai=1.0)
pool.executer("ASK {}")
busy = threading.Thread(target=pool.executer, args=(sys.argv[2],), daemon=True)
busy.start()
time.sleep(0.3)
print(*[processus.pid for processus in pool._tous if processus.pid], flush=True)
os._exit(9)
"""


def test_the_kernel_ends_a_worker_whose_server_is_gone(store: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", ABANDON, str(store), PRODUIT],
        capture_output=True,
        text=True,
        check=False,
        cwd=RACINE,
    )
    pids = [int(pid) for pid in answer.stdout.split()]
    assert pids, answer.stderr
    limit = time.monotonic() + 30
    while any(is_running(pid) for pid in pids):
        assert time.monotonic() < limit
        time.sleep(0.1)


def test_a_machine_that_cannot_confine_is_told_once(
    store: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def ask(processus: Processus, demande: object, delai: float) -> tuple[dict[str, object], bytes]:
        processus.manque = ("reseau",)
        return {"lignes": None, "tronque": False}, b"true"

    monkeypatch.setattr(Processus, "ask", ask)
    with caplog.at_level(logging.WARNING, "maillage.sparql"), PoolSparql(store, taille=1) as pool:
        pool.executer("ASK {}")
        pool.executer("ASK {}")
        assert pool.etat()["reseau_coupe"] is False
    assert [record.getMessage() for record in caplog.records] == [
        "query workers are not confined on this machine: reseau"
    ]


def test_a_worker_without_a_store_says_so(tmp_path: Path) -> None:
    processus = Processus(Reglages(str(tmp_path / "rien"), {}, union=True, memoire_octets=2 * 1024**3))
    with pytest.raises(Exception, match=r".") as erreur:
        processus.ask({**DEMANDE, "requete": "ASK {}"}, 10)
    assert not isinstance(erreur.value, OuvrierMortError)
    assert processus.pid is None
