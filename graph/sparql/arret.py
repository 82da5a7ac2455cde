"""A query that nobody waits for any more is stopped, from another thread than the one that runs it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from graph.errors import MaillageError
from graph.messages import messages


class RequeteAbandonneeError(MaillageError):
    """Whoever asked has gone; there is nobody to tell."""

    def __init__(self) -> None:
        super().__init__(messages("sparql.abandonnee"))


class _Interruptible(Protocol):
    def interrupt(self) -> None: ...


class Arret:
    """Stops one query: before it has a worker it will not get one, after that its worker ends."""

    def __init__(self) -> None:
        self._verrou = threading.Lock()
        self._travail: _Interruptible | None = None
        self.demande = False
        """True once nobody waits for the answer."""

    def stop(self) -> None:
        """Stop the query, wherever it is; twice is once."""
        with self._verrou:
            self.demande = True
            if self._travail is not None:
                self._travail.interrupt()

    @contextmanager
    def watch(self, travail: _Interruptible) -> Iterator[None]:
        """Say which worker runs the query, for as long as it does.

        Raises:
            RequeteAbandonneeError: it was stopped already.
        """
        with self._verrou:
            if self.demande:
                raise RequeteAbandonneeError
            self._travail = travail
        try:
            yield
        finally:
            with self._verrou:
                self._travail = None
