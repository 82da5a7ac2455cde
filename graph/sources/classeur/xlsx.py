"""Sheets of our own workbook, row by row, without trusting the file: formulas, merges, double columns."""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from graph.messages import messages
from graph.sources.tableau import ENTETE_MAX, FichierRefuseError, Ligne, column_name
from graph.sources.xlsx import Cellules, cell_text, next_row, open_workbook

LIGNES_MAX: Final = 100_000
"""Rows of one sheet: beyond, it is not a workbook that people keep."""
RANG_MAX: Final = 1 << 20
"""Rows a sheet may have, empty ones included."""
_BLOC: Final = 1 << 20


def find_marks(fichier: Path) -> frozenset[bytes]:
    """Return which marks the XML of a workbook holds: ``<f`` a formula, ``<mergeCell`` a merge.

    Raises:
        FichierRefuseError: broken, or it declares entities, which no spreadsheet writes.
    """
    found: set[bytes] = set()
    try:
        with zipfile.ZipFile(fichier) as archive:
            for nom in archive.namelist():
                if nom.endswith((".xml", ".rels")):
                    with archive.open(nom) as flux:
                        tail = b""
                        while bloc := flux.read(_BLOC):
                            bloc = tail + bloc
                            found |= {mark for mark in _MARKS if mark in bloc}
                            tail = bloc[-16:]
    except Exception:
        raise FichierRefuseError(messages("import.classeur.casse", fichier=fichier.name)) from None
    if b"<!DOCTYPE" in found or b"<!ENTITY" in found:
        raise FichierRefuseError(messages("import.classeur.casse", fichier=fichier.name))
    return frozenset(found)


FUSION: Final = b"<mergeCell "
_FORMULES: Final = frozenset({b"<f>", b"<f "})
_MARKS: Final = (*_FORMULES, FUSION, b"<!DOCTYPE", b"<!ENTITY")


def sheet_titles(fichier: Path) -> list[str]:
    """Return the names of the sheets of a workbook, charts left out.

    Raises:
        FichierRefuseError: it cannot be read.
    """
    with open_workbook(fichier) as classeur:
        return [feuille.title for feuille in classeur.worksheets]


def read_sheet(fichier: Path, titre: str, nom: str, required: Sequence[str]) -> Iterator[Ligne]:
    """Yield the rows of a sheet, columns found by name; a sheet without a header gives none.

    Args:
        fichier: the workbook.
        titre: the sheet's name in it.
        nom: how messages call it.
        required: columns without which it is not this kind of sheet.

    Raises:
        FichierRefuseError: broken, too large, a column is missing or given twice.
    """
    columns: list[str] | None = None
    first: list[str] = []
    taken = above = 0
    for numero, cells in enumerate(_rows(fichier, titre), 1):
        if numero > RANG_MAX or taken > LIGNES_MAX:
            raise FichierRefuseError(messages("import.classeur.demesure", fichier=nom, n=LIGNES_MAX))
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        if columns is None:
            first, above = first or cells, above + 1
            # A title may stand above the header.
            fits = set(required) <= {column_name(cell[:100]) for cell in cells}
            if fits or above == ENTETE_MAX:
                columns = _header(cells if fits else first, nom, required)
            continue
        taken += 1
        padded = [*cells, *[""] * (len(columns) - len(cells))]
        yield Ligne(numero, dict(zip(columns, padded, strict=False)), max(0, len(cells) - len(columns)))
    if columns is None and first:
        _header(first, nom, required)


def _header(cells: Sequence[str], nom: str, required: Sequence[str]) -> list[str]:
    columns = [column_name(cell[:100]) for cell in cells]
    missing = [colonne for colonne in required if colonne not in columns]
    if missing:
        raise FichierRefuseError(messages("import.autre-genre", fichier=nom, colonnes=", ".join(missing)))
    double = next((c for c in columns if c and columns.count(c) > 1), None)
    if double is not None:
        raise FichierRefuseError(messages("import.classeur.colonne-double", fichier=nom, colonne=double))
    return columns


def _rows(fichier: Path, titre: str) -> Iterator[list[str]]:
    """Yield the texts of each row; a formula without a saved result gives its own text, ``=…``."""
    modes = (True, False) if find_marks(fichier) & _FORMULES else (True,)
    with ExitStack() as opened:
        books = [opened.enter_context(open_workbook(fichier, values=mode)) for mode in modes]
        streams = [iter(book[titre].iter_rows()) for book in books]
        while True:
            rows = [next_row(stream, fichier) for stream in streams]
            if rows[0] is None:
                return
            yield _texts(rows)


def _texts(rows: Sequence[Cellules | None]) -> list[str]:
    shown = [cell_text(cell.value, ",") for cell in rows[0] or ()]
    if len(rows) > 1:
        for n, cell in enumerate(rows[1] or ()):
            if n < len(shown) and not shown[n] and cell.data_type == "f":
                shown[n] = f"={str(cell.value).removeprefix('=')}"
    return shown
