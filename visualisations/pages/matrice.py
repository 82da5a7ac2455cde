"""« Qui fait quoi »: actors, functions and stages of a place, on a screen, on a phone, on a sheet of A3."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Territoire
from graph.catalogue.territoires import reference
from graph.coverage import open_index
from graph.coverage.matrice import Matrice, draw_matrix
from graph.coverage.sujets import DIMENSIONS, Sujet, read_sujet
from graph.dates import DatePartielle
from graph.errors import DemandeInvalideError
from visualisations.pages.choix import concept_options, place_groups
from visualisations.pages.commun import (
    ChoseVue,
    GroupeOptions,
    OptionVue,
    make_address,
    once_per_catalogue,
    say_part,
    say_place,
)
from visualisations.pages.matrice_synthese import SyntheseVue, view_others, view_silent, view_summary
from visualisations.pages.matrice_vues import (
    ColonneVue,
    GroupeVue,
    Sources,
    view_columns,
    view_groups,
    view_stages,
)
from visualisations.rendu import messages, render_view
from visualisations.types_acteur import type_principal

ADRESSE: Final = "/cartographie/matrice"
PAR_PAGE: Final = 250
"""Actors of one page: more than any meeting looks at, few enough for any browser."""
NIVEAUX: Final = ("tous", "proche")


@dataclass(frozen=True, slots=True)
class CriteresMatrice:
    """What is asked of the page, read and checked."""

    territoire: Territoire
    sujet: Sujet
    proche: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class MatriceVue:
    """Context of ``pages/matrice.html``."""

    edition: str
    partielle: str
    lieu: str
    lieu_ref: str
    resume: str
    precision: str
    """What the filters keep, in words; empty without any."""
    lieux: tuple[GroupeOptions, ...]
    filtres: tuple[tuple[str, tuple[OptionVue, ...]], ...]
    """(dimension, choices)."""
    filtre: bool
    """A subject is asked for: its fields are shown unfolded."""
    niveaux: tuple[OptionVue, ...]
    adresse_effacer: str
    """Empty when nothing is filtered."""
    colonnes: tuple[ColonneVue, ...]
    stades: tuple[ColonneVue, ...]
    groupes: tuple[GroupeVue, ...]
    types: tuple[str, ...]
    """Roles whose symbols the table shows."""
    stade_partiel: bool
    """A stage of the table is said of some offers of its actor only."""
    synthese: SyntheseVue
    pour_autres: tuple[tuple[ChoseVue, str], ...]
    """(actor, what it does here and for whom), who serves others than associations."""
    muets: tuple[tuple[str, tuple[ChoseVue, ...]], ...]
    """(width, actors of whom no source says the function)."""
    sources: tuple[str, ...]
    jour: str
    adresse_couverture: str
    secteurs_meles: bool
    """No sector is asked: who serves one only counts like the others."""
    precedente: str
    suivante: str
    pages: str
    """« page 1 sur 3 », empty when there is one."""


def read_criteres(
    catalogue: Catalogue,
    territoire: str = "",
    fonction: str = "",
    stade: str = "",
    besoin: str = "",
    secteur: str = "",
    niveau: str = "",
    page: str = "",
) -> CriteresMatrice:
    """Read what an address or a command asks.

    Raises:
        DemandeInvalideError: a value that means nothing, with its field.
        IntrouvableError: no such place.
    """
    lieu = catalogue.lire_territoire(territoire) if territoire else _usual_place(catalogue)
    if niveau not in ("", *NIVEAUX):
        raise DemandeInvalideError("niveau", messages("couverture.niveau-inconnu"))
    return CriteresMatrice(
        lieu, read_sujet(catalogue, fonction, stade, besoin, secteur), niveau == "proche", read_number(page)
    )


def read_number(page: str) -> int:
    """Read the number of a page.

    Raises:
        DemandeInvalideError: it is none.
    """
    if page and not (page.isascii() and page.isdigit() and len(page) <= 6 and int(page)):
        raise DemandeInvalideError("page", messages("couverture.page-inconnu"))
    return int(page or "1")


@once_per_catalogue
def _usual_place(catalogue: Catalogue) -> Territoire:
    """The departement of which sources say most offers; the whole country without any."""
    offres = open_index(catalogue).offres
    counts = {
        iri: len(offres.inside(iri)) for iri, t in catalogue.territoires.items() if t.niveau == "departement"
    }
    best = max(counts, key=lambda iri: (counts[iri], iri), default=None)
    return catalogue.territoires[best] if best and counts[best] else catalogue.lire_territoire("national")


def draw(catalogue: Catalogue, criteres: CriteresMatrice, jour: date) -> Matrice:
    """The matrix that the criteria ask for."""
    return draw_matrix(catalogue, criteres.territoire, criteres.sujet, jour, proche=criteres.proche)


def page_matrice(catalogue: Catalogue, criteres: CriteresMatrice, jour: date) -> str:
    """The page: as a table, and in words."""
    return render_view("pages/matrice.html", view_matrix(catalogue, criteres, jour))


def view_matrix(catalogue: Catalogue, criteres: CriteresMatrice, jour: date) -> MatriceVue:
    """Everything the page shows."""
    matrice = draw(catalogue, criteres, jour)
    pages = max(1, ceil(len(matrice.lignes) / PAR_PAGE))
    page = min(criteres.page, pages)
    sources = Sources(catalogue)
    lignes = matrice.lignes[(page - 1) * PAR_PAGE : page * PAR_PAGE]
    groupes = view_groups(catalogue, matrice, lignes, sources)
    dites = [ligne for groupe in groupes for ligne in groupe.lignes]
    lieu = criteres.territoire

    def turn(to: int) -> str:
        return _address(catalogue, replace(criteres, page=to)) if 0 < to <= pages else ""

    return MatriceVue(
        edition=catalogue.edition,
        partielle=say_part(catalogue),
        lieu=say_place(catalogue, lieu.iri),
        lieu_ref=reference(lieu),
        resume=_say_summary(matrice),
        precision=_say_filters(catalogue, criteres),
        lieux=place_groups(catalogue, lieu),
        filtres=tuple(
            (nom, concept_options(catalogue, nom, getattr(criteres.sujet, nom))) for nom in DIMENSIONS
        ),
        filtre=bool(criteres.sujet.demandes),
        niveaux=tuple(
            OptionVue(code, messages(f"matrice.niveau-{code}"), choisi=(code == "proche") is criteres.proche)
            for code in NIVEAUX
        ),
        adresse_effacer=make_address(ADRESSE, [("territoire", reference(lieu))])
        if _filtered(criteres)
        else "",
        colonnes=view_columns(catalogue, matrice, lambda iri: _address(catalogue, _narrow(criteres, iri))),
        stades=view_stages(catalogue, matrice),
        groupes=groupes,
        types=tuple({type_principal(ligne.acteur.types).code: 0 for ligne in dites}),
        stade_partiel=any(ligne.stade_partiel for ligne in dites),
        synthese=view_summary(catalogue, matrice),
        pour_autres=view_others(catalogue, matrice),
        muets=view_silent(catalogue, matrice),
        sources=sources.say(),
        jour=DatePartielle(jour, jour).en_clair,
        adresse_couverture=make_address(
            "/couverture",
            [("territoire", reference(lieu)), *_codes(catalogue, criteres.sujet)],
        ),
        secteurs_meles=criteres.sujet.secteur is None,
        precedente=turn(page - 1),
        suivante=turn(page + 1) if page < pages else "",
        pages=messages("matrice.page", page=page, pages=pages) if pages > 1 else "",
    )


def _narrow(criteres: CriteresMatrice, fonction: Iri) -> CriteresMatrice:
    return replace(criteres, sujet=criteres.sujet.narrow("fonction", fonction), page=1)


def _filtered(criteres: CriteresMatrice) -> bool:
    return criteres.proche or bool(criteres.sujet.demandes)


def _address(catalogue: Catalogue, criteres: CriteresMatrice) -> str:
    parametres = [("territoire", reference(criteres.territoire))]
    parametres += _codes(catalogue, criteres.sujet)
    parametres += [("niveau", "proche" if criteres.proche else "")]
    parametres += [("page", str(criteres.page) if criteres.page > 1 else "")]
    return make_address(ADRESSE, parametres)


def _codes(catalogue: Catalogue, sujet: Sujet) -> list[tuple[str, str]]:
    return [(nom, catalogue.concepts[iri].code) for nom, iri in sujet.demandes]


def _say_summary(matrice: Matrice) -> str:
    """« 8 acteurs dans le tableau ; 9 dont aucune source ne dit la fonction ; 4 fonctions sur 10… »"""
    demandes = len(matrice.a_demander)
    remplies = sum(bool(matrice.acteurs(colonne)) for colonne in matrice.colonnes) - demandes
    dits = [
        messages("matrice.acteurs", n=len(matrice.lignes)),
        *(
            messages(f"matrice.{cle}", n=len(qui))
            for cle, qui in (("sans_fonction", matrice.sans_fonction), ("pour_autres", matrice.pour_autres))
            if qui
        ),
        messages("matrice.fonctions", n=remplies, total=len(matrice.colonnes)),
    ]
    if demandes:
        dits.append(messages("matrice.fonctions_a_demander", n=demandes))
    if inconnus := sum(not ligne.stades for ligne in matrice.lignes):
        dits.append(messages("matrice.stades_inconnus", n=inconnus))
    return messages("matrice.resume", dits=messages("matrice.puis").join(dits))


def _say_filters(catalogue: Catalogue, criteres: CriteresMatrice) -> str:
    dits: Iterable[str] = [
        messages("matrice.filtre", quoi=messages(f"choix.{nom}"), valeur=catalogue.libelle(iri))
        for nom, iri in criteres.sujet.demandes
    ]
    proche = [messages("matrice.niveau-proche")] if criteres.proche else []
    return ", ".join([*dits, *proche])
