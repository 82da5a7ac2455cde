"""The places of documents that a network rests on, each numbered once."""

from collections.abc import Iterable

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri
from visualisations.pages.commun import view_sources
from visualisations.reseau.modele import ReferenceVue


class Sources:
    """Numbers each place of a document once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._rangs: dict[ReferenceVue, int] = {}

    def rank(self, passages: Iterable[Iri]) -> tuple[int, ...]:
        """The numbers of passages, given at first sight."""
        vues = (
            ReferenceVue(s.titre, s.date or "", s.lieu, s.citation or "", s.adresse or "")
            for s in view_sources(self._catalogue, passages)
        )
        return tuple(dict.fromkeys(self._rangs.setdefault(vue, len(self._rangs)) for vue in vues))

    def all(self) -> tuple[ReferenceVue, ...]:
        """Every place seen, by number."""
        return tuple(self._rangs)
