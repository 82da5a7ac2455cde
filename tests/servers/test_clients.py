"""Clients that people already have, against the endpoint on a real port: each finds what it expects.

YASGUI, in a real browser, is in ``tests/browser/test_editeur.py``.
"""

import csv
import io
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import RDF, SKOS, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, URLENCODED, XML
from SPARQLWrapper import SPARQLWrapper as Wrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from ontology.namespaces import MAI, SOURCE
from tests.browser.site import serve

ENTETE = "PREFIX mai: <https://w3id.org/maillage/def#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
NOMS = (
    ENTETE + 'SELECT ?nom { ?a a mai:Reseau ; skos:prefLabel ?nom FILTER(LANG(?nom) = "fr") } ORDER BY ?nom'
)
DIFFICILE = "100 % sûr + «é» & ?x=1#y %25 \U0001f9f6"
"""What a careless encoding breaks."""
RENVOI = f'SELECT ("{DIFFICILE}" AS ?x) {{}}'
CONSTRUIT = ENTETE + "CONSTRUCT { ?a skos:prefLabel ?nom } WHERE { ?a a mai:Reseau ; skos:prefLabel ?nom }"
FAUSSE = "SELECT * { ?s foo:bar ?o }"


@pytest.fixture(scope="module")
def endpoint(racine: Path) -> Iterator[str]:
    with serve(racine) as site:
        yield f"{site}/sparql"


@pytest.fixture(scope="module")
def noms(racine: Path) -> list[str]:
    """The same names, read in the store itself."""
    store = ox.Store.read_only(str(racine / "current" / "store"))
    return [ligne["nom"].value for ligne in store.query(NOMS)]  # type: ignore[union-attr, index]


def program(nom: str, paquet: str) -> str:
    """Find a program; its absence fails in continuous integration, and is a stated skip elsewhere."""
    chemin = shutil.which(nom)
    if chemin is None:
        missing = f"{nom} is missing: apt-get install {paquet}"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return chemin


class TestSparqlWrapper:
    @pytest.mark.parametrize(
        ("methode", "envoi"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)], ids=str
    )
    @pytest.mark.parametrize("format_", [JSON, XML, CSV, TSV])
    def test_rows(self, endpoint: str, noms: list[str], methode: str, envoi: str, format_: str) -> None:
        assert self.read(endpoint, NOMS, methode, envoi, format_) == noms
        assert len(noms) > 10
        assert self.read(endpoint, RENVOI, methode, envoi, format_) == [DIFFICILE]

    @staticmethod
    def read(endpoint: str, requete: str, methode: str, envoi: str, format_: str) -> list[str]:
        client = Wrapper(endpoint, returnFormat=format_)
        client.setMethod(methode)
        client.setRequestMethod(envoi)
        client.setQuery(requete)
        said: Any = client.queryAndConvert()
        if format_ == JSON:
            return [cell["value"] for row in said["results"]["bindings"] for cell in row.values()]
        if format_ == XML:
            return [node.firstChild.data for node in said.getElementsByTagName("literal")]
        lignes = said.decode().splitlines()[1:]
        if format_ == CSV:
            return [valeur for (valeur,) in csv.reader(lignes)]
        return [
            ligne.rpartition("@")[0].strip('"') if "@fr" in ligne else ligne.strip('"') for ligne in lignes
        ]

    @pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # what it gives back
    @pytest.mark.parametrize("format_", [TURTLE, RDFXML, N3, JSONLD, XML])
    def test_graphs(self, endpoint: str, noms: list[str], format_: str) -> None:
        client = Wrapper(endpoint, returnFormat=format_)  # XML is what it asks for when nothing is said
        client.setQuery(CONSTRUIT)
        said: Any = client.queryAndConvert()
        graphe = said if isinstance(said, Graph) else Graph().parse(data=said, format="turtle")
        assert {str(nom) for nom in graphe.objects(None, SKOS.prefLabel)} >= set(noms)

    def test_yes_no_and_named_graphs(self, endpoint: str) -> None:
        client = Wrapper(endpoint, returnFormat=JSON)
        client.setQuery(f"{ENTETE} ASK {{ ?a a mai:Reseau }}")
        assert client.queryAndConvert()["boolean"] is True  # type: ignore[index, call-overload]
        client.addDefaultGraph(f"{SOURCE}rien")
        assert client.queryAndConvert()["boolean"] is False  # type: ignore[index, call-overload]

    def test_a_mistake_is_told_in_french(self, endpoint: str) -> None:
        client = Wrapper(endpoint, returnFormat=JSON)
        client.setQuery(FAUSSE)
        with pytest.raises(QueryBadFormed) as refus:
            client.queryAndConvert()
        # It shows the bytes of the answer as Python writes them.
        assert "Le pr\\xc3\\xa9fixe" in str(refus.value)


