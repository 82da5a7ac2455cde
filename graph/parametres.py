"""What a published question lets one change: its ``VALUES`` lines, each of the kind of its sample.

A value is read against the edition before it is bound: a code becomes the term of something that exists,
or a sentence that names the parameter at fault.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import pyoxigraph as ox

from graph.annuaire import Criteres, search_actors
from graph.catalogue import Catalogue
from graph.catalogue.lieux import same_name, say_choices
from graph.catalogue.modele import Concept
from graph.errors import DemandeInvalideError, IntrouvableError
from graph.messages import messages
from graph.orientation import read_place
from graph.queries import Requete, Terme
from graph.texte import fold
from ontology.namespaces import ID, PREFIXES, VOC

VALEURS_MAX: Final = 10
TEXTE_MAX: Final = 200
"""Characters of a free text."""

_LIGNE: Final = re.compile(r"^[ \t]*VALUES \?(\w+) \{ ([^{}\n]+) \}$", re.MULTILINE)
_PREFIXE: Final = re.compile(r"^PREFIX .*$", re.MULTILINE)
_ENTIER: Final = re.compile(r"-?\d{1,15}", re.ASCII)
_XSD: Final = PREFIXES["xsd"]


class Genre(StrEnum):
    """What a value of a parameter is."""

    TERRITOIRE = "territoire"
    ACTEUR = "acteur"
    ACCOMPAGNEMENT = "accompagnement"
    TERME = "terme"
    TEXTE = "texte"
    DATE = "date"
    NOMBRE = "nombre"


_SEGMENTS: Final = {
    f"{ID}{genre}/": genre for genre in (Genre.TERRITOIRE, Genre.ACTEUR, Genre.ACCOMPAGNEMENT)
}
_TYPES: Final = {
    f"{_XSD}string": Genre.TEXTE,
    f"{_XSD}date": Genre.DATE,
    f"{_XSD}integer": Genre.NOMBRE,
}


@dataclass(frozen=True, slots=True)
class Parametre:
    """A value that a question lets one choose."""

    nom: str
    genre: Genre
    exemple: tuple[str, ...]
    """The values the question is written with, as one types them."""
    schema: str = ""
    """Vocabulary of a term, empty for the other kinds."""


def read_parametres(requete: Requete) -> tuple[Parametre, ...]:
    """Return what a question lets one change, in its own order.

    A ``VALUES`` of several lines or columns, or of classes, is a part of the question, not a parameter.
    """
    prologue = "\n".join(_PREFIXE.findall(requete.texte))
    found = (_parametre(nom, _read_sample(prologue, lus)) for nom, lus in _LIGNE.findall(requete.texte))
    return tuple(parametre for parametre in found if parametre is not None)


def bind_parametres(
    requete: Requete, saisies: Mapping[str, Sequence[str]], catalogue: Catalogue, base: str
) -> str:
    """Return the text of a question with what was typed; a parameter left out keeps its sample.

    A blank beside a value is left out. What the question says elsewhere stays as it is: a value is a term,
    never text of the query.

    Args:
        requete: the question.
        saisies: texts typed, by name of parameter.
        catalogue: what may be named.
        base: beginning of the IRIs of this instance's things.

    Raises:
        DemandeInvalideError: a name that the question does not have; a value that is blank, or nothing here.
    """
    parametres = {parametre.nom: parametre for parametre in read_parametres(requete)}
    for nom in saisies:
        if nom not in parametres:
            noms = ", ".join(parametres)
            cle = "inconnu" if noms else "sans-parametre"
            raise DemandeInvalideError(nom[:60], messages(f"question.{cle}", champ=nom[:60], noms=noms))
    bound = {
        nom: [read_valeur(parametre, texte, catalogue, base) for texte in _given(nom, saisies[nom])]
        for nom, parametre in parametres.items()
        if saisies.get(nom)
    }
    return requete.bind(**bound)


def read_valeur(parametre: Parametre, texte: str, catalogue: Catalogue, base: str) -> Terme:
    """Return the term that a typed text means for a parameter.

    Raises:
        DemandeInvalideError: it means nothing in this edition.
    """
    texte = texte.strip()
    terme: Terme | None
    match parametre.genre:
        case Genre.TEXTE:
            terme = ox.Literal(texte) if len(texte) <= TEXTE_MAX else None
        case Genre.DATE:
            terme = _date(texte)
        case Genre.NOMBRE:
            terme = ox.Literal(int(texte)) if _ENTIER.fullmatch(texte) else None
        case Genre.TERME:
            code = _local(texte, f"{VOC}{parametre.schema}/", parametre.schema)
            concept = _concept(parametre.schema, code, catalogue)
            terme = ox.NamedNode(concept.iri) if concept else None
        case _:
            iri = _find_thing(parametre, texte, catalogue, base)
            terme = ox.NamedNode(iri) if iri else None
    if terme is None:
        exemple = parametre.exemple[0]
        raise DemandeInvalideError(
            parametre.nom,
            messages(
                f"question.{parametre.genre}",
                champ=parametre.nom,
                exemple=exemple,
                schema=parametre.schema,
                max=TEXTE_MAX,
            ),
        )
    return terme


def _concept(schema: str, texte: str, catalogue: Catalogue) -> Concept | None:
    """Find a term by its code, or by a label that it alone bears."""
    named = [concept for concept in catalogue.concepts_de(schema) if fold(concept.libelle) == fold(texte)]
    return catalogue.concept(schema, texte) or (named[0] if len(named) == 1 else None)


def _find_thing(parametre: Parametre, texte: str, catalogue: Catalogue, base: str) -> str | None:
    """Return the IRI of a territory, an actor or an action from its reference, its slug or its IRI."""
    genre = parametre.genre
    local = _local(texte, f"{base}id/{genre}/", genre)
    try:
        match genre:
            case Genre.ACTEUR:
                return _find_actor(local, catalogue)
            case Genre.ACCOMPAGNEMENT:
                return catalogue.accompagnement(local).iri
            case _:
                iri = f"{base}id/{genre}/{local}"
                return iri if iri in catalogue.territoires else _find_place(parametre.nom, local, catalogue)
    except IntrouvableError:
        return None


def _find_actor(texte: str, catalogue: Catalogue) -> str | None:
    """Find an actor by its slug, or by a name that it alone bears."""
    try:
        return catalogue.acteur(texte).iri
    except IntrouvableError:
        found = search_actors(catalogue, Criteres(q=texte)).acteurs
    wanted = fold(texte)
    named = [a.iri for a in found if wanted in {fold(nom) for nom in (a.nom, *a.sigles, *a.autres_noms)}]
    return named[0] if len(named) == 1 else None


def _find_place(champ: str, texte: str, catalogue: Catalogue) -> str | None:
    """Find a place as everywhere else: a reference, a code, a name that one place bears, of any kind.

    Raises:
        DemandeInvalideError: several may be meant.
    """
    try:
        return catalogue.lire_territoire(texte).iri
    except IntrouvableError:
        lu = read_place(catalogue, texte)
    if lu.territoire is not None:
        return lu.territoire.iri
    named = same_name(texte, lu.choix)
    if len(named) == 1:
        return named[0].iri
    if lu.choix:
        cle = "question.plusieurs-lieux" if named else "question.lieux-proches"
        noms = say_choices(catalogue, named or lu.choix)
        raise DemandeInvalideError(champ, messages(cle, champ=champ, texte=texte[:60], noms=noms))
    return None


def _given(nom: str, textes: Sequence[str]) -> Sequence[str]:
    given = [texte for texte in textes if texte.strip()]
    if not given:
        raise DemandeInvalideError(nom, messages("question.vide", champ=nom))
    if len(given) > VALEURS_MAX:
        raise DemandeInvalideError(nom, messages("question.trop", champ=nom, max=VALEURS_MAX))
    return given


def _local(texte: str, espace: str, prefixe: str) -> str:
    """Take off what comes before the code: the IRI's beginning, or its usual prefix."""
    return texte.removeprefix(espace).removeprefix(f"{prefixe}:")


