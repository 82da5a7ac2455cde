"""How each role of an actor is drawn: one colour and one shape, the same on every page.

The only place that holds them: cards, directory, legends and the network page all read this table
(the style sheet repeats the colours as custom properties; a test keeps the two equal). A shape never
goes without its colour nor a colour without its shape, so that neither sight nor print loses the role.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

FormeVis = Literal["dot", "diamond", "star", "hexagon", "triangle", "triangleDown", "square", "custom"]
Point = tuple[float, float]

_ETOILE: Final[tuple[Point, ...]] = (
    (0, -1.1), (0.28, -0.36), (1.05, -0.34), (0.45, 0.14), (0.65, 0.89),
    (0, 0.46), (-0.65, 0.89), (-0.45, 0.14), (-1.05, -0.34), (-0.28, -0.36),
)  # fmt: skip
_HEXAGONE: Final[tuple[Point, ...]] = (
    (-0.5, -0.9),
    (0.5, -0.9),
    (1.02, 0),
    (0.5, 0.9),
    (-0.5, 0.9),
    (-1.02, 0),
)
_MAISON: Final[tuple[Point, ...]] = ((0, -1.05), (1, -0.2), (1, 0.9), (-1, 0.9), (-1, -0.2))
_CROIX: Final[tuple[Point, ...]] = (
    (-0.36, -1), (0.36, -1), (0.36, -0.36), (1, -0.36), (1, 0.36), (0.36, 0.36),
    (0.36, 1), (-0.36, 1), (-0.36, 0.36), (-1, 0.36), (-1, -0.36), (-0.36, -0.36),
)  # fmt: skip
_COLONNE: Final[tuple[Point, ...]] = (
    (0, -1.05), (1, -0.5), (1, -0.22), (0.62, -0.22), (0.62, 0.6), (1, 0.6), (1, 0.92),
    (-1, 0.92), (-1, 0.6), (-0.62, 0.6), (-0.62, -0.22), (-1, -0.22), (-1, -0.5),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TypeActeur:
    """One role, by the local name of its class, and how it is drawn."""

    code: str
    """Local name of the class (``PointAppui``); its label is the message ``types.<code>``."""
    classe: str
    """CSS class that gives the colour (``type-point-appui``)."""
    couleur: str
    """On a light background."""
    couleur_sombre: str
    """On a dark background."""
    forme_vis: FormeVis
    """Shape name for vis-network; ``custom`` means: draw ``contour``."""
    contour: tuple[Point, ...] = ()
    """Closed polygon in a box from -1 to 1 (y downwards); empty means the unit disc."""

    @property
    def trace(self) -> str:
        """The outline as the ``d`` of an SVG path, in a ``-1.2 -1.2 2.4 2.4`` view box."""
        if not self.contour:
            return "M-.92 0a.92.92 0 1 0 1.84 0a.92.92 0 1 0-1.84 0z"
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in self.contour) + "z"


TYPES: Final[tuple[TypeActeur, ...]] = (
    TypeActeur("OperateurDLA", "type-operateur-dla", "#b3263a", "#f3919c", "star", _ETOILE),
    TypeActeur("DLARegional", "type-dla-regional", "#9b2f7a", "#ea93cf", "hexagon", _HEXAGONE),
    TypeActeur("CentreNationalAppui", "type-centre-national", "#76491f", "#dcae80", "custom", _CROIX),
    TypeActeur("PointAppui", "type-point-appui", "#23733a", "#83cb90", "custom", _MAISON),
    TypeActeur(
        "Reseau",
        "type-reseau",
        "#6645a6",
        "#bda6f0",
        "diamond",
        ((0, -1.12), (1.12, 0), (0, 1.12), (-1.12, 0)),
    ),
    TypeActeur(
        "Prestataire",
        "type-prestataire",
        "#ad4f06",
        "#f6a961",
        "triangle",
        ((0, -1), (1.08, 0.88), (-1.08, 0.88)),
    ),
    TypeActeur(
        "Financeur",
        "type-financeur",
        "#6f5c00",
        "#d9c354",
        "square",
        ((-0.86, -0.86), (0.86, -0.86), (0.86, 0.86), (-0.86, 0.86)),
    ),
    TypeActeur("Institution", "type-institution", "#46566a", "#adbdd0", "custom", _COLONNE),
    TypeActeur("Association", "type-association", "#1b66a8", "#82bbec", "dot"),
)
"""Most telling first: the first role of this list that an actor plays is the one it is drawn as."""

AUTRE: Final = TypeActeur(
    "Acteur", "type-acteur", "#5f6260", "#b5b8b4", "triangleDown", ((0, 1), (1.08, -0.88), (-1.08, -0.88))
)
"""An actor whose role no source says."""

_PAR_CODE: Final = {forme.code: forme for forme in TYPES}


def type_acteur(code: str) -> TypeActeur:
    """The drawing of a role; :data:`AUTRE` for a class that is not in the table."""
    return _PAR_CODE.get(code, AUTRE)


def sort_types(codes: Iterable[str]) -> tuple[TypeActeur, ...]:
    """Every role of an actor, most telling first, unknown classes left out."""
    presents = set(codes)
    return tuple(forme for forme in TYPES if forme.code in presents)


def type_principal(codes: Iterable[str]) -> TypeActeur:
    """The role an actor is drawn as."""
    return next(iter(sort_types(codes)), AUTRE)
