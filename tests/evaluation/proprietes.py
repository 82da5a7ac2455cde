"""What must hold of any answer, measured on planted countries."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import Offre
from graph.orientation import orient
from graph.orientation.modele import Demande
from ontology.namespaces import ID, VOC
from tests.evaluation.juge import Classeur, rank_slugs
from tests.evaluation.mesures import mean, ndcg
from tests.evaluation.plante import ECARTS, JOUR, Plantee, plant

EXAEQUO: Final = (2, 3, 5, 8)


@dataclass(frozen=True, slots=True)
class Constat:
    """What planted countries say of the engine."""

    demandes: int
    offres: int
    ndcg5: float
    exactes: int
    """Answers in which every planted merit is there, in the right order, and nothing else."""
    ecarts: Counter[str]
    """Actors that must not answer and did, by reason."""
    replis: int
    """Answers whose fallback is not the level known by construction."""
    instables: int
    """Answers whose order changed when actors that do not fit were added."""
    baisses: int
    """Actors that fell when their offer gained a need that is asked."""
    gagnes: int
    """Actors tried for that."""


def measure(base: Catalogue, graines: Sequence[int], demandes: int = 20) -> Constat:
    """Ask everything of several countries."""
    constats = [_measure_one(*plant(base, graine, demandes)) for graine in graines]
    ecarts = Counter(dict.fromkeys(ECARTS, 0))
    for constat in constats:
        ecarts.update(constat.ecarts)
    return Constat(
        demandes=sum(c.demandes for c in constats),
        offres=sum(c.offres for c in constats),
        ndcg5=mean([c.ndcg5 for c in constats]),
        exactes=sum(c.exactes for c in constats),
        ecarts=ecarts,
        replis=sum(c.replis for c in constats),
        instables=sum(c.instables for c in constats),
        baisses=sum(c.baisses for c in constats),
        gagnes=sum(c.gagnes for c in constats),
    )


def _measure_one(catalogue: Catalogue, plantees: list[Plantee]) -> Constat:
    alone = _without(catalogue, {slug for plantee in plantees for slug in plantee.ecarts})
    scores, ecarts = [], Counter[str]()
    exact = replis = instables = baisses = gagnes = 0
    for plantee in plantees:
        reponse = orient(catalogue, plantee.demande)
        rangs = rank_slugs(catalogue, reponse)
        scores.append(ndcg(rangs, plantee.gains))
        exact += rangs == sorted(plantee.gains, key=lambda slug: -plantee.gains[slug])
        ecarts.update(plantee.ecarts[slug] for slug in rangs if slug in plantee.ecarts)
        replis += (reponse.repli.vers if reponse.repli else None) != expected_fallback(plantee)
        instables += rank_slugs(alone, orient(alone, plantee.demande)) != rangs
        for slug in plantee.gains:
            if "un-besoin" in slug:
                gagnes += 1
                baisses += _rank_with_more(catalogue, plantee, slug) > rangs.index(slug)
    return Constat(
        len(plantees), len(catalogue.offres), mean(scores), exact, ecarts, replis, instables, baisses, gagnes
    )


def expected_fallback(plantee: Plantee) -> str | None:
    """Return the level an answer must say it climbed to: none when somebody is near."""
    return plantee.niveau if plantee.niveau in {"region", "national"} else None


def _without(catalogue: Catalogue, slugs: set[str]) -> Catalogue:
    kept = {iri: offre for iri, offre in catalogue.offres.items() if offre.slug not in slugs}
    return replace(catalogue, offres=kept)


def _rank_with_more(catalogue: Catalogue, plantee: Plantee, slug: str) -> int:
    """Return the place of an actor once its offer names every need asked."""
    offre = catalogue.offres[f"{ID}offre/{slug}"]
    richer = replace(offre, besoins=tuple(f"{VOC}besoin/{code}" for code in plantee.demande.besoins))
    wider = replace(catalogue, offres={**catalogue.offres, offre.iri: richer})
    return rank_slugs(wider, orient(wider, plantee.demande)).index(slug)


def planted_ndcg(pays: Sequence[tuple[Classeur, Sequence[Plantee]]]) -> float:
    """Return the nDCG@5 of a way of ranking, over every request of some countries."""
    return mean([ndcg(classeur(p.demande), p.gains) for classeur, plantees in pays for p in plantees])


def share_firsts(base: Catalogue, exaequo: int, jours: int = 365) -> tuple[float, float]:
    """Return how often the least and the most lucky of equal actors come first over a year, times fair.

    1 is a perfect share; with so few days a fair draw strays from it a little.
    """
    catalogue, plantees = plant(base, 1, 1)
    modele = _best(catalogue, plantees[0])
    acteur = catalogue.acteurs[modele.acteur]
    noms = [f"egal-{rang}" for rang in range(exaequo)]
    acteurs = [replace(acteur, iri=f"{ID}acteur/{nom}", slug=nom, nom=nom) for nom in noms]
    offres = [replace(modele, iri=f"{ID}offre/{a.slug}", slug=a.slug, acteur=a.iri) for a in acteurs]
    equal = replace(catalogue, acteurs={a.iri: a for a in acteurs}, offres={o.iri: o for o in offres})
    counts = Counter(_first(equal, plantees[0].demande, JOUR + timedelta(days=day)) for day in range(jours))
    shares = [counts[nom] * exaequo / jours for nom in noms]
    return min(shares), max(shares)


def _best(catalogue: Catalogue, plantee: Plantee) -> Offre:
    slug = max(plantee.gains, key=lambda slug: plantee.gains[slug])
    return catalogue.offres[f"{ID}offre/{slug}"]


def _first(catalogue: Catalogue, demande: Demande, jour: date) -> str:
    return rank_slugs(catalogue, orient(catalogue, replace(demande, date=jour)))[0]
