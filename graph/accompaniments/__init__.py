"""Support actions in time: when each took place, its steps on a scale, what was only planned.

Pure functions on the read model: no file, no clock.
"""

from graph.accompaniments.frise import Frise, Graduation, Placee, Trou, find_period, is_planned, lay_out
from graph.accompaniments.liste import CriteresActions, find_actions, parse_criteres

__all__ = [
    "CriteresActions",
    "Frise",
    "Graduation",
    "Placee",
    "Trou",
    "find_actions",
    "find_period",
    "is_planned",
    "lay_out",
    "parse_criteres",
]
