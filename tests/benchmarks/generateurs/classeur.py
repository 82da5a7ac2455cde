"""The workbook as CSV files: actors over the whole country, one to three offers each, links, actions.

One actor in two is an association of the RNA file, with its SIRET; one in four has no SIRET at all.
Codes are those of the product's own vocabularies.
"""

import random
from collections.abc import Iterator

from graph.sources.classeur.colonnes import FEUILLES
from graph.sources.classeur.vocabulaires import find_codes
from tests.benchmarks.generateurs.identites import FAUSSE_TOUS_LES, SIRET_TOUS_LES, association, mix, siret_of
from tests.benchmarks.generateurs.lieux import Commune, find_pays

ASSOCIATIONS_PAR_ACTEUR = 125
"""Rows of the RNA file for one actor: 1.5 million for 12,000."""
LIENS_PAR_ACTEUR = 0.5
ACTIONS_PAR_ACTEUR = 0.1
_PREMIER_SIRET = 500_000
_TYPES = (
    ("Association|PointAppui", 20),
    ("Association|Reseau", 15),
    ("Association", 20),
    ("Prestataire", 25),
    ("Institution", 8),
    ("Financeur", 6),
    ("Financeur|Institution", 4),
    ("Association|OperateurDLA", 1),
    ("Association|DLARegional", 0.2),
)
_NIVEAUX = (("departement", 50), ("epci", 22), ("region", 15), ("commune", 10), ("national", 3))

Row = dict[str, str]


def workbook_rows(feuille: str, acteurs: int, graine: int) -> Iterator[Row]:
    """Yield the rows of one sheet of a workbook of so many actors, keyed by column."""
    hasard = random.Random(f"{graine}-{feuille}")
    match feuille:
        case "acteurs":
            yield from (_actor(hasard, numero) for numero in range(1, acteurs + 1))
        case "offres":
            for numero in range(1, acteurs + 1):
                yield from (_offer(hasard, numero) for _ in range(hasard.randrange(1, 4)))
        case "liens":
            yield from (_link(hasard, acteurs) for _ in range(int(acteurs * LIENS_PAR_ACTEUR)))
        case "accompagnements":
            count = int(acteurs * ACTIONS_PAR_ACTEUR)
            yield from (_action(hasard, numero, acteurs) for numero in range(1, count + 1))


