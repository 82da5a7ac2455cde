"""Parts of the page « Couverture »: levels, rows, holes in words, what to ask."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Lien, Offre, Territoire
from graph.coverage import count_associations, open_index
from graph.coverage.detail import Conteur, Detail
from graph.coverage.manques import Relances, rank_places, rank_subjects
from graph.coverage.releve import STATUTS, Releve
from graph.coverage.sujets import Dimension, Sujet
from visualisations.pages.commun import (
    ChoseVue,
    actor_address,
    labels,
    say_number,
    say_period,
    say_places,
    view_thing,
    view_things,
)
from visualisations.pages.lieux import place_address, view_place
from visualisations.rendu import messages

LIEUX: Final = 12
"""Places with holes that are told; the table has them all."""
RELANCES: Final = 12
"""Things to ask that are named in each list."""
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


@dataclass(frozen=True, slots=True)
class TrouVue:
    """One subject or one place with holes."""

    nom: str
    adresse: str
    phrase: str
    detail: str


@dataclass(frozen=True, slots=True)
class ListeVue:
    """Things to ask: those named, how many are not, and where the others are."""

    titre: str
    aide: str
    choses: tuple[tuple[ChoseVue, str], ...]
    """(thing, what is worth saying beside it)."""
    autres: int


@dataclass(frozen=True, slots=True)
class RelancesVue:
    """What would make the table truer."""

    listes: tuple[ListeVue, ...]


def view_levels(releve: Releve) -> tuple[NiveauVue, ...]:
    """The legend: every status with its count, the holes to ask about apart."""
    a_demander = int(releve.a_demander.sum())
    parties = int((releve.a_demander & (releve.statuts == STATUTS.index("partie"))).sum())
    nombres: dict[str, int] = {statut: releve.count(statut) for statut in STATUTS}
    nombres["demander"] = a_demander - parties
    nombres["personne"] -= nombres["demander"]
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
    conteur = Conteur(catalogue)
    return tuple(
        LigneVue(
            view_place(catalogue, place.iri),
            say_population(catalogue, place),
            tuple(
                _view_cell(conteur.tell(releve, ligne, colonne), evidence)
                for colonne in range(len(releve.sujets))
            ),
        )
        for ligne, place in enumerate(releve.lignes)
    )


def _view_cell(detail: Detail, evidence: Callable[[Territoire, Sujet], str]) -> CaseVue:
    code = "demander" if detail.statut == "personne" and detail.a_demander else detail.statut
    return CaseVue(
        code,
        messages(f"couverture_page.niveau-{code}"),
        say_parts(detail, PARTIES),
        evidence(detail.territoire, detail.sujet) if code != "personne" else "",
    )


def say_parts(detail: Detail, most: int) -> str:
    """« Finistère : 7 communes sur 11, depuis le département »: what is reached from nearer than the rest."""
    total = sum(detail.communes)
    dits = [
        messages(
            "couverture_page.partie-floue" if partie.communes is None else "couverture_page.partie",
            lieu=partie.lieu.nom,
            n=partie.communes or 0,
            total=total,
            niveau=messages(f"couverture_page.depuis-{partie.portee}"),
        )
        for partie in detail.parties[:most]
    ]
    if len(detail.parties) > most:
        dits.append(messages("couverture_page.autres_parties", n=len(detail.parties) - most))
    return " ; ".join(dits)


def say_population(catalogue: Catalogue, place: Territoire) -> str:
    """Inhabitants of a place, nothing when they are unknown."""
    habitants = open_index(catalogue).lieux.population(place.iri)
    return _say_people(habitants or 0)


def view_subject_holes(catalogue: Catalogue, releve: Releve, dimension: Dimension) -> tuple[TrouVue, ...]:
    """Subjects with holes, those that leave most people first."""
    return tuple(
        TrouVue(
            catalogue.libelle(getattr(trou.sujet, dimension)),
            "",
            messages(f"couverture_page.trou-{releve.grain}", n=trou.lignes, total=len(releve.lignes)),
            _join(_say_people(trou.habitants), _say_to_ask(trou.a_demander)),
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
            _join(_say_people(trou.habitants), _say_associations(catalogue, trou.territoire)),
            _list_subjects(catalogue, trou.sujets, len(releve.sujets), dimension),
        )
        for trou in trous[:LIEUX]
    )
    return vues, len(trous) - len(vues)


def _list_subjects(catalogue: Catalogue, sujets: Sequence[Sujet], total: int, dimension: Dimension) -> str:
    if len(sujets) == total > 1:
        return messages(f"couverture_page.tous-{dimension}", n=total)
    noms = ", ".join(labels(catalogue, [getattr(sujet, dimension) for sujet in sujets]))
    return messages(f"couverture_page.certains-{dimension}", n=len(sujets), total=total, noms=noms)


def _say_people(habitants: int) -> str:
    if not habitants:
        return ""
    return messages("couverture_page.habitants", n=habitants, nombre=say_number(str(habitants)))


def _say_associations(catalogue: Catalogue, place: Territoire) -> str:
    nombre = count_associations(catalogue, place)
    if not nombre:
        return ""
    return messages("couverture_page.associations", n=nombre, nombre=say_number(str(nombre)))


def _say_to_ask(lignes: int) -> str:
    return messages("couverture_page.dont_a_demander", n=lignes) if lignes else ""


def _join(*dits: str) -> str:
    return ", ".join(dit for dit in dits if dit)


def view_loose_ends(catalogue: Catalogue, relances: Relances) -> RelancesVue:
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
        ("sans_offre", [(chose, "") for chose in view_things(catalogue, relances.sans_offre)]),
        ("sans_lieu", [_offer(catalogue, offre) for offre in relances.sans_lieu]),
    )
    return RelancesVue(
        tuple(
            ListeVue(
                messages(f"couverture_page.{code}", n=len(choses)),
                messages(f"couverture_page.{code}_aide"),
                tuple(choses[:RELANCES]),
                max(0, len(choses) - RELANCES),
            )
            for code, choses in listes
            if choses
        )
    )


def _offer(catalogue: Catalogue, offre: Offre) -> tuple[ChoseVue, str]:
    acteur = catalogue.acteurs[offre.acteur]
    return ChoseVue(offre.titre, f"{actor_address(acteur)}#offre-{offre.slug}"), acteur.nom
