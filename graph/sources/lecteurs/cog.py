"""Geographic codes: INSEE's tables, the workbooks of EPCI, or the npm package; files win over it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.sources.atelier import Atelier
from graph.sources.cog.ecriture import write_tables
from graph.sources.cog.lecture import read_tables_cog
from graph.sources.registre import Lecteur


def lire(fichiers: Sequence[Path], atelier: Atelier) -> Iterator[Sequence[str]]:
    """Yield the statements of each territory that the files describe together."""
    yield from write_tables(read_tables_cog(fichiers, atelier), atelier)


LECTEUR = Lecteur(
    kind="cog",
    titre="Code officiel géographique : communes, intercommunalités, départements et régions",
    editeur="INSEE, DGCL",
    licence="https://www.etalab.gouv.fr/licence-ouverte-open-licence",
    lire=lire,
    un_seul=True,
)