class TestRdflibStore:
    @pytest.mark.parametrize("format_", ["json", "xml", "csv", "tsv"])
    @pytest.mark.parametrize("methode", ["GET", "POST", "POST_FORM"])
    def test_rows(self, endpoint: str, noms: list[str], format_: str, methode: str) -> None:
        graphe = Graph(SPARQLStore(endpoint, method=methode, returnFormat=format_))  # type: ignore[arg-type]
        assert [str(ligne.nom) for ligne in graphe.query(NOMS)] == noms  # type: ignore[union-attr]
        assert [str(ligne.x) for ligne in graphe.query(RENVOI)] == [DIFFICILE]  # type: ignore[union-attr]

    def test_it_reads_as_a_graph_on_disk(self, endpoint: str, noms: list[str]) -> None:
        graphe = Graph(SPARQLStore(endpoint))
        reseaux = set(graphe.subjects(RDF.type, MAI.Reseau))
        assert len(reseaux) >= len(noms)
        acteur = sorted(reseaux)[0]
        assert (acteur, RDF.type, MAI.Reseau) in graphe
        assert (acteur, SKOS.prefLabel, Literal("personne")) not in graphe
        ailleurs = Graph(SPARQLStore(endpoint), identifier=URIRef(f"{SOURCE}rien"))
        assert list(ailleurs.subjects(RDF.type, MAI.Reseau)) == []


class TestRoqet:
    def ask(self, endpoint: str, *mots: str) -> subprocess.CompletedProcess[str]:
        command = [program("roqet", "rasqal-utils"), "-q", "-p", endpoint, *mots]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    def test_rows(self, endpoint: str, noms: list[str]) -> None:
        done = self.ask(endpoint, "-r", "csv", "-e", NOMS)
        assert done.returncode == 0, done.stderr
        assert [ligne["nom"] for ligne in csv.DictReader(io.StringIO(done.stdout))] == noms

    def test_a_text_that_is_hard_to_send(self, endpoint: str) -> None:
        done = self.ask(endpoint, "-r", "csv", "-e", RENVOI)
        assert [ligne["x"] for ligne in csv.DictReader(io.StringIO(done.stdout))] == [DIFFICILE]

    def test_a_mistake_fails(self, endpoint: str) -> None:
        done = self.ask(endpoint, "-e", FAUSSE)
        assert done.returncode != 0
        assert "400" in done.stderr


