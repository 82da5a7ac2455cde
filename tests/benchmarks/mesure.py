"""What a measure is, and the table of them."""

import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

LARGEUR = 58
"""Characters of the first column."""


@dataclass(frozen=True, slots=True)
class Mesure:
    """One line of the table: what, how much, beside what, how much."""

    nom: str
    valeur: float
    temoin: str
    valeur_temoin: float
    unite: str = "s"
    """``s`` of the clock, ``s proc`` of the processor, ``Mo``, or nothing."""
    cible: float | None = None
    """The ratio to stay under, when one is aimed at."""

    @property
    def rapport(self) -> float:
        """How many times its witness."""
        return self.valeur / self.valeur_temoin

    def __str__(self) -> str:
        aim = "" if self.cible is None else f"   (at most {self.cible:.2g})"
        mine, other = (_format(valeur, self.unite) for valeur in (self.valeur, self.valeur_temoin))
        return f"{self.nom:<{LARGEUR}}  {mine:>14}   × {self.rapport:8.3f} of {self.temoin} ({other}){aim}"


def _format(valeur: float, unite: str) -> str:
    if unite.startswith("s") and valeur < 1:
        return f"{valeur * 1000:.2f} m{unite}"
    return f"{valeur:.2f} {unite}".strip()


def print_table(titre: str, mesures: Iterable[Mesure]) -> None:
    """Print a table, each line as soon as it is measured: a whole country takes long."""
    sys.stdout.write(f"\n{titre}\n\n")
    for mesure in mesures:
        sys.stdout.write(f"{mesure}\n")
        sys.stdout.flush()


def median(action: Callable[[], object], tours: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """Median seconds of an action over some rounds, after one round for nothing."""
    action()
    times = []
    for _ in range(tours):
        begun = clock()
        action()
        times.append(clock() - begun)
    return statistics.median(times)
