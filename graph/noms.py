"""Names of organisations compared: what two files call two things may be one.

Only to propose, never to conclude. What says nothing is left out: accents and capitals, articles, legal words
(« association », « asso »), the name of the commune when both are seated there. « Les amis du musée » keeps
« amis »: it is not the museum.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from rapidfuzz import fuzz

from graph.texte import fold

PROCHE: Final = 85.0
"""Common letters, of 100, from which two words may be one that somebody typed wrong."""
SIGLE: Final = 95.0
CONTENU: Final = 80.0
"""How alike a name of two words at least is said to be to a longer one that holds them all."""

_CREUX: Final = frozenset(
    fold(
        "a au aux avec c ce d de des du en et l la le les leur leurs n ou par pour s sa ses son sur un une "
        "asbl ass asso assoc association associations loi 1901"
    ).split()
)
_EPELE: Final = re.compile(r"\b\w(?: \w\b){2,}")
_PARENTHESE: Final = re.compile(r"(.+?) \((\w{3,12})\)")
_AJOUTS: Final = 3
_SIGLE_MIN: Final = 3
_SIGLE_MAX: Final = 8
_CLE: Final = 4


class Nom:
    """A name reduced to its telling words, in their order; what comparisons need is worked out once."""

    __slots__ = ("abrege", "ensemble", "initiales", "mots", "nombres")

    def __init__(self, mots: tuple[str, ...], abrege: bool = False) -> None:
        self.mots = mots
        self.abrege = abrege
        """Stands beside a longer name of the same organisation: tells nothing of other long names."""
        self.ensemble = frozenset(mots)
        self.nombres = {mot for mot in self.ensemble if mot.isdigit()}
        self.initiales = "".join(mot[0] for mot in mots)

    @classmethod
    def of(cls, texte: str, lieu: frozenset[str] = frozenset()) -> "Nom":
        """Read a name; ``lieu`` are the words of the commune, left out unless nothing else is left."""
        mots = _telling(texte)
        return cls(tuple([mot for mot in mots if mot not in lieu] or mots))

    @property
    def cles(self) -> set[str]:
        """Beginnings of which two alike names have one in common at least."""
        return _keys(self.mots)

    def spelt(self, autre: "Nom") -> frozenset[str]:
        """Return its words, an acronym of the other name in the place of those it stands for."""
        for sigle in () if autre.abrege else autre.ensemble - self.ensemble:
            rang = self.initiales.find(sigle) if len(sigle) >= _SIGLE_MIN else -1
            if rang >= 0:
                return frozenset((*self.mots[:rang], sigle, *self.mots[rang + len(sigle) :]))
        return self.ensemble


def keys_of(texte: str) -> set[str]:
    """Return the beginnings of a name, and more: a quick way to tell that it is like no other."""
    return _keys(_telling(texte))


def _telling(texte: str) -> list[str]:
    plat = _EPELE.sub(lambda lettres: lettres[0].replace(" ", ""), fold(texte))
    return [mot for mot in plat.split() if mot not in _CREUX]


def _keys(mots: Sequence[str]) -> set[str]:
    """Return the beginnings of words and, after ``=``, of acronyms as they are or as words make them."""
    cles = {mot[:_CLE] for mot in mots}
    cles |= {f"={mot[:_SIGLE_MIN]}" for mot in mots if _SIGLE_MIN <= len(mot) <= _SIGLE_MAX}
    initiales = "".join([mot[0] for mot in mots])
    return cles | {f"={initiales[rang : rang + _SIGLE_MIN]}" for rang in range(len(mots) - _SIGLE_MIN + 1)}


def forms(noms: Iterable[str], lieu: frozenset[str]) -> list[Nom]:
    """Return the names of one organisation as they may be compared; « Nom complet (SIGLE) » gives both."""
    textes = dict.fromkeys(noms)
    for nom in list(textes):
        if found := _PARENTHESE.fullmatch(nom.strip()):
            textes |= dict.fromkeys(found.groups())
    lus = (Nom.of(texte, lieu) for texte in textes)
    full = [lu for lu in lus if lu.mots]
    long = any(len(lu.mots) > 1 for lu in full)
    return [Nom(lu.mots, abrege=True) if long and len(lu.mots) == 1 else lu for lu in full]


def resemblance(un: Nom, autre: Nom) -> tuple[float, str]:
    """Return how alike two names are, of 100, and why.

    Why is ``meme-nom``, ``sigle``, ``nom-proche`` or ``nom-contenu``. Nought when they are not, or when they
    bear different numbers: a first and a second section are two.
    """
    a, b = un.ensemble, autre.ensemble
    if not a or not b or un.nombres != autre.nombres:
        return 0.0, ""
    if a == b:
        return 100.0, "meme-nom"
    if un.spelt(autre) == autre.spelt(un):
        return SIGLE, "sigle"
    if len(a) == len(b) and (ratio := _typos(a - b, b - a)):
        return 100.0 - (100.0 - ratio) / len(a), "nom-proche"
    if min(len(a), len(b)) > 1 and (a < b or b < a) and len(a ^ b) <= _AJOUTS:
        return CONTENU, "nom-contenu"
    return 0.0, ""


def _typos(mots: frozenset[str], autres: frozenset[str]) -> float:
    """Return how near some words are to as many others, of 100; nought unless each is near one."""
    nearest = [max(fuzz.ratio(mot, autre, score_cutoff=PROCHE) for autre in autres) for mot in mots]
    return sum(nearest) / len(nearest) if all(nearest) else 0.0
