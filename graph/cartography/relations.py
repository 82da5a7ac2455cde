"""Every relation between two actors that a catalogue tells, each readable as one sentence.

An n-ary link gives its own relation. An action is not drawn as a node: it gives the relations its
parts have through it, chosen so that each is true on its own (« le DLA accompagne Espace Bambins »):

* pilote to beneficiaire: ``accompagnement``; intervenant to beneficiaire: ``intervention``;
* pilote to intervenant or sollicite: ``mobilisation``; between pilotes: ``copilotage``, undirected;
* financeur to pilote (to beneficiaire when nobody is said to lead): ``financement``;
* without a pilote, an intervenant's ``intervention`` goes to beneficiaires and sollicites; without a
  beneficiaire, ``mobilisation`` already says what it does;
* member of a committee to its animator: ``instance``; without one, to the leaders of the action, or
  to the actor, that the committee belongs to.

A mandate joins an actor to a dispositif, not to an actor: it is an attribute of the node. Facts that
say the same relation of the same two actors make one relation, so that figure and table stay readable.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, product
from typing import Final

from graph.cartography.types import NON_ORIENTES, TYPES_RELATION, Fait, Relation, TypeRelation
from graph.catalogue import Catalogue
from graph.catalogue.modele import Accompagnement, Instance, Iri, Lien

Brute = tuple[Iri, Iri, TypeRelation, Fait]

_DE_LIEN: Final[dict[str, TypeRelation]] = {
    "Adhesion": "adhesion",
    "Financement": "financement",
    "Partenariat": "partenariat",
    "Representation": "representation",
}
"""The other two kinds of ``Lien`` (action, committee) are read from the thing itself, mandates not at all."""


def find_relations(catalogue: Catalogue) -> tuple[Relation, ...]:
    """Every relation of the catalogue between two different known actors, in a stable order."""
    groupes: defaultdict[tuple[int, Iri, Iri], list[Fait]] = defaultdict(list)
    for de, vers, genre, fait in _find_brutes(catalogue):
        if de == vers or de not in catalogue.acteurs or vers not in catalogue.acteurs:
            continue
        if genre in NON_ORIENTES:
            de, vers = sorted((de, vers))
        groupes[TYPES_RELATION.index(genre), de, vers].append(fait)
    return tuple(
        Relation(de, vers, TYPES_RELATION[rang], _sort_faits(faits))
        for (rang, de, vers), faits in sorted(groupes.items(), key=lambda item: item[0])
    )


def _sort_faits(faits: Iterable[Fait]) -> tuple[Fait, ...]:
    return tuple(sorted(set(faits), key=lambda fait: (fait.debut is None, fait.debut, fait.iri)))


def _find_brutes(catalogue: Catalogue) -> Iterator[Brute]:
    for lien in catalogue.liens:
        yield from _read_lien(catalogue, lien)
    for action in catalogue.accompagnements.values():
        yield from _read_action(action)
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
    for vers in _carriers(action) if action else (lien.vers,):
        yield lien.de, vers, genre, fait


def _carriers(action: Accompagnement) -> tuple[Iri, ...]:
    """Whom a link to an action reaches: its leaders, else those it is for."""
    return action.pilotes or action.beneficiaires


def _read_action(action: Accompagnement) -> Iterator[Brute]:
    fait = Fait(
        action.iri,
        titre=action.titre,
        debut=action.debut,
        fin=action.fin,
        territoires=action.territoires,
        passages=action.passages,
    )
    pilotes = action.pilotes
    appuis = tuple(iri for iri in action.intervenants if iri not in pilotes)
    invites = tuple(iri for iri in action.sollicites if iri not in pilotes and iri not in appuis)
    aides = action.beneficiaires if pilotes or action.beneficiaires else invites
    couples: tuple[tuple[TypeRelation, Iterable[tuple[Iri, Iri]]], ...] = (
        ("accompagnement", product(pilotes, action.beneficiaires)),
        ("intervention", product(appuis, aides)),
        ("mobilisation", product(pilotes, appuis + invites)),
        ("copilotage", combinations(pilotes, 2)),
        ("financement", product(action.financeurs, _carriers(action))),
    )
    for genre, paires in couples:
        for de, vers in paires:
            yield de, vers, genre, fait


def _read_instance(catalogue: Catalogue, instance: Instance) -> Iterator[Brute]:
    """Seats on a committee; a committee that no actor animates, leads or owns stays out of the figure."""
    fait = Fait(
        instance.iri,
        titre=instance.titre,
        qualites=(instance.type,) if instance.type else (),
        passages=instance.passages,
    )
    animateurs = instance.animateurs
    if not animateurs and instance.de is not None:
        action = catalogue.accompagnements.get(instance.de)
        animateurs = _carriers(action) if action else (instance.de,)
    for membre, animateur in product(instance.membres, animateurs):
        if membre not in animateurs:
            yield membre, animateur, "instance", fait
