"""The directory: search actors by name, then by what they do; filter them, count what each filter keeps."""

from graph.annuaire.indexation import SANS_ROLE
from graph.annuaire.recherche import DIMENSIONS, PAR_PAGE, Criteres, Facette, Resultat, search_actors

__all__ = ["DIMENSIONS", "PAR_PAGE", "SANS_ROLE", "Criteres", "Facette", "Resultat", "search_actors"]
