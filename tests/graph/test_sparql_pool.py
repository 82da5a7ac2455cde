"""Queries run elsewhere: refused with a reason, stopped in time, and never in each other's way."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.errors import DelaiDepasseError, EditionError, OuvriersOccupesError, RequeteRefuseeError
from graph.sparql import Format, PoolSparql
from tests.graph.sparql_essai import CONSTRUIT, EX, GRAND_TRI, NOMBRE, NOMS, PRODUIT, TOUT, make_store, rows


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("sparql") / "store")


@pytest.fixture(scope="module")
def pool(store: Path) -> Iterator[PoolSparql]:
    with PoolSparql(store) as pool:
        yield pool


@pytest.fixture
def presse(store: Path) -> Iterator[PoolSparql]:
    """A pool whose deadline comes soon."""
    with PoolSparql(store, taille=1, delai=1.5) as pool:
        yield pool


def pids_of(pool: PoolSparql) -> list[int]:
    return [processus.pid for processus in pool._tous if processus.pid is not None]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class TestRefusals:
    @pytest.mark.parametrize(
        ("requete", "dit"),
        [
            ("SELEC * {}", "commence par SELECT"),
            ("SELECT * { ?s ?p ?o", "{ ouvert ligne 1, colonne 10"),
            ("SELECT * {\n  ?s foo:bar ?o }", "foo:\u00a0», ligne 2, colonne 6"),
            ("SELECT * { ?s ?p 'abc }", "ouvert par ' ligne 1, colonne 18"),
            ("SELECT * { ?s ?p ?o } }", "ligne 1, colonne 23 ferme"),
            ("SELECT * {\n ?s ?p }", "vers la ligne 2"),
            ("SELECT ?x (1 AS ?x) {}", "deux fois après SELECT"),
            ("SELECT ?y { ?x ?p ?o } GROUP BY ?x", "groupée"),
            ("SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999", "nombre entier positif"),
            ("SELECT (ex:f(1) AS ?x) {}", "ex:\u00a0», ligne 1, colonne 9"),
            (f"SELECT (<{EX}f>(1) AS ?x) {{}}", f"<{EX}f> n’est pas connue"),
            ("SELECT * { ?s ?p ?o . }.", "SPARQL valide"),
        ],
    )
    def test_the_place_and_the_reason_are_said(self, pool: PoolSparql, requete: str, dit: str) -> None:
        with pytest.raises(RequeteRefuseeError) as refus:
            pool.executer(requete)
        assert dit in refus.value.message
        for interne in ("/", "Error", "error", "expected", "pyoxigraph"):
            assert interne not in refus.value.message.replace(EX, "")

    def test_a_format_of_another_form(self, pool: PoolSparql) -> None:
        for requete, format_ in ((TOUT, Format.TTL), (CONSTRUIT, Format.CSV), ("ASK {}", Format.NT)):
            with pytest.raises(RequeteRefuseeError, match="ne convient pas"):
                pool.executer(requete, format_)

    def test_a_triple_about_a_triple_has_no_json_ld(self, pool: PoolSparql) -> None:
        requete = "CONSTRUCT { <a:s> <a:p> <<( <a:s> <a:p> 1 )>> } {}"
        assert pool.executer(requete, Format.TTL).lignes == 1
        with pytest.raises(RequeteRefuseeError, match="ne peut pas contenir"):
            pool.executer(requete, Format.JSONLD)


class TestHostile:
    def test_a_late_query_is_stopped_and_the_next_one_answered(self, presse: PoolSparql) -> None:
        rows(presse, NOMS)
        (first,) = pids_of(presse)
        with pytest.raises(DelaiDepasseError, match=r"1,5.s"):
            presse.executer(PRODUIT)
        assert not is_alive(first)
        assert len(rows(presse, NOMS)) == 6
        assert presse.etat()["tues"] == 1

    def test_paths_without_ends(self, presse: PoolSparql) -> None:
        libre = "(!<a:p>|!^<a:p>)*"
        with pytest.raises(DelaiDepasseError):
            presse.executer(f"SELECT (COUNT(*) AS ?n) {{ ?a {libre} ?b . ?c {libre} ?d . ?e {libre} ?f }}")
        assert len(rows(presse, NOMS)) == 6

    @pytest.mark.parametrize(
        "requete",
        [
            GRAND_TRI,
            "SELECT (STRLEN(?a34) AS ?n) { BIND('"
            + "a" * 30
            + "' AS ?a0) "
            + "".join(f"BIND(CONCAT(?a{i}, ?a{i}) AS ?a{i + 1}) " for i in range(34))
            + "}",
        ],
        ids=["sort", "doubling"],
    )
    def test_memory(self, store: Path, requete: str) -> None:
        with PoolSparql(store, taille=1, delai=30, memoire_octets=1024**3) as pool:
            with pytest.raises(DelaiDepasseError, match="mémoire"):
                pool.executer(requete)
            assert len(rows(pool, NOMS)) == 6

    def test_a_worker_that_dies_is_replaced(self, pool: PoolSparql) -> None:
        rows(pool, NOMS)
        for pid in pids_of(pool):
            os.kill(pid, 9)
        assert len(rows(pool, NOMS)) == 6

    @pytest.mark.parametrize(
        ("number", "kind"),
        [
            (signal.SIGSEGV, RequeteRefuseeError),
            (signal.SIGABRT, DelaiDepasseError),
            (signal.SIGXCPU, DelaiDepasseError),
        ],
    )
    def test_a_worker_that_dies_at_work(self, store: Path, number: int, kind: type[Exception]) -> None:
        with PoolSparql(store, taille=1, delai=60) as pool:
            rows(pool, NOMS)
            done = threading.Event()

            def strike() -> None:
                while not done.wait(0.3):
                    for pid in pids_of(pool):
                        os.kill(pid, number)

            striker = threading.Thread(target=strike)
            striker.start()
            try:
                with pytest.raises(kind):
                    pool.executer(PRODUIT)
            finally:
                done.set()
                striker.join()
            assert len(rows(pool, NOMS)) == 6

    def test_a_store_that_is_not_one(self, tmp_path: Path) -> None:
        with PoolSparql(tmp_path / "rien", taille=1) as pool:
            for _ in range(2):
                with pytest.raises(EditionError) as erreur:
                    pool.executer(TOUT)
                assert str(tmp_path) not in erreur.value.message


class TestSharing:
    def test_eight_threads_on_two_workers(self, store: Path) -> None:
        with PoolSparql(store, taille=2, attente=60) as pool, ThreadPoolExecutor(8) as threads:
            found = list(
                threads.map(
                    lambda i: rows(pool, f"SELECT ?s {{ ?s <{EX}nombre> {i} }}"),
                    [i % NOMBRE for i in range(200)],
                )
            )
            assert [row["s"] for (row,) in found] == [f"{EX}chose{i}" for i in range(200)]
            assert pool.etat() == {
                "ouvriers": 2,
                "demarres": 2,
                "occupes": 0,
                "tues": 0,
                "reseau_coupe": True,
            }

    def test_good_queries_while_bad_ones_are_killed(self, store: Path) -> None:
        def ask(i: int) -> str:
            try:
                return rows(pool, PRODUIT if i % 4 == 0 else f"SELECT ?s {{ ?s <{EX}nombre> {i} }}")[0]["s"]
            except DelaiDepasseError:
                return "arrêtée"

        with PoolSparql(store, taille=2, delai=1.5, attente=60) as pool, ThreadPoolExecutor(8) as threads:
            found = list(threads.map(ask, range(24)))
        assert found == ["arrêtée" if i % 4 == 0 else f"{EX}chose{i}" for i in range(24)]

    def test_every_slot_taken(self, store: Path) -> None:
        with PoolSparql(store, taille=1, delai=30, attente=0.05) as pool, ThreadPoolExecutor(1) as threads:
            rows(pool, NOMS)
            long = threads.submit(pool.executer, PRODUIT)
            while not pool.etat()["occupes"]:
                time.sleep(0.01)
            with pytest.raises(OuvriersOccupesError):
                pool.executer(NOMS)
            pool.close()
            with pytest.raises(OuvriersOccupesError):
                long.result(timeout=10)

    def test_closing_leaves_no_process(self, store: Path) -> None:
        pool = PoolSparql(store, taille=3, attente=60)
        assert pool.etat()["demarres"] == 0
        with ThreadPoolExecutor(3) as threads:
            list(threads.map(lambda _: rows(pool, f"SELECT * {{ ?s <{EX}nombre> ?o }}"), range(12)))
        pids = pids_of(pool)
        assert pids
        pool.close()
        pool.close()
        assert not any(is_alive(pid) for pid in pids)
        assert pool.etat()["demarres"] == 0
        with pytest.raises(OuvriersOccupesError):
            pool.executer(NOMS)
