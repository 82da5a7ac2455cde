"""Taking a view away as a file: one table of the views, each with the formats it can be written in.

A view plugs in with one line of :data:`VUES`. The command ``maillage map`` and the addresses
``/cartographie/export.…`` read this table and nothing else.
"""

from collections.abc import Mapping
from typing import Final

from visualisations.exports.carte import CARTE
from visualisations.exports.couverture import COUVERTURE
from visualisations.exports.fichier_seul import fichier_seul
from visualisations.exports.matrice import MATRICE
from visualisations.exports.modele import Criteres, Fichier, VueExportable, guess_format, make_file
from visualisations.exports.reseau import RESEAU
from visualisations.exports.roles import ROLES

__all__ = ["VUES", "Criteres", "Fichier", "VueExportable", "export", "fichier_seul", "guess_format"]

VUES: Final[Mapping[str, VueExportable]] = {
    "carte": CARTE,
    "couverture": COUVERTURE,
    "matrice": MATRICE,
    "reseau": RESEAU,
    "roles": ROLES,
}

export = make_file
