"""The coverage as files: the page, the table that can be acted on, the data."""

import json
from typing import Final

from graph.catalogue import Catalogue
from graph.coverage.releve import Releve
from graph.coverage.serialisation_releve import releve_to_dict
from graph.dates import aujourd_hui
from visualisations.exports.fichier_seul import fichier_seul
from visualisations.exports.modele import Criteres, VueExportable, first
from visualisations.pages.couverture import look, page_couverture, read_criteres
from visualisations.pages.couverture_tableur import write_survey_csv

CHAMPS: Final = ("territoire", "grain", "colonnes", "fonction", "stade", "besoin", "secteur", "voir")


def _look(catalogue: Catalogue, criteres: Criteres) -> Releve:
    lus = read_criteres(catalogue, **{nom: first(criteres, nom) for nom in CHAMPS})
    return look(catalogue, lus, aujourd_hui())


def write_html(catalogue: Catalogue, criteres: Criteres) -> str:
    """The page: the table and its holes in words."""
    lus = read_criteres(catalogue, **{nom: first(criteres, nom) for nom in CHAMPS})
    return fichier_seul(page_couverture(catalogue, lus, aujourd_hui()))


def write_csv(catalogue: Catalogue, criteres: Criteres) -> str:
    """One row a place and a subject, with whom to ask first."""
    return write_survey_csv(catalogue, _look(catalogue, criteres))


def write_json(catalogue: Catalogue, criteres: Criteres) -> str:
    """What the API answers."""
    return json.dumps(releve_to_dict(catalogue, _look(catalogue, criteres)), ensure_ascii=False)


COUVERTURE: Final = VueExportable(
    criteres=CHAMPS, formats={"html": write_html, "csv": write_csv, "json": write_json}
)
