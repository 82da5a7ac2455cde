"""RNA numbers, and the contact details that no text may keep."""

import re
from typing import Final

RNA: Final = re.compile(r"W[0-9][0-9A-Z][0-9]{7}\Z", re.ASCII)
"""W, three characters of the office (a letter in Corsica and overseas), six digits; no check digit."""

_BLANKS: Final = re.compile(r"[\s.\-]+")
_COURRIEL: Final = re.compile(r"[^\s@<>()\[\],;]*@[^\s@]*")
_TELEPHONE: Final = re.compile(
    r"(?<![0-9])(?:0|(?:[+]|00)33 ?(?:[(]0[)] ?)?)[1-9](?:[ .\-/]?[0-9]{2}){4}(?![0-9])"
)
_CHIFFRES: Final = re.compile(r"[0-9]{2}")
_RETIRE: Final = "[…]"


def normalise_rna(texte: str) -> str:
    """Return an RNA number, empty when the text is not one.

    >>> normalise_rna("w 142 000 001")
    'W142000001'
    """
    if RNA.match(texte):
        return texte
    rna = _BLANKS.sub("", texte).upper()
    return rna if RNA.match(rna) else ""


def without_contacts(texte: str) -> str:
    """Return a text without the e-mails and telephone numbers that somebody wrote in it.

    >>> without_contacts("écrire à jeanne@example.org ou 06 12 34 56 78")
    'écrire à […] ou […]'
    """
    if "@" not in texte and not _CHIFFRES.search(texte):
        return texte
    if "@" in texte:
        texte = _COURRIEL.sub(_RETIRE, texte)
    return _TELEPHONE.sub(_RETIRE, texte)
