"""Keep what is worked out of a catalogue or of an index as long as it is in use."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

K = TypeVar("K")
T = TypeVar("T")


def once_for_each(calcul: Callable[[K], T]) -> Callable[[K], T]:
    """Call a function once for each object, and remember its answer while the object lives."""
    gardes: WeakKeyDictionary[K, T] = WeakKeyDictionary()

    @wraps(calcul)
    def read(objet: K) -> T:
        found = gardes.get(objet)
        if found is None:
            found = gardes[objet] = calcul(objet)
        return found

    return read
