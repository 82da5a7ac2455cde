"""The tables of the geographic codes as territories: one group of statements a territory."""

import csv
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from graph.messages import messages
from graph.sources.atelier import Atelier
from graph.sources.cog.tables import Cle, CommuneLue, Tables
from graph.sources.ntriples import iri, literal
from graph.sources.territoires import FIN_ANCIENNES_REGIONS, Lieu, Redacteur
from ontology.namespaces import IGEO, MAI, PREFIXES

_FIN: Final = iri(f"{IGEO}dateFin")
_REMPLACE: Final = iri(PREFIXES["dcterms"] + "isReplacedBy")
_POSTAL: Final = iri(f"{MAI}codePostal")
_ANCIEN: Final = iri(f"{MAI}ancienCode")
_POPULATION: Final = iri(f"{MAI}population")
_DATE: Final = PREFIXES["xsd"] + "date"
_INTEGER: Final = PREFIXES["xsd"] + "integer"
_ANCIENNES: Final = {
    "ARM": ("ArrondissementMunicipal", "arrondissement-municipal"),
    "COMA": ("CommuneAssociee", "commune-associee"),
    "COMD": ("CommuneDeleguee", "commune-deleguee"),
}


def write_tables(tables: Tables, atelier: Atelier) -> Iterator[Sequence[str]]:
    """Yield the statements of each territory, from the country to the delegated communes."""
    redacteur = Redacteur(atelier.options.base_iri)
    yield list(_source(tables, atelier))
    yield list(redacteur.place(Lieu(f"{MAI}Pays", "national", "", "France")))
    yield from _regions(tables, redacteur)
    yield from _departements(tables, redacteur)
    yield from _epci(tables, redacteur)
    anciens = tables.former_codes()
    for cle in sorted(tables.communes, key=lambda cle: (cle[0] != "COM", cle)):
        lue = tables.communes[cle]
        if cle[0] == "COM":
            yield list(_commune(cle[1], lue, tables, anciens.get(cle[1], ()), redacteur))
        else:
            yield list(_part(cle, lue, tables, redacteur))


def _source(tables: Tables, atelier: Atelier) -> Iterator[str]:
    sujet = iri(atelier.graphe)
    if tables.jour is not None:
        yield atelier.triple(sujet, "dcterms:issued", literal(tables.jour.isoformat(), type_donnee=_DATE))
    else:
        yield atelier.triple(sujet, "skos:note", atelier.text(messages("import.cog.sans-date")))


def _regions(tables: Tables, redacteur: Redacteur) -> Iterator[Sequence[str]]:
    for code, nom in sorted(tables.regions.items()):
        yield list(redacteur.place(Lieu(f"{IGEO}Region", f"region-{code}", code, nom, ("national",))))
    for row in _former_regions():
        slug = f"region-{row['code']}-1982"
        group = [*redacteur.place(Lieu(f"{IGEO}Region", slug, row["code"], row["nom"], ("national",)))]
        group.append(redacteur.fact(slug, _FIN, literal(FIN_ANCIENNES_REGIONS, type_donnee=_DATE)))
        group.append(redacteur.fact(slug, _REMPLACE, redacteur.terme(f"region-{row['remplacee_par']}")))
        yield group


def _former_regions() -> list[dict[str, str]]:
    fichier = Path(str(files("graph"))) / "territoires" / "anciennes-regions.csv"
    with fichier.open(encoding="utf-8", newline="") as flux:
        return list(csv.DictReader(flux))


def _departements(tables: Tables, redacteur: Redacteur) -> Iterator[Sequence[str]]:
    former = {code: row["code"] for row in _former_regions() for code in row["departements"].split()}
    for code, (nom, region) in sorted(tables.departements.items()):
        classe = "Departement" if region else "CollectiviteDOutreMer"
        dans = [f"region-{region}" if region else "national"]
        dans += [f"region-{former[code]}-1982"] if code in former else []
        yield list(redacteur.place(Lieu(f"{IGEO}{classe}", f"departement-{code}", code, nom, tuple(dans))))
    for code, (nom, departement) in sorted(tables.arrondissements.items()):
        lieu = Lieu(
            f"{IGEO}Arrondissement", f"arrondissement-{code}", code, nom, (f"departement-{departement}",)
        )
        yield list(redacteur.place(lieu))


def _epci(tables: Tables, redacteur: Redacteur) -> Iterator[Sequence[str]]:
    """Write each EPCI, then the établissements publics territoriaux, each inside the EPCI of its communes."""
    for membres in (tables.membres, tables.membres_ept):
        held: dict[str, list[str]] = {}
        for commune, siren in membres.items():
            if tables.is_commune(commune):
                held.setdefault(siren, []).append(commune)
        for siren, communes in sorted(held.items()):
            around = {tables.membres.get(commune, siren) for commune in communes} - {siren}
            departements = {tables.communes["COM", commune].departement for commune in communes}
            dans = f"epci-{min(around)}" if len(around) == 1 else _container(departements, tables)
            lieu = Lieu(f"{IGEO}Intercommunalite", f"epci-{siren}", siren, tables.epci[siren], (dans,))
            yield list(redacteur.place(lieu))


def _container(departements: set[str], tables: Tables) -> str:
    """Return the smallest territory that holds a whole EPCI: one that straddles departements is in none."""
    if len(departements) == 1:
        return f"departement-{min(departements)}"
    regions = {tables.departements[code][1] for code in departements}
    return f"region-{min(regions)}" if len(regions) == 1 and "" not in regions else "national"


def _commune(
    code: str, lue: CommuneLue, tables: Tables, anciens: Sequence[str], redacteur: Redacteur
) -> Iterator[str]:
    slug = f"commune-{code}"
    dans = [f"departement-{lue.departement}"]
    dans += [f"epci-{membres[code]}" for membres in (tables.membres, tables.membres_ept) if code in membres]
    dans += [f"arrondissement-{lue.arrondissement}"] if lue.arrondissement in tables.arrondissements else []
    yield from redacteur.place(Lieu(f"{IGEO}Commune", slug, code, lue.nom, tuple(dans)))
    population = tables.population(code)
    if population is not None:
        yield redacteur.fact(slug, _POPULATION, literal(str(population), type_donnee=_INTEGER))
    for ancien in anciens:
        yield redacteur.fact(slug, _ANCIEN, literal(ancien))
    for postal in tables.postaux.get(code, ()):
        yield redacteur.fact(slug, _POSTAL, literal(postal))


def _part(cle: Cle, lue: CommuneLue, tables: Tables, redacteur: Redacteur) -> Iterator[str]:
    """A municipal district, or a commune that became a part of another: never a commune itself."""
    kind, code = cle
    classe, segment = _ANCIENNES[kind]
    slug = f"{segment}-{code}"
    yield from redacteur.place(Lieu(f"{IGEO}{classe}", slug, code, lue.nom, (f"commune-{lue.parent}",)))
    if kind == "ARM" and code in tables.populations:
        population = literal(str(tables.populations[code]), type_donnee=_INTEGER)
        yield redacteur.fact(slug, _POPULATION, population)
