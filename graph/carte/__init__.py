"""The map: one value for each departement or region, its classes, the actors whose place is known.

Pure functions on the read model: no file, no clock.
"""

from graph.carte.carte import Carte, Zone, draw_map
from graph.carte.classes import Classe
from graph.carte.demande import MAILLES, MESURES, PORTEES, Criteres, parse_criteres

__all__ = [
    "MAILLES",
    "MESURES",
    "PORTEES",
    "Carte",
    "Classe",
    "Criteres",
    "Zone",
    "draw_map",
    "parse_criteres",
]
