"""Where? A place as people type it: a name, an old name, an INSEE code, a postal code, a departement.

Only what names one place is taken as it is; everything else is a choice to show, never a guess.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import Territoire
from graph.errors import IntrouvableError
from graph.texte import fold

CHOIX_MAX: Final = 20
_WIDER: Final = frozenset({"departement", "region"})


@dataclass(frozen=True, slots=True)
class LieuLu:
    """What a typed text names: one place, or several to choose from, or neither."""

    territoire: Territoire | None = None
    choix: tuple[Territoire, ...] = ()


def read_place(catalogue: Catalogue, texte: str) -> LieuLu:
    """Read a place.

    In this order: a reference (``departement:14``); a code, INSEE or postal, when it is one commune only;
    a commune of exactly that name; a departement or region of exactly that name. Otherwise what begins
    so, or is spelt nearly so, as a choice.
    """
    texte = texte.strip()[:100]
    if not texte:
        return LieuLu()
    coded = _by_code(catalogue, texte)
    if coded:
        return LieuLu(coded[0]) if len(coded) == 1 else LieuLu(choix=tuple(coded[:CHOIX_MAX]))
    found = catalogue.chercher_territoires(texte, 60)
    wanted = fold(texte)
    for communes in (True, False):
        level = [place for place in found if (place.niveau == "commune") is communes]
        same = [place for place in level if _is_named(place, wanted)]
        if not communes:
            same = [place for place in same if place.niveau in _WIDER]
        if len(same) == 1:
            return LieuLu(same[0])
        if same:
            return LieuLu(choix=tuple(same[:CHOIX_MAX]))
    near = found or catalogue.rapprocher_communes(texte)
    kept = [place for place in near if place.niveau == "commune" or place.niveau in _WIDER]
    return LieuLu(choix=tuple(kept[:CHOIX_MAX]))


def _by_code(catalogue: Catalogue, texte: str) -> list[Territoire]:
    """Return the places of a reference or code, INSEE first: a code may also be another commune's mail."""
    found: dict[str, Territoire] = {}
    try:
        exact = catalogue.lire_territoire(texte)
        found[exact.iri] = exact
    except IntrouvableError:
        pass
    return [*(found | _keyed(catalogue.communes_du_code_postal(texte))).values()]


def _keyed(places: Iterable[Territoire]) -> dict[str, Territoire]:
    return {place.iri: place for place in places}


def _is_named(place: Territoire, wanted: str) -> bool:
    return any(fold(nom) == wanted for nom in (place.nom, *place.autres_noms))
