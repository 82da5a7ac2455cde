"""The edition that ships: its build, its catalogue, its answers."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyoxigraph as ox
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.catalogue import Catalogue
from graph.edition.composition import Options
from graph.edition.construction import build
from graph.edition.dossier import STORE, Dossier
from graph.edition.lecture import open_catalogue
from graph.edition.manifeste import read_manifeste
from graph.orientation import Saisie, orient, understand
from graph.orientation.ponderation import years_before
from graph.queries import load_requete
from graph.store import Store
from ontology.namespaces import VOC
from tests.benchmarks.mesure import Mesure, median

PAQUET = Path("node_modules/@etalab/decoupage-administratif/data")
JOUR = date(2026, 11, 20)
DEMANDE = Saisie(
    territoire="departement:14",
    stade="employeur",
    besoins=("convention-collective", "fiche-de-poste", "comptabilite"),
    secteur="petite-enfance",
    jour=JOUR,
)


def _measure_build(racine: Path) -> Iterator[Mesure]:
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


def _measure_orientation(catalogue: Catalogue, store: Store) -> Iterator[Mesure]:
    """One recommendation from the catalogue, beside the published query on the store."""
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


def _measure_http(racine: Path) -> Iterator[Mesure]:
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


def measure_shipped(racine: Path) -> Iterator[Mesure]:
    """Build the edition that ships in a folder, then measure what it answers."""
    yield from _measure_build(racine)
    dossier = Dossier(racine)
    identifiant = dossier.current_id()
    if identifiant is None:
        raise RuntimeError("no edition was built")
    folder = dossier.folder(identifiant)
    store = Store.open(folder / STORE)
    begun = time.perf_counter()
    catalogue = open_catalogue(folder, read_manifeste(folder))
    loaded = time.perf_counter() - begun
    begun = time.perf_counter()
    rows = sum(1 for _ in store.select(load_requete("catalogue/territoires").texte))
    read = time.perf_counter() - begun
    yield Mesure("catalogue load", loaded, f"reading its {rows} territory rows", read)
    yield from _measure_orientation(catalogue, store)
    yield from _measure_http(racine)
