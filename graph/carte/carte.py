"""The map as data: places with their values and classes, what is left out, actors at a known point."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from weakref import WeakKeyDictionary

from graph.accompaniments import find_period
from graph.carte.classes import Classe, find_classe, make_classes
from graph.carte.demande import LARGES, Criteres
from graph.carte.mesures import count_employeuses, make_filter, measure, sum_recus
from graph.catalogue import Catalogue
from graph.catalogue.comptes import Recu
from graph.catalogue.modele import Acteur, Iri, Territoire
from graph.coverage import open_index
from graph.coverage.releve import INHABITES
from graph.texte import fold


@dataclass(frozen=True, slots=True)
class Zone:
    """One place of the map."""

    territoire: Territoire
    region: Territoire | None
    """Today's region of a departement; None for a region or a collectivity."""
    departements: tuple[str, ...]
    """Codes of the departements that draw it."""
    valeur: float | None
    """None when nothing lets anyone say."""
    classe: int | None
    """0 for zero, None for unknown."""
    employeuses: int | None
    """Employing associations that registers know, when a rate is asked."""
    visee: bool = False
    """True for the place asked for, among those around it."""


GARDEES_MAX: Final = 64
"""Maps kept for an edition."""


@dataclass(frozen=True, slots=True)
class Carte:
    """What the map shows."""

    criteres: Criteres
    jour: date
    zones: tuple[Zone, ...]
    """The highest values first, unknown ones last, then by name."""
    classes: tuple[Classe, ...]
    points: tuple[Acteur, ...]
    """Actors whose coordinates are known, by name; none unless asked."""
    hors: Mapping[str, int]
    """What is counted nowhere, by reason: ``sans-lieu``, ``plus-large``, ``sans-date``."""


_GARDEES: Final[WeakKeyDictionary[Catalogue, dict[tuple[Criteres, date], Carte]]] = WeakKeyDictionary()


def draw_map(catalogue: Catalogue, criteres: Criteres, jour: date) -> Carte:
    """Return the map that is asked for; the last ones are kept, as their page and files ask for the same.

    Args:
        catalogue: the edition.
        criteres: what is asked.
        jour: day on which things must hold when no year is asked.
    """
    kept = _GARDEES.setdefault(catalogue, {})
    found = kept.get((criteres, jour))
    if found is None:
        found = _draw(catalogue, criteres, jour)
        if len(kept) >= GARDEES_MAX:
            kept.clear()
        kept[criteres, jour] = found
    return found


def _draw(catalogue: Catalogue, criteres: Criteres, jour: date) -> Carte:
    lieux = find_zones(catalogue, criteres)
    valeurs = measure(catalogue, criteres, lieux, jour)
    employeuses = count_employeuses(catalogue, lieux) if criteres.rapport else {}
    classes = make_classes(valeur for valeur in valeurs.values() if valeur is not None)
    visee = criteres.territoire.iri if criteres.territoire else ""
    zones = (
        Zone(
            territoire=lieu,
            region=_region(catalogue, lieu) if lieu.niveau == "departement" else None,
            departements=_codes(catalogue, lieu),
            valeur=valeurs[lieu.iri],
            classe=find_classe(classes, valeurs[lieu.iri]),
            employeuses=employeuses.get(lieu.iri),
            visee=_holds(lieu, criteres.territoire) if visee else False,
        )
        for lieu in lieux
    )
    return Carte(
        criteres=criteres,
        jour=jour,
        zones=tuple(
            sorted(
                zones,
                key=lambda z: (z.valeur is None, -(z.valeur or 0), fold(z.territoire.nom), z.territoire.code),
            )
        ),
        classes=classes,
        points=_points(catalogue, criteres, lieux) if criteres.points else (),
        hors=_left_out(catalogue, criteres, jour),
    )


def find_zones(catalogue: Catalogue, criteres: Criteres) -> list[Territoire]:
    """Return the places of the map: all of France, or those of the territory asked for.

    A departement or a finer place shows its whole region, to be compared with its neighbours. Where no
    departement is found in the region, as overseas, that is one place.
    """
    today = [lieu for lieu in catalogue.territoires.values() if lieu.fin is None]
    departements = [lieu for lieu in today if lieu.niveau == "departement"]
    if criteres.maille == "region":
        alone = [lieu for lieu in departements if _region(catalogue, lieu) is None]
        lieux = [lieu for lieu in today if lieu.niveau == "region"] + alone
    else:
        lieux = departements
    if criteres.mesure == "trous":
        lieux = [lieu for lieu in lieux if lieu.code not in INHABITES]
    if criteres.territoire is None:
        return lieux
    wanted = _around(catalogue, criteres.territoire)
    return [lieu for lieu in lieux if wanted & {lieu.iri, *lieu.ancetres}]


