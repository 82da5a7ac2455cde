"""A PNG from an SVG."""

import re
import subprocess
import sys
from math import sqrt
from pathlib import Path
from threading import Semaphore
from typing import Final

from graph.errors import MaillageError, OuvriersOccupesError
from graph.messages import messages

DELAI: Final = 30.0
"""Seconds after which a picture is given up."""
POINTS_MAX: Final = 16e6
"""Pixels of a picture at most: a sheet A2 at 150 dots an inch, 64 MB while it is drawn."""
_SANS_POLICE: Final = 3
_TAILLE: Final = re.compile(r'<svg\b[^>]*?\swidth="([\d.]+)"[^>]*?\sheight="([\d.]+)"')
_RASTERISEUR: Final = Path(__file__).with_name("rasteriseur.py")
_UN_SEUL: Final = Semaphore(1)


def write_png(svg: str) -> bytes:
    """Draw an SVG of ours, twice as fine as its pixels, less when it is very large.

    One picture at a time: it takes a processor, and a queue would hold all the threads of a server.

    Raises:
        OuvriersOccupesError: another picture is being drawn.
        MaillageError: the machine has no font, or the drawing took too long.
    """
    if not _UN_SEUL.acquire(timeout=DELAI / 10):
        raise OuvriersOccupesError(messages("export.image-occupee"))
    try:
        fait = subprocess.run(  # noqa: S603 — our own script, the drawing goes by its standard input
            [sys.executable, "-I", str(_RASTERISEUR), f"{_zoom(svg):.3f}"],
            input=svg.encode("utf-8"),
            capture_output=True,
            timeout=DELAI,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        raise MaillageError(messages("export.image")) from None
    finally:
        _UN_SEUL.release()
    if fait.returncode == _SANS_POLICE:
        raise MaillageError(messages("export.police"))
    if fait.returncode:
        raise MaillageError(messages("export.image"))
    return fait.stdout


def _zoom(svg: str) -> float:
    lue = _TAILLE.search(svg)
    return min(2.0, sqrt(POINTS_MAX / (float(lue[1]) * float(lue[2])))) if lue else 1.0
