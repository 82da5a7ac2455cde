"""Links of the network in words: the verb both ways, what it takes to be exact, and the facts behind."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from graph.cartography import Fait, Relation
from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri
from graph.dates import DatePartielle
from visualisations.pages.commun import labels, say_number, say_period, say_places
from visualisations.rendu import messages
from visualisations.reseau.modele import FaitVue, Periode

ROLES_EN_MOTS: Final = frozenset({"financier", "technique", "prescripteur", "membre-instance"})
"""Roles of a partner that have a wording of their own when they stand alone."""


def say_relation(
    catalogue: Catalogue, relation: Relation, qualites: Sequence[Iri]
) -> tuple[str, str, tuple[str, ...]]:
    """The verb both ways, and what must be added to it."""
    detours = {fait.detour for fait in relation.faits}
    cle = f"reseau.relation.{relation.type}"
    mots = () if relation.type == "controle" else labels(catalogue, qualites)
    if len(detours) == 1 and (detour := detours.pop()):
        cle += f".{detour}"
    elif relation.type == "partenariat" and len(qualites) == 1:
        role = qualites[0].rsplit("/", 1)[-1]
        if role in ROLES_EN_MOTS:
            cle, mots = f"reseau.partenaire.{role}", ()
    elif relation.vers in catalogue.accompagnements and f"{cle}.vers_action.aller" in messages:
        cle += ".vers_action"
    return (
        messages(f"{cle}.aller"),
        messages(f"{cle}.retour"),
        tuple(mot[:1].lower() + mot[1:] for mot in mots),
    )


def join_verb(verbe: str, nom: str) -> str:
    """A verb ready to stand before a name, as French joins them: « est membre de S3A », « … d’ACEPP 29 »."""
    muet = unicodedata.normalize("NFD", nom[:1]).casefold()[:1] in set("aeiouy")
    return f"{verbe[:-1]}’" if verbe.endswith(" de") and muet else f"{verbe} "


def view_fait(catalogue: Catalogue, relation: Relation, fait: Fait, sources: tuple[int, ...]) -> FaitVue:
    """One fact behind a link: what it is, how, how much, where, when."""
    mots = labels(catalogue, fait.qualites) if len(relation.faits) > 1 else ()
    montant = messages("reseau.montant", montant=say_number(fait.montant)) if fait.montant else ""
    lieux = say_places(catalogue, fait.territoires)
    return FaitVue(
        texte=join_words(fait.titre or ", ".join(mots), (*(mots if fait.titre else ()), montant, *lieux)),
        quand=say_period(fait.debut, fait.fin),
        sources=sources,
    )


def join_words(texte: str, precisions: Iterable[str]) -> str:
    """« text (one, two) », whatever part is missing."""
    dites = ", ".join(precision for precision in precisions if precision)
    return f"{texte} ({dites})" if texte and dites else texte or dites


def read_periods(relation: Relation) -> tuple[Periode, ...]:
    """When each fact of a relation holds; nothing when one of them may hold at any time."""
    periodes = tuple(read_period(fait.debut, fait.fin) for fait in relation.faits)
    return () if ("", "") in periodes else tuple(dict.fromkeys(periodes))


def read_period(debut: DatePartielle | None, fin: DatePartielle | None) -> Periode:
    """The days between which something may hold."""
    return debut.debut.isoformat() if debut else "", fin.fin.isoformat() if fin else ""
