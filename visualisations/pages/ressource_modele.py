"""What the page of anything that has an IRI shows."""

from dataclasses import dataclass

from visualisations.pages.commun import ChoseVue
from visualisations.schema_org import Structure


@dataclass(frozen=True, slots=True)
class ValeurVue:
    """One value: its words, and where they lead."""

    texte: str
    adresse: str = ""
    exterieure: bool = False
    langue: str = ""
    """Language of the words, when it is not that of the page."""


@dataclass(frozen=True, slots=True)
class GroupeValeurs:
    """The values of a property, or what has the thing as its value."""

    titre: str
    valeurs: tuple[ValeurVue, ...]


@dataclass(frozen=True, slots=True)
class BrancheVue:
    """A concept in the tree of its vocabulary."""

    code: str
    nom: str
    adresse: str
    definition: str
    niveau: int


@dataclass(frozen=True, slots=True)
class PassageVue:
    """A passage of a document: the end of its IRI, where it is, its words when they are quoted."""

    ancre: str
    lieu: str
    citation: str


@dataclass(frozen=True, slots=True)
class RessourceVue:
    """Context of ``pages/ressource.html``."""

    edition: str
    structure: Structure
    iri: str
    nom: str
    genres: tuple[str, ...]
    chapeau: str
    fil: tuple[ChoseVue, ...]
    arbre: tuple[BrancheVue, ...]
    """The concepts of a vocabulary, parents before children; empty for other things."""
    passages: tuple[PassageVue, ...]
    """Those of a document, all on its first page: their IRIs are fragments of its own."""
    dit: tuple[GroupeValeurs, ...]
    cite: tuple[GroupeValeurs, ...]
    formats: tuple[tuple[str, str], ...]
    page: int
    precedente: str
    suivante: str
    """Addresses of the neighbouring pages, empty when there is none."""
