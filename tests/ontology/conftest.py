"""What every test of the ontology reads: the Turtle of the product, once per session."""

from pathlib import Path

import pytest
from rdflib import Graph

from ontology.loading import load_modules, load_schemes, load_shapes

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def modules() -> Graph:
    return load_modules()


@pytest.fixture(scope="session")
def schemes() -> Graph:
    return load_schemes()


@pytest.fixture(scope="session")
def shapes() -> Graph:
    return load_shapes()


@pytest.fixture(scope="session")
def corpus() -> Graph:
    graph = Graph()
    for path in sorted((ROOT / "graph" / "corpus").glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph
