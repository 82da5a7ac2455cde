"""The edition being served: opened once, followed when ``current`` moves, closed when idle."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from api.gardees import ReponsesGardees
from api.settings import Settings, open_acces
from graph.annuaire import Criteres, search_actors
from graph.cartography import open_cartographe
from graph.catalogue import Catalogue
from graph.coverage import open_index
from graph.coverage.presences import open_presences
from graph.edition.acces import Acces
from graph.edition.dossier import reading
from graph.edition.lecture import open_catalogue
from graph.edition.manifeste import Manifeste, read_manifeste
from graph.errors import EditionError, MaillageError
from graph.messages import messages

logger = logging.getLogger("maillage.editions")

INTERVALLE: Final = 2.0
"""Seconds between two looks at ``current``."""


class EditionOuverte:
    """One edition, open: its manifest, its catalogue, and its query workers."""

    def __init__(self, acces: Acces, identifiant: str, settings: Settings) -> None:
        """Open an edition.

        Raises:
            EditionError: it is not an edition of this format, or its store cannot be read.
            ServeurError: it is on a server that does not answer.
        """
        self.folder: Path = acces.folder(identifiant)
        self.manifeste: Manifeste = read_manifeste(self.folder)
        self.id = self.manifeste.id
        self._held = ExitStack()
        try:
            self._held.enter_context(reading(self.folder))
            self.catalogue: Catalogue = open_catalogue(self.folder, self.manifeste, acces.store(identifiant))
            # Made now, so that nobody's first page waits for them.
            open_index(self.catalogue)
            open_cartographe(self.catalogue)
            open_presences(self.catalogue)
            search_actors(self.catalogue, Criteres())
        except (OSError, ValueError):
            self._held.close()
            raise EditionError(messages("edition.illisible", id=self.id)) from None
        self.orientations = ReponsesGardees()
        self.sparql = acces.pool(identifiant, settings.ouvriers_sparql, settings.delai_sparql)
        self._held.callback(self.sparql.close)

    def close(self) -> None:
        """Stop the workers and let the folder be pruned."""
        self._held.close()


class EditionsServies:
    """Gives each request the current edition, and moves to a new one without stopping.

    A request stays on the edition it began with; the old edition closes when its last request ends.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._acces = open_acces(settings)
        self._lock = threading.Lock()
        self._current: EditionOuverte | None = None
        self._readers: dict[EditionOuverte, int] = {}
        self._stop = threading.Event()
        self._watcher: threading.Thread | None = None

    def start(self) -> None:
        """Open the current edition and watch for the next ones.

        Raises:
            EditionError: none was built, or it cannot be read.
        """
        self._follow()
        if self._current is None:
            raise EditionError(messages(self._acces.absente))
        self._watcher = threading.Thread(target=self._watch, name="editions", daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        """Close what is open."""
        self._stop.set()
        if self._watcher is not None:
            self._watcher.join()
        with self._lock:
            opened, self._readers, self._current = {*self._readers, self._current}, {}, None
        for edition in opened:
            if edition is not None:
                edition.close()

    @contextmanager
    def borrow(self) -> Iterator[EditionOuverte]:
        """Lend the current edition for the time of a request.

        Raises:
            EditionError: nothing is open.
        """
        with self._lock:
            edition = self._current
            if edition is None:
                raise EditionError(messages("edition.absente"))
            self._readers[edition] = self._readers.get(edition, 0) + 1
        try:
            yield edition
        finally:
            with self._lock:
                self._readers[edition] -= 1
                idle = self._readers[edition] == 0
                if idle:
                    del self._readers[edition]
                retired = idle and edition is not self._current
            if retired:
                edition.close()

    def _watch(self) -> None:
        while not self._stop.wait(INTERVALLE):
            try:
                self._follow()
            except MaillageError as erreur:
                logger.warning("edition not opened: %s", erreur.message)

    def _follow(self) -> None:
        identifiant = self._acces.current_id()
        if identifiant is None or (self._current is not None and self._current.id == identifiant):
            return
        begun = time.perf_counter()
        opened = EditionOuverte(self._acces, identifiant, self._settings)
        with self._lock:
            old, self._current = self._current, opened
            idle = old is not None and old not in self._readers
        if old is not None and idle:
            old.close()
        logger.info("edition %s open in %.1f s", identifiant, time.perf_counter() - begun)
