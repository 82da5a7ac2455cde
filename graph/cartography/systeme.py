"""A system of actors: the roles played around one action or one territory, as a networkx graph.

* *Around an action*: what is said of it and of its parts; of those who lead it (who funds, refers to,
  backs the DLA that leads); of those it is for (who funds and controls the nurseries it supports).
  A part that others lead is a system of its own, told as a neighbour, and so is the whole it is part of.
* *Around a territory*: the roles that actors of its network play there for one another, for an action
  that takes place there or in a wider place short of the nation, and the dispositifs they carry.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import networkx as nx

from graph.cartography.cartographe import open_cartographe
from graph.cartography.relations import find_beneficiaires
from graph.cartography.roles import VOIES, Role, Voie, find_roles
from graph.cartography.tranche import containers
from graph.catalogue import Catalogue
from graph.catalogue.modele import Accompagnement, Instance, Iri, Territoire

if TYPE_CHECKING:
    GrapheRoles = nx.MultiDiGraph[Iri]
else:
    GrapheRoles = nx.MultiDiGraph

Sujet = Accompagnement | Territoire


@dataclass(frozen=True, slots=True)
class Systeme:
    """What is said around a subject."""

    sujet: Sujet
    roles: tuple[Role, ...]
    """In the order of :data:`graph.cartography.roles.VOIES`."""
    instances: tuple[Instance, ...] = ()
    """Committees of the system, those whose members no source names too."""
    parties: tuple[Accompagnement, ...] = ()
    """Parts of the action that are told with it."""
    voisines: tuple[Accompagnement, ...] = ()
    """The whole it is part of, and the parts that others lead: systems of their own."""

    def list_roles(self, voie: Voie) -> tuple[Role, ...]:
        """The roles of one kind."""
        return tuple(role for role in self.roles if role.voie == voie)

    def split_funding(self) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
        """Who funds the subject itself, and who funds those it joins: paying a nursery pays no action."""
        roles = self.list_roles("financement")
        if not isinstance(self.sujet, Accompagnement):
            return roles, ()
        dedans = {self.sujet.iri, *(partie.iri for partie in self.parties)}
        siens = tuple(role for role in roles if role.vers in dedans)
        return siens, tuple(role for role in roles if role.vers not in dedans)

    def list_missing(self) -> tuple[Voie, ...]:
        """The kinds of roles that no source gives anybody; nobody is asked to carry an action."""
        autour = self.split_funding()[1]
        connues = {role.voie for role in self.roles if role not in autour}
        connues |= {"instance"} if self.instances else set()
        seul = isinstance(self.sujet, Accompagnement)
        return tuple(voie for voie in VOIES if voie not in connues and not (seul and voie == "portage"))

    def list_plural(self) -> dict[Iri, tuple[Voie, ...]]:
        """The actors that play several kinds of roles, those who play most first, with the kinds."""
        voies: dict[Iri, dict[Voie, None]] = {}
        for role in self.roles:
            voies.setdefault(role.acteur, {})[role.voie] = None
        plusieurs = ((iri, tuple(v)) for iri, v in voies.items() if len(v) > 1)
        return dict(sorted(plusieurs, key=lambda item: (-len(item[1]), item[0])))


def build_graphe(systeme: Systeme) -> GrapheRoles:
    """A system as a graph: an edge a role (key: how it is played; attribute ``role``).

    Nodes have an attribute ``anneau``: 0 for the subject, 1 for what roles are played for, 2 for those
    who only play them. The subject is joined to what its system tells of by edges of key ``contient``.
    """
    graphe: GrapheRoles = nx.MultiDiGraph()
    vises = {role.vers for role in systeme.roles} | {instance.iri for instance in systeme.instances}
    graphe.add_node(systeme.sujet.iri, anneau=0)
    for iri in sorted(vises | {role.acteur for role in systeme.roles}):
        if iri != systeme.sujet.iri:
            graphe.add_node(iri, anneau=1 if iri in vises else 2)
    for role in systeme.roles:
        graphe.add_edge(role.acteur, role.vers, key=f"{role.maniere} {role.fait.iri}", role=role)
    for iri in sorted(vises - {systeme.sujet.iri}):
        graphe.add_edge(systeme.sujet.iri, iri, key="contient")
    return graphe


def cut_systeme(catalogue: Catalogue, sujet: Sujet) -> Systeme:
    """The system of actors around an action or a territory."""
    if isinstance(sujet, Accompagnement):
        return _cut_action(catalogue, sujet)
    return _cut_territoire(catalogue, sujet)


def _cut_action(catalogue: Catalogue, action: Accompagnement) -> Systeme:
    parties, voisines = _sort_parts(catalogue, action)
    dedans = {action.iri, *(partie.iri for partie in parties)}
    pour = find_beneficiaires(catalogue, action)
    acteurs = {*action.pilotes, *pour}
    instances = tuple(i for i in catalogue.instances.values() if i.de in dedans or i.de in acteurs)
    comites = {instance.iri for instance in instances}
    entier = _find_whole(catalogue, action, pour)

    def belongs(role: Role) -> bool:
        if role.vers in dedans or role.vers in comites:
            return True
        if role.vers == entier:
            return role.maniere == "beneficie"
        # A partnership of which no source says the role tells nothing of the action itself.
        return (
            role.vers in acteurs
            and role.maniere != "partenaire"
            and _is_said_of(catalogue, role, action.territoires)
        )

    roles = tuple(role for role in find_roles(catalogue) if belongs(role))
    return Systeme(action, roles, instances, parties, voisines)


def _sort_parts(
    catalogue: Catalogue, action: Accompagnement
) -> tuple[tuple[Accompagnement, ...], tuple[Accompagnement, ...]]:
    """Parts told with the action, and neighbours: its whole, and the parts that others lead."""
    parties: list[Accompagnement] = []
    voisines: list[Accompagnement] = []
    entier = catalogue.accompagnements.get(action.fait_partie_de or "")
    if entier is not None:
        voisines.append(entier)
    reste, vues = [action.iri], {action.iri}
    while reste:
        iri = reste.pop()
        for partie in catalogue.accompagnements.values():
            if partie.fait_partie_de != iri or partie.iri in vues:
                continue
            vues.add(partie.iri)
            if set(partie.pilotes) <= set(action.pilotes):
                parties.append(partie)
                reste.append(partie.iri)
            else:
                voisines.append(partie)
    return tuple(parties), tuple(voisines)


def _find_whole(catalogue: Catalogue, action: Accompagnement, pour: Collection[Iri]) -> Iri | None:
    """The action that names those a part is for, when the part does not."""
    vus: set[Iri] = set()
    iri: Iri | None = action.iri
    while pour and iri is not None and iri not in vus:
        vus.add(iri)
        ici = catalogue.accompagnements.get(iri)
        if ici is None or ici.beneficiaires:
            break
        iri = ici.fait_partie_de
    return iri if pour else None


def _is_said_of(catalogue: Catalogue, role: Role, territoires: Iterable[Iri]) -> bool:
    """False when a role is located, and elsewhere than these territories."""
    lieux, la = role.fait.territoires, tuple(territoires)
    return not lieux or not la or any(_touches(catalogue, a, b) for a in lieux for b in la)


def _touches(catalogue: Catalogue, un: Iri, autre: Iri) -> bool:
    return un in containers(catalogue, autre) or autre in containers(catalogue, un)


def _cut_territoire(catalogue: Catalogue, territoire: Territoire) -> Systeme:
    ici = open_cartographe(catalogue).tranches.get(territoire.iri, frozenset())
    larges = _widen(catalogue, territoire)
    actions = {
        a.iri
        for a in catalogue.accompagnements.values()
        if _is_near(catalogue, a.territoires, territoire, larges)
    }
    instances = {i.iri: i for i in _find_committees(catalogue, ici, actions)}

    def belongs(role: Role) -> bool:
        if not _is_said_of(catalogue, role, (territoire.iri,)):
            return False
        if role.vers in instances:
            return True
        if role.acteur not in ici:
            # Whoever leads, funds or carries for a wider place does it here too, though tied to nobody here.
            porte = role.maniere == "porte" and _is_near(catalogue, role.fait.territoires, territoire, larges)
            return porte or (role.maniere in _DE_PLUS_LOIN and role.vers in actions)
        if role.maniere == "porte" or role.vers in actions:
            return True
        return role.vers in ici and role.vers in catalogue.acteurs

    roles = tuple(role for role in find_roles(catalogue) if belongs(role))
    return Systeme(territoire, roles, tuple(instances.values()))


_DE_PLUS_LOIN: Final = frozenset({"finance", "pilote", "intervient"})


def _widen(catalogue: Catalogue, territoire: Territoire) -> frozenset[Iri]:
    """The territory and what contains it, short of the nation."""
    tous = (catalogue.territoires.get(iri) for iri in containers(catalogue, territoire.iri))
    return frozenset(lieu.iri for lieu in tous if lieu is not None and lieu.niveau != "national")


def _is_near(
    catalogue: Catalogue, lieux: Iterable[Iri], territoire: Territoire, larges: Collection[Iri]
) -> bool:
    """True when one of the places is the territory, a part of it, or one of the wider places."""
    if territoire.niveau == "national":
        return True
    return any(lieu in larges or territoire.iri in containers(catalogue, lieu) for lieu in lieux)


def _find_committees(
    catalogue: Catalogue, ici: Collection[Iri], actions: Collection[Iri]
) -> Iterator[Instance]:
    """Committees of the actions and actors of the place, and those of a dispositif where one of them sits."""
    for instance in catalogue.instances.values():
        de = instance.de or ""
        if de in catalogue.accompagnements:
            garde = de in actions
        elif de in catalogue.acteurs:
            garde = de in ici
        else:
            garde = any(iri in ici for iri in (*instance.membres, *instance.animateurs))
        if garde:
            yield instance
