"""Sheets of an XLSX, row by row, without trusting the file.

Read with openpyxl in streaming mode, which gives what each cell shows. A reader that holds a whole sheet as
one grid would let a single cell in the last corner ask for all the memory there is.
"""

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook, load_workbook

from graph.messages import messages
from graph.sources.tableau import ZIP_RATIO, FichierRefuseError, Ligne, column_name

TAILLE_MAX: Final = 512 << 20
"""Bytes a workbook may hold once opened."""
LIGNES_MAX: Final = 100_000
"""Rows of one sheet: beyond, it is not a workbook that people keep."""
RANG_MAX: Final = 1 << 20
"""Rows a sheet may have, empty ones included."""
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_BLOC: Final = 1 << 20

Cellules = Sequence[Any]


def is_workbook(fichier: Path) -> bool:
    """True when a file is an XLSX.

    Raises:
        FichierRefuseError: another spreadsheet format, a locked workbook, or a trap.
    """
    try:
        with fichier.open("rb") as flux:
            if flux.read(8) == _OLE:
                raise FichierRefuseError(messages("import.classeur.ancien", fichier=fichier.name))
        if not zipfile.is_zipfile(fichier):
            if fichier.suffix.lower() in {".xlsx", ".xlsm"} and fichier.stat().st_size:
                raise FichierRefuseError(messages("import.classeur.casse", fichier=fichier.name))
            return False
        with zipfile.ZipFile(fichier) as archive:
            names = set(archive.namelist())
            total = sum(member.file_size for member in archive.infolist())
    except (OSError, zipfile.BadZipFile, ValueError):
        return False  # the reader of tables says what is wrong
    if names & {"content.xml", "xl/workbook.bin"}:
        raise FichierRefuseError(messages("import.classeur.ancien", fichier=fichier.name))
    if "[Content_Types].xml" not in names:
        return False
    if total > min(TAILLE_MAX, max(fichier.stat().st_size, 1 << 16) * ZIP_RATIO):
        raise FichierRefuseError(messages("import.bombe", fichier=fichier.name))
    return True


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
    classeur = _open(fichier, values=True)
    titles = [feuille.title for feuille in classeur.worksheets]
    classeur.close()
    return titles


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
    taken = 0
    for numero, cells in enumerate(_rows(fichier, titre), 1):
        if numero > RANG_MAX or taken > LIGNES_MAX:
            raise FichierRefuseError(messages("import.classeur.demesure", fichier=nom, n=LIGNES_MAX))
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        if columns is None:
            columns = _header(cells, nom, required)
            continue
        taken += 1
        padded = [*cells, *[""] * (len(columns) - len(cells))]
        yield Ligne(numero, dict(zip(columns, padded, strict=False)), max(0, len(cells) - len(columns)))


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
    books = [_open(fichier, values=True)]
    if find_marks(fichier) & _FORMULES:
        books.append(_open(fichier, values=False))
    try:
        streams = [iter(book[titre].iter_rows()) for book in books]
        while True:
            rows = [_next(stream, fichier) for stream in streams]
            if rows[0] is None:
                return
            yield _texts(rows)
    finally:
        for book in books:
            book.close()


def _texts(rows: Sequence[Cellules | None]) -> list[str]:
    shown = [_text(cell.value) for cell in rows[0] or ()]
    if len(rows) > 1:
        for n, cell in enumerate(rows[1] or ()):
            if n < len(shown) and not shown[n] and cell.data_type == "f":
                shown[n] = f"={str(cell.value).removeprefix('=')}"
    return shown


def _text(valeur: object) -> str:
    """Write a cell as a person would have typed it; a comma shows that a number has decimals."""
    match valeur:
        case None:
            return ""
        case bool():
            return "oui" if valeur else "non"
        case float():
            whole = valeur.is_integer() and abs(valeur) < 1e15
            return str(int(valeur)) if whole else repr(valeur).replace(".", ",")
        case datetime():
            return valeur.date().isoformat()
        case date():
            return valeur.isoformat()
    return str(valeur)


def _open(fichier: Path, *, values: bool) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return load_workbook(fichier, read_only=True, data_only=values, keep_links=False)
        except Exception:
            raise FichierRefuseError(messages("import.classeur.casse", fichier=fichier.name)) from None


def _next(stream: Iterator[Cellules], fichier: Path) -> Cellules | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return next(stream, None)
        except Exception:
            raise FichierRefuseError(messages("import.classeur.casse", fichier=fichier.name)) from None
