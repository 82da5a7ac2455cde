"""The drawing of the map: which shapes, where, and how much of France the frame holds."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Final

from graph.carte import Carte, Zone
from graph.catalogue.contours import Boite, Contour, Point, to_drawing
from graph.catalogue.modele import Acteur
from visualisations.pages.commun import actor_address
from visualisations.pages.lieux import place_address
from visualisations.types_acteur import type_principal

FRANCE: Final = Boite(0, 0, 613, 585)
"""The whole drawing, as the package frames it."""
COURONNE: Final = ("75", "92", "93", "94")
"""Too small to be read or pointed at on a map of France."""
LOUPE: Final = Boite(4, 4, 126, 112)
"""Where they are shown again, larger: over the sea, north of Brittany."""
GRAND: Final = 250
"""Width of a frame from which the magnifier is of use."""
CORPS, CORPS_LOUPE = 10.0, 9.0
"""Heights of the values written on the whole map and in the magnifier, in its units."""
CHASSE: Final = 0.6
"""Width of a figure for its height."""
MARGE: Final = 0.06
POINTS_MAX: Final = 300
"""Points drawn one by one; more are gathered by cell."""
CELLULES: Final = 48
"""Cells across the frame when points are gathered."""


@dataclass(frozen=True, slots=True)
class Forme:
    """One place of the map: a link, its shapes, its value."""

    code: str
    nom: str
    adresse: str
    titre: str
    """Its name and its value, for who points at it or hears it."""
    classe: str
    """``c1`` to ``c5``, ``c0`` for zero, ``cx`` for unknown."""
    traces: tuple[str, ...]
    etiquette: str
    x: float
    y: float
    visee: bool


@dataclass(frozen=True, slots=True)
class Pointe:
    """An actor at its place, or several too near each other."""

    x: float
    y: float
    nombre: int
    adresse: str
    titre: str
    classe: str
    trace: str
    taille: float


@dataclass(frozen=True, slots=True)
class Figure:
    """The drawing."""

    x: float
    y: float
    largeur: float
    hauteur: float
    formes: tuple[Forme, ...]
    decor: tuple[tuple[str, str], ...]
    """Shapes of what is around, and of what the magnifier shows: the class of its value, the path."""
    loupe: tuple[Forme, ...]
    loupe_x: float
    loupe_y: float
    loupe_echelle: float
    points: tuple[Pointe, ...]
    echelle: float
    """Units of the drawing for one of the whole map's: letters and points keep their size."""


Dire = Callable[[Zone], tuple[str, str]]
"""Says a place: its title, and what is written on the map."""


def draw_figure(carte: Carte, contours: Mapping[str, Contour], dire: Dire) -> Figure | None:
    """The drawing of a map; None when none of its places has a shape.

    Args:
        carte: the map.
        contours: shapes by code of departement.
        dire: says a place.
    """
    drawn = [zone for zone in carte.zones if any(code in contours for code in zone.departements)]
    codes = {code for zone in drawn for code in zone.departements if code in contours}
    if not codes:
        return None
    frame = _frame(carte, [contours[code].boite for code in codes])
    echelle = (frame.droite - frame.gauche) / (FRANCE.droite - FRANCE.gauche)
    magnified = set(COURONNE) & codes if _is_wide(frame) else set()
    alone = [zone for zone in drawn if set(zone.departements) <= magnified]
    shown = sorted(
        (zone for zone in drawn if zone not in alone), key=lambda zone: (zone.visee, zone.territoire.nom)
    )
    around = set(contours) - codes
    boxes = [contours[code].boite for code in COURONNE if code in contours]
    grossi = _magnify(boxes if alone else [])
    formes, loupe = ([_form(carte, zone, contours, dire) for zone in zones] for zones in (shown, alone))
    return Figure(
        x=round(frame.gauche, 1),
        y=round(frame.haut, 1),
        largeur=round(frame.droite - frame.gauche, 1),
        hauteur=round(frame.bas - frame.haut, 1),
        formes=_label(formes, CORPS * echelle),
        decor=(
            *(("", contours[code].trace) for code in sorted(around) if _meets(contours[code].boite, frame)),
            *((forme.classe, trace) for forme in loupe for trace in forme.traces),
        ),
        loupe=_label(loupe, CORPS_LOUPE / grossi["loupe_echelle"]),
        **grossi,
        points=tuple(_points(carte.points, frame, echelle)),
        echelle=round(echelle, 3),
    )


def _form(carte: Carte, zone: Zone, contours: Mapping[str, Contour], dire: Dire) -> Forme:
    shapes = [contours[code] for code in zone.departements if code in contours]
    titre, etiquette = dire(zone)
    x, y = _middle(shapes)
    return Forme(
        code=zone.territoire.code,
        nom=zone.territoire.nom,
        adresse=place_address(zone.territoire),
        titre=titre,
        classe=name_class(zone.classe, len(carte.classes)),
        traces=tuple(shape.trace for shape in shapes),
        etiquette=etiquette,
        x=x,
        y=y,
        visee=zone.visee,
    )


