"""Rows in JSON as the standard writes them, from servers that have older ways."""

from pathlib import Path
from typing import IO, Final

_BOOLEEN: Final = b'"datatype": "http://www.w3.org/2001/XMLSchema#boolean", "value": '
_REMPLACES: Final = (
    (b'"type": "typed-literal"', b'"type": "literal"'),
    (_BOOLEEN + b'"1"', _BOOLEEN + b'"true"'),
    (_BOOLEEN + b'"0"', _BOOLEEN + b'"false"'),
)
"""As Virtuoso 7 writes them. No text can hold these bytes: its own quotation marks are escaped."""
_MORCEAU: Final = 1 << 20
_RETENUE: Final = max(len(vieux) for vieux, _ in _REMPLACES) - 1


class FluxJson:
    """A JSON answer, read once from its beginning to its end; a file ends with it."""

    def __init__(self, flux: IO[bytes], fichier: Path | None = None) -> None:
        """Read from a stream; a temporary file is removed at once, and lives as long as it is read."""
        self._flux, self._held = flux, b""
        if fichier is not None:
            fichier.unlink()

    def read(self, taille: int = -1) -> bytes:
        """Return bytes, at most so many; none at the end, however often it is asked."""
        if self._flux.closed:
            return b""
        want = _MORCEAU if taille < 0 else taille
        while len(self._held) < want + _RETENUE and (morceau := self._flux.read(_MORCEAU)):
            self._held = _standard(self._held + morceau)
        given, self._held = self._held[:want], self._held[want:]
        if not given:
            self._flux.close()
        return given

    def __del__(self) -> None:
        self._flux.close()


def _standard(octets: bytes) -> bytes:
    for vieux, neuf in _REMPLACES:
        octets = octets.replace(vieux, neuf)
    return octets
