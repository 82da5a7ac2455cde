"""A small graph written in the test, on the shipped ontology and departements."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest

from graph.catalogue import Catalogue
from graph.catalogue.lecture import load_catalogue
from graph.edition.derivation import derive
from graph.sources.documents import find_ontology
from graph.sources.territoires import find_territoires
from graph.store import Store
from ontology.namespaces import PREFIXES, VOC

SCHEMES = ("besoin", "secteur", "stade", "fonction", "dispositif", "public", "taille")
ENTETE = "\n".join(
    f"@prefix {nom}: <{iri}> ."
    for nom, iri in (
        PREFIXES
        | {scheme: f"{VOC}{scheme}/" for scheme in SCHEMES}
        | {"role": f"{VOC}role-partenaire/", "lieu": f"{PREFIXES['source']}essai#"}
    ).items()
)
SOURCE_ESSAI = """
source:essai a prov:Entity ; dcterms:title "Document d’essai"@fr ; dcterms:issued "2024"^^xsd:gYear .
lieu:page-1 a mai:Passage ; dcterms:isPartOf source:essai ; mai:lieu "Page 1" ; mai:citation "Il aide."@fr .
"""

Fabrique = Callable[..., ox.Store]


@pytest.fixture(scope="session")
def socle() -> bytes:
    """The shipped ontology and departements, as N-Triples."""
    sources = (*find_ontology(), *find_territoires(None))
    return "".join(line for source in sources for line in source.lire()).encode()


@pytest.fixture(scope="session")
def make_store(socle: bytes) -> Fabrique:
    """Make a derived store of a Turtle text: ``make_store(turtle, jour=date(…))``."""

    def make(turtle: str, jour: date = date(2026, 11, 20)) -> ox.Store:
        store = ox.Store()
        store.bulk_load(socle, ox.RdfFormat.N_TRIPLES)
        for graphe in (ox.NamedNode(f"{PREFIXES['source']}essai"), ox.DefaultGraph()):
            store.load(f"{ENTETE}\n{SOURCE_ESSAI}\n{turtle}".encode(), ox.RdfFormat.TURTLE, to_graph=graphe)
        with TemporaryDirectory() as folder:
            derive(store, ox.NamedNode(f"{PREFIXES['edition']}essai"), jour, Path(folder))
        return store

    return make


@pytest.fixture(scope="session")
def make_catalogue(make_store: Fabrique) -> Callable[..., Catalogue]:
    """Make a catalogue of a Turtle text."""
    return lambda turtle, **options: load_catalogue(Store(make_store(turtle, **options)), "essai")
