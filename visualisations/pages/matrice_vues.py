"""Parts of the page « Qui fait quoi »: columns, rows, sources by number."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Offre
from graph.coverage.ensembles import LigneMatrice, Part, Preuve
from graph.coverage.matrice import Matrice
from visualisations.pages.commun import (
    ChoseVue,
    actor_address,
    labels,
    say_place,
    view_thing,
)
from visualisations.rendu import messages

PARTS: Final = 2
"""Parts of the place named beside an actor."""


@dataclass(frozen=True, slots=True)
class ColonneVue:
    """A function, or a stage: how many actors have it."""

    libelle: str
    nombre: int
    adresse: str
    """Where its own functions are the columns; empty for a stage, or when it has none."""
    a_demander: bool = False
    """None of these actors is said to meet what is asked."""


@dataclass(frozen=True, slots=True)
class FaitVue:
    """One thing that an actor does, with where it is written."""

    libelle: str
    adresse: str
    """The offer on the actor's card."""
    stades: tuple[str, ...]
    sources: tuple[int, ...]
    offres: str
    """Titles of the offers, for a tooltip and for who does not see the column."""


@dataclass(frozen=True, slots=True)
class LigneVue:
    """One actor."""

    acteur: ChoseVue
    ou: str
    """Where, when it does not act in the whole place; empty when it does."""
    remplaces: tuple[str, ...]
    """Its mandates for a dispositif that was replaced since: it may no longer do what is said."""
    cellules: tuple[tuple[FaitVue, ...], ...]
    """One by function."""
    stades: tuple[bool, ...]
    """One by stage: said to serve it. Empty when no source says any."""
    stade_partiel: bool
    """Some of its offers say the stage, others do not."""


@dataclass(frozen=True, slots=True)
class GroupeVue:
    """Actors that act as widely."""

    titre: str
    lignes: tuple[LigneVue, ...]


class Sources:
    """Numbers each document once, in the order in which the page names it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._rangs: dict[Iri, int] = {}

    def number(self, offres: Iterable[Offre]) -> tuple[int, ...]:
        """The numbers of the documents that some offers are read in."""
        passages = (iri for offre in offres for iri in offre.passages)
        iris = dict.fromkeys(source.iri for _, source in self._catalogue.source_de(passages))
        return tuple(sorted(self._rangs.setdefault(iri, len(self._rangs) + 1) for iri in iris))

    def say(self) -> tuple[str, ...]:
        """Each document in one line, in the order of numbers."""
        sources = [self._catalogue.sources[iri] for iri in self._rangs]
        return tuple(
            ", ".join(part for part in (s.titre, s.editeur, s.date.en_clair if s.date else "") if part)
            for s in sources
        )


def view_columns(
    catalogue: Catalogue, matrice: Matrice, address: Callable[[Iri], str]
) -> tuple[ColonneVue, ...]:
    """The functions; each leads to its own, unless it is the one asked."""
    parents = {concept.parent for concept in catalogue.concepts.values()}
    return tuple(
        ColonneVue(
            libelle=catalogue.libelle(iri),
            nombre=len(matrice.acteurs(iri)),
            adresse=address(iri) if iri in parents and iri != matrice.sujet.fonction else "",
            a_demander=iri in matrice.a_demander,
        )
        for iri in matrice.colonnes
    )


def view_stages(catalogue: Catalogue, matrice: Matrice) -> tuple[ColonneVue, ...]:
    """The stages."""
    return tuple(ColonneVue(catalogue.libelle(iri), len(matrice.au_stade(iri)), "") for iri in matrice.stades)


def view_groups(
    catalogue: Catalogue, matrice: Matrice, lignes: Sequence[LigneMatrice], sources: Sources
) -> tuple[GroupeVue, ...]:
    """The rows by how widely the actors act."""
    return tuple(
        GroupeVue(
            messages(f"matrice.portee-{portee}"),
            tuple(_view_line(catalogue, matrice, ligne, sources) for ligne in groupe),
        )
        for portee, groupe in groupby(lignes, key=lambda ligne: ligne.portee)
    )


def _view_line(catalogue: Catalogue, matrice: Matrice, ligne: LigneMatrice, sources: Sources) -> LigneVue:
    carte = actor_address(catalogue.acteurs[ligne.acteur])
    return LigneVue(
        acteur=view_thing(catalogue, ligne.acteur),
        ou=say_parts(catalogue, ligne.parties, PARTS),
        remplaces=_say_replaced(catalogue, ligne.acteur),
        cellules=tuple(
            tuple(_view_facts(catalogue, carte, colonne, ligne.cellules.get(colonne, ()), sources))
            for colonne in matrice.colonnes
        ),
        stades=tuple(stade in ligne.stades for stade in matrice.stades) if ligne.stades else (),
        stade_partiel=bool(ligne.stades and ligne.stade_inconnu),
    )


def _say_replaced(catalogue: Catalogue, acteur: Iri) -> tuple[str, ...]:
    vers = dict.fromkeys(lien.vers for lien in catalogue.liens_de(acteur) if lien.type == "Mandat")
    return tuple(
        messages(
            "matrice.mandat_remplace",
            dispositif=catalogue.libelle(iri),
            nom=catalogue.libelle(catalogue.successeurs[iri]),
        )
        for iri in vers
        if iri in catalogue.successeurs
    )


def say_parts(catalogue: Catalogue, parts: Sequence[Part], most: int) -> str:
    """« Quimper », « Picardie (ancienne région) », « Finistère : une partie qu’aucune… »."""

    def say(part: Part) -> str:
        lieu = catalogue.territoires.get(part.lieu)
        nom = lieu.nom if lieu and lieu.niveau == "commune" else say_place(catalogue, part.lieu)
        return nom if part.delimitee else messages("matrice.partie_floue", lieu=nom)

    dits = [say(part) for part in parts[:most]]
    if len(parts) > most:
        dits.append(messages("matrice.autres_lieux", n=len(parts) - most))
    return messages("matrice.puis").join(dits)


def _view_facts(
    catalogue: Catalogue, adresse: str, colonne: Iri, preuves: Iterable[Preuve], sources: Sources
) -> Iterable[FaitVue]:
    offres: dict[Iri, list[Offre]] = {}
    for preuve in preuves:
        offres.setdefault(preuve.fonction, []).append(preuve.offre)
    precises = {offre.iri for fonction, found in offres.items() if fonction != colonne for offre in found}
    for fonction, found in offres.items():
        # What the same offer says more precisely is enough.
        if fonction == colonne and all(offre.iri in precises for offre in found):
            continue
        yield FaitVue(
            libelle=_name_fact(catalogue, fonction, colonne, seul=len(offres) == 1),
            adresse=f"{adresse}#offre-{found[0].slug}",
            stades=labels(catalogue, dict.fromkeys(stade for offre in found for stade in offre.stades)),
            sources=sources.number(found),
            offres=" ; ".join(dict.fromkeys(offre.titre for offre in found)),
        )


def _name_fact(catalogue: Catalogue, fonction: Iri, colonne: Iri, *, seul: bool) -> str:
    if fonction != colonne:
        return catalogue.libelle(fonction)
    return messages("matrice.oui" if seul else "matrice.en_general")
