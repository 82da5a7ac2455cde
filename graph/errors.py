"""What can go wrong, said once in French for whoever meets it.

Every message is meant for a person: no path, no traceback, no query text, no internal host.
The layers above decide how it is shown (HTTP status, exit code); nothing here knows them.
"""


class MaillageError(Exception):
    """Root of the tree: an error that a person can understand and act on."""

    @property
    def message(self) -> str:
        """The sentence to show, in French."""
        return str(self)


class DemandeInvalideError(MaillageError):
    """A field of a request cannot be used."""

    def __init__(self, champ: str, message: str) -> None:
        super().__init__(message)
        self.champ = champ
        """Name of the field at fault, as the user typed it (``besoins``, ``commune``…)."""


class IntrouvableError(MaillageError):
    """The thing asked for is not in this edition."""


class DisparuError(IntrouvableError):
    """The thing asked for was in an earlier edition, and no longer is in this one."""


class EditionError(MaillageError):
    """No edition, an edition of another format, or one that cannot be built."""


class RequeteRefuseeError(MaillageError):
    """A SPARQL query that is not run: bad syntax, update, SERVICE, too long or too deep."""


class DelaiDepasseError(MaillageError):
    """A query stopped because it used more time or memory than allowed."""


class OuvriersOccupesError(MaillageError):
    """Every query worker is busy; the client may try again."""
