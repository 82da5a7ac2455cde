"""What earlier editions knew: an IRI that named something and no longer does is gone, not unknown."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from graph.edition.dump import STORE
from graph.edition.manifeste import Manifeste, read_manifeste
from graph.errors import EditionError
from graph.ressources import exists
from graph.store import Store

OUVERTES: Final = 4
"""Earlier editions looked at, the latest ones; each stays open once it was asked."""


def find_last(folder: Path, manifeste: Manifeste, iri: str) -> str | None:
    """Return the latest earlier edition kept beside this one that described an IRI, None when none did."""
    autres = (autre for autre in folder.parent.glob("[!.]*") if autre.name != folder.name)
    earlier = sorted(
        (creee, autre) for autre in autres if (creee := _made(autre)) < manifeste.creee and creee
    )
    for _, autre in reversed(earlier[-OUVERTES:]):
        store = _open(autre)
        if store is not None and exists(store, iri):
            return autre.name
    return None


@lru_cache(64)
def _made(folder: Path) -> str:
    """Instant an edition was made, empty for what is no edition of this format."""
    try:
        return read_manifeste(folder).creee
    except EditionError:
        return ""


@lru_cache(OUVERTES)
def _open(folder: Path) -> Store | None:
    try:
        return Store.open(folder / STORE)
    except OSError:
        return None
