"""`make evaluate`: how good the answers are, on cases read in documents and on planted countries."""

import sys
import tempfile
import time
from pathlib import Path

from graph.catalogue import Catalogue
from graph.edition.composition import Options
from graph.edition.construction import build
from graph.edition.dossier import Dossier
from graph.edition.lecture import open_catalogue
from graph.edition.manifeste import read_manifeste
from tests.evaluation.rapport import keep, report

PAQUET = Path(__file__).resolve().parents[2] / "node_modules" / "@etalab" / "decoupage-administratif" / "data"


def main() -> None:
    """Build an edition of all that ships, measure, print; with ``--ecrire``, keep it in the documentation."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tables = report(build_catalogue(Path(folder)))
    sys.stdout.write(f"{tables}\n\n{time.monotonic() - start:.0f} s, the edition included.\n")
    if "--ecrire" in sys.argv[1:]:
        keep(tables)


def build_catalogue(racine: Path) -> Catalogue:
    """Build an edition in a folder and open it."""
    dossier = Dossier(racine)
    build(dossier, Options(paquet_territoires=PAQUET))
    return open_current(dossier)


def open_current(dossier: Dossier) -> Catalogue:
    """Open the catalogue of the current edition."""
    folder = (dossier.racine / "current").resolve()
    return open_catalogue(folder, read_manifeste(folder))


if __name__ == "__main__":
    main()
