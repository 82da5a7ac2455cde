"""Cartography: the catalogue cut into networks of actors, and where each actor goes on the sheet.

Pure functions on the read model: no file, no clock. Drawing is ``visualisations``' business.
"""

from graph.cartography.agregation import AUTRES, Agregat, Faisceau, Groupe
from graph.cartography.cartographe import Cartographe, open_cartographe
from graph.cartography.chemins import Chemin, Etape, Trajet, read_trajet
from graph.cartography.criteres import FACETTES, INCONNU, PAR, TAILLES, CriteresReseau, parse_criteres
from graph.cartography.disposition import Place
from graph.cartography.etiquettes import Etiquette, shorten
from graph.cartography.facettes import Comptes, read_codes
from graph.cartography.mesures import Communaute
from graph.cartography.plan_groupes import Rond
from graph.cartography.reprise import lay_out
from graph.cartography.reseau import (
    Reseau,
    filter_reseau,
    list_acteurs,
    list_actions,
    list_relations,
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
    "AUTRES",
    "FACETTES",
    "INCONNU",
    "PAR",
    "SANS_ROLE",
    "TAILLES",
    "TYPES_RELATION",
    "Agregat",
    "Cartographe",
    "Chemin",
    "Chose",
    "Communaute",
    "Comptes",
    "CriteresReseau",
    "Etape",
    "Etiquette",
    "Faisceau",
    "Fait",
    "Graphe",
    "Groupe",
    "Place",
    "Relation",
    "Reseau",
    "Rond",
    "Trajet",
    "TypeRelation",
    "filter_reseau",
    "lay_out",
    "list_acteurs",
    "list_actions",
    "list_relations",
    "open_cartographe",
    "parse_criteres",
    "read_codes",
    "read_trajet",
    "shorten",
]
