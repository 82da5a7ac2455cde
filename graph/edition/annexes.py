"""What an edition keeps beside its store: the directory, counts, shapes of departements, drawings."""

from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Final

from graph.annuaire.entrees import entries_of, entries_of_register
from graph.annuaire.indexation import write_index
from graph.cartography import Cartographe
from graph.catalogue.comptes import NOM as COMPTES
from graph.catalogue.comptes import count_store, write_comptes
from graph.catalogue.contours import NOM as CONTOURS
from graph.catalogue.contours import read_paquet, write_contours
from graph.catalogue.dessins import NOM as DESSINS
from graph.catalogue.dessins import Dessins, read_dessins, write_dessins
from graph.catalogue.lecture import load_catalogue
from graph.edition.dossier import Dossier
from graph.edition.resolution import Fusions
from graph.errors import EditionError
from graph.messages import messages
from graph.store import Store

ANNUAIRE: Final = "annuaire.sqlite"
"""Index of the directory inside an edition."""


def write_annexes(
    folder: Path,
    store: Store,
    identifiant: str,
    registres: Iterable[Path],
    fusions: Fusions,
    contours: dict[str, str],
    avant: Dessins,
) -> None:
    """Write them in an edition under construction, whose store is complete.

    Args:
        folder: of the edition.
        store: read-only.
        identifiant: of the edition.
        registres: statements of the registers, whose actors the directory holds as well.
        fusions: which actors became one.
        contours: SVG path of each departement, see :func:`read_shapes`.
        avant: where the edition of before drew its networks, see :func:`read_drawings`.
    """
    catalogue = load_catalogue(store, identifiant)
    entrees = (entries_of_register(fichier, fusions.canonical) for fichier in registres)
    write_index(folder / ANNUAIRE, catalogue, chain(entries_of(catalogue), *entrees))
    write_comptes(folder / COMPTES, count_store(store, catalogue.territoires))
    write_contours(folder / CONTOURS, contours)
    write_dessins(folder / DESSINS, Cartographe(catalogue).draw_all(avant))


def read_drawings(dossier: Dossier) -> Dessins:
    """Return where the current edition drew its networks; nothing when there is none to start from."""
    actuelle = dossier.current_id()
    try:
        return read_dessins(dossier.folder(actuelle) / DESSINS) if actuelle else {}
    except (OSError, ValueError):
        return {}


def read_shapes(paquet: Path | None) -> dict[str, str]:
    """Return the shapes of departements; none without the package.

    Raises:
        EditionError: the package is not what was expected.
    """
    try:
        return read_paquet(paquet) if paquet else {}
    except (OSError, ValueError):
        raise EditionError(messages("edition.contours")) from None
