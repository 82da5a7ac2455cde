"""The system of actors of a territory or an action as files."""

import json
from typing import Final

from graph.cartography.systeme import Sujet
from graph.catalogue import Catalogue
from graph.dates import aujourd_hui
from visualisations.exports.fichier_seul import fichier_seul
from visualisations.exports.modele import Criteres, VueExportable, first
from visualisations.pages.roles import csv_roles, donnees_roles, page_roles, read_sujet, svg_roles


def _read(catalogue: Catalogue, criteres: Criteres) -> Sujet:
    return read_sujet(catalogue, first(criteres, "territoire"), first(criteres, "accompagnement"))


def write_html(catalogue: Catalogue, criteres: Criteres) -> str:
    """The page: the diagram and its table."""
    return fichier_seul(page_roles(catalogue, _read(catalogue, criteres), aujourd_hui()))


def write_svg(catalogue: Catalogue, criteres: Criteres) -> str:
    """The diagram alone."""
    return svg_roles(catalogue, _read(catalogue, criteres), aujourd_hui())


def write_csv(catalogue: Catalogue, criteres: Criteres) -> str:
    """One row a statement, for a spreadsheet."""
    return csv_roles(catalogue, _read(catalogue, criteres), aujourd_hui())


def write_json(catalogue: Catalogue, criteres: Criteres) -> str:
    """What the API answers."""
    donnees = donnees_roles(catalogue, _read(catalogue, criteres), aujourd_hui())
    return json.dumps(donnees, ensure_ascii=False, indent=1)


ROLES: Final = VueExportable(
    criteres=("territoire", "accompagnement"),
    formats={"html": write_html, "svg": write_svg, "csv": write_csv, "json": write_json},
)
