"""How many associations of a place the edition knows: the directory's own count, asked in one place."""

from graph.annuaire import Criteres, search_actors
from graph.catalogue import Catalogue
from graph.catalogue.modele import Territoire
from graph.catalogue.territoires import reference


def count_associations(catalogue: Catalogue, territoire: Territoire) -> int:
    """Return how many associations the directory finds in a territory."""
    return search_actors(catalogue, Criteres(type="Association", territoire=reference(territoire))).total
