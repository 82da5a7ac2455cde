"""Offers, actions and requests written for the tests of orientation, one by one or at random."""

import random
from collections.abc import Callable
from datetime import date
from typing import Any

from graph.catalogue import Catalogue
from graph.orientation import Saisie, orient, understand
from graph.orientation.modele import Reponse
from ontology.namespaces import ID, VOC

JOUR = date(2026, 11, 20)

ACTEURS = """
acteur:asso a mai:Association ; skos:prefLabel "Point d’appui"@fr ; mai:siege territoire:commune-14027 .
acteur:reseau a mai:Reseau ; skos:prefLabel "Réseau"@fr .
acteur:conseil a mai:Prestataire ; skos:prefLabel "Cabinet"@fr .
territoire:commune-14027 a igeo:Commune ; igeo:nom "Les Monts d'Aunay"@fr ; igeo:codeINSEE "14027" ;
  igeo:subdivisionDirecteDe territoire:departement-14 .
"""

DLA = """
acteur:dla a mai:Acteur ; skos:prefLabel "DLA"@fr .
lien:dla a mai:Mandat ; mai:de acteur:dla ; mai:vers dispositif:dla ;
  mai:territoire territoire:departement-14 ; dcterms:source lieu:page-1 .
"""


def offre(slug: str, acteur: str, couvre: str, **faits: str) -> str:
    lines = [f"offre:{slug} a mai:Offre ; mai:proposePar acteur:{acteur}", f"mai:couvre territoire:{couvre}"]
    lines += [f"mai:{propriete} {valeurs}" for propriete, valeurs in faits.items()]
    return " ; ".join([*lines, "dcterms:source lieu:page-1"]) + " .\n"


def action(slug: str, **faits: str) -> str:
    """Write a finished action: ``action("c", pilote="acteur:asso", besoin="besoin:comptabilite")``."""
    genre = faits.pop("genre", "mai:IngenierieIndividuelle")
    lines = [f"<{ID}accompagnement/{slug}> a mai:Accompagnement, {genre}"]
    lines += [f'dcterms:title "Cas {slug}"@fr', "dcterms:source lieu:page-1"]
    faits = {"statut": f"<{VOC}statut/termine>"} | faits
    return (
        " ; ".join([*lines, *(f"mai:{propriete} {valeurs}" for propriete, valeurs in faits.items())]) + " .\n"
    )


def make_ask(make_catalogue: Callable[..., Catalogue]) -> Callable[..., Reponse]:
    """Ask a graph written in the test: ``ask(turtle, besoins=(…), secteur=…)``."""

    def answer(turtle: str, **demande: Any) -> Reponse:
        catalogue = make_catalogue(ACTEURS + turtle)
        saisie = Saisie(**({"commune": "14027", "jour": JOUR} | demande))
        understood, remarques = understand(catalogue, saisie)
        return orient(catalogue, understood, remarques)

    return answer


def slugs(reponse: Reponse) -> list[str]:
    return [r.offre.rsplit("/", 1)[-1] for r in reponse.recommandations]


# A seeded graph of random offers, on which the properties and the published query are tried.

BESOINS = (
    "convention-collective",
    "ressources-humaines",
    "comptabilite",
    "gestion-financiere",
    "fiche-de-poste",
)
SECTEURS = ("petite-enfance", "insertion", "environnement")
STADES = ("benevole", "projet", "primo-employeur", "employeur")
LIEUX = ("commune-14027", "departement-14", "departement-61", "region-28", "region-25-1982", "national")
FONCTIONS = (
    "information",
    "diagnostic",
    "appui-vie-associative",
    "pilotage",
    "financement",
    "suivi",
    "formation",
)


AUTRES = tuple(f"autre{rang}" for rang in range(10))


def random_offers(hasard: random.Random, nombre: int) -> str:
    def some(prefixe: str, codes: tuple[str, ...], most: int) -> dict[str, str]:
        chosen = hasard.sample(codes, hasard.randint(0, most))
        return {prefixe: ", ".join(f"{prefixe}:{code}" for code in chosen)} if chosen else {}

    turtle = "".join(f'acteur:{nom} a mai:Reseau ; skos:prefLabel "{nom}"@fr .\n' for nom in AUTRES)
    for nom in AUTRES[:4]:
        turtle += f"acteur:{nom} mai:secteur secteur:{hasard.choice(SECTEURS)} .\n"
    for rang in range(nombre):
        lieux = ", territoire:".join(hasard.sample(LIEUX, hasard.randint(1, 3)))
        faits = some("besoin", BESOINS, 3) | some("secteur", SECTEURS, 2) | some("stade", STADES, 2)
        faits |= some("fonction", FONCTIONS, 2)
        if hasard.random() < 0.2:
            faits["taille"] = f"taille:{hasard.choice(('tpae', 'pmae'))}"
        if hasard.random() < 0.2:
            faits["fin"] = f'"{hasard.choice((2020, 2026, 2030))}"^^xsd:gYear'
        faits |= some("public", ("associations", "adherents", "accompagnateurs", "personnes"), 2)
        if hasard.random() < 0.1:
            faits["mobilisePar"] = "acteur:reseau"
        turtle += offre(
            f"o{rang}", hasard.choice(("asso", "reseau", "conseil", "dla", *AUTRES)), lieux, **faits
        )
    return turtle


def random_actions(hasard: random.Random, nombre: int) -> str:
    def some(prefixe: str, codes: tuple[str, ...], most: int) -> str:
        return ", ".join(f"{prefixe}:{code}" for code in hasard.sample(codes, hasard.randint(0, most)))

    turtle = ""
    for rang in range(nombre):
        faits = {
            "besoin": some("besoin", BESOINS, 2),
            "secteur": some("secteur", SECTEURS, 2),
            "territoire": some("territoire", LIEUX, 2),
            "pilote": some("acteur", ("asso", "reseau", "dla", *AUTRES), 2),
            "intervenant": some("acteur", ("asso", "reseau", "dla", *AUTRES), 2),
            "genre": hasard.choices(("mai:IngenierieCollective", "mai:Experimentation"), (4, 1))[0],
            "statut": f"<{VOC}statut/{hasard.choices(('prevu', 'termine', 'en-cours'), (1, 4, 1))[0]}>",
        }
        if hasard.random() < 0.5:
            faits["debut"] = f'"{hasard.choice((2019, 2025, 2033))}"^^xsd:gYear'
        turtle += action(f"c{rang}", **{cle: valeur for cle, valeur in faits.items() if valeur})
    return turtle
