"""Cartography: the catalogue cut into networks of actors, and where each actor goes on the sheet.

Pure functions on the read model: no file, no clock. Drawing is ``visualisations``' business.
"""

from graph.cartography.cartographe import Cartographe, open_cartographe
from graph.cartography.disposition import Place, lay_out
from graph.cartography.etiquettes import Etiquette
from graph.cartography.reseau import CriteresReseau, Reseau, filter_reseau, parse_criteres
from graph.cartography.types import (
    AUCUN,
    NON_ORIENTES,
    ROLES,
    SANS_ROLE,
    TYPES_RELATION,
    Fait,
    Graphe,
    Relation,
    TypeRelation,
)

__all__ = [
    "AUCUN",
    "NON_ORIENTES",
    "ROLES",
    "SANS_ROLE",
    "TYPES_RELATION",
    "Cartographe",
    "CriteresReseau",
    "Etiquette",
    "Fait",
    "Graphe",
    "Place",
    "Relation",
    "Reseau",
    "TypeRelation",
    "filter_reseau",
    "lay_out",
    "open_cartographe",
    "parse_criteres",
]
