"""The SPARQL page: a query, the questions ready to run, and the answer as a table one can follow."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final
from urllib.parse import quote, urlencode

from graph.messages import write_number
from graph.sparql.formats import Forme, formats_of
from graph.sparql.questions import Question
from graph.sparql.tableau import Tableau, Terme
from ontology.namespaces import MAILLAGE
from visualisations.rendu import has_editeur, messages, render

ADRESSE: Final = "/sparql"
EXEMPLE: Final = """SELECT ?acteur ?nom WHERE {
  ?acteur a mai:Acteur ;
          skos:prefLabel ?nom .
}
ORDER BY ?nom
LIMIT 50"""
"""What the page proposes before anything is typed."""

LONGUE: Final = 60
"""Characters beyond which a value gets a wide column."""

_ORDRE: Final = ("qui", "quoi", "ou", "quand", "combien")
_LOCAL: Final = re.compile(r"[\w\-./]*\w", re.ASCII)


@dataclass(frozen=True, slots=True)
class SaisieSparql:
    """What was asked, and what there is to ask."""

    requete: str | None = None
    questions: Sequence[Question] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict)
    delai: float = 10.0
    lignes_max: int = 100_000
    edition: str = ""
    adresse: str = ADRESSE
    """Where programs send queries."""
    base_iri: str = MAILLAGE


@dataclass(frozen=True, slots=True)
class ReponseSparql:
    """The answer to show."""

    tableau: Tableau
    forme: Forme
    tronque: bool
    secondes: float


@dataclass(frozen=True, slots=True)
class Cellule:
    """A value as shown: a link only towards this site or http(s)."""

    texte: str
    adresse: str = ""
    titre: str = ""
    langue: str = ""
    exterieure: bool = False
    genre: str = "litteral"

    @property
    def longue(self) -> bool:
        """True when the value needs a wide column."""
        return len(self.texte) > LONGUE


VIDE: Final = Cellule("", genre="vide")


@dataclass(frozen=True, slots=True)
class GroupeQuestions:
    """Questions that ask for the same kind of thing, each with the address that runs it."""

    code: str
    questions: tuple[tuple[str, str], ...]
    ouvert: bool


def page_sparql(saisie: SaisieSparql, reponse: ReponseSparql | None = None, erreur: str = "") -> str:
    """The page, with an answer, an error or neither."""
    requete = EXEMPLE if saisie.requete is None else _typed(saisie.requete)
    tableau = reponse.tableau if reponse else None
    return render(
        "pages/sparql.html",
        edition=saisie.edition,
        adresse=saisie.adresse,
        editeur=has_editeur(),
        requete=requete,
        erreur=erreur,
        groupes=group_questions(saisie.questions, requete),
        prefixes=sorted(saisie.prefixes.items()),
        delai=write_number(f"{saisie.delai:g}"),
        lignes_max=write_number(str(saisie.lignes_max)),
        reponse=reponse,
        colonnes=tableau.colonnes if tableau else (),
        lignes=[[show_term(terme, saisie) for terme in ligne] for ligne in tableau.lignes] if tableau else [],
        resume=summarise(reponse) if reponse else "",
        telechargements=_downloads(requete, reponse.forme) if reponse else (),
    )


def _typed(requete: str) -> str:
    """The text as it was typed: browsers send other line ends than they show."""
    return requete.replace("\r\n", "\n")


def group_questions(
    questions: Sequence[Question], requete: str, address: Callable[[Question], str] | None = None
) -> tuple[GroupeQuestions, ...]:
    """Group questions by what they ask for; the group of the one that was run stays open.

    Args:
        questions: to group.
        requete: text of the one that was run.
        address: where each leads; by default its query, run on the page.
    """
    address = address or _answer_of
    ranked = sorted(questions, key=lambda question: _ORDRE.index(question.interrogatif))
    groupes = []
    for code, found in groupby(ranked, key=lambda question: question.interrogatif):
        members = tuple(found)
        ouvert = any(question.requete.strip() == requete.strip() for question in members)
        groupes.append(GroupeQuestions(code, tuple((typeset(q.dite), address(q)) for q in members), ouvert))
    return tuple(groupes)


def _answer_of(question: Question) -> str:
    return f"{address_of(question.requete)}#reponse"


def typeset(question: str) -> str:
    """The question as printed: a mark stays on the line of its last word, apostrophes are curved."""
    return re.sub(r"\s([?!:;])", "\u00a0\\1", question.replace("'", "’"))


def address_of(requete: str, format_: str = "") -> str:
    """Address that runs a query, on the page or as a download."""
    champs = {"query": requete} | ({"format": format_} if format_ else {})
    return f"{ADRESSE}?{urlencode(champs, quote_via=quote)}"


def show_term(terme: Terme | None, saisie: SaisieSparql) -> Cellule:
    """A value as the table shows it."""
    if terme is None:
        return VIDE
    if terme.genre != "iri":
        return Cellule(terme.valeur, langue=terme.langue, genre=terme.genre)
    iri = terme.valeur
    texte = shorten(iri, saisie.prefixes)
    titre = iri if texte != iri else ""
    base_acteur = f"{saisie.base_iri}id/acteur/"
    if iri.startswith(base_acteur):
        slug = quote(iri.removeprefix(base_acteur), safe="")
        return Cellule(texte, f"/acteurs/{slug}", titre, genre="iri")
    if iri.startswith((saisie.base_iri, MAILLAGE)):
        return Cellule(texte, f"{address_of(f'DESCRIBE <{iri}>')}#reponse", titre, genre="iri")
    if iri.startswith(("http://", "https://")):
        return Cellule(texte, iri, titre, exterieure=True, genre="iri")
    return Cellule(texte, titre=titre, genre="iri")


def shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    """Write an IRI with the longest prefix that fits, as it is when none does."""
    fitting = [(base, nom) for nom, base in prefixes.items() if iri.startswith(base)]
    if not fitting:
        return iri
    base, nom = max(fitting, key=lambda pair: len(pair[0]))
    local = iri.removeprefix(base)
    return f"{nom}:{local}" if _LOCAL.fullmatch(local) else iri


def summarise(reponse: ReponseSparql) -> str:
    """Say how much was found, and how fast."""
    secondes = write_number(f"{max(reponse.secondes, 0.01):.2f}")
    if reponse.tableau.booleen is not None:
        return messages("sparql_page.resume-booleen", secondes=secondes)
    genre = "triplets" if reponse.forme in (Forme.CONSTRUCT, Forme.DESCRIBE) else "lignes"
    compte = messages(f"sparql_page.{genre}", n=len(reponse.tableau.lignes))
    return messages("sparql_page.resume", compte=compte, secondes=secondes)


def _downloads(requete: str, forme: Forme) -> tuple[tuple[str, str], ...]:
    return tuple((format_.value, address_of(requete, format_.value)) for format_ in formats_of(forme))
