"""A region, today's or a former one, holds whatever its departements hold: network, roles, who does what."""

import random
from collections.abc import Callable
from datetime import date

import pytest

from graph.cartography.cartographe import open_cartographe
from graph.cartography.systeme import cut_systeme
from graph.catalogue import Catalogue
from graph.catalogue.modele import Territoire
from graph.coverage import cover
from graph.coverage.matrice import draw_matrix
from graph.coverage.sujets import Sujet
from ontology.namespaces import ID
from tests.graph.exemple_couverture import PLACES, acteurs, lieux, random_offer

JOUR = date(2026, 11, 20)
ACTEURS = ("a", "b", "c", "d")


def _random_world(hasard: random.Random) -> str:
    """Actors who act, lead, fund and carry mandates in places at random, former regions too."""
    turtle = lieux() + acteurs(*ACTEURS) + "".join(random_offer(hasard, f"o{rang}") for rang in range(4))

    def place() -> str:
        return f"territoire:{hasard.choice(PLACES)}"

    def some() -> str:
        return f"acteur:{hasard.choice(ACTEURS)}"

    for rang in range(8):
        lien = {"Financement": some(), "Partenariat": some(), "Mandat": "dispositif:dla"}
        genre, vers = hasard.choice(sorted(lien.items()))
        turtle += f"<{ID}lien/l{rang}> a mai:{genre} ; mai:de {some()} ; mai:vers {vers} ; "
        turtle += f"mai:territoire {place()} ; dcterms:source lieu:page-1 .\n"
    for rang in range(3):
        turtle += f"<{ID}accompagnement/x{rang}> a mai:Accompagnement, mai:Experimentation ; "
        turtle += f'dcterms:title "X {rang}"@fr ; mai:territoire {place()} ; mai:pilote {some()} ; '
        turtle += f"mai:sollicite {some()} ; mai:financePar {some()} ; dcterms:source lieu:page-1 .\n"
    return turtle


def _held(catalogue: Catalogue, lieu: Territoire) -> set[object]:
    cartographe = open_cartographe(catalogue)
    systeme = cut_systeme(catalogue, lieu)
    matrice = draw_matrix(catalogue, lieu, Sujet(), JOUR)
    found: set[object] = {("reseau", iri) for iri in cartographe.tranches.get(lieu.iri, ())}
    found |= {("relation", *arete) for arete in cartographe.slice(lieu.iri).edges(keys=True)}
    found |= {("role", role.acteur, role.maniere, role.vers) for role in systeme.roles}
    found |= {("comite", instance.iri) for instance in systeme.instances}
    found |= {("matrice", ligne.acteur) for ligne in matrice.lignes}
    found |= {("acteur", iri) for iris in cover(catalogue, lieu, JOUR).acteurs.values() for iri in iris}
    return found


@pytest.mark.parametrize("graine", range(15))
def test_a_region_holds_what_each_of_its_departements_holds(
    make_catalogue: Callable[..., Catalogue], graine: int
) -> None:
    catalogue = make_catalogue(_random_world(random.Random(graine)))
    vus = 0
    for region in (lieu for lieu in catalogue.territoires.values() if lieu.niveau == "region"):
        tenu = _held(catalogue, region)
        for lieu in catalogue.territoires.values():
            if lieu.niveau == "departement" and region.iri in lieu.ancetres:
                assert _held(catalogue, lieu) - tenu == set(), (region.nom, lieu.nom)
                vus += 1
    assert vus > 100


def test_what_a_former_region_has_is_in_todays(make_catalogue: Callable[..., Catalogue]) -> None:
    turtle = lieux() + acteurs("ancien", "local")
    turtle += "acteur:ancien mai:perimetre territoire:region-25-1982 .\n"
    turtle += "acteur:local mai:siege territoire:commune-14001 .\n"
    turtle += (
        f"<{ID}lien/l> a mai:Financement ; mai:de acteur:ancien ; mai:vers acteur:local ; "
        "mai:territoire territoire:region-25-1982 ; dcterms:source lieu:page-1 .\n"
    )
    catalogue = make_catalogue(turtle)
    normandie = catalogue.lire_territoire("region:28")
    graphe = open_cartographe(catalogue).slice(normandie.iri)
    assert {iri.rsplit("/", 1)[-1] for iri in graphe} == {"ancien", "local"}
    assert [r.maniere for r in cut_systeme(catalogue, normandie).roles] == ["finance"]
