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
from graph.coverage.ensembles import (
    LigneMatrice,
    Part,
    Preuve,
    Recouvrement,
    find_fewest,
    find_overlaps,
)
from graph.coverage.geographie import PORTEE_DE
from graph.coverage.lieux import open_index
from graph.coverage.modele import PORTEES, Portee
from graph.coverage.presences import DIT, NON, open_presences
from graph.coverage.sujets import Sujet, split
from graph.coverage.territoire import cover
from graph.orientation.appariement import for_others, open_on
from graph.orientation.garde import once_for_each

GARDES: Final = 8
"""Matrices kept: that of a whole country takes some megabytes."""
PROCHES: Final[frozenset[Portee]] = frozenset({"local", "departement"})
_Ici = tuple[Offre, list[Iri]]
"""An offer, and its places that touch the one asked for."""


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
    pour_autres: tuple[LigneMatrice, ...]
    """Who acts here for support professionals or persons only, never for an association itself."""
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
    a_demander: frozenset[Iri]
    """Columns of which no actor is said to meet the subject asked, only some that may."""

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
    gardes = PROCHES if proche else frozenset(PORTEES)

    def rows(garde: Callable[[Offre], bool]) -> list[LigneMatrice]:
        found = _find_offers(catalogue, territoire, garde)
        lignes = [_line(catalogue, territoire, acteur, ici, colonnes) for acteur, ici in found.items()]
        kept = [ligne for ligne in lignes if ligne.portee in gardes and ligne.cellules]
        rangs = open_index(catalogue).rangs
        return sorted(kept, key=lambda ligne: (PORTEES.index(ligne.portee), rangs[ligne.acteur]))

    lignes = rows(_for_associations(catalogue, sujet, jour))
    dits = {ligne.acteur for ligne in lignes}
    autres = [one for one in rows(_for_others(catalogue, sujet, jour)) if one.acteur not in dits]
    dits |= {ligne.acteur for ligne in autres}
    ensemble, exact = find_fewest(lignes, colonnes)
    presents = cover(catalogue, territoire, jour).fonctions[-1].acteurs
    return Matrice(
        territoire=territoire,
        sujet=sujet,
        jour=jour,
        proche=proche,
        colonnes=colonnes,
        stades=open_concepts(catalogue).stades,
        lignes=tuple(lignes),
        pour_autres=tuple(autres),
        sans_fonction=tuple(
            (portee, iri)
            for portee in PORTEES
            if portee in gardes
            for iri in presents[portee]
            if iri not in dits
        ),
        ensemble=ensemble,
        exact=exact,
        recouvrements=tuple(find_overlaps(catalogue, lignes)),
        par_fonction=_group(lignes, lambda ligne: ligne.cellules),
        par_stade=_group(lignes, lambda ligne: ligne.stades),
        a_demander=_find_unsaid(catalogue, lignes, sujet, jour),
    )


def _group(
    lignes: Iterable[LigneMatrice], read: Callable[[LigneMatrice], Iterable[Iri]]
) -> Mapping[Iri, tuple[Iri, ...]]:
    groups: dict[Iri, list[Iri]] = defaultdict(list)
    for ligne in lignes:
        for iri in read(ligne):
            groups[iri].append(ligne.acteur)
    return {iri: tuple(acteurs) for iri, acteurs in groups.items()}


def _find_unsaid(
    catalogue: Catalogue, lignes: Iterable[LigneMatrice], sujet: Sujet, jour: date
) -> frozenset[Iri]:
    presences = open_presences(catalogue)
    dits = presences.qualities(sujet, jour) == DIT
    cellules = [cellule for ligne in lignes for cellule in ligne.cellules.items()]
    said = {iri for iri, preuves in cellules if any(dits[presences.rangs[p.offre.iri]] for p in preuves)}
    return frozenset(iri for iri, _ in cellules) - said


def _find_offers(
    catalogue: Catalogue, territoire: Territoire, garde: Callable[[Offre], bool]
) -> dict[Iri, list[_Ici]]:
    """Offers that act here, by actor, each with the places of it that touch this one."""
    lieux: dict[Iri, list[Iri]] = defaultdict(list)
    for found in open_index(catalogue).offres.touching(territoire.iri):
        lieux[found.chose.iri].append(found.lieu)
    offres: dict[Iri, list[_Ici]] = defaultdict(list)
    for iri, ici in lieux.items():
        offre = catalogue.offres[iri]
        if offre.acteur in catalogue.acteurs and garde(offre):
            offres[offre.acteur].append((offre, ici))
    return offres


def _for_associations(catalogue: Catalogue, sujet: Sujet, jour: date) -> Callable[[Offre], bool]:
    """Tells of an offer whether an association may turn to it that day, and it meets the subject or may."""
    presences = open_presences(catalogue)
    qualities = presences.qualities(sujet, jour)

    def serves(offre: Offre) -> bool:
        rang = presences.rangs.get(offre.iri)
        return rang is not None and bool(qualities[rang] > NON)

    return serves


def _for_others(catalogue: Catalogue, sujet: Sujet, jour: date) -> Callable[[Offre], bool]:
    """Tells of an offer whether it is for others only, open that day, and near the subject."""
    near = open_concepts(catalogue).near

    def serves(offre: Offre) -> bool:
        if not (for_others(offre) and open_on(offre, jour)):
            return False
        dits = {
            "fonction": offre.fonctions,
            "stade": offre.stades,
            "besoin": offre.besoins,
            "secteur": offre.secteurs,
        }
        return all(not dits[nom] or near([iri]) & set(dits[nom]) for nom, iri in sujet.demandes)

    return serves


def _line(
    catalogue: Catalogue, territoire: Territoire, acteur: Iri, offres: list[_Ici], colonnes: tuple[Iri, ...]
) -> LigneMatrice:
    cellules: dict[Iri, list[Preuve]] = defaultdict(list)
    stades: dict[Iri, list[Offre]] = defaultdict(list)
    for offre, _ in offres:
        for fonction in offre.fonctions:
            # The narrowest column that holds the function: the one asked comes last.
            held = (fonction, *catalogue.elargir(fonction))
            if (colonne := next((iri for iri in held if iri in colonnes), None)) is not None:
                cellules[colonne].append(Preuve(fonction, offre))
        for stade in offre.stades:
            stades[stade].append(offre)
    lieux = {lieu for _, ici in offres for lieu in ici}
    return LigneMatrice(
        acteur=acteur,
        portee=min((_width(catalogue, lieu) for lieu in lieux), key=PORTEES.index),
        parties=_find_parts(catalogue, territoire, offres),
        cellules={iri: tuple(preuves) for iri, preuves in cellules.items()},
        stades={iri: tuple(found) for iri, found in stades.items()},
        stade_inconnu=tuple(offre for offre, _ in offres if not offre.stades),
    )


def _find_parts(catalogue: Catalogue, territoire: Territoire, offres: list[_Ici]) -> tuple[Part, ...]:
    entiers = {*territoire.ancetres, territoire.remplace_par}
    parts = {Part(lieu, lieu not in offre.en_partie) for offre, ici in offres for lieu in ici}
    if any(part.delimitee and part.lieu in entiers for part in parts):
        return ()
    return tuple(
        sorted(parts, key=lambda p: (PORTEES.index(_width(catalogue, p.lieu)), p.lieu, not p.delimitee))
    )


def _width(catalogue: Catalogue, lieu: Iri) -> Portee:
    place = catalogue.territoires.get(lieu)
    return PORTEE_DE[place.niveau] if place else "local"
