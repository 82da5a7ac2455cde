"""What several rows of a matrix make together: the fewest that have everything, and where they overlap."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Offre
from graph.coverage.concepts import open_concepts
from graph.coverage.modele import PORTEES, Portee
from graph.orientation.combinaison import EXACT_MAX, cover_greedily
from graph.orientation.combinaison import cover as cover_exactly


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a place where an actor acts."""

    lieu: Iri
    delimitee: bool
    """False when it acts in a part of it that no source delimits."""


@dataclass(frozen=True, slots=True)
class Preuve:
    """One function of one offer: what a mark of the matrix rests on."""

    fonction: Iri
    """As the source says it: often under the function of the column."""
    offre: Offre


@dataclass(frozen=True, slots=True)
class LigneMatrice:
    """What one actor does here."""

    acteur: Iri
    portee: Portee
    """The most local width at which it acts here."""
    parties: tuple[Part, ...]
    """Where, when none of its offers covers all of the place; the most local first."""
    cellules: Mapping[Iri, tuple[Preuve, ...]]
    """By column, those where it does nothing that is known left out."""
    stades: Mapping[Iri, tuple[Offre, ...]]
    stade_inconnu: tuple[Offre, ...]
    """Offers of which no source says the stage."""

    @property
    def vague(self) -> bool:
        """Whether all that is known of where it acts is a part that no source delimits."""
        return bool(self.parties) and not any(part.delimitee for part in self.parties)


@dataclass(frozen=True, slots=True)
class Recouvrement:
    """A function that several actors have here, stage by stage where sources say."""

    fonction: Iri
    acteurs: tuple[Iri, ...]
    stades: Mapping[Iri, tuple[Iri, ...]]
    """Actors of each stage, where at least two say it."""
    stade_inconnu: tuple[Iri, ...]


def find_fewest(
    lignes: list[LigneMatrice], colonnes: tuple[Iri, ...]
) -> tuple[tuple[LigneMatrice, ...], bool]:
    """Return the fewest actors that have every function somebody has, and whether fewer would not do.

    Among as few, the most local; who acts in a part that no source delimits comes after who acts as widely.
    """
    best: dict[int, LigneMatrice] = {}
    for ligne in sorted(lignes, key=lambda ligne: ligne.vague):
        mask = sum(1 << rang for rang, iri in enumerate(colonnes) if iri in ligne.cellules)
        best.setdefault(mask, ligne)
    full = 0
    for mask in best:
        full |= mask
    worth = {
        mask: 2 * (len(PORTEES) - PORTEES.index(ligne.portee)) - ligne.vague for mask, ligne in best.items()
    }
    exact = full.bit_count() <= EXACT_MAX
    chosen = (cover_exactly if exact else cover_greedily)(full, worth) if full else ()
    return tuple(sorted((best[mask] for mask in chosen), key=lignes.index)), exact


def find_overlaps(catalogue: Catalogue, lignes: Sequence[LigneMatrice]) -> Iterator[Recouvrement]:
    """Yield the functions, as sources say them, that at least two actors have; those of most actors first.

    Actors who all act in parts that no source delimits (the north, the south) may well never meet.
    """
    acteurs: dict[Iri, dict[Iri, list[Offre]]] = defaultdict(lambda: defaultdict(list))
    for ligne in lignes:
        for preuves in ligne.cellules.values():
            for preuve in preuves:
                acteurs[preuve.fonction][ligne.acteur].append(preuve.offre)
    vagues = {ligne.acteur for ligne in lignes if ligne.vague}
    several = [(f, found) for f, found in acteurs.items() if len(found) > 1 and not found.keys() <= vagues]
    several.sort(key=lambda pair: (-len(pair[1]), catalogue.libelle(pair[0])))
    for fonction, found in several:
        stades: dict[Iri, list[Iri]] = {iri: [] for iri in open_concepts(catalogue).stades}
        for acteur, offres in found.items():
            for stade in {stade for offre in offres for stade in offre.stades}:
                stades[stade].append(acteur)
        yield Recouvrement(
            fonction,
            tuple(found),
            {stade: tuple(qui) for stade, qui in stades.items() if len(qui) > 1},
            tuple(a for a, offres in found.items() if not any(offre.stades for offre in offres)),
        )
