"""The network of a territory as files."""

from typing import Final

from graph.cartography import CriteresReseau, Reseau, open_cartographe, parse_criteres
from graph.cartography.exports import Extrait, write_geojson, write_json
from graph.cartography.exports_xml import write_gexf, write_graphml
from graph.catalogue import Catalogue
from visualisations.exports.dessin import draw_svg
from visualisations.exports.extrait import make_extrait
from visualisations.exports.modele import Criteres, VueExportable, first
from visualisations.rendu import messages
from visualisations.tableau import write_table

_ACTEURS: Final = (
    "roles", "lieu", "commune", "departement", "region", "siret", "rna", "secteurs", "fonctions", "porte",
    "quand", "site", "fiche", "liens", "sources",
)  # fmt: skip
"""Columns of the table of actors, between the name and the identifier."""
_AUTRES: Final = ("par", "secteur", "stade", "reseau", "source", "date", "taille", "communautes")
"""Criteria of the page that are given once, as :func:`graph.cartography.parse_criteres` takes them."""
_LIENS: Final = ("precision", "quand", "faits", "sources")


def read_criteres(catalogue: Catalogue, criteres: Criteres) -> CriteresReseau:
    """The criteria of the page, from its words.

    Raises:
        DemandeInvalideError: no such role, type of link, sector…
        IntrouvableError: no such territory or network.
    """
    return parse_criteres(
        catalogue,
        first(criteres, "territoire"),
        criteres.get("type", ()),
        criteres.get("lien", ()),
        first(criteres, "isoles", "1") != "0",
        **{nom: first(criteres, nom) for nom in _AUTRES},
    )


def cut_reseau(catalogue: Catalogue, criteres: Criteres) -> Reseau:
    """The network that the criteria show, actor by actor."""
    return open_cartographe(catalogue).cut(read_criteres(catalogue, criteres))


def write_html(catalogue: Catalogue, criteres: Criteres) -> str:
    """One page with the figure, its legend and its tables."""
    from visualisations.export_pyvis import export_html  # pyvis drags a notebook along: only when asked

    return export_html(catalogue, cut_reseau(catalogue, criteres))


def write_actors_csv(catalogue: Catalogue, criteres: Criteres) -> str:
    """One row an actor or action, for a spreadsheet."""
    lignes = (
        (sommet.nom, *(str(sommet.attributs.get(nom, "")) for nom in _ACTEURS), sommet.id)
        for sommet in _extract(catalogue, criteres).sommets
    )
    return write_table(messages("exports.csv_acteurs").split(";"), lignes)


def write_links_csv(catalogue: Catalogue, criteres: Criteres) -> str:
    """One row a link, for a spreadsheet."""
    extrait = _extract(catalogue, criteres)
    noms = {sommet.id: sommet.nom for sommet in extrait.sommets}
    lignes = (
        (
            noms[arc.de],
            arc.nom,
            noms[arc.vers],
            *(str(arc.attributs.get(nom, "")) for nom in _LIENS),
            arc.de,
            arc.vers,
        )
        for arc in extrait.arcs
    )
    return write_table(messages("exports.csv_liens").split(";"), lignes)


def write_map(catalogue: Catalogue, criteres: Criteres) -> str:
    """The actors as points."""
    extrait = _extract(catalogue, criteres)
    acteurs = [sommet for sommet in extrait.sommets if sommet.nature == "acteur"]
    sans = sum(sommet.position is None for sommet in acteurs)
    note = messages("exports.sans_position", n=sans, total=len(acteurs)) if sans else ""
    return write_geojson(extrait, note)


def _extract(catalogue: Catalogue, criteres: Criteres) -> Extrait:
    return make_extrait(catalogue, cut_reseau(catalogue, criteres))


RESEAU: Final = VueExportable(
    criteres=("territoire", "type", "lien", "isoles", *_AUTRES),
    formats={
        "html": write_html,
        "svg": lambda catalogue, criteres: draw_svg(catalogue, cut_reseau(catalogue, criteres)),
        "csv": write_actors_csv,
        "liens.csv": write_links_csv,
        "gexf": lambda catalogue, criteres: write_gexf(_extract(catalogue, criteres)),
        "graphml": lambda catalogue, criteres: write_graphml(_extract(catalogue, criteres)),
        "geojson": write_map,
        "json": lambda catalogue, criteres: write_json(_extract(catalogue, criteres)),
    },
)
