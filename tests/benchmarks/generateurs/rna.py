"""RNA « waldec » as published in 2026: UTF-8 with BOM, all quoted, purposes with ``;`` and line breaks.

About one row in twelve is dissolved, one in four bears a SIRET (some with a wrong key), one in fifty is a
union or a federation.
"""

import random

from tests.benchmarks.generateurs.identites import association

_WALDEC = (
    "id id_ex siret rup_mi gestion date_creat date_decla date_publi date_disso nature groupement titre "
    "titre_court objet objet_social1 objet_social2 adrs_complement adrs_numvoie adrs_repetition "
    "adrs_typevoie adrs_libvoie adrs_distrib adrs_codeinsee adrs_codepostal adrs_libcommune adrg_declarant "
    "adrg_complemid "
    "adrg_complemgeo adrg_libvoie adrg_distrib adrg_codepostal adrg_achemine adrg_pays dir_civilite siteweb "
    "publiweb observation position maj_time"
)
WALDEC = _WALDEC.split()
_FAMILLES = "006000 007075 009025 011075 015005 018005 019010 020025 021005 030010"
FAMILLES = _FAMILLES.split()
PHRASES = (
    "promouvoir et développer les activités de loisirs et de culture",
    "favoriser l'insertion et l'entraide ; soutenir les bénévoles",
    "organiser des rencontres, des ateliers et des manifestations ouvertes à tous",
    "gérer un lieu d'accueil pour les familles\net leurs enfants",
    "défendre et faire connaître le patrimoine de la commune",
    "enseigner la pratique d'un sport, en compétition comme en loisir",
    'créer, produire et diffuser des spectacles dits "vivants"',
)


def rna_row(hasard: random.Random, numero: int) -> list[str]:
    """Return a row of a « waldec » file."""
    asso = association(numero)
    siege, nom = asso.siege, asso.nom[:250]
    commune = hasard.choice(siege.arrondissements) if siege.arrondissements else siege.code
    creation = f"{hasard.randrange(1950, 2026)}-{hasard.randrange(1, 13):02}-{hasard.randrange(1, 29):02}"
    dissoute = hasard.random() < 0.08
    rue = f"{hasard.randrange(1, 200)} rue inventée"
    court = nom if len(nom) <= 38 else f"{nom[:35]}..."
    cells = [asso.rna, f"{siege.departement}{numero:07}"[-10:], asso.siret, "", f"{asso.rna[1:4]}P"]
    cells += [creation, creation, creation, creation if dissoute else "0001-01-01", "D"]
    cells += [hasard.choices("SUF", (98, 1, 1))[0], nom, court]
    cells += [" ; ".join(hasard.choices(PHRASES, k=hasard.randrange(1, 5)))]
    cells += [hasard.choice(FAMILLES), hasard.choice(("000000", *FAMILLES))]
    cells += ["", "3", "", "RUE", "Inventée", "_", commune, siege.postal, siege.nom]
    cells += ["", nom[:38], "", rue, "", siege.postal, "VILLE", "FRANCE", "PM"]
    cells += ["www.exemple.org" if hasard.random() < 0.1 else "", "1", ""]
    cells += ["D" if dissoute else "A"]
    return [*cells, f"2026-{hasard.randrange(1, 11):02}-{hasard.randrange(1, 29):02} 10:11:12"]
