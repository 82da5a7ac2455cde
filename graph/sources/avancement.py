"""How far an import is: the share of its bytes that was read, told while files are read.

Readers open their files here and know nothing more; outside an import nobody listens and nothing is counted.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Final

BLOC: Final = 1 << 20
"""Bytes read at a time, thus between two news."""


@dataclass(slots=True)
class Suivi:
    """Bytes of the files of an import: how many there are to read, how many were."""

    total: int
    dire: Callable[[float], None]
    """Told the share read, between 0 and 1, each time that it moves."""
    lus: float = 0

    @property
    def part(self) -> float:
        """Share of the bytes that was read; some are read twice, to see what a file is."""
        return min(1.0, self.lus / self.total) if self.total else 0.0

    def add(self, octets: float) -> None:
        """Count bytes that were read."""
        self.lus += octets
        self.dire(self.part)


_SUIVI: ContextVar[Suivi | None] = ContextVar("suivi", default=None)


@contextmanager
def followed(fichiers: Sequence[Path], dire: Callable[[float], None]) -> Iterator[Suivi]:
    """Count what is read of files, in this context."""
    suivi = Suivi(_size(fichiers), dire)
    token = _SUIVI.set(suivi)
    try:
        yield suivi
    finally:
        _SUIVI.reset(token)


def announce(fichiers: Sequence[Path]) -> None:
    """Say that files will be read once more than they are given."""
    suivi = _SUIVI.get()
    if suivi is not None:
        suivi.total += _size(fichiers)


def advance(octets: float) -> None:
    """Count bytes that a library read by itself."""
    suivi = _SUIVI.get()
    if suivi is not None:
        suivi.add(octets)


def open_counted(fichier: Path) -> io.BufferedReader:
    """Open a file whose reading counts.

    Raises:
        OSError: it cannot be opened.
    """
    return io.BufferedReader(_Compte(fichier), BLOC)


class _Compte(io.FileIO):
    def readinto(self, tampon: "memoryview | bytearray", /) -> int:  # type: ignore[override]
        lus = super().readinto(tampon)
        advance(lus or 0)
        return lus


def _size(fichiers: Sequence[Path]) -> int:
    return sum(fichier.stat().st_size for fichier in fichiers if fichier.is_file())
