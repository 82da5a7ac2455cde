"""The IRIs Maillage speaks with: one table of prefixes for Python, Turtle and SPARQL alike."""

from typing import Final

from rdflib import Namespace

MAILLAGE: Final = "https://w3id.org/maillage/"

MAI: Final = Namespace(f"{MAILLAGE}def#")
VOC: Final = Namespace(f"{MAILLAGE}voc/")
ID: Final = Namespace(f"{MAILLAGE}id/")
SOURCE: Final = Namespace(f"{MAILLAGE}source/")
EDITION: Final = Namespace(f"{MAILLAGE}edition/")
IGEO: Final = Namespace("http://rdf.insee.fr/def/geo#")
ORG: Final = Namespace("http://www.w3.org/ns/org#")

ONTOLOGY_IRI: Final = f"{MAILLAGE}def"

SEGMENTS: Final = ("acteur", "offre", "accompagnement", "instance", "lien", "territoire", "observation")
"""Kinds of things that have an IRI of their own under ``/id/``."""

PREFIXES: Final[dict[str, str]] = {
    "mai": str(MAI),
    "voc": str(VOC),
    **{segment: f"{ID}{segment}/" for segment in SEGMENTS},
    "source": str(SOURCE),
    "edition": str(EDITION),
    "igeo": str(IGEO),
    "org": str(ORG),
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes users may type without declaring them on the query page, and that dumps are written with."""
