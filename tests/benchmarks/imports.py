"""Imports of a country: rows beside a bare ``csv.reader``, memory, time against the number of rows."""

import csv
import math
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.sources.atelier import Atelier
from graph.sources.registre import find_lecteur
from graph.sources.territoires import find_lieux
from tests.benchmarks.enfants import Cout, run
from tests.benchmarks.generateurs import National, generate
from tests.benchmarks.generateurs.lieux import PAQUET
from tests.benchmarks.mesure import Mesure, median

MEMOIRE = 500.0
"""Megabytes that an import may take at its peak."""
LIGNES_MINIMALES = 10_000
"""Fewer rows take too little time to be told from the start of the command."""
LIGNES_LUES = 150_000
"""Rows of the largest file that is read several times."""
TOURS = 3


def measure_imports(fichiers: National, racine: Path) -> Iterator[Mesure]:
    """Import the files of a country into ``racine/data``, and smaller registers elsewhere."""
    lignes = fichiers.associations
    smaller = [n for n in (lignes // 100, lignes // 10) if n >= LIGNES_MINIMALES]
    registers = {n: generate("rna", n, racine / f"rna-{n}.csv") for n in (1, *smaller)}
    yield _measure_reading([*registers.items(), (lignes, fichiers.rna)])
    costs = {n: _import_again(fichier, racine) for n, fichier in registers.items()}
    costs[lignes] = _import("rna", [fichiers.rna], racine, "data")
    yield from _measure_slope(costs)
    fixed = costs[1].processeur
    yield from _measure_import(f"rna: import of {lignes:,} rows", costs[lignes], fixed, [fichiers.rna])
    for kind, nom, chemins in (
        ("subventions", f"{fichiers.lignes_subventions:,} rows", [fichiers.subventions]),
        ("classeur", f"{fichiers.acteurs:,} actors", fichiers.classeur),
    ):
        cost = _import(kind, chemins, racine, "data")
        yield from _measure_import(f"{kind}: import of {nom}", cost, fixed, chemins)


def _import(kind: str, fichiers: Sequence[Path], racine: Path, data: str) -> Cout:
    folder = racine / data
    folder.mkdir(exist_ok=True)
    return run(["maillage", "import", kind, *map(str, fichiers)], racine, MAILLAGE_DATA=str(folder))


def _import_again(fichier: Path, racine: Path) -> Cout:
    """Import a register into several new folders, and keep what the quickest took."""
    costs = [_import("rna", [fichier], racine, f"{fichier.stem}-{tour}") for tour in range(TOURS)]
    return min(costs, key=lambda cost: cost.processeur)


def _measure_reading(registers: Sequence[tuple[int, Path]]) -> Mesure:
    """Rows to statements, nothing written, beside the rows alone: processor time, in this process."""
    _, fichier = max(entry for entry in registers if entry[0] <= LIGNES_LUES)
    lecteur, lieux = find_lecteur("rna"), find_lieux(PAQUET)

    def read() -> None:
        for _ in lecteur.lire([fichier], Atelier("rna", "rna", lieux=lieux)):
            pass

    ours = median(read, TOURS, time.process_time)
    bare = median(lambda: _pass(fichier), TOURS, time.process_time)
    return Mesure("rna: rows to statements", ours, "csv.reader, the same file", bare, "s proc", 8)


def _pass(fichier: Path) -> None:
    with fichier.open(encoding="utf-8-sig", newline="") as flux:
        for _ in csv.reader(flux, delimiter=";" if fichier.name.startswith("rna") else ","):
            pass


def _measure_slope(costs: dict[int, Cout]) -> Iterator[Mesure]:
    """Say what the command takes for one row, then how the rest grows with the rows, if there are enough."""
    fixed = costs[1].processeur
    sizes = sorted(n for n in costs if n > 1)
    taken = [costs[n].processeur - fixed for n in sizes]
    yield Mesure(
        "rna: import of one row", fixed, f"import of {sizes[-1]:,} rows", taken[-1] + fixed, "s proc"
    )
    if len(sizes) < 2:
        return
    slope, _ = statistics.linear_regression([math.log(n) for n in sizes], [math.log(t) for t in taken])
    for n, t in zip(sizes[:-1], taken, strict=False):
        yield Mesure(f"rna: import of {n:,} rows", t, f"{sizes[-1]:,} rows", taken[-1], "s proc")
    yield Mesure("rna: slope of log(time) by log(rows)", slope, "linear time", 1, "")


def _measure_import(nom: str, cost: Cout, fixed: float, fichiers: Sequence[Path]) -> Iterator[Mesure]:
    """Say what an import took, beside the rows alone and without the start of the command."""
    begun = time.process_time()
    for fichier in fichiers:
        _pass(fichier)
    bare = time.process_time() - begun
    yield Mesure(
        f"{nom} ({cost.secondes:.1f} s by the clock)", cost.processeur - fixed, "csv.reader", bare, "s proc"
    )
    yield Mesure(f"{nom}: peak memory", cost.memoire, "what is allowed", MEMOIRE, "Mo", 1)
