"""What Maillage knows of the support found in one place: who, for what, from how far, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from graph.catalogue.modele import Iri, Niveau, Territoire

Portee = Literal["local", "departement", "region", "national"]
"""How wide an actor acts: on a commune, an intercommunality or a zone (``local``), or wider."""
PORTEES: Final[tuple[Portee, ...]] = ("local", "departement", "region", "national")


@dataclass(frozen=True, slots=True)
class Ligne:
    """Who does one thing here (a function or a stage), by how wide they act."""

    concept: Iri | None
    """None gathers the actors for whom no source says."""
    acteurs: Mapping[Portee, tuple[Iri, ...]]
    """By name; an actor that acts at two widths is in both."""


@dataclass(frozen=True, slots=True)
class Trou:
    """A thing that no known actor does from near enough."""

    concept: Iri
    plus_large: bool
    """True when a known actor of a wider level does it."""


@dataclass(frozen=True, slots=True)
class Porteur:
    """A mandate that holds here: who carries which dispositif, and whether it has ended."""

    lien: Iri
    acteur: Iri
    dispositif: Iri
    territoires: tuple[Iri, ...]
    portee: Portee
    fini: bool
    """It surely ended before the day asked."""


@dataclass(frozen=True, slots=True)
class Couverture:
    """Everything a page, a map or a table says of one place."""

    territoire: Territoire
    jour: date
    """Day on which offers and mandates must hold."""
    contenants: tuple[Territoire, ...]
    """Places that hold it, wholly or in part, the widest first."""
    contenus: Mapping[Niveau, tuple[Territoire, ...]]
    """Places that lie in it, wholly or in part, by name."""
    population: int | None
    acteurs: Mapping[Portee, tuple[Iri, ...]]
    proches: tuple[Portee, ...]
    """Widths near enough: the departement or finer, and for a wider place all up to its own."""
    fonctions: tuple[Ligne, ...]
    """Every top function of the vocabulary, then those not said."""
    stades: tuple[Ligne, ...]
    besoins: Mapping[Iri, frozenset[Portee]]
    """Every need, and how wide who answers it acts; by a wider or narrower need too, as in an orientation."""
    porteurs: tuple[Porteur, ...]
    actions: tuple[Iri, ...]
    """Support actions located in it."""
    observations: tuple[Iri, ...]
    """Figures about it, or located in it."""
    sieges: tuple[Iri, ...]
    """Known actors with their seat in it, by name."""

    @property
    def voisins(self) -> tuple[Iri, ...]:
        """Actors near enough, each once."""
        return tuple(dict.fromkeys(iri for portee in self.proches for iri in self.acteurs[portee]))

    def find_trous(self, lignes: tuple[Ligne, ...]) -> tuple[Trou, ...]:
        """Return what no known actor does from near enough, out of some lines of this place."""
        return tuple(
            Trou(ligne.concept, any(ligne.acteurs.values()))
            for ligne in lignes
            if ligne.concept is not None and not any(ligne.acteurs[portee] for portee in self.proches)
        )

    def find_besoins(self) -> tuple[Trou, ...]:
        """Return the needs that no known actor answers from near enough."""
        return tuple(
            Trou(besoin, bool(portees))
            for besoin, portees in self.besoins.items()
            if portees.isdisjoint(self.proches)
        )
