"""The sentences that rules and paths rest on: ``citations.toml``, word for word from the documents."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from graph.messages import hold_spaces
from graph.orientation.modele import SourceCitee


def read_donnees(nom: str) -> dict[str, Any]:
    """Read a data file of this folder, with the spaces that French never breaks."""
    texte = (files("graph") / "orientation" / f"{nom}.toml").read_text(encoding="utf-8")
    return tomllib.loads(hold_spaces(texte))


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
