"""SIRENE's two files brought together: which units are taken, and in which commune each has its head office.

The file of units is read twice and the file of establishments once, in that order: what is kept in between is
four bytes and a commune code for each unit taken, so that memory does not follow the size of the files.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final, Self

import numpy as np

from graph.messages import messages
from graph.sources.atelier import Atelier
from graph.sources.avancement import announce
from graph.sources.bilan import LigneFiltree
from graph.sources.lecteurs.lignes import read_file, read_tables
from graph.sources.lecteurs.partage import siege_of
from graph.sources.tableau import FichierRefuseError, Ligne

UNITE: Final = (
    "siren",
    "statutdiffusionunitelegale",
    "categoriejuridiqueunitelegale",
    "denominationunitelegale",
    "nicsiegeunitelegale",
)
ETABLISSEMENT: Final = (
    "siren",
    "statutdiffusionetablissement",
    "etablissementsiege",
    "codecommuneetablissement",
    "etatadministratifetablissement",
)
_PERSONNE: Final = ("prenom1unitelegale", "nomunitelegale", "sexeunitelegale")
_CHOIX: Final = (
    *("siren", "statutdiffusionunitelegale", "categoriejuridiqueunitelegale", *_PERSONNE),
    *("etatadministratifunitelegale", "unitepurgeeunitelegale", "economiesocialesolidaireunitelegale"),
    "identifiantassociationunitelegale",
)
"""What tells whether a unit is taken."""
UNITE_LUE: Final = (
    *(*UNITE, *_CHOIX, "sigleunitelegale"),
    *(f"denominationusuelle{rang}unitelegale" for rang in (1, 2, 3)),
    *("trancheeffectifsunitelegale", "datecreationunitelegale", "datederniertraitementunitelegale"),
)
"""All that is read of a unit."""


def sort_files(fichiers: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Return the files of units and those of establishments, told apart by their header.

    Raises:
        FichierRefuseError: neither, or no file of units.
    """
    unites: list[Path] = []
    etablissements: list[Path] = []
    for fichier in fichiers:
        (etablissements if _is(fichier, ETABLISSEMENT) else unites).append(fichier)
    if not unites:
        raise FichierRefuseError(messages("import.repertoires.etablissements-seuls"))
    return unites, etablissements


def _is(fichier: Path, colonnes: Sequence[str]) -> bool:
    try:
        with closing(read_file(fichier, colonnes)) as rows:
            next(rows, None)
    except FichierRefuseError:
        return False
    return True


def refuse_reason(ligne: Ligne) -> str:
    """Return why a unit is left aside, empty when it is taken."""
    if ligne["statutdiffusionunitelegale"] not in ("O", ""):
        return "diffusion-partielle"
    forme = ligne["categoriejuridiqueunitelegale"]
    if forme == "1000" or any(ligne[colonne] for colonne in _PERSONNE):
        return "personne"
    if ligne["etatadministratifunitelegale"] == "C" or ligne["unitepurgeeunitelegale"] == "true":
        return "cessee"
    if forme[:2] in ("92", "93") or ligne["economiesocialesolidaireunitelegale"] == "O":
        return ""
    return "" if ligne["identifiantassociationunitelegale"] else "hors-champ"


class Sieges:
    """The commune of the head office of each unit taken."""

    def __init__(self, sirens: Iterable[int]) -> None:
        self._sirens = array("I", sorted(sirens))
        self._communes = np.zeros(len(self._sirens), dtype="S5")
        self._raisons = {
            cle: messages(f"import.repertoires.{cle}")
            for cle in ("secondaire", "ferme", "unite-absente", "diffusion-partielle")
        }

    @classmethod
    def read(cls, unites: Sequence[Path], etablissements: Sequence[Path], atelier: Atelier) -> Self:
        """Read which units are taken, then where they are; each establishment counts as a row read."""
        announce(unites)
        sieges = cls(array("I", _sirens(unites)))
        for _ in read_tables(etablissements, atelier, ETABLISSEMENT, sieges.take, wanted=ETABLISSEMENT):
            pass
        return sieges

    def take(self, ligne: Ligne, atelier: Atelier) -> tuple[str, ...]:
        """Take note of one establishment."""
        rank = self._rank(ligne["siren"])
        if rank is None:
            raise LigneFiltree(self._raisons["unite-absente"])
        if ligne["statutdiffusionetablissement"] not in ("O", ""):
            raise LigneFiltree(self._raisons["diffusion-partielle"])
        if ligne["etatadministratifetablissement"] == "F":
            raise LigneFiltree(self._raisons["ferme"])
        if ligne["etablissementsiege"].lower() != "true":
            raise LigneFiltree(self._raisons["secondaire"])
        commune = siege_of(atelier, ligne["codecommuneetablissement"])
        if commune:
            self._communes[rank] = commune.encode()
        return ()

    def commune_of(self, siren: str) -> str:
        """Return the commune of the head office, empty when it is not known."""
        rank = self._rank(siren)
        return "" if rank is None else bytes(self._communes[rank]).decode()

    def _rank(self, siren: str) -> int | None:
        if len(siren) != 9 or not (siren.isascii() and siren.isdigit()):
            return None
        number = int(siren)
        rank = bisect_left(self._sirens, number)
        return rank if rank < len(self._sirens) and self._sirens[rank] == number else None


def _sirens(unites: Sequence[Path]) -> Iterator[int]:
    for fichier in unites:
        for _, ligne in read_file(fichier, UNITE, wanted=(*UNITE, *_CHOIX)):
            siren = ligne["siren"]
            if len(siren) == 9 and siren.isascii() and siren.isdigit() and not refuse_reason(ligne):
                yield int(siren)
