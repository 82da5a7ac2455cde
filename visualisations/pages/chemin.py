"""The path of an answer: the ways in, then each step with whom to meet and what to prepare."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.catalogue import Catalogue
from graph.orientation.modele import ActeurEtape, EtapeParcours
from ontology.namespaces import VOC
from visualisations.pages.cartes import view_source
from visualisations.pages.commun import ChoseVue, SourceVue, labels, view_thing, view_things
from visualisations.rendu import messages


@dataclass(frozen=True, slots=True)
class RencontreVue:
    """Somebody to meet at a step."""

    acteur: ChoseVue
    niveau: str


@dataclass(frozen=True, slots=True)
class ComposanteVue:
    """One of the four things a plan combines, and who brings it."""

    libelle: str
    acteurs: tuple[ChoseVue, ...]
    textes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EtapeVue:
    """One step."""

    code: str
    titre: str
    texte: str
    ferme: bool
    """The step is not for this association, at its stage."""
    condition: str
    acteurs: tuple[RencontreVue, ...]
    composantes: tuple[ComposanteVue, ...]
    preparer: tuple[str, ...]
    pieces: tuple[str, ...]
    """Names of the documents of the step."""
    association: tuple[str, ...]
    attendre: tuple[str, ...]
    phrase: SourceVue | None
    a_verifier: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheminVue:
    """The whole path: one may begin by any of the ways in, then go on in order."""

    entrees: tuple[EtapeVue, ...]
    suite: tuple[EtapeVue, ...]


def view_path(catalogue: Catalogue, parcours: Sequence[EtapeParcours]) -> CheminVue | None:
    """The path as it is read; None when the answer traces none."""
    if not parcours:
        return None
    vues: Mapping[str, EtapeVue] = {etape.code: _view_step(catalogue, etape) for etape in parcours}
    return CheminVue(
        entrees=tuple(vues[etape.code] for etape in parcours if etape.entree),
        suite=tuple(vues[etape.code] for etape in parcours if not etape.entree),
    )


def _view_step(catalogue: Catalogue, etape: EtapeParcours) -> EtapeVue:
    condition = etape.condition
    quotes = (source for source in etape.sources if source.citation)
    return EtapeVue(
        code=etape.code,
        titre=etape.titre,
        texte=etape.texte,
        ferme=condition is not None and condition.verdict == "non",
        condition=condition.texte if condition else "",
        acteurs=tuple(_view_meeting(catalogue, acteur) for acteur in etape.acteurs),
        composantes=tuple(
            ComposanteVue(
                messages(f"composantes.{part.code}"),
                view_things(catalogue, part.acteurs),
                part.textes,
            )
            for part in etape.composantes
        ),
        preparer=etape.preparer,
        pieces=labels(catalogue, (f"{VOC}piece/{code}" for code in etape.pieces)),
        association=etape.association,
        attendre=etape.attendre,
        phrase=view_source(next(quotes, None)),
        a_verifier=etape.a_verifier,
    )


def _view_meeting(catalogue: Catalogue, rencontre: ActeurEtape) -> RencontreVue:
    niveau = messages(f"niveaux.{rencontre.niveau}") if rencontre.niveau else ""
    return RencontreVue(view_thing(catalogue, rencontre.acteur), niveau)
