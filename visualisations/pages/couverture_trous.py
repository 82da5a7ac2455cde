"""The holes of a survey in words, those that touch most people first; and what is to be asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import Lien, Offre
from graph.coverage.manques import Relances, rank_places, rank_subjects
from graph.coverage.releve import Releve
from graph.coverage.sujets import Dimension, Sujet
from visualisations.pages.commun import (
    ChoseVue,
    actor_address,
    labels,
    say_period,
    say_places,
    view_thing,
    view_things,
)
from visualisations.pages.couverture_vues import count_others, say_people
from visualisations.pages.lieux import place_address
from visualisations.rendu import messages

LIEUX: Final = 12
"""Places with holes that are told; the table has them all."""
RELANCES: Final = 12
"""Things to ask that are named in each list."""


@dataclass(frozen=True, slots=True)
class TrouVue:
    """One subject or one place with holes."""

    nom: str
    adresse: str
    phrase: str
    detail: str


@dataclass(frozen=True, slots=True)
class ListeVue:
    """Things to ask: those that are named, and how many are not."""

    titre: str
    aide: str
    choses: tuple[tuple[ChoseVue, str], ...]
    """(thing, what is worth saying beside it)."""
    autres: int


def view_subject_holes(catalogue: Catalogue, releve: Releve, dimension: Dimension) -> tuple[TrouVue, ...]:
    """Subjects with holes, those that leave most people first."""
    mixte = "-mixte" if count_others(releve) else ""
    return tuple(
        TrouVue(
            catalogue.libelle(getattr(trou.sujet, dimension)),
            "",
            messages(f"couverture_page.trou-{releve.grain}{mixte}", n=trou.lignes, total=len(releve.lignes)),
            _join(
                say_people(trou.habitants),
                _say_other("dont_a_demander", trou.a_demander),
                _say_other("dont_en_partie", trou.en_partie),
            ),
        )
        for trou in rank_subjects(releve)
    )


def view_place_holes(
    catalogue: Catalogue, releve: Releve, dimension: Dimension
) -> tuple[tuple[TrouVue, ...], int]:
    """Places with holes, those of most people first, and how many are not told."""
    trous = rank_places(releve)
    vues = tuple(
        TrouVue(
            trou.territoire.nom,
            place_address(trou.territoire),
            say_people(trou.habitants),
            _list_subjects(catalogue, trou.sujets, releve.sujets, dimension),
        )
        for trou in trous[:LIEUX]
    )
    return vues, len(trous) - len(vues)


def _list_subjects(
    catalogue: Catalogue, trous: Sequence[Sujet], sujets: Sequence[Sujet], dimension: Dimension
) -> str:
    """Which subjects are missing; which are not, when that is shorter."""
    if len(trous) == len(sujets) > 1:
        return messages(f"couverture_page.tous-{dimension}", n=len(sujets))
    sauf = len(trous) > len(sujets) / 2 > 1
    dits = [sujet for sujet in sujets if sujet not in trous] if sauf else trous
    noms = ", ".join(labels(catalogue, [getattr(sujet, dimension) for sujet in dits]))
    cle = f"couverture_page.{'sauf' if sauf else 'certains'}-{dimension}"
    return messages(cle, n=len(trous), total=len(sujets), noms=noms)


def _say_other(cle: str, lignes: int) -> str:
    return messages(f"couverture_page.{cle}", n=lignes) if lignes else ""


def _join(*dits: str) -> str:
    return ", ".join(dit for dit in dits if dit)


def view_loose_ends(catalogue: Catalogue, relances: Relances) -> tuple[ListeVue, ...]:
    """What the sources leave loose, list by list; empty ones are left out."""

    def mandates(liens: Iterable[Lien]) -> list[tuple[ChoseVue, str]]:
        return [
            (
                view_thing(catalogue, lien.de),
                _join(
                    catalogue.libelle(lien.vers),
                    *say_places(catalogue, lien.territoires[:2]),
                    say_period(lien.debut, lien.fin),
                ),
            )
            for lien in liens
        ]

    listes = (
        ("mandats_finis", mandates(relances.mandats_finis)),
        ("mandats_remplaces", mandates(relances.mandats_remplaces)),
        ("mandats_sans_date", mandates(relances.mandats_sans_date)),
        ("sans_offre", [(chose, "") for chose in view_things(catalogue, relances.sans_offre)]),
        ("sans_lieu", [_offer(catalogue, offre) for offre in relances.sans_lieu]),
    )
    return tuple(
        ListeVue(
            messages(f"couverture_page.{code}", n=len(choses)),
            messages(f"couverture_page.{code}_aide"),
            tuple(choses[:RELANCES]),
            max(0, len(choses) - RELANCES),
        )
        for code, choses in listes
        if choses
    )


def _offer(catalogue: Catalogue, offre: Offre) -> tuple[ChoseVue, str]:
    acteur = catalogue.acteurs[offre.acteur]
    return ChoseVue(offre.titre, f"{actor_address(acteur)}#offre-{offre.slug}"), acteur.nom
