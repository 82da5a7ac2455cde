"""Find and read the Turtle of this package: modules, vocabularies, shapes, examples, checks."""

from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from rdflib import Graph

from ontology.namespaces import PREFIXES

VOCABULARY_SHAPES: Final = frozenset({"vocabulaires"})
"""Shapes of the vocabularies themselves: they hold for schemes, not for data that only uses them."""

CORPUS_SHAPES: Final = frozenset({"corpus"})
"""Shapes of what people type, before derivation: nothing derived may be in it."""


def list_files(folder: str, suffix: str = ".ttl") -> list[Traversable]:
    """Return the files of a folder of this package, sorted by name.

    Args:
        folder: path below the package, for instance ``schemes`` or ``examples/valid``.
        suffix: how the names end.
    """
    found = files("ontology").joinpath(*folder.split("/"))
    return sorted((entry for entry in found.iterdir() if entry.name.endswith(suffix)), key=lambda e: e.name)


def load_modules() -> Graph:
    """Return the ontology: every module in one graph."""
    return _load(list_files("modules"))


def load_schemes() -> Graph:
    """Return the vocabularies: every SKOS scheme in one graph."""
    return _load(list_files("schemes"))


def load_shapes(without: Iterable[str] = ()) -> Graph:
    """Return the SHACL shapes in one graph.

    Args:
        without: names of shape files to leave out, for instance ``CORPUS_SHAPES``.
    """
    left_out = {f"{name}.ttl" for name in without}
    return _load(entry for entry in list_files("shapes") if entry.name not in left_out)


def _load(entries: Iterable[Traversable]) -> Graph:
    graph = Graph(bind_namespaces="none")
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    for entry in entries:
        graph.parse(data=entry.read_text(encoding="utf-8"), format="turtle")
    return graph
