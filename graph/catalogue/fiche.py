"""One thing as its properties: the step between the store's rows and the read model."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.catalogue.modele import Iri
from graph.dates import DatePartielle

_LANGUES: Final = frozenset({None, "", "fr"})


@dataclass(frozen=True, slots=True)
class Fiche:
    """A thing and the sorted values of each of its properties, by local name."""

    iri: Iri
    proprietes: Mapping[str, Sequence[str]]

    @property
    def slug(self) -> str:
        """Last segment of the IRI."""
        return self.iri.rstrip("/").rsplit("/", 1)[-1]

    @property
    def types(self) -> frozenset[str]:
        """Local names of its classes."""
        return frozenset(iri.replace("#", "/").rsplit("/", 1)[-1] for iri in self.values("type"))

    @property
    def notes(self) -> tuple[str, ...]:
        """Notes for the reader: what is ambiguous, what the document does not say."""
        return (*self.values("note"), *self.values("editorialNote"))

    def values(self, propriete: str) -> tuple[str, ...]:
        """Every value of a property."""
        return tuple(self.proprietes.get(propriete, ()))

    def text(self, propriete: str) -> str:
        """First value of a property, empty when it has none."""
        valeurs = self.proprietes.get(propriete)
        return valeurs[0] if valeurs else ""

    def iris(self, propriete: str) -> tuple[Iri, ...]:
        """Values of a property that are IRIs."""
        return tuple(v for v in self.proprietes.get(propriete, ()) if "://" in v and " " not in v)

    def iri_or_none(self, propriete: str) -> Iri | None:
        """First IRI of a property."""
        iris = self.iris(propriete)
        return iris[0] if iris else None

    def date(self, propriete: str) -> DatePartielle | None:
        """First value of a property as a partial date; one that cannot be read is no date."""
        try:
            return DatePartielle.parse(self.text(propriete))
        except ValueError:
            return None


def group_rows(rows: Iterable[Sequence[str | None]]) -> list[Fiche]:
    """Bring rows (thing, property, value) together into things, sorted by IRI.

    A row may tell, fourth, the language of its value: those in another language than French are left out.
    """
    proprietes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    noms: dict[str, str] = {}
    for sujet, propriete, valeur, *langue in rows:
        if sujet is None or propriete is None or valeur is None or (langue and langue[0] not in _LANGUES):
            continue
        nom = noms.get(propriete)
        if nom is None:
            nom = noms[propriete] = propriete.replace("#", "/").rsplit("/", 1)[-1]
        proprietes[sujet][nom].append(valeur)
    return [Fiche(iri, {p: sorted(v) for p, v in proprietes[iri].items()}) for iri in sorted(proprietes)]
