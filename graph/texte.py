"""French text as people type it: without accents, capitals or care for hyphens."""

import re
import unicodedata
from typing import Final

_ENDINGS: Final = "sxe"
_RADICAL: Final = 8
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "’": " ", "ß": "ss"})
_NOT_WORD: Final = re.compile(r"[\W_]+")


def fold(texte: str) -> str:
    """Return lower-case words without accents, joined by single spaces.

    >>> fold("Hérouville-Saint-Clair, L’Œuvre")
    'herouville saint clair l oeuvre'
    """
    letters = texte.translate(_LIGATURES).casefold()
    if not letters.isascii():
        bare = unicodedata.normalize("NFKD", letters)
        letters = "".join(signe for signe in bare if not unicodedata.combining(signe))
    return _NOT_WORD.sub(" ", letters).strip()


def radicals(texte: str) -> frozenset[str]:
    """Return the telling words of a text, cut of what French adds at their end, roughly.

    Only good for choosing between sentences: « fiches de poste » and « fiche de poste » share theirs.
    """
    return frozenset(word.rstrip(_ENDINGS)[:_RADICAL] for word in fold(texte).split() if len(word) > 3)
