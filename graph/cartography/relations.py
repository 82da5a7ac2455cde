"""Every relation that a catalogue tells between two actors, or between an actor and an action.

An n-ary link gives its own relation. An action gives the relations its parts have through it, chosen
so that each is true when read alone:

* an action *with named beneficiaries* (its own, or those of the action it is part of) is not drawn; it
  reads as sentences between actors. Its pilote
  ``accompagnement`` each beneficiaire (« le DLA accompagne Espace Bambins »), ``mobilisation`` its
  intervenants, who ``intervention`` the beneficiaires, and ``concertation`` its sollicites, partners who
  are associated with it and do not intervene; who funds it, or is its partner, is joined to its pilotes
  (to its beneficiaires when nobody is said to lead), and the fact says so. When a part of it names the
  same beneficiaire, the dates are the part's own: those of the whole are not the beneficiaire's;
* an action *without a named beneficiary* (an experiment of several networks, an anonymous monograph)
  is a node: between five leaders and thirty guests, sentences would be a hundred and fifty lines, most
  of them saying more than the source does. Actors ``pilotage``, ``intervention``, ``participation``,
  ``financement`` it (those who lead or intervene are not said to take part as well); an action that is
  part of another is joined to it by ``composition``; one that no known actor is in is left out;
* a seat on a committee is an ``instance`` relation to what the committee belongs to, actor or action,
  or else to its animator. A committee of a dispositif that nobody animates stays out, and so does the
  seat of those who lead the very action.

A mandate joins an actor to a dispositif: it is an attribute of the node. Facts that say the same
relation of the same two ends make one relation, so that figure and table stay readable; of the many
passages an action cites, a relation keeps the few that prove it (:mod:`graph.cartography.preuves`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from itertools import product
from typing import Final

from graph.cartography.preuves import Preuves
from graph.cartography.types import TYPES_RELATION, Fait, Relation, TypeRelation
from graph.catalogue import Catalogue
from graph.catalogue.lecture_actions import find_detailed
from graph.catalogue.modele import Accompagnement, Instance, Iri, Lien

Brute = tuple[Iri, Iri, TypeRelation, Fait]

_DE_LIEN: Final[dict[str, TypeRelation]] = {
    "Adhesion": "adhesion",
    "Financement": "financement",
    "Partenariat": "partenariat",
    "Representation": "representation",
}
"""The other kinds of ``Lien`` (action, committee) are read from the thing itself, mandates not at all."""


def find_beneficiaires(catalogue: Catalogue, action: Accompagnement) -> tuple[Iri, ...]:
    """Whom an action is for, by name: it says so, or the nearest action it is part of does."""
    vus = {action.iri}
    while not action.beneficiaires and action.fait_partie_de and action.fait_partie_de not in vus:
        vus.add(action.fait_partie_de)
        entiere = catalogue.accompagnements.get(action.fait_partie_de)
        if entiere is None:
            break
        action = entiere
    return action.beneficiaires


def find_relations(catalogue: Catalogue) -> tuple[Relation, ...]:
    """Every relation of the catalogue between two different drawable things, in a stable order."""
    groupes: defaultdict[tuple[int, Iri, Iri], list[Fait]] = defaultdict(list)
    for de, vers, genre, fait in _find_brutes(catalogue):
        if de != vers and _is_node(catalogue, de) and _is_node(catalogue, vers):
            groupes[TYPES_RELATION.index(genre), de, vers].append(fait)
    preuves = Preuves(catalogue)
    relations = [
        Relation(de, vers, TYPES_RELATION[rang], preuves.trim(de, vers, _sort_faits(faits)))
        for (rang, de, vers), faits in sorted(groupes.items(), key=lambda item: item[0])
    ]
    peuplees = {r.vers for r in relations if r.type != "composition"} | catalogue.acteurs.keys()
    return tuple(r for r in relations if r.de in peuplees and r.vers in peuplees)


def _is_node(catalogue: Catalogue, iri: Iri) -> bool:
    """Actors are nodes, and actions that nobody in particular benefits from, by name."""
    action = catalogue.accompagnements.get(iri)
    return iri in catalogue.acteurs if action is None else not find_beneficiaires(catalogue, action)


def _sort_faits(faits: Iterable[Fait]) -> tuple[Fait, ...]:
    return tuple(sorted(set(faits), key=lambda fait: (fait.debut is None, fait.debut, fait.iri, fait.detour)))


def _find_brutes(catalogue: Catalogue) -> Iterator[Brute]:
    for lien in catalogue.liens:
        yield from _read_lien(catalogue, lien)
    detailles = find_detailed(catalogue.accompagnements.values())
    donnes = {(lien.de, lien.vers) for lien in catalogue.liens if lien.type == "Financement"}
    for action in catalogue.accompagnements.values():
        beneficiaires = find_beneficiaires(catalogue, action)
        if beneficiaires:
            yield from _read_sentences(action, beneficiaires, detailles)
        else:
            yield from _read_drawn(action, donnes)
    for instance in catalogue.instances.values():
        yield from _read_instance(catalogue, instance)
    for acteur in catalogue.acteurs.values():
        for institution in acteur.rattache_a:
            yield acteur.iri, institution, "rattachement", Fait(acteur.iri, passages=acteur.passages)


def _read_lien(catalogue: Catalogue, lien: Lien) -> Iterator[Brute]:
    genre = _DE_LIEN.get(lien.type)
    if genre is None:
        return
    if genre == "partenariat" and lien.qualite is not None and lien.qualite.endswith("/controle"):
        genre = "controle"
    action = catalogue.accompagnements.get(lien.vers)
    fait = Fait(
        lien.iri,
        titre=lien.titre or (action.titre if action else ""),
        qualites=(lien.qualite,) if lien.qualite else (),
        debut=lien.debut,
        fin=lien.fin,
        montant=lien.montant,
        territoires=lien.territoires,
        passages=lien.passages,
    )
    if action is None or _is_node(catalogue, action.iri):
        yield lien.de, lien.vers, genre, fait
        return
    for vers in _find_carriers(catalogue, action):
        yield lien.de, vers, genre, replace(fait, detour="action")


def _find_carriers(catalogue: Catalogue, action: Accompagnement) -> tuple[Iri, ...]:
    """Whom a link to an action that is not drawn reaches: its leaders, else those it is for."""
    return action.pilotes or find_beneficiaires(catalogue, action)


def _fait(action: Accompagnement) -> Fait:
    return Fait(
        action.iri,
        titre=action.titre,
        debut=action.debut,
        fin=action.fin,
        territoires=action.territoires,
        passages=action.passages,
    )


def _read_sentences(
    action: Accompagnement, beneficiaires: tuple[Iri, ...], detailles: Set[tuple[Iri, Iri]]
) -> Iterator[Brute]:
    fait, pilotes = _fait(action), action.pilotes
    appuis = tuple(iri for iri in action.intervenants if iri not in pilotes)
    invites = tuple(iri for iri in action.sollicites if iri not in pilotes and iri not in appuis)
    couples: tuple[tuple[TypeRelation, Iterable[tuple[Iri, Iri]]], ...] = (
        ("accompagnement", product(pilotes, beneficiaires)),
        ("intervention", product(appuis, beneficiaires)),
        ("mobilisation", product(pilotes, appuis)),
        ("concertation", product(pilotes, invites)),
    )
    for genre, paires in couples:
        for de, vers in paires:
            precise = (action.iri, vers) in detailles
            yield de, vers, genre, replace(fait, debut=None, fin=None) if precise else fait
    for de, vers in product(action.financeurs, pilotes or beneficiaires):
        yield de, vers, "financement", replace(fait, detour="action")


def _read_drawn(action: Accompagnement, donnes: Set[tuple[Iri, Iri]]) -> Iterator[Brute]:
    fait, menent = _fait(action), action.pilotes + action.intervenants
    parts: tuple[tuple[TypeRelation, tuple[Iri, ...]], ...] = (
        ("pilotage", action.pilotes),
        ("intervention", action.intervenants),
        ("participation", tuple(iri for iri in action.sollicites if iri not in menent)),
        ("financement", tuple(iri for iri in action.financeurs if (iri, action.iri) not in donnes)),
    )
    for genre, acteurs in parts:
        for acteur in acteurs:
            yield acteur, action.iri, genre, fait
    if action.fait_partie_de:
        yield action.iri, action.fait_partie_de, "composition", fait


def _read_instance(catalogue: Catalogue, instance: Instance) -> Iterator[Brute]:
    fait = Fait(
        instance.iri,
        titre=instance.titre,
        qualites=(instance.type,) if instance.type else (),
        passages=instance.passages,
    )
    action = catalogue.accompagnements.get(instance.de or "")
    deja = instance.animateurs + (action.pilotes if action else ())
    membres = tuple(iri for iri in instance.membres if iri not in deja)
    if action is not None and not _is_node(catalogue, action.iri):
        maisons = _find_carriers(catalogue, action)
    else:
        maisons = (instance.de,) if instance.de and _is_node(catalogue, instance.de) else ()
    for membre, maison in product(membres, maisons):
        yield membre, maison, "instance", fait
    for animateur, maison in product(instance.animateurs, maisons):
        yield animateur, maison, "instance", replace(fait, detour="animation")
    if not maisons:
        for membre, animateur in product(membres, instance.animateurs):
            yield membre, animateur, "instance", replace(fait, detour="animateur")
