"""Tables as people have them: any usual encoding and separator, columns found by name.

A CSV of the wild is UTF-8 with or without BOM, UTF-16, else Windows-1252; separated by ``;``, ``,``, tab or
``|``; with a title above its header, quotes, line breaks inside cells, columns added or moved without
notice. It may come in a zip.
"""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from graph.errors import MaillageError
from graph.messages import messages
from graph.sources.avancement import open_counted
from graph.texte import fold

ESSAI: Final = 1 << 20
"""Bytes looked at to tell the encoding of a stream before reading it through."""
CELLULE_MAX: Final = 1 << 20
"""Characters of one cell; a longer one makes its row refused, not the import."""
ZIP_MAX: Final = 8 << 30
"""Bytes a zip may hold once opened, and 200 times its own size at most: more is a trap."""
ZIP_RATIO: Final = 200
_ZIP: Final = b"PK\x03\x04"
"""First bytes of a zip."""
SEPARATEURS: Final = ";,\t|"
ENTETE_MAX: Final = 12
"""Lines of a table below which a header is not looked for any more."""


class FichierRefuseError(MaillageError):
    """A whole file cannot be read as what it was said to be; nothing is written."""


@dataclass(slots=True)  # not frozen: a row in a million costs a third less to make
class Ligne:
    """One row: its number in the file (header = 1) and its cells by column name."""

    numero: int
    cellules: Mapping[str, str]
    surplus: int = 0
    """Cells beyond the header, or missing ones as a negative number."""

    def __getitem__(self, colonne: str) -> str:
        """Return a cell stripped of blanks, empty when the column is absent."""
        return self.cellules.get(colonne, "").strip().strip("\ufeff\xa0")


def column_name(entete: str) -> str:
    """Normalise a header: lower case, no accents, words joined by ``_`` (``Code Insee`` → ``code_insee``)."""
    return fold(entete).replace(" ", "_")


@contextmanager
def open_texts(fichier: Path) -> Iterator[Iterator[tuple[str, IO[str]]]]:
    """Give the texts of a file: itself, or each CSV of a zip; each with its name.

    Raises:
        FichierRefuseError: absent, a folder, empty, a zip that is broken or a trap.
    """
    nom = fichier.name
    if fichier.is_dir():
        raise FichierRefuseError(messages("import.dossier", fichier=nom))
    try:
        size = fichier.stat().st_size
    except OSError:
        raise FichierRefuseError(messages("import.absent", fichier=nom)) from None
    if size == 0:
        raise FichierRefuseError(messages("import.vide", fichier=nom))
    if zipfile.is_zipfile(fichier):
        yield _zip_members(fichier, size)
    elif _begins_as_zip(fichier):
        raise FichierRefuseError(messages("import.zip-casse", fichier=nom))
    else:
        with open_counted(fichier) as flux:
            yield iter([(nom, _decoded(flux))])


def _begins_as_zip(fichier: Path) -> bool:
    """True for an archive cut short: its index, at the end, is lost."""
    with fichier.open("rb") as flux:
        return flux.read(len(_ZIP)) == _ZIP


def _zip_members(fichier: Path, size: int) -> Iterator[tuple[str, IO[str]]]:
    try:
        with open_counted(fichier) as brut, zipfile.ZipFile(brut) as archive:
            members = [m for m in archive.infolist() if m.filename.lower().endswith((".csv", ".txt"))]
            total = sum(member.file_size for member in archive.infolist())
            if total > min(ZIP_MAX, max(size, 1 << 16) * ZIP_RATIO):
                raise FichierRefuseError(messages("import.bombe", fichier=fichier.name))
            if not members:
                raise FichierRefuseError(messages("import.zip-sans-csv", fichier=fichier.name))
            for member in members:
                with archive.open(member) as flux:
                    yield f"{fichier.name}/{member.filename}", _decoded(flux)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        raise FichierRefuseError(messages("import.zip-casse", fichier=fichier.name)) from None


def _decoded(flux: IO[bytes]) -> IO[str]:
    """Return a stream as text: UTF-8 when its beginning is, UTF-16 when it says so, else Windows-1252.

    Never fails on a byte.
    """
    buffered = io.BufferedReader(flux, ESSAI) if not isinstance(flux, io.BufferedReader) else flux  # type: ignore[type-var]
    start = buffered.peek(ESSAI)[:ESSAI]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return io.TextIOWrapper(buffered, encoding="utf-16", errors="replace", newline="")
    try:
        # Not final: the last bytes may be the beginning of a character.
        codecs.getincrementaldecoder("utf-8-sig")().decode(start)
        return io.TextIOWrapper(buffered, encoding="utf-8-sig", errors="replace", newline="")
    except UnicodeDecodeError:
        return io.TextIOWrapper(buffered, encoding="cp1252", errors="replace", newline="")


def read_rows(
    nom: str, texte: IO[str], required: Sequence[str], aliases: Mapping[str, str] | None = None
) -> Iterator[Ligne]:
    """Yield the rows of a table, columns found by name.

    Args:
        nom: name of the file, for messages.
        texte: the open text.
        required: normalised names without which it is not this kind of file.
        aliases: other normalised names to the one used here.

    Raises:
        FichierRefuseError: no header, or a required column is missing: it is another kind of file.
    """
    csv.field_size_limit(CELLULE_MAX * 16)
    columns, separator, above = _find_header(nom, texte, required, aliases or {})
    rows = csv.reader(
        (line.replace("\0", "") if "\0" in line else line for line in texte), delimiter=separator
    )
    width = len(columns)
    while True:
        numero = rows.line_num + above + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield Ligne(numero, {}, surplus=-width)
            continue
        if cells and any(cells):
            surplus = len(cells) - width
            if surplus > 0 and not any(cells[width:]):
                surplus = 0  # a spreadsheet's empty columns, on the right
            yield Ligne(numero, dict(zip(columns, cells, strict=False)), surplus)


def _find_header(
    nom: str, texte: IO[str], required: Sequence[str], aliases: Mapping[str, str]
) -> tuple[list[str], str, int]:
    """Return the columns, the separator and how many lines they took; a title may stand above the header.

    Raises:
        FichierRefuseError: no line near the beginning is the header of this kind of file.
    """
    above, first_missing = 0, list(required)
    for essai in range(ENTETE_MAX):
        line, taken = _header_line(texte)
        above += taken
        separator = max(SEPARATEURS, key=line.count)
        try:
            header = next(csv.reader(io.StringIO(line), delimiter=separator), [])
        except csv.Error:
            header = []
        columns = [aliases.get(column_name(cell), column_name(cell)) for cell in header]
        missing = [colonne for colonne in required if colonne not in columns]
        if not missing:
            return columns, separator, above
        if essai == 0:
            first_missing = missing
        if not line:
            break
    raise FichierRefuseError(
        messages("import.autre-genre", fichier=nom, colonnes=", ".join(first_missing[:6]))
    )


def _header_line(texte: IO[str]) -> tuple[str, int]:
    """Return a line and how many of the file it takes: names of columns are sometimes on several."""
    line, taken = texte.readline(CELLULE_MAX), 1
    while line.count('"') % 2 and taken < ENTETE_MAX and (more := texte.readline(CELLULE_MAX)):
        line, taken = line + more, taken + 1
    return line.replace("\0", ""), taken
