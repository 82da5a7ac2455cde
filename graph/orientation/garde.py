"""Keep what is worked out of a catalogue as long as the catalogue is in use."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from graph.catalogue import Catalogue

T = TypeVar("T")


def once_per_catalogue(calcul: Callable[[Catalogue], T]) -> Callable[[Catalogue], T]:
    """Call a function once for each catalogue, and remember its answer while the catalogue lives."""
    gardes: WeakKeyDictionary[Catalogue, T] = WeakKeyDictionary()

    @wraps(calcul)
    def read(catalogue: Catalogue) -> T:
        found = gardes.get(catalogue)
        if found is None:
            found = gardes[catalogue] = calcul(catalogue)
        return found

    return read
