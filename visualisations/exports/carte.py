"""The map as files: the page, the drawing alone, the table for spreadsheets, GIS and programs."""

import json
from textwrap import wrap
from typing import Any, Final
from urllib.parse import urljoin

from graph.carte import Carte, Zone, draw_map, parse_criteres
from graph.cartography.exports import clean
from graph.catalogue import Catalogue
from graph.catalogue.contours import to_degrees
from graph.catalogue.territoires import reference
from graph.dates import DatePartielle, aujourd_hui
from ontology.namespaces import MAILLAGE
from visualisations.carte.mots import say_caption
from visualisations.exports.fichier_seul import fichier_seul
from visualisations.exports.modele import Criteres, VueExportable, first
from visualisations.pages.carte import page_carte, view_map
from visualisations.pages.lieux import place_address
from visualisations.rendu import messages, render
from visualisations.tableau import write_table

CHAMPS: Final = (
    "territoire", "mesure", "maille", "portee", "fonction", "role", "annee", "rapport", "points"
)  # fmt: skip

TITRE, LIGNE, COTE = 76, 130, 36
"""Characters of a line of the drawing's title, of its warnings, of the notes beside it."""


def read_map(catalogue: Catalogue, criteres: Criteres) -> Carte:
    """The map that a query string asks for, today.

    Raises:
        DemandeInvalideError: a value that is no choice of its field.
    """
    valeurs = {champ: first(criteres, champ).strip() for champ in CHAMPS}
    return draw_map(catalogue, parse_criteres(catalogue, **valeurs), aujourd_hui())


def write_html(catalogue: Catalogue, criteres: Criteres) -> str:
    """The page: drawing, legend, table."""
    carte = read_map(catalogue, criteres)
    return fichier_seul(page_carte(catalogue, carte.criteres, carte.jour))


def write_svg(catalogue: Catalogue, criteres: Criteres) -> str:
    """The drawing with its title, its warnings, its legend, the boxes of overseas France and its source."""
    carte = read_map(catalogue, criteres)
    vue = view_map(catalogue, carte)
    jour = DatePartielle.parse(carte.jour.isoformat()).en_clair
    avertis = (messages("carte_page.chapeau"), vue.partielle)
    source = messages("carte_page.source", edition=vue.edition, jour=jour), messages("carte_page.credit")
    return clean(
        render(
            "exports/carte.svg",
            vue=vue,
            titre=wrap(vue.legende, TITRE),
            avertissement=[ligne for texte in avertis for ligne in wrap(texte, LIGNE)],
            notes=[
                ligne
                for texte in (messages("carte_page.classes"), *vue.remarques)
                for ligne in (*wrap(texte, COTE), "")
            ],
            source=[ligne for texte in source for ligne in wrap(texte, LIGNE)],
        )
    )


def write_csv(catalogue: Catalogue, criteres: Criteres) -> str:
    """One row a place, in the order of the page's table; an unknown value is an empty cell."""
    carte = read_map(catalogue, criteres)
    unite = say_caption(catalogue, carte.criteres)
    lignes = (
        (
            zone.territoire.code,
            zone.territoire.nom,
            zone.region.nom if zone.region else "",
            "" if zone.valeur is None else _number(zone.valeur),
            unite,
            "" if zone.classe is None else str(zone.classe),
            "" if zone.employeuses is None else str(zone.employeuses),
            urljoin(MAILLAGE, zone.territoire.iri),
        )
        for zone in carte.zones
    )
    return write_table(messages("carte_page.csv_colonnes").split(";"), lignes)


def write_json(catalogue: Catalogue, criteres: Criteres) -> str:
    """What the API answers."""
    return json.dumps(map_to_dict(catalogue, read_map(catalogue, criteres)), ensure_ascii=False, indent=1)


def map_to_dict(catalogue: Catalogue, carte: Carte) -> dict[str, Any]:
    """The map as plain data; a null value is one that nobody knows."""
    criteres = carte.criteres
    return {
        "edition": catalogue.edition,
        "date": carte.jour.isoformat(),
        "titre": say_caption(catalogue, criteres),
        "demande": {
            "mesure": criteres.mesure,
            "maille": criteres.maille,
            "portee": criteres.portee,
            "fonction": criteres.fonction or None,
            "role": criteres.role or None,
            "annee": criteres.annee,
            "rapport": criteres.rapport,
            "territoire": reference(criteres.territoire) if criteres.territoire else None,
        },
        "classes": [
            {"classe": classe.rang, "de": classe.debut, "a": classe.fin, "territoires": classe.nombre}
            for classe in carte.classes
        ],
        "territoires": [_properties(zone) for zone in carte.zones],
        "acteurs": [
            {
                "iri": acteur.iri,
                "nom": acteur.nom,
                "types": list(acteur.types),
                "latitude": acteur.position.latitude,
                "longitude": acteur.position.longitude,
            }
            for acteur in carte.points
            if acteur.position
        ],
        "non_comptes": dict(carte.hors),
    }


def write_geojson(catalogue: Catalogue, criteres: Criteres) -> str:
    """The places with their shapes in degrees; those without one, overseas, have none."""
    carte = read_map(catalogue, criteres)
    features = [
        {
            "type": "Feature",
            "id": zone.territoire.iri,
            "properties": _properties(zone),
            "geometry": _geometry(catalogue, zone),
        }
        for zone in carte.zones
    ]
    collection = {
        "type": "FeatureCollection",
        "name": say_caption(catalogue, carte.criteres),
        "note": messages("carte_page.geojson_note"),
        "edition": catalogue.edition,
        "features": features,
    }
    return json.dumps(collection, ensure_ascii=False)


def _properties(zone: Zone) -> dict[str, Any]:
    lieu = zone.territoire
    return {
        "territoire": reference(lieu),
        "code": lieu.code,
        "nom": lieu.nom,
        "region": zone.region.nom if zone.region else None,
        "valeur": zone.valeur,
        "classe": zone.classe,
        "associations_employeuses": zone.employeuses,
        "adresse": place_address(lieu),
    }


def _geometry(catalogue: Catalogue, zone: Zone) -> dict[str, Any] | None:
    """A polygon for each ring, closed, counter-clockwise in degrees as GeoJSON wants an outer ring."""
    contours = [catalogue.contours[code] for code in zone.departements if code in catalogue.contours]
    polygons = []
    for anneau in (anneau for contour in contours for anneau in contour.anneaux):
        ring = [to_degrees(point) for point in anneau]
        if _area(ring) < 0:
            ring.reverse()
        polygons.append([[*ring, ring[0]]])
    return {"type": "MultiPolygon", "coordinates": polygons} if polygons else None


def _area(ring: list[tuple[float, float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))


def _number(valeur: float) -> str:
    """A number as French spreadsheets read it."""
    return f"{valeur:.2f}".rstrip("0").rstrip(".").replace(".", ",")


CARTE: Final = VueExportable(
    criteres=CHAMPS,
    formats={
        "html": write_html,
        "svg": write_svg,
        "csv": write_csv,
        "geojson": write_geojson,
        "json": write_json,
    },
)
