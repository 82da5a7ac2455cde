"""``rapprochements.csv``: what a build proposes to a person, and what that person answers.

A build writes the proposals in its edition's folder, with an empty column ``reponse``. The same file, with
« oui » or « non » in that column, put in the data folder, is read by the next builds: the actors are one, or
are never proposed again. One file, opened in any spreadsheet program, both ways.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Final

from graph.edition.rapprochement import Mention, Proposition, Propositions
from graph.edition.resolution import Couple
from graph.errors import EditionError
from graph.messages import messages
from graph.sources.bilan import safe_cell
from graph.sources.tableau import open_texts, read_rows
from graph.texte import fold

NOM: Final = "rapprochements.csv"
LIMITE: Final = 5000
"""Rows written, the likeliest; all are counted."""

_COLONNES: Final = (
    *("acteur_1", "nom_1", "source_1", "acteur_2", "nom_2", "source_2"),
    *("commune", "ressemblance", "motif", "reponse"),
)
_OUI: Final = frozenset({"oui", "o"})
_NON: Final = frozenset({"non", "n"})
_PREFIXE: Final = "acteur:"


@dataclass(frozen=True, slots=True)
class Reponses:
    """What a person answered to proposals: pairs of terms of actors."""

    memes: tuple[Couple, ...] = ()
    differents: frozenset[frozenset[bytes]] = frozenset()


def read_reponses(racine: Path, base_iri: str) -> Reponses:
    """Read the answers kept in a data folder; none when the file is not there.

    Raises:
        EditionError: an answer is neither « oui » nor « non », or an actor is not written as proposed.
        FichierRefuseError: the file is not a table of proposals.
    """
    fichier = racine / NOM
    if not fichier.exists():
        return Reponses()
    memes, differents = [], []
    with open_texts(fichier) as textes:
        for nom, texte in textes:
            for ligne in read_rows(nom, texte, ("acteur_1", "acteur_2", "reponse")):
                reponse = fold(ligne["reponse"])
                if not reponse:
                    continue
                un, autre = (_term(ligne[colonne], base_iri) for colonne in ("acteur_1", "acteur_2"))
                if un is None or autre is None or reponse not in _OUI | _NON:
                    raise EditionError(messages("rapprochements.reponse", ligne=ligne.numero))
                if reponse in _OUI:
                    memes.append((un, autre))
                else:
                    differents.append(frozenset((un, autre)))
    return Reponses(tuple(memes), frozenset(differents))


def write_propositions(fichier: Path, propositions: Propositions) -> int:
    """Write the proposals a person can look at, the likeliest first; return how many were written."""
    first = list(islice(chain(propositions.noms, propositions.numeros), LIMITE))
    rows = sorted(first, key=lambda proposition: -proposition.ressemblance)
    with fichier.open("w", encoding="utf-8-sig", newline="") as flux:
        sortie = csv.writer(flux, delimiter=";", lineterminator="\n")
        sortie.writerow(_COLONNES)
        sortie.writerows(_row(proposition, propositions.communes) for proposition in rows)
    return len(first)


def _row(proposition: Proposition, communes: Mapping[str, str]) -> Iterable[str]:
    un, autre = proposition.un, proposition.autre
    code = un.commune or autre.commune
    commune = f"{communes[code]} ({code})" if code in communes else code
    motif = messages(f"rapprochements.{proposition.motif}")
    cells: Sequence[str] = (
        *_cells(un),
        *_cells(autre),
        commune,
        f"{proposition.ressemblance:.0f}",
        motif,
        "",
    )
    return map(safe_cell, cells)


def _cells(mention: Mention) -> tuple[str, str, str]:
    slug = mention.terme.rpartition(b"/")[2][:-1].decode()
    return f"{_PREFIXE}{slug}", mention.nom, mention.origine.titre


def _term(cellule: str, base_iri: str) -> bytes | None:
    """Return the term of an actor as the file names it (``acteur:s3a``), None for anything else."""
    slug = cellule.strip().removeprefix(_PREFIXE)
    if not slug or not slug.isascii() or not slug.replace("-", "").replace("_", "").isalnum():
        return None
    return f"<{base_iri.rstrip('/')}/id/acteur/{slug}>".encode()
