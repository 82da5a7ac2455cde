"""The loop that every table reader shares: each row is taken, refused or left aside, and counted.

A table is a CSV, those of a zip, a sheet of a workbook or a Parquet file: told by the content, not the name.
"""

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from graph.messages import messages
from graph.sources.atelier import Atelier
from graph.sources.bilan import LigneFiltree, LigneRefusee
from graph.sources.tableau import CELLULE_MAX, FichierRefuseError, Ligne, open_texts, read_rows
from graph.sources.xlsx import is_workbook, read_sheets

Conversion = Callable[[Ligne, Atelier], Iterable[str]]
"""Statements of one row; raises ``LigneRefusee`` or ``LigneFiltree``."""


_PARQUET: Final = b"PAR1"


def read_file(
    fichier: Path,
    required: Sequence[str],
    aliases: Mapping[str, str] | None = None,
    wanted: Collection[str] = (),
) -> Generator[tuple[str, Ligne]]:
    """Yield the rows of a file, each with the name of its table.

    Args:
        fichier: the file.
        required: normalised names of columns without which it is not this kind of file.
        aliases: other normalised names to the one used here.
        wanted: the only columns worth reading, where a format lets the others be.

    Raises:
        FichierRefuseError: it cannot be read, or is another kind of file.
    """
    if _is_parquet(fichier):
        from graph.sources.lecteurs.parquets import read_parquet  # its engine weighs: only when needed

        for ligne in read_parquet(fichier, required, aliases, wanted):
            yield fichier.name, ligne
        return
    if fichier.is_file() and is_workbook(fichier):
        yield from _read_workbook(fichier, required, aliases or {})
        return
    with open_texts(fichier) as textes:
        for nom, texte in textes:
            for ligne in read_rows(nom, texte, required, aliases):
                yield nom, ligne


def _read_workbook(
    fichier: Path, required: Sequence[str], aliases: Mapping[str, str]
) -> Iterator[tuple[str, Ligne]]:
    """Yield the rows of the sheets that have the columns required; the others are of no use here."""

    def known(colonnes: Iterable[str]) -> bool:
        return set(required) <= {aliases.get(colonne, colonne) for colonne in colonnes}

    found = False
    for nom, _, lignes in read_sheets(fichier, known):
        found = True
        for ligne in lignes:
            cells = {aliases.get(colonne, colonne): cell for colonne, cell in ligne.cellules.items()}
            yield nom, Ligne(ligne.numero, cells)
    if not found:
        colonnes = ", ".join(required[:6])
        raise FichierRefuseError(messages("import.autre-genre", fichier=fichier.name, colonnes=colonnes))


def _is_parquet(fichier: Path) -> bool:
    try:
        with fichier.open("rb") as flux:
            return flux.read(len(_PARQUET)) == _PARQUET
    except OSError:
        return False


def read_tables(
    fichiers: Sequence[Path],
    atelier: Atelier,
    required: Sequence[str],
    convert: Conversion,
    aliases: Mapping[str, str] | None = None,
    wanted: Collection[str] = (),
) -> Iterator[Sequence[str]]:
    """Yield the statements of each row of one or several tables of the same kind."""
    for fichier in fichiers:
        for nom, ligne in read_file(fichier, required, aliases, wanted):
            found = convert_row(nom, ligne, atelier, convert)
            if found:
                yield found


def convert_row(nom: str, ligne: Ligne, atelier: Atelier, convert: Conversion) -> Sequence[str]:
    """Return the statements of a row, none when it is refused or left aside; either way it is counted."""
    bilan = atelier.bilan
    bilan.lus += 1
    try:
        if ligne.surplus:
            raise LigneRefusee("", "", "le nombre de cellules n’est pas celui de l’en-tête")
        if max(map(len, ligne.cellules.values()), default=0) > CELLULE_MAX:
            longest = max(ligne.cellules, key=lambda colonne: len(ligne.cellules[colonne]))
            raise LigneRefusee(longest, ligne.cellules[longest], "cette cellule est trop longue")
        found = list(convert(ligne, atelier))
    except LigneFiltree as verdict:
        bilan.filtres[verdict.raison] += 1
        return ()
    except LigneRefusee as verdict:
        bilan.reject(nom, ligne.numero, verdict)
        return ()
    bilan.pris += 1
    return found