def _around(catalogue: Catalogue, lieu: Territoire) -> set[Iri]:
    """Return the regions where to look for a place: itself, those that touch it, or itself without any."""
    reach = open_index(catalogue).lieux.reach(lieu.iri)
    if lieu.niveau == "region":
        return {lieu.iri}
    held = [catalogue.territoires[iri] for iri in reach if iri in catalogue.territoires]
    regions = {place.iri for place in held if place.niveau == "region" and place.fin is None}
    return regions or {place.iri for place in held if place.niveau == "departement"}


def _holds(zone: Territoire, lieu: Territoire | None) -> bool:
    return lieu is not None and lieu.niveau not in ("region", "national") and zone.iri in lieu.ancetres


def _region(catalogue: Catalogue, lieu: Territoire) -> Territoire | None:
    known = (catalogue.territoires.get(iri) for iri in lieu.ancetres)
    return next((place for place in known if place and place.niveau == "region" and place.fin is None), None)


def _codes(catalogue: Catalogue, lieu: Territoire) -> tuple[str, ...]:
    if lieu.niveau == "departement":
        return (lieu.code,)
    return tuple(
        place.code for place in open_index(catalogue).lieux.contents(lieu.iri).get("departement", ())
    )


def _points(catalogue: Catalogue, criteres: Criteres, lieux: Iterable[Territoire]) -> tuple[Acteur, ...]:
    """The actors of the catalogue with coordinates, of the role asked, seated in what is shown."""
    kept = {lieu.iri for lieu in lieux}
    whole = criteres.territoire is None

    def is_here(acteur: Acteur) -> bool:
        siege = catalogue.territoires.get(acteur.siege or "")
        return whole or (siege is not None and not kept.isdisjoint(siege.ancetres))

    found = (
        acteur
        for acteur in catalogue.acteurs.values()
        if acteur.position is not None
        and (not criteres.role or criteres.role in acteur.types)
        and is_here(acteur)
    )
    return tuple(sorted(found, key=lambda acteur: (fold(acteur.nom), acteur.iri)))


def _left_out(catalogue: Catalogue, criteres: Criteres, jour: date) -> dict[str, int]:
    """What the measure counts in no place of the map, by reason; whatever the territory looked at."""
    if criteres.mesure in ("subventions", "montants"):
        recus = sum_recus(catalogue, criteres.annee)
        undated = sum(recu.nombre for (_, quand), recu in catalogue.comptes.recus.items() if not quand)
        found = {
            "sans-lieu": recus.get("", Recu()).nombre,
            "sans-date": undated if criteres.annee else 0,
        }
    elif criteres.mesure == "accompagnements":
        actions = catalogue.accompagnements.values()
        found = {
            "sans-lieu": sum(1 for action in actions if not action.territoires),
            "sans-date": sum(1 for action in actions if find_period(action) is None) if criteres.annee else 0,
        }
    else:
        found = {}
    if criteres.mesure in LARGES and criteres.portee == "proche":
        found["plus-large"] = _wider(catalogue, criteres, jour)
    return {raison: nombre for raison, nombre in found.items() if nombre}


def _wider(catalogue: Catalogue, criteres: Criteres, jour: date) -> int:
    """How many offers, actions or actors name only places wider than those of the map."""
    wide = {"national"} | ({"region"} if criteres.maille == "departement" else set())

    def only_wide(lieux: Iterable[Iri]) -> bool:
        niveaux = {catalogue.territoires[iri].niveau for iri in lieux if iri in catalogue.territoires}
        return bool(niveaux) and niveaux <= wide

    if criteres.mesure == "acteurs":
        perimetres = (
            (a.perimetres, *(offre.territoires for offre in catalogue.offres_de(a.iri)))
            for a in catalogue.acteurs.values()
            if not criteres.role or criteres.role in a.types
        )
        return sum(only_wide(iri for lieux in groupes for iri in lieux) for groupes in perimetres)
    if criteres.mesure == "offres":
        kept = make_filter(catalogue, criteres, criteres.periode(jour))
        return sum(kept(offre) and only_wide(offre.territoires) for offre in catalogue.offres.values())
    return sum(only_wide(action.territoires) for action in catalogue.accompagnements.values())
