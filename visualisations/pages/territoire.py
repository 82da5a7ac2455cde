"""The page of a territory: what it is, who acts there, what nobody known does, what it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import Territoire
from graph.catalogue.territoires import reference
from graph.coverage import PORTEES, Couverture, count_acteurs, count_associations, cover
from graph.texte import fold
from visualisations.pages.commun import (
    ChoseVue,
    find_departement,
    make_address,
    say_number,
    say_part,
    say_period,
    say_place,
    view_things,
)
from visualisations.pages.lieux import place_address, say_kind, view_place
from visualisations.pages.territoire_vues import (
    ActionLieuVue,
    FigureVue,
    LigneTableau,
    PorteurVue,
    TrousVue,
    view_carriers,
    view_gaps,
    view_lines,
    view_local_actions,
    view_local_figures,
)
from visualisations.rendu import messages, render_view
from visualisations.schema_org import Structure, structure_place

SIEGES: Final = 10
"""Actors seated in a place that its page names."""


@dataclass(frozen=True, slots=True)
class GroupeLieux:
    """Places under one heading, each with what is worth saying beside its name."""

    titre: str
    lieux: tuple[tuple[ChoseVue, str], ...]


@dataclass(frozen=True, slots=True)
class TerritoireVue:
    """Context of ``pages/territoire.html``."""

    edition: str
    structure: Structure
    partielle: str
    """What a partial edition keeps to, empty for all of France."""
    nom: str
    genre: str
    """Code of what it is, for messages."""
    code: str
    fil: tuple[tuple[ChoseVue, ...], ...]
    """What holds it, the widest first; several places of one level when it straddles them."""
    anciennes_regions: tuple[ChoseVue, ...]
    population: str
    codes_postaux: tuple[str, ...]
    anciens_noms: tuple[str, ...]
    ancien_code: str
    """Former code that led here, empty when none did."""
    fin: str
    """Since when it is no more, empty while it is."""
    remplace_par: ChoseVue | None
    comptes: tuple[tuple[str, int], ...]
    """(width, number of actors), the most local first."""
    proches: int
    lointains: int
    """Actors who act here from wider only."""
    fonctions: tuple[LigneTableau, ...]
    stades: tuple[LigneTableau, ...]
    porteurs: tuple[PorteurVue, ...]
    trous: TrousVue | None
    actions: tuple[ActionLieuVue, ...]
    observations: tuple[FigureVue, ...]
    sieges: tuple[ChoseVue, ...]
    autres_sieges: int
    """Actors seated here that are not named."""
    associations: int
    interieur: tuple[GroupeLieux, ...]
    communes: tuple[tuple[str, tuple[ChoseVue, ...]], ...]
    """(initial, communes)."""
    nombre_communes: int
    adresses: tuple[tuple[str, str], ...]
    """(what one does there, address)."""
    adresse_associations: str
    adresse_json: str


def page_territoire(catalogue: Catalogue, territoire: Territoire, jour: date, ancien_code: str = "") -> str:
    """The page of one territory.

    Args:
        catalogue: the edition.
        territoire: one of its territories.
        jour: day on which offers and mandates must hold.
        ancien_code: code of a former commune that led here; ignored when it is not one of this place.
    """
    couverture = cover(catalogue, territoire, jour)
    return render_view("pages/territoire.html", view_territory(catalogue, couverture, ancien_code))


def view_territory(catalogue: Catalogue, couverture: Couverture, ancien_code: str = "") -> TerritoireVue:
    """Everything the page shows."""
    lieu = couverture.territoire
    ref = reference(lieu)
    communes = _communes(lieu, couverture)
    ancien = ancien_code if catalogue.codes_resolus.get(ancien_code) == lieu.iri else ""
    return TerritoireVue(
        edition=catalogue.edition,
        structure=structure_place(catalogue, lieu),
        partielle=say_part(catalogue),
        nom=messages("commun.france_entiere") if lieu.niveau == "national" else lieu.nom,
        genre=say_kind(lieu),
        code=lieu.code if say_kind(lieu) != "zone" else "",
        fil=_trail(catalogue, couverture),
        anciennes_regions=tuple(view_place(catalogue, p.iri) for p in couverture.contenants if p.fin),
        population="" if couverture.population is None else say_number(str(couverture.population)),
        codes_postaux=lieu.codes_postaux,
        anciens_noms=lieu.autres_noms,
        ancien_code=ancien,
        fin=say_period(lieu.fin, None),
        remplace_par=view_place(catalogue, lieu.remplace_par) if lieu.remplace_par else None,
        comptes=tuple((portee, len(couverture.acteurs[portee])) for portee in PORTEES),
        proches=len(couverture.voisins),
        lointains=len(set(chain.from_iterable(couverture.acteurs.values())).difference(couverture.voisins)),
        fonctions=view_lines(catalogue, couverture, couverture.fonctions, "fonction"),
        stades=view_lines(catalogue, couverture, couverture.stades, "stade"),
        porteurs=view_carriers(catalogue, couverture.porteurs),
        trous=view_gaps(catalogue, couverture),
        actions=view_local_actions(catalogue, couverture),
        observations=view_local_figures(catalogue, couverture),
        sieges=view_things(catalogue, couverture.sieges[:SIEGES]),
        autres_sieges=max(0, len(couverture.sieges) - SIEGES),
        associations=count_associations(catalogue, lieu),
        interieur=_inside(catalogue, couverture),
        communes=tuple(
            (initiale, tuple(ChoseVue(commune.nom, place_address(commune)) for commune in groupe))
            for initiale, groupe in groupby(communes, key=lambda commune: fold(commune.nom)[:1].upper())
        ),
        nombre_communes=len(communes),
        adresses=_addresses(catalogue, lieu),
        adresse_associations=make_address("/acteurs", [("type", "Association"), ("territoire", ref)]),
        adresse_json=f"/api{place_address(lieu)}",
    )


def _trail(catalogue: Catalogue, couverture: Couverture) -> tuple[tuple[ChoseVue, ...], ...]:
    """What holds the place today, level by level; zones that documents name are told elsewhere."""
    niveau = couverture.territoire.niveau
    tenants = (
        place
        for place in couverture.contenants
        if say_kind(place) not in ("zone", "ancienne-region")
        and (place.niveau != niveau or niveau == "commune")
    )
    return tuple(
        tuple(view_place(catalogue, place.iri) for place in groupe)
        for _, groupe in groupby(tenants, key=lambda place: place.niveau)
    )


def _communes(lieu: Territoire, couverture: Couverture) -> Sequence[Territoire]:
    if lieu.niveau not in ("departement", "epci"):
        return ()
    return [place for place in couverture.contenus.get("commune", ()) if say_kind(place) == "commune"]


def _inside(catalogue: Catalogue, couverture: Couverture) -> tuple[GroupeLieux, ...]:
    """Wider places than communes that lie in this one, by kind; communes have a list of their own."""
    lieu, contenus = couverture.territoire, couverture.contenus
    groupes: dict[str, list[tuple[ChoseVue, str]]] = {}
    for niveau in ("region", "departement", "epci", "commune"):
        for place in contenus.get(niveau, ()):
            genre = say_kind(place)
            if genre in _LISTES.get(lieu.niveau, ()):
                vue = ChoseVue(place.nom, place_address(place))
                groupes.setdefault(genre, []).append((vue, _say_beside(catalogue, couverture, place)))
    return tuple(
        GroupeLieux(messages(f"territoire.contient-{genre}", n=len(lieux)), tuple(lieux))
        for genre, lieux in groupes.items()
    )


_LISTES = {
    "national": ("region", "collectivite", "ancienne-region"),
    "region": ("departement",),
    "departement": ("epci", "zone"),
    "epci": ("zone",),
    "commune": ("arrondissement-municipal",),
}
"""Kinds of places listed on the page of a level."""


def _say_beside(catalogue: Catalogue, couverture: Couverture, place: Territoire) -> str:
    if couverture.territoire.niveau != "region":
        return ""
    return messages("territoire.acteurs", n=count_acteurs(catalogue, place, couverture.jour))


def _addresses(catalogue: Catalogue, lieu: Territoire) -> tuple[tuple[str, str], ...]:
    """Where to go on from here; the network is that of the departement, which a commune's is part of."""
    departement = find_departement(catalogue, lieu) or lieu
    return (
        (messages("territoire.orienter"), make_address("/orientation", [("commune", reference(lieu))])),
        (messages("territoire.annuaire"), make_address("/acteurs", [("territoire", reference(lieu))])),
        (
            messages("territoire.carte"),
            make_address("/cartographie/carte", [("territoire", reference(lieu))]),
        ),
        (
            messages("territoire.reseau", nom=say_place(catalogue, departement.iri)),
            make_address("/cartographie", [("territoire", reference(departement))]),
        ),
        (
            messages("territoire.roles"),
            make_address("/cartographie/roles", [("territoire", reference(lieu))]),
        ),
        (
            messages("territoire.matrice"),
            make_address("/cartographie/matrice", [("territoire", reference(lieu))]),
        ),
        (messages("territoire.couverture"), make_address("/couverture", [("territoire", reference(lieu))])),
    )
