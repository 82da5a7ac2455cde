"""The published weights of an orientation: ``ponderation.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

BAREME_DES_SEUILS = "seuils"


@dataclass(frozen=True, slots=True)
class Ponderation:
    """Points by criterion and quality of the match, and the ages that make a source old."""

    points: Mapping[str, Mapping[str, float]]
    seuils: Mapping[str, float]
    """Years after which a source is ``ancienne``, then ``tres-ancienne``."""

    def of(self, critere: str, qualite: str) -> float:
        """Return the points of a criterion for a quality; a function without weight counts for none."""
        return self.points[critere].get(qualite, 0.0)

    def age_quality(self, age: float | None) -> str:
        """Name the freshness of a source by its age in years (None: no date known)."""
        if age is None:
            return "inconnue"
        if age > self.seuils["tres-ancienne"]:
            return "tres-ancienne"
        return "ancienne" if age > self.seuils["ancienne"] else "recente"


@cache
def load_ponderation() -> Ponderation:
    """Read the published weights."""
    texte = (files("graph") / "orientation" / "ponderation.toml").read_text(encoding="utf-8")
    tables = {nom: {k: float(v) for k, v in table.items()} for nom, table in tomllib.loads(texte).items()}
    seuils = tables.pop(BAREME_DES_SEUILS)
    return Ponderation(tables, seuils)
