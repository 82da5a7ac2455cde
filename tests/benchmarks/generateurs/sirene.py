"""SIRENE StockUniteLegale: associations of the RNA file, companies, persons who run a business."""

import random

from tests.benchmarks.generateurs.identites import SIRET_TOUS_LES, name_of, rna_of, siret_of

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
UNITES_LEGALES = _UNITES_LEGALES.split()


def unit_row(hasard: random.Random, numero: int) -> list[str]:
    """Return a row of a StockUniteLegale file; the unit of this number is the association four times it."""
    siret = siret_of(numero % 1_000_000)
    asso = SIRET_TOUS_LES * numero
    categorie = hasard.choices(("9220", "9260", "9300", "5710", "1000"), (25, 2, 1, 32, 40))[0]
    row = dict.fromkeys(UNITES_LEGALES, "")
    row |= {
        "siren": siret[:9],
        "nicSiegeUniteLegale": siret[9:],
        "statutDiffusionUniteLegale": "P" if hasard.random() < 0.1 else "O",
        "etatAdministratifUniteLegale": "C" if hasard.random() < 0.3 else "A",
        "categorieJuridiqueUniteLegale": categorie,
        "denominationUniteLegale": "" if categorie == "1000" else name_of(asso),
        "nomUniteLegale": "INVENTE" if categorie == "1000" else "",
        "identifiantAssociationUniteLegale": rna_of(asso) if categorie[0] == "9" else "",
        "trancheEffectifsUniteLegale": hasard.choice(("", "NN", "00", "01", "02", "03", "11", "12")),
        "anneeEffectifsUniteLegale": "2024",
        "dateCreationUniteLegale": f"{hasard.randrange(1950, 2026)}-01-15",
        "dateDernierTraitementUniteLegale": "2026-03-02T09:00:00.000",
        "economieSocialeSolidaireUniteLegale": hasard.choice(("", "O", "N")),
    }
    return list(row.values())
