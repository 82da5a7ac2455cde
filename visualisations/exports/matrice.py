"""« Qui fait quoi » as files: the page to print, the table, the data."""

import json
from typing import Final

from graph.catalogue import Catalogue
from graph.coverage.matrice import Matrice
from graph.coverage.serialisation_matrice import matrice_to_dict
from graph.dates import aujourd_hui
from visualisations.exports.fichier_seul import fichier_seul
from visualisations.exports.modele import Criteres, VueExportable, first
from visualisations.pages.matrice import draw, page_matrice, read_criteres
from visualisations.pages.matrice_tableur import write_matrix_csv

CHAMPS: Final = ("territoire", "fonction", "stade", "besoin", "secteur", "niveau")


def _draw(catalogue: Catalogue, criteres: Criteres) -> Matrice:
    lus = read_criteres(catalogue, **{nom: first(criteres, nom) for nom in CHAMPS})
    return draw(catalogue, lus, aujourd_hui())


def write_html(catalogue: Catalogue, criteres: Criteres) -> str:
    """The page: the table and what it says in words, printing on A3."""
    lus = read_criteres(catalogue, **{nom: first(criteres, nom) for nom in CHAMPS})
    return fichier_seul(page_matrice(catalogue, lus, aujourd_hui()))


def write_csv(catalogue: Catalogue, criteres: Criteres) -> str:
    """One row a function of an actor."""
    return write_matrix_csv(catalogue, _draw(catalogue, criteres))


def write_json(catalogue: Catalogue, criteres: Criteres) -> str:
    """What the API answers."""
    return json.dumps(matrice_to_dict(catalogue, _draw(catalogue, criteres)), ensure_ascii=False, indent=1)


MATRICE: Final = VueExportable(
    criteres=CHAMPS, formats={"html": write_html, "csv": write_csv, "json": write_json}
)
