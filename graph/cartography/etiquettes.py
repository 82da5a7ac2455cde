"""How a node is named and how big it is: what the layout must leave room for.

Sizes are CSS pixels at scale 1. Text is measured with an average character width: the figure has no
font on the server, and a label a little wider than measured only loses its place to a neighbour's.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Final

from graph.cartography.types import Chose
from graph.catalogue.modele import Accompagnement, Acteur

LARGEUR_LIGNE: Final = 24
"""Characters of a line of label at most."""
_LETTRE: Final = 6.6
_INTERLIGNE: Final = 15.0
_MARGE: Final = 7.0


@dataclass(frozen=True, slots=True)
class Etiquette:
    """The label of a node, its radius, and the box both take together."""

    lignes: tuple[str, ...]
    rayon: float

    @property
    def demi_largeur(self) -> float:
        """Half the width of the box, centred on the node."""
        texte = max(len(ligne) for ligne in self.lignes) * _LETTRE / 2
        return max(texte, self.rayon) + _MARGE

    @property
    def hauteur(self) -> float:
        """Height of the box: the node, then its label under it."""
        return 2 * self.rayon + len(self.lignes) * _INTERLIGNE + 2 * _MARGE

    @property
    def decalage(self) -> float:
        """How far below the node the middle of the box is."""
        return len(self.lignes) * _INTERLIGNE / 2


def label(chose: Chose, degre: int) -> Etiquette:
    """Name a node in one or two short lines: its name, or its acronym when the name is too long."""
    if isinstance(chose, Accompagnement):
        lignes = wrap(shorten(chose.titre))
        rayon = 9.0
    else:
        lignes = name_lines(chose)
        rayon = round(min(8 + 2.6 * sqrt(degre), 22.0), 1)
    return Etiquette(_cut(lignes), rayon)


def name_lines(acteur: Acteur) -> tuple[str, ...]:
    """The name of an actor in two short lines at most, or its acronym when the name is too long."""
    lignes = wrap(acteur.nom)
    return _cut(wrap(acteur.sigles[0]) if len(lignes) > 2 and acteur.sigles else lignes)


def _cut(lignes: tuple[str, ...]) -> tuple[str, ...]:
    return lignes if len(lignes) < 3 else (lignes[0], lignes[1][: LARGEUR_LIGNE - 1].rstrip() + "…")


def shorten(titre: str) -> str:
    """The part of an action's title that names it: it is often « what: with whom, for what »."""
    return titre.split(" : ")[0]


def wrap(texte: str) -> tuple[str, ...]:
    """Cut a name into lines at spaces; a word longer than a line is cut with an ellipsis."""
    lignes: list[str] = []
    for mot in texte.split() or ["?"]:
        court = mot if len(mot) <= LARGEUR_LIGNE else mot[: LARGEUR_LIGNE - 1] + "…"
        if lignes and len(lignes[-1]) + 1 + len(court) <= LARGEUR_LIGNE:
            lignes[-1] += f" {court}"
        else:
            lignes.append(court)
    return tuple(lignes)
