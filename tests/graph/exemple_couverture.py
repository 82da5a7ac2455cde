"""Places that straddle borders, and offers at random, for the tests of coverage."""

import random

from tests.graph.exemple_orientation import offre

COMMUNES = {
    "14001": ("departement-14", "epci-200000001"),
    "14002": ("departement-14", "epci-200000001"),
    "14003": ("departement-14",),
    "61001": ("departement-61", "epci-200000001"),
    "61002": ("departement-61", "epci-200000002"),
    "29001": ("departement-29", "epci-200000003"),
    "56001": ("departement-56", "epci-200000003"),
}
"""Communes; the first intercommunality straddles Calvados and Orne, the third Finistère and Morbihan."""
PLACES = (
    *(f"commune-{code}" for code in COMMUNES),
    *(f"epci-20000000{rang}" for rang in (1, 2, 3)),
    "departement-14", "departement-61", "departement-29",
    "region-28", "region-25-1982", "region-53", "national",
)  # fmt: skip
FONCTIONS = ("suivi", "continuite", "mise-en-reseau", "mutualisation", "ingenierie", "ingenierie-collective")
STADES = ("benevole", "projet", "employeur")
BESOINS = ("ressources-humaines", "convention-collective", "comptabilite")


def lieux() -> str:
    """Write the places, with 100 inhabitants in each commune."""
    turtle = "".join(
        f'territoire:epci-20000000{rang} a igeo:Intercommunalite ; igeo:nom "CC {rang}"@fr ; '
        f'igeo:codeINSEE "20000000{rang}" ; igeo:subdivisionDirecteDe territoire:{dans} .\n'
        for rang, dans in ((1, "region-28"), (2, "departement-61"), (3, "region-53"))
    )
    for code, tenants in COMMUNES.items():
        dans = ", ".join(f"territoire:{tenant}" for tenant in tenants)
        turtle += (
            f'territoire:commune-{code} a igeo:Commune ; igeo:nom "Ville {code}"@fr ; '
            f'igeo:codeINSEE "{code}" ; '
            f"mai:population 100 ; igeo:subdivisionDirecteDe {dans} .\n"
        )
    return turtle


def acteurs(*noms: str) -> str:
    return "".join(f'acteur:{nom} a mai:Reseau ; skos:prefLabel "{nom}"@fr .\n' for nom in noms)


def random_offer(hasard: random.Random, slug: str) -> str:
    def some(codes: tuple[str, ...], prefixe: str, least: int = 0) -> str:
        return ", ".join(f"{prefixe}:{code}" for code in hasard.sample(codes, hasard.randint(least, 2)))

    faits = {"fonction": some(FONCTIONS, "fonction", 1), "stade": some(STADES, "stade")}
    faits |= {"besoin": some(BESOINS, "besoin")}
    if hasard.random() < 0.2:
        faits["fin"] = f'"{hasard.choice((2020, 2026, 2030))}"^^xsd:gYear'
    if hasard.random() < 0.2:
        faits["debut"] = f'"{hasard.choice(("2020-05", "2026-12"))}"^^xsd:gYearMonth'
    if hasard.random() < 0.2:
        faits["public"] = f"public:{hasard.choice(('associations', 'accompagnateurs', 'personnes'))}"
    lieu = hasard.choice(PLACES)
    if hasard.random() < 0.2:
        faits["couvreEnPartie"] = f"territoire:{lieu}"
    return offre(slug, hasard.choice("abc"), lieu, **{n: v for n, v in faits.items() if v})
