"""The loop that every table reader shares: each row is taken, refused or left aside, and counted."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from graph.sources.atelier import Atelier
from graph.sources.bilan import LigneFiltree, LigneRefusee
from graph.sources.tableau import CELLULE_MAX, Ligne, open_texts, read_rows

Conversion = Callable[[Ligne, Atelier], Iterable[str]]
"""Statements of one row; raises ``LigneRefusee`` or ``LigneFiltree``."""


def read_tables(
    fichiers: Sequence[Path],
    atelier: Atelier,
    required: Sequence[str],
    convert: Conversion,
    aliases: Mapping[str, str] | None = None,
) -> Iterator[Sequence[str]]:
    """Yield the statements of each row of one or several tables of the same kind."""
    for fichier in fichiers:
        with open_texts(fichier) as textes:
            for nom, texte in textes:
                for ligne in read_rows(nom, texte, required, aliases):
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
