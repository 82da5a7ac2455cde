"""Which names a still figure can show, and where: none covers another, nor a node.

The layout leaves room for the names of a small network, under each node; a large one has no such room,
and shows the names of its most linked nodes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

LETTRE: Final = 6.6
"""Average width of a character, in pixels, at the size of the labels."""
INTERLIGNE: Final = 15.0
_MAILLE: Final = 64.0
_ECART: Final = 3.0


class Boite(NamedTuple):
    """A rectangle, in pixels."""

    gauche: float
    haut: float
    droite: float
    bas: float

    def touches(self, autre: "Boite") -> bool:
        """True when the two share an area."""
        return (
            self.gauche < autre.droite
            and autre.gauche < self.droite
            and self.haut < autre.bas
            and autre.haut < self.bas
        )

    def holds(self, autre: "Boite") -> bool:
        """True when the other is inside."""
        return (
            self.gauche <= autre.gauche
            and self.haut <= autre.haut
            and autre.droite <= self.droite
            and autre.bas <= self.bas
        )

    def cells(self) -> Iterator[tuple[int, int]]:
        """The cells of a coarse grid that it lies on."""
        for colonne in range(int(self.gauche // _MAILLE), int(self.droite // _MAILLE) + 1):
            for ligne in range(int(self.haut // _MAILLE), int(self.bas // _MAILLE) + 1):
                yield colonne, ligne


class Feuille:
    """Rectangles already taken, found by the cell they lie on."""

    def __init__(self, prises: Iterable[Boite] = ()) -> None:
        self._cases: defaultdict[tuple[int, int], list[Boite]] = defaultdict(list)
        for boite in prises:
            self.take(boite)

    def take(self, boite: Boite) -> None:
        """Keep a rectangle for oneself."""
        for case in boite.cells():
            self._cases[case].append(boite)

    def is_free(self, boite: Boite) -> bool:
        """True when nothing taken touches it."""
        return not any(boite.touches(prise) for case in boite.cells() for prise in self._cases.get(case, ()))


@dataclass(frozen=True, slots=True)
class Nomme:
    """A node to name: where it is, its half height and width, the lines of its name."""

    id: str
    x: float
    y: float
    rayon: float
    lignes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nom:
    """Lines of a name on the sheet: centre of the first one, then one under the other."""

    x: float
    y: float
    lignes: tuple[str, ...]


def place_names(noeuds: Sequence[Nomme], cadre: Boite, forts: int = 1) -> dict[str, Nom]:
    """Place names, the first nodes first: under the node if there is room, else above, else beside.

    A name without room inside the frame is left out, unless its node is one of the first ``forts``: that
    one may cover nodes, never another name.
    """
    ronds = Feuille(Boite(n.x - n.rayon, n.y - n.rayon, n.x + n.rayon, n.y + n.rayon) for n in noeuds)
    ecrits = Feuille()
    places: dict[str, Nom] = {}
    for rang, noeud in enumerate(noeuds):
        essais = [essai for essai in _try(noeud) if cadre.holds(essai[1]) and ecrits.is_free(essai[1])]
        libres = [essai for essai in essais if ronds.is_free(essai[1])] or (essais if rang < forts else [])
        if libres:
            places[noeud.id], boite = libres[0]
            ecrits.take(boite)
    return places


def _try(noeud: Nomme) -> Iterator[tuple[Nom, Boite]]:
    demi = max((len(ligne) for ligne in noeud.lignes), default=0) * LETTRE / 2
    haut = len(noeud.lignes) * INTERLIGNE
    cote = noeud.rayon + _ECART + demi
    for x, y in (
        (noeud.x, noeud.y + noeud.rayon + _ECART),
        (noeud.x, noeud.y - noeud.rayon - _ECART - haut),
        (noeud.x + cote, noeud.y - haut / 2),
        (noeud.x - cote, noeud.y - haut / 2),
    ):
        yield Nom(x, y + INTERLIGNE / 2, noeud.lignes), Boite(x - demi, y, x + demi, y + haut)
