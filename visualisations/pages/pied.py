"""The foot of a printed cartography: the day, the edition, and the documents it comes from."""

from dataclasses import dataclass
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import Source
from graph.dates import DatePartielle, aujourd_hui
from visualisations.pages.commun import once_per_catalogue

NOMBRE: Final = 12
"""Documents named on paper; the others are counted."""


@dataclass(frozen=True, slots=True)
class PiedVue:
    """What a sheet says of itself once it is away from the site."""

    jour: str
    documents: tuple[str, ...]
    autres: int


def view_foot(catalogue: Catalogue) -> PiedVue:
    """The foot of what is printed today."""
    sources = _list_documents(catalogue)
    documents = (f"{s.titre}, {s.date.en_clair}" if s.date else s.titre for s in sources[:NOMBRE])
    jour = DatePartielle.parse(aujourd_hui().isoformat()).en_clair
    return PiedVue(jour, tuple(documents), max(0, len(sources) - NOMBRE))


@once_per_catalogue
def _list_documents(catalogue: Catalogue) -> tuple[Source, ...]:
    """The sources that say something of actors."""
    cites = {passage.source for passage in catalogue.passages.values()}
    return tuple(source for source in catalogue.sources.values() if source.iri in cites)
