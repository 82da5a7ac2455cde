"""Commands measured in a process of their own: seconds of the clock and of the processor, peak memory."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_LANCEUR = Path(__file__).with_name("lanceur.py")
_MO = 1 << 20 if sys.platform == "darwin" else 1 << 10
"""What a megabyte is in units of ``ru_maxrss``."""


@dataclass(frozen=True, slots=True)
class Cout:
    """What a command took."""

    secondes: float
    """By the clock."""
    processeur: float
    """User and system seconds, of all its threads."""
    memoire: float
    """Resident megabytes at the peak."""


@dataclass(frozen=True, slots=True)
class Enfant:
    """A command that runs; what it says is kept in a file, shown if it fails."""

    processus: "subprocess.Popen[bytes]"
    debut: float
    journal: Path
    releve: Path

    def wait(self) -> Cout:
        """Wait for its end and return what it took.

        Raises:
            RuntimeError: it failed (a signal asked of it is no failure).
        """
        if self.processus.wait() != 0:
            raise RuntimeError(self.said())
        secondes, processeur, memoire = json.loads(self.releve.read_text("utf-8"))
        return Cout(secondes, processeur, memoire / _MO)

    def said(self) -> str:
        """Return the end of what it printed."""
        return self.journal.read_text("utf-8", "replace")[-2000:]


def start(commande: Sequence[str], dossier: Path, env: Mapping[str, str] | None = None) -> Enfant:
    """Start a command of the environment that runs this (``maillage``, ``oxigraph``)."""
    programme = shutil.which(commande[0], path=str(Path(sys.executable).parent)) or commande[0]
    journal, releve = dossier / "journal.txt", dossier / "releve.json"
    with journal.open("wb") as flux:
        processus = subprocess.Popen(
            [sys.executable, "-I", "-S", str(_LANCEUR), str(releve), programme, *commande[1:]],
            stdin=subprocess.DEVNULL,
            stdout=flux,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})},
        )
    return Enfant(processus, time.perf_counter(), journal, releve)


def run(commande: Sequence[str], dossier: Path, **env: str) -> Cout:
    """Run a command to its end, its papers in a folder.

    Raises:
        RuntimeError: it failed.
    """
    return start(commande, dossier, env).wait()
