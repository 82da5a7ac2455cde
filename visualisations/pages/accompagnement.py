"""The page of a support action: who, for whom, where, for how much, and its steps in time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from graph.catalogue import Catalogue
from graph.catalogue.modele import Accompagnement, Instance
from graph.catalogue.territoires import reference
from visualisations.pages.actions import PLACES, say_figures, say_state, taking
from visualisations.pages.commun import (
    ChoseVue,
    DocumentVue,
    SourceVue,
    action_address,
    find_departement,
    labels,
    make_address,
    say_euros,
    say_number,
    view_documents,
    view_sources,
    view_thing,
    view_things,
)
from visualisations.pages.frise import FriseVue, Moment, say_moment, view_timeline
from visualisations.pages.lieux import view_places
from visualisations.rendu import messages, render_view
from visualisations.schema_org import Structure, structure_action

CITES: Final = 6
"""Passages shown at once; the others unfold."""


@dataclass(frozen=True, slots=True)
class ParticipantsVue:
    """Those who took one part in it."""

    place: str
    """Code of :data:`PLACES`."""
    titre: str
    acteurs: tuple[ChoseVue, ...]


@dataclass(frozen=True, slots=True)
class ComiteVue:
    """A committee of the action."""

    titre: str
    genre: str
    moment: Moment | None
    animateurs: tuple[ChoseVue, ...]
    membres: tuple[ChoseVue, ...]
    notes: tuple[str, ...]
    sources: tuple[SourceVue, ...]


@dataclass(frozen=True, slots=True)
class PartieVue:
    """An action that is part of this one."""

    chose: ChoseVue
    genre: str
    moment: Moment | None
    etat: str


@dataclass(frozen=True, slots=True)
class TextesVue:
    """What the documents say of one matter (aims, results…)."""

    titre: str
    textes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccompagnementVue:
    """Context of ``pages/accompagnement.html``; what is empty is a thing no source says."""

    edition: str
    structure: Structure
    titre: str
    genre: str
    description: str
    etat: str
    moment: Moment | None
    fin_prevue: bool
    """Its end was still to come when the document was written."""
    participants: tuple[ParticipantsVue, ...]
    frise: FriseVue
    comites: tuple[ComiteVue, ...]
    entier: ChoseVue | None
    parties: tuple[PartieVue, ...]
    territoires: tuple[ChoseVue, ...]
    besoins: tuple[ChoseVue, ...]
    secteurs: tuple[ChoseVue, ...]
    structures: str
    jours: str
    cout: str
    type_reponse: str
    interventions: tuple[str, ...]
    textes: tuple[TextesVue, ...]
    notes: tuple[str, ...]
    passages: tuple[SourceVue, ...]
    autres_passages: tuple[SourceVue, ...]
    documents: tuple[DocumentVue, ...]
    adresse_reseau: str
    adresse_roles: str
    adresse_json: str


def page_accompagnement(catalogue: Catalogue, action: Accompagnement) -> str:
    """The page of one action."""
    return render_view("pages/accompagnement.html", view_action_page(catalogue, action))


def view_action_page(catalogue: Catalogue, action: Accompagnement) -> AccompagnementVue:
    """Everything the page shows."""
    comites = [instance for instance in catalogue.instances.values() if instance.de == action.iri]
    parties = [part for part in catalogue.accompagnements.values() if part.fait_partie_de == action.iri]
    passages = view_sources(catalogue, action.passages)
    cited = (
        action.passages,
        *(etape.passages for etape in action.etapes),
        *(comite.passages for comite in comites),
    )
    return AccompagnementVue(
        edition=catalogue.edition,
        structure=structure_action(catalogue, action),
        titre=action.titre,
        genre=say_genre(action),
        description=action.description,
        etat=say_state(catalogue, action.statut, action) if action.statut else "",
        moment=say_moment(action.debut, action.fin, open_end=True),
        fin_prevue=action.fin is not None and not _is_over(action),
        participants=tuple(_participants(catalogue, action)),
        frise=view_timeline(catalogue, action),
        comites=tuple(_view_committee(catalogue, comite) for comite in comites),
        entier=view_thing(catalogue, action.fait_partie_de) if action.fait_partie_de else None,
        parties=tuple(_view_part(catalogue, part) for part in parties),
        territoires=view_places(catalogue, action.territoires),
        besoins=_concepts(catalogue, "besoin", action.besoins),
        secteurs=_concepts(catalogue, "secteur", action.secteurs),
        structures="" if action.nombre_structures is None else str(action.nombre_structures),
        jours=say_number(action.jours) if action.jours else "",
        cout=_say_cost(action),
        type_reponse=catalogue.libelle(action.type_reponse) if action.type_reponse else "",
        interventions=labels(catalogue, action.interventions),
        textes=tuple(_texts(action)),
        notes=action.notes,
        passages=passages[:CITES],
        autres_passages=passages[CITES:],
        documents=view_documents(catalogue, (iri for iris in cited for iri in iris)),
        adresse_reseau=_network_address(catalogue, action),
        adresse_roles=make_address("/cartographie/roles", [("accompagnement", action.slug)]),
        adresse_json=f"/api{action_address(action)}",
    )


def say_genre(action: Accompagnement) -> str:
    """Kind of action: individual, collective, experiment; the plain word when no source says."""
    dits = [messages(f"actions.genre-{genre}") for genre in action.types]
    return ", ".join(dits) or messages("accompagnement.genre")


def _is_over(action: Accompagnement) -> bool:
    return action.statut is not None and action.statut.endswith("/termine")


def _say_cost(action: Accompagnement) -> str:
    if action.cout_ttc:
        return messages("accompagnement.ttc", euros=say_euros(action.cout_ttc))
    return messages("accompagnement.sans_taxe", euros=say_euros(action.montant)) if action.montant else ""


def _participants(catalogue: Catalogue, action: Accompagnement) -> Iterator[ParticipantsVue]:
    for place in ("beneficiaires", *(place for place in PLACES if place != "beneficiaires")):
        acteurs = view_things(catalogue, taking(action, place))
        if acteurs or place in ("beneficiaires", "pilotes", "intervenants", "financeurs"):
            yield ParticipantsVue(place, messages(f"accompagnement.{place}"), acteurs)


def _concepts(catalogue: Catalogue, schema: str, iris: Iterable[str]) -> tuple[ChoseVue, ...]:
    """Concepts, each with the list of the actions that share it."""
    known = (catalogue.concepts[iri] for iri in iris if iri in catalogue.concepts)
    return tuple(ChoseVue(c.libelle, make_address("/accompagnements", [(schema, c.code)])) for c in known)


def _texts(action: Accompagnement) -> Iterator[TextesVue]:
    for genre in dict.fromkeys(genre for genre, _ in action.textes):
        dits = tuple(texte for autre, texte in action.textes if autre == genre)
        yield TextesVue(messages(f"accompagnement.texte-{genre}"), dits)


def _view_committee(catalogue: Catalogue, instance: Instance) -> ComiteVue:
    return ComiteVue(
        titre=instance.titre,
        genre=catalogue.libelle(instance.type) if instance.type else "",
        moment=say_moment(instance.debut, instance.fin, open_end=False),
        animateurs=view_things(catalogue, instance.animateurs),
        membres=view_things(catalogue, (m for m in instance.membres if m not in instance.animateurs)),
        notes=instance.notes,
        sources=view_sources(catalogue, instance.passages),
    )


def _view_part(catalogue: Catalogue, part: Accompagnement) -> PartieVue:
    return PartieVue(
        chose=view_thing(catalogue, part.iri),
        genre=" · ".join([say_genre(part), *say_figures(part)]),
        moment=say_moment(part.debut, part.fin, open_end=True),
        etat=say_state(catalogue, part.statut, part) if part.statut else "",
    )


def _network_address(catalogue: Catalogue, action: Accompagnement) -> str:
    """The network of the first departement it is in, else of its first place, with the action chosen."""
    lieux = [catalogue.territoires[iri] for iri in action.territoires if iri in catalogue.territoires]
    departements = [found for lieu in lieux if (found := find_departement(catalogue, lieu))]
    choisi = next(iter((*departements, *lieux)), None)
    parametres = [("territoire", reference(choisi))] if choisi else []
    return f"{make_address('/cartographie', parametres)}#a={quote(f'accompagnement:{action.slug}', safe='')}"
