"""The questions on a whole country, by the endpoint, beside rdflib in memory on the departement it can hold.

``python -m tests.benchmarks.departement DATA`` prints the table for a data folder that is built.
"""

import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from types import FrameType

import pyoxigraph as ox
from rdflib import Graph

from graph.edition.dossier import STORE, Dossier
from graph.sparql.questions import Question, load_questions
from tests.benchmarks.endpoint import Client, serve_maillage
from tests.benchmarks.enfants import run
from tests.benchmarks.mesure import Mesure, print_table

DEPARTEMENT = "14"
PLAFOND = 10.0
"""Seconds after which rdflib is stopped, as the endpoint stops a query: its time is then at least that."""
TOURS = 3


def measure_departement(data: Path, racine: Path) -> Iterator[Mesure]:
    """Compare the country served from ``data`` with its part of one departement, built in ``racine``."""
    part = racine / "departement"
    part.mkdir()
    (part / "sources").symlink_to((data / "sources").resolve())
    run(["maillage", "build", "--departement", DEPARTEMENT], racine, MAILLAGE_DATA=str(part))
    begun = time.perf_counter()
    graphe, theirs = _ask_rdflib(part, racine)
    loaded = time.perf_counter() - begun - sum(theirs.values())
    with serve_maillage(data, racine) as port, closing(Client(port)) as client:
        ours = {
            question.slug: median(_ask(client, question) for _ in range(TOURS))
            for question in load_questions()
            if question.slug in theirs
        }
    temoin = f"rdflib, {graphe:,} statements of departement {DEPARTEMENT}"
    late = sum(secondes >= PLAFOND for secondes in theirs.values())
    rapports = [ours[slug] / theirs[slug] for slug in theirs]
    nom = f"{len(theirs)} questions, one after the other ({late} given up by rdflib)"
    yield Mesure(nom, sum(ours.values()), temoin, sum(theirs.values()))
    yield Mesure("the same: median ratio", median(rapports), temoin, 1.0, "")
    yield Mesure("the same: the question least in our favour", max(rapports), temoin, 1.0, "")
    yield Mesure("the same: all of them", sum(ours.values()), f"{temoin}, read first", loaded)


def _ask(client: Client, question: Question) -> float:
    """Return the seconds of a question, also when it was stopped at the deadline: it took at least that."""
    begun = time.perf_counter()
    statut, _, corps = client.ask(question.requete)
    if statut not in (200, 503):
        raise RuntimeError(f"{statut} for {question.slug}: {corps[:200]!r}")
    if statut == 503:
        sys.stdout.write(f"the endpoint stopped {question.slug}\n")
    return time.perf_counter() - begun


def _ask_rdflib(part: Path, racine: Path) -> tuple[int, dict[str, float]]:
    """Return how many statements it holds, and the seconds of each question it can evaluate."""
    dossier = Dossier(part)
    fichier = racine / "departement.nt"
    store = ox.Store.read_only(str(dossier.folder(dossier.current_id() or "") / STORE))
    store.dump(str(fichier), ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    graphe = Graph()
    graphe.parse(fichier, format="nt")
    fichier.unlink()
    times: dict[str, float] = {}
    for question in load_questions():
        begun = time.perf_counter()
        try:
            _run(graphe, question)
        except TimeoutError:
            times[question.slug] = PLAFOND
        except Exception as erreur:  # whatever it cannot do is told, and left out
            sys.stdout.write(f"rdflib cannot evaluate {question.slug}: {erreur}\n")
        else:
            times[question.slug] = time.perf_counter() - begun
    return len(graphe), times


def _run(graphe: Graph, question: Question) -> None:
    with _stopped_after(PLAFOND):
        list(graphe.query(question.requete))


@contextmanager
def _stopped_after(secondes: float) -> Iterator[None]:
    def stop(_numero: int, _cadre: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, secondes)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print_table("Questions on a whole country", measure_departement(Path(sys.argv[1]), Path(folder)))
