"""What the page of a gathered network shows, as frozen dataclasses."""

from dataclasses import dataclass

from visualisations.reseau.chemins import CheminsVue
from visualisations.reseau.filtres import FiltresVue
from visualisations.reseau.tete import TeteVue


@dataclass(frozen=True, slots=True)
class GroupeVue:
    """One group: a node of the figure and a row of the table."""

    nom: str
    adresse: str
    """Of its own network; empty when there is nothing narrower to open."""
    nature: str
    """``departement``, ``region``, ``national``, ``reseau``, ``autres`` or ``inconnu``: its shape."""
    acteurs: str
    internes: str
    externes: str
    dit: str
    """« Calvados : 120 acteurs, 40 liens entre eux, 12 avec d’autres »."""
    code: str
    lignes: tuple[str, ...]
    x: float
    y: float
    rayon: float


@dataclass(frozen=True, slots=True)
class FaisceauVue:
    """All links between two groups."""

    de: str
    vers: str
    nombre: str
    detail: str
    dit: str
    x1: float
    y1: float
    x2: float
    y2: float
    epaisseur: float


@dataclass(frozen=True, slots=True)
class GroupesVue:
    """Context of ``pages/reseau_groupes.html``."""

    edition: str
    tete: TeteVue
    chemins: CheminsVue
    filtres: FiltresVue
    par: str
    cadre: str
    """The ``viewBox`` of the figure."""
    groupes: tuple[GroupeVue, ...]
    faisceaux: tuple[FaisceauVue, ...]
    autres: int
    """Bundles that are neither drawn nor listed."""
