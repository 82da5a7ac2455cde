"""Kind ``classeur``: the workbook of ``maillage template``, as XLSX or as CSV files.

References go by ``id`` inside one import: actors are read first, then offers, support actions and links.
What names an actor that was refused is refused; what names one that was left aside is left aside.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from graph.messages import messages
from graph.sources.atelier import Atelier, slugify
from graph.sources.classeur.acteurs import convert_acteur
from graph.sources.classeur.carnet import Carnet
from graph.sources.classeur.colonnes import FEUILLES
from graph.sources.classeur.feuilles import Table, find_tables, sheet_of
from graph.sources.classeur.liens import convert_lien, derive_mandats
from graph.sources.classeur.offres import convert_accompagnement, convert_offre
from graph.sources.classeur.valeurs import check_cells
from graph.sources.lecteurs.lignes import convert_row
from graph.sources.ntriples import iri
from graph.sources.registre import Lecteur
from graph.sources.tableau import FichierRefuseError, Ligne

Conversion = Callable[[Ligne, Carnet, str], Iterator[str]]

CONVERSIONS: Final[Mapping[str, Conversion]] = {
    "acteurs": convert_acteur,
    "offres": convert_offre,
    "accompagnements": convert_accompagnement,
    "liens": convert_lien,
}


class LecteurClasseur(Lecteur):
    """A workbook is named by its file; CSV files called ``acteurs.csv`` by the folder they are in."""

    def slug(self, fichiers: Sequence[Path]) -> str:
        """Return the slug of the source these files make."""
        nom = fichiers[0].name.split(".")[0] if fichiers else ""
        if sheet_of(nom) is not None:
            nom = slugify(nom).rpartition("-")[0] or fichiers[0].resolve().parent.name
        return f"{self.kind}-{slugify(nom)}"


def read_classeur(fichiers: Sequence[Path], atelier: Atelier) -> Iterator[Sequence[str]]:
    """Yield the statements of each row, then the mandates they imply, then the date of the workbook."""
    carnet = Carnet(atelier)
    for table in find_tables(fichiers):
        yield from _read_table(table, carnet)
    if not atelier.bilan.lus:
        raise FichierRefuseError(messages("import.classeur.sans-ligne", fichier=fichiers[0].name))
    yield from derive_mandats(carnet)
    yield [_dated(carnet)]


def _read_table(table: Table, carnet: Carnet) -> Iterator[Sequence[str]]:
    bilan = carnet.atelier.bilan
    convert = CONVERSIONS[table.feuille]

    def convert_checked(ligne: Ligne, _: Atelier) -> Iterator[str]:
        check_cells(ligne)
        yield from convert(ligne, carnet, table.nom)

    if table.fusions:
        bilan.avertissements[messages("import.classeur.fusion")] = 1
    for n, ligne in enumerate(table.lignes()):
        if n == 0:
            _say_unknown_columns(table, ligne, carnet)
        before = bilan.avertissements.copy()
        group = convert_row(table.nom, ligne, carnet.atelier, convert_checked)
        for texte in bilan.avertissements - before:
            lieu = messages("import.averti-lieu", feuille=table.feuille, ligne=ligne.numero)
            bilan.lieux.setdefault(texte, []).append(lieu)
        if group:
            yield group


def _say_unknown_columns(table: Table, ligne: Ligne, carnet: Carnet) -> None:
    known = {colonne.nom for colonne in FEUILLES[table.feuille]}
    for colonne in sorted(set(ligne.cellules) - known - {""}):
        texte = messages("import.classeur.colonne-inconnue", colonne=colonne[:40], feuille=table.feuille)
        carnet.atelier.bilan.avertissements[texte] += 1


def _dated(carnet: Carnet) -> str:
    """Write the date of the source: the newest update of its rows, or that they bear none."""
    atelier = carnet.atelier
    sujet = iri(atelier.graphe)
    if carnet.recente is None:
        return atelier.triple(sujet, "skos:note", atelier.text(messages("import.classeur.sans-date")))
    valeur = atelier.partial_date("date_maj", carnet.recente.texte)
    return atelier.triple(sujet, "dcterms:issued", valeur)


LECTEUR: Final = LecteurClasseur(
    kind="classeur",
    titre="Classeur de données locales",
    editeur="L’organisme qui tient le classeur",
    lire=read_classeur,
)
