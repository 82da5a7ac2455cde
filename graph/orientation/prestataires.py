"""Consultants the DLA could consult: two to four, by the guide's criteria, diverse, never a first contact."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from graph.catalogue import Catalogue
from graph.catalogue.modele import Acteur, Iri, Offre
from graph.messages import messages
from graph.orientation.appariement import find_covering, match_offre
from graph.orientation.experience import find_case, past_actions
from graph.orientation.garde import once_for_each
from graph.orientation.index import INCONNU, IndexOffres
from graph.orientation.modele import Consultation, Demande, Raison
from graph.orientation.ponderation import Ponderation, load_ponderation
from graph.orientation.raisons import Explicateur, open_explicateur

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
    score: float
    """By the guide's criteria and nearness."""
    offres: tuple[Offre, ...] = ()
    """Best first."""
    besoins: int = 0
    """Needs asked that its offers meet, one bit each."""

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
    found = {candidat.acteur.iri: candidat for candidat in _by_offers(catalogue, demande)}
    for iri in _by_missions(catalogue, demande):
        cas = find_case(catalogue, demande, iri, ponderation)
        if iri not in found and cas is not None:
            score = ponderation.of("experience", cas.qualite)
            found[iri] = _Candidat(catalogue.acteurs[iri], score)
    explicateur = open_explicateur(catalogue, ponderation)
    return tuple(_say(catalogue, demande, explicateur, c) for c in _choose(list(found.values())))


def _by_offers(catalogue: Catalogue, demande: Demande) -> Iterator[_Candidat]:
    """Yield the consultants whose offers meet a need or the sector asked, or who did something like it."""
    index = _open(catalogue)
    found = index.find(demande)
    masks = ((found.besoins > INCONNU) * (1 << np.arange(len(demande.besoins)))[:, None]).sum(axis=0)
    known = np.flatnonzero(found.competents)
    places: dict[int, list[int]] = defaultdict(list)
    for place in known[np.argsort(-found.scores[known], kind="stable")].tolist():
        places[int(index.acteur_of[found.ids[place]])].append(place)
    for acteur, ranked in places.items():
        yield _Candidat(
            catalogue.acteurs[index.acteurs[acteur]],
            float(found.scores[ranked[0]]),
            tuple(index.offres[found.ids[place]] for place in ranked),
            int(np.bitwise_or.reduce(masks[ranked])) if demande.besoins else 0,
        )


def _by_missions(catalogue: Catalogue, demande: Demande) -> Iterator[Iri]:
    missions = _missions_by_place(catalogue)
    for iri in catalogue.territoires[demande.territoire].ancetres:
        yield from missions.get(iri, ())


@once_for_each
def _open(catalogue: Catalogue) -> IndexOffres:
    """Index what consultants offer through a DLA, weighed by the guide's criteria and nearness only."""
    offres = [
        offre
        for offre in catalogue.offres.values()
        if (acteur := catalogue.acteurs.get(offre.acteur)) is not None
        and "Prestataire" in acteur.types
        and (offre.mobilise_par or acteur.types == ("Prestataire",))
    ]
    return IndexOffres(catalogue, load_ponderation().only(*_CRITERES), offres)


@once_for_each
def _missions_by_place(catalogue: Catalogue) -> dict[Iri, dict[Iri, None]]:
    """Index where consultants already worked."""
    missions: dict[Iri, dict[Iri, None]] = defaultdict(dict)
    for action in past_actions(catalogue):
        for iri in action.intervenants:
            if (acteur := catalogue.acteurs.get(iri)) is not None and "Prestataire" in acteur.types:
                for place in action.territoires:
                    missions[place][iri] = None
    return missions


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
        met = 0
        for candidat in chosen:
            met |= candidat.besoins
        natures = {c.nature for c in chosen}
        best = max(left, key=lambda c: ((c.besoins & ~met).bit_count(), c.nature not in natures, c.score))
        chosen.append(best)
        left.remove(best)
    return chosen


def _say(
    catalogue: Catalogue, demande: Demande, explicateur: Explicateur, candidat: _Candidat
) -> Consultation:
    acteur = candidat.acteur
    raisons = tuple(_criteria(_reasons(catalogue, demande, explicateur, candidat)))
    said = {raison.critere for raison in raisons}
    checks = []
    if "competences-techniques" not in said:
        checks.append(messages("verifier.competences"))
    if "qualite-accompagnements" not in said:
        checks.append(messages("verifier.references"))
    if acteur.types != ("Prestataire",):
        checks.append(messages("verifier.double-role", nom=acteur.nom))
    missing = (("fiche-siret", acteur.siret), ("fiche-adresse", acteur.siege))
    return Consultation(
        acteur=acteur.iri,
        offres=tuple(offre.iri for offre in candidat.offres),
        raisons=raisons,
        manques=tuple(piece for piece, value in missing if not value),
        mobilise_par=tuple(dict.fromkeys(iri for o in candidat.offres for iri in o.mobilise_par)),
        a_verifier=tuple(checks),
    )


def _reasons(
    catalogue: Catalogue, demande: Demande, explicateur: Explicateur, candidat: _Candidat
) -> Sequence[Raison]:
    if candidat.offres:
        covering = find_covering(catalogue, catalogue.territoires[demande.territoire])
        match = match_offre(catalogue, demande, covering, candidat.offres[0])
        assert match is not None  # noqa: S101 — the index and the match agree
        return explicateur.explain(demande, match)
    cas = explicateur.name_case(demande, candidat.acteur.iri)
    return (cas,) if cas else ()
