"""The build of a country, step by step, beside ``oxigraph load`` of the same quads."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from graph.edition.dossier import STORE, Dossier
from graph.edition.manifeste import read_manifeste
from ontology.namespaces import SOURCE
from tests.benchmarks.enfants import Cout, run
from tests.benchmarks.mesure import Mesure

MEMOIRE = 3072.0
"""Megabytes that a build may take at its peak."""
CHARGEMENT, ENTIERE = 1 / 0.7, 3.0
"""Times a bare load that the load step and the whole build may take."""
PAS_DE_CHARGEMENT = "charger"


def measure_build(racine: Path) -> Iterator[Mesure]:
    """Build ``racine/data``, then load what it was made of and what it made."""
    data = racine / "data"
    cost = run(["maillage", "build"], racine, MAILLAGE_DATA=str(data))
    dossier = Dossier(data)
    folder = dossier.folder(dossier.current_id() or "")
    sources, quads = _write_sources(data, racine / "sources.nq")
    whole = racine / "edition.nq"
    run(["oxigraph", "dump", "--location", str(folder / STORE), "--file", str(whole)], racine)
    held = _load(whole, racine)
    alone = _load(sources, racine)
    temoins = (
        ("oxigraph load of all it holds", held.secondes),
        (f"oxigraph load of its sources, {quads:,} quads", alone.secondes),
    )
    for etape, secondes in read_manifeste(folder).durees.items():
        for temoin, autre in temoins if etape == PAS_DE_CHARGEMENT else temoins[:1]:
            aim = CHARGEMENT if etape == PAS_DE_CHARGEMENT else None
            yield Mesure(f"build: step « {etape} »", secondes, temoin, autre, cible=aim)
    for temoin, autre in temoins:
        yield Mesure("build: everything", cost.secondes, temoin, autre, cible=ENTIERE)
    yield Mesure("build: everything", cost.processeur, temoins[0][0], held.processeur, "s proc")
    yield Mesure("build: peak memory", cost.memoire, "what is allowed", MEMOIRE, "Mo", 1)
    yield Mesure("build: peak memory", cost.memoire, temoins[0][0], held.memoire, "Mo")


def _write_sources(data: Path, fichier: Path) -> tuple[Path, int]:
    """Write the statements of all sources as quads; return the file and how many there are."""
    quads = 0
    with fichier.open("wb") as flux:
        for source in (*sorted(data.glob("cache/*.nt")), *sorted(data.glob("sources/*/enonces.nt"))):
            slug = source.parent.name if source.name == "enonces.nt" else source.stem
            end = f" <{SOURCE}{slug}> .\n".encode()
            with source.open("rb") as lignes:
                for ligne in lignes:
                    if len(ligne) > 1:
                        quads += 1
                        flux.write(ligne[:-3] + end)
    return fichier, quads


def _load(fichier: Path, racine: Path) -> Cout:
    """Load a file into a store of its own, then remove both."""
    store = racine / "temoin"
    cost = run(["oxigraph", "load", "--location", str(store), "--file", str(fichier)], racine)
    shutil.rmtree(store)
    fichier.unlink()
    return cost
