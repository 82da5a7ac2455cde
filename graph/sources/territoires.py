"""Territories: the shipped regions and departements, and the communes and EPCI of the npm package.

Sources: INSEE, Code officiel géographique 2026, re-typed in ``graph/territoires/``; communes and EPCI
from ``@etalab/decoupage-administratif`` (data: INSEE, DGCL, Licence Ouverte 2.0).
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from graph.sources.atelier import Lieux
from graph.sources.cog.lieux import read_lieux
from graph.sources.modele import EntreeSource, empreinte
from graph.sources.ntriples import iri, literal, statement
from ontology.namespaces import IGEO, MAI, MAILLAGE, PREFIXES, SOURCE

FIN_ANCIENNES_REGIONS: Final = "2016-01-01"
"""Law 2015-29 of 16 January 2015: the regions of 1982 gave way to today's on this day."""

SLUG_PAQUET: Final = "insee-cog-communes-epci"
"""Source of the communes and EPCI of the npm package."""
SLUG_COG: Final = "cog"
"""Source of the geographic codes somebody imported: it replaces the shipped ones and the package's."""

_TYPE: Final = iri(PREFIXES["rdf"] + "type")
_LABEL: Final = iri(PREFIXES["skos"] + "prefLabel")
_NOM: Final = iri(f"{IGEO}nom")
_CODE: Final = iri(f"{IGEO}codeINSEE")
_DANS: Final = iri(f"{IGEO}subdivisionDirecteDe")
_FIN: Final = iri(f"{IGEO}dateFin")
_REMPLACE: Final = iri(PREFIXES["dcterms"] + "isReplacedBy")
_POSTAL: Final = iri(f"{MAI}codePostal")
_ANCIEN: Final = iri(f"{MAI}ancienCode")
_POPULATION: Final = iri(f"{MAI}population")
_DATE: Final = PREFIXES["xsd"] + "date"
_INTEGER: Final = PREFIXES["xsd"] + "integer"

Fiche = dict[str, Any]
"""One object of the npm package's JSON files."""


@dataclass(frozen=True, slots=True)
class Lieu:
    """A territory about to be written: its class, IRI slug, code, name and direct containers."""

    classe: str
    slug: str
    code: str
    nom: str
    dans: tuple[str, ...] = ()


class Redacteur:
    """Writes territories as statements, on one base IRI."""

    def __init__(self, base_iri: str) -> None:
        self._racine = base_iri.rstrip("/") + "/id/territoire/"

    def terme(self, slug: str) -> str:
        """Return the IRI term of a territory's slug."""
        return iri(self._racine + slug)

    def fact(self, slug: str, propriete: str, objet: str) -> str:
        """Write one statement about a territory."""
        return statement(self.terme(slug), propriete, objet)

    def place(self, lieu: Lieu) -> Iterator[str]:
        """Write what every territory has: class, name, code, containers."""
        yield self.fact(lieu.slug, _TYPE, iri(lieu.classe))
        yield self.fact(lieu.slug, _LABEL, literal(lieu.nom, langue="fr"))
        yield self.fact(lieu.slug, _NOM, literal(lieu.nom, langue="fr"))
        if lieu.code:
            yield self.fact(lieu.slug, _CODE, literal(lieu.code))
        for container in lieu.dans:
            yield self.fact(lieu.slug, _DANS, self.terme(container))


def find_territoires(paquet: Path | None, base_iri: str = MAILLAGE) -> list[EntreeSource]:
    """Return the territories as sources.

    Args:
        paquet: folder ``data`` of the npm package; without it (None, or absent) the graph knows
            departements and regions only, and the build report says so.
        base_iri: where the things of this instance live.
    """
    folder = Path(str(files("graph"))) / "territoires"
    shipped = sorted(folder.glob("*.csv"))
    graphe = f"{SOURCE}insee-cog-departements-regions"
    sources = [
        EntreeSource(
            graphe,
            "INSEE, code officiel géographique 2026 : départements et régions, d’hier et d’aujourd’hui",
            empreinte("v1", base_iri, *shipped),
            lambda: _read_shipped(folder, Redacteur(base_iri), graphe),
        )
    ]
    if paquet is not None and (paquet / "communes.json").is_file():
        sources.append(_package(paquet, base_iri))
    return sources


