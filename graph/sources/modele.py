"""What every reader gives back."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from graph.catalogue.modele import Iri


@dataclass(frozen=True, slots=True)
class EntreeSource:
    """One source, ready to be read: where it goes, how to tell that it changed, how to read it."""

    graphe: Iri
    """Named graph that receives its quads."""
    titre: str
    empreinte: str
    """SHA-256 of the input and of what the reader depends on: same value, same quads."""
    lire: Callable[[], Iterable[str]]
    """Yields N-Triples lines (each ends with a line feed)."""
    fichier: Path | None = None
    """Its statements already written, when an import left them: nothing to read again."""
    registre: bool = False
    """True for a list of hundreds of thousands, whose things follow each other in the file."""

    @property
    def slug(self) -> str:
        """Last segment of the graph's IRI, safe as a file name."""
        return self.graphe.rstrip("/").rsplit("/", 1)[-1]


def empreinte(*parts: bytes | str | Path) -> str:
    """SHA-256, in hexadecimal, of files and texts taken in order."""
    somme = hashlib.sha256()
    for part in parts:
        octets = part.read_bytes() if isinstance(part, Path) else part
        octets = octets.encode() if isinstance(octets, str) else octets
        somme.update(len(octets).to_bytes(8, "big"))
        somme.update(octets)
    return somme.hexdigest()
