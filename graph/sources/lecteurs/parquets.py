"""Parquet as rows of text, like those of a table, whatever the size of the file.

DuckDB reads the columns asked for, a few thousand rows at a time, under a ceiling of memory that is its own:
what would open beyond is refused instead of being opened (docs/decisions/0010-parquet.md).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import duckdb

from graph.messages import messages
from graph.sources.avancement import advance
from graph.sources.lecteurs.jsons import as_text
from graph.sources.tableau import FichierRefuseError, Ligne, column_name

MEMOIRE: Final = "256MB"
"""What DuckDB may hold of a file at once."""
LOT: Final = 2048
"""Rows taken at a time."""
_LIRE: Final = "read_parquet(?, hive_partitioning = false, union_by_name = false, binary_as_string = true)"
_REGLAGES: Final[dict[str, str | bool | int | float | list[str]]] = {
    "threads": 1,
    "memory_limit": MEMOIRE,
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
"""Nothing is put on disk, nothing is fetched."""
_IMBRIQUE: Final = ("STRUCT", "MAP", "UNION")
_FLOTTANT: Final = ("DOUBLE", "FLOAT")


def read_parquet(
    fichier: Path,
    required: Sequence[str],
    aliases: Mapping[str, str] | None = None,
    wanted: Collection[str] = (),
) -> Iterator[Ligne]:
    """Yield the rows of a Parquet file, columns found by name; ``numero`` is the rank of the row.

    Cells are text: empty for null, ISO dates, whole numbers without decimals, JSON for lists and structures.

    Args:
        fichier: the file.
        required: normalised names without which it is not this kind of file.
        aliases: other normalised names to the one used here.
        wanted: normalised names to read, all of them when there are none.

    Raises:
        FichierRefuseError: broken, cut, too large once opened, or another kind of file.
    """
    nom = fichier.name
    try:
        with duckdb.connect(config=_REGLAGES) as base:
            base.execute("SET enable_progress_bar = false")
            by_row = fichier.stat().st_size / max(1, _count(base, fichier))
            columns = _columns(base, fichier, required, aliases or {}, wanted)
            rows = base.execute(f"SELECT {', '.join(columns.values())} FROM {_LIRE}", [str(fichier)])  # noqa: S608
            numero = 0
            while several := rows.fetchmany(LOT):
                advance(by_row * len(several))
                for cells in several:
                    numero += 1
                    texts = (cell if isinstance(cell, str) else as_text(cell) for cell in cells)
                    yield Ligne(numero, dict(zip(columns, texts, strict=True)))
    except duckdb.OutOfMemoryException:
        raise FichierRefuseError(messages("import.bombe", fichier=nom)) from None
    except (duckdb.Error, UnicodeError, OverflowError):
        raise FichierRefuseError(messages("import.parquet-casse", fichier=nom)) from None


def _count(base: duckdb.DuckDBPyConnection, fichier: Path) -> int:
    """Return the number of rows.

    Raises:
        FichierRefuseError: more than a file of this size can hold.
    """
    question = "SELECT sum(num_rows)::BIGINT FROM parquet_file_metadata(?)"
    ((rows,),) = base.execute(question, [str(fichier)]).fetchall()
    if rows > max(fichier.stat().st_size, 1 << 16):
        raise FichierRefuseError(messages("import.bombe", fichier=fichier.name))
    return int(rows)


def _columns(
    base: duckdb.DuckDBPyConnection,
    fichier: Path,
    required: Sequence[str],
    aliases: Mapping[str, str],
    wanted: Collection[str],
) -> dict[str, str]:
    """Return what to read of each column, by its normalised name.

    Raises:
        FichierRefuseError: a column is missing.
    """
    found: dict[str, str] = {}
    for brut, genre, *_ in base.execute(f"DESCRIBE SELECT * FROM {_LIRE}", [str(fichier)]).fetchall():  # noqa: S608
        nom = column_name(brut)
        nom = aliases.get(nom, nom)
        if not wanted or nom in wanted:
            found.setdefault(nom, _expression(brut, genre))
    missing = [colonne for colonne in required if colonne not in found]
    if missing or not found:
        noms = ", ".join(missing[:6])
        raise FichierRefuseError(messages("import.autre-genre", fichier=fichier.name, colonnes=noms))
    return found


def _expression(brut: str, genre: str) -> str:
    """Return what gives a column as text; lists and structures come as they are, to be written as JSON."""
    quoted = '"' + brut.replace('"', '""') + '"'
    if genre.endswith("]") or genre.startswith(_IMBRIQUE):
        return quoted
    if genre in _FLOTTANT:
        whole = f"{quoted} = trunc({quoted}) AND abs({quoted}) < 1e15"
        text = f"CASE WHEN {whole} THEN TRY_CAST({quoted} AS BIGINT)::VARCHAR ELSE {quoted}::VARCHAR END"
        return f"CASE WHEN NOT isnan({quoted}) THEN {text} END"
    return f"{quoted}::VARCHAR"