def find_lieux(paquet: Path | None, racine: Path | None = None) -> Lieux:
    """Return the communes and EPCI that imported files may name, former codes and districts resolved.

    Those of the geographic codes imported in the data folder ``racine`` when there are any, else the
    package's. Without either nothing is known and readers only check the form of codes.
    """
    imported = racine / "sources" / SLUG_COG / "enonces.nt" if racine else None
    if imported is not None and imported.is_file():
        return read_lieux(imported)
    if paquet is None or not (paquet / "communes.json").is_file():
        return Lieux()
    fiches: list[Fiche] = json.loads((paquet / "communes.json").read_text(encoding="utf-8"))
    communes: dict[str, str] = {}
    for fiche in fiches:
        match fiche["type"]:
            case "commune-actuelle":
                communes |= dict.fromkeys(fiche.get("anciensCodes", []), fiche["code"])
            case "arrondissement-municipal":
                communes[fiche["code"]] = fiche["commune"]
            case _:
                communes.setdefault(fiche["code"], fiche["chefLieu"])
    today = [fiche for fiche in fiches if fiche["type"] == "commune-actuelle"]
    communes |= {fiche["code"]: fiche["code"] for fiche in today}
    departements = {fiche["code"]: fiche["departement"] for fiche in today}
    groups = paquet / "epci.json"
    epci: list[Fiche] = json.loads(groups.read_text(encoding="utf-8")) if groups.is_file() else []
    return Lieux(communes, departements, frozenset(fiche["code"] for fiche in epci))


def _package(paquet: Path, base_iri: str) -> EntreeSource:
    graphe = f"{SOURCE}{SLUG_PAQUET}"
    communes, epci = paquet / "communes.json", paquet / "epci.json"
    return EntreeSource(
        graphe,
        "INSEE et DGCL, communes et intercommunalités 2026 (@etalab/decoupage-administratif 6.0.0)",
        empreinte("v1", base_iri, communes, epci),
        lambda: _read_package(communes, epci, Redacteur(base_iri), graphe),
    )


def _describe(graphe: str, titre: str, editeur: str) -> Iterator[str]:
    sujet = iri(graphe)
    dcterms = PREFIXES["dcterms"]
    yield statement(sujet, _TYPE, iri(PREFIXES["prov"] + "Entity"))
    yield statement(sujet, iri(f"{dcterms}title"), literal(titre, langue="fr"))
    yield statement(sujet, iri(f"{dcterms}publisher"), literal(editeur))
    yield statement(sujet, iri(f"{dcterms}issued"), literal("2026-01-01", type_donnee=_DATE))
    licence = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
    yield statement(sujet, iri(f"{dcterms}license"), iri(licence))


def _rows(fichier: Path) -> list[dict[str, str]]:
    with fichier.open(encoding="utf-8", newline="") as flux:
        return list(csv.DictReader(flux))


def _read_shipped(folder: Path, redacteur: Redacteur, graphe: str) -> Iterator[str]:
    yield from _describe(graphe, "Code officiel géographique 2026 : départements et régions", "INSEE")
    yield from redacteur.place(Lieu(f"{MAI}Pays", "national", "", "France"))
    for region in _rows(folder / "regions.csv"):
        slug = f"region-{region['code']}"
        yield from redacteur.place(Lieu(f"{IGEO}Region", slug, region["code"], region["nom"], ("national",)))
    for departement in _rows(folder / "departements.csv"):
        code, region_code = departement["code"], departement["region"]
        classe = f"{IGEO}Departement" if region_code else f"{IGEO}CollectiviteDOutreMer"
        dans = (f"region-{region_code}",) if region_code else ("national",)
        yield from redacteur.place(Lieu(classe, f"departement-{code}", code, departement["nom"], dans))
    for region in _rows(folder / "anciennes-regions.csv"):
        yield from _former_region(redacteur, region)


