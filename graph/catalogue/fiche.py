"""One thing as its properties: the step between the store's rows and the read model."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from graph.catalogue.modele import Iri
from graph.dates import DatePartielle
from graph.queries import load_requete
from graph.store import Store

_LOT: Final = 500


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


def read_fiches(store: Store, iris: Iterable[Iri]) -> list[Fiche]:
    """Read things by their IRI, some hundreds at a time: asked for all, the engine reads the whole store."""
    termes = [ox.NamedNode(iri) for iri in sorted(iris)]
    requete = load_requete("catalogue/fiche")
    lots = (termes[rang : rang + _LOT] for rang in range(0, len(termes), _LOT))
    return [fiche for lot in lots for fiche in group_rows(store.rows(requete.bind(sujet=lot)))]


def group_rows(rows: Iterable[Sequence[str | None]]) -> list[Fiche]:
    """Bring rows (thing, property, value) together into things, sorted by IRI."""
    proprietes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    noms: dict[str, str] = {}
    for sujet, propriete, valeur in rows:
        if sujet is None or propriete is None or valeur is None:
            continue
        nom = noms.get(propriete)
        if nom is None:
            nom = noms[propriete] = propriete.replace("#", "/").rsplit("/", 1)[-1]
        proprietes[sujet][nom].append(valeur)
    return [Fiche(iri, {p: sorted(v) for p, v in proprietes[iri].items()}) for iri in sorted(proprietes)]
