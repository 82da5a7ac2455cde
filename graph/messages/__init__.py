"""The message catalogue: every sentence a person reads, by key, outside the code, in each language.

A language is a folder (``fr``, ``en``), with a TOML file for each page or matter: ``[theme]`` tables of
``key = "text with {places}"``. A message that counts is a table ``{ un = "…", autres = "…" }`` chosen
by the value given as ``n`` (0 and 1 are singular in French, only 1 in English). French files are typed
with ordinary spaces; those that French never breaks at a line end are made so here.

The language is that of the request (:data:`langue_courante`), so a sentence must never be kept from one
request to the next: :func:`keep_by_language` is the cache for what is made of sentences.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, ParamSpec, TypeVar

GROUPE_MIN: Final = 10_000
"""From this count on, a message writes its ``n`` with its thousands apart."""

P = ParamSpec("P")
R = TypeVar("R")

LANGUES: Final = ("fr", "en")
"""French is first: it is the language when nobody chose, and of a sentence not translated."""
langue_courante: Final = ContextVar("langue_courante", default=LANGUES[0])
"""The language of the request being answered; the command line never sets it."""

_THIN: Final = re.compile(r" (?=[;!?])")
_WIDE: Final = re.compile(r" (?=[:»])|(?<=«) ")


def _flatten(table: Mapping[str, object], prefix: str = "") -> dict[str, str | dict[str, str]]:
    flat: dict[str, str | dict[str, str]] = {}
    for key, value in table.items():
        name = f"{prefix}{key}"
        if isinstance(value, str) or (isinstance(value, dict) and set(value) == {"un", "autres"}):
            flat[name] = value
        elif isinstance(value, dict):
            flat |= _flatten(value, f"{name}.")
        else:
            raise TypeError(f"message {name}: text or table expected")
    return flat


def hold_spaces(texte: str) -> str:
    """Make the spaces that French never breaks at a line end unbreakable: « mot », mot : mot, mot ?"""
    wide = _WIDE.sub("\N{NO-BREAK SPACE}", texte)
    return _THIN.sub("\N{NARROW NO-BREAK SPACE}", wide)


def _read_folder(dossier: Traversable) -> dict[str, str | dict[str, str]]:
    textes: dict[str, str | dict[str, str]] = {}
    fichiers = (fichier for fichier in dossier.iterdir() if fichier.name.endswith(".toml"))
    for fichier in sorted(fichiers, key=lambda fichier: fichier.name):
        texte = fichier.read_text(encoding="utf-8")
        lus = _flatten(tomllib.loads(hold_spaces(texte) if dossier.name == "fr" else texte))
        if doubles := sorted(lus.keys() & textes.keys()):
            raise ValueError(f"messages said twice: {doubles}")
        textes |= lus
    return textes


def write_number(nombre: str) -> str:
    """Write a number as the readers of the current language do: « 3 660 », « 4,7 », or “3,660”, “4.7”.

    Args:
        nombre: digits with or without a point, as Python and SPARQL write them; any other text is unchanged.
    """
    entier, point, decimales = nombre.partition(".")
    if not (entier.removeprefix("-").isdecimal() and (decimales.isdecimal() or not point)):
        return nombre
    groupe, virgule = (",", ".") if langue_courante.get() == "en" else ("\N{NARROW NO-BREAK SPACE}", ",")
    decimales = decimales.rstrip("0")
    ecrit = f"{int(entier):,}".replace(",", groupe)
    return f"{ecrit}{virgule}{decimales}" if decimales else ecrit


@contextmanager
def speak(langue: str) -> Iterator[None]:
    """Make a language of :data:`LANGUES` the current one for the time of a block."""
    jeton = langue_courante.set(langue)
    try:
        yield
    finally:
        langue_courante.reset(jeton)


def keep_by_language(taille: int | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator that keeps answers as ``lru_cache`` does, for each language apart.

    Args:
        taille: answers kept in a language at most; None for no bound.
    """

    def decorate(calcul: Callable[P, R]) -> Callable[P, R]:
        gardes = {langue: lru_cache(taille)(calcul) for langue in LANGUES}

        @wraps(calcul)
        def read(*args: P.args, **kwargs: P.kwargs) -> R:
            return gardes[langue_courante.get()](*args, **kwargs)  # type: ignore[arg-type]

        return read

    return decorate


class Messages:
    """Sentences by key, read from the ``messages`` folders of the packages given, later ones first."""

    def __init__(self, *packages: str) -> None:
        self._textes: dict[str, dict[str, str | dict[str, str]]] = {langue: {} for langue in LANGUES}
        for package in packages:
            for langue, textes in self._textes.items():
                textes |= _read_folder(files(package) / "messages" / langue)

    def __call__(self, cle: str, /, **valeurs: object) -> str:
        """Return the sentence of ``cle`` in the current language, or in French, with its places filled.

        Raises:
            KeyError: no such message, or a place of the text has no value.
        """
        langue = langue_courante.get()
        if cle not in self._textes[langue]:
            langue = LANGUES[0]
        texte = self._textes[langue][cle]
        if isinstance(texte, dict):
            texte = texte["un" if _is_one(valeurs["n"], langue) else "autres"]
        if isinstance(n := valeurs.get("n"), int) and abs(n) >= GROUPE_MIN:
            valeurs["n"] = write_number(str(n))
        return texte.format_map(valeurs) if valeurs else texte

    def __contains__(self, cle: str) -> bool:
        return cle in self._textes[LANGUES[0]]

    def keys(self, langue: str = LANGUES[0]) -> frozenset[str]:
        """Every key of a language, for the tests that look for missing and unused messages."""
        return frozenset(self._textes[langue])


def _is_one(n: object, langue: str) -> bool:
    if not isinstance(n, int | float):
        return False
    return abs(n) < 2 if langue == "fr" else abs(n) == 1


messages: Final = Messages("graph")
"""The sentences of this layer (reasons, errors of requests)."""
