"""Texts that people filled in by hand: what names a person is taken out before anything is written."""

import re
from typing import Final

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


def clean(texte: str, longueur: int = DESCRIPTION_MAX) -> str:
    """Return a text in one line without tags, e-mails, telephone numbers or titled persons' names."""
    short = _BALISE.sub(" ", texte[: longueur * 2])
    for forme in (_COURRIEL, _TELEPHONE, _PERSONNE):
        short = forme.sub(COUPE, short)
    short = _BLANCS.sub(" ", short.replace("@", " ")).strip()
    return short if len(short) <= longueur else f"{short[: longueur - 1].rstrip()}…"


def is_person(nom: str) -> bool:
    """Tell whether a name is given as a person's: it begins with a title."""
    return _NOM_DE_PERSONNE.match(nom.strip()) is not None
