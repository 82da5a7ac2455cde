"""Files of the geographic codes, each recognised by its header, into the tables."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Final

from graph.messages import messages
from graph.sources.atelier import Atelier
from graph.sources.bilan import LigneFiltree
from graph.sources.cog.lignes import Genre, find_genre
from graph.sources.cog.paquet import complete, complete_postaux, find_paquet, read_paquet
from graph.sources.cog.tables import Tables
from graph.sources.lecteurs.lignes import convert_row
from graph.sources.tableau import FichierRefuseError, Ligne, open_texts, read_rows
from graph.sources.xlsx import is_workbook, read_sheets, zipped_workbooks

_ESSAIS: Final = 50
"""Rows looked at for one as long as the header, which gives the columns."""
_OUTREMER: Final = ("975", "977", "978", "98")

Table = tuple[str, Sequence[str], Iterator[Ligne]]
"""Name, columns, rows."""


def read_tables_cog(fichiers: Sequence[Path], atelier: Atelier) -> Tables:
    """Read the files given, those of INSEE and DGCL first: what they say, the package does not say again.

    Postal codes, which INSEE does not publish, come from the package given, else from the one installed.

    Raises:
        FichierRefuseError: a file is none of those known, or no communes are in any.
    """
    tables = Tables()
    _read_shipped(tables)
    paquets = [paquet for fichier in fichiers if (paquet := find_paquet(fichier)) is not None]
    for fichier in fichiers:
        if find_paquet(fichier) is None:
            tables.genres |= _take_file(fichier, tables, atelier)
    given = frozenset(tables.genres)
    for paquet in paquets:
        for table in read_paquet(paquet):
            _take(table, tables, atelier, given)
        complete(paquet, tables)
    installed = find_paquet(atelier.options.paquet) if atelier.options.paquet else None
    if installed is not None:
        complete_postaux(installed, tables)
    if not any(kind == "COM" for kind, _ in tables.communes):
        raise FichierRefuseError(messages("import.cog.sans-communes"))
    tables.settle(atelier)
    lacking = sum(1 for kind, code in tables.communes if kind == "COM" and code not in tables.postaux)
    if lacking:
        atelier.bilan.avertissements[messages("import.cog.sans-postaux")] += lacking
    return tables


def _read_shipped(tables: Tables) -> None:
    """Begin with the regions and departements that ship with the product; files say better."""
    folder = Path(str(files("graph"))) / "territoires"
    with (folder / "regions.csv").open(encoding="utf-8", newline="") as flux:
        tables.regions = {row["code"]: row["nom"] for row in csv.DictReader(flux)}
    with (folder / "departements.csv").open(encoding="utf-8", newline="") as flux:
        tables.departements = {row["code"]: (row["nom"], row["region"]) for row in csv.DictReader(flux)}


def _tables(fichier: Path) -> Iterator[Table]:
    """Yield the tables of a file: a CSV, a workbook, or those of a zip."""
    if is_workbook(fichier):
        yield from _sheets(fichier)
        return
    with zipped_workbooks(fichier) as classeurs:
        if classeurs:
            for classeur in classeurs:
                if is_workbook(classeur):
                    yield from _sheets(classeur)
            return
    with open_texts(fichier) as textes:
        for nom, texte in textes:
            rows = read_rows(nom, texte, ())
            first: list[Ligne] = []
            for ligne in rows:
                first.append(ligne)
                if not ligne.surplus or len(first) == _ESSAIS:
                    break
            columns = tuple(first[-1].cellules) if first else ()
            yield nom, columns, chain(first, rows)


def _sheets(fichier: Path) -> Iterator[Table]:
    return read_sheets(fichier, lambda columns: find_genre(columns) is not None)


def _take_file(fichier: Path, tables: Tables, atelier: Atelier) -> set[str]:
    """Take the tables of a file; of those that a zip holds, what is of no use is left aside.

    Raises:
        FichierRefuseError: none of its tables is known.
    """
    found: set[str] = set()
    unknown = 0
    for table in _tables(fichier):
        if find_genre(table[1]) is None:
            unknown += 1
        else:
            found.add(_take(table, tables, atelier, ()))
    if not found:
        raise FichierRefuseError(messages("import.cog.inconnu", fichier=fichier.name))
    if unknown:
        atelier.bilan.avertissements[messages("import.cog.table-inutile")] += unknown
    return found


def _take(table: Table, tables: Tables, atelier: Atelier, given: Iterable[str]) -> str:
    """Take the rows of a known table; return what kind it is."""
    nom, columns, rows = table
    genre = find_genre(columns)
    if genre is None:
        raise FichierRefuseError(messages("import.cog.inconnu", fichier=nom))
    known = set(given)

    def convert(ligne: Ligne, atelier: Atelier) -> Iterable[str]:
        if _is_known(genre, ligne, known):
            raise LigneFiltree(messages("import.cog.deja-donnee"))
        genre.prendre(nom, ligne, tables, atelier)
        return ()

    for ligne in rows:
        convert_row(nom, ligne, atelier, convert)
    return genre.nom


def _is_known(genre: Genre, ligne: Ligne, given: set[str]) -> bool:
    """True for a row of the package that files said already; INSEE's communes lack those overseas."""
    if genre.nom == "communes" and ligne["com"].startswith(_OUTREMER):
        return "outremer" in given
    return genre.nom in given
