"""Parts of the page « Couverture »: levels, rows, holes in words, what to ask."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Territoire
from graph.coverage.detail import Detail, Partie, open_conteur
from graph.coverage.releve import STATUTS, Releve
from graph.coverage.sujets import Dimension, Sujet
from visualisations.pages.commun import (
    ChoseVue,
    say_number,
)
from visualisations.pages.lieux import say_kind, view_place
from visualisations.rendu import messages

PARTIES: Final = 2
"""Parts of a place that one cell names."""


@dataclass(frozen=True, slots=True)
class NiveauVue:
    """One status of the legend, and how many cells have it."""

    code: str
    libelle: str
    aide: str
    nombre: int


@dataclass(frozen=True, slots=True)
class ColonneVue:
    """One subject; ``adresse`` splits it further, empty when it cannot be."""

    libelle: str
    adresse: str


@dataclass(frozen=True, slots=True)
class CaseVue:
    """One cell; ``adresse`` leads to the evidence, empty where there is none."""

    code: str
    libelle: str
    precision: str
    adresse: str


@dataclass(frozen=True, slots=True)
class LigneVue:
    """One place."""

    lieu: ChoseVue
    habitants: str
    cases: tuple[CaseVue, ...]


def view_levels(releve: Releve) -> tuple[NiveauVue, ...]:
    """The legend: every status with its count, the holes to ask about apart."""
    nombres: dict[str, int] = {statut: releve.count(statut) for statut in STATUTS}
    nombres["demander"] = nombres["personne"] - int(releve.trous.sum())
    nombres["personne"] = int(releve.trous.sum())
    ordre = (*STATUTS[:-1], "demander", "personne")
    return tuple(
        NiveauVue(
            code,
            messages(f"couverture_page.niveau-{code}"),
            messages(f"couverture_page.aide-{code}"),
            nombres[code],
        )
        for code in ordre
    )


def count_others(releve: Releve) -> int:
    """How many rows are no departement, or no intercommunality: overseas collectivities, lone communes."""
    return sum(
        say_kind(place) == "collectivite" or (releve.grain == "epci" and place.niveau == "commune")
        for place in releve.lignes
    )


def view_columns(
    catalogue: Catalogue, releve: Releve, dimension: Dimension, zoom: Callable[[Iri], str]
) -> tuple[ColonneVue, ...]:
    """The subjects; the first, when it is the one asked for, leads nowhere further."""
    parents = {concept.parent for concept in catalogue.concepts.values()}
    found = [getattr(sujet, dimension) for sujet in releve.sujets]
    asked = found[0] if any(catalogue.concepts[iri].parent == found[0] for iri in found) else None
    return tuple(
        ColonneVue(catalogue.libelle(iri), zoom(iri) if iri in parents and iri != asked else "")
        for iri in found
    )


def view_rows(
    catalogue: Catalogue, releve: Releve, evidence: Callable[[Territoire, Sujet], str]
) -> tuple[LigneVue, ...]:
    """The rows, each cell told."""
    conteur = open_conteur(catalogue)
    return tuple(
        LigneVue(
            view_place(catalogue, place.iri),
            _say_people(catalogue, releve, ligne),
            tuple(
                _view_cell(conteur.tell(releve, ligne, colonne), evidence)
                for colonne in range(len(releve.sujets))
            ),
        )
        for ligne, place in enumerate(releve.lignes)
    )


def name_level(detail: Detail) -> str:
    """The code of what a cell says: what is to be asked is no hole."""
    return "demander" if detail.statut == "personne" and detail.a_demander else detail.statut


def _view_cell(detail: Detail, evidence: Callable[[Territoire, Sujet], str]) -> CaseVue:
    code = name_level(detail)
    precisions = [say_parts(detail, PARTIES)]
    if detail.a_demander and code != "demander":
        precisions.append(messages(f"couverture_page.{'ailleurs' if code == 'partie' else 'plus_pres'}"))
    return CaseVue(
        code,
        messages(f"couverture_page.niveau-{code}"),
        messages("commun.puis").join(dit for dit in precisions if dit),
        evidence(detail.territoire, detail.sujet) if code != "personne" else "",
    )


def say_parts(detail: Detail, most: int) -> str:
    """« Finistère : 7 communes sur 11, depuis le département »: what is reached from nearer than the rest."""
    total = sum(detail.communes)
    dits = [
        messages(
            f"couverture_page.partie{_say_how_sure(partie)}",
            lieu=partie.lieu.nom,
            n=partie.communes or 0,
            total=total,
            niveau=messages(f"couverture_page.depuis-{partie.portee}"),
        )
        for partie in detail.parties[:most]
    ]
    if len(detail.parties) > most:
        dits.append(messages("couverture_page.autres_parties", n=len(detail.parties) - most))
    return messages("commun.puis").join(dits)


def _say_how_sure(partie: Partie) -> str:
    """A zone, or an unknown part of a place, has communes that nobody counted; a commune needs no count."""
    if partie.lieu.niveau == "commune" or say_kind(partie.lieu) == "arrondissement-municipal":
        return "-seule"
    if partie.communes is not None:
        return ""
    return "-floue" if say_kind(partie.lieu) == "zone" else "-non_precisee"


def _say_people(catalogue: Catalogue, releve: Releve, ligne: int) -> str:
    """« 7 communes sur 11 dans ce territoire, 5 300 habitants », the second alone of a whole place."""
    dits = [say_people(releve.count_people(catalogue, ligne) or 0)]
    if ailleurs := releve.count_outside(catalogue, ligne):
        dedans = int(releve.communes[ligne, 0].sum())
        dits.insert(0, messages("couverture_page.en_partie_ici", n=dedans, total=dedans + ailleurs))
    elif releve.grain == "epci" and releve.lignes[ligne].niveau == "commune":
        dits.insert(0, messages("couverture_page.hors_epci"))
    return messages("commun.puis").join(dit for dit in dits if dit)


def say_people(habitants: int) -> str:
    """A number of inhabitants, nothing when none is known."""
    if not habitants:
        return ""
    return messages("couverture_page.habitants", n=habitants, nombre=say_number(str(habitants)))
