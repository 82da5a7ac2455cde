"""``maillage template``: an empty workbook with its four sheets, help, drop-down lists and example rows."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from graph.messages import messages
from graph.sources.classeur.colonnes import FEUILLES, Colonne
from graph.sources.classeur.vocabulaires import find_codes

LIGNES: Final = 2000
"""Rows that have help and drop-down lists."""
AIDE_MAX: Final = 255
"""Characters a spreadsheet shows in the help of a cell."""
_GRAS: Final = Font(bold=True)
_FOND: Final = PatternFill("solid", fgColor="DDE8F0")
_EXEMPLE: Final = Font(italic=True, color="666666")
_TEXTE: Final = "@"

EXEMPLES: Final[Mapping[str, tuple[Mapping[str, str], ...]]] = {
    "acteurs": (
        {
            "id": "exemple-1",
            "nom": "Maison des associations du Bocage",
            "sigles": "MAB",
            "types": "Association|PointAppui",
            "commune": "61001",
            "site_web": "https://exemple.org",
            "effectif": "4",
            "secteurs": "vie-associative",
            "source": "Rapport d’activité 2025",
            "date_maj": "2026-03",
        },
        {
            "id": "exemple-2",
            "nom": "Fédération des crèches du Bocage",
            "types": "Association|Reseau",
            "commune": "61169",
            "secteurs": "petite-enfance",
            "source": "https://exemple.org/annuaire",
            "date_maj": "2026-02-15",
        },
    ),
    "offres": (
        {
            "acteur": "exemple-1",
            "fonction": "accompagnement-generaliste|information",
            "territoires": "departement:61",
            "stades": "benevole|projet",
            "besoins": "premier-emploi|fonction-employeur",
            "gratuit": "oui",
            "debut": "2024",
            "source": "Rapport d’activité 2025",
            "date_maj": "2026-03",
        },
        {
            "acteur": "exemple-2",
            "fonction": "formation",
            "territoires": "61169|61001",
            "stades": "employeur",
            "besoins": "convention-collective",
            "secteurs": "petite-enfance",
            "mobilise_par": "dla",
            "gratuit": "non",
            "debut": "2025-09",
            "fin": "2027-08",
            "source": "Réunion du comité d’appui, mars 2026",
            "date_maj": "2026-03-20",
        },
    ),
    "liens": (
        {
            "de": "exemple-2",
            "type": "adhesion",
            "vers": "exemple-1",
            "debut": "2023",
            "source": "Liste des adhérents 2025",
        },
        {
            "de": "exemple-1",
            "type": "financement",
            "vers": "accompagnement:exemple-1",
            "nature": "ingenierie",
            "debut": "2025-01",
            "fin": "2025-12",
            "montant": "3500,50",
            "source": "Convention 2025",
        },
    ),
    "accompagnements": (
        {
            "id": "exemple-1",
            "type": "IngenierieCollective",
            "titre": "Mutualiser la paie de cinq associations",
            "pilotes": "exemple-1",
            "intervenants": "exemple-2",
            "territoires": "departement:61",
            "besoins": "mutualisation|gestion-paie",
            "debut": "2025-02",
            "fin": "2025-11",
            "jours": "9,5",
            "cout_ttc": "11400",
            "nombre_structures": "5",
            "type_reponse": "solution-collective",
            "statut": "termine",
            "source": "Compte rendu de restitution",
        },
        {
            "id": "exemple-2",
            "type": "IngenierieIndividuelle",
            "titre": "Premier emploi d’une association culturelle",
            "pilotes": "exemple-1",
            "territoires": "61001",
            "besoins": "premier-emploi",
            "secteurs": "culture",
            "debut": "2026-01",
            "nombre_structures": "1",
            "type_reponse": "individuelle",
            "statut": "en-cours",
            "source": "Tableau de suivi",
        },
    ),
}
"""Two invented rows a sheet; their identifiers begin with « exemple » and are never imported."""


def write_modele(fichier: Path) -> None:
    """Write the empty workbook.

    Raises:
        OSError: the file cannot be written.
    """
    classeur = Workbook()
    if classeur.active is not None:
        classeur.remove(classeur.active)
    sheets = {nom: classeur.create_sheet(nom) for nom in FEUILLES}
    ranges = _write_lists(classeur.create_sheet("listes"))
    for nom, sheet in sheets.items():
        _write_sheet(sheet, nom, ranges)
    _write_help(classeur.create_sheet("aide", 0))
    classeur.active = 1
    classeur.save(fichier)


def _write_sheet(sheet: Worksheet, feuille: str, ranges: Mapping[tuple[str, ...], str]) -> None:
    for rang, colonne in enumerate(FEUILLES[feuille], 1):
        lettre = get_column_letter(rang)
        entete = sheet.cell(1, rang, colonne.nom)
        entete.font, entete.fill = _GRAS, _FOND
        sheet.column_dimensions[lettre].width = max(14, len(colonne.nom) + 4)
        sheet.column_dimensions[lettre].number_format = _TEXTE  # text, so that 01004 keeps its zero
        for ligne, exemple in enumerate(EXEMPLES[feuille], 2):
            cell = sheet.cell(ligne, rang, exemple.get(colonne.nom))
            cell.font, cell.number_format = _EXEMPLE, _TEXTE
        sheet.add_data_validation(_validation(colonne, feuille, lettre, ranges))
    sheet.freeze_panes = "B2"


def _validation(
    colonne: Colonne, feuille: str, lettre: str, ranges: Mapping[tuple[str, ...], str]
) -> DataValidation:
    """Return the help of a column, shown on its cells, and its list; other values stay possible (``a|b``)."""
    plage = ranges.get(_codes(colonne))
    validation = DataValidation(
        type="list" if plage else None,
        formula1=plage,
        allow_blank=True,
        showErrorMessage=False,
        showInputMessage=True,
        promptTitle=colonne.nom,
        prompt=colonne.help(feuille),
    )
    validation.add(f"{lettre}2:{lettre}{LIGNES + 1}")
    return validation


def _codes(colonne: Colonne) -> tuple[str, ...]:
    return colonne.choix or (tuple(find_codes(colonne.schema)) if colonne.schema else ())


def _write_lists(sheet: Worksheet) -> dict[tuple[str, ...], str]:
    """Write each list of codes once, with French names beside, and return where the codes are."""
    ranges: dict[tuple[str, ...], str] = {}
    rang = 1
    for colonne in (colonne for colonnes in FEUILLES.values() for colonne in colonnes):
        codes = _codes(colonne)
        if not codes or codes in ranges:
            continue
        names = find_codes(colonne.schema) if colonne.schema else {}
        sheet.cell(1, rang, colonne.schema or colonne.nom).font = _GRAS
        for ligne, code in enumerate(codes, 2):
            sheet.cell(ligne, rang, code).number_format = _TEXTE
            sheet.cell(ligne, rang + 1, names.get(code))
        lettre = get_column_letter(rang)
        ranges[codes] = f"listes!${lettre}$2:${lettre}${len(codes) + 1}"
        sheet.column_dimensions[lettre].width = 28
        sheet.column_dimensions[get_column_letter(rang + 1)].width = 44
        rang += 2
    return ranges


def _write_help(sheet: Worksheet) -> None:
    said = ("titre", "introduction", "personnes", "suite")
    for ligne, cle in enumerate(said, 1):
        sheet.cell(ligne, 1, messages(f"import.classeur.aide.{cle}"))
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    debut = len(said) + 2
    heads = ("feuille", "colonne", "obligatoire", "contenu", "codes")
    for rang, cle in enumerate(heads, 1):
        entete = sheet.cell(debut, rang, messages(f"import.classeur.aide.{cle}"))
        entete.font, entete.fill = _GRAS, _FOND
    rows = [(feuille, colonne) for feuille, colonnes in FEUILLES.items() for colonne in colonnes]
    for ligne, (feuille, colonne) in enumerate(rows, debut + 1):
        oui = messages("import.classeur.aide.oui") if colonne.requise else None
        texte = ", ".join(colonne.choix) or colonne.schema or None
        for rang, cell in enumerate((feuille, colonne.nom, oui, colonne.help(feuille), texte), 1):
            sheet.cell(ligne, rang, cell)
    for lettre, width in zip("ABCDE", (18, 20, 12, 100, 40), strict=True):
        sheet.column_dimensions[lettre].width = width
