"""Judge answers by the cases: figures of the order, and in words what is wrong."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph.catalogue import Catalogue
from graph.orientation import orient, propose_needs, understand
from graph.orientation.modele import Demande, Reponse
from tests.evaluation.cas import Cas, Monographie, Phrase
from tests.evaluation.mesures import hit, mean, ndcg, recall, reciprocal_rank, worth

Classeur = Callable[[Demande], list[str]]
"""Ranks the actors (slugs) for a request."""
TOURS: Final = 4
"""Each case is asked on as many editions of other names: equals turn, and no figure is a lucky turn."""


@dataclass(frozen=True, slots=True)
class Chiffres:
    """Of one list, or the mean of several."""

    hits1: float
    hits3: float
    mrr: float
    ndcg5: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a case came to."""

    cas: Cas
    chiffres: Chiffres | None
    """None when the case expects nobody."""
    premiers: tuple[str, ...]
    """The first three of the last turn."""
    torts: tuple[str, ...]
    """What is wrong, in words; none: the case passes."""


def judge_all(catalogue: Catalogue, cas: Sequence[Cas]) -> list[Verdict]:
    """Ask every case of the engine and judge the whole answer."""
    tours = [replace(catalogue, edition=f"evaluation-{tour}") for tour in range(TOURS)]
    verdicts = []
    for un in cas:
        demande, _ = understand(catalogue, un.saisie)
        reponses = [orient(tour, demande) for tour in tours]
        listes = [rank_slugs(tour, reponse) for tour, reponse in zip(tours, reponses, strict=True)]
        torts = [
            tort
            for tour, reponse, rangs in zip(tours, reponses, listes, strict=True)
            for tort in (*_order_faults(un, rangs), *_answer_faults(tour, un, reponse))
        ]
        chiffres = average([figures(un, rangs) for rangs in listes]) if un.attendus else None
        verdicts.append(Verdict(un, chiffres, tuple(listes[-1][:3]), tuple(dict.fromkeys(torts))))
    return verdicts


def rate(catalogue: Catalogue, cas: Sequence[Cas], classeur: Classeur) -> tuple[Chiffres, int]:
    """Return the figures of a way of ranking, and how many cases its order passes."""
    rows, passed = [], 0
    for un in cas:
        rangs = classeur(understand(catalogue, un.saisie)[0])
        passed += not any(_order_faults(un, rangs))
        if un.attendus:
            rows.append(figures(un, rangs))
    return average(rows), passed


def rank_slugs(catalogue: Catalogue, reponse: Reponse) -> list[str]:
    """Return the slugs of an answer, in order."""
    return [catalogue.acteurs[r.acteur].slug for r in reponse.recommandations]


def figures(un: Cas, rangs: Sequence[str]) -> Chiffres:
    """Measure one list."""
    bons = un.attendus[0]
    return Chiffres(
        hits1=hit(rangs, un.premiers, 1),
        hits3=hit(rangs, bons, 3),
        mrr=reciprocal_rank(rangs, bons),
        ndcg5=ndcg(rangs, worth(un.attendus)),
    )


def average(rows: Sequence[Chiffres]) -> Chiffres:
    """Return the means."""
    return Chiffres(*(mean([getattr(row, nom) for row in rows]) for nom in Chiffres.__dataclass_fields__))


def _order_faults(un: Cas, rangs: Sequence[str]) -> Iterator[str]:
    first = rangs[0] if rangs else "personne"
    if un.attendus and not hit(rangs, un.attendus[0], 3):
        yield "aucun attendu dans les trois premiers"
    if first in un.pas_premier:
        yield f"{first} ne devait pas être premier"
    elif un.premiers and first not in un.premiers:
        yield f"premier : {first}"
    for nom in un.absents:
        if nom in rangs:
            yield f"{nom} ne devait pas être là"


def _answer_faults(catalogue: Catalogue, un: Cas, reponse: Reponse) -> Iterator[str]:
    """Yield what is wrong beside the order: fallback, path, combination, consultants."""
    slug = {acteur.iri: acteur.slug for acteur in catalogue.acteurs.values()}
    for found in reponse.recommandations[:1]:
        if catalogue.acteurs[found.acteur].types == ("Prestataire",):
            yield f"un prestataire est premier : {slug[found.acteur]}"
    if un.repli and (reponse.repli is None or un.repli not in {"oui", reponse.repli.vers}):
        yield f"repli attendu : {un.repli}, obtenu : {reponse.repli and reponse.repli.vers}"
    etapes = {etape.code: etape for etape in reponse.parcours}
    for code in un.entrees:
        if code not in etapes or not etapes[code].entree:
            yield f"le parcours ne commence pas par « {code} »"
    for code, noms in (un.parcours or {}).items():
        here = {slug[a.acteur] for a in etapes[code].acteurs} if code in etapes else set()
        if missing := set(noms) - here:
            yield f"étape « {code} » sans {', '.join(sorted(missing))}"
    for code in un.sans_etape:
        if code in etapes and getattr(etapes[code].condition, "verdict", None) != "non":
            yield f"l’étape « {code} » ne devait pas être ouverte"
    parts = {slug[part.acteur] for part in reponse.combinaison.parts}
    if un.combinaison and (not parts or not parts <= set(un.combinaison)):
        yield f"combinaison : {', '.join(sorted(parts)) or 'personne'}"
    if un.non_couverts is not None and set(reponse.combinaison.non_couverts) != set(un.non_couverts):
        yield f"besoins non couverts : {', '.join(reponse.combinaison.non_couverts) or 'aucun'}"
    if missing := set(un.consultables) - {slug[c.acteur] for c in reponse.prestataires}:
        yield f"prestataire non proposé : {', '.join(sorted(missing))}"


@dataclass(frozen=True, slots=True)
class Ecoute:
    """What a sentence came to."""

    phrase: Phrase
    rappel: float
    proposes: tuple[str, ...]
    """The first three needs proposed."""


def listen(catalogue: Catalogue, phrases: Sequence[Phrase]) -> list[Ecoute]:
    """Propose needs for every sentence."""
    ecoutes = []
    for phrase in phrases:
        proposes = tuple(besoin.code for besoin in propose_needs(catalogue, phrase.texte))
        ecoutes.append(Ecoute(phrase, recall(proposes, phrase.attendus), proposes[:3]))
    return ecoutes


def judge_monographie(catalogue: Catalogue, monographie: Monographie) -> list[str]:
    """Return what the graph says otherwise than the monograph: needs, type of response, no invented name."""
    found = [a for a in catalogue.accompagnements.values() if a.slug == monographie.code]
    if not found:
        return ["action absente"]
    (action,) = found
    besoins = {iri.rsplit("/", 1)[-1] for iri in action.besoins}
    torts = [f"besoin manquant : {code}" for code in sorted(set(monographie.besoins) - besoins)]
    if (type_reponse := (action.type_reponse or "").rsplit("/", 1)[-1]) != monographie.type_reponse:
        torts.append(f"type de réponse : {type_reponse or 'aucun'}")
    return torts
