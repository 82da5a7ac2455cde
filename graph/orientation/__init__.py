"""Orientation: whom should this association turn to, and why.

Pure functions over the catalogue, in the order they run: ``demande`` understands a request,
``appariement`` matches each offer, ``raisons`` explains, ``classement`` ranks; weights are the
published ``ponderation.toml``.
"""

from graph.orientation.classement import orient
from graph.orientation.demande import Saisie, find_communes, understand
from graph.orientation.serialisation import reponse_to_dict

__all__ = ["Saisie", "find_communes", "orient", "reponse_to_dict", "understand"]
