"""Coverage: what Maillage knows of the support found in a place, and what it knows to be missing.

Pure functions on the read model: no file, no clock.
"""

from graph.coverage.associations import count_associations
from graph.coverage.lieux import open_index
from graph.coverage.modele import PORTEES, Couverture, Ligne, Portee, Porteur, Trou
from graph.coverage.territoire import count_acteurs, cover

__all__ = [
    "PORTEES",
    "Couverture",
    "Ligne",
    "Portee",
    "Porteur",
    "Trou",
    "count_acteurs",
    "count_associations",
    "cover",
    "open_index",
]
