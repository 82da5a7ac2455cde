"""Where the actors of each network were drawn when an edition was built, so that the next one draws alike."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.catalogue.modele import Iri

NOM: Final = "positions.json"
"""File of an edition; one made before it existed has none, and its networks are drawn when asked for."""


@dataclass(frozen=True, slots=True)
class Dessin:
    """One network, drawn."""

    empreinte: str
    """Of everything the positions follow from: the same one means the same figure."""
    places: Mapping[Iri, tuple[float, float, int]]
    """Of each node: its centre on the sheet, and how many links reached it."""


Dessins = Mapping[Iri, Dessin]
"""By territory; the empty text is all of them."""


def write_dessins(fichier: Path, dessins: Dessins) -> None:
    """Write positions in an edition under construction."""
    contenu = {lieu: [dessin.empreinte, dessin.places] for lieu, dessin in sorted(dessins.items())}
    fichier.write_text(json.dumps(contenu, separators=(",", ":"), sort_keys=True), encoding="utf-8")


def read_dessins(fichier: Path) -> Dessins:
    """Read the positions of an edition; none when it has none.

    Raises:
        ValueError: the file is not what was written.
    """
    try:
        contenu = json.loads(fichier.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {
        lieu: Dessin(empreinte, {iri: (x, y, degre) for iri, (x, y, degre) in places.items()})
        for lieu, (empreinte, places) in contenu.items()
    }
