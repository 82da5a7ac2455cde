"""The network page: who supports, funds and gathers whom on a territory, as a figure and as tables.

The figure is drawn by vis-network (the file of the pyvis package) at positions computed here; the
tables hold the same set and are the page of whoever has no JavaScript, no mouse or no sight.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Final

from graph.cartography import (
    TYPES_RELATION,
    Cartographe,
    CriteresReseau,
    Reseau,
    open_cartographe,
)
from graph.catalogue import Catalogue
from graph.catalogue.territoires import reference
from visualisations.pages.commun import OptionVue
from visualisations.rendu import messages, render_view
from visualisations.reseau_modele import FORMES, FormeVue, LienVue, NoeudVue, ReferenceVue, ReseauVue
from visualisations.reseau_vues import say_state, say_territory, view_reseau, view_shown

_TEXTES: Final = "reseau.js."
"""Messages under this prefix are given to the figure's script, which holds no sentence of its own."""


@dataclass(frozen=True, slots=True)
class LegendeVue:
    """One line of the legend, which is also a filter."""

    code: str
    libelle: str
    compte: int
    choisi: bool
    forme: FormeVue | None = None
    """Symbol of a kind of node; the stroke of a link is drawn by its CSS class."""


@dataclass(frozen=True, slots=True)
class GroupeTerritoires:
    """Territories of one kind, under one heading of the chooser."""

    libelle: str
    options: tuple[OptionVue, ...]


@dataclass(frozen=True, slots=True)
class CartographieVue:
    """Context of ``pages/reseau.html``."""

    edition: str
    lieu: str
    choix: tuple[GroupeTerritoires, ...]
    tous: OptionVue | None
    """The choice « every territory »; None when the catalogue is too large to open whole."""
    formes: Mapping[str, FormeVue]
    types: tuple[LegendeVue, ...]
    liens: tuple[LegendeVue, ...]
    isoles: bool
    acteurs: tuple[NoeudVue, ...]
    actions: tuple[NoeudVue, ...]
    noms: Mapping[str, str]
    relations: tuple[LienVue, ...]
    sources: tuple[ReferenceVue, ...]
    ecartes: int
    etat: str
    donnees: Mapping[str, object]


def page_cartographie(catalogue: Catalogue, criteres: CriteresReseau) -> str:
    """The page for these criteria; without a territory, the network that says most."""
    cartographe = open_cartographe(catalogue)
    if criteres.territoire is None:
        criteres = replace(criteres, territoire=cartographe.choose_default())
    reseau = cartographe.cut(criteres)
    vue = view_reseau(catalogue, reseau)
    return render_view(
        "pages/reseau.html",
        CartographieVue(
            edition=catalogue.edition,
            lieu=say_territory(catalogue, reseau),
            choix=_territory_choices(cartographe, reseau),
            tous=_whole_choice(cartographe, reseau),
            formes={forme.code: forme for forme in FORMES},
            types=_type_legend(vue, criteres),
            liens=_link_legend(vue, criteres),
            isoles=criteres.isoles,
            acteurs=vue.acteurs,
            actions=vue.actions,
            noms={noeud.id: noeud.court for noeud in vue.acteurs + vue.actions},
            relations=vue.liens,
            sources=vue.sources,
            ecartes=reseau.ecartes,
            etat=say_state(vue),
            donnees=_describe(catalogue, reseau, vue) | {"textes": _script_texts()},
        ),
    )


def donnees_reseau(catalogue: Catalogue, reseau: Reseau) -> dict[str, object]:
    """The network that the filters show, as JSON-ready data: what the API answers."""
    return _describe(catalogue, reseau, view_shown(catalogue, reseau))


def _describe(catalogue: Catalogue, reseau: Reseau, vue: ReseauVue) -> dict[str, object]:
    types = {code for noeud in vue.acteurs + vue.actions for code in noeud.types}
    genres = {lien.type for lien in vue.liens}
    return {
        "edition": catalogue.edition,
        "territoire": {
            "ref": reference(reseau.territoire) if reseau.territoire else "",
            "nom": say_territory(catalogue, reseau),
        },
        "ecartes": reseau.ecartes,
        "types_noeud": [
            {
                "code": forme.code,
                "nom": messages(forme.cle),
                "classe": forme.classe,
                "trace": forme.trace,
            }
            for forme in FORMES
            if forme.code in types
        ],
        "types_lien": [
            {"code": code, "nom": messages(f"reseau.relation.{code}.nom")}
            for code in TYPES_RELATION
            if code in genres
        ],
        "acteurs": [asdict(noeud) for noeud in vue.acteurs],
        "actions": [asdict(noeud) for noeud in vue.actions],
        "liens": [asdict(lien) for lien in vue.liens],
        "sources": [asdict(source) for source in vue.sources],
    }


def _script_texts() -> dict[str, str]:
    return {
        cle.removeprefix(_TEXTES): messages(cle) for cle in sorted(messages.keys()) if cle.startswith(_TEXTES)
    }


def _type_legend(vue: ReseauVue, criteres: CriteresReseau) -> tuple[LegendeVue, ...]:
    comptes = Counter(code for noeud in vue.acteurs + vue.actions for code in noeud.types)
    return tuple(
        LegendeVue(
            forme.code,
            messages(forme.cle),
            comptes[forme.code],
            not criteres.types or forme.code in criteres.types,
            forme,
        )
        for forme in FORMES
        if comptes[forme.code]
    )


def _link_legend(vue: ReseauVue, criteres: CriteresReseau) -> tuple[LegendeVue, ...]:
    comptes = Counter(lien.type for lien in vue.liens)
    return tuple(
        LegendeVue(
            code,
            messages(f"reseau.relation.{code}.nom"),
            comptes[code],
            not criteres.liens or code in criteres.liens,
        )
        for code in TYPES_RELATION
        if comptes[code]
    )


def _territory_choices(cartographe: Cartographe, reseau: Reseau) -> tuple[GroupeTerritoires, ...]:
    """Departements, regions, former regions that have a network; and the open territory, whatever it is."""
    groupes: dict[str, list[OptionVue]] = {"departements": [], "regions": [], "anciennes": [], "autres": []}
    comptes = cartographe.list_territoires()
    ouvert = reseau.territoire
    if ouvert is not None and all(lieu.iri != ouvert.iri for lieu, _ in comptes):
        comptes = [*comptes, (ouvert, len(reseau.graphe))]
    for lieu, nombre in comptes:
        groupe = {"departement": "departements", "region": "anciennes" if lieu.fin else "regions"}
        libelle = messages("reseau.choix", nom=lieu.nom, acteurs=messages("reseau.acteurs", n=nombre))
        choisi = ouvert is not None and lieu.iri == ouvert.iri
        option = OptionVue(reference(lieu), libelle, choisi=choisi)
        groupes[groupe.get(lieu.niveau, "autres")].append(option)
    return tuple(
        GroupeTerritoires(messages(f"reseau.groupes.{nom}"), tuple(options))
        for nom, options in groupes.items()
        if options
    )


def _whole_choice(cartographe: Cartographe, reseau: Reseau) -> OptionVue | None:
    if cartographe.choose_default() is not None:
        return None
    nombre = messages("reseau.acteurs", n=len(cartographe.catalogue.acteurs))
    libelle = messages("reseau.choix", nom=messages("reseau.tous_territoires"), acteurs=nombre)
    return OptionVue("", libelle, choisi=reseau.territoire is None)
