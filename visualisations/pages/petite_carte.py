"""A small map beside an answer: the departement asked about in its region, and whom it names there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from graph.catalogue import Catalogue
from graph.catalogue.contours import Boite, to_drawing
from graph.catalogue.modele import Acteur, Iri, Territoire
from graph.catalogue.territoires import reference
from visualisations.pages.commun import find_departement, make_address, once_per_catalogue
from visualisations.rendu import messages


@dataclass(frozen=True, slots=True)
class PetiteCarteVue:
    """The map, in units of the shapes of departements."""

    x: float
    y: float
    largeur: float
    hauteur: float
    region: tuple[str, ...]
    """Shapes of the other departements of the region."""
    departement: str
    points: tuple[tuple[float, float], ...]
    """Where actors of the answer are seated, when a source gives it."""
    rayon: float
    legende: str
    adresse: str
    """The map of the region."""


def view_small_map(
    catalogue: Catalogue, lieu: Territoire | None, acteurs: Iterable[Acteur]
) -> PetiteCarteVue | None:
    """The map of where a request is; None outside the departements whose shape is known."""
    departement = find_departement(catalogue, lieu) if lieu else None
    contour = catalogue.contours.get(departement.code) if departement else None
    if departement is None or contour is None:
        return None
    region = _region(catalogue, departement)
    freres = _departements_by_region(catalogue).get(region.iri, ()) if region else ()
    autres = [catalogue.contours[code] for code in freres if code != departement.code]
    boite = reduce(Boite.union, (autre.boite for autre in autres), contour.boite)
    marge = 0.04 * max(boite.droite - boite.gauche, boite.bas - boite.haut)
    largeur = boite.droite - boite.gauche + 2 * marge
    places = (to_drawing(a.position.latitude, a.position.longitude) for a in acteurs if a.position)
    cle = "image.carte" if region else "image.carte-seule"
    return PetiteCarteVue(
        x=round(boite.gauche - marge, 1),
        y=round(boite.haut - marge, 1),
        largeur=round(largeur, 1),
        hauteur=round(boite.bas - boite.haut + 2 * marge, 1),
        region=tuple(autre.trace for autre in autres),
        departement=contour.trace,
        points=tuple((round(x, 1), round(y, 1)) for x, y in places),
        rayon=round(largeur / 45, 2),
        legende=messages(cle, nom=departement.nom, region=region.nom if region else ""),
        adresse=make_address("/cartographie/carte", [("territoire", reference(region or departement))]),
    )


def _region(catalogue: Catalogue, departement: Territoire) -> Territoire | None:
    """The region of today."""
    parents = (catalogue.territoires.get(iri) for iri in departement.ancetres)
    return next((p for p in parents if p and p.niveau == "region" and p.fin is None), None)


@once_per_catalogue
def _departements_by_region(catalogue: Catalogue) -> Mapping[Iri, list[str]]:
    """Codes of the departements that have a shape, under everything that holds them."""
    found: dict[Iri, list[str]] = defaultdict(list)
    for place in catalogue.territoires.values():
        if place.niveau == "departement" and place.code in catalogue.contours:
            for iri in place.ancetres:
                found[iri].append(place.code)
    return found
