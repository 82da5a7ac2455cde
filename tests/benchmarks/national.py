"""A whole country: imports, build, service, on files generated for the run at some scale."""

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.construction import measure_build
from tests.benchmarks.generateurs import generate_national
from tests.benchmarks.imports import measure_imports
from tests.benchmarks.mesure import Mesure
from tests.benchmarks.service import measure_service


def measure_national(echelle: float, racine: Path, seule: Path) -> Iterator[Mesure]:
    """Measure a country in a folder; ``seule`` is the data folder of the edition that ships."""
    fichiers = generate_national(echelle, racine / "fichiers")
    yield from measure_imports(fichiers, racine)
    yield from measure_build(racine)
    yield from measure_service(fichiers, racine, seule)
