"""A query cut into tokens, as the engine would: enough to know what it is, never to evaluate it.

Strings, comments and IRIs are one token each, so that what they hold is never taken for syntax.
Where the engine and a simpler reader could disagree, this one says so rather than choose: an IRI that
would swallow a closing parenthesis is of a kind of its own. Every character is read a bounded number
of times, whatever the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple

from graph.sparql.formats import Forme


class Genre(Enum):
    """Kinds of tokens."""

    TEXTE = "texte"
    IRI = "iri"
    VARIABLE = "variable"
    NOM = "nom"
    MOT = "mot"
    SIGNE = "signe"
    GUILLEMET = "guillemet"
    """A quotation mark that is never closed."""
    DOUTE = "doute"
    """An IRI, or a comparison and what follows: only the engine knows."""


class Jeton(NamedTuple):
    """A token and where it begins."""

    genre: Genre
    valeur: str
    debut: int


_PN: Final = (
    r"\w\-\u00B7\u0300-\u036F\u200C\u200D\u203F\u2040\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_MOT: Final = rf"[{_PN}](?:[{_PN}.]*[{_PN}])?"
_JETON: Final = re.compile(
    rf"""
    (?P<vide>[\ \t\r\n]+|\#[^\r\n]*)
  | (?P<texte>\"{{3}}(?:[^"\\]|\\.|"(?!""))*\"{{3}}|'{{3}}(?:[^'\\]|\\.|'(?!''))*'{{3}}
      |"(?!"")(?:[^"\\\r\n]|\\[^\r\n])*"|'(?!'')(?:[^'\\\r\n]|\\[^\r\n])*')
  | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*>)
  | (?P<variable>[?$][{_PN}]+)
  | (?P<langue>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--(?:ltr|rtl))?)
  | (?P<nombre>[0-9]+)
  | (?P<nom>(?:{_MOT})?:(?:[{_PN}.:%]|\\[_~.\-!$&'()*+,;=/?#@%])*)
  | (?P<mot>{_MOT})
  | (?P<guillemet>["'])
  | (?P<signe>\|\||&&|!=|<=|>=|<<(?![^<>"{{}}|^`\\\x00-\x20]*>)|>>|\^\^|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_GENRES: Final = {genre.value: genre for genre in Genre}
_MUETS: Final = frozenset({"vide", "langue", "nombre"})

_FORMES: Final = {forme.value: forme for forme in Forme}
_MISES_A_JOUR: Final = frozenset(
    ("insert", "delete", "load", "clear", "create", "drop", "copy", "move", "add", "with")
)


def read_jetons(texte: str) -> Iterator[Jeton]:
    """Yield the tokens of a text, whatever it holds; spaces, comments, numbers and languages are left out."""
    position, parentheses = 0, 0
    while position < len(texte):
        trouve = _JETON.match(texte, position)
        if trouve is None:  # cannot happen: the last alternative takes any character
            return
        nom, valeur = str(trouve.lastgroup), trouve.group()
        if nom == "iri" and parentheses and _closes_more(valeur):
            nom = "doute"
        if nom not in _MUETS:
            yield Jeton(_GENRES[nom], valeur, position)
        if nom == "signe":
            parentheses = max(0, parentheses + (valeur == "(") - (valeur == ")"))
        position += len(valeur)


def _closes_more(iri: str) -> bool:
    """Tell whether an IRI closes a parenthesis it did not open: ``?a<?b)…>`` is a comparison."""
    depth = 0
    for signe in iri:
        depth += (signe == "(") - (signe == ")")
        if depth < 0:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Prologue:
    """What comes before the query proper, and what the query is."""

    prefixes: frozenset[str]
    """Prefixes declared, without their colon."""
    premier: Jeton | None
    """The first token after the declarations."""
    forme: Forme | None
    """None when the text is not a query."""
    mise_a_jour: bool


def read_prologue(jetons: list[Jeton]) -> Prologue:
    """Read the declarations and the word that says what the query is."""
    prefixes = set()
    place = 0
    while place < len(jetons):
        mot = jetons[place].valeur.lower()
        if mot == "prefix" and place + 1 < len(jetons) and jetons[place + 1].genre is Genre.NOM:
            prefixes.add(jetons[place + 1].valeur.partition(":")[0])
            place += 3
        elif mot in ("base", "version"):
            place += 2
        else:
            break
    if place >= len(jetons):
        return Prologue(frozenset(prefixes), None, None, mise_a_jour=False)
    premier = jetons[place]
    mot = premier.valeur.lower() if premier.genre is Genre.MOT else ""
    forme = next((_FORMES[nom] for nom in _FORMES if mot.startswith(nom)), None)
    return Prologue(frozenset(prefixes), premier, forme, mot in _MISES_A_JOUR)
