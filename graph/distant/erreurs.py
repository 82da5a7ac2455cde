"""What can go wrong with another server, said without its address: the pages show these sentences too."""

from graph.errors import DelaiDepasseError, MaillageError, OuvriersOccupesError
from graph.messages import messages


class ServeurError(MaillageError):
    """The data server cannot be reached, or does not answer as SPARQL 1.1 says."""

    def __init__(self, cle: str, **valeurs: object) -> None:
        super().__init__(messages(f"distant.{cle}", **valeurs))
        self.cle = cle
        """Which of the sentences ``distant.*`` it is."""


class RefusServeurError(ServeurError):
    """The data server refuses one query or one request: another may be accepted."""


class ServeurLentError(DelaiDepasseError):
    """The data server has not answered in time."""


class ServeurOccupeError(OuvriersOccupesError):
    """The data server says that it has too much to do."""


class PublicationError(MaillageError):
    """An edition could not be put whole on a server; the one that was read there still is."""
