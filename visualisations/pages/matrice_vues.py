"""Parts of the page « Qui fait quoi »: columns, rows, sources by number, and what the table says in words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Offre
from graph.coverage import PORTEES
from graph.coverage.matrice import LigneMatrice, Matrice, Preuve, Recouvrement
from visualisations.pages.commun import ChoseVue, actor_address, labels, view_thing, view_things
from visualisations.rendu import messages

CITES: Final = 8
"""Actors named in one sentence."""
RECOUVREMENTS: Final = 8
"""Overlaps told; the table has them all."""


@dataclass(frozen=True, slots=True)
class ColonneVue:
    """A function, or a stage: how many actors have it."""

    libelle: str
    nombre: int
    adresse: str
    """Where its own functions are the columns; empty for a stage, or when it has none."""


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


@dataclass(frozen=True, slots=True)
class PhraseVue:
    """Something said of several actors."""

    sujet: str
    acteurs: tuple[ChoseVue, ...]
    autres: int
    """Actors that are not named."""
    suite: str


@dataclass(frozen=True, slots=True)
class SyntheseVue:
    """What the table says, in words."""

    ensemble: tuple[tuple[ChoseVue, tuple[str, ...]], ...]
    """(actor, its functions): the fewest who have them all together."""
    ensemble_phrase: str
    recouvrements: tuple[PhraseVue, ...]
    autres_recouvrements: int
    seuls: tuple[PhraseVue, ...]
    decouvertes: tuple[str, ...]
    """Functions that nobody known has."""
    stades_decouverts: tuple[str, ...]
    stades_inconnus: int
    """Actors of whom no source says the stage."""


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
        cellules=tuple(
            tuple(_view_facts(catalogue, carte, colonne, ligne.cellules.get(colonne, ()), sources))
            for colonne in matrice.colonnes
        ),
        stades=tuple(stade in ligne.stades for stade in matrice.stades) if ligne.stades else (),
        stade_partiel=bool(ligne.stades and ligne.stade_inconnu),
    )


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


def view_silent(catalogue: Catalogue, matrice: Matrice) -> tuple[tuple[str, tuple[ChoseVue, ...]], ...]:
    """Who acts here without any source that says by which function, by width."""
    return tuple(
        (messages(f"matrice.portee-{portee}"), view_things(catalogue, found))
        for portee in PORTEES
        if (found := [iri for width, iri in matrice.sans_fonction if width == portee])
    )


def view_summary(catalogue: Catalogue, matrice: Matrice) -> SyntheseVue:
    """What the table says, in words."""
    par_colonne = {colonne: matrice.acteurs(colonne) for colonne in matrice.colonnes}
    return SyntheseVue(
        ensemble=tuple(
            (
                view_thing(catalogue, ligne.acteur),
                labels(catalogue, [colonne for colonne in matrice.colonnes if colonne in ligne.cellules]),
            )
            for ligne in matrice.ensemble
        ),
        ensemble_phrase=_say_together(matrice, sum(bool(found) for found in par_colonne.values())),
        recouvrements=tuple(_view_overlap(catalogue, r) for r in matrice.recouvrements[:RECOUVREMENTS]),
        autres_recouvrements=max(0, len(matrice.recouvrements) - RECOUVREMENTS),
        seuls=tuple(
            PhraseVue(catalogue.libelle(colonne), view_things(catalogue, found), 0, "")
            for colonne, found in par_colonne.items()
            if len(found) == 1
        ),
        decouvertes=labels(catalogue, [colonne for colonne, found in par_colonne.items() if not found]),
        stades_decouverts=labels(catalogue, [s for s in matrice.stades if not matrice.au_stade(s)]),
        stades_inconnus=sum(not ligne.stades for ligne in matrice.lignes),
    )


def _say_together(matrice: Matrice, remplies: int) -> str:
    cle = "matrice.ensemble" if matrice.exact else "matrice.ensemble-approche"
    return messages(cle, n=len(matrice.ensemble), fonctions=messages("matrice.fonctions_dites", n=remplies))


def _view_overlap(catalogue: Catalogue, recouvrement: Recouvrement) -> PhraseVue:
    dits = [
        messages("matrice.meme_stade", stade=catalogue.libelle(stade), n=len(acteurs))
        for stade, acteurs in recouvrement.stades.items()
    ]
    if inconnus := len(recouvrement.stade_inconnu):
        tous = inconnus == len(recouvrement.acteurs)
        dits.append(messages("matrice.stade_inconnu_tous" if tous else "matrice.stade_inconnu", n=inconnus))
    return PhraseVue(
        catalogue.libelle(recouvrement.fonction),
        view_things(catalogue, recouvrement.acteurs[:CITES]),
        max(0, len(recouvrement.acteurs) - CITES),
        " ".join(dits),
    )
