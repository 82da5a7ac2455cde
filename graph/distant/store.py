"""The published queries of this project, asked of a server that holds an edition."""

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from graph.distant.erreurs import RefusServeurError, ServeurError
from graph.distant.reecriture import Copies, rewrite
from graph.distant.serveur import Serveur, read_solutions, read_triples
from graph.store import Store

DELAI_PAGE: Final = 10.0
"""Seconds given to each query of a page."""


class StoreDistant(Store):
    """One edition on a server. Queries are trusted; each has one deadline."""

    def __init__(self, serveur: Serveur, copies: Copies, delai: float) -> None:
        """Describe where the edition is.

        Args:
            serveur: that holds it.
            copies: its graphs there.
            delai: seconds given to one query.
        """
        self._serveur, self._copies, self._delai = serveur, copies, delai

    def serving(self) -> Store:
        """Return the same edition, where a query is given the patience of somebody who waits for a page."""
        return StoreDistant(self._serveur, self._copies, DELAI_PAGE)

    def construct(self, requete: str) -> Iterator[ox.Triple]:
        """Yield the triples of a CONSTRUCT, each once, in the order of their terms.

        A server may repeat them, and has no order of its own from one asking to the next.
        """
        demande = rewrite(requete, self._copies)
        reponse = self._serveur.query(
            demande.texte, demande.graphes, demande.nommes, delai=self._delai, rows=False
        )
        yield from sorted(set(read_triples(reponse)), key=str)

    def _solutions(self, requete: str) -> ox.QuerySolutions:
        demande = rewrite(requete, self._copies)
        try:
            return read_solutions(
                self._serveur.query(demande.texte, demande.graphes, demande.nommes, delai=self._delai)
            )
        except RefusServeurError as refus:
            raise ServeurError("requete") from refus
