"""What a network holds: typed relations between two actors, each with the sourced facts behind it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

import networkx as nx

from graph.catalogue.modele import Iri
from graph.dates import DatePartielle

if TYPE_CHECKING:
    Graphe = nx.MultiDiGraph[Iri]
else:
    Graphe = nx.MultiDiGraph

TypeRelation = Literal[
    "accompagnement",
    "intervention",
    "mobilisation",
    "copilotage",
    "financement",
    "partenariat",
    "controle",
    "instance",
    "adhesion",
    "representation",
    "rattachement",
]
TYPES_RELATION: Final[tuple[TypeRelation, ...]] = get_args(TypeRelation)
"""From what is done for associations to what actors are to each other: the order of the legend."""

NON_ORIENTES: Final[frozenset[TypeRelation]] = frozenset({"copilotage"})
"""Relations that say the same both ways: drawn without an arrow, kept once."""

ROLES: Final = (
    "OperateurDLA",
    "DLARegional",
    "CentreNationalAppui",
    "PointAppui",
    "Reseau",
    "Prestataire",
    "Financeur",
    "Institution",
    "Association",
)
SANS_ROLE: Final = "Acteur"
"""Code that stands for the actors whose role no source says."""
AUCUN: Final = "aucun"
"""Filter that lets nothing through: every box of the legend is unticked."""


@dataclass(frozen=True, slots=True)
class Fait:
    """One statement of the graph that a relation rests on: a link, an action, a seat on a committee."""

    iri: Iri
    titre: str = ""
    qualites: tuple[Iri, ...] = ()
    """Concepts that say how: role of a partner, nature of a funding, kind of committee."""
    debut: DatePartielle | None = None
    fin: DatePartielle | None = None
    montant: str | None = None
    territoires: tuple[Iri, ...] = ()
    passages: tuple[Iri, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """One line of the figure and of the table: ``de`` does ``type`` to ``vers``."""

    de: Iri
    vers: Iri
    type: TypeRelation
    faits: tuple[Fait, ...]
