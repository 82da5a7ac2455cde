"""The sentences that rules and paths rest on: ``citations.toml``, word for word from the documents."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from graph.messages import LANGUES, hold_spaces, langue_courante
from graph.orientation.modele import SourceCitee


def read_donnees(nom: str) -> dict[str, Any]:
    """Read a data file of this folder, with the spaces that French never breaks."""
    return tomllib.loads(hold_spaces(_read(f"{nom}.toml")))


def read_phrases(nom: str) -> dict[str, Any]:
    """Read what says a data file in the current language, by code; nothing in French, the file says it."""
    langue = langue_courante.get()
    return {} if langue == LANGUES[0] else tomllib.loads(_read(f"{nom}.{langue}.toml"))


def _read(fichier: str) -> str:
    return (files("graph") / "orientation" / fichier).read_text(encoding="utf-8")


@cache
def load_citations() -> Mapping[str, SourceCitee]:
    """Return every quoted sentence by key."""
    tables = read_donnees("citations")
    documents = tables["documents"]
    return {
        cle: SourceCitee(
            titre=documents[table["document"]]["titre"],
            date=documents[table["document"]]["date"],
            lieu=table["lieu"],
            citation=table["texte"],
        )
        for cle, table in tables["citations"].items()
    }
