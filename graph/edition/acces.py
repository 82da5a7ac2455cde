"""Where the editions that are served come from: the data folder of this machine, or a SPARQL server.

Everything above asks an edition through a :class:`graph.store.Store` (published queries) and a
:class:`graph.sparql.PoolSparql` (queries that people type), and never knows which.
"""

from pathlib import Path
from typing import Protocol

from graph.edition.dossier import STORE, Dossier
from graph.sparql import PoolSparql
from graph.store import Store


class Acces(Protocol):
    """A way to the editions of an instance."""

    @property
    def absente(self) -> str:
        """Key of the sentence that says that there is no edition, and what to do."""
        ...

    def current_id(self) -> str | None:
        """Return the id of the edition to serve, None when there is none."""
        ...

    def folder(self, identifiant: str) -> Path:
        """Return the folder of an edition: its manifest, its directory, its counts.

        Raises:
            MaillageError: it cannot be had.
        """
        ...

    def store(self, identifiant: str) -> Store:
        """Return what answers the published queries on an edition.

        Raises:
            OSError: it cannot be opened.
        """
        ...

    def pool(self, identifiant: str, taille: int, delai: float) -> PoolSparql:
        """Return what answers the queries that people type: so many at a time, so many seconds each."""
        ...


class AccesLocal:
    """The data folder: an edition is a folder with its store."""

    absente = "edition.absente"

    def __init__(self, data: Path) -> None:
        self._dossier = Dossier(data)

    def current_id(self) -> str | None:
        """Return the id that ``current`` points to."""
        return self._dossier.current_id()

    def folder(self, identifiant: str) -> Path:
        """Return its folder."""
        return self._dossier.folder(identifiant)

    def store(self, identifiant: str) -> Store:
        """Open its store, read-only."""
        return Store.open(self.folder(identifiant) / STORE)

    def pool(self, identifiant: str, taille: int, delai: float) -> PoolSparql:
        """Return worker processes on its store."""
        return PoolSparql(self.folder(identifiant) / STORE, taille=taille, delai=delai, union=False)
