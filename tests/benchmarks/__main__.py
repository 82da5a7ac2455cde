"""`make bench`: what Maillage costs, each thing beside something known, measured in one run as ratios.

Seconds depend on the machine and on what else it does; the ratios are what to compare between versions.
``make bench ECHELLE=1`` measures a whole country; the default is a fiftieth of it.
"""

import sys
import tempfile
from pathlib import Path

from tests.benchmarks.cartographie import measure_cartography
from tests.benchmarks.courant import measure_shipped
from tests.benchmarks.debit import measure_throughput
from tests.benchmarks.departement import measure_departement
from tests.benchmarks.endpoint import measure_endpoint
from tests.benchmarks.mesure import print_table
from tests.benchmarks.national import measure_national
from tests.benchmarks.orientation import measure_orientation


def main() -> None:
    """Measure everything and print the tables."""
    echelle = float(sys.argv[1]) if len(sys.argv) > 1 else 0.02
    with tempfile.TemporaryDirectory() as folder:
        seule, racine = Path(folder, "seule"), Path(folder, "pays")
        seule.mkdir()
        racine.mkdir()
        print_table("The edition that ships", measure_shipped(seule))
        print_table("Orientations over HTTP", measure_throughput(seule))
        print_table("The SPARQL endpoint", measure_endpoint(seule))
        print_table("Orientation among 12,000 actors with offers", measure_orientation())
        print_table("Cartographies", measure_cartography())
        print_table(f"A country at scale {echelle:g}", measure_national(echelle, racine, seule))
        print_table("Its questions", measure_departement(racine / "data", racine))


if __name__ == "__main__":
    main()
