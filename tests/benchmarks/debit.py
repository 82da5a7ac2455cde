"""How many orientations a second a server answers, beside an empty endpoint served the same way."""

import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import date, timedelta
from itertools import count, cycle, islice, repeat
from pathlib import Path
from urllib.parse import urlencode

from fastapi import FastAPI

from tests.benchmarks.enfants import Enfant, start
from tests.benchmarks.mesure import Mesure
from tests.benchmarks.service import free_port, wait_ready

CLIENTS = 4
RAFALES = 6
LOT = 400
"""Requests of a client in a burst; bursts follow each other, so that noise falls on all alike."""
QUESTIONS = (
    {"commune": "14027", "stade": "employeur", "secteur": "petite-enfance"},
    {"commune": "29232", "stade": "primo-employeur"},
    {"commune": "14118", "stade": "employeur", "besoins": ["convention-collective", "comptabilite"]},
    {"commune": "80021", "stade": "projet"},
)
"""What a busy day asks again and again: the server keeps what it wrote."""

vide = FastAPI()


@vide.get("/sante")
def read_nothing() -> dict[str, str]:
    """Answer nothing: what the framework alone costs."""
    return {}


def measure_throughput(data: Path) -> Iterator[Mesure]:
    """What a request takes, each server being one process: asked again, asked first, and asked of nothing."""
    with ExitStack() as pile:
        port = _serve(pile, ["maillage", "serve", "--port"], data, {"MAILLAGE_DATA": str(data)})
        uvicorn = [sys.executable, "-m", "uvicorn", "--no-access-log", "--log-level", "warning"]
        witness = _serve(pile, [*uvicorn, "tests.benchmarks.debit:vide", "--port"], data, {})
        again = ["/api/orientation?" + urlencode(question, doseq=True) for question in QUESTIONS]
        # One request a day of the calendar: no two alike.
        days = (date(1990, 1, 1) + timedelta(days=rang) for rang in count())
        fresh = (f"{again[0]}&date={day}" for day in days)
        asked = {"again": (port, cycle(again)), "fresh": (port, fresh), "empty": (witness, repeat("/sante"))}
        done = dict.fromkeys(asked, 0.0)
        for rafale in range(RAFALES + 1):
            for nom, (served, adresses) in asked.items():
                rate = _burst(served, adresses)
                if rafale:  # the first one only warms up
                    done[nom] += rate / RAFALES
        for nom, cible in (("again", 2), ("fresh", None)):
            yield Mesure(
                f"orientation asked {'for the first time' if nom == 'fresh' else 'again'}: a request",
                1 / done[nom],
                "an empty endpoint, same clients",
                1 / done["empty"],
                cible=cible,
            )


def _serve(pile: ExitStack, commande: list[str], data: Path, env: dict[str, str]) -> int:
    port = free_port()
    folder = data / f"debit-{port}"
    folder.mkdir()
    server = start([*commande, str(port)], folder, env)
    pile.callback(_stop, server)
    wait_ready(server, port)
    return port


def _stop(server: Enfant) -> None:
    server.processus.terminate()
    server.processus.wait()


def _burst(port: int, adresses: Iterator[str]) -> float:
    """Ask during a burst from several clients that keep their connection; return requests a second."""
    lots = [list(islice(adresses, LOT)) for _ in range(CLIENTS)]
    begun = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(lambda lot: _ask(port, lot), lots))
    return CLIENTS * LOT / (time.perf_counter() - begun)


def _ask(port: int, adresses: list[str]) -> None:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=60)) as prise:
        for adresse in adresses:
            prise.sendall(f"GET {adresse} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            _read_answer(prise)


def _read_answer(prise: socket.socket) -> None:
    """Read one answer to its last byte.

    Raises:
        RuntimeError: it is not a 200, or says no length.
    """
    recu = prise.recv(65536)
    while b"\r\n\r\n" not in recu:
        recu += prise.recv(65536)
    tete, _, corps = recu.partition(b"\r\n\r\n")
    champs = dict(ligne.split(b": ", 1) for ligne in tete.lower().split(b"\r\n")[1:])
    if not tete.startswith(b"HTTP/1.1 200") or b"content-length" not in champs:
        raise RuntimeError(tete[:200].decode())
    manque = int(champs[b"content-length"]) - len(corps)
    while manque > 0:
        manque -= len(prise.recv(min(manque, 1 << 20)))
