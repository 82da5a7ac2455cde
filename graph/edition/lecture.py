"""Open an edition to answer from it."""

from dataclasses import replace
from pathlib import Path

from graph.catalogue import Catalogue
from graph.catalogue.comptes import NOM as COMPTES
from graph.catalogue.comptes import read_comptes
from graph.catalogue.contours import NOM as CONTOURS
from graph.catalogue.contours import read_contours
from graph.catalogue.dessins import NOM as DESSINS
from graph.catalogue.dessins import read_dessins
from graph.catalogue.lecture import load_catalogue
from graph.catalogue.registre import Registre
from graph.edition.annexes import ANNUAIRE
from graph.edition.dossier import STORE
from graph.edition.manifeste import Manifeste
from graph.store import Store


def open_catalogue(folder: Path, manifeste: Manifeste, store: Store | None = None) -> Catalogue:
    """Load the catalogue of an edition, with the registers within reach.

    Args:
        folder: of the edition.
        manifeste: its manifest.
        store: what answers for it, when it is not the store of its folder.

    Raises:
        OSError: the store cannot be read.
        ValueError: its counts or its shapes cannot.
    """
    store = store or Store.open(folder / STORE)
    registre = Registre(store.serving(), folder / ANNUAIRE, manifeste.base_iri)
    catalogue = load_catalogue(store, manifeste.id, registre)
    return replace(
        catalogue,
        departements=manifeste.departements,
        comptes=read_comptes(folder / COMPTES),
        dessins=read_dessins(folder / DESSINS),
        contours=read_contours(folder / CONTOURS),
    )
