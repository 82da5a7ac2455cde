"""What people typed is cleaned of persons, mails and telephones, whatever they typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.sources.lecteurs.textes import COUPE, clean, is_person

TELEPHONE = re.compile(r"(^|[^0-9])(0|([+]|00)33 ?([(]0[)] ?)?)[1-9]([ .-]?[0-9]{2}){4}($|[^0-9])")
"""What the shapes refuse."""


@pytest.mark.parametrize(
    ("texte", "propre"),
    [
        ("Appeler le 02 31 00 00 00.", f"Appeler le {COUPE}."),
        ("+33 (0)6 11 22 33 44", COUPE),
        ("+33611223344", COUPE),
        ("0033 6 11 22 33 44", COUPE),
        ("06.11.22.33.44 ou a.b@example.org", f"{COUPE} ou {COUPE}"),
        ("M. Jean-Luc D’Essai et Mme PLANTÉ", f"{COUPE} et {COUPE}"),
        ("M. le maire", "M. le maire"),
        ("<p>Un   mot</p>\n deux", "Un mot deux"),
        ("MJC de Caen, 14 000 €", "MJC de Caen, 14 000 €"),
        ("M.J.C. de Caen", "M.J.C. de Caen"),
        ("du 01/02/2025 au 03/04/2025", "du 01/02/2025 au 03/04/2025"),
    ],
)
def test_texts(texte: str, propre: str) -> None:
    assert clean(texte) == propre


@given(st.text(alphabet=st.sampled_from("0123456789+()-. @aM/\n"), max_size=60), st.integers(5, 40))
def test_nothing_is_left_that_the_shapes_refuse(texte: str, longueur: int) -> None:
    propre = clean(texte, longueur)
    assert "@" not in propre
    assert not TELEPHONE.search(propre)
    assert len(propre) <= longueur


@pytest.mark.parametrize(
    "nom",
    [
        "Mme Jeanne Planté",
        "M. PLANTE",
        "Monsieur Planté",
        "PLANTÉ Jeanne",
        "Jean-Luc PLANTÉ",
        "jeanne plante",
    ],
)
def test_persons(nom: str) -> None:
    assert is_person(nom)


@pytest.mark.parametrize(
    "nom",
    [
        "MJC de Caen",
        "M J C Caen",
        "Jeanne d’Arc de Caen",
        "École Jeanne",
        "Saint Martin",
        "Cercle inventé",
        "SARL PLANTÉ Jeanne",
        "Secours catholique",
        "Mairie",
    ],
)
def test_organisations(nom: str) -> None:
    assert not is_person(nom)