class TestCurl:
    def ask(self, *mots: str) -> tuple[int, dict[str, str], bytes]:
        """Return the status, the headers (lower case) and the body."""
        command = [program("curl", "curl"), "--silent", "--include", "--max-time", "60", *mots]
        done = subprocess.run(command, capture_output=True, timeout=90, check=False)
        assert done.returncode == 0, done.stderr
        tete, _, corps = done.stdout.partition(b"\r\n\r\n")
        premiere, *lignes = tete.decode().split("\r\n")
        return (
            int(premiere.split()[1]),
            {nom.lower(): valeur for nom, _, valeur in (ligne.partition(": ") for ligne in lignes)},
            corps,
        )

    @pytest.mark.parametrize("requete", [NOMS, RENVOI], ids=["noms", "difficile"])
    def test_every_way_to_send_a_query(self, endpoint: str, noms: list[str], requete: str) -> None:
        attendu = noms if requete == NOMS else [DIFFICILE]
        direct = ("--data-binary", requete, "-H", "Content-Type: application/sparql-query")
        for mots in (
            ("--get", "--data-urlencode", f"query={requete}", endpoint),
            ("--data-urlencode", f"query={requete}", endpoint),
            (*direct, endpoint),
            (*direct[:2], "-H", "Content-Type: application/sparql-query; charset=utf-8", endpoint),
        ):
            statut, tete, corps = self.ask(*mots)
            assert (statut, tete["content-type"]) == (200, "application/sparql-results+json"), mots
            lignes = json.loads(corps)["results"]["bindings"]
            assert [cell["value"] for ligne in lignes for cell in ligne.values()] == attendu

    @pytest.mark.parametrize(
        ("accept", "requete", "recu"),
        [
            ("application/sparql-results+json", NOMS, "application/sparql-results+json"),
            ("application/sparql-results+xml", NOMS, "application/sparql-results+xml"),
            ("text/csv", NOMS, "text/csv"),
            ("text/csv, */*;q=0.1", NOMS, "text/csv"),
            ("text/tab-separated-values", NOMS, "text/tab-separated-values"),
            ("text/turtle", CONSTRUIT, "text/turtle"),
            ("application/n-triples", CONSTRUIT, "application/n-triples"),
            ("application/rdf+xml", CONSTRUIT, "application/rdf+xml"),
            ("application/ld+json", CONSTRUIT, "application/ld+json"),
            ("application/trig", CONSTRUIT, "application/trig"),
            ("application/n-quads", CONSTRUIT, "application/n-quads"),
            ("text/html", NOMS, "text/html"),
        ],
    )
    def test_every_type(self, endpoint: str, accept: str, requete: str, recu: str) -> None:
        demande = ("-H", f"Accept: {accept}", "--get", "--data-urlencode", f"query={requete}", endpoint)
        statut, tete, corps = self.ask(*demande)
        assert (statut, tete["content-type"].partition(";")[0]) == (200, recu)
        assert "Accept" in tete["vary"] and corps

    def test_head_says_the_same_without_a_body(self, endpoint: str) -> None:
        demande = ("--get", "--data-urlencode", f"query={NOMS}", endpoint)
        statut, tete, corps = self.ask(*demande)
        vu, entetes, rien = self.ask("--head", *demande)
        assert (vu, rien) == (statut, b"")
        for nom in ("content-type", "etag", "cache-control", "vary"):
            assert entetes[nom] == tete[nom]
        assert corps

    def test_compressed_then_held(self, endpoint: str) -> None:
        demande = ("--get", "--data-urlencode", "query=SELECT * { ?s ?p ?o } LIMIT 500", endpoint)
        _, entier, corps = self.ask(*demande)
        _, petit, meme = self.ask("--compressed", *demande)
        assert petit["content-encoding"] == "gzip" and "content-encoding" not in entier
        assert int(petit["content-length"]) < len(corps) / 5
        assert meme == corps
        statut, _, rien = self.ask("-H", f"If-None-Match: {petit['etag']}", *demande)
        assert (statut, rien) == (304, b"")

    def test_refusals(self, endpoint: str) -> None:
        for statut, mots in (
            (400, ("--get", "--data-urlencode", f"query={FAUSSE}", endpoint)),
            (400, ("--data-urlencode", "update=DROP ALL", endpoint)),
            (406, ("-H", "Accept: image/png", "--get", "--data-urlencode", f"query={NOMS}", endpoint)),
            (413, ("--data", "query=" + "a" * 80_000, endpoint)),
            (415, ("-H", "Content-Type: text/plain", "--data", NOMS, endpoint)),
            (405, ("-X", "DELETE", endpoint)),
        ):
            vu, tete, corps = self.ask(*mots)
            assert (vu, tete["content-type"]) == (statut, "application/problem+json"), mots[:3]
            assert json.loads(corps)["detail"]
