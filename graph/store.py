"""The store of an edition: read-only; its default graph holds what every source says, each once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Self

import pyoxigraph as ox

from ontology.namespaces import PREFIXES

_NOMMES: Final = (ox.NamedNode, ox.Literal)

Ligne = dict[str, str]
"""One solution: variable -> lexical value or IRI; unbound variables are absent."""


class Store:
    """Trusted, published queries on an edition. What users type goes through :mod:`graph.sparql`."""

    def __init__(self, oxigraph: ox.Store) -> None:
        self._oxigraph = oxigraph

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open a store folder that nobody writes any more.

        Raises:
            OSError: not a store.
        """
        return cls(ox.Store.read_only(str(folder)))

    def serving(self) -> "Store":
        """Return it for the time of a page rather than of an opening: only a server tells them apart."""
        return self

    def select(self, requete: str) -> Iterator[Ligne]:
        """Yield the solutions of a SELECT."""
        solutions = self._solutions(requete)
        noms = [variable.value for variable in solutions.variables]
        for row in _values(solutions):
            yield {nom: valeur for nom, valeur in zip(noms, row, strict=True) if valeur is not None}

    def rows(self, requete: str) -> Iterator[list[str | None]]:
        """Yield the solutions of a SELECT as values in the order of its variables; None where unbound."""
        return _values(self._solutions(requete))

    def construct(self, requete: str) -> Iterator[ox.Triple]:
        """Yield the triples of a CONSTRUCT."""
        triples = self._query(requete)
        if not isinstance(triples, ox.QueryTriples):
            raise TypeError("a CONSTRUCT is expected")
        yield from triples

    def _solutions(self, requete: str) -> ox.QuerySolutions:
        solutions = self._query(requete)
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError("a SELECT is expected")
        return solutions

    def _query(self, requete: str) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        return self._oxigraph.query(requete, prefixes=PREFIXES)


def _values(solutions: ox.QuerySolutions) -> Iterator[list[str | None]]:
    """Yield lexical values and IRIs; a blank node is nothing to us."""
    for solution in solutions:
        yield [terme.value if isinstance(terme, _NOMMES) else None for terme in solution]
