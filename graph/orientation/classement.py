"""From offers that fit to ranked actors: one line each, competent first, ties turned fairly, with reasons."""

from collections.abc import Iterator
from itertools import groupby, islice
from typing import NamedTuple

import numpy as np

from graph.catalogue import Catalogue
from graph.catalogue.modele import NIVEAUX, Iri, Niveau, Offre
from graph.orientation.appariement import find_covering, match_offre
from graph.orientation.index import Candidats, IndexOffres
from graph.orientation.modele import Demande, Recommandation
from graph.orientation.ponderation import Ponderation
from graph.orientation.raisons import open_explicateur
from graph.orientation.tour import Tour
from graph.orientation.verification import open_verificateur

LIMITE = 20
"""Actors in an answer: more is a directory, not an orientation."""
_INCERTAIN = 1e6
"""More than any score: who is competent comes before whoever is not."""


class Rang(NamedTuple):
    """The place of one actor: its best offer, its score, its other offers in order."""

    acteur: Iri
    offre: Offre
    score: float
    niveau: Niveau
    competent: bool
    autres: tuple[Iri, ...] = ()


def rank(
    catalogue: Catalogue, index: IndexOffres, candidats: Candidats, demande: Demande, limite: int | None
) -> Iterator[Rang]:
    """Yield the first actors in order: competent first, then by score, equals turned by the day's hash."""
    ids, scores = candidats.ids.tolist(), candidats.scores.tolist()
    merits = np.where(candidats.competents, candidats.scores, candidats.scores - _INCERTAIN)
    order, merit = (-merits).argsort().tolist(), merits.tolist()
    acteurs = index.acteur_of[candidats.ids].tolist()
    turn = Tour(catalogue.edition, demande, index.offres)
    best: dict[int, int] = {}
    for _, group in groupby(order, key=merit.__getitem__):
        places = list(group)
        if len(places) > 1:
            places.sort(key=lambda place: turn(ids[place]))
        for place in places:
            best.setdefault(acteurs[place], place)
        if limite is not None and len(best) >= limite:
            break
    kept = dict(islice(best.items(), limite))
    others: dict[int, list[int]] = {acteur: [] for acteur in kept}
    for place, acteur in enumerate(acteurs):
        if acteur in others and place != kept[acteur]:
            others[acteur].append(place)
    for acteur, first in kept.items():
        rest = others[acteur]
        if len(rest) > 1:
            rest.sort(key=lambda place: (-merit[place], turn(ids[place])))
        yield Rang(
            acteur=index.acteurs[acteur],
            offre=index.offres[ids[first]],
            score=scores[first],
            niveau=NIVEAUX[candidats.niveaux[first]],
            competent=bool(candidats.competents[first]),
            autres=tuple(index.offres[ids[place]].iri for place in rest),
        )


def explain_ranks(
    catalogue: Catalogue, demande: Demande, rangs: list[Rang], weights: Ponderation
) -> Iterator[Recommandation]:
    """Yield the recommendation of each rank, with its reasons."""
    covering = find_covering(catalogue, catalogue.territoires[demande.territoire])
    explicateur, verificateur = open_explicateur(catalogue, weights), open_verificateur(catalogue)
    for numero, rang in enumerate(rangs, start=1):
        match = match_offre(catalogue, demande, covering, rang.offre)
        assert match is not None, rang.offre.iri  # noqa: S101 — the index and the match agree
        fonction, _ = explicateur.fonction(rang.offre.iri)
        newest = explicateur.newest(rang.offre.iri)
        yield Recommandation(
            rang=numero,
            score=rang.score,
            acteur=rang.acteur,
            offre=rang.offre.iri,
            fonction=fonction.rsplit("/", 1)[-1] if fonction else "",
            niveau=rang.niveau,
            competent=rang.competent,
            raisons=explicateur.explain(demande, match),
            a_verifier=verificateur.list_checks(
                demande, match, newest, explicateur.age(rang.offre.iri, demande.date)
            ),
            fraicheur=newest.texte if newest else None,
            autres_offres=rang.autres,
        )
