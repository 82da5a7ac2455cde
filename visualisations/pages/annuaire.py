"""The directory: one search box, four filters with their counts, a list by pages."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from graph.annuaire import Criteres, Facette, Resultat, search_actors
from graph.catalogue import Catalogue
from graph.catalogue.modele import Acteur, Territoire
from graph.catalogue.territoires import reference
from graph.texte import fold
from visualisations.pages.commun import (
    ChoseVue,
    GroupeOptions,
    OptionVue,
    actor_address,
    labels,
    make_address,
    other_names,
    say_part,
    say_place,
)
from visualisations.pages.lieux import view_places
from visualisations.rendu import messages, render_view
from visualisations.types_acteur import AUTRE, TYPES, type_principal

FONCTIONS_MONTREES: Final = 4


@dataclass(frozen=True, slots=True)
class FiltreVue:
    """One filter: a list of choices with how many actors each keeps."""

    nom: str
    groupes: tuple[GroupeOptions, ...]
    actif: bool


@dataclass(frozen=True, slots=True)
class LigneVue:
    """One actor of the list."""

    acteur: ChoseVue
    symbole: str
    sigles: tuple[str, ...]
    lieux: tuple[ChoseVue, ...]
    fonctions: tuple[str, ...]
    reste: int
    """Functions not shown."""


@dataclass(frozen=True, slots=True)
class AnnuaireVue:
    """Context of ``pages/annuaire.html``."""

    edition: str
    partielle: str
    """What a partial edition keeps to, empty for all of France."""
    q: str
    filtres: tuple[FiltreVue, ...]
    total: int
    lignes: tuple[LigneVue, ...]
    page: int
    pages: int
    precedente: str | None
    suivante: str | None
    filtre: bool
    """True when something is asked: the page then offers to start again."""


def page_annuaire(catalogue: Catalogue, criteres: Criteres) -> str:
    """One page of the directory.

    Raises:
        DemandeInvalideError: a code or a reference that does not exist.
    """
    resultat = search_actors(catalogue, criteres)
    return render_view("pages/annuaire.html", view_directory(catalogue, criteres, resultat))


def view_directory(catalogue: Catalogue, criteres: Criteres, resultat: Resultat) -> AnnuaireVue:
    """Everything the directory shows."""
    suivante = resultat.page < resultat.pages
    return AnnuaireVue(
        edition=catalogue.edition,
        partielle=say_part(catalogue),
        q=criteres.q,
        filtres=_view_filters(catalogue, criteres, resultat),
        total=resultat.total,
        lignes=tuple(_view_line(catalogue, acteur) for acteur in resultat.acteurs),
        page=resultat.page,
        pages=resultat.pages,
        precedente=_address(replace(criteres, page=resultat.page - 1)) if resultat.page > 1 else None,
        suivante=_address(replace(criteres, page=resultat.page + 1)) if suivante else None,
        filtre=criteres != Criteres(page=criteres.page),
    )


def _address(criteres: Criteres) -> str:
    return make_address(
        "/acteurs",
        [
            ("q", criteres.q),
            ("type", criteres.type or ""),
            ("territoire", criteres.territoire or ""),
            ("secteur", criteres.secteur or ""),
            ("fonction", criteres.fonction or ""),
            ("page", str(criteres.page) if criteres.page > 1 else ""),
        ],
    )


def _view_line(catalogue: Catalogue, acteur: Acteur) -> LigneVue:
    fonctions = labels(
        catalogue, dict.fromkeys(f for o in catalogue.offres_de(acteur.iri) for f in o.fonctions)
    )
    lieux = (acteur.siege,) if acteur.siege else acteur.perimetres[:2]
    return LigneVue(
        acteur=ChoseVue(acteur.nom, actor_address(acteur), acteur.types),
        symbole=type_principal(acteur.types).code,
        sigles=other_names(acteur),
        lieux=view_places(catalogue, lieux),
        fonctions=fonctions[:FONCTIONS_MONTREES],
        reste=max(0, len(fonctions) - FONCTIONS_MONTREES),
    )


def _view_filters(catalogue: Catalogue, criteres: Criteres, resultat: Resultat) -> tuple[FiltreVue, ...]:
    facettes = resultat.facettes
    return (
        FiltreVue("type", _types(facettes["type"], criteres.type), bool(criteres.type)),
        FiltreVue(
            "territoire",
            _territories(catalogue, facettes["territoire"], criteres.territoire),
            bool(criteres.territoire),
        ),
        FiltreVue(
            "secteur",
            _concepts(catalogue, "secteur", facettes["secteur"], criteres.secteur),
            bool(criteres.secteur),
        ),
        FiltreVue(
            "fonction",
            _concepts(catalogue, "fonction", facettes["fonction"], criteres.fonction),
            bool(criteres.fonction),
        ),
    )


def _option(code: str, libelle: str, nombre: int, choisi: str | None, niveau: int = 0) -> OptionVue:
    texte = messages("annuaire_page.choix", libelle=libelle, nombre=nombre)
    return OptionVue(code, texte, choisi=code == choisi, niveau=niveau)


def _types(facettes: Iterable[Facette], choisi: str | None) -> tuple[GroupeOptions, ...]:
    nombres = {facette.valeur: facette.nombre for facette in facettes}
    options = (
        _option(forme.code, messages(f"types.{forme.code}"), nombres.get(forme.code, 0), choisi)
        for forme in (*TYPES, AUTRE)
        if forme.code in nombres or forme.code == choisi
    )
    return (GroupeOptions("", tuple(options)),)


def _territories(
    catalogue: Catalogue, facettes: Iterable[Facette], choisi: str | None
) -> tuple[GroupeOptions, ...]:
    """Places by kind; the one chosen is kept even where nobody is, or when it is a commune."""
    nombres = {facette.valeur: facette.nombre for facette in facettes}
    if choisi:
        nombres.setdefault(catalogue.lire_territoire(choisi).iri, 0)
    groupes: dict[str, list[OptionVue]] = {}
    lieux = [catalogue.territoires[iri] for iri in nombres if iri in catalogue.territoires]
    for lieu in sorted(lieux, key=lambda lieu: (_kind_rank(lieu), fold(lieu.nom))):
        option = _option(
            reference(lieu), say_place(catalogue, lieu.iri), nombres[lieu.iri], _normal(catalogue, choisi)
        )
        groupes.setdefault(_kind(lieu), []).append(option)
    return tuple(
        GroupeOptions(messages(f"annuaire_page.lieux-{genre}"), tuple(options))
        for genre, options in groupes.items()
    )


def _normal(catalogue: Catalogue, ref: str | None) -> str | None:
    """The reference as this page writes it (« 14027 » is « commune:14027 »)."""
    return reference(catalogue.lire_territoire(ref)) if ref else None


def _kind(lieu: Territoire) -> str:
    return "ancienne-region" if lieu.niveau == "region" and lieu.fin else lieu.niveau


def _kind_rank(lieu: Territoire) -> int:
    return ("commune", "epci", "departement", "region", "ancienne-region", "national").index(_kind(lieu))


def _concepts(
    catalogue: Catalogue, schema: str, facettes: Iterable[Facette], choisi: str | None
) -> tuple[GroupeOptions, ...]:
    nombres = {facette.valeur: facette.nombre for facette in facettes}
    options = tuple(
        _option(c.code, c.libelle, nombres.get(c.iri, 0), choisi, min(len(catalogue.elargir(c.iri)), 2))
        for c in catalogue.concepts_de(schema)
        if c.iri in nombres or c.code == choisi
    )
    return (GroupeOptions("", options),)
