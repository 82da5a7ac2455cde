"""Needs that a typed text may mean, for the person to confirm: words of volunteers to terms of the scheme.

Each name of a need (label, synonyms, words people use) is a phrase. A phrase is recognised by the
stems of its telling words, whatever the accents and endings; a rare word weighs more than a common
one (idf over the phrases), and a phrase counts the more as it is whole. The definition helps between
equals. A phrase of common words only (« qui fait quoi ») is recognised as it is written. Nothing is
learnt, nothing is downloaded: the Snowball stemmer for French, and the vocabulary.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Final

import snowballstemmer  # type: ignore[import-untyped]

from graph.catalogue import Catalogue
from graph.catalogue.modele import Concept, Iri
from graph.messages import keep_by_language, langue_courante
from graph.orientation.citations import read_donnees
from graph.orientation.garde import once_for_each
from graph.texte import fold

_STEMMER: Final = snowballstemmer.stemmer("french")
LIMITE: Final = 6
TEXTE_MAX: Final = 500
"""Characters read of a text: a few sentences."""
_ENTIER: Final = 0.6
"""Share of a phrase, by weight, that must be recognised."""
_ECART: Final = 0.3
"""A need is proposed down to this share of the best score, in the text or in one of its clauses."""
_CLAUSES: Final = re.compile(r"[,;:.!?\n]+|\bet (?=on |nous |l.on )", re.IGNORECASE)
"""What parts two troubles of one sentence: the loudest one must not hide the others."""
_DEFINITION: Final = 0.15


@dataclass(frozen=True, slots=True)
class BesoinPropose:
    """A need that a text may mean."""

    code: str
    libelle: str
    definition: str
    expression: str
    """The name of the need that was recognised in the text."""
    score: float
    """For ordering only."""


@dataclass(frozen=True, slots=True, eq=False)
class _Index:
    poids: Mapping[str, float]
    """Weight of a stem: how rare it is among the phrases."""
    phrases: tuple[tuple[Iri, str, tuple[frozenset[str], ...]], ...]
    """Need, phrase as written, and the stems of each of its telling words."""
    par_radical: Mapping[str, tuple[int, ...]]
    definitions: Mapping[Iri, frozenset[str]]
    litterales: tuple[tuple[Iri, str], ...]
    """Phrases without telling words, folded."""


def propose_needs(catalogue: Catalogue, texte: str, limite: int = LIMITE) -> tuple[BesoinPropose, ...]:
    """Return the needs a text may mean, likeliest first; none when no word is known."""
    index = _open(catalogue)
    read = texte[:TEXTE_MAX]
    best = _score(index, read)
    kept = {iri for part in (read, *_CLAUSES.split(read)) for iri in _near_the_best(_score(index, part))}
    ordered = sorted(kept, key=lambda iri: (-best[iri][0], iri))
    return tuple(_say(catalogue.concepts[iri], best[iri][1], best[iri][0]) for iri in ordered[:limite])


def _score(index: _Index, texte: str) -> dict[Iri, tuple[float, str]]:
    """Return the score of each need recognised in a text, and the phrase that was."""
    typed = frozenset[str]().union(*_words(texte))
    best: dict[Iri, tuple[float, str]] = {}
    for rang in sorted({rang for stem in typed for rang in index.par_radical.get(stem, ())}):
        besoin, phrase, words = index.phrases[rang]
        met = sum(_weight(index, word) for word in words if word & typed)
        whole = met / sum(_weight(index, word) for word in words)
        if whole >= _ENTIER and met * whole > best.get(besoin, (0.0, ""))[0]:
            best[besoin] = (met * whole, phrase)
    said = f" {fold(texte)} "
    for besoin, phrase in index.litterales:
        if f" {phrase} " in said:
            best[besoin] = max(best.get(besoin, (0.0, "")), (log(1 + len(index.phrases)), phrase))
    return {
        besoin: (
            score + _DEFINITION * sum(index.poids.get(stem, 0) for stem in index.definitions[besoin] & typed),
            phrase,
        )
        for besoin, (score, phrase) in best.items()
    }


def _near_the_best(scored: Mapping[Iri, tuple[float, str]]) -> list[Iri]:
    """Return the needs whose score comes near enough to the best one of the same words."""
    top = max((score for score, _ in scored.values()), default=0.0)
    return [besoin for besoin, (score, _) in scored.items() if score >= _ECART * top]


def _say(concept: Concept, expression: str, score: float) -> BesoinPropose:
    return BesoinPropose(concept.code, concept.libelle, concept.definition, expression, round(score, 2))


def _open(catalogue: Catalogue) -> _Index:
    """Open the index of the current language: an English page is also asked in English."""
    return _open_french(catalogue) if langue_courante.get() == "fr" else _open_both(catalogue)


@once_for_each
def _open_french(catalogue: Catalogue) -> _Index:
    return _index(catalogue, lambda concept: (concept.libelle_fr, *concept.alias))


@once_for_each
def _open_both(catalogue: Catalogue) -> _Index:
    return _index(catalogue, lambda c: filter(None, (c.libelle_fr, c.libelle_en, *c.alias)))


def _index(catalogue: Catalogue, names_of: Callable[[Concept], Iterable[str]]) -> _Index:
    noms = [
        (concept.iri, nom, _words(nom))
        for concept in catalogue.concepts_de("besoin")
        for nom in names_of(concept)
    ]
    phrases = tuple(nom for nom in noms if nom[2])
    places: dict[str, list[int]] = defaultdict(list)
    for rang, (_, _, words) in enumerate(phrases):
        for stem in frozenset[str]().union(*words):
            places[stem].append(rang)
    definitions = {
        concept.iri: frozenset[str]().union(*_words(concept.definition_fr))
        for concept in catalogue.concepts_de("besoin")
    }
    return _Index(
        poids={stem: log(1 + len(phrases) / len(ids)) for stem, ids in places.items()},
        phrases=phrases,
        par_radical={stem: tuple(ids) for stem, ids in places.items()},
        definitions=definitions,
        litterales=tuple((iri, fold(nom)) for iri, nom, words in noms if not words),
    )


def _weight(index: _Index, word: Iterable[str]) -> float:
    """Weigh a word of a phrase by its commonest stem."""
    return min(index.poids[stem] for stem in word)


def _words(texte: str) -> tuple[frozenset[str], ...]:
    """Return the stems of each telling word, as written and without accents: one of them will match."""
    words = []
    for written in texte.lower().replace("’", " ").replace("'", " ").split():
        for part, bare in zip(_split(written), fold(written).split(), strict=False):
            if bare and bare not in _stop_words():
                words.append(frozenset((_stem(part), _stem(bare))))
    return tuple(words)


def _split(written: str) -> list[str]:
    """Split as ``fold`` does, accents kept."""
    return "".join(sign if sign.isalnum() else " " for sign in written).split()


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    stem: str = _STEMMER.stemWord(word)
    return fold(stem)


@keep_by_language()
def _stop_words() -> frozenset[str]:
    lists = read_donnees("mots_vides")
    vides = lists["vides"] if langue_courante.get() == "fr" else lists["vides"] + lists["vides_en"]
    return frozenset(vides.split())
