"""Published queries: each one runs as it is, and a bound value can never become query text."""

from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.queries import load_requete, parse_requete
from ontology.namespaces import PREFIXES

RACINE = Path(str(files("graph"))) / "queries"
NOMS = sorted(str(fichier.relative_to(RACINE).with_suffix("")) for fichier in RACINE.rglob("*.rq"))


@pytest.mark.parametrize("nom", NOMS)
def test_each_query_says_its_question_and_runs(nom: str) -> None:
    requete = load_requete(nom)
    assert requete.question.endswith("?"), "the first comment is the question, in French"
    assert ox.Store().query(requete.texte, prefixes=PREFIXES) is not None


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_bound_text_comes_back_as_it_was(texte: str) -> None:
    requete = parse_requete("essai", '# Quoi ?\nSELECT ?mot WHERE { VALUES ?mot { "exemple" } }')
    solutions = ox.Store().query(requete.bind(mot=ox.Literal(texte)))
    assert isinstance(solutions, ox.QuerySolutions)
    assert [row["mot"].value for row in solutions] == [texte]


def test_several_terms_and_an_unknown_parameter() -> None:
    requete = parse_requete("essai", "# Quoi ?\nSELECT ?x WHERE { VALUES ?x { 1 } }")
    deux = ox.Store().query(requete.bind(x=[ox.Literal("a"), ox.NamedNode("http://b")]))
    assert isinstance(deux, ox.QuerySolutions)
    assert [row["x"].value for row in deux] == ["a", "http://b"]
    with pytest.raises(KeyError, match="no parameter"):
        requete.bind(y=ox.Literal("a"))
