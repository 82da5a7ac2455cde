"""The message catalogue: every sentence a person reads, by key, outside the code.

A language is a folder (``fr``), with a TOML file for each page or matter: ``[theme]`` tables of
``key = "text with {places}"``. A message that counts is a table ``{ un = "…", autres = "…" }`` chosen
by the value given as ``n`` (French plural: 0 and 1 are singular). Files are typed with ordinary
spaces; those that French never breaks at a line end are made so here.
"""

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

LANGUE: Final = "fr"

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
    for fichier in sorted(dossier.iterdir(), key=lambda fichier: fichier.name):
        texte = fichier.read_text(encoding="utf-8")
        lus = _flatten(tomllib.loads(hold_spaces(texte) if dossier.name == "fr" else texte))
        if doubles := sorted(lus.keys() & textes.keys()):
            raise ValueError(f"messages said twice: {doubles}")
        textes |= lus
    return textes


class Messages:
    """Sentences by key, read from the ``messages`` folders of the packages given, later ones first."""

    def __init__(self, *packages: str, langue: str = LANGUE) -> None:
        self.langue = langue
        self._textes: dict[str, str | dict[str, str]] = {}
        for package in packages:
            self._textes |= _read_folder(files(package) / "messages" / langue)

    def __call__(self, cle: str, /, **valeurs: object) -> str:
        """Return the sentence of ``cle`` with its places filled.

        Raises:
            KeyError: no such message, or a place of the text has no value.
        """
        texte = self._textes[cle]
        if isinstance(texte, dict):
            n = valeurs["n"]
            texte = texte["un" if isinstance(n, int | float) and abs(n) < 2 else "autres"]
        return texte.format_map(valeurs) if valeurs else texte

    def __contains__(self, cle: str) -> bool:
        return cle in self._textes

    def keys(self) -> frozenset[str]:
        """Every key, for the tests that look for missing and unused messages."""
        return frozenset(self._textes)


messages: Final = Messages("graph")
"""The sentences of this layer (reasons, errors of requests)."""
