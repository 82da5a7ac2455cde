"""Files of the real ones' shape and size, seeded: every name is invented, every number is free.

``python tests/benchmarks/generateur.py rna 1500000 FICHIER`` writes an RNA « waldec » file as published in
2026: UTF-8 with BOM, 39 columns all quoted, purposes with ``;`` and line breaks. About one row in twelve is
dissolved, one in four bears a SIRET (some with a wrong key), one in fifty is a union or a federation.
"""

import csv
import random
import sys
from collections.abc import Callable
from pathlib import Path

_WALDEC = (
    "id id_ex siret rup_mi gestion date_creat date_decla date_publi date_disso nature groupement titre "
    "titre_court objet objet_social1 objet_social2 adrs_complement adrs_numvoie adrs_repetition "
    "adrs_typevoie adrs_libvoie adrs_distrib adrs_codeinsee adrs_codepostal adrs_libcommune adrg_declarant "
    "adrg_complemid "
    "adrg_complemgeo adrg_libvoie adrg_distrib adrg_codepostal adrg_achemine adrg_pays dir_civilite siteweb "
    "publiweb observation position maj_time"
)
_UNITES_LEGALES = (
    "siren statutDiffusionUniteLegale unitePurgeeUniteLegale dateCreationUniteLegale sigleUniteLegale "
    "sexeUniteLegale prenom1UniteLegale prenom2UniteLegale prenom3UniteLegale prenom4UniteLegale "
    "prenomUsuelUniteLegale pseudonymeUniteLegale identifiantAssociationUniteLegale "
    "trancheEffectifsUniteLegale anneeEffectifsUniteLegale dateDernierTraitementUniteLegale "
    "nombrePeriodesUniteLegale categorieEntreprise anneeCategorieEntreprise dateDebut "
    "etatAdministratifUniteLegale nomUniteLegale nomUsageUniteLegale denominationUniteLegale "
    "denominationUsuelle1UniteLegale denominationUsuelle2UniteLegale denominationUsuelle3UniteLegale "
    "categorieJuridiqueUniteLegale activitePrincipaleUniteLegale nomenclatureActivitePrincipaleUniteLegale "
    "nicSiegeUniteLegale economieSocialeSolidaireUniteLegale societeMissionUniteLegale "
    "caractereEmployeurUniteLegale activitePrincipaleNAF25UniteLegale"
)
FAMILLES = (
    "006000",
    "007075",
    "009025",
    "011075",
    "015005",
    "018005",
    "019010",
    "020025",
    "021005",
    "030010",
)
_MOTS = (
    "amicale atelier cercle club collectif comite compagnie ensemble foyer jardin maison office reseau union "
    "imaginaire inventee fictif solidaire local rural urbain sportif culturel musical populaire littoral"
)
PHRASES = (
    "promouvoir et développer les activités de loisirs et de culture",
    "favoriser l'insertion et l'entraide ; soutenir les bénévoles",
    "organiser des rencontres, des ateliers et des manifestations ouvertes à tous",
    "gérer un lieu d'accueil pour les familles\net leurs enfants",
    "défendre et faire connaître le patrimoine de la commune",
)
WALDEC, UNITES_LEGALES, MOTS = (texte.split() for texte in (_WALDEC, _UNITES_LEGALES, _MOTS))
DEPARTEMENTS = [f"{n:02}" for n in range(1, 96) if n != 20]


def key_of(digits: str) -> str:
    """Return the digit that ends a number with the right Luhn key."""
    total = sum(
        int(d) if rank % 2 else sum(divmod(2 * int(d), 10)) for rank, d in enumerate(reversed(digits))
    )
    return str(-total % 10)


def siret_of(numero: int) -> str:
    """Return a SIRET whose two keys are right, in a range that INSEE has not reached."""
    siren = f"99{numero:06}"
    siren += key_of(siren)
    nic = f"{siren}0001"
    return nic + key_of(nic)


def name_of(hasard: random.Random, numero: int) -> str:
    """Return an invented name."""
    return f"{' '.join(hasard.choices(MOTS, k=3))} {numero}".upper()


