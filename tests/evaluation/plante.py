"""A planted country: actors written for each request, so that the right answer is known by construction.

Each request has two needs and a sector that no other request of its country has. For it are planted actors
of known merit (``GAINS``) and actors that must not answer (``ECARTS``), each for one reason only; whatever
else could decide is the same for all. Nothing here reads how the engine scores.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import (
    Accompagnement,
    Acteur,
    Iri,
    Niveau,
    Offre,
    Passage,
    Source,
)
from graph.dates import DatePartielle
from graph.orientation.modele import Demande
from ontology.namespaces import ID, VOC
from tests.evaluation.pays import make_country

JOUR: Final = date(2026, 11, 20)
GAINS: Final[Mapping[str, int]] = {
    "commune": 6,  # covers the commune, both needs, sector and stage said
    "departement": 5,  # both needs
    "departement-moindre": 4,  # fits less well in one way (``MOINDRES``)
    "region": 3,
    "national": 2,
    "national-moindre": 1,
}
"""Merit of a planted actor, by what it is: the nearest first, then who meets more of what is asked."""
MOINDRES: Final = (
    "un-besoin",
    "besoin-plus-large",
    "stade-tu",
    "secteur-tu",
    "sans-siege",
    "sans-cas",
    "information",
    "source-ancienne",
)
"""Ways of fitting less well: one need of two, a wider need, nothing said of the stage, of the sector or of
the seat (the others sit in the commune), no past case, only information, an old source."""
SOURCES: Final = {
    nom: Source(f"{ID}{nom}", nom, nom, DatePartielle.parse(annee), nom)
    for nom, annee in (("recente", "2026"), ("ancienne", "2005"))
}
ECARTS: Final = (
    "ailleurs",
    "terminee",
    "pas-commencee",
    "autre-stade",
    "autre-secteur",
    "autre-besoin",
    "professionnels",
    "prestataire",
    "mobilisee",
)
"""Why a planted actor must not be in an answer: one reason each, all the rest fits."""


@dataclass(frozen=True, slots=True)
class Plantee:
    """A request and its right answer."""

    demande: Demande
    gains: Mapping[str, int]
    """Merit by slug."""
    ecarts: Mapping[str, str]
    """Why, by slug of who must not answer."""
    niveau: Niveau
    """The nearest level at which somebody answers."""


def plant(base: Catalogue, graine: int, demandes: int = 20) -> tuple[Catalogue, list[Plantee]]:
    """Plant a country.

    Args:
        base: where the concepts come from; nothing else of it is kept.
        graine: the same seed gives the same country.
        demandes: how many requests (each with two needs and a sector of its own, that have no narrower one).
    """
    hasard = random.Random(graine)
    territoires = make_country(regions=3, departements=3, communes=4)
    catalogue = Catalogue(
        edition=f"plantee-{graine}",
        concepts=base.concepts,
        territoires=territoires,
        sources={source.iri: source for source in SOURCES.values()},
        passages={nom: Passage(nom, source.iri, "page 1") for nom, source in SOURCES.items()},
    )
    parents = {concept.parent for concept in base.concepts_de("besoin")}
    besoins = [c.code for c in base.concepts_de("besoin") if c.parent and c.iri not in parents]
    wider = {concept.parent for concept in base.concepts_de("secteur")}
    secteurs = [c.code for c in base.concepts_de("secteur") if c.parent and c.iri not in wider]
    hasard.shuffle(besoins)
    hasard.shuffle(secteurs)
    plantees = []
    for rang in range(demandes):
        asked = (*besoins[2 * rang : 2 * rang + 2], besoins[-1])
        champ = _Champ(catalogue, hasard, asked, (secteurs[rang], secteurs[rang - 1]), rang)
        plantees.append(champ.sow())
        catalogue = replace(
            catalogue,
            acteurs={**catalogue.acteurs, **champ.acteurs},
            offres={**catalogue.offres, **champ.offres},
            accompagnements={**catalogue.accompagnements, **champ.actions},
        )
    # The order in which things were written must not help.
    mixed = list(catalogue.offres.items())
    hasard.shuffle(mixed)
    return replace(catalogue, offres=dict(mixed)), plantees


class _Champ:
    """What is planted for one request."""

    def __init__(
        self,
        catalogue: Catalogue,
        hasard: random.Random,
        besoins: tuple[str, str, str],
        secteurs: tuple[str, str],
        rang: int,
    ) -> None:
        """Choose what is asked: two needs (nobody asks for the third), the first sector, a commune."""
        self._hasard = hasard
        self._rang = rang
        *asked, self._autre_besoin = besoins
        self._autre_secteur = secteurs[1]
        self._concepts, territoires = catalogue.concepts, catalogue.territoires
        communes = [t for t in territoires.values() if t.niveau == "commune"]
        self._commune = hasard.choice(communes)
        self._lieux = {territoires[iri].niveau: iri for iri in self._commune.ancetres}
        here = set(self._commune.ancetres)
        self._ailleurs = hasard.choice([t.iri for t in territoires.values() if t.iri not in here])
        self.demande = Demande(
            territoire=self._commune.iri,
            date=JOUR,
            stade=hasard.choice(("primo-employeur", "employeur")),
            besoins=tuple(asked),
            secteur=secteurs[0],
        )
        self.acteurs: dict[Iri, Acteur] = {}
        self.offres: dict[Iri, Offre] = {}
        self.actions: dict[Iri, Accompagnement] = {}

    def sow(self) -> Plantee:
        """Plant some merits (often nobody near) and every reason not to answer."""
        wide = [nom for nom in GAINS if nom.startswith(("region", "national"))]
        names = wide if self._hasard.random() < 0.3 else list(GAINS)
        some = self._hasard.sample(names, self._hasard.randint(2, len(names)))
        kept = sorted(some, key=lambda nom: -GAINS[nom])
        gains = {self._plant_merit(nom): GAINS[nom] for nom in kept}
        ecarts = {self._plant(nom, **self._fault(nom)): nom for nom in ECARTS}
        nearest = kept[0].removesuffix("-moindre")
        return Plantee(self.demande, gains, ecarts, nearest)  # type: ignore[arg-type]

    def _plant(self, nom: str, **faits: Any) -> str:
        slug = f"{nom}-{self._rang}"
        acteur = Acteur(
            iri=f"{ID}acteur/{slug}",
            slug=slug,
            nom=slug,
            types=faits.pop("types", ("Association",)),
            siege=faits.pop("siege", self._commune.iri),
        )
        if faits.pop("cas", True):
            self._plant_case(acteur)
        offre = Offre(
            iri=f"{ID}offre/{slug}", slug=slug, acteur=acteur.iri, titre=slug, **(self._fitting() | faits)
        )
        self.acteurs[acteur.iri], self.offres[offre.iri] = acteur, offre
        return slug

    def _plant_case(self, acteur: Acteur) -> None:
        fits = self._fitting()
        action = Accompagnement(
            iri=f"{ID}accompagnement/{acteur.slug}",
            slug=acteur.slug,
            titre=acteur.slug,
            pilotes=(acteur.iri,),
            territoires=fits["territoires"],
            besoins=fits["besoins"],
            secteurs=fits["secteurs"],
            statut=f"{VOC}statut/termine",
        )
        self.actions[action.iri] = action

    def _fitting(self) -> dict[str, Any]:
        return {
            "fonctions": (f"{VOC}fonction/accompagnement-generaliste",),
            "territoires": (self._lieux["departement"],),
            "besoins": tuple(f"{VOC}besoin/{code}" for code in self.demande.besoins),
            "secteurs": (f"{VOC}secteur/{self.demande.secteur}",),
            "stades": (f"{VOC}stade/{self.demande.stade}",),
            "passages": ("recente",),
        }

    def _plant_merit(self, nom: str) -> str:
        niveau = nom.removesuffix("-moindre")
        faits: dict[str, Any] = {"territoires": (self._lieux[niveau],)}  # type: ignore[index]
        if nom == niveau:
            return self._plant(nom, **faits)
        moindre = self._hasard.choice(MOINDRES)
        first, second = self._fitting()["besoins"]
        lesser = {
            "un-besoin": {"besoins": (self._hasard.choice((first, second)),)},
            "besoin-plus-large": {"besoins": (first, self._concepts[second].parent)},
            "stade-tu": {"stades": ()},
            "secteur-tu": {"secteurs": ()},
            "sans-siege": {"siege": None},
            "sans-cas": {"cas": False},
            "information": {"fonctions": (f"{VOC}fonction/information",)},
            "source-ancienne": {"passages": ("ancienne",)},
        }[moindre]
        return self._plant(f"{nom}-{moindre}", **faits, **lesser)

    def _fault(self, nom: str) -> dict[str, Any]:
        other = "benevole" if self.demande.stade == "employeur" else "employeur"
        return {
            "ailleurs": {"territoires": (self._ailleurs,)},
            "terminee": {"fin": DatePartielle.parse("2026-11-19")},
            "pas-commencee": {"debut": DatePartielle.parse("2027")},
            "autre-stade": {"stades": (f"{VOC}stade/{other}",)},
            "autre-secteur": {"secteurs": (f"{VOC}secteur/{self._autre_secteur}",)},
            "autre-besoin": {"besoins": (f"{VOC}besoin/{self._autre_besoin}",)},
            "professionnels": {"publics_vises": (f"{VOC}public/accompagnateurs",)},
            "prestataire": {"types": ("Prestataire",)},
            "mobilisee": {"mobilise_par": (f"{ID}acteur/dla",)},
        }[nom]
