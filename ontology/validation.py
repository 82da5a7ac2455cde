"""Check a graph against the shapes, and say in French what to change.

For what a person types or a file brings: a few thousand statements. An edition is checked by the same
shapes compiled to SPARQL (``compilation``); a test holds the two to the same answers.
"""

from dataclasses import dataclass
from functools import cache

import pyshacl
from rdflib import RDF, SH, BNode, Graph
from rdflib.collection import Collection
from rdflib.term import Node

from ontology.loading import (
    CORPUS_SHAPES,
    VOCABULARY_SHAPES,
    list_files,
    load_modules,
    load_schemes,
    load_shapes,
)


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One rule that the graph breaks."""

    noeud: str
    """What breaks it, as an IRI."""
    chemin: str
    """The field, by its local name; empty when the whole thing is at fault."""
    message: str
    """What to do, in French."""
    forme: str
    """Local name of the shape."""
    valeur: str = ""
    """The value at fault, when there is one."""


@dataclass(frozen=True, slots=True)
class RapportValidation:
    """What a validation found, sorted."""

    violations: tuple[Violation, ...] = ()

    @property
    def conforme(self) -> bool:
        """True when nothing is to be changed."""
        return not self.violations


def validate(data: Graph, *, contexte: Graph | None = None, corpus: bool = False) -> RapportValidation:
    """Check a graph against the shapes, without inference and without reading anything remote.

    Args:
        data: the graph to check; it is not changed.
        contexte: what the data may refer to, checked for nothing itself (actors known elsewhere…).
        corpus: also refuse what only the build derives (``mai:membreDe``, role classes…).

    Returns:
        The report: only what ``data`` itself talks about is in it.
    """
    return _validate(data, _reference(), _shapes(corpus), contexte)


def validate_schemes(data: Graph) -> RapportValidation:
    """Check vocabularies: labels and definitions in both languages, codes, hierarchy."""
    return _validate(data, load_modules(), _vocabulary_shapes(), None)


def _validate(data: Graph, reference: Graph, shapes: Graph, contexte: Graph | None) -> RapportValidation:
    merged = Graph(bind_namespaces="none")
    for graph in (data, reference, contexte or ()):
        for triple in graph:
            merged.add(triple)
    _, report, _ = pyshacl.validate(
        merged, shacl_graph=shapes, inference="none", inplace=True, do_owl_imports=False, advanced=False
    )
    if not isinstance(report, Graph):
        raise TypeError(f"pyshacl gave no report: {report!r}")
    own = {str(subject) for subject in data.subjects(unique=True)}
    found = {violation for violation in _violations(report, shapes) if violation.noeud in own}
    return RapportValidation(tuple(sorted(found)))


def _violations(report: Graph, shapes: Graph) -> list[Violation]:
    return [
        Violation(
            noeud=str(report.value(result, SH.focusNode)),
            chemin=_path_name(report, report.value(result, SH.resultPath)),
            message=_text(report.value(result, SH.resultMessage)),
            forme=_shape_name(shapes, report.value(result, SH.sourceShape)),
            valeur=_text(report.value(result, SH.value)),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    ]


def _text(node: Node | None) -> str:
    return "" if node is None else str(node)


def _path_name(report: Graph, path: Node | None) -> str:
    """Return ``prefLabel``, ``prefLabel | title`` or ``^etape``; empty without a path."""
    if path is None:
        return ""
    if not isinstance(path, BNode):
        return _local_name(path)
    inverse = report.value(path, SH.inversePath)
    if inverse is not None:
        return f"^{_local_name(inverse)}"
    choices = report.value(path, SH.alternativePath)
    if choices is None:
        return ""
    return " | ".join(_local_name(choice) for choice in Collection(report, choices))


def _shape_name(shapes: Graph, shape: Node | None) -> str:
    """Return the local name of a shape, or of the named shape that holds an unnamed one."""
    while isinstance(shape, BNode):
        shape = next(iter(shapes.subjects(None, shape)), None)
    return _local_name(shape) if shape is not None else ""


def _local_name(node: Node) -> str:
    return str(node).replace("#", "/").rstrip("/").rsplit("/", 1)[-1]


@cache
def _reference() -> Graph:
    return load_modules() + load_schemes()


@cache
def _shapes(corpus: bool) -> Graph:
    return load_shapes(without=VOCABULARY_SHAPES if corpus else VOCABULARY_SHAPES | CORPUS_SHAPES)


@cache
def _vocabulary_shapes() -> Graph:
    others = {entry.name.removesuffix(".ttl") for entry in list_files("shapes")} - VOCABULARY_SHAPES
    return load_shapes(without=others)
