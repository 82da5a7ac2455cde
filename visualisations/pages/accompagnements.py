"""The list of support actions, filtered by place, need and sector."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.accompaniments import CriteresActions, find_actions
from graph.catalogue import Catalogue
from graph.catalogue.modele import Accompagnement, Iri
from graph.catalogue.territoires import reference
from graph.texte import fold
from visualisations.pages.accompagnement import say_genre
from visualisations.pages.actions import say_figures, say_state
from visualisations.pages.commun import ChoseVue, OptionVue, action_address, say_place, view_things
from visualisations.pages.frise import Moment, say_moment
from visualisations.rendu import render_view


@dataclass(frozen=True, slots=True)
class LigneAction:
    """One action of the list."""

    titre: str
    adresse: str
    genre: str
    moment: Moment | None
    etat: str
    lieux: str
    pilotes: tuple[ChoseVue, ...]
    etapes: int
    partie_de: str
    """Title of the action it is part of."""


@dataclass(frozen=True, slots=True)
class AccompagnementsVue:
    """Context of ``pages/accompagnements.html``."""

    edition: str
    actions: tuple[LigneAction, ...]
    total: int
    territoires: tuple[OptionVue, ...]
    besoins: tuple[OptionVue, ...]
    secteurs: tuple[OptionVue, ...]
    filtre: bool


def page_accompagnements(catalogue: Catalogue, criteres: CriteresActions) -> str:
    """The list, filtered."""
    found = find_actions(catalogue, criteres)
    actions = catalogue.accompagnements.values()
    vue = AccompagnementsVue(
        edition=catalogue.edition,
        actions=tuple(_view(catalogue, action) for action in found),
        total=len(catalogue.accompagnements),
        territoires=_places(catalogue, criteres),
        besoins=_concepts(catalogue, (iri for action in actions for iri in action.besoins), criteres.besoin),
        secteurs=_concepts(
            catalogue, (iri for action in actions for iri in action.secteurs), criteres.secteur
        ),
        filtre=criteres != CriteresActions(),
    )
    return render_view("pages/accompagnements.html", vue)


def _view(catalogue: Catalogue, action: Accompagnement) -> LigneAction:
    return LigneAction(
        titre=action.titre,
        adresse=action_address(action),
        genre=" · ".join([say_genre(action), *say_figures(action)]),
        moment=say_moment(action.debut, action.fin, open_end=True),
        etat=say_state(catalogue, action.statut, action) if action.statut else "",
        lieux=", ".join(say_place(catalogue, iri) for iri in action.territoires),
        pilotes=view_things(catalogue, action.pilotes),
        etapes=len(action.etapes),
        partie_de=catalogue.libelle(action.fait_partie_de) if action.fait_partie_de else "",
    )


def _places(catalogue: Catalogue, criteres: CriteresActions) -> tuple[OptionVue, ...]:
    """The places that an action names, and the one asked for."""
    iris = {iri for action in catalogue.accompagnements.values() for iri in action.territoires}
    iris |= {criteres.territoire.iri} if criteres.territoire else set()
    options = (
        OptionVue(
            reference(catalogue.territoires[iri]),
            say_place(catalogue, iri),
            choisi=criteres.territoire is not None and criteres.territoire.iri == iri,
        )
        for iri in iris
        if iri in catalogue.territoires
    )
    return tuple(sorted(options, key=lambda option: fold(option.libelle)))


def _concepts(catalogue: Catalogue, iris: Iterable[Iri], chosen: Iri | None) -> tuple[OptionVue, ...]:
    """The concepts that an action names, and the one asked for, by name."""
    wanted = {*iris, *((chosen,) if chosen else ())}
    options = (
        OptionVue(concept.code, concept.libelle, choisi=iri == chosen)
        for iri in wanted
        if (concept := catalogue.concepts.get(iri)) is not None
    )
    return tuple(sorted(options, key=lambda option: fold(option.libelle)))
