"""Checks of an edition, each of which must find nothing: the ontology's shapes, compiled, and its questions.

The shapes judge things one at a time; ``checks/*.rq`` ask what concerns the whole: unknown territories and
terms, things of two natures, successions in a circle.
"""

import logging
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from heapq import nsmallest
from importlib.resources import files
from typing import Final

import pyoxigraph as ox

from graph.queries import parse_requete
from ontology.compilation import Contrainte, Depistage, compile_shapes, group
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

_ENSEMBLE: Final = 4
"""Checks run at the same time at most: the engine lets go of the interpreter, memory is what they share."""

_Reponse = tuple[str, str, set[str]]
"""Name of a check, what it looks for, the rows it found."""


def find_controles() -> list[str]:
    """Return the names of the checks, sorted: shapes by their local name, then questions."""
    shapes = {contrainte.nom for contrainte in _contraintes()}
    return [*sorted(shapes), *_questions()]


def run_controles(store: ox.Store) -> list[Controle]:
    """Run every check, several at a time; return those that found something, none when all is well."""
    runs = [partial(_judge, store, depistage) for depistage in group(_contraintes())]
    runs += [partial(_ask, store, nom) for nom in _questions()]
    found: dict[str, tuple[str, set[str]]] = {}
    with ThreadPoolExecutor(min(_ENSEMBLE, os.cpu_count() or 1)) as pool:
        for answers in pool.map(lambda run: run(), runs):
            for nom, question, rows in answers:
                # Two components of a shape may refuse one value: that is one fault.
                found.setdefault(nom, (question, set()))[1].update(rows)
    return [
        Controle(nom, found[nom][0], tuple(nsmallest(EXEMPLES, found[nom][1])), len(found[nom][1]))
        for nom in find_controles()
        if nom in found and found[nom][1]
    ]


def _judge(store: ox.Store, depistage: Depistage) -> list[_Reponse]:
    """Ask whether any constraint of a group is broken, and which ones only then."""
    une = depistage.contraintes[0]
    with _timed(f"{une.nom} {une.composant}"):
        if not store.query(depistage.requete):
            return []
        return [(c.nom, c.message, _rows(store, c.requete)) for c in depistage.contraintes]


def _ask(store: ox.Store, nom: str) -> list[_Reponse]:
    """Ask a question of ``checks``."""
    requete = parse_requete(nom, (files("ontology") / "checks" / f"{nom}.rq").read_text(encoding="utf-8"))
    with _timed(nom):
        return [(nom, requete.question, _rows(store, requete.texte))]


@contextmanager
def _timed(nom: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    _JOURNAL.debug("%s: %.3f s", nom, time.perf_counter() - begun)


def _rows(store: ox.Store, texte: str) -> set[str]:
    solutions = store.query(texte, prefixes=PREFIXES)
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError(f"a SELECT is expected: {texte}")
    return {" · ".join(str(term) for term in solution if term is not None) for solution in solutions}


def _questions() -> list[str]:
    folder = files("ontology") / "checks"
    return sorted(e.name.removesuffix(".rq") for e in folder.iterdir() if e.name.endswith(".rq"))


@cache
def _contraintes() -> tuple[Contrainte, ...]:
    """Compile the shapes that hold of an edition; personal data is looked for whatever bears it."""
    compiled = compile_shapes(load_shapes(without=VOCABULARY_SHAPES | CORPUS_SHAPES))
    return tuple(replace(c, cible="") if c.nom in BLOQUANTS else c for c in compiled)
