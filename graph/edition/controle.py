"""Checks of an edition, each of which must find nothing: the ontology's shapes, compiled, and its questions.

The shapes judge things one at a time; ``checks/*.rq`` ask what concerns the whole: unknown territories and
terms, things of two natures, successions in a circle.
"""

import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from heapq import nsmallest
from importlib.resources import files
from typing import Final

import pyoxigraph as ox

from graph.queries import parse_requete
from ontology.compilation import Contrainte, compile_shapes, group
from ontology.loading import CORPUS_SHAPES, VOCABULARY_SHAPES, load_shapes
from ontology.namespaces import PREFIXES

_JOURNAL = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Controle:
    """A check that found something: its name, what it looks for, some of what it found."""

    nom: str
    question: str
    lignes: tuple[str, ...]
    total: int


BLOQUANTS: Final = frozenset(
    {"AucunePersonne", "AucuneCoordonnee", "TexteSansCourriel", "TexteSansTelephone"}
)
"""Shapes that refuse an edition: personal data never goes live, whatever else is right."""

EXEMPLES: Final = 20
"""Rows kept per check for the report; all are counted."""


def find_controles() -> list[str]:
    """Return the names of the checks, sorted: shapes by their local name, then questions."""
    shapes = {contrainte.nom for contrainte in _contraintes()}
    return [*sorted(shapes), *_questions()]


def run_controles(store: ox.Store) -> list[Controle]:
    """Run every check; return those that found something, an empty list when all is well."""
    return [*_run_shapes(store), *_run_questions(store)]


def _run_shapes(store: ox.Store) -> Iterator[Controle]:
    """Look for faults by groups of constraints; ask which ones only where there is any."""
    messages: dict[str, str] = {}
    rows: dict[str, set[str]] = {}
    for depistage in group(_contraintes()):
        begun = time.perf_counter()
        if store.query(depistage.requete):
            for contrainte in depistage.contraintes:
                # Two components of a shape may refuse one value: that is one fault.
                rows.setdefault(contrainte.nom, set()).update(_rows(store, contrainte.requete))
                messages[contrainte.nom] = contrainte.message
        une = depistage.contraintes[0]
        _JOURNAL.debug("%s %s: %.3f s", une.nom, une.composant, time.perf_counter() - begun)
    for nom in sorted(rows):
        if rows[nom]:
            yield _controle(nom, messages[nom], rows[nom])


def _run_questions(store: ox.Store) -> Iterator[Controle]:
    for nom in _questions():
        begun = time.perf_counter()
        requete = parse_requete(nom, (files("ontology") / "checks" / f"{nom}.rq").read_text(encoding="utf-8"))
        rows = set(_rows(store, requete.texte))
        _JOURNAL.debug("%s: %.3f s", nom, time.perf_counter() - begun)
        if rows:
            yield _controle(nom, requete.question, rows)


def _controle(nom: str, question: str, rows: set[str]) -> Controle:
    return Controle(nom, question, tuple(nsmallest(EXEMPLES, rows)), len(rows))


def _rows(store: ox.Store, texte: str) -> Iterable[str]:
    solutions = store.query(texte, prefixes=PREFIXES)
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError(f"a SELECT is expected: {texte}")
    return (" · ".join(str(term) for term in solution if term is not None) for solution in solutions)


def _questions() -> list[str]:
    folder = files("ontology") / "checks"
    return sorted(e.name.removesuffix(".rq") for e in folder.iterdir() if e.name.endswith(".rq"))


@cache
def _contraintes() -> tuple[Contrainte, ...]:
    """Compile the shapes that hold of an edition; personal data is looked for whatever bears it."""
    compiled = compile_shapes(load_shapes(without=VOCABULARY_SHAPES | CORPUS_SHAPES))
    return tuple(replace(c, cible="") if c.nom in BLOQUANTS else c for c in compiled)
