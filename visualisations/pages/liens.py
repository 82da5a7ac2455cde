"""The links of an actor, both ways, said in words: « est financé par », « est membre de »…"""

from dataclasses import dataclass
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Lien
from visualisations.pages.commun import (
    ChoseVue,
    SourceVue,
    once_per_catalogue,
    say_euros,
    say_period,
    say_places,
    view_sources,
    view_thing,
)
from visualisations.rendu import messages

ORDRE: Final = ("Adhesion", "Representation", "Financement", "Partenariat")
"""Mandates are told with the roles, actions and committees in sections of their own."""


@dataclass(frozen=True, slots=True)
class LienVue:
    """One link, seen from the actor whose card is shown."""

    chose: ChoseVue
    titre: str
    precisions: tuple[str, ...]
    """Role or nature, period, places, amount, whether the money is earmarked."""
    notes: tuple[str, ...]
    sources: tuple[SourceVue, ...]


@dataclass(frozen=True, slots=True)
class GroupeLiens:
    """Links said with the same words."""

    phrase: str
    liens: tuple[LienVue, ...]


def view_links(catalogue: Catalogue, acteur: Iri) -> tuple[GroupeLiens, ...]:
    """Every link between this actor and others, grouped by the words that say it."""
    groupes: dict[str, list[LienVue]] = {}
    liens = [lien for lien in catalogue.liens_de(acteur) if lien.type in ORDRE]
    liens.sort(key=lambda lien: (ORDRE.index(lien.type), lien.vers == acteur))
    for lien in liens:
        sens = "vers" if lien.de == acteur else "depuis"
        groupes.setdefault(_say_link(catalogue, lien, sens), []).append(_view_link(catalogue, lien, sens))
    known = catalogue.lire_acteur(acteur)
    for phrase, autres in (
        (messages("liens.rattache"), known.rattache_a if known else ()),
        (messages("liens.services"), _units(catalogue).get(acteur, ())),
    ):
        if autres:
            groupes[phrase] = [LienVue(view_thing(catalogue, iri), "", (), (), ()) for iri in autres]
    return tuple(
        GroupeLiens(phrase, tuple(sorted(vues, key=lambda vue: vue.chose.nom)))
        for phrase, vues in groupes.items()
    )


@once_per_catalogue
def _units(catalogue: Catalogue) -> dict[Iri, tuple[Iri, ...]]:
    services: dict[Iri, list[Iri]] = {}
    for acteur in catalogue.acteurs.values():
        for institution in acteur.rattache_a:
            services.setdefault(institution, []).append(acteur.iri)
    return {iri: tuple(liste) for iri, liste in services.items()}


def _say_link(catalogue: Catalogue, lien: Lien, sens: str) -> str:
    """The most precise words there are: those of the role, else those of the type."""
    return messages(_precise_words(catalogue, lien, sens) or f"liens.{lien.type}-{sens}")


def _precise_words(catalogue: Catalogue, lien: Lien, sens: str) -> str | None:
    """Key of the words of a role or nature (« reçoit des locaux de »), None when it has none."""
    qualite = catalogue.concepts.get(lien.qualite) if lien.qualite else None
    cle = f"liens.{lien.type}-{qualite.code}-{sens}" if qualite else ""
    return cle if cle in messages else None


def _view_link(catalogue: Catalogue, lien: Lien, sens: str) -> LienVue:
    autre = lien.vers if sens == "vers" else lien.de
    return LienVue(
        chose=view_thing(catalogue, autre),
        titre=lien.titre,
        precisions=tuple(_details(catalogue, lien, sens)),
        notes=lien.notes,
        sources=view_sources(catalogue, lien.passages),
    )


def _details(catalogue: Catalogue, lien: Lien, sens: str) -> list[str]:
    details = []
    if lien.qualite and not _precise_words(catalogue, lien, sens):
        details.append(catalogue.libelle(lien.qualite))
    if periode := say_period(lien.debut, lien.fin):
        details.append(periode)
    if lien.montant:
        details.append(say_euros(lien.montant))
    if lien.fleche is not None:
        details.append(messages("liens.fleche" if lien.fleche else "liens.non-fleche"))
    details.extend(say_places(catalogue, lien.territoires))
    return details
