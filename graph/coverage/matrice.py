"""Who does what in a place: actors, functions and stages, as the experiment of the Finistère drew them.

What several actors cover together, where they overlap, what rests on one of them, what nobody known does.
An offer of which no source says the stage, the need or the sector asked stays in: unknown is not a no.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Offre, Territoire
from graph.coverage.concepts import open_concepts
from graph.coverage.geographie import PORTEE_DE
from graph.coverage.lieux import open_index
from graph.coverage.modele import PORTEES, Portee
from graph.coverage.presences import NON, open_presences
from graph.coverage.sujets import Sujet, split
from graph.coverage.territoire import cover
from graph.orientation.combinaison import EXACT_MAX, cover_greedily
from graph.orientation.combinaison import cover as cover_exactly
from graph.orientation.garde import once_for_each

GARDES: Final = 8
"""Matrices kept: that of a whole country takes some megabytes."""
PROCHES: Final[frozenset[Portee]] = frozenset({"local", "departement"})


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
    cellules: Mapping[Iri, tuple[Preuve, ...]]
    """By column, those where it does nothing that is known left out."""
    stades: Mapping[Iri, tuple[Offre, ...]]
    stade_inconnu: tuple[Offre, ...]
    """Offers of which no source says the stage."""


@dataclass(frozen=True, slots=True)
class Recouvrement:
    """A function that several actors have here, stage by stage where sources say."""

    fonction: Iri
    acteurs: tuple[Iri, ...]
    stades: Mapping[Iri, tuple[Iri, ...]]
    """Actors of each stage, where at least two say it."""
    stade_inconnu: tuple[Iri, ...]


@dataclass(frozen=True, slots=True)
class Matrice:
    """Actors, functions and stages of a place."""

    territoire: Territoire
    sujet: Sujet
    jour: date
    proche: bool
    """Regional and national actors are left out."""
    colonnes: tuple[Iri, ...]
    """Functions; those under the one asked, when one is."""
    stades: tuple[Iri, ...]
    lignes: tuple[LigneMatrice, ...]
    """The most local first, then by name."""
    sans_fonction: tuple[tuple[Portee, Iri], ...]
    """Who acts here too, without any source that says by which function."""
    ensemble: tuple[LigneMatrice, ...]
    """The fewest actors that have, together, every function somebody has here."""
    exact: bool
    """Fewer would not do; False when there were too many functions to try every way."""
    recouvrements: tuple[Recouvrement, ...]

    par_fonction: Mapping[Iri, tuple[Iri, ...]]
    """Actors of each column, the most local first."""
    par_stade: Mapping[Iri, tuple[Iri, ...]]
    """Actors said to serve each stage, the most local first."""

    def acteurs(self, colonne: Iri) -> tuple[Iri, ...]:
        """Return who has a function, the most local first."""
        return self.par_fonction.get(colonne, ())

    def au_stade(self, stade: Iri) -> tuple[Iri, ...]:
        """Return who is said to serve a stage, the most local first."""
        return self.par_stade.get(stade, ())


def draw_matrix(
    catalogue: Catalogue, territoire: Territoire, sujet: Sujet, jour: date, *, proche: bool = False
) -> Matrice:
    """Return the matrix of a place.

    Args:
        catalogue: the edition.
        territoire: the place; who acts in it, in a part of it or around it is in.
        sujet: keeps the offers that meet it, or may; a function makes its own functions the columns.
        jour: day on which offers must hold.
        proche: keep who acts on the departement or finer only.
    """
    return _open(catalogue)(territoire, sujet, jour, proche)


@once_for_each
def _open(catalogue: Catalogue) -> Callable[[Territoire, Sujet, date, bool], Matrice]:
    """What draws the matrices of a catalogue; the latest are kept: a page and its files ask the same."""
    return lru_cache(GARDES)(partial(_draw, catalogue))


def _draw(catalogue: Catalogue, territoire: Territoire, sujet: Sujet, jour: date, proche: bool) -> Matrice:
    colonnes = split(catalogue, sujet, "fonction")
    offres = _find_offers(catalogue, territoire, sujet, jour)
    gardes = PROCHES if proche else frozenset(PORTEES)
    lignes = [
        ligne
        for acteur, found in offres.items()
        if (ligne := _line(catalogue, acteur, found, colonnes)).portee in gardes and ligne.cellules
    ]
    rangs = open_index(catalogue).rangs
    lignes.sort(key=lambda ligne: (PORTEES.index(ligne.portee), rangs[ligne.acteur]))
    ensemble, exact = _fewest(lignes, colonnes)
    dits = {ligne.acteur for ligne in lignes}
    presents = cover(catalogue, territoire, jour).fonctions[-1].acteurs
    return Matrice(
        territoire=territoire,
        sujet=sujet,
        jour=jour,
        proche=proche,
        colonnes=colonnes,
        stades=open_concepts(catalogue).stades,
        lignes=tuple(lignes),
        sans_fonction=tuple(
            (portee, iri)
            for portee in PORTEES
            if portee in gardes
            for iri in presents[portee]
            if iri not in dits
        ),
        ensemble=ensemble,
        exact=exact,
        recouvrements=tuple(_overlaps(catalogue, lignes)),
        par_fonction=_group(lignes, lambda ligne: ligne.cellules),
        par_stade=_group(lignes, lambda ligne: ligne.stades),
    )


def _group(
    lignes: Iterable[LigneMatrice], read: Callable[[LigneMatrice], Iterable[Iri]]
) -> Mapping[Iri, tuple[Iri, ...]]:
    groups: dict[Iri, list[Iri]] = defaultdict(list)
    for ligne in lignes:
        for iri in read(ligne):
            groups[iri].append(ligne.acteur)
    return {iri: tuple(acteurs) for iri, acteurs in groups.items()}


def _find_offers(
    catalogue: Catalogue, territoire: Territoire, sujet: Sujet, jour: date
) -> dict[Iri, list[tuple[Offre, Portee]]]:
    """Offers that act here and meet the subject or may, by actor, each with how wide it acts here."""
    presences = open_presences(catalogue)
    qualities = presences.qualities(sujet, jour)
    places = catalogue.territoires
    widths: dict[Iri, list[Portee]] = defaultdict(list)
    for found in open_index(catalogue).offres.touching(territoire.iri):
        rang = presences.rangs.get(found.chose.iri)
        if rang is not None and qualities[rang] > NON:
            niveau = places[found.lieu].niveau if found.lieu in places else "commune"
            widths[found.chose.iri].append(PORTEE_DE[niveau])
    offres: dict[Iri, list[tuple[Offre, Portee]]] = defaultdict(list)
    for iri, portees in widths.items():
        offre = catalogue.offres[iri]
        offres[offre.acteur].append((offre, min(portees, key=PORTEES.index)))
    return offres


def _line(
    catalogue: Catalogue, acteur: Iri, offres: Iterable[tuple[Offre, Portee]], colonnes: tuple[Iri, ...]
) -> LigneMatrice:
    cellules: dict[Iri, list[Preuve]] = defaultdict(list)
    stades: dict[Iri, list[Offre]] = defaultdict(list)
    offres = list(offres)
    for offre, _ in offres:
        for fonction in offre.fonctions:
            # The narrowest column that holds the function: the one asked comes last.
            held = (fonction, *catalogue.elargir(fonction))
            if (colonne := next((iri for iri in held if iri in colonnes), None)) is not None:
                cellules[colonne].append(Preuve(fonction, offre))
        for stade in offre.stades:
            stades[stade].append(offre)
    return LigneMatrice(
        acteur=acteur,
        portee=min((portee for _, portee in offres), key=PORTEES.index),
        cellules={iri: tuple(preuves) for iri, preuves in cellules.items()},
        stades={iri: tuple(found) for iri, found in stades.items()},
        stade_inconnu=tuple(offre for offre, _ in offres if not offre.stades),
    )


def _fewest(lignes: list[LigneMatrice], colonnes: tuple[Iri, ...]) -> tuple[tuple[LigneMatrice, ...], bool]:
    """The fewest actors that have every function somebody has; among as few, the most local."""
    best: dict[int, LigneMatrice] = {}
    for ligne in lignes:
        mask = sum(1 << rang for rang, iri in enumerate(colonnes) if iri in ligne.cellules)
        best.setdefault(mask, ligne)
    full = 0
    for mask in best:
        full |= mask
    worth = {mask: len(PORTEES) - PORTEES.index(ligne.portee) for mask, ligne in best.items()}
    exact = full.bit_count() <= EXACT_MAX
    chosen = (cover_exactly if exact else cover_greedily)(full, worth) if full else ()
    return tuple(sorted((best[mask] for mask in chosen), key=lignes.index)), exact


def _overlaps(catalogue: Catalogue, lignes: Iterable[LigneMatrice]) -> Iterable[Recouvrement]:
    """Functions, as sources say them, that at least two actors have; those of most actors first."""
    acteurs: dict[Iri, dict[Iri, list[Offre]]] = defaultdict(lambda: defaultdict(list))
    for ligne in lignes:
        for preuves in ligne.cellules.values():
            for preuve in preuves:
                acteurs[preuve.fonction][ligne.acteur].append(preuve.offre)
    several = [(fonction, found) for fonction, found in acteurs.items() if len(found) > 1]
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
