"""A network as other programs read it: flat nodes and links, written as JSON and as GeoJSON.

Pure writers: the words, the colours and the positions are given. The XML formats are in
:mod:`graph.cartography.exports_xml`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import networkx as nx

from graph.catalogue.modele import Position

Valeur = str | int | float

_INTERDITS: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, even escaped: control characters, lone surrogates."""
_RETOUR: Final = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class Sommet:
    """A node: an actor or an action."""

    id: str
    nom: str
    nature: str
    """``acteur`` or ``action``."""
    attributs: Mapping[str, Valeur]
    """Flat, by stable French code (``role``, ``lieu``), the same codes in the same order for every node;
    empty when no source says."""
    x: float
    y: float
    """Centre in pixels, y downwards."""
    rayon: float
    couleur: str
    """``#rrggbb``."""
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class Arc:
    """A link, from one node to another; two nodes may have several, of different kinds."""

    id: str
    de: str
    vers: str
    nom: str
    """The verb: « finance »."""
    genre: str
    poids: int
    """How many facts it rests on."""
    attributs: Mapping[str, Valeur]
    couleur: str


@dataclass(frozen=True, slots=True)
class Extrait:
    """A network to write, with what it is and where it comes from."""

    titre: str
    mention: str
    """Edition and licence, in one sentence."""
    edition: str
    sommets: tuple[Sommet, ...]
    arcs: tuple[Arc, ...]


def clean(texte: str) -> str:
    """Replace what XML cannot hold by the sign of a lost character, and every line end by a newline."""
    return _INTERDITS.sub("\N{REPLACEMENT CHARACTER}", _RETOUR.sub("\n", texte))


def clean_known(valeurs: Mapping[str, Valeur]) -> dict[str, Valeur]:
    """Values that are said, their texts clean."""
    propres = {nom: clean(valeur) if isinstance(valeur, str) else valeur for nom, valeur in valeurs.items()}
    return {nom: valeur for nom, valeur in propres.items() if valeur != ""}


def make_flat_graph(extrait: Extrait) -> "nx.MultiDiGraph[str]":
    """The network as networkx holds it, every attribute plain: text clean of what XML forbids, numbers.

    ``label``, ``x``, ``y``, ``size``, ``color`` and ``weight`` are the names that graph tools look for.
    """
    graphe: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        titre=clean(extrait.titre), edition=clean(extrait.edition), mention=clean(extrait.mention)
    )
    for sommet in extrait.sommets:
        dessin = {"x": sommet.x, "y": sommet.y, "size": 2 * sommet.rayon, "color": sommet.couleur}
        dits = {"nature": sommet.nature, **clean_known(sommet.attributs)}
        graphe.add_node(clean(sommet.id), label=clean(sommet.nom), **dits, **dessin)
    for arc in extrait.arcs:
        graphe.add_edge(
            clean(arc.de),
            clean(arc.vers),
            key=arc.genre,
            id=clean(arc.id),
            label=clean(arc.nom),
            genre=arc.genre,
            weight=arc.poids,
            color=arc.couleur,
            **clean_known(arc.attributs),
        )
    return graphe


def write_json(extrait: Extrait) -> str:
    """The network as node-link JSON: what ``networkx.node_link_graph``, D3 and others read."""
    return _dump(nx.node_link_data(make_flat_graph(extrait), edges="edges"))


def write_geojson(extrait: Extrait, note: str) -> str:
    """The actors as GeoJSON (RFC 7946): a point each, in degrees (WGS 84).

    An actor whose place is not known has no geometry, as the standard allows: maps leave it out, tables
    keep it. Those come last. Links are not written: a map of points has no use for them.

    Args:
        extrait: the network.
        note: what to say of those without a position.
    """
    acteurs = [sommet for sommet in extrait.sommets if sommet.nature == "acteur"]
    ranges = sorted(acteurs, key=lambda sommet: sommet.position is None)
    return _dump(
        {
            "type": "FeatureCollection",
            "name": clean(extrait.titre),
            "mention": clean(extrait.mention),
            "note": note,
            "sans_position": sum(sommet.position is None for sommet in acteurs),
            "features": [_feature(sommet) for sommet in ranges],
        }
    )


def _feature(sommet: Sommet) -> dict[str, Any]:
    lieu = sommet.position
    dits = dict.fromkeys(sommet.attributs) | clean_known(sommet.attributs)
    return {
        "type": "Feature",
        "id": clean(sommet.id),
        "geometry": {"type": "Point", "coordinates": [lieu.longitude, lieu.latitude]} if lieu else None,
        "properties": {"nom": clean(sommet.nom), **dits, "couleur": sommet.couleur},
    }


def _dump(donnees: object) -> str:
    return json.dumps(donnees, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