def _association_of(numero: int) -> int:
    """Return the RNA row of an actor that is an association with a SIRET, zero for the others."""
    asso = SIRET_TOUS_LES * (1 + (numero - 1) * ASSOCIATIONS_PAR_ACTEUR // SIRET_TOUS_LES)
    return asso if numero % 2 == 0 and asso % FAUSSE_TOUS_LES else 0


def _seat(numero: int) -> Commune:
    asso = _association_of(numero)
    return association(asso).siege if asso else find_pays().at(mix(numero, 4))


def _drawn(hasard: random.Random, weights: tuple[tuple[str, float], ...]) -> str:
    return hasard.choices([nom for nom, _ in weights], [weight for _, weight in weights])[0]


def _codes(hasard: random.Random, schema: str, most: int, least: int = 0) -> str:
    codes = list(find_codes(schema))
    return "|".join(hasard.sample(codes, hasard.randrange(least, most + 1)))


def _updated(hasard: random.Random) -> str:
    return f"{hasard.randrange(2019, 2027)}-{hasard.randrange(1, 10):02}"


def _actor(hasard: random.Random, numero: int) -> Row:
    asso, siege = _association_of(numero), _seat(numero)
    siret = association(asso).siret if asso else siret_of(_PREMIER_SIRET + numero) if numero % 4 == 1 else ""
    return {
        "id": f"a{numero}",
        "nom": association(asso).nom.capitalize() if asso else f"Appui de {siege.nom} n° {numero}",
        "sigles": f"AP{numero}" if hasard.random() < 0.3 else "",
        "types": _drawn(hasard, _TYPES),
        "siret": siret,
        "commune": siege.code,
        "site_web": f"https://exemple.org/{numero}" if hasard.random() < 0.5 else "",
        "effectif": str(hasard.randrange(1, 60)) if hasard.random() < 0.5 else "",
        "secteurs": _codes(hasard, "secteur", 2),
        "source": "Rapport d’activité 2025",
        "date_maj": _updated(hasard),
    }


def _place(hasard: random.Random, siege: Commune) -> str:
    match _drawn(hasard, _NIVEAUX):
        case "departement":
            return f"departement:{siege.departement}"
        case "region":
            return f"region:{siege.region}"
        case "epci" if siege.epci:
            return f"epci:{siege.epci}"
        case "national":
            return "national"
    return siege.code


def _offer(hasard: random.Random, numero: int) -> Row:
    debut = hasard.randrange(2015, 2026)
    return {
        "acteur": f"a{numero}",
        "fonction": _codes(hasard, "fonction", 2, 1),
        "territoires": _place(hasard, _seat(numero)),
        "stades": _codes(hasard, "stade", 3),
        "besoins": _codes(hasard, "besoin", 4),
        "secteurs": _codes(hasard, "secteur", 1),
        "mobilise_par": "dla" if hasard.random() < 0.1 else "",
        "gratuit": hasard.choice(("oui", "non", "")),
        "debut": str(debut),
        "fin": str(hasard.randrange(debut, 2030)) if hasard.random() < 0.2 else "",
        "source": "Enquête auprès des acteurs, 2026",
        "date_maj": _updated(hasard),
    }


def _two(hasard: random.Random, acteurs: int) -> tuple[str, str]:
    first, second = hasard.sample(range(1, acteurs + 1), 2)
    return f"a{first}", f"a{second}"


def _link(hasard: random.Random, acteurs: int) -> Row:
    de, vers = _two(hasard, acteurs)
    kind = hasard.choices(("adhesion", "partenariat", "financement", "representation"), (5, 3, 2, 1))[0]
    return {
        "de": de,
        "type": kind,
        "vers": vers,
        "role": _codes(hasard, "role-partenaire", 1, 1) if kind == "partenariat" else "",
        "nature": _codes(hasard, "nature-financement", 1, 1) if kind == "financement" else "",
        "debut": str(hasard.randrange(2015, 2026)),
        "montant": str(hasard.randrange(500, 50_000)) if kind == "financement" else "",
        "source": "Liste des adhérents 2025",
    }


def _action(hasard: random.Random, numero: int, acteurs: int) -> Row:
    pilote, intervenant = _two(hasard, acteurs)
    beneficiaire, financeur = _two(hasard, acteurs)
    debut = hasard.randrange(2018, 2026)
    return {
        "id": f"p{numero}",
        "type": hasard.choice(("IngenierieIndividuelle", "IngenierieCollective", "")),
        "titre": f"Appui collectif inventé n° {numero}",
        "pilotes": pilote,
        "intervenants": intervenant,
        "beneficiaires": beneficiaire,
        "financeurs": financeur,
        "territoires": _place(hasard, _seat(int(pilote[1:]))),
        "besoins": _codes(hasard, "besoin", 3, 1),
        "secteurs": _codes(hasard, "secteur", 1),
        "debut": str(debut),
        "fin": str(debut + hasard.randrange(2)),
        "jours": str(hasard.randrange(2, 30)),
        "cout_ttc": str(hasard.randrange(1000, 30_000)),
        "nombre_structures": str(hasard.randrange(1, 15)),
        "type_reponse": _codes(hasard, "type-reponse", 1),
        "statut": "termine" if debut < 2025 else "en-cours",
        "source": "Bilan annuel du dispositif",
    }


COLONNES = {feuille: [colonne.nom for colonne in colonnes] for feuille, colonnes in FEUILLES.items()}
"""Columns of each sheet, in the product's order."""
