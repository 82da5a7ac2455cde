"""The index of the directory: words in SQLite, everything else as sets of actors that meet and count fast.

An actor is known by its rank in the alphabetical order of names, so that a set is read in that order.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

from pyroaring import BitMap

from graph.catalogue.modele import Iri

SCHEMA: Final = """
CREATE TABLE acteur (rang INTEGER PRIMARY KEY, iri TEXT NOT NULL);
CREATE TABLE nom (plie TEXT NOT NULL, rang INTEGER NOT NULL, PRIMARY KEY (plie, rang)) WITHOUT ROWID;
CREATE TABLE ensemble (genre TEXT NOT NULL, valeur TEXT NOT NULL, rangs BLOB NOT NULL,
    PRIMARY KEY (genre, valeur)) WITHOUT ROWID;
CREATE VIRTUAL TABLE mots USING fts5(noms, textes, content='', detail=column, tokenize='unicode61');
"""
GENRES: Final = ("type", "secteur", "fonction", "dans", "perimetre")
"""Sets of actors: by role, sector, function, by territory they sit or act in, by territory they act on."""


class Index:
    """Reads the index of one edition; safe to share between threads."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._lock = threading.Lock()

    @classmethod
    def open(cls, fichier: Path) -> Self:
        """Open the index of an edition, read-only.

        Raises:
            OSError: no such file.
        """
        if not fichier.is_file():
            raise FileNotFoundError(fichier.name)
        adresse = f"{fichier.absolute().as_uri()}?mode=ro&immutable=1"
        return cls(sqlite3.connect(adresse, uri=True, check_same_thread=False))

    @cached_property
    def tous(self) -> BitMap:
        """Every actor."""
        (nombre,) = next(self._rows("SELECT count(*) FROM acteur"))
        return BitMap(range(nombre))

    def ensemble(self, genre: str, valeur: str) -> BitMap:
        """Return the actors of a set; empty when nobody is in it."""
        row = next(
            self._rows("SELECT rangs FROM ensemble WHERE genre = ? AND valeur = ?", genre, valeur), None
        )
        return BitMap.deserialize(row[0]) if row else BitMap()

    def ensembles(self, genre: str) -> dict[str, BitMap]:
        """Return every set of a kind."""
        rows = self._rows("SELECT valeur, rangs FROM ensemble WHERE genre = ?", genre)
        return {valeur: BitMap.deserialize(rangs) for valeur, rangs in rows}

    def named(self, nom: str) -> BitMap:
        """Return the actors of exactly this folded name."""
        return BitMap(rang for (rang,) in self._rows("SELECT rang FROM nom WHERE plie = ?", nom))

    def begun(self, debut: str) -> BitMap:
        """Return the actors a name of whom begins so."""
        rows = self._rows("SELECT rang FROM nom WHERE plie >= ? AND plie < ?", debut, debut + "\U0010ffff")
        return BitMap(rang for (rang,) in rows)

    def worded(self, mots: Iterable[str], *, noms: bool) -> BitMap:
        """Return the actors with a word that begins like each of these, in names or anywhere."""
        asked = " AND ".join(f'"{mot}"*' for mot in mots)
        if not asked:
            return BitMap()
        match = f"{{noms}} : ({asked})" if noms else asked
        return BitMap(rang for (rang,) in self._rows("SELECT rowid FROM mots WHERE mots MATCH ?", match))

    def iris(self, rangs: Iterable[int]) -> list[Iri]:
        """Return the actors of these ranks, in the order given."""
        return [row[0] for rang in rangs for row in self._rows("SELECT iri FROM acteur WHERE rang = ?", rang)]

    def _rows(self, requete: str, *valeurs: object) -> Iterator[tuple[Any, ...]]:
        with self._lock:
            return iter(self._base.execute(requete, valeurs).fetchall())
