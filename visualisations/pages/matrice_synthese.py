"""What the page « Qui fait quoi » says in words below its table, and who acts here without being in it."""

from dataclasses import dataclass
from typing import Final

from graph.catalogue import Catalogue
from graph.coverage import PORTEES
from graph.coverage.ensembles import LigneMatrice, Recouvrement
from graph.coverage.matrice import Matrice
from visualisations.pages.commun import ChoseVue, labels, view_thing, view_things
from visualisations.pages.matrice_vues import PARTS, say_parts
from visualisations.rendu import messages

CITES: Final = 8
"""Actors named in one sentence."""
RECOUVREMENTS: Final = 8
"""Overlaps told; the table has them all."""


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


def view_silent(catalogue: Catalogue, matrice: Matrice) -> tuple[tuple[str, tuple[ChoseVue, ...]], ...]:
    """Who acts here without any source that says by which function, by width."""
    return tuple(
        (messages(f"matrice.portee-{portee}"), view_things(catalogue, found))
        for portee in PORTEES
        if (found := [iri for width, iri in matrice.sans_fonction if width == portee])
    )


def view_others(catalogue: Catalogue, matrice: Matrice) -> tuple[tuple[ChoseVue, str], ...]:
    """Who acts here for others than associations: what for, and for whom."""

    def say(ligne: LigneMatrice) -> str:
        preuves = [preuve for found in ligne.cellules.values() for preuve in found]
        fonctions = dict.fromkeys(preuve.fonction for preuve in preuves)
        publics = dict.fromkeys(iri for preuve in preuves for iri in preuve.offre.publics_vises)
        ou = say_parts(catalogue, ligne.parties, PARTS)
        return messages(
            "matrice.pour_qui_ou" if ou else "matrice.pour_qui",
            ou=ou,
            fonctions=", ".join(labels(catalogue, fonctions)),
            publics=", ".join(labels(catalogue, publics)),
        )

    return tuple((view_thing(catalogue, ligne.acteur), say(ligne)) for ligne in matrice.pour_autres)


def view_summary(catalogue: Catalogue, matrice: Matrice) -> SyntheseVue:
    """What the table says, in words."""
    par_colonne = {colonne: matrice.acteurs(colonne) for colonne in matrice.colonnes}
    return SyntheseVue(
        ensemble=tuple(
            (
                view_thing(catalogue, ligne.acteur),
                (
                    *labels(catalogue, [iri for iri in matrice.colonnes if iri in ligne.cellules]),
                    *([messages("matrice.en_partie")] if ligne.vague else ()),
                ),
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
