"""The sheets a person gives, be they in one XLSX, in CSV files or in a zip of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.messages import messages
from graph.sources.classeur.colonnes import FEUILLES, ORDRE, required
from graph.sources.classeur.xlsx import FUSION, find_marks, read_sheet, sheet_titles
from graph.sources.tableau import FichierRefuseError, Ligne, open_texts, read_rows
from graph.sources.xlsx import is_workbook
from graph.texte import fold


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet to read."""

    feuille: str
    """Which of the four it is."""
    nom: str
    """How the report calls it."""
    lignes: Callable[[], Iterator[Ligne]]
    fusions: bool = False
    """True when cells of its workbook are merged."""


def sheet_of(nom: str) -> str | None:
    """Return which sheet a name says: ``acteurs.csv``, ``Acteurs``, ``orne-acteurs.csv``."""
    words = fold(nom.rsplit("/", 1)[-1].removesuffix(".csv").removesuffix(".txt")).split()
    return words[-1] if words and words[-1] in FEUILLES else None


def find_tables(fichiers: Sequence[Path]) -> list[Table]:
    """Return the sheets of the files, those that rows may name before those that name them.

    Raises:
        FichierRefuseError: a file that cannot be read, or holds none of the four sheets.
    """
    found = [table for fichier in fichiers for table in _tables(fichier)]
    return sorted(found, key=lambda table: ORDRE.index(table.feuille))


def _tables(fichier: Path) -> list[Table]:
    found = _workbook(fichier) if is_workbook(fichier) else _texts(fichier)
    if not found:
        raise FichierRefuseError(
            messages("import.classeur.sans-feuille", fichier=fichier.name, feuilles=", ".join(FEUILLES))
        )
    return found


def _workbook(fichier: Path) -> list[Table]:
    merged = FUSION in find_marks(fichier)
    found = []
    for titre in sheet_titles(fichier):
        feuille = sheet_of(titre)
        if feuille is not None:
            nom = f"{fichier.name}, {feuille}"
            found.append(Table(feuille, nom, _sheet_reader(fichier, titre, nom, feuille), merged))
    return found


def _sheet_reader(fichier: Path, titre: str, nom: str, feuille: str) -> Callable[[], Iterator[Ligne]]:
    return lambda: read_sheet(fichier, titre, nom, required(feuille))


def _texts(fichier: Path) -> list[Table]:
    found = []
    with open_texts(fichier) as textes:
        for nom, _ in textes:
            feuille = sheet_of(nom)
            if feuille is not None:
                found.append(Table(feuille, nom, _text_reader(fichier, nom, feuille)))
    return found


def _text_reader(fichier: Path, nom: str, feuille: str) -> Callable[[], Iterator[Ligne]]:
    def read() -> Iterator[Ligne]:
        with open_texts(fichier) as textes:
            for name, texte in textes:
                if name == nom:
                    yield from read_rows(nom, texte, required(feuille))

    return read
