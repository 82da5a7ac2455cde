"""Workbooks people have (XLSX), opened in one place and never trusted: row by row, sizes checked first.

Read with openpyxl in streaming mode, which gives what each cell shows. A reader that holds a whole sheet as
one grid would let a single cell in the last corner ask for all the memory there is.
"""

import shutil
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any, Final

from openpyxl import Workbook, load_workbook

from graph.messages import messages
from graph.sources.tableau import ENTETE_MAX, ZIP_RATIO, FichierRefuseError, Ligne, column_name

TAILLE_MAX: Final = 512 << 20
"""Bytes a workbook may hold once opened."""
MEMBRES_MAX: Final = 20
"""Workbooks of one zip that are opened."""
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_STYLES: Final = "xl/styles.xml"

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
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False  # the reader of tables says what is wrong
    if names & {"content.xml", "xl/workbook.bin"}:
        raise FichierRefuseError(messages("import.classeur.ancien", fichier=fichier.name))
    if "[Content_Types].xml" not in names:
        return False
    if total > min(TAILLE_MAX, max(fichier.stat().st_size, 1 << 16) * ZIP_RATIO):
        raise FichierRefuseError(messages("import.bombe", fichier=fichier.name))
    return True


@contextmanager
def zipped_workbooks(fichier: Path) -> Iterator[list[Path]]:
    """Give the workbooks of a zip, laid out in a temporary folder; none when it holds none.

    Raises:
        FichierRefuseError: broken, or far larger once opened than its size says.
    """
    with TemporaryDirectory(prefix="maillage-zip-") as folder:
        found: list[Path] = []
        if zipfile.is_zipfile(fichier):
            with readable(fichier), zipfile.ZipFile(fichier) as archive:
                members = [m for m in archive.infolist() if m.filename.lower().endswith(".xlsx")]
                total = sum(member.file_size for member in members)
                if total > min(TAILLE_MAX, max(fichier.stat().st_size, 1 << 16) * ZIP_RATIO):
                    raise FichierRefuseError(messages("import.bombe", fichier=fichier.name))
                for rang, member in enumerate(members[:MEMBRES_MAX]):
                    # A name from a zip is never a path: only its last part is kept.
                    found.append(Path(folder) / str(rang) / Path(member.filename.replace("\\", "/")).name)
                    found[-1].parent.mkdir()
                    with archive.open(member) as flux, found[-1].open("wb") as copie:
                        shutil.copyfileobj(flux, copie)
        yield found


@contextmanager
def readable(fichier: Path) -> Iterator[None]:
    """Say of a damaged workbook that it is; the library lets all sorts of errors and warnings through.

    Raises:
        FichierRefuseError: it is damaged.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (FichierRefuseError, GeneratorExit):
        raise
    except Exception:
        raise FichierRefuseError(messages("import.classeur.casse", fichier=fichier.name)) from None


@contextmanager
def open_workbook(fichier: Path, *, values: bool = True) -> Iterator[Workbook]:
    """Open a workbook in streaming mode; with ``values``, a formula gives its saved result.

    Raises:
        FichierRefuseError: it cannot be read.
    """
    with TemporaryFile() as copie:
        with readable(fichier):
            try:
                workbook = _load(fichier, values)
            except ValueError:  # some official files have colours that the library does not know
                workbook = _load(_without_styles(fichier, copie), values)
        try:
            yield workbook
        finally:
            workbook.close()


def _load(source: Path | IO[bytes], values: bool) -> Workbook:
    return load_workbook(source, read_only=True, data_only=values, keep_links=False)


def _without_styles(fichier: Path, copie: IO[bytes]) -> IO[bytes]:
    with zipfile.ZipFile(fichier) as archive, zipfile.ZipFile(copie, "w", zipfile.ZIP_DEFLATED) as bare:
        for member in archive.infolist():
            if member.filename != _STYLES:
                with (
                    archive.open(member) as flux,
                    bare.open(member.filename, "w", force_zip64=True) as sortie,
                ):
                    shutil.copyfileobj(flux, sortie)
    copie.seek(0)
    return copie


def next_row(rows: Iterator[Cellules], fichier: Path) -> Cellules | None:
    """Return the next row of a sheet, None at its end.

    Raises:
        FichierRefuseError: the sheet is damaged there.
    """
    with readable(fichier):
        return next(rows, None)


def read_sheets(
    fichier: Path, known: Callable[[Iterable[str]], bool]
) -> Iterator[tuple[str, Sequence[str], Iterator[Ligne]]]:
    """Yield each sheet that has a known header in its first lines: its name, its columns, its rows.

    Raises:
        FichierRefuseError: broken.
    """
    with open_workbook(fichier) as workbook:
        for sheet in workbook.worksheets:
            rows = iter(sheet.iter_rows(values_only=True))
            for numero in range(1, ENTETE_MAX + 1):
                cells = next_row(rows, fichier)
                columns = [column_name(cell_text(cell)) for cell in cells or ()]
                if known(columns):
                    nom = f"{fichier.name}/{sheet.title}"
                    yield nom, columns, _lines(fichier, columns, rows, numero)
                    break


def _lines(fichier: Path, columns: Sequence[str], rows: Iterator[Cellules], header: int) -> Iterator[Ligne]:
    numero = header
    while (cells := next_row(rows, fichier)) is not None:
        numero += 1
        texts = [cell_text(cell) for cell in islice(cells, len(columns))]
        if any(texts):
            texts += [""] * (len(columns) - len(texts))
            yield Ligne(numero, dict(zip(columns, texts, strict=True)))


def cell_text(valeur: object, decimale: str = ".") -> str:
    """Write a cell as a person would have typed it: whole numbers without decimals, days as ISO 8601."""
    match valeur:
        case None:
            return ""
        case bool():
            return "oui" if valeur else "non"
        case float():
            whole = valeur.is_integer() and abs(valeur) < 1e15
            return str(int(valeur)) if whole else repr(valeur).replace(".", decimale)
        case datetime():
            return valeur.date().isoformat()
        case date():
            return valeur.isoformat()
    return str(valeur).strip()
