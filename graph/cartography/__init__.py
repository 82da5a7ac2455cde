"""Cartography: the catalogue cut into networks of actors, and where each actor goes on the sheet.

Pure functions on the read model: no file, no clock. Drawing is ``visualisations``' business.
"""

from graph.cartography.cartographe import Cartographe, open_cartographe
from graph.cartography.disposition import Place, lay_out
from graph.cartography.etiquettes import Etiquette, shorten
from graph.cartography.reseau import (
    CriteresReseau,
    Reseau,
    filter_reseau,
    list_acteurs,
    list_actions,
    list_relations,
    parse_criteres,
)
from graph.cartography.types import (
    ACTION,
    AUCUN,
    SANS_ROLE,
    TYPES_RELATION,
    Chose,
    Fait,
    Graphe,
    Relation,
    TypeRelation,
)

__all__ = [
    "ACTION",
    "AUCUN",
    "SANS_ROLE",
    "TYPES_RELATION",
    "Cartographe",
    "Chose",
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
    "list_acteurs",
    "list_actions",
    "list_relations",
    "open_cartographe",
    "parse_criteres",
    "shorten",
]
