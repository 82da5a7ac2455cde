"""The query editor: YASGUI around the same query as ``/sparql``, a plain form where there is no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.messages import write_number
from graph.sparql.questions import Question
from visualisations.rendu import messages, render_view
from visualisations.sparql import EXEMPLE, GroupeQuestions, SaisieSparql, group_questions

PARTIES: Final = ("mots", "outil", "table")
"""Tables of messages that the script reads: its own words; those of YASGUI, by what it says in English;
those of the table of results, by the names of its library."""


@dataclass(frozen=True, slots=True)
class EditeurVue:
    """Context of ``pages/editeur.html``."""

    edition: str
    requete: str
    lancee: bool
    """Run as soon as the page is open."""
    groupes: tuple[GroupeQuestions, ...]
    base_iri: str
    delai: str
    lignes_max: str
    mots: dict[str, dict[str, str]]


def page_editeur(saisie: SaisieSparql, questions: Sequence[Question]) -> str:
    """The page, with a query or with the example."""
    requete = saisie.requete or EXEMPLE
    vue = EditeurVue(
        edition=saisie.edition,
        requete=requete,
        lancee=saisie.requete is not None,
        groupes=group_questions(questions, requete, lambda question: question.slug),
        base_iri=saisie.base_iri,
        delai=write_number(f"{saisie.delai:g}"),
        lignes_max=write_number(str(saisie.lignes_max)),
        mots=_words(),
    )
    return render_view("pages/editeur.html", vue)


def _words() -> dict[str, dict[str, str]]:
    """Everything that the script shows, in the language of the page."""
    dites = sorted(messages.keys())
    prefixes = {partie: f"editeur.{partie}." for partie in PARTIES}
    return {
        partie: {cle.removeprefix(debut): messages(cle) for cle in dites if cle.startswith(debut)}
        for partie, debut in prefixes.items()
    }
