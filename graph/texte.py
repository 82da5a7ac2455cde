"""French text as people type it: without accents, capitals or care for hyphens."""

import re
import unicodedata
from typing import Final

_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "’": " ", "ß": "ss"})
_NOT_WORD: Final = re.compile(r"[\W_]+")


def fold(texte: str) -> str:
    """Return lower-case words without accents, joined by single spaces.

    >>> fold("Hérouville-Saint-Clair, L’Œuvre")
    'herouville saint clair l oeuvre'
    """
    bare = unicodedata.normalize("NFKD", texte.translate(_LIGATURES).casefold())
    letters = "".join(signe for signe in bare if not unicodedata.combining(signe))
    return _NOT_WORD.sub(" ", letters).strip()
