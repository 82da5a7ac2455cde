"""`make bench`: what Maillage costs, each thing beside something known, measured in one run as ratios.

Seconds depend on the machine and on what else it does; the ratios are what to compare between versions.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyoxigraph as ox
from fastapi import FastAPI
from fastapi.testclient import TestClient
from rdflib import Graph, URIRef

from api.app import create_app
from api.settings import Settings
from graph.catalogue import Catalogue
from graph.catalogue.lecture import load_catalogue
from graph.edition.construction import STORE, Options, build, find_sources
from graph.edition.dossier import Dossier
from graph.orientation import Saisie, orient, understand
from graph.orientation.ponderation import years_before
from graph.queries import load_requete
from graph.store import Store
from ontology.namespaces import PREFIXES, VOC

PAQUET = Path("node_modules/@etalab/decoupage-administratif/data")
JOUR = date(2026, 11, 20)
DEMANDE = Saisie(
    territoire="departement:14",
    stade="employeur",
    besoins=("convention-collective", "fiche-de-poste", "comptabilite"),
    secteur="petite-enfance",
    jour=JOUR,
)


@dataclass(frozen=True, slots=True)
class Mesure:
    """One line of the table: what, how long, beside what, how long."""

    nom: str
    secondes: float
    temoin: str
    secondes_temoin: float


def median(action: Callable[[], object], tours: int) -> float:
    """Median seconds of an action over some rounds, after one round for nothing."""
    action()
    times = []
    for _ in range(tours):
        begun = time.perf_counter()
        action()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def measure_build(racine: Path) -> Iterator[Mesure]:
    """The whole build and its load step, beside a bare bulk load of the same quads."""
    options = Options(paquet_territoires=PAQUET, jour=JOUR)
    begun = time.perf_counter()
    manifeste, _ = build(Dossier(racine), options)
    whole = time.perf_counter() - begun
    files = sorted((racine / "cache").glob("*.nt"))
    begun = time.perf_counter()
    bare = ox.Store(str(racine / "temoin"))
    for fichier in files:
        bare.bulk_load(path=str(fichier), to_graph=ox.NamedNode(f"http://temoin/{fichier.stem}"))
    bare.flush()
    alone = time.perf_counter() - begun
    yield Mesure("build: load step", manifeste.durees["charger"], "bare load in named graphs", alone)
    yield Mesure("build: everything", whole, "bare load in named graphs", alone)


def measure_orientation(racine: Path, catalogue: Catalogue, store: Store) -> Iterator[Mesure]:
    """One recommendation from the catalogue, beside the published query on the store and on rdflib."""
    demande, _ = understand(catalogue, DEMANDE)
    texte = load_requete("orientation/recommander").bind(
        lieu=ox.NamedNode(demande.territoire),
        jour=ox.Literal(JOUR.isoformat()),
        besoinDemande=[ox.NamedNode(f"{VOC}besoin/{code}") for code in demande.besoins],
        secteurDemande=ox.NamedNode(f"{VOC}secteur/{demande.secteur}"),
        stadeDemande=ox.NamedNode(f"{VOC}stade/{demande.stade}"),
        ancienne=ox.Literal(years_before(JOUR, 5).isoformat()),
        tresAncienne=ox.Literal(years_before(JOUR, 10).isoformat()),
    )
    fast = median(lambda: orient(catalogue, demande), 200)
    query = median(lambda: list(store.select(texte)), 10)
    yield Mesure("orientation with its reasons (catalogue)", fast, "published SPARQL on the store", query)
    # rdflib cannot hold the communes in reasonable time: it gets the departement's own slice.
    slim = Graph()
    for source in find_sources(Dossier(racine), Options(jour=JOUR)):
        slim.parse(data="".join(source.lire()), format="nt")
    dans = URIRef(PREFIXES["mai"] + "dans")
    seats = {acteur.siege for acteur in catalogue.acteurs.values()}
    for place in catalogue.territoires.values():
        if place.niveau in ("departement", "region", "national") or place.iri in seats:
            for ancestor in place.ancetres:
                slim.add((URIRef(place.iri), dans, URIRef(ancestor)))
    slow = median(lambda: list(slim.query(texte)), 1)
    yield Mesure("published SPARQL on the store", query, "the same on rdflib (no communes)", slow)


def measure_http(racine: Path) -> Iterator[Mesure]:
    """An orientation over HTTP and the pages, beside an empty endpoint of the same framework."""
    empty = FastAPI()

    @empty.get("/")
    def nothing() -> dict[str, str]:
        return {}

    question = {"commune": "14027", "stade": "employeur", "secteur": "petite-enfance"}
    with TestClient(create_app(Settings(data=racine))) as client, TestClient(empty) as witness:
        alone = median(lambda: witness.get("/"), 50)
        for nom, adresse in (
            ("GET /api/orientation", "/api/orientation"),
            ("page /orientation", "/orientation"),
            ("page /cartographie", "/cartographie?territoire=departement:14"),
        ):
            asked = question if "orientation" in adresse else None
            taken = median(lambda adresse=adresse, asked=asked: client.get(adresse, params=asked), 30)  # type: ignore[misc]
            yield Mesure(nom, taken, "empty endpoint", alone)


def main() -> None:
    """Measure everything and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        racine = Path(folder)
        found = list(measure_build(racine))
        dossier = Dossier(racine)
        identifiant = dossier.current_id()
        assert identifiant is not None
        store = Store.open(dossier.folder(identifiant) / STORE)
        begun = time.perf_counter()
        catalogue = load_catalogue(store, identifiant)
        loaded = time.perf_counter() - begun
        begun = time.perf_counter()
        rows = sum(1 for _ in store.select(load_requete("catalogue/territoires").texte))
        read = time.perf_counter() - begun
        found.append(Mesure("catalogue load", loaded, f"reading its {rows} territory rows", read))
        found += measure_orientation(racine, catalogue, store)
        found += measure_http(racine)
    width = max(len(mesure.nom) for mesure in found)
    for mesure in found:
        ratio = mesure.secondes / mesure.secondes_temoin
        sys.stdout.write(
            f"{mesure.nom:<{width}}  {mesure.secondes * 1000:10.2f} ms   × {ratio:8.3f} of"
            f" {mesure.temoin} ({mesure.secondes_temoin * 1000:.2f} ms)\n"
        )


if __name__ == "__main__":
    main()
