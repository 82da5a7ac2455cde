"""Functions under their top one, needs with those around them: worked out once per catalogue."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final
from weakref import WeakKeyDictionary

from graph.catalogue import Catalogue
from graph.catalogue.modele import Concept, Iri

FONCTIONS: Final = (
    "orientation",
    "information",
    "accompagnement-generaliste",
    "accompagnement-specialiste",
    "diagnostic",
    "ingenierie",
    "financement",
    "mise-en-reseau",
    "formation",
    "suivi",
)
"""Top functions from the first contact to the long run; the vocabulary gives them in no order."""
STADES: Final = ("benevole", "projet", "primo-employeur", "employeur")
"""Stages in the order an association goes through them."""


class IndexConcepts:
    """The trees of the vocabularies, both ways."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._wider: Final = {iri: catalogue.elargir(iri) for iri in catalogue.concepts}
        self._narrower: Final[dict[Iri, list[Iri]]] = defaultdict(list)
        for iri, wider in self._wider.items():
            for top in wider:
                self._narrower[top].append(iri)
        self.fonctions: Final = _ordered(
            (concept for concept in catalogue.concepts_de("fonction") if not self._wider[concept.iri]),
            FONCTIONS,
        )
        """The top functions, in the order of :data:`FONCTIONS`."""
        self.stades: Final = _ordered(catalogue.concepts_de("stade"), STADES)

    def children(self, concept: Iri) -> list[Iri]:
        """Return the concepts just under one."""
        return [iri for iri in self._narrower.get(concept, ()) if self._wider[iri][0] == concept]

    def under(self, concept: Iri) -> tuple[Iri, ...]:
        """Return a concept and all that is narrower."""
        return (concept, *self._narrower.get(concept, ()))

    def tops(self, concepts: Iterable[Iri]) -> set[Iri]:
        """Return the top concept above each concept."""
        return {(self._wider.get(iri) or (iri,))[-1] for iri in concepts}

    def near(self, concepts: Iterable[Iri]) -> set[Iri]:
        """Return concepts with everything wider and narrower: what each of them answers, even in part."""
        return {
            near
            for iri in concepts
            for near in (iri, *self._wider.get(iri, ()), *self._narrower.get(iri, ()))
        }


def _ordered(concepts: Iterable[Concept], codes: tuple[str, ...]) -> tuple[Iri, ...]:
    rank = {code: place for place, code in enumerate(codes)}
    ranked = sorted(concepts, key=lambda concept: rank.get(concept.code, len(rank)))
    return tuple(concept.iri for concept in ranked)


_INDEX: Final[WeakKeyDictionary[Catalogue, IndexConcepts]] = WeakKeyDictionary()


def open_concepts(catalogue: Catalogue) -> IndexConcepts:
    """Return the index of a catalogue, made at first use and dropped with it."""
    index = _INDEX.get(catalogue)
    if index is None:
        index = _INDEX[catalogue] = IndexConcepts(catalogue)
    return index
