"""Orientation: whom should this association turn to, and why.

Pure functions over the catalogue, in the order they run: ``lieux`` and ``demande`` understand a request,
``index`` finds and scores the offers, ``classement`` ranks, ``appariement`` and ``raisons`` explain; then
``combinaison``, ``prestataires``, ``parcours`` and ``ailleurs`` complete the ``reponse``. ``texte_libre``
proposes needs for a typed text; ``explication`` says why somebody is not in the answer. Weights, rules,
steps and quoted sentences are the published ``*.toml``.
"""

from graph.catalogue.lieux import LieuLu, read_place
from graph.orientation.demande import Saisie, understand
from graph.orientation.explication import explain_actor
from graph.orientation.reponse import orient
from graph.orientation.serialisation import explication_to_dict, reponse_to_dict
from graph.orientation.texte_libre import BesoinPropose, propose_needs

__all__ = [
    "BesoinPropose",
    "LieuLu",
    "Saisie",
    "explain_actor",
    "explication_to_dict",
    "orient",
    "propose_needs",
    "read_place",
    "reponse_to_dict",
    "understand",
]
