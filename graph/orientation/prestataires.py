"""Consultants the DLA could consult: two to four, by the guide's criteria, diverse, never a first contact."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import Acteur, Iri, Offre, Territoire
from graph.messages import messages
from graph.orientation.appariement import find_covering, match_offre
from graph.orientation.experience import actions_of
from graph.orientation.garde import once_for_each
from graph.orientation.modele import Consultation, Demande, Raison
from graph.orientation.ponderation import Ponderation
from graph.orientation.raisons import explain, name_case

NOMBRE_MAX: Final = 4
"""« 2 à 4 en général »."""
_CRITERES: Final = {
    "besoin": "competences-techniques",
    "secteur": "connaissance-secteur",
    "experience": "qualite-accompagnements",
    "siege": "proximite",
}
"""The reasons of an offer, as the guide names the criteria for consulting somebody."""


@dataclass(frozen=True, slots=True)
class _Candidat:
    acteur: Acteur
    offres: tuple[Offre, ...]
    besoins: frozenset[Iri]
    """Needs asked that its offers or its past cases meet."""
    raisons: tuple[Raison, ...]

    @property
    def score(self) -> float:
        return sum(raison.points for raison in self.raisons)

    @property
    def nature(self) -> str:
        """What it is besides a consultant: a network, a point d'appui, a firm…"""
        return next((role for role in self.acteur.types if role != "Prestataire"), "")


def consult(catalogue: Catalogue, demande: Demande, ponderation: Ponderation) -> tuple[Consultation, ...]:
    """Return the consultants to be consulted for a request, best and most diverse first.

    Nobody is named when nothing is asked: there would be nothing to choose by.
    Each takes part with the offers that a DLA mobilises here, or with past missions like this one.
    """
    if not (demande.besoins or demande.secteur):
        return ()
    covering = find_covering(catalogue, catalogue.territoires[demande.territoire])
    found = [
        candidat
        for acteur, offres in _near(catalogue, covering).items()
        if (candidat := _weigh(catalogue, demande, covering, acteur, offres, ponderation)) is not None
    ]
    return tuple(_say(catalogue, candidat) for candidat in _choose(found))


def _near(catalogue: Catalogue, covering: Mapping[Iri, Territoire]) -> dict[Iri, list[Offre]]:
    """Return the consultants with a mission or an offer that holds the place, with their offers."""
    offers, missions = _by_place(catalogue)
    found: dict[Iri, list[Offre]] = defaultdict(list)
    for iri in covering:
        for offre in offers.get(iri, ()):
            if offre not in found[offre.acteur]:
                found[offre.acteur].append(offre)
        for acteur in missions.get(iri, ()):
            found[acteur] += ()
    return found


@once_for_each
def _by_place(catalogue: Catalogue) -> tuple[dict[Iri, list[Offre]], dict[Iri, list[Iri]]]:
    """Index what consultants offer through a DLA, and where they already worked."""
    offers: dict[Iri, list[Offre]] = defaultdict(list)
    missions: dict[Iri, list[Iri]] = defaultdict(list)
    for acteur in catalogue.acteurs.values():
        if "Prestataire" not in acteur.types:
            continue
        for offre in catalogue.offres_de(acteur.iri):
            if offre.mobilise_par or acteur.types == ("Prestataire",):
                for iri in offre.territoires:
                    offers[iri].append(offre)
        for action in actions_of(catalogue, acteur.iri):
            if acteur.iri in action.intervenants:
                for iri in action.territoires:
                    missions[iri].append(acteur.iri)
    return offers, missions


def _weigh(
    catalogue: Catalogue,
    demande: Demande,
    covering: Mapping[Iri, Territoire],
    acteur: Iri,
    offres: Sequence[Offre],
    ponderation: Ponderation,
) -> _Candidat | None:
    """Weigh a consultant; None when nothing says it fits what is asked."""
    matches = [
        match for offre in offres if (match := match_offre(catalogue, demande, covering, offre)) is not None
    ]
    cas = name_case(catalogue, demande, acteur, ponderation)
    if cas is None and not any(match.competent for match in matches):
        return None
    said = [tuple(_criteria(explain(catalogue, demande, match, ponderation))) for match in matches]
    alone = tuple(_criteria([cas])) if cas else ()
    raisons = max(said, key=lambda r: sum(raison.points for raison in r), default=alone)
    met = {accord.demande for m in matches for accord in m.besoins if accord.qualite != "inconnu"}
    kept = tuple(match.offre for match in matches)
    return _Candidat(catalogue.acteurs[acteur], kept, frozenset(met), raisons)


def _criteria(raisons: Iterable[Raison]) -> Iterator[Raison]:
    """Keep the reasons that the guide consults by, under its own names; nearness comes last, apart."""
    kept = [raison for raison in raisons if raison.critere in _CRITERES]
    order = list(_CRITERES)
    for raison in sorted(kept, key=lambda r: order.index(r.critere)):
        yield Raison(_CRITERES[raison.critere], raison.texte, raison.points, raison.source)


def _choose(found: list[_Candidat]) -> list[_Candidat]:
    """Choose a few: each time the one that adds most needs, then another nature, then the best score."""
    chosen: list[_Candidat] = []
    left = sorted(found, key=lambda c: (-c.score, c.acteur.iri))
    while left and len(chosen) < NOMBRE_MAX:
        met = frozenset[Iri]().union(*(c.besoins for c in chosen))
        natures = {c.nature for c in chosen}
        best = max(left, key=lambda c: (len(c.besoins - met), c.nature not in natures, c.score))
        chosen.append(best)
        left.remove(best)
    return chosen


def _say(catalogue: Catalogue, candidat: _Candidat) -> Consultation:
    acteur = candidat.acteur
    checks = []
    if not any(raison.critere == "competences-techniques" for raison in candidat.raisons):
        checks.append(messages("verifier.competences"))
    if not any(raison.critere == "qualite-accompagnements" for raison in candidat.raisons):
        checks.append(messages("verifier.references"))
    if acteur.types != ("Prestataire",):
        checks.append(messages("verifier.double-role", nom=acteur.nom))
    missing = (("fiche-siret", acteur.siret), ("fiche-adresse", acteur.siege))
    return Consultation(
        acteur=acteur.iri,
        offres=tuple(offre.iri for offre in candidat.offres),
        raisons=candidat.raisons,
        manques=tuple(piece for piece, value in missing if not value),
        mobilise_par=tuple(dict.fromkeys(iri for o in candidat.offres for iri in o.mobilise_par)),
        a_verifier=tuple(checks),
    )
