"""Orientation: whom should this association turn to, and why.

Pure functions over the catalogue, in the order they run: ``lieux`` and ``demande`` understand a request,
``appariement`` matches each offer, ``raisons`` explains, ``classement`` ranks; weights are the
published ``ponderation.toml``.
"""

from graph.orientation.classement import orient
from graph.orientation.demande import Saisie, understand
from graph.orientation.lieux import LieuLu, read_place
from graph.orientation.serialisation import reponse_to_dict

__all__ = ["LieuLu", "Saisie", "orient", "read_place", "reponse_to_dict", "understand"]
