"""SCDL « subventions » 2.1.1: two thousand funders, and beneficiaries most of which are in the RNA file.

One row in a thousand has a negative amount (refused), one in a hundred names nobody by number (left aside).
"""

import random

from tests.benchmarks.generateurs.identites import FAUSSE_TOUS_LES, SIRET_TOUS_LES, association, mix, siret_of
from tests.benchmarks.generateurs.lieux import find_pays

_COLONNES = (
    "nomAttribuant idAttribuant dateConvention referenceDecision nomBeneficiaire idBeneficiaire "
    "rnaBeneficiaire objet montant nature conditionsVersement datesPeriodeVersement idRAE notificationUE "
    "pourcentageSubvention dispositifAide"
)
COLONNES = _COLONNES.split()
ASSOCIATIONS_PAR_LIGNE = 5
"""Rows of the RNA file for one row of this one: 1.5 million for 300,000."""
FINANCEURS = 2000
_PREMIER_FINANCEUR = 900_000
_PREMIER_AUTRE = 600_000
NEGATIF_TOUS_LES = 1000
ANONYME_TOUS_LES = 100
OBJETS = (
    "Fonctionnement",
    "Soutien à l'emploi associatif",
    "Aide au projet « vivre ensemble », deuxième année",
    "Organisation du festival d'été",
    "Équipement en matériel pédagogique, et formation des bénévoles",
    "Mise à disposition d'une salle",
)


def funder(rang: int) -> tuple[str, str]:
    """Return the name and the SIRET of a funder (rank from 0)."""
    pays = find_pays()
    siege = pays.at(mix(rang, 3))
    kinds = ("Commune de", "Communauté de communes de", "Métropole de", "Syndicat mixte de")
    return f"{kinds[rang % len(kinds)]} {siege.nom} {rang}", siret_of(_PREMIER_FINANCEUR + rang)


def _beneficiary(hasard: random.Random, numero: int, lignes: int) -> list[str]:
    """Return the name, SIRET and RNA number of a beneficiary."""
    if numero % ANONYME_TOUS_LES == 1:
        return ["Collectif d'habitants sans numéro", "", ""]
    kind = hasard.random()
    if kind < 0.1:
        autre = hasard.randrange(250_000)
        return [f"Société coopérative inventée {autre}", siret_of(_PREMIER_AUTRE + autre), ""]
    dernier = ASSOCIATIONS_PAR_LIGNE * lignes
    # A few associations receive much of what is given.
    rang = int(dernier * hasard.random() ** 2)
    if kind < 0.25:
        asso = association(1 + rang)
        return [asso.nom, "", asso.rna]
    rang -= rang % SIRET_TOUS_LES
    asso = association(rang or SIRET_TOUS_LES)
    return [asso.nom, "" if asso.numero % FAUSSE_TOUS_LES == 0 else asso.siret, asso.rna]


def subsidy_row(hasard: random.Random, numero: int, lignes: int) -> list[str]:
    """Return a row of a file of so many rows."""
    nom, siret = funder(int(min(FINANCEURS, lignes) * hasard.random() ** 3))
    annee, mois = hasard.randrange(2018, 2026), hasard.randrange(1, 13)
    jour = f"{annee}-{mois:02}-{hasard.randrange(1, 29):02}"
    montant = round(hasard.lognormvariate(8, 1.2), 2)
    periode = f"{annee}-{mois:02}-28/{annee + 1}-{mois:02}-28" if hasard.random() < 0.4 else jour
    return [
        nom,
        siret,
        jour,
        f"{annee}-{numero:07}",
        *_beneficiary(hasard, numero, lignes),
        hasard.choice(OBJETS),
        f"{-montant if numero % NEGATIF_TOUS_LES == 0 else montant:.2f}",
        hasard.choices(("aide en numéraire", "aide en nature"), (9, 1))[0],
        hasard.choice(("unique", "échelonné")),
        periode,
        "",
        "non",
        "1.00" if hasard.random() < 0.9 else "0.45",
        "",
    ]
