"""A SPARQL question from the terminal: the same workers and limits as the endpoint, text out."""

import csv
import io
from typing import Final

from graph.errors import MaillageError
from graph.messages import messages
from graph.sparql import Format, Forme, PoolSparql, ResultatSparql, check_requete

LARGEUR_MAX: Final = 60
"""Characters of a cell in a table; longer ones are cut with an ellipsis."""
FORMATS: Final = ("table", "csv", "json", "ttl")


def run_query(pool: PoolSparql, texte: str, format_sortie: str) -> tuple[str, bool]:
    """Run a query on an edition and return what to print, and whether rows are missing.

    Raises:
        MaillageError: unknown format, refused query, deadline passed.
    """
    if format_sortie not in FORMATS:
        raise MaillageError(messages("cli.format-inconnu", format=format_sortie[:20]))
    graph_form = check_requete(texte).forme in (Forme.CONSTRUCT, Forme.DESCRIBE)
    if format_sortie != "table" and (format_sortie == "ttl") is not graph_form:
        raise MaillageError(messages("cli.format-autre" if graph_form else "cli.format-tableau"))
    wanted = Format.TTL if graph_form else Format(format_sortie.replace("table", "csv"))
    resultat = pool.executer(texte, wanted)
    corps = resultat.corps.decode()
    if format_sortie == "table" and wanted is Format.CSV:
        return format_table(corps, resultat), resultat.tronque
    return corps.rstrip("\r\n"), resultat.tronque


def format_table(corps: str, resultat: ResultatSparql) -> str:
    """Lay a CSV answer out in columns."""
    lignes = [[_cut(cell) for cell in ligne] for ligne in csv.reader(io.StringIO(corps))]
    if resultat.forme is Forme.ASK:
        return corps.strip()
    if len(lignes) < 2:
        return messages("cli.aucune-ligne")
    widths = [max(len(cell) for cell in column) for column in zip(*lignes, strict=True)]
    texte = [
        "  ".join(cell.ljust(width) for cell, width in zip(ligne, widths, strict=True)) for ligne in lignes
    ]
    texte.insert(1, "  ".join("─" * width for width in widths))
    texte.append(messages("cli.lignes", n=len(lignes) - 1))
    return "\n".join(line.rstrip() for line in texte)


def _cut(cell: str) -> str:
    cell = " ".join(cell.split())
    return cell if len(cell) <= LARGEUR_MAX else cell[: LARGEUR_MAX - 1] + "…"
