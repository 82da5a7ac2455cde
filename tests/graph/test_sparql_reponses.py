"""Right answers in every format, and whole documents even when they are cut."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from graph.errors import RequeteRefuseeError
from graph.sparql import Format, Forme, PoolSparql
from tests.graph.sparql_essai import CONSTRUIT, EX, HOSTILE, NOMBRE, NOMS, TOUT, make_store, rows


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("sparql") / "store")


@pytest.fixture(scope="module")
def pool(store: Path) -> Iterator[PoolSparql]:
    with PoolSparql(store) as pool:
        yield pool


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
            (Format.TRIG, ox.RdfFormat.TRIG),
            (Format.NQ, ox.RdfFormat.N_QUADS),
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