def _date(texte: str) -> Terme | None:
    try:
        return ox.Literal(date.fromisoformat(texte).isoformat(), datatype=ox.NamedNode(f"{_XSD}date"))
    except ValueError:
        return None


def _read_sample(prologue: str, exemple: str) -> list[ox.NamedNode | ox.Literal]:
    """Read the terms of a sample as the engine does."""
    rows = ox.Store().query(f"{prologue}\nSELECT ?x {{ VALUES ?x {{ {exemple} }} }}")
    assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 — a SELECT
    return [terme for row in rows if isinstance(terme := row["x"], ox.NamedNode | ox.Literal)]


def _parametre(nom: str, termes: Iterable[ox.NamedNode | ox.Literal]) -> Parametre | None:
    kinds = [_kind(terme) for terme in termes]
    genre, schema, _ = kinds[0] if kinds and kinds[0] else (None, "", "")
    if genre is None or any(kind is None or kind[:2] != (genre, schema) for kind in kinds):
        return None
    return Parametre(nom, genre, tuple(kind[2] for kind in kinds if kind), schema)


def _kind(terme: ox.NamedNode | ox.Literal) -> tuple[Genre, str, str] | None:
    """Tell the kind of a sample, its vocabulary, and how one types it; None for what is no choice."""
    if isinstance(terme, ox.Literal):
        genre = _TYPES.get(terme.datatype.value)
        return (genre, "", terme.value) if genre else None
    for espace, genre in _SEGMENTS.items():
        if terme.value.startswith(espace):
            return genre, "", terme.value.removeprefix(espace)
    schema, barre, code = terme.value.removeprefix(str(VOC)).partition("/")
    return (Genre.TERME, schema, code) if terme.value.startswith(str(VOC)) and barre else None
