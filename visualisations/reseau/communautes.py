"""Groups of actors that are more linked among themselves than with the rest, named, listed and drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.cartography import Communaute
from graph.catalogue import Catalogue
from visualisations.rendu import messages
from visualisations.reseau.chemins import name_node
from visualisations.reseau.modele import ReseauVue


@dataclass(frozen=True, slots=True)
class CommunauteVue:
    """One group: its letter goes with its colour everywhere."""

    lettre: str
    classe: str
    nom: str
    compte: str
    membres: tuple[str, ...]
    """Names of those that the filters show."""
    noeuds: tuple[str, ...]
    """Ids of all its nodes."""


def view_communautes(
    catalogue: Catalogue, communautes: Sequence[Communaute], vue: ReseauVue
) -> tuple[CommunauteVue, ...]:
    """Say the groups of a network, largest first."""
    noms = {noeud.id: noeud.court for noeud in (*vue.acteurs, *vue.actions) if noeud.visible}
    return tuple(_view(catalogue, rang, communaute, noms) for rang, communaute in enumerate(communautes))


def _view(catalogue: Catalogue, rang: int, communaute: Communaute, noms: Mapping[str, str]) -> CommunauteVue:
    ids = sorted(name_node(catalogue, iri) for iri in communaute.membres)
    visibles = tuple(sorted((noms[un] for un in ids if un in noms), key=str.casefold))
    phares = [catalogue.acteurs[iri].nom for iri in communaute.phares]
    cle = "communautes.autour_de_deux" if len(phares) > 1 else "communautes.autour"
    return CommunauteVue(
        communaute.lettre,
        f"communaute-{rang % 8}",
        messages(cle, un=phares[0], autre=phares[-1]) if phares else messages("communautes.sans_nom"),
        messages("communautes.membres", n=len(visibles)),
        visibles,
        tuple(ids),
    )
