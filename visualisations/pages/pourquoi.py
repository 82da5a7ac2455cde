"""« Pourquoi pas X ? »: the place of one actor in an answer, line by line, for whoever expected it there."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.catalogue import Catalogue
from graph.catalogue.modele import Acteur
from graph.orientation.explication import Explication, OffreExpliquee
from visualisations.pages.commun import ChoseVue, make_address, view_thing
from visualisations.pages.lieux import say_where
from visualisations.rendu import messages


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, and what it means: one actor explained, or those it may be."""

    texte: str = ""
    choix: tuple[Acteur, ...] = ()
    explication: Explication | None = None


@dataclass(frozen=True, slots=True)
class LigneVue:
    """One criterion looked at."""

    verdict: str
    """``oui``, ``inconnu`` or ``non``."""
    texte: str
    note: bool
    """What a document leaves open, in its own words."""


@dataclass(frozen=True, slots=True)
class OffreVue:
    """One offer, and whether it fits."""

    titre: str
    retenue: bool
    lignes: tuple[LigneVue, ...]


@dataclass(frozen=True, slots=True)
class ExplicationVue:
    """Why an actor is, or is not, in the answer."""

    acteur: ChoseVue
    titre: str
    texte: str
    offres: tuple[OffreVue, ...]


@dataclass(frozen=True, slots=True)
class PourquoiVue:
    """The form, and what it answers."""

    champs: tuple[tuple[str, str], ...]
    """Hidden fields that keep the request."""
    texte: str
    choix: tuple[tuple[ChoseVue, str], ...]
    """Actors the text may mean, each with its place; the link asks the same of it."""
    inconnu: bool
    explication: ExplicationVue | None


def view_question(
    catalogue: Catalogue, etat: Sequence[tuple[str, str]], question: Question | None
) -> PourquoiVue:
    """The form for a request, filled with what was asked of it."""
    asked = question or Question()
    explication = asked.explication
    return PourquoiVue(
        champs=tuple((nom, valeur) for nom, valeur in etat if valeur),
        texte=catalogue.libelle(explication.acteur) if explication else asked.texte,
        choix=tuple(
            (ChoseVue(acteur.nom, _ask(etat, acteur), acteur.types), say_where(catalogue, acteur))
            for acteur in asked.choix
        ),
        inconnu=bool(asked.texte) and not asked.choix and explication is None,
        explication=_view_explanation(catalogue, explication) if explication else None,
    )


def _ask(etat: Sequence[tuple[str, str]], acteur: Acteur) -> str:
    return make_address("/orientation", [*etat, ("pourquoi", acteur.slug)]) + "#pourquoi"


def _view_explanation(catalogue: Catalogue, explication: Explication) -> ExplicationVue:
    acteur = view_thing(catalogue, explication.acteur)
    cle = "pourquoi.present" if explication.dans_la_liste else "pourquoi.absent"
    return ExplicationVue(
        acteur=acteur,
        titre=messages(cle, nom=acteur.nom),
        texte=explication.texte,
        offres=tuple(_view_offer(catalogue, offre) for offre in explication.offres),
    )


def _view_offer(catalogue: Catalogue, offre: OffreExpliquee) -> OffreVue:
    lignes = dict.fromkeys(
        LigneVue(ligne.verdict, ligne.texte, ligne.critere == "a-verifier") for ligne in offre.lignes
    )
    return OffreVue(catalogue.libelle(offre.offre), offre.retenue, tuple(lignes))
