"""« Couverture »: what is covered from near, from far, by nobody known, place by place; and what to ask."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Territoire
from graph.catalogue.territoires import reference
from graph.coverage.manques import find_loose_ends
from graph.coverage.releve import GRAINS, Grain, Releve, read_grain, survey
from graph.coverage.sujets import COLONNES, DIMENSIONS, Dimension, Sujet, read_sujet, split
from graph.errors import DemandeInvalideError
from visualisations.pages.choix import concept_options, place_groups
from visualisations.pages.commun import (
    GroupeOptions,
    OptionVue,
    make_address,
    once_per_catalogue,
    say_part,
    say_place,
)
from visualisations.pages.couverture_trous import (
    ListeVue,
    TrouVue,
    view_loose_ends,
    view_place_holes,
    view_subject_holes,
)
from visualisations.pages.couverture_vues import (
    ColonneVue,
    LigneVue,
    NiveauVue,
    count_others,
    view_columns,
    view_levels,
    view_rows,
)
from visualisations.pages.matrice import ADRESSE as MATRICE
from visualisations.pages.matrice import read_number
from visualisations.pages.pied import view_foot
from visualisations.rendu import messages, render_view

ADRESSE: Final = "/couverture"
PAR_PAGE: Final = 120
"""Rows of one page: all the departements; the spreadsheet has everything."""
VOIR: Final = ("tout", "trous")


@dataclass(frozen=True, slots=True)
class CriteresCouverture:
    """What is asked of the page, read and checked."""

    territoire: Territoire
    grain: Grain
    colonnes: Dimension
    sujet: Sujet
    trous: bool = False
    """Only rows with a hole."""
    page: int = 1


@dataclass(frozen=True, slots=True)
class CouvertureVue:
    """Context of ``pages/couverture.html``."""

    edition: str
    partielle: str
    corpus: str
    """When the sources of the offers date from."""
    lieu: str
    lieu_ref: str
    resume: str
    lieux: tuple[GroupeOptions, ...]
    grains: tuple[OptionVue, ...]
    decoupes: tuple[OptionVue, ...]
    filtres: tuple[tuple[str, tuple[OptionVue, ...]], ...]
    filtre: bool
    """A subject is asked for: its fields are shown unfolded."""
    voir: tuple[OptionVue, ...]
    adresse_effacer: str
    niveaux: tuple[NiveauVue, ...]
    colonnes: tuple[ColonneVue, ...]
    tete_lignes: str
    lignes: tuple[LigneVue, ...]
    trous_sujets: tuple[TrouVue, ...]
    trous_lieux: tuple[TrouVue, ...]
    autres_lieux: int
    """Places with holes that are not told."""
    relances: tuple[ListeVue, ...]
    precedente: str
    suivante: str
    pages: str


def read_criteres(
    catalogue: Catalogue,
    territoire: str = "",
    grain: str = "",
    colonnes: str = "",
    fonction: str = "",
    stade: str = "",
    besoin: str = "",
    secteur: str = "",
    voir: str = "",
    page: str = "",
) -> CriteresCouverture:
    """Read what an address or a command asks.

    Raises:
        DemandeInvalideError: a value that means nothing, with its field.
        IntrouvableError: no such place.
    """
    lieu = catalogue.lire_territoire(territoire or "national")
    dimension = next((nom for nom in COLONNES if nom == (colonnes or COLONNES[0])), None)
    if dimension is None:
        raise DemandeInvalideError("colonnes", messages("couverture.colonnes-inconnu"))
    if voir not in ("", *VOIR):
        raise DemandeInvalideError("voir", messages("couverture.voir-inconnu"))
    return CriteresCouverture(
        lieu,
        read_grain(catalogue, lieu, grain),
        dimension,
        read_sujet(catalogue, fonction, stade, besoin, secteur),
        voir == "trous",
        read_number(page),
    )


def look(catalogue: Catalogue, criteres: CriteresCouverture, jour: date) -> Releve:
    """The survey that the criteria ask for."""
    sujets = [
        criteres.sujet.narrow(criteres.colonnes, iri)
        for iri in split(catalogue, criteres.sujet, criteres.colonnes)
    ]
    releve = survey(catalogue, criteres.territoire, criteres.grain, sujets, jour)
    return releve.keep_holes() if criteres.trous else releve


def page_couverture(catalogue: Catalogue, criteres: CriteresCouverture, jour: date) -> str:
    """The page: the table, then the holes in words."""
    return render_view(
        "pages/couverture.html", view_coverage(catalogue, criteres, jour), pied=view_foot(catalogue)
    )


def view_coverage(catalogue: Catalogue, criteres: CriteresCouverture, jour: date) -> CouvertureVue:
    """Everything the page shows."""
    releve = look(catalogue, criteres, jour)
    pages = max(1, ceil(len(releve.lignes) / PAR_PAGE))
    page = min(criteres.page, pages)
    montrees = range(len(releve.lignes))[(page - 1) * PAR_PAGE : page * PAR_PAGE]
    lieu = criteres.territoire
    trous_lieux, autres = view_place_holes(catalogue, releve, criteres.colonnes)

    def turn(to: int) -> str:
        return _address(catalogue, replace(criteres, page=to)) if 0 < to <= pages else ""

    return CouvertureVue(
        edition=catalogue.edition,
        partielle=say_part(catalogue),
        corpus=_say_corpus(catalogue, criteres.sujet),
        lieu=say_place(catalogue, lieu.iri),
        lieu_ref=reference(lieu),
        resume=_say_summary(releve, criteres),
        lieux=place_groups(catalogue, lieu),
        grains=_options("grain", GRAINS[lieu.niveau], criteres.grain),
        decoupes=_options("colonnes", COLONNES, criteres.colonnes),
        filtres=tuple(
            (nom, concept_options(catalogue, nom, getattr(criteres.sujet, nom))) for nom in DIMENSIONS
        ),
        filtre=bool(criteres.sujet.demandes),
        voir=_options("voir", VOIR, VOIR[criteres.trous]),
        adresse_effacer=_address(catalogue, _bare(criteres)) if criteres != _bare(criteres) else "",
        niveaux=view_levels(releve),
        colonnes=view_columns(
            catalogue, releve, criteres.colonnes, lambda iri: _address(catalogue, _zoom(criteres, iri))
        ),
        tete_lignes=messages(f"couverture_page.grain-{criteres.grain}"),
        lignes=view_rows(
            catalogue, releve.keep(montrees), lambda place, sujet: _evidence(catalogue, place, sujet)
        ),
        trous_sujets=view_subject_holes(catalogue, releve, criteres.colonnes),
        trous_lieux=trous_lieux,
        autres_lieux=autres,
        relances=view_loose_ends(catalogue, find_loose_ends(catalogue, lieu, jour)),
        precedente=turn(page - 1),
        suivante=turn(page + 1),
        pages=messages("matrice.page", page=page, pages=pages) if pages > 1 else "",
    )


def _options(champ: str, codes: Iterable[str], choisi: str) -> tuple[OptionVue, ...]:
    noms = {code: messages(f"couverture_page.{champ}-{code}") for code in codes}
    return tuple(OptionVue(code, nom, choisi=code == choisi) for code, nom in noms.items())


def _bare(criteres: CriteresCouverture) -> CriteresCouverture:
    """The same place and rows, with nothing filtered."""
    return CriteresCouverture(criteres.territoire, criteres.grain, criteres.colonnes, Sujet())


def _zoom(criteres: CriteresCouverture, concept: Iri) -> CriteresCouverture:
    return replace(criteres, sujet=criteres.sujet.narrow(criteres.colonnes, concept), page=1)


def _address(catalogue: Catalogue, criteres: CriteresCouverture) -> str:
    parametres = [("territoire", reference(criteres.territoire)), ("grain", criteres.grain)]
    parametres += [("colonnes", criteres.colonnes if criteres.colonnes != COLONNES[0] else "")]
    parametres += _subject(catalogue, criteres.sujet)
    parametres += [("voir", "trous" if criteres.trous else "")]
    parametres += [("page", str(criteres.page) if criteres.page > 1 else "")]
    return make_address(ADRESSE, parametres)


def _subject(catalogue: Catalogue, sujet: Sujet) -> list[tuple[str, str]]:
    return [(nom, catalogue.concepts[iri].code) for nom, iri in sujet.demandes]


def _evidence(catalogue: Catalogue, place: Territoire, sujet: Sujet) -> str:
    """Who does what there, for that subject: each line of it has its source."""
    return make_address(MATRICE, [("territoire", reference(place)), *_subject(catalogue, sujet)])


def _say_summary(releve: Releve, criteres: CriteresCouverture) -> str:
    autre = "outre_mer" if criteres.grain == "departement" else "seules"
    autres = count_others(releve)
    lignes = messages(f"couverture_page.lignes-{criteres.grain}", n=len(releve.lignes) - autres)
    if autres:
        lignes = f"{lignes} {messages(f'couverture_page.{autre}', n=autres)}"
    return messages(
        "couverture_page.resume",
        lignes=lignes,
        colonnes=messages(f"couverture_page.sujets-{criteres.colonnes}", n=len(releve.sujets)),
        n=releve.statuts.size,
    )


@once_per_catalogue
def _years(catalogue: Catalogue) -> tuple[int, int] | None:
    """First and last year of the sources that say offers."""
    passages = {iri for offre in catalogue.offres.values() for iri in offre.passages}
    dates = {source.date for _, source in catalogue.source_de(passages) if source.date}
    return (min(d.debut.year for d in dates), max(d.fin.year for d in dates)) if dates else None


def _say_corpus(catalogue: Catalogue, sujet: Sujet) -> str:
    """What « nobody known » means here, and what a place covered for one sector only counts for."""
    years = _years(catalogue)
    dits = [messages("couverture_page.corpus", debut=years[0], fin=years[1])] if years else []
    if sujet.secteur is None:
        dits.append(messages("couverture_page.tous_secteurs"))
    return " ".join(dits)
