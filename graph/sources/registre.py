"""The kinds of files that can be imported, each with its reader."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final

from graph.errors import MaillageError
from graph.messages import messages
from graph.sources.atelier import Atelier, slugify

Lecture = Callable[[Sequence[Path], Atelier], Iterator[Sequence[str]]]
"""Reads files and yields the statements of each thing together; counts rows in the workshop's bilan."""

KINDS: Final[tuple[str, ...]] = (
    "classeur",
    "cog",
    "crib",
    "data_inclusion",
    "france_services",
    "rdf",
    "rna",
    "sirene",
    "subventions",
)
"""Names of the modules of :mod:`graph.sources.lecteurs`, each with a ``LECTEUR``."""


@dataclass(frozen=True, slots=True)
class Lecteur:
    """One kind of file: what it is, where it comes from, how it is read."""

    kind: str
    titre: str
    editeur: str
    lire: Lecture
    licence: str = ""
    """IRI of the licence of the published data, empty when it depends on the file."""
    un_seul: bool = False
    """True when a newer file replaces the older whatever its name (national files)."""
    registre: bool = False
    """True for lists of hundreds of thousands (``mai:Registre``): what they alone say stays on disk."""

    def slug(self, fichiers: Sequence[Path]) -> str:
        """Return the slug of the source these files make."""
        if self.un_seul or not fichiers:
            return self.kind
        return f"{self.kind}-{slugify(fichiers[0].name.split('.')[0])}"

    def name(self, fichiers: Sequence[Path]) -> str:
        """Return the title of the source: several files of one kind are told apart by their names."""
        noms = ", ".join(fichier.name for fichier in fichiers[:3])
        return self.titre if self.un_seul else f"{self.titre} ({noms})"


@cache
def find_lecteurs() -> dict[str, Lecteur]:
    """Return the readers by kind."""
    modules: Iterable[str] = KINDS
    found = (import_module(f"graph.sources.lecteurs.{nom}").LECTEUR for nom in modules)
    return {lecteur.kind: lecteur for lecteur in found}


def find_lecteur(kind: str) -> Lecteur:
    """Return the reader of a kind.

    Raises:
        MaillageError: no such kind; the message lists those that exist.
    """
    lecteurs = find_lecteurs()
    if kind not in lecteurs:
        raise MaillageError(messages("import.genre-inconnu", kind=kind[:40], kinds=", ".join(lecteurs)))
    return lecteurs[kind]
