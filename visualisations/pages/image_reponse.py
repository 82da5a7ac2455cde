"""The answer as a picture: the association in the middle, who answers around it, the nearest inside.

Lines between actors are the relations that documents tell, one line a pair, numbered and said in words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import cos, hypot, pi, sin
from typing import Final

from graph.cartography import Relation, open_cartographe
from graph.cartography.etiquettes import LARGEUR_LIGNE, wrap
from graph.catalogue import Catalogue
from graph.catalogue.modele import NIVEAUX, Iri, Niveau
from graph.orientation.modele import Recommandation, Reponse
from visualisations.pages.commun import actor_address
from visualisations.pages.petite_carte import PetiteCarteVue, view_small_map
from visualisations.rendu import messages
from visualisations.reseau.mots import say_relation
from visualisations.types_acteur import type_principal

MAX: Final = 8
"""Actors drawn: the first of the answer."""
LIENS_MAX: Final = 8
"""Pairs joined at most."""
_RAYONS: Final = (200, 120)
"""Half axes of the inner ring, in pixels of the view box."""
_PAS: Final = (95, 66)
"""What each wider level adds to them."""
_MARGES: Final = (95, 62)
"""Room for the labels of the outer ring."""
_ECART: Final = 165
"""Twice how far from the association a line between two others passes, at least."""

_Points = Mapping[Iri, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class CercleVue:
    """A ring: everybody on it is equally near."""

    rx: int
    ry: int
    nom: str


@dataclass(frozen=True, slots=True)
class PointVue:
    """An actor of the picture."""

    nom: tuple[str, ...]
    """Its name, in short lines."""
    adresse: str
    symbole: str
    x: int
    y: int
    sur: bool
    """Known to answer; the others are drawn paler."""


@dataclass(frozen=True, slots=True)
class TraitVue:
    """What is known between two actors."""

    trace: str
    """SVG path."""
    x: int
    y: int
    """Where its number is written."""
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImageVue:
    """Context of ``partials/_image_reponse.html``: the association is at (0, 0)."""

    demi_largeur: int
    demi_hauteur: int
    cercles: tuple[CercleVue, ...]
    """The nearest first."""
    points: tuple[PointVue, ...]
    traits: tuple[TraitVue, ...]
    carte: PetiteCarteVue | None


def view_image(catalogue: Catalogue, reponse: Reponse) -> ImageVue | None:
    """The picture of an answer; None when there are not two actors to place."""
    montres = reponse.recommandations[:MAX]
    if len(montres) < 2:
        return None
    niveaux = sorted({reco.niveau for reco in montres}, key=NIVEAUX.index)
    axes = {
        niveau: (_RAYONS[0] + _PAS[0] * rang, _RAYONS[1] + _PAS[1] * rang)
        for rang, niveau in enumerate(niveaux)
    }
    lieux = dict(_place(montres, axes))
    large, haut = axes[niveaux[-1]]
    return ImageVue(
        demi_largeur=large + _MARGES[0],
        demi_hauteur=haut + _MARGES[1],
        cercles=tuple(CercleVue(*axes[niveau], messages(f"niveaux.{niveau}")) for niveau in niveaux),
        points=tuple(_view_point(catalogue, reco, lieux[reco.acteur]) for reco in montres),
        traits=tuple(islice(_links(catalogue, lieux), LIENS_MAX)),
        carte=view_small_map(
            catalogue,
            catalogue.territoires.get(reponse.demande.territoire),
            (catalogue.acteurs[reco.acteur] for reco in montres),
        ),
    )


def _place(
    montres: Sequence[Recommandation], axes: Mapping[Niveau, tuple[int, int]]
) -> Iterator[tuple[Iri, tuple[float, float]]]:
    """Go round clockwise in the order of the answer, beside the top, where the rings have their names."""
    tour = 2 * pi / len(montres)
    for numero, reco in enumerate(montres):
        angle = tour * (numero + 0.5) - pi / 2
        rx, ry = axes[reco.niveau]
        yield reco.acteur, (rx * cos(angle), ry * sin(angle))


def _view_point(catalogue: Catalogue, reco: Recommandation, lieu: tuple[float, float]) -> PointVue:
    acteur = catalogue.acteurs[reco.acteur]
    court = min((acteur.nom, *acteur.sigles), key=lambda nom: len(nom) > 2 * LARGEUR_LIGNE)
    return PointVue(
        nom=wrap(court)[:3],
        adresse=actor_address(acteur),
        symbole=type_principal(acteur.types).code,
        x=round(lieu[0]),
        y=round(lieu[1]),
        sur=reco.competent,
    )


def _links(catalogue: Catalogue, lieux: _Points) -> Iterator[TraitVue]:
    paires: dict[frozenset[Iri], list[Relation]] = {}
    for relation in open_cartographe(catalogue).between(lieux.keys()):
        paires.setdefault(frozenset((relation.de, relation.vers)), []).append(relation)
    for relations in paires.values():
        (x1, y1), (x2, y2) = (lieux[iri] for iri in (relations[0].de, relations[0].vers))
        cx, cy = _bend(x1, y1, x2, y2)
        yield TraitVue(
            trace=f"M{x1:.0f} {y1:.0f}Q{cx:.0f} {cy:.0f} {x2:.0f} {y2:.0f}",
            x=round((x1 + 2 * cx + x2) / 4),
            y=round((y1 + 2 * cy + y2) / 4),
            phrases=tuple(_say(catalogue, relation) for relation in relations),
        )


def _bend(x1: float, y1: float, x2: float, y2: float) -> tuple[float, float]:
    """Where a line bends: away from the association, so that it leaves room for its name."""
    x, y = (x1 + x2) / 2, (y1 + y2) / 2
    loin = hypot(x, y)
    if loin < 1:  # they face each other: go round by one side
        x, y, loin = y1 - y2, x2 - x1, hypot(x1 - x2, y1 - y2)
        return x / loin * _ECART, y / loin * _ECART
    pousse = max(loin + 45, _ECART - loin) / loin
    return x * pousse, y * pousse


def _say(catalogue: Catalogue, relation: Relation) -> str:
    qualites = tuple(dict.fromkeys(q for fait in relation.faits for q in fait.qualites))
    verbe, _, precisions = say_relation(catalogue, relation, qualites)
    suite = f" ({', '.join(precisions)})" if precisions else ""
    return f"{catalogue.libelle(relation.de)} {verbe} {catalogue.libelle(relation.vers)}{suite}"
