"""Names of the graphs that hold an edition on a server.

``<base>edition/<id>/graphe/<n>`` is the copy of one graph, ``…/tout`` that of the default graph, ``…/index``
says which is which. ``<base>edition/courante`` holds one statement, the edition to read: editions are put
beside it, and moving that statement is the switch.
"""

from typing import Final

import pyoxigraph as ox

from graph.distant.reecriture import COPIE_DE
from graph.sparql.service import VOID
from ontology.namespaces import PREFIXES

SOURCE: Final = ox.NamedNode(COPIE_DE)
TRIPLETS: Final = ox.NamedNode(f"{VOID}triples")
TYPE: Final = ox.NamedNode(f"{PREFIXES['rdf']}type")
ENTIERE: Final = ox.NamedNode(f"{VOID}Dataset")
"""Type of an edition in its index, once every graph of it is there."""
COURANTE: Final = ox.NamedNode("http://www.w3.org/ns/dcat#hasCurrentVersion")
FICHIER: Final = "fichier/"
"""What begins the name of a small file of the edition, in the index."""


class Noms:
    """Names on a server, for the editions of one base IRI."""

    def __init__(self, base_iri: str) -> None:
        self._base = f"{base_iri.rstrip('/')}/edition/"

    @property
    def pointeur(self) -> str:
        """The graph that says which edition to read; also the subject of its one statement."""
        return f"{self._base}courante"

    def edition(self, identifiant: str) -> str:
        """An edition."""
        return f"{self._base}{identifiant}"

    def identifiant(self, edition: str) -> str:
        """Return the id of an edition by its name."""
        return edition.removeprefix(self._base)

    def index(self, identifiant: str) -> str:
        """The graph that lists the copies of an edition: also what says that one is whole."""
        return f"{self._base}{identifiant}/index"

    def tout(self, identifiant: str) -> str:
        """Copy of the default graph."""
        return f"{self._base}{identifiant}/tout"

    def copie(self, identifiant: str, rang: int) -> str:
        """Copy of the named graph of this rank, in the order of names."""
        return f"{self._base}{identifiant}/graphe/{rang}"

    def fichier(self, identifiant: str, nom: str) -> str:
        """A small file of the edition."""
        return f"{self._base}{identifiant}/{FICHIER}{nom}"