def _label(formes: Sequence[Forme], taille: float) -> tuple[Forme, ...]:
    """The same places; of two values that would cover each other, the lower is not written."""
    pris: list[Boite] = []
    tues = set()
    for forme in sorted(formes, key=lambda forme: forme.classe, reverse=True):
        demi = len(forme.etiquette) * taille * CHASSE / 2
        boite = Boite(forme.x - demi, forme.y - taille / 2, forme.x + demi, forme.y + taille / 2)
        if forme.etiquette and any(_meets(boite, autre) for autre in pris):
            tues.add(forme.code)
        elif forme.etiquette:
            pris.append(boite)
    return tuple(replace(forme, etiquette="") if forme.code in tues else forme for forme in formes)


TEINTES: Final = ((3,), (2, 4), (1, 3, 5), (1, 2, 4, 5), (1, 2, 3, 4, 5))
"""Shades of 1, 2, 3… classes: few classes are as far apart as many."""


def name_class(classe: int | None, classes: int) -> str:
    """Name in styles of the shade of a class of values: ``cx`` for unknown, ``c0`` for zero.

    Args:
        classe: rank of the class, 0 for zero, None for unknown.
        classes: how many there are.
    """
    if classe is None:
        return "cx"
    return f"c{TEINTES[classes - 1][classe - 1]}" if classe else "c0"


def _middle(shapes: Sequence[Contour]) -> Point:
    """Where the value of a place is written: the middle of its departements, the larger the heavier."""
    weights = [(s.boite.droite - s.boite.gauche) * (s.boite.bas - s.boite.haut) for s in shapes]
    total = sum(weights)
    x = sum(shape.centre[0] * weight for shape, weight in zip(shapes, weights, strict=True)) / total
    y = sum(shape.centre[1] * weight for shape, weight in zip(shapes, weights, strict=True)) / total
    return (round(x, 1), round(y, 1))


def _frame(carte: Carte, boxes: Sequence[Boite]) -> Boite:
    """All of France, or what is looked at with a margin, no taller than France is."""
    if carte.criteres.territoire is None:
        return FRANCE
    box = boxes[0]
    for other in boxes[1:]:
        box = box.union(other)
    wide, high = box.droite - box.gauche, box.bas - box.haut
    side = max(wide, high * (FRANCE.droite - FRANCE.gauche) / (FRANCE.bas - FRANCE.haut)) * (1 + 2 * MARGE)
    tall = max(high * (1 + 2 * MARGE), side * 0.7)
    x, y = (box.gauche + box.droite) / 2, (box.haut + box.bas) / 2
    return Boite(x - side / 2, y - tall / 2, x + side / 2, y + tall / 2)


def _is_wide(frame: Boite) -> bool:
    return frame.droite - frame.gauche >= GRAND


def _meets(box: Boite, frame: Boite) -> bool:
    across = box.gauche < frame.droite and box.droite > frame.gauche
    return across and box.haut < frame.bas and box.bas > frame.haut


def _magnify(boxes: Collection[Boite]) -> dict[str, float]:
    """How the magnified places are moved and enlarged to fill :data:`LOUPE`."""
    if not boxes:
        return {"loupe_x": 0.0, "loupe_y": 0.0, "loupe_echelle": 1.0}
    gauche, haut = min(b.gauche for b in boxes), min(b.haut for b in boxes)
    droite, bas = max(b.droite for b in boxes), max(b.bas for b in boxes)
    wide, high = LOUPE.droite - LOUPE.gauche, LOUPE.bas - LOUPE.haut
    echelle = 0.78 * min(wide / (droite - gauche), high / (bas - haut))
    return {
        "loupe_x": round((LOUPE.gauche + LOUPE.droite - (gauche + droite) * echelle) / 2, 1),
        "loupe_y": round((LOUPE.haut + LOUPE.bas - (haut + bas) * echelle) / 2 + 4, 1),
        "loupe_echelle": round(echelle, 2),
    }


def _points(acteurs: Iterable[Acteur], frame: Boite, echelle: float) -> Iterator[Pointe]:
    """The actors inside the frame; gathered by cell when they are many."""
    placed = [(to_drawing(a.position.latitude, a.position.longitude), a) for a in acteurs if a.position]
    inside = [(p, a) for p, a in placed if _meets(Boite(p[0], p[1], p[0], p[1]), frame)]
    if len(inside) <= POINTS_MAX:
        for (x, y), acteur in inside:
            forme = type_principal(acteur.types)
            yield Pointe(
                x=round(x, 1),
                y=round(y, 1),
                nombre=1,
                adresse=actor_address(acteur),
                titre=acteur.nom,
                classe=forme.classe,
                trace=forme.trace,
                taille=round(4.5 * echelle, 2),
            )
        return
    side = (frame.droite - frame.gauche) / CELLULES
    cells: dict[tuple[int, int], list[Point]] = {}
    for point, _ in inside:
        cells.setdefault((int(point[0] // side), int(point[1] // side)), []).append(point)
    for points in cells.values():
        x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
        size = min(2.2 * sqrt(len(points)) + 1.5, 12) * echelle
        yield Pointe(round(x, 1), round(y, 1), len(points), "", "", "", "", round(size, 2))
