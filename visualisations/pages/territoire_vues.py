"""Parts of a territory's page: who does what, who carries what, what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Observation
from graph.catalogue.territoires import reference
from graph.coverage import PORTEES, Couverture, Ligne, Portee, Porteur, Trou
from visualisations.pages.actions import say_kind as say_action_kind
from visualisations.pages.commun import (
    ChoseVue,
    action_address,
    make_address,
    say_number,
    say_period,
    say_place,
    view_thing,
    view_things,
)
from visualisations.pages.lieux import view_places
from visualisations.rendu import messages

MONTRES: Final = 8
"""Actors named in one cell; the others are one link away."""
DISPOSITIFS_ATTENDUS: Final[Mapping[str, tuple[str, ...]]] = {
    "dla": ("dla",),
    "pava": ("pava", "pava-ou-maison-associations", "guid-asso"),
    "crib": ("crib",),
}
"""Dispositifs that every departement is meant to have, and the codes that answer for each."""


@dataclass(frozen=True, slots=True)
class CelluleVue:
    """Who does one thing at one width; ``autres`` are not named, ``adresse`` lists them."""

    portee: str
    acteurs: tuple[ChoseVue, ...]
    autres: int
    adresse: str


@dataclass(frozen=True, slots=True)
class LigneTableau:
    """One function or stage: ``inconnu`` gathers those no source says, ``vide`` has nobody known."""

    libelle: str
    inconnu: bool
    vide: bool
    cellules: tuple[CelluleVue, ...]


@dataclass(frozen=True, slots=True)
class PorteurVue:
    """Who carries a dispositif here."""

    dispositif: str
    remplace_par: str
    acteur: ChoseVue
    lieux: tuple[ChoseVue, ...]
    periode: str
    fini: bool


@dataclass(frozen=True, slots=True)
class GroupeTrous:
    """Needs of one axis that nobody known answers from near enough."""

    libelle: str
    besoins: tuple[tuple[ChoseVue, bool], ...]
    """(need, with the orientation it opens; True when a wider actor answers)."""


@dataclass(frozen=True, slots=True)
class TrousVue:
    """What nobody known does from near enough."""

    fonctions: tuple[tuple[str, bool], ...]
    """(name, True when a wider actor does it)."""
    stades: tuple[tuple[str, bool], ...]
    stades_inconnus: int
    """Actors near enough of whom no source says the stage."""
    dispositifs: tuple[str, ...]
    besoins: tuple[GroupeTrous, ...]
    nombre_besoins: int
    total_besoins: int


@dataclass(frozen=True, slots=True)
class ActionLieuVue:
    """A support action located here."""

    titre: str
    adresse: str
    genre: str
    pilotes: tuple[ChoseVue, ...]
    beneficiaires: tuple[ChoseVue, ...]


@dataclass(frozen=True, slots=True)
class FigureVue:
    """A figure about the place, or located in it."""

    indicateur: str
    valeur: str
    sur: ChoseVue | None
    """What it is about, None when it is the place itself."""
    precision: str


def view_lines(
    catalogue: Catalogue, couverture: Couverture, lignes: tuple[Ligne, ...], champ: str
) -> tuple[LigneTableau, ...]:
    """The lines of a table; the last, of those no source says, is left out when empty."""
    return tuple(
        LigneTableau(
            libelle=catalogue.libelle(ligne.concept)
            if ligne.concept
            else messages(f"territoire.{champ}-inconnu"),
            inconnu=ligne.concept is None,
            vide=not any(ligne.acteurs.values()),
            cellules=tuple(_view_cell(catalogue, couverture, ligne, portee, champ) for portee in PORTEES),
        )
        for ligne in lignes
        if ligne.concept or any(ligne.acteurs.values())
    )


def _view_cell(
    catalogue: Catalogue, couverture: Couverture, ligne: Ligne, portee: Portee, champ: str
) -> CelluleVue:
    acteurs = ligne.acteurs[portee]
    lieu = "national" if portee == "national" else reference(couverture.territoire)
    concept = catalogue.concepts.get(ligne.concept) if ligne.concept else None
    fonction = concept.code if concept and champ == "fonction" else ""
    montres = acteurs if len(acteurs) <= MONTRES + 1 else acteurs[:MONTRES]
    return CelluleVue(
        portee=portee,
        acteurs=tuple(view_thing(catalogue, iri) for iri in montres),
        autres=len(acteurs) - len(montres),
        adresse=make_address("/acteurs", [("territoire", lieu), ("fonction", fonction)]),
    )


def view_carriers(catalogue: Catalogue, porteurs: tuple[Porteur, ...]) -> tuple[PorteurVue, ...]:
    """The mandates that hold here, those that ended last."""
    liens = {lien.iri: lien for porteur in porteurs for lien in catalogue.liens_de(porteur.acteur)}
    vues = []
    for porteur in porteurs:
        lien = liens[porteur.lien]
        suivant = catalogue.successeurs.get(porteur.dispositif)
        vues.append(
            PorteurVue(
                dispositif=catalogue.libelle(porteur.dispositif),
                remplace_par=catalogue.libelle(suivant) if suivant else "",
                acteur=view_thing(catalogue, porteur.acteur),
                lieux=view_places(catalogue, porteur.territoires[:3]),
                periode=say_period(lien.debut, lien.fin),
                fini=porteur.fini,
            )
        )
    return tuple(vues)


def view_gaps(catalogue: Catalogue, couverture: Couverture) -> TrousVue | None:
    """What is missing; None where nobody near is known, and saying so is enough."""
    if not couverture.voisins:
        return None
    inconnus = next(ligne for ligne in couverture.stades if ligne.concept is None)
    besoins = couverture.find_besoins()
    return TrousVue(
        fonctions=_named(catalogue, couverture.find_trous(couverture.fonctions)),
        stades=_named(catalogue, couverture.find_trous(couverture.stades)),
        stades_inconnus=len({iri for portee in couverture.proches for iri in inconnus.acteurs[portee]}),
        dispositifs=_missing_dispositifs(catalogue, couverture),
        besoins=_by_axis(catalogue, couverture, besoins),
        nombre_besoins=len(besoins),
        total_besoins=len(couverture.besoins),
    )


def _named(catalogue: Catalogue, trous: tuple[Trou, ...]) -> tuple[tuple[str, bool], ...]:
    return tuple((catalogue.libelle(trou.concept), trou.plus_large) for trou in trous)


def _missing_dispositifs(catalogue: Catalogue, couverture: Couverture) -> tuple[str, ...]:
    portes = {
        porteur.dispositif.rsplit("/", 1)[-1]
        for porteur in couverture.porteurs
        if not porteur.fini and porteur.portee in couverture.proches
    }
    return tuple(
        concept.libelle
        for code, codes in DISPOSITIFS_ATTENDUS.items()
        if portes.isdisjoint(codes) and (concept := catalogue.concept("dispositif", code)) is not None
    )


def _by_axis(
    catalogue: Catalogue, couverture: Couverture, trous: tuple[Trou, ...]
) -> tuple[GroupeTrous, ...]:
    groupes: dict[Iri, list[tuple[ChoseVue, bool]]] = {}
    for trou in trous:
        axe = (catalogue.elargir(trou.concept) or (trou.concept,))[-1]
        demande = [
            ("commune", reference(couverture.territoire)),
            ("besoins", catalogue.concepts[trou.concept].code),
        ]
        chose = ChoseVue(catalogue.libelle(trou.concept), make_address("/orientation", demande))
        groupes.setdefault(axe, []).append((chose, trou.plus_large))
    return tuple(GroupeTrous(catalogue.libelle(axe), tuple(besoins)) for axe, besoins in groupes.items())


def view_local_actions(catalogue: Catalogue, couverture: Couverture) -> tuple[ActionLieuVue, ...]:
    """Support actions, the most recent first, undated last."""
    actions = sorted(
        (catalogue.accompagnements[iri] for iri in couverture.actions),
        key=lambda action: action.debut.debut if action.debut else date.min,
        reverse=True,
    )
    return tuple(
        ActionLieuVue(
            titre=action.titre,
            adresse=action_address(action),
            genre=" · ".join(say_action_kind(catalogue, action)),
            pilotes=view_things(catalogue, action.pilotes),
            beneficiaires=view_things(catalogue, action.beneficiaires[:8]),
        )
        for action in actions
    )


def view_local_figures(catalogue: Catalogue, couverture: Couverture) -> tuple[FigureVue, ...]:
    """Figures about the place or located in it."""
    lieu = couverture.territoire.iri
    return tuple(
        _view_figure(catalogue, catalogue.observations[iri], lieu) for iri in couverture.observations
    )


def _view_figure(catalogue: Catalogue, observation: Observation, lieu: Iri) -> FigureVue:
    dits = [observation.date.en_clair] if observation.date else []
    if observation.territoire and observation.territoire != lieu:
        dits.append(say_place(catalogue, observation.territoire))
    return FigureVue(
        indicateur=catalogue.libelle(observation.indicateur),
        valeur=f"{say_number(observation.valeur)} {observation.unite}".strip(),
        sur=None if observation.sur == lieu else view_thing(catalogue, observation.sur),
        precision=", ".join(dits),
    )
