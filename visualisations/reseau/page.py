"""The network page: who supports, funds and gathers whom on a territory, as a figure and as tables.

The figure is drawn by vis-network (the file of the pyvis package) at positions computed here; the
tables hold the same set and are the page of whoever has no JavaScript, no mouse or no sight.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

from graph.cartography import Cartographe, CriteresReseau, Reseau, Trajet, open_cartographe
from graph.catalogue import Catalogue
from graph.errors import DemandeInvalideError, IntrouvableError
from visualisations.pages.pied import view_foot
from visualisations.rendu import messages, render_view
from visualisations.reseau.chemins import (
    CheminsVue,
    DemandeChemin,
    donnees_chemins,
    read_demande,
    view_chemins,
)
from visualisations.reseau.communautes import CommunauteVue, view_communautes
from visualisations.reseau.donnees import describe, donnees_reseau, pack
from visualisations.reseau.filtres import FiltresVue, view_filtres
from visualisations.reseau.groupes import donnees_groupes, page_groupes
from visualisations.reseau.modele import FORMES, FormeVue, LienVue, NoeudVue, ReferenceVue
from visualisations.reseau.tete import TeteVue, view_tete
from visualisations.reseau.vues import say_state, view_reseau, view_shown

_TEXTES: Final = "reseau.js."
"""Messages under this prefix are given to the figure's script, which holds no sentence of its own."""


@dataclass(frozen=True, slots=True)
class CartographieVue:
    """Context of ``pages/reseau.html``."""

    edition: str
    tete: TeteVue
    chemins: CheminsVue
    filtres: FiltresVue
    formes: Mapping[str, FormeVue]
    acteurs: tuple[NoeudVue, ...]
    actions: tuple[NoeudVue, ...]
    noms: Mapping[str, str]
    relations: tuple[LienVue, ...]
    sources: tuple[ReferenceVue, ...]
    communautes: tuple[CommunauteVue, ...]
    donnees: Mapping[str, object]


def page_cartographie(
    catalogue: Catalogue, criteres: CriteresReseau, chemin: str = "", vers: str = ""
) -> str:
    """The page for these criteria: actors one by one, or groups of them when there are too many.

    Args:
        catalogue: what the edition says.
        criteres: what to show.
        chemin: slug or name of an actor to find paths from; empty for none.
        vers: slug or name of whom to reach, or a role code; a funder when empty.
    """
    cartographe = open_cartographe(catalogue)
    demande = read_demande(cartographe, criteres, chemin, vers)
    if not demande.chemins and cartographe.is_gathered(criteres):
        return page_groupes(cartographe, criteres, view_chemins(catalogue, criteres, demande))
    reseau = _cut(cartographe, criteres, demande)
    groupes = cartographe.find_communautes(reseau)
    vue = view_reseau(catalogue, reseau, groupes)
    communautes = view_communautes(catalogue, groupes, vue)
    return render_view(
        "pages/reseau.html",
        CartographieVue(
            edition=catalogue.edition,
            tete=view_tete(cartographe, criteres, say_state(vue), "acteur", reseau.ecartes),
            chemins=view_chemins(catalogue, criteres, demande, vue),
            filtres=view_filtres(cartographe, criteres),
            formes={forme.code: forme for forme in FORMES},
            acteurs=vue.acteurs,
            actions=vue.actions,
            noms={noeud.id: noeud.court for noeud in vue.acteurs + vue.actions},
            relations=vue.liens,
            sources=vue.sources,
            communautes=communautes,
            donnees=pack(describe(catalogue, reseau, vue))
            | {
                "chemins": donnees_chemins(catalogue, demande),
                "communautes": [asdict(groupe) for groupe in communautes],
                "textes": _script_texts(),
            },
        ),
        pied=view_foot(catalogue),
    )


def donnees_cartographie(
    catalogue: Catalogue, criteres: CriteresReseau, chemin: str = "", vers: str = ""
) -> dict[str, object]:
    """What the page shows, as JSON-ready data: what the API answers.

    Raises:
        DemandeInvalideError: the words of a path may mean several actors.
        IntrouvableError: nobody is called that.
    """
    cartographe = open_cartographe(catalogue)
    demande = read_demande(cartographe, criteres, chemin, vers)
    if demande.erreur:
        raise IntrouvableError(demande.erreur)
    if demande.trajet:
        _refuse_several(demande.trajet)
    elif cartographe.is_gathered(criteres):
        return donnees_groupes(cartographe, criteres)
    reseau = _cut(cartographe, criteres, demande)
    donnees = donnees_reseau(catalogue, reseau)
    if demande.trajet:
        donnees["chemins"] = donnees_chemins(catalogue, demande)
    if groupes := cartographe.find_communautes(reseau):
        vues = view_communautes(catalogue, groupes, view_shown(catalogue, reseau))
        donnees["communautes"] = [asdict(vue) for vue in vues]
    return donnees


def _cut(cartographe: Cartographe, criteres: CriteresReseau, demande: DemandeChemin) -> Reseau:
    return cartographe.cut_around(criteres, demande.chemins) if demande.chemins else cartographe.cut(criteres)


def _refuse_several(trajet: Trajet) -> None:
    for champ, choix in (("chemin", trajet.choix_depart), ("vers", trajet.choix_arrivee)):
        if choix:
            slugs = ", ".join(acteur.slug for acteur in choix)
            raise DemandeInvalideError(champ, messages("chemins.plusieurs", slugs=slugs))


def _script_texts() -> dict[str, str]:
    return {
        cle.removeprefix(_TEXTES): messages(cle) for cle in sorted(messages.keys()) if cle.startswith(_TEXTES)
    }
