"""The head of every page of the network: what it shows, of which territory, and the ways of showing it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from graph.cartography import PAR, Cartographe, CriteresReseau
from graph.catalogue.modele import Territoire
from graph.catalogue.territoires import reference
from visualisations.pages.commun import OptionVue
from visualisations.rendu import messages
from visualisations.reseau.adresse import write_address
from visualisations.reseau.vues import name_territory


@dataclass(frozen=True, slots=True)
class GroupeTerritoires:
    """Territories of one kind, under one heading of the chooser."""

    libelle: str
    options: tuple[OptionVue, ...]


@dataclass(frozen=True, slots=True)
class PresentationVue:
    """A way to show the network: one node per actor, departement or network."""

    code: str
    libelle: str
    adresse: str
    choisi: bool


@dataclass(frozen=True, slots=True)
class TeteVue:
    """Title and chooser of a network page."""

    lieu: str
    lieu_ref: str
    etat: str
    choix: tuple[GroupeTerritoires, ...]
    tous: OptionVue
    """The choice « every territory »."""
    presentations: tuple[PresentationVue, ...]
    ecartes: int = 0


def view_tete(
    cartographe: Cartographe, criteres: CriteresReseau, etat: str, par: str, ecartes: int = 0
) -> TeteVue:
    """The head of a page that shows these criteria ``par`` actor, departement or network."""
    catalogue = cartographe.catalogue
    ouvert = catalogue.territoires.get(criteres.territoire) if criteres.territoire else None
    return TeteVue(
        name_territory(catalogue, ouvert),
        reference(ouvert) if ouvert else "",
        etat,
        _territory_choices(cartographe, ouvert),
        OptionVue(
            "",
            messages(
                "reseau.choix",
                nom=messages("reseau.tous_territoires"),
                acteurs=messages("reseau.acteurs", n=len(catalogue.acteurs)),
            ),
            choisi=ouvert is None,
        ),
        tuple(
            PresentationVue(
                code,
                messages(f"groupes.par_{code}"),
                write_address(catalogue, replace(criteres, par=code)),
                code == par,
            )
            for code in PAR[1:]
        ),
        ecartes,
    )


def _territory_choices(cartographe: Cartographe, ouvert: Territoire | None) -> tuple[GroupeTerritoires, ...]:
    """Departements, regions, former regions that have a network; and the open territory, whatever it is."""
    groupes: dict[str, list[OptionVue]] = {"departements": [], "regions": [], "anciennes": [], "autres": []}
    comptes = cartographe.list_territoires()
    if ouvert is not None and all(lieu.iri != ouvert.iri for lieu, _ in comptes):
        comptes = [*comptes, (ouvert, len(cartographe.slice(ouvert.iri)))]
    noms: Mapping[str, str] = {"departement": "departements", "region": "regions"}
    for lieu, nombre in comptes:
        groupe = "anciennes" if lieu.niveau == "region" and lieu.fin else noms.get(lieu.niveau, "autres")
        libelle = messages("reseau.choix", nom=lieu.nom, acteurs=messages("reseau.acteurs", n=nombre))
        choisi = ouvert is not None and lieu.iri == ouvert.iri
        groupes[groupe].append(OptionVue(reference(lieu), libelle, choisi=choisi))
    return tuple(
        GroupeTerritoires(messages(f"reseau.groupes.{nom}"), tuple(options))
        for nom, options in groupes.items()
        if options
    )
