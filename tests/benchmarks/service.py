"""A server on the edition of a country: when it is ready, what it weighs, how fast it answers."""

import csv
import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from tests.benchmarks.enfants import Enfant, start
from tests.benchmarks.generateurs import GRAINE, National
from tests.benchmarks.generateurs.classeur import workbook_rows
from tests.benchmarks.mesure import Mesure, median

ATTENTE = 600.0
"""Seconds after which a server that does not answer is given up."""
TOURS = 30


def measure_service(fichiers: National, racine: Path, seule: Path) -> Iterator[Mesure]:
    """Serve ``racine/data``, beside the edition that ships (in the folder ``seule``)."""
    alone, light, _ = _serve(seule, racine, {})
    ready, heavy, answers = _serve(racine / "data", racine, _questions(fichiers))
    yield Mesure("server: ready after", ready, "the edition that ships", alone)
    yield Mesure("server: peak memory", heavy, "the edition that ships", light, "Mo")
    health = answers.pop("health")
    for nom, secondes in answers.items():
        yield Mesure(f"server: {nom}", secondes, "GET /sante", health)


def _questions(fichiers: National) -> dict[str, str]:
    """Return what is asked, by what it is called."""
    acteur = next(row for row in workbook_rows("acteurs", fichiers.acteurs, GRAINE) if row["siret"])
    with fichiers.subventions.open(encoding="utf-8", newline="") as flux:
        aidee = next(row for row in csv.DictReader(flux) if row["idBeneficiaire"] and row["rnaBeneficiaire"])
    orientation = {
        "commune": "14118",
        "stade": "employeur",
        "besoins": ["convention-collective", "comptabilite"],
    }
    return {
        "health": "/sante",
        "directory, two words": f"/acteurs?{urlencode({'q': 'théâtre marionnettes'})}",
        "directory, one department": "/acteurs?territoire=departement:14",
        "card of an actor with offers": f"/acteurs/siret-{acteur['siret']}",
        "card of a subsidised association": f"/acteurs/siret-{aidee['idBeneficiaire']}",
        "orientation (API)": f"/api/orientation?{urlencode(orientation, doseq=True)}",
        "orientation (page)": f"/orientation?{urlencode(orientation, doseq=True)}",
    }


def _serve(data: Path, racine: Path, questions: dict[str, str]) -> tuple[float, float, dict[str, float]]:
    """Start a server, ask it, stop it; return seconds to be ready, megabytes, seconds by question."""
    port = free_port()
    server = start(["maillage", "serve", "--port", str(port)], racine, {"MAILLAGE_DATA": str(data)})
    try:
        ready = wait_ready(server, port)
        answers = {nom: _ask(port, adresse) for nom, adresse in questions.items()}
    finally:
        server.processus.terminate()
        cost = server.wait()
    return ready, cost.memoire, answers


def free_port() -> int:
    """Return a port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_ready(server: Enfant, port: int) -> float:
    """Return the seconds after which a server answers.

    Raises:
        RuntimeError: it never does.
    """
    while time.perf_counter() - server.debut < ATTENTE:
        try:
            _get(port, "/sante")
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        else:
            return time.perf_counter() - server.debut
    raise RuntimeError(f"no answer from the server: {server.journal.read_text('utf-8')[-2000:]}")


def _ask(port: int, adresse: str) -> float:
    return median(lambda: _get(port, adresse), TOURS)


def _get(port: int, adresse: str) -> None:
    """Ask for an address.

    Raises:
        HTTPException: any other answer than 200.
    """
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", adresse)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise http.client.HTTPException(f"{adresse}: {answer.status}")
