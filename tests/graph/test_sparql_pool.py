"""Queries run elsewhere: right answers in every format, within bounds, whatever the query does."""

import csv
import io
import json
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from graph.errors import DelaiDepasseError, EditionError, OuvriersOccupesError, RequeteRefuseeError
from graph.sparql import Format, Forme, PoolSparql
from tests.graph.sparql_essai import EX, GRAND_TRI, HOSTILE, NOMBRE, PRODUIT, make_store

TOUT = "SELECT * { ?s ?p ?o }"
CONSTRUIT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
NOMS = "SELECT ?nom { ?s skos:prefLabel ?nom } ORDER BY ?nom"


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
    with PoolSparql(store, taille=1, delai=0.6) as pool:
        yield pool


def rows(pool: PoolSparql, requete: str, **options: object) -> list[dict[str, str]]:
    document = json.loads(pool.executer(requete, **options).corps)  # type: ignore[arg-type]
    return [{nom: cell["value"] for nom, cell in row.items()} for row in document["results"]["bindings"]]


def pids_of(pool: PoolSparql) -> list[int]:
    return [processus.pid for processus in pool._tous if processus.pid is not None]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class TestAnswers:
    def test_select_in_every_format(self, pool: PoolSparql) -> None:
        found = {f: pool.executer(NOMS, f) for f in (Format.JSON, Format.XML, Format.CSV, Format.TSV)}
        assert {r.lignes for r in found.values()} == {6}
        assert not any(r.tronque for r in found.values())
        assert {r.forme for r in found.values()} == {Forme.SELECT}
        noms = [row["nom"] for row in rows(pool, NOMS)]
        assert HOSTILE in noms
        assert [
            row["nom"] for row in csv.DictReader(io.StringIO(found[Format.CSV].corps.decode(), newline=""))
        ] == noms
        xml = ElementTree.fromstring(found[Format.XML].corps)
        assert [e.text for e in xml.iter("{http://www.w3.org/2005/sparql-results#}literal")] == noms
        assert found[Format.TSV].corps.decode().splitlines()[0] == "?nom"

    @pytest.mark.parametrize("format_", [Format.JSON, Format.XML, Format.CSV, Format.TSV])
    def test_the_engine_would_have_written_the_same(
        self, pool: PoolSparql, store: Path, format_: Format
    ) -> None:
        requete = """SELECT * { { ?s ?p ?o FILTER(?p != <http://exemple.fr/nombre>) } UNION { VALUES (?a ?b) {
            (UNDEF UNDEF) (1 1.50) (1e6 true) ("" "a\\tb\\nc\\r\\"\\\\'") ("x"@fr "x"@en-GB)
            (<a:b> "01"^^xsd:integer)
            ("pas un nombre"^^xsd:integer "2008-05"^^xsd:gYearMonth) (-0.5 "é\\u0301😀") } } }"""
        native = {
            Format.JSON: ox.QueryResultsFormat.JSON,
            Format.XML: ox.QueryResultsFormat.XML,
            Format.CSV: ox.QueryResultsFormat.CSV,
            Format.TSV: ox.QueryResultsFormat.TSV,
        }[format_]
        answer = ox.Store.read_only(str(store)).query(
            requete, prefixes=pool.prefixes, use_default_graph_as_union=True
        )
        assert isinstance(answer, ox.QuerySolutions)
        assert pool.executer(requete, format_).corps == answer.serialize(format=native)

    def test_ask(self, pool: PoolSparql) -> None:
        oui = pool.executer("ASK { acteur:s3a a mai:Acteur }")
        assert json.loads(oui.corps) == {"head": {}, "boolean": True}
        assert (oui.forme, oui.lignes) == (Forme.ASK, None)
        assert b"false" in pool.executer("ASK { acteur:s3a a mai:Reseau }", Format.XML).corps
        assert pool.executer("ASK {}", Format.CSV).corps.strip() == b"true"

    @pytest.mark.parametrize(
        ("format_", "natif"),
        [
            (Format.TTL, ox.RdfFormat.TURTLE),
            (Format.NT, ox.RdfFormat.N_TRIPLES),
            (Format.RDF, ox.RdfFormat.RDF_XML),
            (Format.JSONLD, ox.RdfFormat.JSON_LD),
        ],
    )
    def test_a_graph_in_every_format(self, pool: PoolSparql, format_: Format, natif: ox.RdfFormat) -> None:
        resultat = pool.executer(CONSTRUIT, format_)
        triples = {quad.triple for quad in ox.parse(resultat.corps, natif)}
        assert len(triples) == resultat.lignes == NOMBRE + 13
        assert resultat.type_media == natif.media_type.split(";")[0]

    def test_what_two_graphs_say_is_in_a_graph_once(self, pool: PoolSparql) -> None:
        decrit = pool.executer("DESCRIBE acteur:s3a", Format.NT)
        assert decrit.forme is Forme.DESCRIBE
        assert len(set(decrit.corps.splitlines())) == decrit.lignes == 5

    def test_known_prefixes_may_be_left_out_or_changed(self, pool: PoolSparql) -> None:
        assert rows(pool, "SELECT (mai:x AS ?x) {}") == [{"x": "https://w3id.org/maillage/def#x"}]
        assert rows(pool, "PREFIX mai: <a:> SELECT (mai:x AS ?x) {}") == [{"x": "a:x"}]

    def test_graphs_are_seen_as_one_unless_named(self, pool: PoolSparql, store: Path) -> None:
        compte = "SELECT (COUNT(*) AS ?n) { ?s skos:prefLabel ?o }"
        assert rows(pool, compte) == [{"n": "6"}]
        assert rows(pool, compte, graphes_defaut=[f"{EX}g1"]) == [{"n": "2"}]
        assert rows(pool, compte, graphes_defaut=[f"{EX}g1", f"{EX}g2"]) == [{"n": "6"}]
        assert rows(pool, compte, graphes_nommes=[f"{EX}g1"]) == [{"n": "0"}]
        graphes = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
        assert [row["g"] for row in rows(pool, graphes)] == [f"{EX}g1", f"{EX}g2", f"{EX}g3"]
        assert [row["g"] for row in rows(pool, graphes, graphes_nommes=[f"{EX}g2"])] == [f"{EX}g2"]
        with PoolSparql(store, union=False) as apart:
            assert rows(apart, compte) == [{"n": "0"}]

    def test_a_graph_name_that_is_none(self, pool: PoolSparql) -> None:
        with pytest.raises(RequeteRefuseeError, match="n’est pas une IRI"):
            pool.executer(TOUT, graphes_defaut=["pas une iri"])


