"""The whole answer to a request: who, in which order, by which path, together with whom."""

import numpy as np

from graph.catalogue import Catalogue
from graph.catalogue.modele import NIVEAUX
from graph.messages import messages
from graph.orientation.ailleurs import find_elsewhere
from graph.orientation.classement import LIMITE, explain_ranks, rank
from graph.orientation.combinaison import EXACT_MAX, combine
from graph.orientation.index import Candidats, open_index
from graph.orientation.modele import Demande, Repli, Reponse
from graph.orientation.parcours import trace
from graph.orientation.ponderation import Ponderation, load_ponderation
from graph.orientation.prestataires import consult
from graph.orientation.regles import find_regle
from graph.orientation.tour import Tour

_LOCAL = frozenset({"commune", "epci", "departement"})


def orient(
    catalogue: Catalogue,
    demande: Demande,
    remarques: tuple[str, ...] = (),
    ponderation: Ponderation | None = None,
) -> Reponse:
    """Answer a request: who can help here, in which order and why, by which path, and together with whom."""
    weights = ponderation or load_ponderation()
    index = open_index(catalogue, weights)
    candidats = index.find(demande)
    rangs = list(rank(catalogue, index, candidats, demande, LIMITE))
    turn = Tour(catalogue.edition, demande, index.offres)
    combinaison = combine(index, candidats, demande.besoins, turn)
    if not combinaison.exacte:
        remarques += (messages("demande.combinaison-approchee", max=EXACT_MAX),)
    closed = find_regle("dla").judge(demande.stade).verdict == "non"
    prestataires = () if closed else consult(catalogue, demande, weights)
    return Reponse(
        edition=catalogue.edition,
        demande=demande,
        recommandations=tuple(explain_ranks(catalogue, demande, rangs, weights)),
        repli=_fallback(candidats),
        remarques=remarques,
        parcours=trace(index, demande, candidats, prestataires),
        combinaison=combinaison,
        prestataires=prestataires,
        ailleurs=find_elsewhere(catalogue, index, candidats, demande),
    )


def _fallback(candidats: Candidats) -> Repli | None:
    """Say it exactly when nobody competent was found at departement level or finer."""
    levels = {NIVEAUX[niveau] for niveau in np.unique(candidats.niveaux[candidats.competents])}
    if levels & _LOCAL:
        return None
    wider = next((niveau for niveau in NIVEAUX if niveau in levels), None)
    if wider is None:
        found = len(candidats.ids) > 0
        return Repli("departement", None, messages("repli.incertain" if found else "repli.rien"))
    return Repli("departement", wider, messages(f"repli.trouve-{wider}"))
