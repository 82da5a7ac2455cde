"""What an edition says of itself: ``manifest.json``."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from graph.errors import EditionError
from graph.messages import messages

FORMAT: Final = 2
"""Version of the folder's layout and of the derived statements: raised when code needs others."""

NOM: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class SourceManifeste:
    """One source of an edition."""

    graphe: str
    titre: str
    sha256: str
    quads: int


@dataclass(frozen=True, slots=True)
class Manifeste:
    """Identity, contents and making of an edition."""

    id: str
    format: int
    creee: str
    """Instant of the build, ISO 8601 with its zone."""
    jour: str
    """Day the derived statements are true on (Europe/Paris)."""
    base_iri: str
    empreinte: str
    """SHA-256 of all that the edition depends on: equal means nothing to build."""
    sources: tuple[SourceManifeste, ...]
    comptes: dict[str, int] = field(default_factory=dict)
    durees: dict[str, float] = field(default_factory=dict)
    """Seconds by step."""
    anomalies: dict[str, int] = field(default_factory=dict)
    """Rows found by each check; empty when all is well."""
    rapprochements: int = 0
    """Pairs of actors that may be one, left to a person (``rapprochements.csv``)."""
    partielle: bool = False
    """True when the communes of France were not at hand, or when departements were chosen."""
    departements: tuple[str, ...] = ()
    """Codes of the departements that the edition keeps to; empty for all of France."""


def write_manifeste(folder: Path, manifeste: Manifeste) -> None:
    """Write the manifest of an edition under construction."""
    texte = json.dumps(asdict(manifeste), ensure_ascii=False, indent=2, sort_keys=True)
    (folder / NOM).write_text(texte + "\n", encoding="utf-8")


def read_manifeste(folder: Path) -> Manifeste:
    """Read the manifest of an edition.

    Raises:
        EditionError: none, unreadable, or of another format.
    """
    try:
        contenu: dict[str, Any] = json.loads((folder / NOM).read_text(encoding="utf-8"))
        if contenu["format"] != FORMAT:
            raise EditionError(
                messages("edition.autre-format", id=contenu["id"], lu=contenu["format"], su=FORMAT)
            )
        sources = tuple(SourceManifeste(**source) for source in contenu.pop("sources"))
        departements = tuple(contenu.pop("departements"))
        return Manifeste(sources=sources, departements=departements, **contenu)
    except (OSError, ValueError, KeyError, TypeError):
        raise EditionError(messages("edition.manifeste-illisible")) from None
