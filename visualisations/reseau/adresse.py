"""The address of a state of the network page: the same words that ``parse_criteres`` reads."""

from graph.cartography import CriteresReseau
from graph.catalogue import Catalogue
from graph.catalogue.territoires import reference
from visualisations.pages.commun import make_address

PAGE = "/cartographie"


def write_address(catalogue: Catalogue, criteres: CriteresReseau, chemin: str = "", vers: str = "") -> str:
    """Address of the page for these criteria, and for a path between two actors; defaults are left out."""
    lieu = catalogue.territoires.get(criteres.territoire) if criteres.territoire else None
    return make_address(
        PAGE,
        [
            ("territoire", reference(lieu) if lieu else ""),
            *(("type", code) for code in criteres.types),
            *(("lien", code) for code in criteres.liens),
            ("isoles", "" if criteres.isoles else "0"),
            *criteres.facettes.items(),
            ("date", criteres.jour.isoformat() if criteres.jour else ""),
            ("taille", "" if criteres.taille == "liens" else criteres.taille),
            ("communautes", "1" if criteres.communautes else ""),
            ("par", criteres.par),
            ("chemin", chemin),
            ("vers", vers),
        ],
    )
