"""Where? A place as people type it: a name, an old name, an INSEE code, a postal code, a departement.

Only what names one place is taken as it is; everything else is a choice to show, never a guess.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph.catalogue.modele import Territoire
from graph.catalogue.territoires import fold_place, reference
from graph.texte import fold

if TYPE_CHECKING:
    from graph.catalogue.catalogue import Catalogue

CHOIX_MAX: Final = 20
CHOIX_DITS: Final = 8
"""Places named when several may be meant."""
_NAMED: Final = frozenset({"commune", "departement", "region"})
_DEPARTEMENT: Final = re.compile(r"\d{2}|2[ABab]|9[78]\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class LieuLu:
    """What a typed text names: one place, or several to choose from, or neither."""

    territoire: Territoire | None = None
    choix: tuple[Territoire, ...] = ()


def read_place(catalogue: "Catalogue", texte: str) -> LieuLu:
    """Read a place.

    In this order: a reference (``departement:14``) or a code, INSEE, postal or of a departement, when it is
    one place only; a commune, departement or region of exactly that name, its departement said after it or
    not, when there is one. Otherwise what begins so, or is spelt nearly so, as a choice.
    """
    texte = texte.strip()[:100]
    if not texte:
        return LieuLu()
    coded = _by_code(catalogue, texte)
    if coded:
        return LieuLu(coded[0]) if len(coded) == 1 else LieuLu(choix=tuple(coded[:CHOIX_MAX]))
    found = catalogue.chercher_territoires(texte, 60)
    wanted = fold_place(texte)
    named = [place for place in found if place.niveau in _NAMED and _is_named(catalogue, place, wanted)]
    same = _widest_left_out(named)
    if same:
        return LieuLu(same[0]) if len(same) == 1 else LieuLu(choix=tuple(same[:CHOIX_MAX]))
    return LieuLu(choix=tuple((found or catalogue.rapprocher_communes(texte))[:CHOIX_MAX]))


def _by_code(catalogue: "Catalogue", texte: str) -> list[Territoire]:
    """Return the places of a code; two figures (or 2A, 2B, 974) are a departement's."""
    if found := catalogue.lieux_du_code(texte):
        return found
    return catalogue.lieux_du_code(f"departement:{texte.upper()}") if _DEPARTEMENT.fullmatch(texte) else []


def same_name(texte: str, lieux: Iterable[Territoire]) -> list[Territoire]:
    """Return the places whose name is this text, not those that only begin so or are spelt nearly so."""
    return [lieu for lieu in lieux if fold(lieu.nom) == fold(texte)]


def say_choices(catalogue: "Catalogue", lieux: Sequence[Territoire]) -> str:
    """Name the first places, each told from the others: « Saint-Aubin (Jura, commune:39476) »."""
    return ", ".join(_tell_apart(lieu, catalogue) for lieu in lieux[:CHOIX_DITS])


def _tell_apart(lieu: Territoire, catalogue: "Catalogue") -> str:
    parents = (catalogue.territoires[iri] for iri in lieu.ancetres if iri != lieu.iri)
    noms = [parent.nom for parent in parents if parent.niveau == "departement"]
    return f"{lieu.nom} ({', '.join([*noms, reference(lieu)])})"


def _is_named(catalogue: "Catalogue", place: Territoire, wanted: str) -> bool:
    """Tell whether a text is a name of a place, alone or followed by its departement's."""
    noms = [fold_place(nom) for nom in (place.nom, *place.autres_noms)]
    if wanted in noms:
        return True
    parents = (catalogue.territoires.get(iri) for iri in place.ancetres)
    departements = {fold(parent.nom) for parent in parents if parent and parent.niveau == "departement"}
    return any(wanted == f"{nom} {departement}" for nom in noms for departement in departements)


def _widest_left_out(places: list[Territoire]) -> list[Territoire]:
    """Leave out what holds another of the places: Paris is the commune, Guadeloupe the departement."""
    held = {iri for place in places for iri in place.ancetres if iri != place.iri}
    return [place for place in places if place.iri not in held]