def _former_region(redacteur: Redacteur, region: dict[str, str]) -> Iterator[str]:
    slug = f"region-{region['code']}-1982"
    yield from redacteur.place(Lieu(f"{IGEO}Region", slug, region["code"], region["nom"], ("national",)))
    yield redacteur.fact(slug, _FIN, literal(FIN_ANCIENNES_REGIONS, type_donnee=_DATE))
    yield redacteur.fact(slug, _REMPLACE, redacteur.terme(f"region-{region['remplacee_par']}"))
    for code in region["departements"].split():
        yield redacteur.fact(f"departement-{code}", _DANS, redacteur.terme(slug))


def _read_package(communes: Path, epci: Path, redacteur: Redacteur, graphe: str) -> Iterator[str]:
    yield from _describe(graphe, "Communes et intercommunalités 2026", "INSEE, DGCL ; Etalab")
    members: dict[str, str] = {}
    fiches_epci: list[Fiche] = json.loads(epci.read_text(encoding="utf-8"))
    for fiche in fiches_epci:
        members |= {membre["code"]: fiche["code"] for membre in fiche["membres"]}
    fiches: list[Fiche] = json.loads(communes.read_text(encoding="utf-8"))
    places = {f["code"]: f for f in fiches if f["type"] == "commune-actuelle"}
    for fiche in fiches_epci:
        dans = _container([places[m["code"]] for m in fiche["membres"] if m["code"] in places])
        classe = f"{IGEO}Intercommunalite"
        yield from redacteur.place(
            Lieu(classe, f"epci-{fiche['code']}", fiche["code"], fiche["nom"], (dans,))
        )
    for fiche in fiches:
        yield from _commune(redacteur, fiche, members.get(fiche["code"]))


def _container(communes: list[Fiche]) -> str:
    """Return the smallest territory that holds a whole EPCI.

    One that straddles departements lies in none of them: its communes reach theirs directly.
    """
    for level in ("departement", "region"):
        codes = {commune[level] for commune in communes}
        if len(codes) == 1:
            return f"{level}-{codes.pop()}"
    return "national"


def _commune(redacteur: Redacteur, fiche: Fiche, epci: str | None) -> Iterator[str]:
    code, nom = fiche["code"], fiche["nom"]
    match fiche["type"]:
        case "commune-actuelle":
            dans = (f"departement-{fiche['departement']}", *([f"epci-{epci}"] if epci else []))
            slug = f"commune-{code}"
            yield from redacteur.place(Lieu(f"{IGEO}Commune", slug, code, nom, dans))
            if "population" in fiche:
                population = literal(str(fiche["population"]), type_donnee=_INTEGER)
                yield redacteur.fact(slug, _POPULATION, population)
            for ancien in fiche.get("anciensCodes", []):
                yield redacteur.fact(slug, _ANCIEN, literal(ancien))
            for postal in fiche.get("codesPostaux", []):
                yield redacteur.fact(slug, _POSTAL, literal(postal))
        case "arrondissement-municipal":
            lieu = Lieu(
                f"{IGEO}ArrondissementMunicipal",
                f"arrondissement-municipal-{code}",
                code,
                nom,
                (f"commune-{fiche['commune']}",),
            )
            yield from redacteur.place(lieu)
        case "commune-deleguee" | "commune-associee" as kind:
            classe = f"{IGEO}CommuneDeleguee" if kind == "commune-deleguee" else f"{IGEO}CommuneAssociee"
            yield from redacteur.place(
                Lieu(classe, f"{kind}-{code}", code, nom, (f"commune-{fiche['chefLieu']}",))
            )
