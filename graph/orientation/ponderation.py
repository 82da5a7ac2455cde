"""The published weights of an orientation: ``ponderation.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from graph.dates import DatePartielle


@dataclass(frozen=True, slots=True)
class Ponderation:
    """Points by criterion and quality of the match, and the ages that make a source old."""

    points: Mapping[str, Mapping[str, float]]
    seuils: Mapping[str, float]
    """Years after which a source is ``ancienne``, then ``tres-ancienne``."""

    def of(self, critere: str, qualite: str) -> float:
        """Return the points of a criterion for a quality; a function without weight counts for none."""
        return self.points[critere].get(qualite, 0.0)

    def only(self, *criteres: str) -> "Ponderation":
        """Return the same weights for some criteria, none for the others."""
        points = {critere: table if critere in criteres else {} for critere, table in self.points.items()}
        return Ponderation(points, self.seuils)

    def freshness(self, newest: DatePartielle | None, jour: date) -> str:
        """Name the freshness of the newest source (None: no date known) as seen on a day."""
        if newest is None:
            return "inconnue"
        if newest.surely_before(years_before(jour, self.seuils["tres-ancienne"])):
            return "tres-ancienne"
        return "ancienne" if newest.surely_before(years_before(jour, self.seuils["ancienne"])) else "recente"


def years_before(jour: date, annees: float) -> date:
    """Return the same day some years earlier (28 February for a 29th that does not exist)."""
    year = jour.year - int(annees)
    try:
        return jour.replace(year=year)
    except ValueError:
        return jour.replace(year=year, day=28)


@cache
def load_ponderation() -> Ponderation:
    """Read the published weights."""
    texte = (files("graph") / "orientation" / "ponderation.toml").read_text(encoding="utf-8")
    tables = {nom: {k: float(v) for k, v in table.items()} for nom, table in tomllib.loads(texte).items()}
    seuils = tables.pop("seuils")
    return Ponderation(tables, seuils)