def rna_row(hasard: random.Random, numero: int) -> list[str]:
    """Return a row of a « waldec » file."""
    dep = hasard.choice(DEPARTEMENTS)
    commune = f"{dep}{hasard.randrange(1, 300):03}"
    creation = f"{hasard.randrange(1950, 2026)}-{hasard.randrange(1, 13):02}-{hasard.randrange(1, 29):02}"
    siret = siret_of(numero) if numero < 1_000_000 and hasard.random() < 0.25 else ""
    if siret and hasard.random() < 0.01:
        siret = siret[:-1] + str((int(siret[-1]) + 1) % 10)
    dissoute = hasard.random() < 0.08
    nom = name_of(hasard, numero)
    rue = f"{hasard.randrange(1, 200)} rue inventée"
    cells = [f"W{dep}{numero:07}", f"0{dep}{numero:07}", siret, "", f"{dep}1P", creation, creation, creation]
    cells += [
        creation if dissoute else "0001-01-01",
        "D",
        hasard.choices("SUF", (98, 1, 1))[0],
        nom,
        nom[:38],
    ]
    cells += [" ; ".join(hasard.choices(PHRASES, k=hasard.randrange(1, 5)))]
    cells += [
        hasard.choice(FAMILLES),
        hasard.choice(("000000", *FAMILLES)),
        "",
        "3",
        "",
        "RUE",
        "Inventée",
        "_",
    ]
    cells += [
        commune,
        f"{dep}000",
        "Commune",
        "",
        nom[:38],
        "",
        rue,
        "",
        f"{dep}000",
        "VILLE",
        "FRANCE",
        "PM",
    ]
    cells += ["www.exemple.org" if hasard.random() < 0.1 else "", "1", "", "D" if dissoute else "A"]
    return [*cells, f"2026-{hasard.randrange(1, 11):02}-{hasard.randrange(1, 29):02} 10:11:12"]


def unit_row(hasard: random.Random, numero: int) -> list[str]:
    """Return a row of a StockUniteLegale file: associations, companies, persons who run a business."""
    siret = siret_of(numero % 1_000_000)
    categorie = hasard.choices(("9220", "9260", "9300", "5710", "1000"), (25, 2, 1, 32, 40))[0]
    row = dict.fromkeys(UNITES_LEGALES, "")
    row |= {
        "siren": siret[:9],
        "nicSiegeUniteLegale": siret[9:],
        "statutDiffusionUniteLegale": "P" if hasard.random() < 0.1 else "O",
        "etatAdministratifUniteLegale": "C" if hasard.random() < 0.3 else "A",
        "categorieJuridiqueUniteLegale": categorie,
        "denominationUniteLegale": "" if categorie == "1000" else name_of(hasard, numero),
        "nomUniteLegale": "INVENTE" if categorie == "1000" else "",
        "identifiantAssociationUniteLegale": f"W14{numero:07}" if categorie[0] == "9" else "",
        "trancheEffectifsUniteLegale": hasard.choice(("", "NN", "00", "01", "02", "03", "11", "12")),
        "anneeEffectifsUniteLegale": "2024",
        "dateCreationUniteLegale": f"{hasard.randrange(1950, 2026)}-01-15",
        "dateDernierTraitementUniteLegale": "2026-03-02T09:00:00.000",
        "economieSocialeSolidaireUniteLegale": hasard.choice(("", "O", "N")),
    }
    return list(row.values())


KINDS: dict[str, tuple[list[str], Callable[[random.Random, int], list[str]], str]] = {
    "rna": (WALDEC, rna_row, ";"),
    "sirene": (UNITES_LEGALES, unit_row, ","),
}


def generate(kind: str, lignes: int, fichier: Path, graine: int = 2026) -> Path:
    """Write a file of so many rows; the same seed gives the same bytes."""
    columns, make, separator = KINDS[kind]
    hasard = random.Random(graine)
    quoting = csv.QUOTE_ALL if kind == "rna" else csv.QUOTE_MINIMAL
    encoding = "utf-8-sig" if kind == "rna" else "utf-8"
    with fichier.open("w", encoding=encoding, newline="") as flux:
        writer = csv.writer(flux, delimiter=separator, quoting=quoting, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(make(hasard, numero) for numero in range(1, lignes + 1))
    return fichier


if __name__ == "__main__":
    generate(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
