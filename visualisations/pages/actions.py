"""Support actions and committees an actor took part in, as its card tells them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import Accompagnement, Etape, Instance, Iri
from visualisations.pages.commun import (
    ChoseVue,
    SourceVue,
    action_address,
    labels,
    make_address,
    once_per_catalogue,
    say_euros,
    say_number,
    say_period,
    say_places,
    view_sources,
    view_thing,
    view_things,
)
from visualisations.rendu import messages

PLACES: Final = ("pilotes", "intervenants", "beneficiaires", "prescripteurs", "sollicites", "financeurs")
"""Fields of an action that name actors, in the order they are told."""

STATUTS_DATES: Final = frozenset({"en-cours", "prevu"})
"""States that only hold at the date of the document."""


@dataclass(frozen=True, slots=True)
class EtapeVue:
    """One step, planned ones said as such."""

    titre: str
    precision: str


@dataclass(frozen=True, slots=True)
class ActionVue:
    """One action; ``places`` says what the actor of the card did in it."""

    titre: str
    adresse: str
    adresse_roles: str
    places: tuple[str, ...]
    genre: str
    """Kind, state, period and places, in one line."""
    participants: tuple[tuple[str, tuple[ChoseVue, ...]], ...]
    """(what they did, who), in the order of :data:`PLACES`."""
    chiffres: tuple[str, ...]
    besoins: tuple[str, ...]
    textes: tuple[tuple[str, str], ...]
    """(heading, sentence of the document)."""
    etapes: tuple[EtapeVue, ...]
    notes: tuple[str, ...]
    sources: tuple[SourceVue, ...]


@dataclass(frozen=True, slots=True)
class InstanceVue:
    """One committee the actor sits on or animates."""

    titre: str
    genre: str
    place: str
    de: ChoseVue | None
    membres: tuple[ChoseVue, ...]
    notes: tuple[str, ...]
    sources: tuple[SourceVue, ...]


def view_actions(catalogue: Catalogue, acteur: Iri) -> tuple[ActionVue, ...]:
    """Every action the actor took part in, oldest first, undated last."""
    miennes = _actions_by_actor(catalogue).get(acteur, ())
    datees = sorted(
        miennes, key=lambda a: (a.debut is None, a.debut.debut.isoformat() if a.debut else "", a.titre)
    )
    return tuple(_view_action(catalogue, action, acteur) for action in datees)


@once_per_catalogue
def _actions_by_actor(catalogue: Catalogue) -> dict[Iri, tuple[Accompagnement, ...]]:
    actions: dict[Iri, dict[Iri, Accompagnement]] = defaultdict(dict)
    for action in catalogue.accompagnements.values():
        for place in PLACES:
            for acteur in taking(action, place):
                actions[acteur][action.iri] = action
    return {acteur: tuple(liste.values()) for acteur, liste in actions.items()}


def taking(action: Accompagnement, place: str) -> tuple[Iri, ...]:
    """Who took a place of :data:`PLACES` in an action."""
    par_place: dict[str, tuple[Iri, ...]] = {
        "pilotes": action.pilotes,
        "intervenants": action.intervenants,
        "beneficiaires": action.beneficiaires,
        "prescripteurs": action.prescripteurs,
        "sollicites": action.sollicites,
        "financeurs": action.financeurs,
    }
    return par_place[place]


def _view_action(catalogue: Catalogue, action: Accompagnement, acteur: Iri) -> ActionVue:
    places = [place for place in PLACES if acteur in taking(action, place)]
    return ActionVue(
        titre=action.titre,
        adresse=action_address(action),
        adresse_roles=make_address("/cartographie/roles", [("accompagnement", action.slug)]),
        places=tuple(messages(f"actions.place-{place}") for place in places),
        genre=" · ".join(say_kind(catalogue, action)),
        participants=tuple(
            (messages(f"actions.{place}"), view_things(catalogue, taking(action, place)))
            for place in PLACES
            if taking(action, place)
        ),
        chiffres=tuple(say_figures(action)),
        besoins=labels(catalogue, action.besoins),
        textes=tuple((messages(f"actions.texte-{genre}"), texte) for genre, texte in action.textes),
        etapes=tuple(_view_step(catalogue, action, etape) for etape in action.etapes),
        notes=action.notes,
        sources=view_sources(catalogue, action.passages),
    )


def say_kind(catalogue: Catalogue, action: Accompagnement) -> Iterable[str]:
    """Kind, state, period, places and whole of an action, each in a few words."""
    yield from (messages(f"actions.genre-{genre}") for genre in action.types)
    if action.statut:
        yield say_state(catalogue, action.statut, action)
    if periode := say_period(action.debut, action.fin):
        yield periode
    yield from say_places(catalogue, action.territoires)
    if action.fait_partie_de:
        yield messages("actions.partie_de", titre=catalogue.libelle(action.fait_partie_de))


def say_figures(action: Accompagnement) -> Iterable[str]:
    """How many structures, how many days, how much; « TTC » only where the source says so."""
    if action.nombre_structures is not None:
        yield messages("actions.structures", n=action.nombre_structures)
    if action.jours:
        yield messages("actions.jours", jours=say_number(action.jours))
    if action.cout_ttc:
        yield messages("actions.cout_ttc", montant=say_number(action.cout_ttc))
    if action.montant:
        yield say_euros(action.montant)


def say_state(catalogue: Catalogue, statut: Iri, action: Accompagnement) -> str:
    """What is over is over; what was under way or planned was so when the document was written."""
    libelle = catalogue.libelle(statut)
    if statut.rsplit("/", 1)[-1] not in STATUTS_DATES:
        return libelle
    dates = [source.date for _, source in catalogue.source_de(action.passages) if source.date]
    if not dates:
        return messages("actions.statut", statut=libelle)
    return messages("actions.statut-date", statut=libelle, date=max(dates).en_clair)


def _view_step(catalogue: Catalogue, action: Accompagnement, etape: Etape) -> EtapeVue:
    precisions = [say_period(etape.debut, etape.fin)]
    if etape.jours:
        precisions.append(messages("actions.jours", jours=say_number(etape.jours)))
    if etape.statut:
        etat = say_state(catalogue, etape.statut, action)
        precisions.append(etat[:1].lower() + etat[1:])
    return EtapeVue(etape.titre, ", ".join(texte for texte in precisions if texte))


def view_committees(catalogue: Catalogue, acteur: Iri) -> tuple[InstanceVue, ...]:
    """Every committee the actor animates or sits on."""
    miennes = [
        instance
        for instance in catalogue.instances.values()
        if acteur in instance.membres or acteur in instance.animateurs
    ]
    return tuple(_view_committee(catalogue, instance, acteur) for instance in miennes)


def _view_committee(catalogue: Catalogue, instance: Instance, acteur: Iri) -> InstanceVue:
    anime = acteur in instance.animateurs
    return InstanceVue(
        titre=instance.titre,
        genre=catalogue.libelle(instance.type) if instance.type else "",
        place=messages("actions.anime" if anime else "actions.siege"),
        de=view_thing(catalogue, instance.de) if instance.de else None,
        membres=view_things(catalogue, (iri for iri in instance.membres if iri != acteur)),
        notes=instance.notes,
        sources=view_sources(catalogue, instance.passages),
    )
