"""Does this offer fit this request? Criterion by criterion: match, wider, narrower, unknown — or out.

Unknown is never a silent no: an offer whose sources do not say stays in, lower, and says so.
A mismatch is a no: the offer names its stages, needs or sectors, and none is the one asked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Final, Literal

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Offre, Territoire
from graph.orientation.garde import once_for_each
from graph.orientation.modele import Demande
from ontology.namespaces import VOC

Qualite = Literal["exact", "parent", "enfant", "acteur", "inconnu"]
ACCOMPAGNATEURS: Final = f"{VOC}public/accompagnateurs"
PERSONNES: Final = f"{VOC}public/personnes"
ADHERENTS: Final = f"{VOC}public/adherents"
Chaines = Mapping[Iri, frozenset[Iri]]
"""Concept to all the concepts wider than it."""
_NO_ONE: Final[frozenset[Iri]] = frozenset()


@dataclass(frozen=True, slots=True)
class Accord:
    """How one thing asked is met by an offer."""

    qualite: Qualite
    demande: Iri
    """Concept asked."""
    offert: Iri | None = None
    """Concept of the offer (of the actor when the quality is ``acteur``) that meets it; None when unknown."""


Rencontre = Callable[[Iri, tuple[Iri, ...]], Accord | None]
"""Concept asked and concepts offered to how they meet."""


@dataclass(frozen=True, slots=True)
class Appariement:
    """An offer that fits, and how."""

    offre: Offre
    territoire: Territoire
    """The most local territory of the offer that holds the place asked."""
    besoins: tuple[Accord, ...]
    """One per need met, ``inconnu`` when the offer names no need; empty when none was asked."""
    besoins_restants: tuple[Iri, ...]
    secteur: Accord | None
    stade: Accord | None

    @property
    def competent(self) -> bool:
        """Covers the place, no mismatch, and one need or the sector met when any was asked."""
        asked = [*self.besoins, *([self.secteur] if self.secteur else [])]
        return not asked or any(accord.qualite != "inconnu" for accord in asked)


def find_covering(catalogue: Catalogue, place: Territoire) -> Mapping[Iri, Territoire]:
    """Return the territories that hold a place, itself first, the widest last."""
    return {iri: catalogue.territoires[iri] for iri in place.ancetres if iri in catalogue.territoires}


def match_offre(
    catalogue: Catalogue, demande: Demande, covering: Mapping[Iri, Territoire], offre: Offre
) -> Appariement | None:
    """Match one offer with a request; None when it is out.

    Whether one may turn to it directly, and what the rules of eligibility say, is looked at elsewhere.
    """
    if not open_on(offre, demande.date):
        return None
    territoire = next((place for iri, place in covering.items() if iri in offre.territoires), None)
    meeting = open_meeting(catalogue)
    stade = _accord(meeting, "stade", demande.stade, offre.stades)
    if territoire is None or stade is False:
        return None
    secteur = meet_sector(catalogue, demande.secteur, offre)
    if demande.secteur is not None and secteur is None:
        return None
    asked = name_needs(demande.besoins)
    accords = [meeting(besoin, offre.besoins) for besoin in asked]
    met = tuple(accord for accord in accords if accord is not None)
    if asked and not met:
        return None
    rest = tuple(besoin for besoin, accord in zip(asked, accords, strict=True) if accord is None)
    return Appariement(offre, territoire, met, rest, secteur, stade)


@lru_cache(1 << 8)
def name_needs(codes: tuple[str, ...]) -> tuple[Iri, ...]:
    """Return the concepts of the needs asked, in order."""
    return tuple(f"{VOC}besoin/{code}" for code in codes)


def open_on(offre: Offre, jour: date) -> bool:
    """Tell whether an offer was open on a day, as far as its dates and its actor's birth say."""
    ended = offre.fin is not None and offre.fin.surely_before(jour)
    to_come = offre.au_plus_tot is not None and offre.au_plus_tot.surely_after(jour)
    return not ended and not to_come


def for_others(offre: Offre) -> bool:
    """Tell whether only support professionals or persons may use it: not an association for itself."""
    return bool(offre.publics_vises) and set(offre.publics_vises) <= {ACCOMPAGNATEURS, PERSONNES}


def _accord(
    meeting: Rencontre, schema: str, code: str | None, offerts: tuple[Iri, ...]
) -> Accord | Literal[False] | None:
    """Meet a single criterion: None when it was not asked, False when the offer is for others."""
    if code is None:
        return None
    return meeting(f"{VOC}{schema}/{code}", offerts) or False


def meet_sector(catalogue: Catalogue, code: str | None, offre: Offre) -> Accord | None:
    """Meet the sector asked: by the offer or, when it says none, less surely by the sector of its actor."""
    if code is None:
        return None
    meeting, asked = open_meeting(catalogue), f"{VOC}secteur/{code}"
    if offre.secteurs or not (own := catalogue.acteurs[offre.acteur].secteurs):
        return meeting(asked, offre.secteurs)
    accord = meeting(asked, own)
    return Accord("acteur", asked, accord.offert) if accord else Accord("inconnu", asked)


def meet(chaines: Chaines, demande: Iri, offerts: tuple[Iri, ...]) -> Accord | None:
    """Return the best way an offer's concepts meet one asked; None is a mismatch."""
    if not offerts:
        return Accord("inconnu", demande)
    if demande in offerts:
        return Accord("exact", demande, demande)
    wider = chaines.get(demande, _NO_ONE)
    for offert in offerts:
        if offert in wider:
            return Accord("parent", demande, offert)
    for offert in offerts:
        if demande in chaines.get(offert, _NO_ONE):
            return Accord("enfant", demande, offert)
    return None


@once_for_each
def open_meeting(catalogue: Catalogue) -> Rencontre:
    """Return :func:`meet` for a catalogue; what it says is kept, within a bound."""
    return lru_cache(1 << 16)(partial(meet, read_chaines(catalogue)))


@once_for_each
def read_chaines(catalogue: Catalogue) -> Chaines:
    """Return the wider concepts of every concept that has some."""
    return {iri: frozenset(wider) for iri in catalogue.concepts if (wider := catalogue.elargir(iri))}
