"""``python -m tests.benchmarks.generateurs rna 1500000 FICHIER`` (or ``sirene``, ``subventions``), or
``python -m tests.benchmarks.generateurs national 1.0 DOSSIER`` for every file of a country at some scale.
"""

import sys
from pathlib import Path

from tests.benchmarks.generateurs.fichiers import generate, generate_national

if __name__ == "__main__":
    kind, size, where = sys.argv[1:]
    if kind == "national":
        generate_national(float(size), Path(where))
    else:
        generate(kind, int(size), Path(where))
