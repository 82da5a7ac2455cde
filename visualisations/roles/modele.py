"""What the diagram, the table, the CSV and the JSON of a system of actors share, in words."""

from dataclasses import dataclass

from graph.cartography.roles import Etat, Voie
from visualisations.pages.commun import ChoseVue, SourceVue


@dataclass(frozen=True, slots=True)
class FaitRoleVue:
    """One statement: what the actor does, when, and where it is written."""

    texte: str
    titre: str
    """What the source calls it, empty when the text says as much."""
    quand: str
    etat: Etat
    sources: tuple[SourceVue, ...]


@dataclass(frozen=True, slots=True)
class TenantVue:
    """An actor in one kind of role."""

    acteur: ChoseVue
    court: str
    """Its name, or its acronym when the name is long."""
    service_de: str
    numero: int
    """Number of an actor that plays several kinds of roles, 0 for the others."""
    aussi: tuple[str, ...]
    mots: tuple[str, ...]
    """What it does, each way once with all it does it for: the words of the diagram."""
    etat: Etat
    """State shared by all it does here."""
    faits: tuple[FaitRoleVue, ...]


@dataclass(frozen=True, slots=True)
class GroupeRolesVue:
    """Actors of one kind of role; those of one committee or around an action when ``titre`` is given."""

    tenants: tuple[TenantVue, ...]
    titre: str = ""
    sources: tuple[SourceVue, ...] = ()
    """Where the committee is told, when no source names its members."""
    autour: bool = False
    """True when it is done for those the action joins, not for the action: no arrow leads to it."""


@dataclass(frozen=True, slots=True)
class VoieVue:
    """One kind of role."""

    code: Voie
    titre: str
    court: str
    groupes: tuple[GroupeRolesVue, ...]


@dataclass(frozen=True, slots=True)
class PlurielVue:
    """An actor that plays several kinds of roles."""

    numero: int
    acteur: ChoseVue
    court: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SystemeVue:
    """A whole system."""

    sujet: str
    precisions: tuple[str, ...]
    """Where, when, and in what state."""
    centre: tuple[tuple[str, tuple[str, ...]], ...]
    """What stands inside the subject, under a heading each: who leads it, whom it is for, its parts."""
    voies: tuple[VoieVue, ...]
    pluriels: tuple[PlurielVue, ...]
    manques: tuple[str, ...]
    acteurs: int
    roles: int
