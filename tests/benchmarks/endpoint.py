"""The SPARQL endpoint beside ``oxigraph serve-read-only``: same store, same questions, in turns.

``python -m tests.benchmarks.endpoint DATA`` prints the table for a data folder that is built.
"""

import http.client
import json
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

from graph.edition.dossier import STORE, Dossier
from graph.sparql.questions import load_questions
from tests.benchmarks.enfants import start
from tests.benchmarks.mesure import Mesure, print_table
from tests.benchmarks.service import free_port, wait_ready

TOURS = 7
"""Times each question is asked; the best is kept: what else the machine does weighs on each hop."""
CLIENTS = 4
RAFALES = 4
ASSAILLANTS = 4
TEMOIN = "oxigraph serve-read-only"
JSON = "application/sparql-results+json"
PRODUIT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?c > ?i) }"
"""What never ends: its worker is killed at the deadline."""

_adresses = count(1)


class Client:
    """One connection that is kept, to either server; each of its requests may come from somebody new."""

    def __init__(self, port: int) -> None:
        self._lien = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(self, requete: str, etag: str = "", qui: str = "") -> tuple[int, str, bytes]:
        """Return status, ETag and body of an answer."""
        entetes = {"Accept": JSON, "X-Forwarded-For": qui or _stranger()}
        if etag:
            entetes["If-None-Match"] = etag
        self._lien.request("GET", f"/sparql?query={quote(requete)}", headers=entetes)
        answer = self._lien.getresponse()
        return answer.status, answer.headers.get("ETag", ""), answer.read()

    def time(self, requete: str, statut: int = 200, etag: str = "", qui: str = "") -> float:
        """Return the seconds of an answer.

        Raises:
            RuntimeError: its status is another.
        """
        begun = time.perf_counter()
        found, _, corps = self.ask(requete, etag, qui)
        if found != statut:
            raise RuntimeError(f"{found} for {requete[:200]}: {corps[:200]!r}")
        return time.perf_counter() - begun

    def close(self) -> None:
        self._lien.close()


def _stranger() -> str:
    """Return the address of a client never seen: the share of one client is not what is measured here."""
    rang = next(_adresses)
    return f"10.{rang >> 16 & 255}.{rang >> 8 & 255}.{rang & 255}"


def measure_endpoint(data: Path) -> Iterator[Mesure]:
    """Serve an edition with the settings that ship, and the same store with the engine's own server."""
    dossier = Dossier(data)
    store = dossier.folder(dossier.current_id() or "") / STORE
    with (
        tempfile.TemporaryDirectory() as papiers,
        serve_maillage(data, Path(papiers)) as notre,
        _serve_oxigraph(store, Path(papiers)) as autre,
    ):
        questions = [question.requete for question in load_questions()]
        _check_same(notre, autre, questions)
        yield from _measure_round_trips(notre, autre, questions)
        yield _measure_throughput(notre, autre, questions)
        yield from _measure_held(notre, questions)
        yield _measure_flood(notre, questions)


@contextmanager
def serve_maillage(data: Path, papiers: Path) -> Iterator[int]:
    """Serve a data folder; its clients are told apart by what the bench, a trusted proxy, says of them."""
    env = {"MAILLAGE_DATA": str(data), "MAILLAGE_MANDATAIRES": "127.0.0.1"}
    port = free_port()
    folder = Path(tempfile.mkdtemp(dir=papiers))
    server = start(["maillage", "serve", "--port", str(port)], folder, env)
    try:
        wait_ready(server, port)
        yield port
    finally:
        server.processus.terminate()
        server.processus.wait()


@contextmanager
def _serve_oxigraph(store: Path, papiers: Path) -> Iterator[int]:
    port = free_port()
    folder = Path(tempfile.mkdtemp(dir=papiers))
    commande = ["oxigraph", "serve-read-only", "--timeout-s", "10", "--location", str(store)]
    server = start([*commande, "--bind", f"127.0.0.1:{port}"], folder)
    try:
        _wait_listening(port)
        yield port
    finally:
        server.processus.terminate()
        server.processus.wait()


def _wait_listening(port: int) -> None:
    for _ in range(300):
        with closing(Client(port)) as client:
            try:
                client.time("ASK {}")
            except OSError:
                time.sleep(0.1)
            else:
                return
    raise RuntimeError(f"{TEMOIN} does not answer")


