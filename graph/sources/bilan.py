"""What an import took, left and refused: counts that close, and every refused row by name.

Read = taken + rejected + filtered. Nothing is lost in silence: ``rejets.csv`` holds each refused row with
its file, line, column, value and the reason in French.
"""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO, Final, Self

from graph.messages import messages

PREMIERS: Final = 20
"""Refused rows told on the terminal and in the report; all of them are in ``rejets.csv``."""
VALEUR_MAX: Final = 200
"""Characters of a refused value that are kept."""
_FORMULES: Final = ("=", "+", "-", "@", "\t", "\r")


class LigneRefusee(Exception):  # noqa: N818 — a verdict on a row, not a failure of the program
    """A row cannot be taken: the column at fault, its value, and the reason in French."""

    def __init__(self, colonne: str, valeur: str, raison: str) -> None:
        super().__init__(raison)
        self.colonne, self.valeur, self.raison = colonne, valeur, raison


class LigneFiltree(Exception):  # noqa: N818 — a verdict on a row, not a failure of the program
    """A row is left aside on purpose (another departement, closed, natural person…), with the reason."""

    def __init__(self, raison: str) -> None:
        super().__init__(raison)
        self.raison = raison


@dataclass
class Bilan:
    """Counts of one import, filled while rows go by."""

    lus: int = 0
    pris: int = 0
    rejetes: int = 0
    filtres: Counter[str] = field(default_factory=Counter)
    """Rows left aside on purpose, by reason."""
    avertissements: Counter[str] = field(default_factory=Counter)
    """What was taken with a doubt (a SIRET whose key is wrong…), by sentence."""
    lieux: dict[str, list[str]] = field(default_factory=dict)
    """Where doubts were met (sheet and line), by sentence, for the readers that note it."""
    retires: Counter[str] = field(default_factory=Counter)
    """Statements of a graph left out of what was taken, by reason: they are no rows, and close no count."""
    premiers: list[str] = field(default_factory=list)
    """The first refused rows, said in one line each: a check writes no ``rejets.csv``."""
    sortie: "IO[str] | None" = None
    """Where refused rows are written as CSV; None counts them only."""

    def open(self, sortie: IO[str]) -> Self:
        """Write refused rows to an open text file from now on."""
        self.sortie = sortie
        _write(sortie, ["fichier", "ligne", "colonne", "valeur", "raison"])
        return self

    def reject(self, fichier: str, ligne: int, verdict: LigneRefusee) -> None:
        """Count a refused row and write it down."""
        self.rejetes += 1
        if len(self.premiers) < PREMIERS:
            cle = "import.refus" if verdict.colonne else "import.refus-ligne"
            cell = " ".join(verdict.valeur.split())[:40]
            self.premiers.append(
                messages(
                    cle,
                    fichier=fichier,
                    ligne=ligne,
                    colonne=verdict.colonne,
                    valeur=cell,
                    raison=verdict.raison,
                )
            )
        if self.sortie is not None:
            cells = [fichier, str(ligne), verdict.colonne, safe_cell(verdict.valeur), verdict.raison]
            _write(self.sortie, cells)

    @property
    def ferme(self) -> bool:
        """True when every row read is accounted for."""
        return self.lus == self.pris + self.rejetes + self.filtres.total()

    def lines(self) -> list[str]:
        """Say the counts in French, one line each."""
        said = [
            messages("import.lus", n=self.lus),
            messages("import.pris", n=self.pris),
            messages(
                "import.rejetes" if self.rejetes and self.sortie else "import.rejetes-seul", n=self.rejetes
            ),
            *self.premiers,
        ]
        if more := self.rejetes - len(self.premiers):
            said.append(
                messages("import.autres-refus" if self.sortie else "import.autres-refus-essai", n=more)
            )
        said += [messages("import.filtres", n=n, raison=raison) for raison, n in self.filtres.most_common()]
        said += [messages("import.retires", n=n, texte=texte) for texte, n in self.retires.most_common()]
        said += [self._doubt(texte, n) for texte, n in self.avertissements.most_common()]
        return said

    def _doubt(self, texte: str, n: int) -> str:
        averti = messages("import.averti", n=n, texte=texte)
        lieux = self.lieux.get(texte, [])
        if not lieux:
            return averti
        told = ", ".join(lieux[:PREMIERS]) + ("…" if len(lieux) > PREMIERS else "")
        return messages("import.averti-lieux", averti=averti, lieux=told)


def _write(sortie: IO[str], cells: Sequence[str]) -> None:
    """Write a row separated by ``;``, which spreadsheets set to French open as columns."""
    csv.writer(sortie, delimiter=";", lineterminator="\n").writerow(cells)


def safe_cell(valeur: str) -> str:
    """Cut a value and disarm it: a spreadsheet must not run what a refused cell holds."""
    short = " ".join(valeur.split())[:VALEUR_MAX]
    return f"'{short}" if short.startswith(_FORMULES) else short
