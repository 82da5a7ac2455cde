"""What a network holds: actors, a few actions, and typed relations with the sourced facts behind them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

import networkx as nx

from graph.catalogue.modele import Accompagnement, Acteur, Iri
from graph.dates import DatePartielle

if TYPE_CHECKING:
    Graphe = nx.MultiDiGraph[Iri]
else:
    Graphe = nx.MultiDiGraph

Chose = Acteur | Accompagnement
"""What a node stands for."""
Detour = Literal["", "action", "animateur", "animation"]
"""How a fact joins its two ends when not directly: through an action that ``vers`` leads, because ``vers``
animates a committee that nothing drawn owns, or because ``de`` animates a committee of ``vers``."""

TypeRelation = Literal[
    "accompagnement",
    "intervention",
    "mobilisation",
    "concertation",
    "pilotage",
    "participation",
    "financement",
    "partenariat",
    "controle",
    "instance",
    "adhesion",
    "representation",
    "rattachement",
    "composition",
]
TYPES_RELATION: Final[tuple[TypeRelation, ...]] = get_args(TypeRelation)
"""From what is done for associations to what actors are to each other: the order of the legend."""

SANS_ROLE: Final = "Acteur"
"""Code that stands for the actors whose role no source says."""
ACTION: Final = "Accompagnement"
"""Code that stands for the actions drawn as nodes, beside the roles of actors."""
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
    detour: Detour = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """One line of the figure and of the table: ``de`` does ``type`` to ``vers``."""

    de: Iri
    vers: Iri
    type: TypeRelation
    faits: tuple[Fait, ...]
