"""The ready-made questions: their list, and each with its form, its answer as a table, its downloads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final
from urllib.parse import quote, urlencode

from graph.catalogue import Catalogue
from graph.errors import DemandeInvalideError
from graph.parametres import Genre, Parametre, read_valeur
from graph.sparql.formats import formats_of
from graph.sparql.questions import Question
from graph.sparql.tableau import Terme
from visualisations.rendu import messages, render, render_view
from visualisations.sparql import (
    GroupeQuestions,
    ReponseSparql,
    SaisieSparql,
    address_of,
    group_questions,
    show_term,
    summarise,
    typeset,
)

OPTIONS_MAX: Final = 300
"""Things proposed by name; beyond, one types."""


@dataclass(frozen=True, slots=True)
class SaisieQuestion:
    """A question and what was typed in its form."""

    question: Question
    parametres: tuple[Parametre, ...]
    saisies: Mapping[str, Sequence[str]]
    requete: str
    """The query that is run, empty when what was typed cannot be read."""
    sparql: SaisieSparql


@dataclass(frozen=True, slots=True)
class CaseVue:
    """One value of a parameter: what is typed, and the name of what it means."""

    texte: str
    nom: str


@dataclass(frozen=True, slots=True)
class ChampVue:
    """A parameter in the form; ``options`` is empty when one types."""

    nom: str
    libelle: str
    genre: str
    cases: tuple[CaseVue, ...]
    options: tuple[tuple[str, str], ...]
    aide: str = ""
    erreur: str = ""

    @property
    def liste(self) -> bool:
        """True when one picks rather than types."""
        return self.genre in (Genre.TERME, Genre.ACCOMPAGNEMENT) and bool(self.options)


def address_question(slug: str, saisies: Mapping[str, Sequence[str]] | None = None, format_: str = "") -> str:
    """Address of a question, with its values and in a format if wanted."""
    champs = [(nom, texte) for nom, textes in (saisies or {}).items() for texte in textes]
    champs += [("format", format_)] if format_ else []
    return f"/questions/{slug}" + (f"?{urlencode(champs, quote_via=quote)}" if champs else "")


def page_questions(edition: str, questions: Sequence[Question]) -> str:
    """The list, by what is asked for."""
    groupes: tuple[GroupeQuestions, ...] = group_questions(questions, "", lambda q: address_question(q.slug))
    return render("pages/questions.html", edition=edition, groupes=groupes, nombre=len(questions))


@dataclass(frozen=True, slots=True)
class QuestionVue:
    """Context of ``pages/question.html``."""

    edition: str
    titre: str
    dite: str
    """The question as it is written, when the title says it for something else."""
    adresse: str
    champs: tuple[ChampVue, ...]
    ailleurs: str
    """What the answer is for, when it is not what the question is written with."""
    erreur: str
    reponse: ReponseSparql | None
    colonnes: tuple[str, ...]
    lignes: tuple[tuple[object, ...], ...]
    resume: str
    telechargements: tuple[tuple[str, str], ...]
    requete: str
    adresse_sparql: str


def page_question(
    saisie: SaisieQuestion,
    catalogue: Catalogue,
    reponse: ReponseSparql | None = None,
    erreur: str = "",
    champ: str = "",
) -> str:
    """The page of a question, with its answer, or what is wrong and with which parameter."""
    slug = saisie.question.slug
    champs = tuple(_field(p, saisie, catalogue, erreur if p.nom == champ else "") for p in saisie.parametres)
    ailleurs = "" if champ else _elsewhere(saisie, champs)
    tableau = reponse.tableau if reponse else None
    formats = formats_of(reponse.forme) if reponse else ()
    vue = QuestionVue(
        edition=saisie.sparql.edition,
        titre=_title(saisie.question, ailleurs),
        dite=typeset(saisie.question.dite) if ailleurs else "",
        adresse=address_question(slug),
        champs=champs,
        ailleurs=ailleurs,
        erreur="" if any(field.erreur for field in champs) else erreur,
        reponse=reponse,
        colonnes=tuple(tableau.colonnes) if tableau else (),
        lignes=tuple(_row(ligne, saisie.sparql) for ligne in tableau.lignes) if tableau else (),
        resume=summarise(reponse) if reponse else "",
        telechargements=tuple((f.value, address_question(slug, saisie.saisies, f.value)) for f in formats),
        requete=saisie.requete,
        adresse_sparql=f"{address_of(saisie.requete)}#reponse" if saisie.requete else "",
    )
    return render_view("pages/question.html", vue)


def _title(question: Question, ailleurs: str) -> str:
    """The question, said for what was picked when it is not what it is written with."""
    if ailleurs and question.generale:
        return typeset(messages("question_page.titre_ailleurs", noms=ailleurs, question=question.generale))
    return typeset(question.dite)


def _row(ligne: Sequence[Terme | None], sparql: SaisieSparql) -> tuple[object, ...]:
    return tuple(show_term(terme, sparql) for terme in ligne)


def _field(parametre: Parametre, saisie: SaisieQuestion, catalogue: Catalogue, erreur: str) -> ChampVue:
    typed = saisie.saisies.get(parametre.nom) or parametre.exemple
    base = saisie.sparql.base_iri
    cases = (
        CaseVue(texte, _name(parametre, texte, catalogue, base))
        for texte, _ in zip_longest(typed, parametre.exemple, fillvalue="")
    )
    cle = f"{parametre.genre}_aide"
    return ChampVue(
        nom=parametre.nom,
        libelle=_label(parametre),
        genre=parametre.genre,
        cases=tuple(cases),
        options=_options(parametre, catalogue),
        aide=messages(f"question_page.{cle}") if f"question_page.{cle}" in messages else "",
        erreur=erreur,
    )


def _label(parametre: Parametre) -> str:
    own = f"question_page.terme-{parametre.schema}"
    cle = own if own in messages else f"question_page.{parametre.genre}"
    return messages(cle, schema=parametre.schema.replace("-", " "))


def _options(parametre: Parametre, catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    match parametre.genre:
        case Genre.TERME:
            concepts = catalogue.concepts_de(parametre.schema)
            return tuple((c.code, "\u2003" * len(catalogue.elargir(c.iri)) + c.libelle) for c in concepts)
        case Genre.ACCOMPAGNEMENT:
            actions = catalogue.accompagnements.values()
            named = sorted((catalogue.libelle(action.iri), action.slug) for action in actions)
        case Genre.ACTEUR:
            named = sorted((acteur.nom, acteur.slug) for acteur in catalogue.acteurs.values())
        case _:
            named = []
    return tuple((slug, nom) for nom, slug in named) if len(named) <= OPTIONS_MAX else ()


def _name(parametre: Parametre, texte: str, catalogue: Catalogue, base: str) -> str:
    """Name of the thing that a value means; empty for a plain value or one that means nothing."""
    try:
        terme = read_valeur(parametre, texte, catalogue, base)
    except DemandeInvalideError:
        return ""
    return catalogue.libelle(terme.value) if parametre.genre not in _SIMPLES else ""


_SIMPLES: Final = (Genre.TEXTE, Genre.DATE, Genre.NOMBRE)


def _elsewhere(saisie: SaisieQuestion, champs: Sequence[ChampVue]) -> str:
    """Names of what the answer is for when the question, as it is written, names something else."""
    moved = any(
        tuple(saisie.saisies.get(parametre.nom) or parametre.exemple) != parametre.exemple
        for parametre in saisie.parametres
    )
    noms = [case.nom or case.texte for champ in champs for case in champ.cases if case.texte]
    return ", ".join(noms) if moved else ""
