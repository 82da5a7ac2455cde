"""Open an edition to answer from it."""

from dataclasses import replace
from pathlib import Path

from graph.catalogue import Catalogue
from graph.catalogue.lecture import load_catalogue
from graph.catalogue.registre import Registre
from graph.edition.construction import ANNUAIRE, STORE
from graph.edition.manifeste import Manifeste
from graph.store import Store


def open_catalogue(folder: Path, manifeste: Manifeste) -> Catalogue:
    """Load the catalogue of an edition, with the registers within reach.

    Raises:
        OSError: the store cannot be read.
    """
    store = Store.open(folder / STORE)
    registre = Registre(store, folder / ANNUAIRE, manifeste.base_iri)
    catalogue = load_catalogue(store, manifeste.id, registre)
    return replace(catalogue, departements=manifeste.departements)
