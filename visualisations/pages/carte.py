"""The map of departements or regions: a form, the drawing, its legend, the table that says the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from graph.carte import MAILLES, MESURES, PORTEES, Carte, Criteres, Zone, draw_map
from graph.carte.demande import DATEES, LARGES
from graph.catalogue import Catalogue
from graph.catalogue.modele import ROLES, Territoire
from graph.catalogue.territoires import reference
from graph.coverage.concepts import open_concepts
from graph.coverage.releve import GRAINS
from visualisations.carte.figure import Figure, Forme, draw_figure, name_class
from visualisations.carte.mots import say_caption, say_class, say_short, say_value, say_zero
from visualisations.pages.choix import concept_options, place_groups
from visualisations.pages.commun import (
    ChoseVue,
    GroupeOptions,
    OptionVue,
    actor_address,
    make_address,
    say_number,
    say_part,
)
from visualisations.pages.lieux import place_address, say_where
from visualisations.pages.pied import view_foot
from visualisations.rendu import messages, render_view


@dataclass(frozen=True, slots=True)
class CleVue:
    """One entry of the legend."""

    classe: str
    texte: str
    nombre: int


@dataclass(frozen=True, slots=True)
class LigneCarte:
    """One place, in the table."""

    code: str
    lieu: ChoseVue
    region: ChoseVue | None
    classe: str
    valeur: str
    employeuses: str
    visee: bool


@dataclass(frozen=True, slots=True)
class CarteVue:
    """Context of ``pages/carte.html``."""

    edition: str
    partielle: str
    lieu_ref: str
    mesures: tuple[OptionVue, ...]
    mailles: tuple[OptionVue, ...]
    portees: tuple[OptionVue, ...]
    """Empty when the measure has but one."""
    fonctions: tuple[OptionVue, ...]
    roles: tuple[OptionVue, ...]
    lieux: tuple[GroupeOptions, ...]
    annee: str | None
    """None when the measure has no year."""
    rapport: bool
    points: bool
    legende: str
    """What the map shows, in a sentence."""
    manque: bool
    """True when more of what it shows is worse."""
    figure: Figure | None
    outre_mer: tuple[Forme, ...]
    """Places without a shape, as boxes."""
    cles: tuple[CleVue, ...]
    acteurs: tuple[tuple[ChoseVue, str], ...]
    """Actors at a known point, with where they are."""
    remarques: tuple[str, ...]
    lignes: tuple[LigneCarte, ...]
    maille: str
    avec_employeuses: bool
    couverture: tuple[ChoseVue, ...]
    """Where holes are told cell by cell, stage by stage; none for another measure."""


def page_carte(catalogue: Catalogue, criteres: Criteres, jour: date) -> str:
    """The page of a map.

    Args:
        catalogue: the edition.
        criteres: what is asked, checked.
        jour: day on which things must hold when no year is asked.
    """
    return render_view(
        "pages/carte.html",
        view_map(catalogue, draw_map(catalogue, criteres, jour)),
        pied=view_foot(catalogue),
    )


def view_map(catalogue: Catalogue, carte: Carte) -> CarteVue:
    """Everything the page shows."""
    criteres = carte.criteres
    lieu = criteres.territoire or catalogue.lire_territoire("national")

    def dire(zone: Zone) -> tuple[str, str]:
        texte = say_value(criteres, zone.valeur)
        return messages("commun.etiquette", nom=zone.territoire.nom, texte=texte), say_short(zone.valeur)

    return CarteVue(
        edition=catalogue.edition,
        partielle=say_part(catalogue),
        lieu_ref=reference(criteres.territoire) if criteres.territoire else "",
        mesures=_options("mesure", MESURES, criteres.mesure),
        mailles=_options("maille", MAILLES, criteres.maille),
        portees=_options("portee", PORTEES, criteres.portee) if criteres.mesure in LARGES else (),
        fonctions=_functions(catalogue, criteres) if criteres.mesure == "offres" else (),
        roles=tuple(OptionVue(r, messages(f"types.{r}"), choisi=r == criteres.role) for r in ROLES),
        lieux=place_groups(catalogue, lieu),
        annee=str(criteres.annee or "") if criteres.mesure in DATEES else None,
        rapport=criteres.rapport,
        points=criteres.points,
        legende=say_caption(catalogue, criteres),
        manque=criteres.mesure == "trous",
        figure=draw_figure(carte, catalogue.contours, dire),
        outre_mer=tuple(_box(carte, zone, dire(zone)) for zone in _without_shape(catalogue, carte)),
        cles=tuple(_keys(carte)),
        acteurs=tuple(
            (ChoseVue(acteur.nom, actor_address(acteur), acteur.types), say_where(catalogue, acteur))
            for acteur in carte.points
        ),
        remarques=tuple(_remarks(catalogue, carte)),
        lignes=tuple(_line(carte, zone) for zone in carte.zones),
        maille=criteres.maille,
        avec_employeuses=criteres.rapport,
        couverture=_details(catalogue, lieu) if criteres.mesure == "trous" else (),
    )


def _details(catalogue: Catalogue, lieu: Territoire) -> tuple[ChoseVue, ...]:
    grain = "departement" if "departement" in GRAINS[lieu.niveau] else ""
    ou = [("territoire", reference(lieu)), ("grain", grain), ("colonnes", "besoin")]
    return tuple(
        ChoseVue(
            catalogue.libelle(iri),
            make_address("/couverture", [*ou, ("stade", catalogue.concepts[iri].code)]),
        )
        for iri in open_concepts(catalogue).stades
    )


def _options(champ: str, codes: tuple[str, ...], choisi: str) -> tuple[OptionVue, ...]:
    return tuple(
        OptionVue(code, messages(f"carte_page.{champ}-{code}"), choisi=code == choisi) for code in codes
    )


def _functions(catalogue: Catalogue, criteres: Criteres) -> tuple[OptionVue, ...]:
    asked = catalogue.concept("fonction", criteres.fonction) if criteres.fonction else None
    return concept_options(catalogue, "fonction", asked.iri if asked else None)


def _without_shape(catalogue: Catalogue, carte: Carte) -> list[Zone]:
    """The places that the drawing lacks; none when there is no drawing at all, which the table replaces."""
    drawn = catalogue.contours.keys()
    zones = (zone for zone in carte.zones if drawn and drawn.isdisjoint(zone.departements))
    return sorted(zones, key=lambda zone: (zone.territoire.niveau != "region", zone.territoire.code))


def _box(carte: Carte, zone: Zone, dit: tuple[str, str]) -> Forme:
    lieu = zone.territoire
    return Forme(
        lieu.code,
        lieu.nom,
        place_address(lieu),
        dit[0],
        name_class(zone.classe, len(carte.classes)),
        (),
        dit[1],
        0,
        0,
        zone.visee,
    )


def _keys(carte: Carte) -> Iterator[CleVue]:
    zones = carte.zones
    unknown = sum(zone.classe is None for zone in zones)
    zero = sum(zone.classe == 0 for zone in zones)
    for classe in reversed(carte.classes):
        yield CleVue(
            name_class(classe.rang, len(carte.classes)), say_class(carte.criteres, classe), classe.nombre
        )
    yield CleVue("c0", say_zero(carte.criteres), zero)
    if unknown or carte.criteres.mesure != "trous":
        yield CleVue("cx", messages("carte_page.inconnu"), unknown)


def _remarks(catalogue: Catalogue, carte: Carte) -> Iterator[str]:
    """What must be known to read the map right."""
    criteres = carte.criteres
    for raison, nombre in carte.hors.items():
        cle = f"carte_page.hors-{raison}"
        yield messages(cle, n=nombre, nombre=say_number(str(nombre)))
    if criteres.mesure in ("subventions", "montants"):
        yield messages("carte_page.publies")
    if criteres.mesure == "trous":
        yield messages("carte_page.trous")
    if criteres.rapport and all(zone.employeuses is None for zone in carte.zones):
        yield messages("carte_page.sans_employeuses")
    if criteres.points and not carte.points:
        yield messages("carte_page.sans_point")
    if not catalogue.contours:
        yield messages("carte_page.sans_contour")


def _line(carte: Carte, zone: Zone) -> LigneCarte:
    lieu, region = zone.territoire, zone.region
    return LigneCarte(
        code=lieu.code,
        lieu=ChoseVue(lieu.nom, place_address(lieu)),
        region=ChoseVue(region.nom, place_address(region)) if region else None,
        classe=name_class(zone.classe, len(carte.classes)),
        valeur=say_value(carte.criteres, zone.valeur, alone=True),
        employeuses="" if zone.employeuses is None else say_number(str(zone.employeuses)),
        visee=zone.visee,
    )
