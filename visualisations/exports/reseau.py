"""The network of a territory as files."""

from typing import Final

from graph.cartography import Reseau, open_cartographe, parse_criteres
from graph.catalogue import Catalogue
from visualisations.exports.modele import Criteres, VueExportable, first


def cut_reseau(catalogue: Catalogue, criteres: Criteres) -> Reseau:
    """The network that the criteria of the page show; without a territory, everything.

    Raises:
        DemandeInvalideError: no such role or type of link.
        IntrouvableError: no such territory.
    """
    lus = parse_criteres(
        catalogue,
        first(criteres, "territoire"),
        criteres.get("type", ()),
        criteres.get("lien", ()),
        first(criteres, "isoles", "1") != "0",
    )
    return open_cartographe(catalogue).cut(lus)


def write_html(catalogue: Catalogue, criteres: Criteres) -> str:
    """One page with the figure, its legend and its tables."""
    from visualisations.export_pyvis import export_html  # pyvis drags a notebook along: only when asked

    return export_html(catalogue, cut_reseau(catalogue, criteres))


RESEAU: Final = VueExportable(
    criteres=("territoire", "type", "lien", "isoles"),
    formats={"html": write_html},
)
