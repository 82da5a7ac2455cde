"""Workbooks for tests: invented rows, written as XLSX or as CSV files."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from graph.sources.classeur.colonnes import FEUILLES

Rows = Mapping[str, Sequence[Mapping[str, Any]]]

RENTREE = date(2025, 9, 1)
MDA = {
    "id": 1,
    "nom": "Maison des associations inventée",
    "types": "Association|PointAppui",
    "commune": 61001,
}
DLA = {"id": 2, "nom": "Orne Active Inventée", "types": "Opérateur DLA|Association", "commune": "61001"}
CRECHES = {"id": "F-3", "nom": "Fédération des crèches", "types": "reseau", "commune": "61169"}
ORNE: Rows = {
    "acteurs": [
        MDA
        | {
            "sigles": "MDA61|MDA",
            "effectif": 5,
            "secteurs": "vie-associative",
            "site_web": "www.mda.example",
            "date_maj": datetime(2026, 3, 3),
            "source": "Annuaire 2025",
        },
        DLA | {"secteurs": "ess", "date_maj": "2026-01"},
        CRECHES | {"secteurs": "Petite enfance", "rna": "W612000001"},
        {"id": 4, "nom": "Département inventé", "types": "Institution|Financeur", "commune": "61001"},
    ],
    "offres": [
        {
            "acteur": 1,
            "fonction": "accompagnement-generaliste|information",
            "territoires": "departement:61|61169",
            "stades": "benevole|projet",
            "besoins": "premier-emploi",
            "gratuit": True,
            "debut": 2024,
        },
        {
            "acteur": "2",
            "fonction": "Diagnostic",
            "territoires": "département : 61",
            "debut": date(2025, 9, 1),
        },
        {"acteur": "f 3", "fonction": "formation", "mobilise_par": "2|dla", "gratuit": "non"},
    ],
    "liens": [
        {"de": "F-3", "type": "adhesion", "vers": 1, "debut": "2019"},
        {"de": 4, "type": "financement", "vers": 2, "nature": "fonctionnement", "montant": 25000.5},
        {"de": 4, "type": "Financement", "vers": "accompagnement:A1", "montant": "3 500 €"},
        {"de": 1, "type": "partenariat", "vers": 2, "role": "prescripteur"},
        {"de": 2, "type": "partenariat", "vers": 1},
    ],
    "accompagnements": [
        {
            "id": "A1",
            "type": "IngenierieCollective",
            "titre": "Paie mutualisée de quatre crèches",
            "pilotes": "2",
            "intervenants": "F-3",
            "financeurs": 4,
            "territoires": "departement:61",
            "besoins": "gestion-paie|mutualisation",
            "debut": datetime(2025, 2, 1),
            "fin": "2025-11",
            "jours": 9.5,
            "cout_ttc": 11400,
            "nombre_structures": 4,
            "type_reponse": "solution-collective",
            "statut": "Terminé",
        }
    ],
}
"""A workbook without a fault: 13 rows."""


def classeur(chemin: Path, feuilles: Rows) -> Path:
    """Write an XLSX with these sheets; the header is every known column."""
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for nom, rows in feuilles.items():
        sheet = book.create_sheet(nom)
        colonnes = [colonne.nom for colonne in FEUILLES[nom]]
        sheet.append(colonnes)
        for row in rows:
            sheet.append([row.get(colonne) for colonne in colonnes])
    book.save(chemin)
    return chemin


def fichiers_csv(dossier: Path, feuilles: Rows, separateur: str = ";", bom: bool = True) -> list[Path]:
    """Write a CSV file a sheet."""
    dossier.mkdir(exist_ok=True)
    found = []
    for nom, rows in feuilles.items():
        chemin = dossier / f"{nom}.csv"
        with chemin.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as flux:
            writer = csv.writer(flux, delimiter=separateur)
            colonnes = [colonne.nom for colonne in FEUILLES[nom]]
            writer.writerow(colonnes)
            writer.writerows([_cell(row.get(colonne)) for colonne in colonnes] for row in rows)
        found.append(chemin)
    return found


def _cell(valeur: object) -> str:
    match valeur:
        case None:
            return ""
        case bool():
            return "oui" if valeur else "non"
        case datetime():
            return valeur.date().isoformat()
    return str(valeur)
