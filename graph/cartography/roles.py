"""Who does what in support: every role that a catalogue says an actor plays, one statement at a time.

A role joins an actor to what it plays it for: an action, another actor, a committee, a dispositif.
Nothing is derived: a source says each of them. What is said twice is kept once: a funder named by the
action and by a link of its own, a seat told as a partnership and by the list of the committee's members.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal, get_args

from graph.cartography.types import Fait
from graph.catalogue import Catalogue
from graph.catalogue.modele import Accompagnement, Instance, Iri, Lien

Voie = Literal[
    "financement",
    "pilotage",
    "portage",
    "prescription",
    "controle",
    "appui",
    "instance",
    "participation",
    "beneficiaire",
]
"""The kinds of roles, as people ask for them: who funds, leads, carries, refers, controls, helps…"""
VOIES: Final[tuple[Voie, ...]] = get_args(Voie)

Maniere = Literal[
    "finance",
    "financier",
    "pilote",
    "porte",
    "prescrit",
    "controle",
    "intervient",
    "technique",
    "conception",
    "anime",
    "siege",
    "participe",
    "partenaire",
    "beneficie",
]
"""How a role is played: the verb of its sentence."""
MANIERES: Final[tuple[Maniere, ...]] = get_args(Maniere)

Etat = Literal["", "prevu", "termine"]
"""What the source and the calendar say of a role: nothing, planned, over."""

_VOIE_DE: Final[dict[Maniere, Voie]] = {
    "finance": "financement",
    "financier": "financement",
    "pilote": "pilotage",
    "porte": "portage",
    "prescrit": "prescription",
    "controle": "controle",
    "intervient": "appui",
    "technique": "appui",
    "conception": "appui",
    "anime": "instance",
    "siege": "instance",
    "participe": "participation",
    "partenaire": "participation",
    "beneficie": "beneficiaire",
}
_DU_PARTENAIRE: Final[dict[str, Maniere]] = {
    "financier": "financier",
    "technique": "technique",
    "conception": "conception",
    "prescripteur": "prescrit",
    "membre-instance": "siege",
    "controle": "controle",
}


@dataclass(frozen=True, slots=True)
class Role:
    """One statement: ``acteur`` plays a role for ``vers``."""

    acteur: Iri
    maniere: Maniere
    vers: Iri
    """An action, an actor, a committee or a dispositif."""
    fait: Fait
    statut: str = ""
    """Code of the state of the action (``prevu``, ``en-cours``, ``termine``) when the source gives one."""

    @property
    def voie(self) -> Voie:
        """The kind of role it is."""
        return _VOIE_DE[self.maniere]

    def state(self, jour: date) -> Etat:
        """Planned by its source, over on that day, or neither.

        An action that its source saw under way is not said to be over because its planned end went by.
        """
        if self.statut:
            return "prevu" if self.statut == "prevu" else "termine" if self.statut == "termine" else ""
        return "termine" if self.fait.fin is not None and self.fait.fin.fin < jour else ""


@lru_cache(maxsize=2)
def find_roles(catalogue: Catalogue) -> tuple[Role, ...]:
    """Every role of a catalogue, in the order of :data:`VOIES`; those of the last two editions are kept."""
    roles = {
        role: None
        for role in _find_brutes(catalogue)
        if role.acteur in catalogue.acteurs and role.acteur != role.vers
    }
    return tuple(
        sorted(roles, key=lambda r: (VOIES.index(r.voie), MANIERES.index(r.maniere), r.vers, r.acteur))
    )


def _find_brutes(catalogue: Catalogue) -> Iterator[Role]:
    sieges = {(membre, i.de) for i in catalogue.instances.values() for membre in (*i.membres, *i.animateurs)}
    for lien in catalogue.liens:
        role = _read_lien(catalogue, lien)
        if role is not None and not (role.maniere == "siege" and (role.acteur, role.vers) in sieges):
            yield role
    donnes = {(lien.de, lien.vers) for lien in catalogue.liens if lien.type == "Financement"}
    for action in catalogue.accompagnements.values():
        for role in _read_action(action):
            if role.maniere != "finance" or (role.acteur, role.vers) not in donnes:
                yield role
    for instance in catalogue.instances.values():
        yield from _read_instance(instance)


def _read_lien(catalogue: Catalogue, lien: Lien) -> Role | None:
    maniere: Maniere
    if lien.type == "Financement":
        maniere = "finance"
    elif lien.type == "Mandat":
        maniere = "porte"
    elif lien.type == "Partenariat":
        code = lien.qualite.rsplit("/", 1)[-1] if lien.qualite else ""
        maniere = _DU_PARTENAIRE.get(code, "partenaire")
    else:
        return None
    action = catalogue.accompagnements.get(lien.vers)
    fait = Fait(
        lien.iri,
        titre=lien.titre,
        qualites=(lien.qualite,) if lien.qualite and lien.type == "Financement" else (),
        debut=lien.debut,
        fin=lien.fin,
        montant=lien.montant,
        territoires=lien.territoires,
        passages=lien.passages,
    )
    return Role(lien.de, maniere, lien.vers, fait, _read_state(action) if action else "")


def _read_state(action: Accompagnement) -> str:
    return action.statut.rsplit("/", 1)[-1] if action.statut else ""


def _read_action(action: Accompagnement) -> Iterator[Role]:
    menent = action.pilotes + action.intervenants
    parts: tuple[tuple[Maniere, tuple[Iri, ...]], ...] = (
        ("finance", action.financeurs),
        ("pilote", action.pilotes),
        ("intervient", tuple(iri for iri in action.intervenants if iri not in action.pilotes)),
        ("participe", tuple(iri for iri in action.sollicites if iri not in menent)),
        ("beneficie", action.beneficiaires),
    )
    fait = Fait(
        action.iri,
        titre=action.titre,
        debut=action.debut,
        fin=action.fin,
        territoires=action.territoires,
        passages=action.passages,
    )
    for maniere, acteurs in parts:
        for acteur in acteurs:
            yield Role(acteur, maniere, action.iri, fait, _read_state(action))


def _read_instance(instance: Instance) -> Iterator[Role]:
    fait = Fait(instance.iri, titre=instance.titre, passages=instance.passages)
    for acteur in instance.animateurs:
        yield Role(acteur, "anime", instance.iri, fait)
    for acteur in instance.membres:
        if acteur not in instance.animateurs:
            yield Role(acteur, "siege", instance.iri, fait)
