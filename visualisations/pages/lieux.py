"""A place wherever it is named: its words, and the page it has."""

from collections.abc import Iterable

from graph.catalogue import Catalogue
from graph.catalogue.modele import Acteur, Iri, Territoire
from graph.catalogue.territoires import reference
from visualisations.pages.commun import ChoseVue, say_place
from visualisations.rendu import messages


def place_address(territoire: Territoire) -> str:
    """Address of a territory's page."""
    return f"/territoires/{reference(territoire)}"


def view_place(catalogue: Catalogue, iri: Iri) -> ChoseVue:
    """A place with the link to its page; only its words when the edition does not know it."""
    territoire = catalogue.territoires.get(iri)
    return ChoseVue(say_place(catalogue, iri), place_address(territoire) if territoire else None)


def view_places(catalogue: Catalogue, iris: Iterable[Iri]) -> tuple[ChoseVue, ...]:
    """Several places, in the order given."""
    return tuple(view_place(catalogue, iri) for iri in iris)


def say_former(catalogue: Catalogue, territoire: Territoire) -> tuple[str, ...]:
    """The former regions that a region is made of: who acts on one of them acts on a part of it."""
    noms = [
        lieu.nom
        for lieu in catalogue.territoires.values()
        if lieu.niveau == "region" and lieu.remplace_par == territoire.iri
    ]
    return (messages("commun.anciennes_regions", noms=", ".join(sorted(noms))),) if noms else ()


def say_where(catalogue: Catalogue, acteur: Acteur) -> str:
    """Where an actor is, in words: its seat, else where it acts, else nothing."""
    lieux = (acteur.siege,) if acteur.siege else acteur.perimetres[:2]
    return ", ".join(say_place(catalogue, iri) for iri in lieux)


def say_kind(territoire: Territoire) -> str:
    """Code of what a place is, more precise than its level: the last part of a message's key."""
    kind = reference(territoire).partition(":")[0]
    if kind == "region" and territoire.fin:
        return "ancienne-region"
    if kind == "departement" and not any("/region-" in iri for iri in territoire.ancetres):
        return "collectivite"
    return kind
