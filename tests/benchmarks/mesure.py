"""What a measure is, and the table of them."""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


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

    def format(self, width: int) -> str:
        """Write the line, its name padded."""
        aim = "" if self.cible is None else f"   (at most {self.cible:g})"
        mine, other = (_format(valeur, self.unite) for valeur in (self.valeur, self.valeur_temoin))
        return f"{self.nom:<{width}}  {mine:>16}   × {self.rapport:8.3f} of {self.temoin} ({other}){aim}"


def _format(valeur: float, unite: str) -> str:
    if unite.startswith("s") and valeur < 1:
        return f"{valeur * 1000:.2f} m{unite}"
    return f"{valeur:.2f} {unite}".strip()


def format_table(mesures: Iterable[Mesure]) -> str:
    """Write the table."""
    found = list(mesures)
    width = max(len(mesure.nom) for mesure in found)
    return "".join(f"{mesure.format(width)}\n" for mesure in found)


def median(action: Callable[[], object], tours: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """Median seconds of an action over some rounds, after one round for nothing."""
    action()
    times = []
    for _ in range(tours):
        begun = clock()
        action()
        times.append(clock() - begun)
    return statistics.median(times)
