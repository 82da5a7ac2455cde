"""What the network page shows, as frozen dataclasses: the contract between Python, template and script.

The figure's script reads the same fields, by the same names, as JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from graph.cartography import ACTION, TypeRelation
from visualisations.types_acteur import AUTRE, TYPES

_ANNEAU: Final = "M-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0zM-.55 0a.55.55 0 1 1 1.1 0a.55.55 0 1 1-1.1 0z"


@dataclass(frozen=True, slots=True)
class FormeVue:
    """How a kind of node is drawn."""

    code: str
    classe: str
    """CSS class that gives the colour."""
    trace: str
    """SVG path around (0, 0), about 1 in radius."""
    couleur: str
    """On a light background, where no style sheet gives it."""
    cle: str
    """Message that names it."""


FORMES: Final = (
    *(FormeVue(f.code, f.classe, f.trace, f.couleur, f"types.{f.code}") for f in (*TYPES, AUTRE)),
    FormeVue(ACTION, "type-action", _ANNEAU, "#17242b", "reseau.action"),
)
"""Every kind of node, in the order of the legend; an action is a ring, where actors are full shapes."""


TRAITS: Final[dict[TypeRelation, tuple[str, tuple[int, ...]]]] = {
    "accompagnement": ("#b3263a", ()),
    "intervention": ("#ad4f06", (7, 4)),
    "mobilisation": ("#08737d", (2, 4)),
    "concertation": ("#6b4a3a", (6, 3, 1, 3)),
    "pilotage": ("#17495c", ()),
    "participation": ("#4d6472", ()),
    "financement": ("#6f5c00", ()),
    "partenariat": ("#23733a", (10, 3)),
    "controle": ("#17242b", (3, 2)),
    "instance": ("#8a3f5c", (1, 4)),
    "adhesion": ("#6645a6", (5, 4)),
    "representation": ("#9b2f7a", (9, 3, 2, 3)),
    "rattachement": ("#1b66a8", ()),
    "composition": ("#17242b", (12, 3, 3, 3, 3, 3)),
}
"""Colour (on a light background) and dashes of each link, where no style sheet gives them.

``reseau.css`` holds the same ones, with those of a dark background: a test keeps them equal.
"""


Periode = tuple[str, str]
"""First and last possible days, as ISO dates; empty when unknown."""


@dataclass(frozen=True, slots=True)
class ReferenceVue:
    """A place in a document."""

    titre: str
    date: str
    lieu: str
    citation: str
    adresse: str


@dataclass(frozen=True, slots=True)
class FaitVue:
    """One fact behind a link."""

    texte: str
    quand: str
    sources: tuple[int, ...]
    """Ranks in :attr:`ReseauVue.sources`."""


@dataclass(frozen=True, slots=True)
class NoeudVue:
    """One actor or action: a node of the figure, a row of the table, a card."""

    id: str
    """The slug of an actor; ``accompagnement:<slug>`` for an action."""
    nom: str
    court: str
    """Its name in a sentence: the first part of an action's title."""
    mention: str
    """Its name, with its place when another node has the same one: what the search box suggests."""
    adresse: str
    """Its page; empty when it has none."""
    types: tuple[str, ...]
    """Roles, the most telling first; ``Accompagnement`` alone for an action."""
    lieu: str
    quand: str
    description: str
    porte: tuple[str, ...]
    """Dispositifs it carries, in words."""
    fonctions: tuple[str, ...]
    site: str
    x: float
    y: float
    rayon: float
    etiquette: tuple[str, ...]
    sources: tuple[int, ...]
    facettes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Codes of each facet of which something is known."""
    periode: Periode | None = None
    """When an action took place, as far as it is known."""
    rayons: Mapping[str, float] = field(default_factory=dict)
    """Its radius for each meaning of sizes; ``rayon`` is the one asked for."""
    passages: str = ""
    """« 12,5 % »: share of the shortest paths between two others that goes through it."""
    communaute: str = ""
    """Letter of its group, when groups were asked for."""
    liens: int = 0
    """Links shown that reach it."""
    visible: bool = True


@dataclass(frozen=True, slots=True)
class LienVue:
    """One relation: an edge of the figure, a row of the table, a line of two cards."""

    id: str
    de: str
    vers: str
    type: TypeRelation
    aller: str
    """« finance »: what ``de`` does to ``vers``."""
    retour: str
    """« est financé par »: the same, said from ``vers``."""
    precision: str
    faits: tuple[FaitVue, ...]
    quand: tuple[str, ...]
    sources: tuple[int, ...]
    documents: tuple[str, ...] = ()
    """Slugs of the sources that say it."""
    periodes: tuple[Periode, ...] = ()
    """When each of its facts holds; none when one of them has no date: it may hold at any time."""
    courbure: float = 0.0
    """0 for a straight line; links between the same two actors bend apart."""
    visible: bool = True


@dataclass(frozen=True, slots=True)
class ReseauVue:
    """A network, ready to show."""

    acteurs: tuple[NoeudVue, ...]
    actions: tuple[NoeudVue, ...]
    liens: tuple[LienVue, ...]
    sources: tuple[ReferenceVue, ...]