def _check_same(notre: int, autre: int, questions: Iterable[str]) -> None:
    """Make sure that both do the same work: as many rows from one as from the other."""
    with closing(Client(notre)) as un, closing(Client(autre)) as deux:
        for requete in questions:
            rows = [len(json.loads(client.ask(requete)[2])["results"]["bindings"]) for client in (un, deux)]
            if rows[0] != rows[1]:
                raise RuntimeError(f"{rows} rows for {requete[:200]}")


def _measure_round_trips(notre: int, autre: int, questions: list[str]) -> Iterator[Mesure]:
    ours, theirs = {}, {}
    with closing(Client(notre)) as un, closing(Client(autre)) as deux:
        for requete in ("ASK {}", *questions):
            couples = [(un.time(requete), deux.time(requete)) for _ in range(TOURS)]
            ours[requete], theirs[requete] = (min(temps) for temps in zip(*couples, strict=True))
    nothing = ours.pop("ASK {}"), theirs.pop("ASK {}")
    rapports = [ours[requete] / theirs[requete] for requete in questions]
    nom = f"round trip: median ratio of the {len(questions)} questions"
    yield Mesure(nom, median(rapports), TEMOIN, 1.0, "", 1.3)
    yield Mesure("round trip: one question after the other", sum(ours.values()), TEMOIN, sum(theirs.values()))
    yield Mesure("round trip: a question that asks nothing", nothing[0], TEMOIN, nothing[1])


def _measure_throughput(notre: int, autre: int, questions: list[str]) -> Mesure:
    """Both cores busy: clients that ask everything, each in an order of its own, to each server in turn."""
    taken = {notre: 0.0, autre: 0.0}
    for rafale in range(RAFALES + 1):
        for port in taken:
            begun = time.perf_counter()
            with ThreadPoolExecutor(CLIENTS) as clients:
                list(clients.map(lambda rang, port=port: _ask_all(port, questions, rang), range(CLIENTS)))
            if rafale:  # the first one only warms up
                taken[port] += (time.perf_counter() - begun) / (RAFALES * CLIENTS * len(questions))
    nom = f"throughput, {CLIENTS} clients: seconds a question"
    return Mesure(nom, taken[notre], TEMOIN, taken[autre], cible=1 / 0.6)


def _ask_all(port: int, questions: list[str], graine: int) -> None:
    mine = random.Random(graine).sample(questions, len(questions))
    with closing(Client(port)) as client:
        for requete in mine:
            client.time(requete)


def _measure_held(port: int, questions: list[str]) -> Iterator[Mesure]:
    """What a client that holds the answer is told: nothing has changed."""
    whole, held = [], []
    with closing(Client(port)) as client:
        for requete in questions:
            _, etag, _ = client.ask(requete)
            if etag:  # what asks the hour has none
                whole.append(min(client.time(requete) for _ in range(TOURS)))
                held.append(min(client.time(requete, 304, etag) for _ in range(TOURS)))
    rapports = [court / long for court, long in zip(held, whole, strict=True)]
    yield Mesure(
        f"304: median ratio of {len(held)} questions", median(rapports), "the same in full", 1.0, "", 0.2
    )
    yield Mesure("304: one question after the other", sum(held), "the same in full", sum(whole), cible=0.2)


def _measure_flood(port: int, questions: list[str]) -> Mesure:
    """What a reader waits while another asks, again and again, what never ends."""
    stop = threading.Event()

    def assail() -> None:
        with closing(Client(port)) as client:
            while not stop.is_set():
                client.ask(PRODUIT, qui="192.0.2.1")

    with closing(Client(port)) as client, ThreadPoolExecutor(ASSAILLANTS) as assaillants:
        quiet = _p95(client, questions)
        for _ in range(ASSAILLANTS):
            assaillants.submit(assail)
        time.sleep(0.5)
        try:
            noisy = _p95(client, questions)
        finally:
            stop.set()
    return Mesure("p95 of a reader while another floods", noisy, "its p95 in quiet", quiet, cible=3)


def _p95(client: Client, questions: list[str]) -> float:
    times = [client.time(requete, qui="192.0.2.2") for _ in range(TOURS) for requete in questions]
    return quantiles(times, n=20)[18]


if __name__ == "__main__":
    print_table("The SPARQL endpoint", measure_endpoint(Path(sys.argv[1])))
