"""The communes of France, drawn by population, from the package that the product reads."""

import json
from bisect import bisect
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

PAQUET = Path(__file__).resolve().parents[3] / "node_modules/@etalab/decoupage-administratif/data"
POPULATION_MINIMALE = 150
"""Weight of the smallest communes: a village has an association too."""


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, and what contains it; ``epci`` is empty for the few islands that are in none."""

    code: str
    nom: str
    postal: str
    departement: str
    region: str
    epci: str
    arrondissements: tuple[str, ...]
    """Codes of its municipal districts: registers use them for Paris, Lyon and Marseille."""


@dataclass(frozen=True, slots=True)
class Pays:
    """Every commune of a region, metropolitan or overseas, each with the share its people make."""

    communes: tuple[Commune, ...]
    cumul: tuple[int, ...]

    def at(self, part: int) -> Commune:
        """Return the commune where the inhabitant of this rank lives (any whole number)."""
        return self.communes[bisect(self.cumul, part % self.cumul[-1])]


@cache
def find_pays() -> Pays:
    """Read the package, once.

    Raises:
        FileNotFoundError: ``make setup`` was not run.
    """
    fiches: list[dict[str, Any]] = _read("communes.json")
    epci = {membre["code"]: fiche["code"] for fiche in _read("epci.json") for membre in fiche["membres"]}
    districts: dict[str, list[str]] = {}
    for fiche in fiches:
        if fiche["type"] == "arrondissement-municipal":
            districts.setdefault(fiche["commune"], []).append(fiche["code"])
    today = [f for f in fiches if f["type"] == "commune-actuelle" and f["zone"] != "com"]
    communes = tuple(
        Commune(
            code=fiche["code"],
            nom=fiche["nom"],
            postal=(fiche.get("codesPostaux") or [""])[0],
            departement=fiche["departement"],
            region=fiche["region"],
            epci=epci.get(fiche["code"], ""),
            arrondissements=tuple(districts.get(fiche["code"], ())),
        )
        for fiche in today
    )
    weights = (max(fiche.get("population", 0), POPULATION_MINIMALE) for fiche in today)
    return Pays(communes, tuple(accumulate(weights)))


def _read(nom: str) -> Any:
    return json.loads((PAQUET / nom).read_text(encoding="utf-8"))
