"""A small store for the tests of the query engine: three graphs, enough triples to be crossed for ever."""

import json
from pathlib import Path

import pyoxigraph as ox

from graph.sparql import PoolSparql

EX = "http://exemple.fr/"
ACTEUR = "https://w3id.org/maillage/id/acteur/"
NOMBRE = 3000
HOSTILE = "<script>alert(1)</script>"

TRIG = f"""
@prefix ex: <{EX}> .
@prefix acteur: <{ACTEUR}> .
@prefix mai: <https://w3id.org/maillage/def#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:g1 {{
  acteur:s3a a mai:Acteur ; skos:prefLabel "S3A"@fr ; foaf:homepage <https://s3a.example/> .
  acteur:acepp a mai:Acteur ; skos:prefLabel "ACEPP"@fr .
}}
ex:g2 {{
  acteur:s3a a mai:Acteur ; mai:effectif 4 ; mai:debut "2008-05"^^xsd:gYearMonth .
  ex:piege skos:prefLabel "{HOSTILE}", "ligne 1\\nligne 2\\t\\"fin\\" \\\\ , ; é", "=1+1", "SERVICE" ;
    foaf:homepage <javascript:alert(1)>, <http://exemple.fr/?a=1&b=%27%22> .
}}
"""


def make_store(folder: Path) -> Path:
    """Write the store in a folder that nobody writes afterwards."""
    store = ox.Store(str(folder))
    store.load(TRIG.encode(), ox.RdfFormat.TRIG)
    nombre = ox.NamedNode(f"{EX}nombre")
    graphe = ox.NamedNode(f"{EX}g3")
    store.bulk_extend(
        ox.Quad(ox.NamedNode(f"{EX}chose{i}"), nombre, ox.Literal(i), graphe) for i in range(NOMBRE)
    )
    store.flush()
    del store
    return folder


PRODUIT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
"""Runs for hours: every triple with every other, twice."""
GRAND_TRI = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
"""Wants every pair in memory before its first row."""
TOUT = "SELECT * { ?s ?p ?o }"
CONSTRUIT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
NOMS = "SELECT ?nom { ?s skos:prefLabel ?nom } ORDER BY ?nom"


def rows(pool: PoolSparql, requete: str, **options: object) -> list[dict[str, str]]:
    document = json.loads(pool.executer(requete, **options).corps)  # type: ignore[arg-type]
    return [{nom: cell["value"] for nom, cell in row.items()} for row in document["results"]["bindings"]]
