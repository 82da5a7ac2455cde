"""What is asked of the map: a measure, how it is counted, where, and when."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, cast

from graph.catalogue import Catalogue
from graph.catalogue.modele import ROLES, Territoire
from graph.errors import DemandeInvalideError, IntrouvableError
from graph.messages import messages

Mesure = Literal["acteurs", "associations", "offres", "accompagnements", "subventions", "montants", "trous"]
MESURES: Final[tuple[Mesure, ...]] = (
    "acteurs",
    "offres",
    "trous",
    "accompagnements",
    "subventions",
    "montants",
    "associations",
)
Maille = Literal["departement", "region"]
MAILLES: Final[tuple[Maille, ...]] = ("departement", "region")
Portee = Literal["proche", "toutes"]
PORTEES: Final[tuple[Portee, ...]] = ("proche", "toutes")
"""From the place itself or finer; from anywhere, wider places too."""
DATEES: Final[frozenset[Mesure]] = frozenset(
    {"acteurs", "offres", "accompagnements", "subventions", "montants"}
)
"""Measures for which a year means something."""
LARGES: Final[frozenset[Mesure]] = frozenset({"acteurs", "offres", "accompagnements"})
"""Measures that come from near or from afar."""
_ANNEE: Final = re.compile(r"(19|20)\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Criteres:
    """What is asked, checked."""

    mesure: Mesure = "acteurs"
    maille: Maille = "departement"
    portee: Portee = "proche"
    fonction: str = ""
    """Code of the function asked of offers; empty for all."""
    role: str = ""
    """Local name of the role asked of actors, counted or drawn; empty for all."""
    annee: int | None = None
    rapport: bool = False
    """Rather for 1 000 employing associations."""
    points: bool = False
    """Draw the actors whose place is known."""
    territoire: Territoire | None = None
    """Where to look closer; None for all of France."""

    def periode(self, jour: date) -> tuple[date, date]:
        """Return the days on which things must hold: those of the year asked, else the day given."""
        return (date(self.annee, 1, 1), date(self.annee, 12, 31)) if self.annee else (jour, jour)


def parse_criteres(
    catalogue: Catalogue,
    mesure: str = "",
    maille: str = "",
    portee: str = "",
    fonction: str = "",
    role: str = "",
    annee: str = "",
    rapport: str = "",
    points: str = "",
    territoire: str = "",
) -> Criteres:
    """Check what was typed; what the measure does not use is left out.

    Raises:
        DemandeInvalideError: a value that is no choice of its field, a territory that does not exist.
    """
    checked = cast("Mesure", _check("mesure", mesure, MESURES) or MESURES[0])
    fonctions = [concept.code for concept in catalogue.concepts_de("fonction")]
    large = _check("portee", portee, PORTEES) or PORTEES[0]
    asked = _check("fonction", fonction, fonctions)
    year = _read_year(annee)
    return Criteres(
        mesure=checked,
        maille=cast("Maille", _check("maille", maille, MAILLES) or MAILLES[0]),
        portee=cast("Portee", large) if checked in LARGES else PORTEES[0],
        fonction=asked if checked == "offres" else "",
        role=_check("role", role, ROLES),
        annee=year if checked in DATEES else None,
        rapport=_check("rapport", rapport, ("1",)) == "1" and checked not in ("associations", "trous"),
        points=_check("points", points, ("1",)) == "1",
        territoire=_read_territory(catalogue, territoire),
    )


def _check(champ: str, valeur: str, choix: Collection[str]) -> str:
    if valeur and valeur not in choix:
        raise DemandeInvalideError(
            champ,
            messages(
                "cartographie.code-inconnu", champ=champ, valeur=valeur[:40], codes=", ".join(sorted(choix))
            ),
        )
    return valeur


def _read_year(texte: str) -> int | None:
    if texte and not _ANNEE.fullmatch(texte):
        raise DemandeInvalideError("annee", messages("carte.annee", valeur=texte[:20]))
    return int(texte) if texte else None


def _read_territory(catalogue: Catalogue, ref: str) -> Territoire | None:
    if not ref:
        return None
    try:
        found = catalogue.lire_territoire(ref)
    except IntrouvableError as erreur:
        raise DemandeInvalideError("territoire", erreur.message) from erreur
    return None if found.niveau == "national" else found
