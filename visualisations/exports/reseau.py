"""The network page as files: what it shows, actor by actor or gathered."""

from typing import Final

from graph.cartography import CriteresReseau, Reseau, open_cartographe, parse_criteres
from graph.cartography.exports import Extrait, write_geojson, write_json
from graph.cartography.exports_xml import write_gexf, write_graphml
from graph.catalogue import Catalogue
from visualisations.exports.dessin import write_svg
from visualisations.exports.dessin_groupes import describe_groupes
from visualisations.exports.dessin_reseau import describe_reseau
from visualisations.exports.extrait import make_extrait
from visualisations.exports.fichier_seul import fichier_seul
from visualisations.exports.groupes import make_extrait_groupes, read_gathered
from visualisations.exports.modele import Criteres, VueExportable, first
from visualisations.rendu import messages
from visualisations.reseau.page import page_cartographie
from visualisations.tableau import write_table

_AUTRES: Final = ("par", "secteur", "stade", "reseau", "source", "date", "taille", "communautes")
"""Criteria of the page that are given once, as :func:`graph.cartography.parse_criteres` takes them."""
_COLONNES: Final = {
    "acteurs": (
        "roles", "lieu", "commune", "departement", "region", "siret", "rna", "secteurs", "fonctions",
        "porte", "quand", "site", "fiche", "liens", "sources",
    ),
    "groupes": ("departement", "region", "acteurs", "actions", "liens_internes"),
    "liens": ("precision", "quand", "faits", "sources"),
    "faisceaux": ("aller", "retour", "relation"),
}  # fmt: skip
"""Attributes that make the columns of a table, between the names and the identifiers."""


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

    lus = read_criteres(catalogue, criteres)
    if open_cartographe(catalogue).is_gathered(lus):
        return fichier_seul(page_cartographie(catalogue, lus))
    return export_html(catalogue, cut_reseau(catalogue, criteres))


def write_drawing(catalogue: Catalogue, criteres: Criteres) -> str:
    """The figure, still."""
    lus, cartographe = read_criteres(catalogue, criteres), open_cartographe(catalogue)
    if cartographe.is_gathered(lus):
        return write_svg(describe_groupes(cartographe, lus))
    return write_svg(describe_reseau(catalogue, cartographe.cut(lus)))


def write_nodes_csv(catalogue: Catalogue, criteres: Criteres) -> str:
    """One row an actor or action, or one a group, for a spreadsheet."""
    extrait, gathered = _extract(catalogue, criteres)
    genre = "groupes" if gathered else "acteurs"
    lignes = (
        (sommet.nom, *(str(sommet.attributs[nom]) for nom in _COLONNES[genre]), sommet.id)
        for sommet in extrait.sommets
    )
    return write_table(messages(f"exports.csv_{genre}").split(";"), lignes)


def write_links_csv(catalogue: Catalogue, criteres: Criteres) -> str:
    """One row a link, or one all the links between two groups, for a spreadsheet."""
    extrait, gathered = _extract(catalogue, criteres)
    genre = "faisceaux" if gathered else "liens"
    noms = {sommet.id: sommet.nom for sommet in extrait.sommets}
    lignes = (
        (
            noms[arc.de],
            arc.nom,
            noms[arc.vers],
            *(str(arc.attributs[nom]) for nom in _COLONNES[genre]),
            arc.de,
            arc.vers,
        )
        for arc in extrait.arcs
    )
    return write_table(messages(f"exports.csv_{genre}").split(";"), lignes)


def write_points(catalogue: Catalogue, criteres: Criteres) -> str:
    """The actors as points, one by one even where the page gathers them: a map places them itself."""
    extrait = make_extrait(catalogue, cut_reseau(catalogue, criteres))
    acteurs = [sommet for sommet in extrait.sommets if sommet.nature == "acteur"]
    sans = sum(sommet.position is None for sommet in acteurs)
    note = messages("exports.sans_position", n=sans, total=len(acteurs)) if sans else ""
    return write_geojson(extrait, note)


def _extract(catalogue: Catalogue, criteres: Criteres) -> tuple[Extrait, bool]:
    """What the page shows, flat; and whether it gathers it."""
    lus, cartographe = read_criteres(catalogue, criteres), open_cartographe(catalogue)
    if cartographe.is_gathered(lus):
        return make_extrait_groupes(read_gathered(cartographe, lus)), True
    return make_extrait(catalogue, cartographe.cut(lus)), False


RESEAU: Final = VueExportable(
    criteres=("territoire", "type", "lien", "isoles", *_AUTRES),
    formats={
        "html": write_html,
        "svg": write_drawing,
        "csv": write_nodes_csv,
        "liens.csv": write_links_csv,
        "gexf": lambda catalogue, criteres: write_gexf(_extract(catalogue, criteres)[0]),
        "graphml": lambda catalogue, criteres: write_graphml(_extract(catalogue, criteres)[0]),
        "geojson": write_points,
        "json": lambda catalogue, criteres: write_json(_extract(catalogue, criteres)[0]),
    },
)
