"""The editions of a SPARQL server, served as those of the data folder are.

A local folder keeps, for each edition, what is not RDF: its manifest and counts, copied from the server, and
the index of its directory, made here from what the server answers. It is a cache: it may be removed.
"""

import hashlib
import shutil
import tempfile
from itertools import chain
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.annuaire.entrees import entries_of, entries_of_rows
from graph.annuaire.indexation import write_index
from graph.catalogue.lecture import load_catalogue
from graph.distant.erreurs import ServeurError
from graph.distant.noms import Noms
from graph.distant.pointeur import read_current, read_index
from graph.distant.pool import PoolDistant
from graph.distant.publication import FICHIERS
from graph.distant.reecriture import Copies
from graph.distant.serveur import Serveur
from graph.distant.store import StoreDistant
from graph.edition.annexes import ANNUAIRE
from graph.edition.manifeste import NOM as MANIFESTE
from graph.edition.manifeste import read_manifeste
from graph.errors import EditionError
from graph.queries import load_requete
from graph.sparql import PoolSparql
from graph.store import Store

DELAI_OUVERTURE: Final = 600.0
"""Seconds given to each query that opens an edition."""
DELAI_POINTEUR: Final = 10.0
_VIDE: Final = "vide"


class AccesDistant:
    """The editions that ``maillage publish`` put on a server."""

    absente = "distant.aucune"

    def __init__(self, serveur: Serveur, adresse: str, base_iri: str, data: Path) -> None:
        """Describe where they are.

        Args:
            serveur: that holds them.
            adresse: its address, only to keep the caches of two servers apart.
            base_iri: of the instance that published them.
            data: folder of this instance, for the cache.
        """
        self._serveur, self._noms = serveur, Noms(base_iri)
        self._cache = data / "distant" / hashlib.sha256(f"{adresse} {base_iri}".encode()).hexdigest()[:12]
        self._copies: dict[str, Copies] = {}

    def current_id(self) -> str | None:
        """Return the id that the server's pointer says."""
        return read_current(self._serveur, self._noms, DELAI_POINTEUR)

    def folder(self, identifiant: str) -> Path:
        """Return the cache of an edition, filled the first time."""
        if not identifiant or "/" in identifiant or identifiant.startswith("."):
            raise ServeurError("incomplete")
        folder = self._cache / "editions" / identifiant
        copies, fichiers = read_index(self._serveur, self._noms, identifiant, DELAI_OUVERTURE)
        if not copies.par_source or MANIFESTE not in fichiers:
            raise ServeurError("incomplete")
        self._copies[identifiant] = copies
        if not (folder / ANNUAIRE).is_file():
            self._fill(folder, identifiant, fichiers)
        return folder

    def store(self, identifiant: str) -> Store:
        """Return the queries of an edition, with the patience that opening it takes."""
        return StoreDistant(self._serveur, self._copies[identifiant], DELAI_OUVERTURE)

    def pool(self, identifiant: str, taille: int, delai: float) -> PoolSparql:
        """Return what asks the server the queries of people."""
        vide = self._cache / _VIDE
        if not vide.is_dir():
            ox.Store(str(vide)).flush()
        return PoolDistant(vide, self._serveur, self._copies[identifiant], taille, delai)

    def _fill(self, folder: Path, identifiant: str, fichiers: dict[str, str]) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".", dir=folder.parent) as nom:
            pending = Path(nom) / identifiant
            pending.mkdir()
            for fichier in FICHIERS:
                if fichier in fichiers:
                    (pending / fichier).write_text(fichiers[fichier], encoding="utf-8")
            try:
                read_manifeste(pending)
            except EditionError:
                raise ServeurError("autre-format") from None
            store = self.store(identifiant)
            catalogue = load_catalogue(store, identifiant)
            registres = store.rows(load_requete("catalogue/acteurs-des-registres").texte)
            write_index(
                pending / ANNUAIRE, catalogue, chain(entries_of(catalogue), entries_of_rows(registres))
            )
            shutil.rmtree(folder, ignore_errors=True)
            pending.rename(folder)
