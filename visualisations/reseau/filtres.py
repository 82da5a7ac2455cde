"""The legend, which is the form of the filters: boxes for roles and links, lists for what is less asked.

The counts are those of the whole slice: they say what a choice is about, whatever else is chosen.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.cartography import FACETTES, INCONNU, TAILLES, TYPES_RELATION, Cartographe, CriteresReseau
from graph.catalogue import Catalogue
from visualisations.pages.commun import OptionVue
from visualisations.rendu import messages
from visualisations.reseau.modele import FORMES, FormeVue


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
class FacetteVue:
    """One list: every value of a facet that the slice has, with its count."""

    nom: str
    options: tuple[OptionVue, ...]


@dataclass(frozen=True, slots=True)
class FiltresVue:
    """Every filter of the page, and where each stands."""

    types: tuple[LegendeVue, ...]
    liens: tuple[LegendeVue, ...]
    isoles: bool
    facettes: tuple[FacetteVue, ...]
    jour: str
    tailles: tuple[OptionVue, ...]
    communautes: bool
    plie: bool
    """Nothing is chosen among the less used filters: they stay folded."""
    par: str


def view_filtres(cartographe: Cartographe, criteres: CriteresReseau) -> FiltresVue:
    """The filters of the slice that the criteria are about."""
    comptes = cartographe.count(criteres.territoire)
    return FiltresVue(
        tuple(
            LegendeVue(
                forme.code,
                messages(forme.cle),
                comptes.types[forme.code],
                not criteres.types or forme.code in criteres.types,
                forme,
            )
            for forme in FORMES
            if comptes.types[forme.code]
        ),
        tuple(
            LegendeVue(
                code,
                messages(f"reseau.relation.{code}.nom"),
                comptes.liens[code],
                not criteres.liens or code in criteres.liens,
            )
            for code in TYPES_RELATION
            if comptes.liens[code]
        ),
        criteres.isoles,
        tuple(
            facette
            for nom in FACETTES
            if (facette := _view_facette(cartographe.catalogue, criteres, nom, comptes.facettes[nom]))
        ),
        criteres.jour.isoformat() if criteres.jour else "",
        tuple(
            OptionVue(code, messages(f"communautes.taille_{code}"), choisi=code == criteres.taille)
            for code in TAILLES
        ),
        criteres.communautes,
        replace(criteres, territoire=None, types=(), liens=(), isoles=True, par="") == CriteresReseau(),
        criteres.par,
    )


def _view_facette(
    catalogue: Catalogue, criteres: CriteresReseau, nom: str, comptes: Counter[str]
) -> FacetteVue | None:
    """A list, None when the slice says nothing of it."""
    choisi = criteres.facettes.get(nom, "")
    connus = {code: (libelle, niveau) for code, libelle, niveau in _name_values(catalogue, nom, comptes)}
    if not connus and not choisi:
        return None
    connus[INCONNU] = (messages("facettes.inconnu"), 0)
    options = tuple(
        OptionVue(
            code,
            messages("facettes.option", nom="\N{NO-BREAK SPACE}" * 3 * niveau + libelle, n=comptes[code]),
            choisi=code == choisi,
            niveau=niveau,
        )
        for code, (libelle, niveau) in connus.items()
        if comptes[code] or code == choisi
    )
    tout = OptionVue("", messages(f"facettes.tout_{nom}"), choisi=not choisi)
    return FacetteVue(nom, (tout, *options))


def _name_values(catalogue: Catalogue, nom: str, comptes: Counter[str]) -> Iterator[tuple[str, str, int]]:
    """Code, name and depth of each value: vocabularies in their order, the rest by number."""
    codes = [code for code in comptes if code != INCONNU]
    if nom in ("secteur", "stade"):
        for concept in catalogue.concepts_de(nom):
            if concept.code in comptes:
                yield concept.code, concept.libelle, len(catalogue.elargir(concept.iri))
        return
    if nom == "reseau":
        noms = {code: catalogue.acteur(code).nom for code in codes}
    else:
        noms = {source.slug: source.titre for source in catalogue.sources.values() if source.slug in comptes}
    for code in sorted(noms, key=lambda code: (-comptes[code], noms[code])):
        yield code, noms[code], 0
