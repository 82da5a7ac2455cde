"""What an import changes, thing by thing, against the one it replaces."""

import hashlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

import numpy as np

from graph.catalogue.modele import Iri
from graph.messages import messages

FIN_DE_CHOSE: Final = b"\n"
"""An empty line (which N-Triples allows) closes each thing, so that groups can be read back."""


@dataclass(frozen=True, slots=True)
class Changements:
    """What an import changes, against the one it replaces, by thing."""

    apparus: int = 0
    changes: int = 0
    disparus: int = 0


@dataclass(slots=True)
class Empreintes:
    """Two 64-bit numbers a thing: which one, and what is said of it. 16 bytes each, whatever their size.

    The source and its passages are no things of their own.
    """

    graphe: Iri
    cles: "array[int]" = field(default_factory=lambda: array("Q"))
    contenus: "array[int]" = field(default_factory=lambda: array("Q"))

    def add(self, octets: bytes) -> bytes:
        """Take note of a thing from its statements; return their digest."""
        digest = hashlib.blake2b(octets).digest()
        if octets.startswith(f"<{self.graphe}".encode()):
            return digest
        self.cles.append(_hash64(octets[: octets.find(b" ")]))
        self.contenus.append(int.from_bytes(digest[:8], "big"))
        return digest

    def compare(self, old: "Empreintes") -> Changements:
        """Say what changed since another import."""
        before, after = (
            (np.array(side.cles, dtype=np.uint64), np.array(side.contenus, dtype=np.uint64))
            for side in (old, self)
        )
        common, old_rows, new_rows = np.intersect1d(before[0], after[0], return_indices=True)
        changed = int(np.count_nonzero(before[1][old_rows] != after[1][new_rows]))
        return Changements(
            apparus=len(np.unique(after[0])) - len(common),
            changes=changed,
            disparus=len(np.unique(before[0])) - len(common),
        )


def _hash64(octets: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(octets, digest_size=8).digest(), "big")


def say_changes(changes: Changements) -> list[str]:
    """Say in French what appeared, changed and disappeared."""
    return [
        messages("import.apparus", n=changes.apparus),
        messages("import.changes", n=changes.changes),
        messages("import.disparus", n=changes.disparus),
    ]


def read_empreintes(enonces: Path, graphe: Iri) -> Empreintes:
    """Read back what an import holds, thing by thing: statements of one thing follow each other."""
    seen = Empreintes(graphe)
    try:
        with enonces.open("rb") as flux:
            for octets in _group_lines(flux):
                seen.add(octets)
    except OSError:
        pass
    return seen


def _group_lines(flux: IO[bytes]) -> Iterator[bytes]:
    group: list[bytes] = []
    for line in flux:
        if line != FIN_DE_CHOSE:
            group.append(line)
        elif group:
            yield b"".join(group)
            group = []
    if group:
        yield b"".join(group)
