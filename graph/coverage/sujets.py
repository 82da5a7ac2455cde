"""What is looked for: a function, a stage, a need, a sector, or their crossing; and its columns."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri
from graph.coverage.concepts import open_concepts
from graph.errors import DemandeInvalideError
from graph.messages import messages

Dimension = Literal["fonction", "stade", "besoin", "secteur"]
DIMENSIONS: Final[tuple[Dimension, ...]] = ("fonction", "stade", "besoin", "secteur")
COLONNES: Final[tuple[Dimension, ...]] = ("fonction", "stade", "besoin")
"""Dimensions that a table may be split by."""


@dataclass(frozen=True, slots=True)
class Sujet:
    """What an offer must be for, dimension by dimension; None asks nothing of a dimension."""

    fonction: Iri | None = None
    stade: Iri | None = None
    besoin: Iri | None = None
    secteur: Iri | None = None

    @property
    def demandes(self) -> tuple[tuple[Dimension, Iri], ...]:
        """The dimensions that are asked about, with the concept asked."""
        return tuple((nom, iri) for nom in DIMENSIONS if (iri := getattr(self, nom)) is not None)

    def narrow(self, dimension: Dimension, concept: Iri) -> "Sujet":
        """Return the same subject, one dimension replaced."""
        champs: dict[str, Iri] = {dimension: concept}
        return replace(self, **champs)


def read_sujet(
    catalogue: Catalogue, fonction: str = "", stade: str = "", besoin: str = "", secteur: str = ""
) -> Sujet:
    """Read a subject from codes; an empty one asks nothing.

    Raises:
        DemandeInvalideError: a code that its vocabulary does not have, with its field.
    """
    codes = {"fonction": fonction, "stade": stade, "besoin": besoin, "secteur": secteur}
    return Sujet(**{nom: _read(catalogue, nom, code) for nom, code in codes.items()})


def _read(catalogue: Catalogue, nom: str, code: str) -> Iri | None:
    if not code:
        return None
    concept = catalogue.concept(nom, code)
    if concept is None:
        raise DemandeInvalideError(nom, messages(f"couverture.{nom}-inconnu"))
    return concept.iri


def split(catalogue: Catalogue, sujet: Sujet, dimension: Dimension) -> tuple[Iri, ...]:
    """Return the concepts that the columns of a table are for.

    The top ones of the vocabulary; when the subject already asks for one, itself and those just under it.
    """
    concepts = open_concepts(catalogue)
    asked: Iri | None = getattr(sujet, dimension)
    if asked is not None:
        return (asked, *_named(catalogue, concepts.children(asked)))
    if dimension == "fonction":
        return concepts.fonctions
    if dimension == "stade":
        return concepts.stades
    return tuple(c.iri for c in catalogue.concepts_de(dimension) if not catalogue.elargir(c.iri))


def _named(catalogue: Catalogue, iris: Iterable[Iri]) -> list[Iri]:
    return sorted(iris, key=catalogue.libelle)
