"""Load files of statements into a store under construction."""

from pathlib import Path
from typing import Final

import pyoxigraph as ox

_MORCEAU: Final = 1 << 22
_FIN: Final = b".\n"
"""Ends every statement of N-Triples, and nothing else: a line feed in a literal is escaped."""


def load_file(store: ox.Store, fichier: Path, graphe: ox.NamedNode) -> int:
    """Load N-Triples in their named graph, and in the default graph where all sources meet.

    The engine's own union of named graphs repeats a statement that two sources make, so that a plain
    COUNT would be wrong: the default graph holds each statement once.

    Returns:
        The number of statements of the file.
    """
    count = count_statements(fichier)
    for where in (graphe, ox.DefaultGraph()) if count else ():
        store.bulk_load(path=str(fichier), format=ox.RdfFormat.N_TRIPLES, to_graph=where)
    return count


def count_statements(fichier: Path) -> int:
    """Return the number of statements of an N-Triples file."""
    total, last = 0, b""
    with fichier.open("rb") as flux:
        while morceau := flux.read(_MORCEAU):
            total += (last + morceau).count(_FIN)
            last = morceau[-1:]
    return total
