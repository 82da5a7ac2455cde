"""Together: the fewest actors for all the needs, what nobody covers, whom the DLA could consult."""

from dataclasses import dataclass
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri
from graph.orientation.appariement import open_meeting
from graph.orientation.modele import Consultation, Part, Reponse
from ontology.namespaces import VOC
from visualisations.pages.cartes import view_source
from visualisations.pages.commun import ChoseVue, SourceVue, labels, view_thing, view_things
from visualisations.rendu import messages

EN_LETTRES: Final = 12
"""Numbers up to this one are written in words."""


@dataclass(frozen=True, slots=True)
class PartVue:
    """One actor of the combination, and what to turn to it for."""

    acteur: ChoseVue
    besoins: tuple[str, ...]
    niveau: str


@dataclass(frozen=True, slots=True)
class EnsembleVue:
    """« Deux acteurs suffisent pour vos quatre besoins », and what is left."""

    phrase: str
    """Empty when the cards say as much: a single need, and somebody for it."""
    parts: tuple[PartVue, ...]
    non_couverts: tuple[str, ...]
    exacte: bool


@dataclass(frozen=True, slots=True)
class CritereVue:
    """What is known of a consultant under one of the guide's criteria."""

    critere: str
    lignes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConsultationVue:
    """A consultant that the DLA could consult."""

    acteur: ChoseVue
    criteres: tuple[CritereVue, ...]
    mobilise_par: tuple[ChoseVue, ...]
    manques: tuple[str, ...]
    """Missing items of its record: they block payment."""
    a_verifier: tuple[str, ...]
    phrase: SourceVue | None


def view_together(catalogue: Catalogue, reponse: Reponse) -> EnsembleVue | None:
    """The combination; None when no need was asked, or when the cards already say it all."""
    demandes = len(reponse.demande.besoins)
    combinaison = reponse.combinaison
    couverts = demandes - len(combinaison.non_couverts)
    if not demandes or (demandes == couverts == 1):
        return None
    return EnsembleVue(
        phrase=_say_combination(len(combinaison.parts), couverts, demandes),
        parts=tuple(
            PartVue(
                view_thing(catalogue, part.acteur),
                tuple(_say_need(catalogue, part, f"{VOC}besoin/{code}") for code in part.besoins),
                messages(f"niveaux.{part.niveau}"),
            )
            for part in combinaison.parts
        ),
        non_couverts=labels(catalogue, (f"{VOC}besoin/{code}" for code in combinaison.non_couverts)),
        exacte=combinaison.exacte,
    )


def _say_need(catalogue: Catalogue, part: Part, besoin: Iri) -> str:
    """A need that a part takes; what its offers say is wider is said to be."""
    meeting = open_meeting(catalogue)
    accords = (meeting(besoin, catalogue.offres[offre].besoins) for offre in part.offres)
    nom = catalogue.libelle(besoin)
    if any(accord is not None and accord.qualite in ("exact", "enfant") for accord in accords):
        return nom
    return messages("ensemble.pas_tout_a_fait", besoin=nom)


def _say_combination(acteurs: int, couverts: int, demandes: int) -> str:
    if not acteurs:
        return ""
    if couverts < demandes:
        return messages(
            "ensemble.une_partie",
            n=acteurs,
            acteurs=in_words(acteurs),
            couverts=in_words(couverts),
            besoins=in_words(demandes),
        )
    return messages("ensemble.tout", n=acteurs, acteurs=in_words(acteurs), besoins=in_words(demandes))


def in_words(nombre: int) -> str:
    """A small number as one says it (« deux »), a larger one in digits."""
    return messages(f"nombres.{nombre}") if 1 <= nombre <= EN_LETTRES else str(nombre)


def view_consultation(catalogue: Catalogue, consultation: Consultation) -> ConsultationVue:
    """A consultant as the page shows it: the guide's criteria in order, each with what is known."""
    criteres: dict[str, dict[str, None]] = {}
    for raison in consultation.raisons:
        criteres.setdefault(raison.critere, {})[raison.texte] = None
    quotes = (r.source for r in consultation.raisons if r.source and r.source.citation)
    return ConsultationVue(
        acteur=view_thing(catalogue, consultation.acteur),
        criteres=tuple(
            CritereVue(messages(f"criteres.{code}"), tuple(lignes)) for code, lignes in criteres.items()
        ),
        mobilise_par=view_things(catalogue, consultation.mobilise_par),
        manques=labels(catalogue, (f"{VOC}piece/{code}" for code in consultation.manques)),
        a_verifier=consultation.a_verifier,
        phrase=view_source(next(quotes, None)),
    )
