"""Sheets of a workbook as rows of text: the header is looked for in the first lines of each."""

import datetime
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Final

import openpyxl

from graph.errors import MaillageError
from graph.messages import messages
from graph.sources.tableau import ZIP_RATIO, FichierRefuseError, Ligne, column_name

ENTETE_MAX: Final = 12
"""Lines above which a header is not looked for any more (INSEE puts it on the sixth)."""
OUVERT_MAX: Final = 300 << 20
"""Bytes a workbook may hold once opened."""


def is_workbook(fichier: Path) -> bool:
    """True for an XLSX workbook, whatever its name."""
    try:
        with zipfile.ZipFile(fichier) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def read_sheets(
    fichier: Path, known: Callable[[Iterable[str]], bool]
) -> Iterator[tuple[str, Sequence[str], Iterator[Ligne]]]:
    """Yield each sheet that has a known header: its name, its columns, its rows.

    Raises:
        FichierRefuseError: broken, or far larger than its size says.
    """
    with _readable(fichier):
        _refuse_bomb(fichier)
        workbook = openpyxl.load_workbook(fichier, read_only=True, data_only=True)
        try:
            for sheet in workbook.worksheets:
                rows = enumerate(sheet.iter_rows(values_only=True), 1)
                for _, cells in islice(rows, ENTETE_MAX):
                    columns = [column_name(_text(cell)) for cell in cells]
                    if known(columns):
                        yield f"{fichier.name}/{sheet.title}", columns, _lines(fichier, columns, rows)
                        break
        finally:
            workbook.close()


@contextmanager
def _readable(fichier: Path) -> Iterator[None]:
    """Say of a damaged workbook that it is; the library lets all sorts of errors through."""
    try:
        yield
    except (MaillageError, GeneratorExit):
        raise
    except Exception:
        raise FichierRefuseError(messages("import.cog.classeur-casse", fichier=fichier.name)) from None


def _refuse_bomb(fichier: Path) -> None:
    with zipfile.ZipFile(fichier) as archive:
        total = sum(member.file_size for member in archive.infolist())
    if total > min(OUVERT_MAX, max(fichier.stat().st_size, 1 << 16) * ZIP_RATIO):
        raise FichierRefuseError(messages("import.bombe", fichier=fichier.name))


def _lines(
    fichier: Path, columns: Sequence[str], rows: Iterator[tuple[int, Sequence[object]]]
) -> Iterator[Ligne]:
    while True:
        with _readable(fichier):
            numero, cells = next(rows, (0, ()))
            texts = [_text(cell) for cell in cells]
        if not numero:
            return
        if any(texts):
            yield Ligne(numero, dict(zip(columns, texts, strict=False)))


def _text(cell: object) -> str:
    """Write a cell as text: whole numbers without a decimal part, days as ISO 8601."""
    match cell:
        case None:
            return ""
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime.datetime() | datetime.date():
            return cell.isoformat()[:10]
        case _:
            return str(cell).strip()
