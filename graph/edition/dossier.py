"""The data folder: editions side by side, one of them current, one build at a time.

``<data>/editions/<id>/`` holds an edition, ``<data>/current`` is a link to one of them, switched by
one atomic rename. A server keeps a shared lock on the edition it serves, so that pruning waits.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from graph.edition.manifeste import Manifeste, read_manifeste
from graph.errors import EditionError
from graph.messages import messages

CONSTRUCTION: Final = ".construction-"
"""Prefix of a folder being built; one left by a crash is removed by the next build."""

STORE: Final = "store"
"""Folder of the store inside an edition."""

VERROU_LECTURE: Final = "lecture.verrou"


class Dossier:
    """The data folder of one instance (``MAILLAGE_DATA``)."""

    def __init__(self, racine: Path) -> None:
        self.racine = racine
        self.editions = racine / "editions"
        self.cache = racine / "cache"
        self._current = racine / "current"

    def prepare(self) -> None:
        """Make the folders.

        Raises:
            EditionError: the place cannot be written.
        """
        try:
            self.editions.mkdir(parents=True, exist_ok=True)
            self.cache.mkdir(exist_ok=True)
        except OSError:
            raise EditionError(messages("edition.dossier-interdit")) from None

    def current_id(self) -> str | None:
        """Return the id of the current edition, None before the first build."""
        try:
            return Path(os.readlink(self._current)).name  # noqa: PTH115 — Path.readlink resolves nothing more
        except OSError:
            return None

    def folder(self, identifiant: str) -> Path:
        """Return the folder of an edition.

        Raises:
            EditionError: no such edition.
        """
        folder = self.editions / identifiant
        if not identifiant or "/" in identifiant or identifiant.startswith(".") or not folder.is_dir():
            raise EditionError(messages("edition.inconnue", id=identifiant))
        return folder

    def manifests(self) -> list[Manifeste]:
        """Return the manifests of the editions that can be read, oldest first."""
        manifestes = []
        for folder in self.editions.glob("[!.]*"):
            try:
                manifestes.append(read_manifeste(folder))
            except EditionError:
                continue
        return sorted(manifestes, key=lambda manifeste: manifeste.creee)

    def use(self, identifiant: str) -> None:
        """Make an edition current: one rename, seen whole or not at all."""
        read_manifeste(self.folder(identifiant))
        pending = self.racine / f".current-{os.getpid()}"
        pending.unlink(missing_ok=True)
        pending.symlink_to(Path("editions") / identifiant)
        pending.replace(self._current)

    def prune(self, keep: int) -> list[str]:
        """Remove all but the ``keep`` newest editions, never the current one nor one being read.

        Returns:
            The ids removed.
        """
        removed = []
        old = [manifeste.id for manifeste in self.manifests()]
        for identifiant in old[: max(0, len(old) - keep)]:
            if identifiant != self.current_id() and self._remove_unless_read(identifiant):
                removed.append(identifiant)
        return removed

    def _remove_unless_read(self, identifiant: str) -> bool:
        folder = self.folder(identifiant)
        with (folder / VERROU_LECTURE).open("a") as flux:
            if not _lock(flux, fcntl.LOCK_EX | fcntl.LOCK_NB):
                return False
            doomed = folder.with_name(f"{CONSTRUCTION}{identifiant}")
            folder.rename(doomed)
            shutil.rmtree(doomed)
        return True

    @contextmanager
    def building(self) -> Iterator[Path]:
        """Give a fresh folder to build in, alone; what a dead build left is removed first.

        Raises:
            EditionError: another build is going on.
        """
        self.prepare()
        with (self.racine / "construction.verrou").open("a") as flux:
            if not _lock(flux, fcntl.LOCK_EX | fcntl.LOCK_NB):
                raise EditionError(
                    "Une construction est déjà en cours dans ce dossier : attendre qu’elle finisse."
                )
            for dead in self.editions.glob(f"{CONSTRUCTION}*"):
                shutil.rmtree(dead, ignore_errors=True)
            folder = self.editions / f"{CONSTRUCTION}{os.getpid()}"
            folder.mkdir()
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Hold an edition open: pruning leaves it alone meanwhile."""
    with (folder / VERROU_LECTURE).open("a") as flux:
        _lock(flux, fcntl.LOCK_SH)
        yield


def _lock(flux: IO[str], mode: int) -> bool:
    try:
        fcntl.flock(flux, mode)
    except BlockingIOError:
        return False
    return True
