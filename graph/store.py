"""The store of an edition: read-only; its default graph holds what every source says, each once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from ontology.namespaces import PREFIXES

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

    def select(self, requete: str) -> Iterator[Ligne]:
        """Yield the solutions of a SELECT."""
        solutions = self._query(requete)
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError("a SELECT is expected")
        noms = [variable.value for variable in solutions.variables]
        for solution in solutions:
            valeurs = zip(noms, solution, strict=True)
            yield {nom: terme.value for nom, terme in valeurs if isinstance(terme, ox.NamedNode | ox.Literal)}

    def construct(self, requete: str) -> Iterator[ox.Triple]:
        """Yield the triples of a CONSTRUCT."""
        triples = self._query(requete)
        if not isinstance(triples, ox.QueryTriples):
            raise TypeError("a CONSTRUCT is expected")
        yield from triples

    def _query(self, requete: str) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        return self._oxigraph.query(requete, prefixes=PREFIXES)
