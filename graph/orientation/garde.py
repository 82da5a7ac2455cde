"""Keep what is worked out of a catalogue or of an index with it, as long as it is in use."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

K = TypeVar("K")
T = TypeVar("T")


def once_for_each(calcul: Callable[[K], T]) -> Callable[[K], T]:
    """Call a function once for each object, and keep its answer in the object itself.

    What is kept may refer to the object: both go together, which a weak dictionary would not allow.
    """
    cle = f"_garde_{calcul.__module__}.{calcul.__qualname__}"

    @wraps(calcul)
    def read(objet: K) -> T:
        gardes = vars(objet)
        if cle not in gardes:
            gardes[cle] = calcul(objet)
        kept: T = gardes[cle]
        return kept

    return read
