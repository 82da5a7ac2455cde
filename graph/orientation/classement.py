"""From offers that fit to a ranked answer: one line an actor, competent first, ties turned fairly."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from graph.catalogue import Catalogue
from graph.catalogue.modele import NIVEAUX, Iri, Offre
from graph.messages import messages
from graph.orientation.appariement import ADHERENTS, Appariement, find_covering, match_offre
from graph.orientation.modele import Demande, Recommandation, Repli, Reponse
from graph.orientation.ponderation import Ponderation, load_ponderation
from graph.orientation.raisons import explain, main_fonction, newest_date

LIMITE = 20
"""Actors in an answer: more is a directory, not an orientation."""

_LOCAL = frozenset({"commune", "epci", "departement"})


def orient(
    catalogue: Catalogue,
    demande: Demande,
    remarques: tuple[str, ...] = (),
    ponderation: Ponderation | None = None,
) -> Reponse:
    """Answer a request: who can help here, in which order, and why."""
    weights = ponderation or load_ponderation()
    place = catalogue.territoires[demande.territoire]
    covering = find_covering(catalogue, place)
    scored = [
        _recommend(catalogue, demande, match, weights)
        for offre in catalogue.offres_couvrant(covering)
        if _may_be_first_contact(catalogue, offre)
        and (match := match_offre(catalogue, demande, covering, offre)) is not None
    ]
    ranked = sorted(scored, key=lambda r: (not r.competent, -r.score, _turn(catalogue.edition, demande, r)))
    best = _one_per_actor(ranked)
    return Reponse(catalogue.edition, demande, best[:LIMITE], _fallback(best), remarques)


def _may_be_first_contact(catalogue: Catalogue, offre: Offre) -> bool:
    """Tell whether one may be sent there first: a consultant is called in by a DLA, never a first contact."""
    acteur = catalogue.acteurs.get(offre.acteur)
    return acteur is not None and acteur.types != ("Prestataire",)


def _recommend(
    catalogue: Catalogue, demande: Demande, match: Appariement, weights: Ponderation
) -> Recommandation:
    raisons = explain(catalogue, demande, match, weights)
    fonction, _ = main_fonction(catalogue, match, weights)
    newest = newest_date(catalogue.source_de(match.offre.passages))
    return Recommandation(
        rang=0,
        score=round(sum(raison.points for raison in raisons), 2),
        acteur=match.offre.acteur,
        offre=match.offre.iri,
        fonction=fonction.rsplit("/", 1)[-1] if fonction else "",
        niveau=match.territoire.niveau,
        competent=match.competent,
        raisons=raisons,
        a_verifier=tuple(_to_check(catalogue, demande, match, weights)),
        fraicheur=newest.texte if newest else None,
    )


def _to_check(
    catalogue: Catalogue, demande: Demande, match: Appariement, weights: Ponderation
) -> Iterator[str]:
    if match.stade is not None and match.stade.qualite == "inconnu":
        yield messages("verifier.stade", stade=catalogue.libelle(match.stade.demande))
    unknown = [accord.demande for accord in match.besoins if accord.qualite == "inconnu"]
    if unknown:
        yield messages("verifier.besoin", besoins=_names(catalogue, unknown))
    if match.besoins_restants:
        yield messages("verifier.besoins-restants", besoins=_names(catalogue, match.besoins_restants))
    if match.secteur is not None and match.secteur.qualite == "inconnu":
        yield messages("verifier.secteur", secteur=catalogue.libelle(match.secteur.demande))
    if match.offre.publics_vises == (ADHERENTS,):
        yield messages("verifier.adherents")
    yield from match.offre.notes
    newest = newest_date(catalogue.source_de(match.offre.passages))
    if newest is None:
        yield messages("verifier.source-sans-date")
    elif weights.freshness(newest, demande.date) != "recente":
        yield messages("verifier.source-ancienne", date=newest.avec_de)
    yield from _successors(catalogue, match.offre.acteur)


def _successors(catalogue: Catalogue, acteur: Iri) -> Iterator[str]:
    carried = [
        lien.vers for lien in catalogue.liens_de(acteur) if lien.type == "Mandat" and lien.de == acteur
    ]
    known = catalogue.acteurs.get(acteur)
    for old in (acteur, *carried, *(known.natures if known else ())):
        if (new := catalogue.successeurs.get(old)) is not None:
            yield messages(
                "verifier.successeur", ancien=catalogue.libelle(old), nouveau=catalogue.libelle(new)
            )


def _names(catalogue: Catalogue, concepts: list[Iri] | tuple[Iri, ...]) -> str:
    return ", ".join(catalogue.libelle(concept) for concept in concepts)


def _turn(edition: str, demande: Demande, recommandation: Recommandation) -> str:
    """Order equals by a hash of (date, request, edition, offer): nobody is always first, nothing is random.

    The same request on the same day on the same edition gives the same order everywhere.
    """
    asked = "|".join(
        [
            demande.date.isoformat(),
            demande.territoire,
            demande.stade or "",
            ",".join(sorted(demande.besoins)),
            demande.secteur or "",
            edition,
            recommandation.offre,
        ]
    )
    return hashlib.sha256(asked.encode()).hexdigest()


def _one_per_actor(ranked: list[Recommandation]) -> tuple[Recommandation, ...]:
    """Keep the best offer of each actor, its others named beside it."""
    groups: dict[Iri, list[Recommandation]] = defaultdict(list)
    for recommandation in ranked:
        groups[recommandation.acteur].append(recommandation)
    return tuple(
        replace(group[0], rang=rang, autres_offres=tuple(other.offre for other in group[1:]))
        for rang, group in enumerate(groups.values(), start=1)
    )


def _fallback(best: tuple[Recommandation, ...]) -> Repli | None:
    """Say it exactly when nobody competent was found at departement level or finer."""
    levels = {recommandation.niveau for recommandation in best if recommandation.competent}
    if levels & _LOCAL:
        return None
    wider = next((niveau for niveau in NIVEAUX if niveau in levels), None)
    if wider is None:
        return Repli("departement", None, messages("repli.incertain" if best else "repli.rien"))
    texte = messages("repli.trouve", niveau=messages(f"repli.niveau-{wider}"))
    return Repli("departement", wider, texte)
