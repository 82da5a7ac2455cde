"""An invented country: every place of it, each in the next."""

from collections.abc import Iterator

from graph.catalogue.modele import Iri, Niveau, Territoire
from ontology.namespaces import ID


def make_country(regions: int, departements: int, communes: int) -> dict[Iri, Territoire]:
    """Return the territories of a country by IRI: regions, departements in each, communes in each."""
    return {place.iri: place for place in _places(regions, departements, communes)}


def _places(regions: int, departements: int, communes: int) -> Iterator[Territoire]:
    def place(niveau: Niveau, code: str, above: tuple[Iri, ...]) -> Territoire:
        iri = f"{ID}territoire/{niveau}-{code}"
        return Territoire(iri=iri, niveau=niveau, code=code, nom=f"{niveau} {code}", ancetres=(iri, *above))

    nation = place("national", "", ())
    yield nation
    for r in range(regions):
        region = place("region", f"{r}", nation.ancetres)
        yield region
        for d in range(departements):
            departement = place("departement", f"{r}{d}", region.ancetres)
            yield departement
            for c in range(communes):
                yield place("commune", f"{r}{d}{c}", departement.ancetres)
