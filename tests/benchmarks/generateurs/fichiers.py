"""Write the files: one kind, or a whole national folder at some scale."""

import csv
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.benchmarks.generateurs.classeur import COLONNES as FEUILLES
from tests.benchmarks.generateurs.classeur import workbook_rows
from tests.benchmarks.generateurs.rna import WALDEC, rna_row
from tests.benchmarks.generateurs.sirene import UNITES_LEGALES, unit_row
from tests.benchmarks.generateurs.subventions import COLONNES as SUBVENTIONS
from tests.benchmarks.generateurs.subventions import subsidy_row

GRAINE = 2026
ASSOCIATIONS, SUBVENTIONS_NATIONALES, ACTEURS = 1_500_000, 300_000, 12_000
"""Rows at scale 1: the RNA, the subsidies, the actors of the workbook."""
CLASSEUR = "annuaire"
"""Folder of the workbook's sheets: it names the source."""


@dataclass(frozen=True, slots=True)
class Forme:
    """How a CSV file is written."""

    separateur: str = ","
    encodage: str = "utf-8"
    guillemets: Literal[0, 1, 2, 3] = csv.QUOTE_MINIMAL


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of file: its columns and its rows."""

    colonnes: Sequence[str]
    ligne: Callable[[random.Random, int, int], list[str]]
    """Row of this number (from 1), in a file of so many."""
    forme: Forme = Forme()


GENRES = {
    "rna": Genre(WALDEC, lambda hasard, n, _: rna_row(hasard, n), Forme(";", "utf-8-sig", csv.QUOTE_ALL)),
    "sirene": Genre(UNITES_LEGALES, lambda hasard, n, _: unit_row(hasard, n)),
    "subventions": Genre(SUBVENTIONS, subsidy_row),
}


@dataclass(frozen=True, slots=True)
class National:
    """The files of a whole country, and how many rows they have."""

    rna: Path
    associations: int
    subventions: Path
    lignes_subventions: int
    classeur: tuple[Path, ...]
    acteurs: int


def generate(kind: str, lignes: int, fichier: Path, graine: int = GRAINE) -> Path:
    """Write a file of so many rows; the same seed gives the same bytes."""
    genre = GENRES[kind]
    hasard = random.Random(graine)
    rows = (genre.ligne(hasard, numero, lignes) for numero in range(1, lignes + 1))
    return _write(fichier, genre.colonnes, rows, genre.forme)


def generate_workbook(acteurs: int, dossier: Path, graine: int = GRAINE) -> tuple[Path, ...]:
    """Write the four sheets of a workbook of so many actors in a folder."""
    dossier.mkdir(parents=True, exist_ok=True)
    return tuple(_write_sheet(feuille, acteurs, dossier, graine) for feuille in FEUILLES)


def _write_sheet(feuille: str, acteurs: int, dossier: Path, graine: int) -> Path:
    colonnes = FEUILLES[feuille]
    rows = ([row.get(nom, "") for nom in colonnes] for row in workbook_rows(feuille, acteurs, graine))
    return _write(dossier / f"{feuille}.csv", colonnes, rows)


def _write(
    fichier: Path, colonnes: Sequence[str], rows: Iterable[Sequence[str]], forme: Forme = Forme()
) -> Path:
    with fichier.open("w", encoding=forme.encodage, newline="") as flux:
        writer = csv.writer(flux, delimiter=forme.separateur, quoting=forme.guillemets, lineterminator="\n")
        writer.writerow(colonnes)
        writer.writerows(rows)
    return fichier


def generate_national(echelle: float, dossier: Path, graine: int = GRAINE) -> National:
    """Write every file of a country at some scale: 1 for 1.5 million associations."""
    dossier.mkdir(parents=True, exist_ok=True)
    associations, subventions, acteurs = (
        int(total * echelle) for total in (ASSOCIATIONS, SUBVENTIONS_NATIONALES, ACTEURS)
    )
    return National(
        generate("rna", associations, dossier / "rna.csv", graine),
        associations,
        generate("subventions", subventions, dossier / "subventions.csv", graine),
        subventions,
        generate_workbook(acteurs, dossier / CLASSEUR, graine),
        acteurs,
    )
