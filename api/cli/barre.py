"""The progress bar of long commands: on a terminal only."""

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TextIO

from graph.messages import messages

LARGEUR: Final = 24
"""Signs of the bar itself."""
PERIODE: Final = 0.2
"""Seconds between two drawings."""
RECUL: Final = 1.0
"""Seconds of work before the time left is told: sooner, it is anything."""


class Barre:
    """Draws one line again and again: share of the bytes read, rows, rows a second, time left."""

    def __init__(self, flux: TextIO, horloge: Callable[[], float] = time.monotonic) -> None:
        self._flux, self._horloge = flux, horloge
        self._begun = self._drawn = horloge()

    def tell(self, lus: int, part: float) -> None:
        """Draw the line, unless it was a moment ago; without a share, rows alone."""
        now = self._horloge()
        if now - self._drawn < PERIODE:
            return
        self._drawn = now
        spent = now - self._begun
        said = [messages("cli.avancement", lus=_spaced(lus), debit=_spaced(round(lus / spent)))]
        if part:
            full = round(part * LARGEUR)
            said.insert(0, f"{'█' * full}{'░' * (LARGEUR - full)} {part:4.0%}")
        if part and spent >= RECUL:
            left = round(spent * (1 - part) / part)
            said.append(messages("cli.reste", minutes=left // 60, secondes=f"{left % 60:02d}"))
        self._flux.write(f"\r\x1b[K{'  '.join(said)[: shutil.get_terminal_size().columns - 1]}")
        self._flux.flush()

    def clear(self) -> None:
        """Leave the line as it was found."""
        self._flux.write("\r\x1b[K")
        self._flux.flush()


def _spaced(nombre: int) -> str:
    return f"{nombre:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


@contextmanager
def show_progress() -> Iterator[Callable[[int, float], None]]:
    """Give what is told the rows read and the share of the whole; silent when stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda lus, part: None
        return
    barre = Barre(sys.stderr)
    try:
        yield barre.tell
    finally:
        barre.clear()
