"""A worker seen from the server: started, asked under a deadline, killed, never waited for in vain.

A plain child process rather than ``multiprocessing``: nothing of the server's memory, environment,
descriptors or main module reaches it, and it starts in a few hundredths of a second.
"""

import json
import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from graph.sparql.cadre import PRISE, Entete, pack, unpack

T = TypeVar("T")
Read = Callable[[int], bytes]

logger = logging.getLogger("maillage.sparql")

DEMARRAGE: Final = 30.0
"""Seconds given to a worker to open its store."""

_RACINE: Final = str(Path(__file__).resolve().parents[2])
_LANCEUR: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from graph.sparql.ouvrier import main; main()"
)
_ENVIRONNEMENT: Final = ("LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""The only variables a worker sees: what some Pythons need to start."""


class OuvrierMortError(Exception):
    """The worker ended before it answered."""

    def __init__(self, code: int | None, *, parti: bool = True) -> None:
        super().__init__(f"worker ended ({code})")
        self.signal = -code if code is not None and code < 0 else None
        """Signal that ended it, None when it left by itself."""
        self.parti = parti
        """False when the query had not even been handed over."""


class OuvrierLentError(Exception):
    """The worker went past the deadline and was killed."""


class OuvrierInutileError(Exception):
    """The worker cannot open the store; the reason is for the log, not for the client."""


@dataclass(frozen=True, slots=True)
class Reglages:
    """What a worker is started with."""

    store: str
    prefixes: dict[str, str]
    union: bool
    memoire_octets: int


class Processus:
    """One worker process at a time: a new one takes the place of one that died."""

    def __init__(self, reglages: Reglages) -> None:
        self._reglages = reglages
        self._enfant: subprocess.Popen[bytes] | None = None
        self._canal: socket.socket | None = None
        self._pret = False
        self.manque: tuple[str, ...] = ()
        """What this machine could not take away from the worker (``reseau``, ``memoire``)."""

    @property
    def pid(self) -> int | None:
        """Number of the process, None when there is none."""
        return self._enfant.pid if self._enfant else None

    def start(self) -> None:
        """Start a process if there is none alive; does not wait until it is ready."""
        if self._enfant is not None and self._enfant.poll() is None:
            return
        self.kill()
        ours, theirs = socket.socketpair()
        folders = json.dumps([_RACINE, *(folder for folder in sys.path if folder)])
        command = (sys.executable, "-I", "-S", "-c", _LANCEUR, folders)
        self._canal = ours
        with theirs:
            self._enfant = subprocess.Popen(  # noqa: S603 — our own interpreter and code
                (*command, str(theirs.fileno())),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env={name: os.environ[name] for name in _ENVIRONNEMENT if name in os.environ},
                cwd="/",
                start_new_session=True,
            )
        opening = {
            "store": self._reglages.store,
            "prefixes": self._reglages.prefixes,
            "union": self._reglages.union,
            "memoire_octets": self._reglages.memoire_octets,
        }
        self._send(pack(opening), time.monotonic() + DEMARRAGE)

    def ask(self, demande: Entete, delai: float) -> tuple[Entete, bytes]:
        """Hand over a query and return what the worker answers.

        Raises:
            OuvrierLentError: no answer within ``delai`` seconds; the worker was killed.
            OuvrierMortError: the worker ended first.
            OuvrierInutileError: the store cannot be opened.
        """
        self.start()
        self._wait_until_ready()
        deadline = time.monotonic() + delai
        self._send(pack({**demande, "delai": delai}), deadline)
        self._receive(deadline, lambda read: read(len(PRISE)) or None, parti=False)
        return self._receive(deadline, unpack)

    def kill(self) -> int | None:
        """End the process at once, if there is one; return what it ended with."""
        enfant, canal = self._enfant, self._canal
        self._enfant = self._canal = None
        self._pret = False
        if canal is not None:
            canal.close()
        if enfant is None:
            return None
        enfant.kill()
        return enfant.wait()

    def interrupt(self) -> None:
        """End the process from another thread than the one that waits for its answer."""
        enfant = self._enfant
        if enfant is not None:
            enfant.kill()

    def _wait_until_ready(self) -> None:
        if self._pret:
            return
        entete, _ = self._receive(time.monotonic() + DEMARRAGE, unpack, parti=False)
        if not entete["pret"]:
            self.kill()
            raise OuvrierInutileError(str(entete["raison"]))
        self._pret = True
        self.manque = tuple(entete["manque"])

    def _send(self, message: bytes, deadline: float) -> None:
        canal = self._canal
        if canal is None:
            raise OuvrierMortError(None, parti=False)
        try:
            canal.settimeout(_left(deadline))
            canal.sendall(message)
        except TimeoutError:
            self.kill()
            raise OuvrierLentError from None
        except OSError:
            raise OuvrierMortError(self.kill(), parti=False) from None

    def _receive(self, deadline: float, parse: Callable[[Read], T | None], *, parti: bool = True) -> T:
        canal = self._canal
        if canal is None:
            raise OuvrierMortError(None, parti=parti)

        def read(length: int) -> bytes:
            canal.settimeout(_left(deadline))
            return canal.recv(length)

        try:
            received = parse(read)
        except TimeoutError:
            self.kill()
            raise OuvrierLentError from None
        except OSError:
            received = None
        if received is None:
            raise OuvrierMortError(self._reap(), parti=parti)
        return received

    def _reap(self) -> int | None:
        """Let a process that closed its side finish by itself, so that its own end is known."""
        if self._enfant is not None:
            try:
                self._enfant.wait(1.0)
            except subprocess.TimeoutExpired:
                logger.warning("a worker closed its side and stayed; killed")
        return self.kill()


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
