"""Tables that a spreadsheet opens as they are: UTF-8 with its mark, semicolons, no cell that runs."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from visualisations.integration import integration

MARQUE: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""First of the file, so that a spreadsheet reads UTF-8."""
FORMULES: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a cell must not begin with: a spreadsheet would run it."""
_PAGE: Final = re.compile(r"/(?:acteurs|accompagnements)/\S+")


def write_table(entete: Sequence[str], lignes: Iterable[Sequence[str]]) -> str:
    """A CSV with its header, for people, who open it away from the site.

    Every cell that starts a formula is made text by an apostrophe, and the address of a card is whole when
    that of the site is known.
    """
    sortie = io.StringIO()
    table = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    table.writerow(entete)
    table.writerows([hold(cellule) for cellule in ligne] for ligne in lignes)
    return MARQUE + sortie.getvalue()


def hold(cellule: str) -> str:
    """A cell that stays text, whatever it begins with, or the whole address of a card."""
    if _PAGE.fullmatch(cellule):
        return f"{integration().site}{cellule}"
    return f"'{cellule}" if cellule.startswith(FORMULES) else cellule
