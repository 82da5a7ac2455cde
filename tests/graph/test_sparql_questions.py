"""The questions that come with the product, and answers read back for a page."""

from pathlib import Path

import pytest

from graph.sparql import Format, Forme, PoolSparql, Question, check_requete, load_questions
from graph.sparql.tableau import format_of_tableau, read_tableau
from tests.graph.sparql_essai import make_store

BONJOUR = "# Qui dit bonjour,\n# et à qui ?\n\nASK { ?s ?p 'bonjour' }\n"


def test_a_question_is_its_first_comment(tmp_path: Path) -> None:
    (tmp_path / "qc02-bonjour.rq").write_text(BONJOUR, encoding="utf-8")
    (tmp_path / "qc01-rien.rq").write_text("ASK {}", encoding="utf-8")
    (tmp_path / "qc02-bonjour.csv").write_text("nom\n", encoding="utf-8")
    first, second = load_questions(tmp_path)
    assert (first.slug, first.question) == ("qc01-rien", "")
    assert second == Question("qc02-bonjour", "Qui dit bonjour, et à qui ?", BONJOUR)
    assert load_questions(tmp_path / "absent") == ()


@pytest.mark.parametrize(
    ("question", "interrogatif"),
    [
        ("Qui, dans le Finistère, peut aider ?", "qui"),
        ("Combien de jours, et qui les finance ?", "combien"),
        ("Vers qui se tourner, et pour combien de jours ?", "qui"),
        ("Dans quelles anciennes régions y a-t-il un DLA ?", "ou"),
        ("Où sont les points d’appui ?", "ou"),
        ("Depuis quand ce DLA existe-t-il ?", "quand"),
        ("Quels prestataires interviennent ?", "qui"),
        ("Quels rôles chacun joue-t-il ?", "quoi"),
        ("Que fait la PMI ?", "quoi"),
        ("Les étapes d’une action", "quoi"),
    ],
)
def test_what_a_question_asks_for(question: str, interrogatif: str) -> None:
    assert Question("q", question, "").interrogatif == interrogatif


@pytest.mark.parametrize("question", load_questions(), ids=lambda question: question.slug)
def test_every_shipped_question_may_be_typed_on_the_page(question: Question) -> None:
    assert question.question.endswith("?")
    assert check_requete(question.requete).forme is not None


def test_an_answer_read_back(tmp_path: Path) -> None:
    with PoolSparql(make_store(tmp_path / "store"), taille=1) as pool:

        def read(requete: str) -> list[tuple[tuple[str, str, str] | None, ...]]:
            lue = check_requete(requete)
            tableau = read_tableau(pool.executer(lue, format_of_tableau(lue.forme)))
            return [
                tuple(t and (t.genre, t.valeur, t.langue) for t in ligne)
                for ligne in (*tableau.lignes, ())
                if ligne
            ]

        (ligne,) = read("SELECT (<a:b> AS ?i) ('x'@fr AS ?l) ?v (<<( <a:s> <a:p> 'o' )>> AS ?t) {}")
        assert ligne == (("iri", "a:b", ""), ("litteral", "x", "fr"), None, ("triplet", "a:s a:p o", ""))
        assert read("CONSTRUCT { <a:s> <a:p> 'o'@fr } {}") == [
            (("iri", "a:s", ""), ("iri", "a:p", ""), ("litteral", "o", "fr"))
        ]
        (ligne,) = read("CONSTRUCT { _:b <a:p> <<( <a:s> <a:p> 1 )>> } {}")
        assert [cell and cell[0] for cell in ligne] == ["anonyme", "iri", "triplet"]
        assert read_tableau(pool.executer("ASK {}")).booleen is True
    assert format_of_tableau(Forme.DESCRIBE) is Format.NT
