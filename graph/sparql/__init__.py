"""Queries that anybody may type: checked, then run in a worker process that can be killed.

``from graph.sparql import PoolSparql, Format`` is the way in. The pool is imported on demand, so that
a worker, which imports a sibling module, starts without the libraries only the server needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from graph.sparql.formats import Format, Forme

if TYPE_CHECKING:
    from graph.sparql.limites import check_requete
    from graph.sparql.pool import PoolSparql, ResultatSparql
    from graph.sparql.questions import Question, load_questions

__all__ = [
    "Format",
    "Forme",
    "PoolSparql",
    "Question",
    "ResultatSparql",
    "check_requete",
    "load_questions",
]

_ELSEWHERE = {
    "PoolSparql": "pool",
    "ResultatSparql": "pool",
    "check_requete": "limites",
    "Question": "questions",
    "load_questions": "questions",
}


def __getattr__(name: str) -> object:
    if name not in _ELSEWHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ELSEWHERE[name]}"), name)
