"""Statements put away on disk while files go by, and given back node by node, whatever their size.

A file may speak of a node in ten places; a temporary store brings these together without holding the
graph in memory. Beside each statement kept, one that says in which graph of which file its node was.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.sources.atelier import Atelier
from graph.sources.rdf.fichiers import Lecteur
from graph.sources.rdf.tamis import PERSONNES, TYPE, Tamis

_OU: Final = ox.NamedNode("urn:maillage:ou")
"""Property, in the temporary store only: from a node to the number of its passage."""


LOT: Final = 50_000
"""Statements put away together: the store would keep a million in memory before it writes them."""


@dataclass(frozen=True, slots=True)
class Noeud:
    """A node: what is kept of what is said of it, and the passages that say it."""

    iri: str
    enonces: tuple[ox.Triple, ...]
    passages: tuple[int, ...]
    personne: bool = False

    @property
    def types(self) -> frozenset[str]:
        """IRIs of its classes."""
        classes = (enonce.object for enonce in self.enonces if enonce.predicate == TYPE)
        return frozenset(classe.value for classe in classes if isinstance(classe, ox.NamedNode))

    def lines(self) -> list[str]:
        """Write its statements, classes first."""
        return sorted((f"{e} .\n" for e in self.enonces), key=lambda line: (f" {TYPE} " not in line, line))


@dataclass(frozen=True, slots=True)
class Lieu:
    """Where statements were: a file, and the graph it named, empty for its default graph."""

    fichier: str
    graphe: str


class Depot:
    """The temporary store of one import."""

    def __init__(self, folder: Path) -> None:
        self._store = ox.Store(str(folder))
        self.lieux: dict[Lieu, int] = {}
        self._personnes: set[str] = set()

    def fill(self, fichiers: Sequence[Path], atelier: Atelier) -> None:
        """Put away what the sieve keeps of the files.

        Raises:
            FichierRefuseError: a file cannot be read, or speaks of what is not its own.
        """
        lecteur, tamis = Lecteur(atelier), Tamis(atelier)
        for rang, fichier in enumerate(fichiers):
            quads = self._quads(lecteur, tamis, rang, fichier)
            while several := list(islice(quads, LOT)):
                self._store.bulk_extend(several)
        for personne in PERSONNES:
            found = self._store.quads_for_pattern(None, TYPE, ox.NamedNode(personne))
            self._personnes |= {
                quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)
            }

    def _quads(self, lecteur: Lecteur, tamis: Tamis, rang: int, fichier: Path) -> Iterator[ox.Quad]:
        last: tuple[str, str] | None = None
        for enonce in lecteur.read(rang, fichier):
            sujet, _, _, graphe = enonce
            if last != (sujet.value, graphe):
                tamis.refuse(fichier, sujet)
                numero = self.lieux.setdefault(Lieu(fichier.name, graphe), len(self.lieux) + 1)
                yield ox.Quad(sujet, _OU, ox.Literal(str(numero)))
                last = (sujet.value, graphe)
            kept = tamis.sieve(enonce)
            if kept is not None:
                yield ox.Quad(kept.subject, kept.predicate, kept.object)

    def by_number(self) -> dict[int, Lieu]:
        """Return the places by the number of their passage."""
        return {numero: lieu for lieu, numero in self.lieux.items()}

    def nodes(self) -> Iterator[Noeud]:
        """Yield the nodes one by one, persons and mentions of them taken out."""
        quads = self._store.quads_for_pattern(None, None, None, ox.DefaultGraph())
        for iri, group in groupby(quads, key=_subject):
            said, places = [], []
            for quad in group:
                if quad.predicate == _OU and isinstance(quad.object, ox.Literal):
                    places.append(int(quad.object.value))
                elif not (isinstance(quad.object, ox.NamedNode) and quad.object.value in self._personnes):
                    said.append(quad.triple)
            yield Noeud(iri, tuple(said), tuple(sorted(places)), iri in self._personnes)


def _subject(quad: ox.Quad) -> str:
    return quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
