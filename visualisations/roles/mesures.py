"""Sizes and places of the diagram of a system of actors, in SVG units."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from graph.cartography.roles import Etat
from visualisations.rendu import messages
from visualisations.roles.modele import GroupeRolesVue, SystemeVue, TenantVue, VoieVue
from visualisations.trace_svg import wrap

LARGEUR: Final = 1180
PUCE: Final = 262
"""Width of an actor's box in a column."""
FLECHE: Final = 208
"""Width of the arrow between a box and the subject, which bears its words."""
GAUCHE: Final = PUCE + FLECHE
"""Left edge of the subject."""
PILIER: Final = LARGEUR - 2 * GAUCHE
"""Width of the subject."""
COTE: Final = 20
"""Actors of one group drawn in a column at most; the table has them all."""
DESSOUS: Final = 48
"""Actors drawn in a band at most."""
CENTRE: Final = 8
"""Things told inside the subject under one heading at most."""
ECART: Final = 22
_PORTEURS: Final = 4
"""Carriers that a column takes; beyond, they have a band over the subject."""
_EN_DESSOUS: Final = ("participation", "beneficiaire")


@dataclass(frozen=True, slots=True)
class Puce:
    """An actor's box, measured."""

    tenant: TenantVue
    nom: tuple[str, ...]
    dessous: tuple[str, ...]
    """Lines under the name: what it is part of, and in a band what it does."""
    mots: tuple[str, ...]
    """Lines over its arrow."""

    @property
    def boite(self) -> float:
        """Height of the name and what is under it."""
        return 13.0 + 17 * len(self.nom) + 15 * len(self.dessous)

    @property
    def rangee(self) -> float:
        """Height of a row of a column: the box, or the words over the arrow when they are taller."""
        return max(self.boite, 15.0 * len(self.mots) + 16)


@dataclass(frozen=True, slots=True)
class Bande:
    """Actors of one kind of role, in rows."""

    voie: VoieVue
    large: float
    pas: float
    rangs: tuple[tuple[Puce, ...], ...]
    reste: int
    """Actors that only the table names."""
    etat: Etat
    """State that all share."""


def arrange(
    voies: Sequence[VoieVue],
) -> tuple[Sequence[VoieVue], Sequence[VoieVue], Sequence[VoieVue], Sequence[VoieVue]]:
    """Kinds of roles over the subject, in the left column, in the right one, and under it, in their order.

    The columns are cut where they are nearest in height.
    """
    dessus = [v for v in voies if v.code == "portage" and len(v.groupes[0].tenants) > _PORTEURS]
    dessous = [v for v in voies if v.code in _EN_DESSOUS]
    cotes = [v for v in voies if v not in dessus and v not in dessous]
    coupe = min(
        range(len(cotes) + 1),
        key=lambda rang: (abs(column_height(cotes[:rang]) - column_height(cotes[rang:])), -rang),
    )
    return dessus, cotes[:coupe], cotes[coupe:], dessous


def share_columns(voies: Sequence[VoieVue]) -> tuple[int, ...]:
    """How many of four columns each band under the subject takes."""
    if len(voies) < 2:
        return (4,) * len(voies)
    premiere, seconde = (sum(len(groupe.tenants) for groupe in voie.groupes) for voie in voies)
    if premiere > 3 * seconde:
        return (3, 1)
    return (1, 3) if seconde > 3 * premiere else (2, 2)


def column_height(voies: Sequence[VoieVue]) -> float:
    """Height of a column."""
    return sum(32 + ECART + sum(map(_group_height, voie.groupes)) for voie in voies) - (ECART if voies else 0)


def _group_height(groupe: GroupeRolesVue) -> float:
    puces = [measure_box(tenant, PUCE, FLECHE - 34) for tenant in groupe.tenants[:COTE]]
    reste = 20 if len(groupe.tenants) > COTE else 0
    absents = 0 if puces else 16 * len(say_absent())
    return 17 * len(say_title(groupe)) + sum(puce.rangee + 8 for puce in puces) + reste + absents + 4


def measure_box(tenant: TenantVue, largeur: float, fleche: float = 0, mots: bool = False) -> Puce:
    """Cut the texts of an actor to a box, and to the arrow beside it; ``mots``: put them in the box."""
    place = largeur - 40
    service = messages("roles.service_de", nom=tenant.service_de) if tenant.service_de else ""
    dits = (service, *(tenant.mots if mots else ()))
    return Puce(
        tenant,
        wrap(tenant.court, place - (26 if tenant.numero else 0), 14, 3, gras=True),
        tuple(ligne for dit in dits for ligne in wrap(dit, place, 12, 3))[:6],
        tuple(ligne for mot in tenant.mots for ligne in wrap(mot, fleche, 12.5, 6))[:9] if fleche else (),
    )


def measure_band(voie: VoieVue, large: float, colonnes: int) -> Bande:
    """Put the actors of one kind of role in rows; what they do is told when it is not the same for all."""
    tenants = [tenant for groupe in voie.groupes for tenant in groupe.tenants]
    pas = (large + 10) / colonnes
    dits = len({tenant.mots for tenant in tenants}) > 1
    puces = [measure_box(tenant, pas - 10, mots=dits) for tenant in tenants[:DESSOUS]]
    rangs = (tuple(puces[debut : debut + colonnes]) for debut in range(0, len(puces), colonnes))
    etats = {tenant.etat for tenant in tenants}
    etat = etats.pop() if len(etats) == 1 else ""
    return Bande(voie, large, pas, tuple(rangs), max(0, len(tenants) - DESSOUS), etat)


def say_title(groupe: GroupeRolesVue) -> tuple[str, ...]:
    """The name of a committee, in lines."""
    return wrap(groupe.titre, PUCE + FLECHE - 20, 13, 3, gras=True)


def say_absent() -> tuple[str, ...]:
    """That nobody names the members of a committee, in lines."""
    return wrap(messages("roles.sans_membre"), PUCE + FLECHE - 20, 12.5, 2)


def say_centre(vue: SystemeVue) -> tuple[tuple[str, ...], list[tuple[str, bool]]]:
    """The lines of the subject's name, then those under it, each with whether it is a heading."""
    large = PILIER - 28
    textes = [(ligne, False) for mot in vue.precisions for ligne in wrap(mot, large, 12.5, 3)]
    for titre, noms in vue.centre:
        textes += [("", False), (titre, True)]
        textes += [(ligne, False) for nom in noms[:CENTRE] for ligne in wrap(nom, large, 12.5, 3)]
        if len(noms) > CENTRE:
            textes.append(("…", False))
    return wrap(vue.sujet, large, 16, 7, gras=True), textes
