"""Finding a territory: a search by any name or code, then regions and departements to choose from."""

from dataclasses import dataclass

from graph.catalogue import Catalogue
from graph.catalogue.modele import Territoire
from graph.coverage import open_index
from visualisations.pages.commun import ChoseVue, once_per_catalogue, say_part
from visualisations.pages.lieux import place_address, say_kind, view_place
from visualisations.rendu import messages, render_view


@dataclass(frozen=True, slots=True)
class ChoixVue:
    """A place that a typed text may mean."""

    lieu: ChoseVue
    genre: str
    anciens_noms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegionVue:
    """A region and its departements."""

    lieu: ChoseVue
    departements: tuple[ChoseVue, ...]


@dataclass(frozen=True, slots=True)
class TerritoiresVue:
    """Context of ``pages/territoires.html``."""

    edition: str
    partielle: str
    """What a partial edition keeps to, empty for all of France."""
    q: str
    choix: tuple[ChoixVue, ...]
    regions: tuple[RegionVue, ...]
    collectivites: tuple[ChoseVue, ...]
    national: ChoseVue | None


def page_territoires(catalogue: Catalogue, q: str = "", choix: tuple[Territoire, ...] = ()) -> str:
    """The search page; ``choix`` are the places that ``q`` may mean, none when it means nothing known."""
    regions, collectivites = _list_regions(catalogue)
    pays = next((place for place in catalogue.territoires.values() if place.niveau == "national"), None)
    vue = TerritoiresVue(
        edition=catalogue.edition,
        partielle=say_part(catalogue),
        q=q,
        choix=tuple(
            ChoixVue(
                view_place(catalogue, lieu.iri),
                messages(f"territoire.genre-{say_kind(lieu)}"),
                lieu.autres_noms[:4],
            )
            for lieu in choix
        ),
        regions=regions,
        collectivites=collectivites,
        national=view_place(catalogue, pays.iri) if pays else None,
    )
    return render_view("pages/territoires.html", vue)


@once_per_catalogue
def _list_regions(catalogue: Catalogue) -> tuple[tuple[RegionVue, ...], tuple[ChoseVue, ...]]:
    """Regions of today with their departements, by name; then the overseas collectivities."""
    lieux = open_index(catalogue).lieux
    pays = next((place for place in catalogue.territoires.values() if place.niveau == "national"), None)
    contenus = lieux.contents(pays.iri) if pays else {}
    regions = tuple(
        RegionVue(_link(region), tuple(map(_link, lieux.contents(region.iri).get("departement", ()))))
        for region in contenus.get("region", ())
        if not region.fin
    )
    autres = (place for place in contenus.get("departement", ()) if say_kind(place) == "collectivite")
    return regions, tuple(map(_link, autres))


def _link(lieu: Territoire) -> ChoseVue:
    return ChoseVue(lieu.nom, place_address(lieu))