class TestBounds:
    @pytest.mark.parametrize("format_", [Format.JSON, Format.XML, Format.CSV, Format.TSV])
    def test_rows(self, store: Path, format_: Format) -> None:
        with PoolSparql(store, taille=1, lignes_max=1500) as pool:
            resultat = pool.executer(TOUT, format_)
            assert (resultat.lignes, resultat.tronque) == (1500, True)
            assert _count(resultat.corps, format_) == 1500
            juste = pool.executer("SELECT * { ?s ?p ?o } LIMIT 1500", format_)
            assert (juste.lignes, juste.tronque) == (1500, False)

    @pytest.mark.parametrize("format_", [Format.JSON, Format.XML, Format.CSV, Format.TSV])
    def test_bytes(self, store: Path, format_: Format) -> None:
        with PoolSparql(store, taille=1, octets_max=20_000) as pool:
            resultat = pool.executer(TOUT, format_)
            assert resultat.tronque
            assert len(resultat.corps) <= 20_000
            assert resultat.lignes
            assert _count(resultat.corps, format_) == resultat.lignes

    def test_a_row_larger_than_everything(self, store: Path) -> None:
        with PoolSparql(store, taille=1, octets_max=100_000) as pool:
            enorme = (
                "SELECT (CONCAT(?a,?a,?a,?a,?a,?a,?a,?a,?a,?a) AS ?x) { BIND('" + "a" * 15_000 + "' AS ?a) }"
            )
            resultat = pool.executer(enorme)
            assert (resultat.lignes, resultat.tronque) == (0, True)
            assert json.loads(resultat.corps)["results"]["bindings"] == []

    @pytest.mark.parametrize("format_", [Format.TTL, Format.NT, Format.RDF, Format.JSONLD])
    def test_triples(self, store: Path, format_: Format) -> None:
        natif = {
            Format.TTL: ox.RdfFormat.TURTLE,
            Format.NT: ox.RdfFormat.N_TRIPLES,
            Format.RDF: ox.RdfFormat.RDF_XML,
            Format.JSONLD: ox.RdfFormat.JSON_LD,
        }[format_]
        with PoolSparql(store, taille=1, lignes_max=700) as pool:
            resultat = pool.executer(CONSTRUIT, format_)
        assert (resultat.lignes, resultat.tronque) == (700, True)
        assert len(list(ox.parse(resultat.corps, natif))) == 700
        with PoolSparql(store, taille=1, octets_max=30_000) as pool:
            resultat = pool.executer(CONSTRUIT, format_)
        assert resultat.tronque
        assert len(resultat.corps) < 60_000
        assert len(list(ox.parse(resultat.corps, natif))) == resultat.lignes

    def test_fewer_may_be_asked(self, pool: PoolSparql) -> None:
        assert pool.executer(TOUT, lignes_max=3).lignes == 3
        assert len(pool.executer(TOUT, octets_max=1000).corps) <= 1000


def _count(corps: bytes, format_: Format) -> int:
    match format_:
        case Format.JSON:
            return len(json.loads(corps)["results"]["bindings"])
        case Format.XML:
            return sum(
                1
                for _ in ElementTree.fromstring(corps).iter("{http://www.w3.org/2005/sparql-results#}result")
            )
        case Format.CSV:
            return sum(1 for _ in csv.reader(io.StringIO(corps.decode(), newline=""))) - 1
        case _:
            return corps.count(b"\n") - 1


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
        with pytest.raises(DelaiDepasseError, match=r"0,6 s"):
            presse.executer(PRODUIT)
        assert not is_alive(first)
        assert len(rows(presse, NOMS)) == 6
        assert presse.etat()["tues"] == 1

    def test_rows_that_never_come(self, presse: PoolSparql) -> None:
        with pytest.raises(DelaiDepasseError):
            presse.executer(
                f"SELECT * {{ ?s (<{EX}nombre>|^<{EX}nombre>)+ ?o . ?a (!<a:p>)* ?b . ?c !<a:q> ?d }}"
            )
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

    def test_a_worker_that_dies_at_work(self, store: Path) -> None:
        with PoolSparql(store, taille=1, delai=30) as pool:
            rows(pool, NOMS)
            (pid,) = pids_of(pool)
            for number, kind in ((11, RequeteRefuseeError), (6, DelaiDepasseError), (24, DelaiDepasseError)):
                (pid,) = pids_of(pool)
                threading.Timer(0.3, os.kill, (pid, number)).start()
                with pytest.raises(kind):
                    pool.executer(PRODUIT)
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

        with PoolSparql(store, taille=2, delai=0.5, attente=60) as pool, ThreadPoolExecutor(8) as threads:
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
