"""Texts that people filled in by hand: what names a person is taken out before anything is written."""

import re
from functools import cache
from importlib.resources import files
from typing import Final

from graph.texte import fold

COUPE: Final = "[…]"
"""Stands where something was taken out."""
DESCRIPTION_MAX: Final = 2000

_COURRIEL: Final = re.compile(r"\S*@\S*")
_TELEPHONE: Final = re.compile(
    r"(?<!\d)(?:(?:\+|00)\s?\d{2,3}[\s.\-/()]*(?:\(0\))?|0)\s?[1-9](?:[\s.\-/]*\d{2}){4}(?!\d)"
)
_CIVILITE: Final = (
    r"\b(?:M\.|MM\.|Mr\.?|Mme\.?|Mmes|Mlle\.?|M(?=\s[A-ZÀ-Ý])|MME\.?|MLLE\.?|[Mm]onsieur|[Mm]adame"
    r"|[Mm]ademoiselle|MONSIEUR|MADAME|MADEMOISELLE|Dr\.?|Me)"
)
_PERSONNE: Final = re.compile(rf"{_CIVILITE}(?:\s+(?:[A-ZÀ-Ý][\w’'.-]*|d[eu]\b|von\b))+")
_NOM_DE_PERSONNE: Final = re.compile(rf"(?:{_CIVILITE})\s+\w{{2,}}")
_BLANCS: Final = re.compile(r"\s+")
_BALISE: Final = re.compile(r"<[^<>]{1,200}>")

_MOT: Final = re.compile(r"[^\W\d_][^\W\d_’'-]+(?:[-’'][^\W\d_]+)*\Z")
_ORGANISATIONS: Final = (
    "association asso amicale cercle college comite club compagnie ecole editions espace festival fondation "
    "foyer groupe institut lycee maison residence saint sainte theatre union ville"
)
_PAS_DES_NOMS: Final = frozenset(_ORGANISATIONS.split())


def clean(texte: str, longueur: int = DESCRIPTION_MAX) -> str:
    """Return a text in one line without tags, e-mails, telephone numbers or titled persons' names."""
    short = texte[: longueur * 2]
    if "<" in short:
        short = _BALISE.sub(" ", short)
    if "@" in short:
        short = _COURRIEL.sub(COUPE, short)
    for forme in (_TELEPHONE, _PERSONNE):
        short = forme.sub(COUPE, short)
    short = _BLANCS.sub(" ", short).strip()
    return short if len(short) <= longueur else f"{short[: longueur - 1].rstrip()}…"


def is_person(nom: str) -> bool:
    """Tell whether a name is given as a person's: it begins with a title, or is a first name and one word."""
    if _NOM_DE_PERSONNE.match(nom.strip()):
        return True
    words = _BLANCS.split(nom.strip())
    return len(words) == 2 and any(
        fold(first).split(" ")[0] in _first_names() and _MOT.match(other) and fold(other) not in _PAS_DES_NOMS
        for first, other in (words, reversed(words))
    )


@cache
def _first_names() -> frozenset[str]:
    """Return frequent first names: one of them and a single other word is how files write a person."""
    return frozenset((files("graph") / "sources" / "lecteurs" / "prenoms.txt").read_text("utf-8").split())
