"""Build an edition: read the sources, load, derive, check, describe, publish."""

import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pyoxigraph as ox

from graph.edition.annexes import read_drawings, read_shapes, write_annexes
from graph.edition.chargement import load_file
from graph.edition.composition import Options, find_sources, fingerprint
from graph.edition.controle import BLOQUANTS, Controle, run_controles
from graph.edition.derivation import derive
from graph.edition.description import write_description
from graph.edition.dossier import STORE, Dossier
from graph.edition.manifeste import FORMAT, Manifeste, SourceManifeste, read_manifeste, write_manifeste
from graph.edition.mentions import Origine
from graph.edition.partie import keep_part
from graph.edition.rapport import format_rapport
from graph.edition.rapprochement import find_propositions
from graph.edition.reponses import NOM as RAPPROCHEMENTS
from graph.edition.reponses import Reponses, read_reponses, write_propositions
from graph.edition.resolution import Fusions, find_fusions
from graph.errors import EditionError
from graph.messages import messages
from graph.queries import load_requete
from graph.sources.modele import EntreeSource
from graph.sources.territoires import SLUG_COG, SLUG_PAQUET
from graph.store import Store
from ontology.namespaces import EDITION, PREFIXES

Progress = Callable[[str], None]
"""Told the name of each step, and of each big source, as it begins."""

GROS: Final = 50_000_000
"""Bytes of a source that takes long enough to load for its name to be told."""

PARTIE: Final = ".partie"
"""Folder of cut sources inside an edition under construction."""


def build(
    dossier: Dossier, options: Options, progress: Progress = lambda etape: None
) -> tuple[Manifeste, bool]:
    """Build an edition and make it current.

    Returns:
        The manifest, and True when it was built, False when the current one was already it.

    Raises:
        EditionError: a source cannot be read, personal data was found, or another build is going on;
            nothing is published.
    """
    with dossier.building() as folder:
        sources = find_sources(dossier, options)
        total = fingerprint(sources, options, dossier.racine / RAPPROCHEMENTS)
        existing = _same_edition(dossier, total)
        if existing is not None and not options.force:
            dossier.use(existing.id)
            return existing, False
        manifeste = _build_in(folder, dossier, sources, options, total, progress)
        folder.rename(dossier.editions / manifeste.id)
        dossier.use(manifeste.id)
        return manifeste, True


def _same_edition(dossier: Dossier, total: str) -> Manifeste | None:
    same = (manifeste for manifeste in reversed(dossier.manifests()) if manifeste.empreinte == total)
    return next(same, None)


def _build_in(
    folder: Path,
    dossier: Dossier,
    sources: Sequence[EntreeSource],
    options: Options,
    total: str,
    progress: Progress,
) -> Manifeste:
    now = datetime.now(ZoneInfo("Europe/Paris"))
    identifiant = _name(dossier, options.jour, total, now)
    graphe = ox.NamedNode(f"{EDITION}{identifiant}")
    durees: dict[str, float] = {}

    @contextmanager
    def step(nom: str) -> Iterator[None]:
        progress(nom)
        begun = time.perf_counter()
        yield
        durees[nom] = round(time.perf_counter() - begun, 3)

    with step("lire les sources"):
        lues = [(source, _cache(dossier, source)) for source in sources]
    if options.departements:
        with step("restreindre"):
            lues = keep_part(lues, options.departements, folder / PARTIE)
    store = ox.Store(str(folder / STORE))
    with step("rapprocher"):
        reponses = read_reponses(dossier.racine, options.base_iri)
        fusions = find_fusions((fichier for _, fichier in lues), reponses.memes)
    with step("proposer des rapprochements"):
        proposes = _propose(lues, fusions, reponses, folder)
    with step("charger"):
        chargees = tuple(_load(store, lues, fusions, folder, progress))
        fusions.redirect(store, graphe)
    with step("ranger"):
        store.optimize()
    with step("dériver"):
        derived = derive(store, graphe, options.jour, folder)
        store.flush()
    with step("contrôler"):
        controles = run_controles(store)
        _refuse_personal_data(controles)
        comptes = {"énoncés dérivés": derived} | _counts(store)
    del store
    with step("cataloguer"):
        registres = [fichier for source, fichier in lues if source.registre]
        contours = read_shapes(options.paquet_contours)
        lecture = Store.open(folder / STORE)
        avant = read_drawings(dossier)
        write_annexes(folder, lecture, identifiant, registres, fusions, contours, avant)
    shutil.rmtree(folder / PARTIE, ignore_errors=True)
    manifeste = Manifeste(
        id=identifiant,
        format=FORMAT,
        creee=now.isoformat(timespec="milliseconds"),
        jour=options.jour.isoformat(),
        base_iri=options.base_iri,
        empreinte=total,
        sources=chargees,
        comptes=comptes,
        durees=durees,
        anomalies={controle.nom: controle.total for controle in controles},
        rapprochements=proposes,
        partielle=bool(options.departements)
        or not any(source.slug in {SLUG_COG, SLUG_PAQUET} for source in sources),
        departements=options.departements,
    )
    _write_about(folder, manifeste, controles)
    return manifeste


def _name(dossier: Dossier, jour: date, total: str, now: datetime) -> str:
    identifiant = f"{jour.isoformat()}-{total[:8]}"
    forced = (dossier.editions / identifiant).exists()  # same contents, another instant
    return f"{identifiant}-{now:%H%M%S}" if forced else identifiant


def _load(
    store: ox.Store,
    lues: Sequence[tuple[EntreeSource, Path]],
    fusions: Fusions,
    folder: Path,
    progress: Progress,
) -> Iterator[SourceManifeste]:
    """Load the statements of each source, with its actors merged, and count them."""
    for source, fichier in lues:
        if (octets := fichier.stat().st_size) > GROS:
            progress(messages("edition.charger", titre=source.titre, mo=octets // 1_000_000))
        with fusions.rewritten(fichier, folder) as resolu:
            enonces = load_file(store, resolu, ox.NamedNode(source.graphe))
        yield SourceManifeste(source.graphe, source.titre, source.empreinte, enonces)


def _propose(
    lues: Sequence[tuple[EntreeSource, Path]], fusions: Fusions, reponses: Reponses, folder: Path
) -> int:
    """Write the actors that may be the same, for somebody to answer, and count them."""
    origines = [Origine(fichier, source.titre, source.registre) for source, fichier in lues]
    propositions = find_propositions(origines, fusions, reponses.differents)
    write_propositions(folder / RAPPROCHEMENTS, propositions)
    return propositions.total


def _write_about(folder: Path, manifeste: Manifeste, controles: Sequence[Controle]) -> None:
    """Write what is said of an edition: to this program, to machines, to people."""
    write_manifeste(folder, manifeste)
    write_description(folder, Store.open(folder / STORE), manifeste)
    read_manifeste(folder)
    (folder / "rapport.md").write_text(format_rapport(manifeste, controles), encoding="utf-8")


def _refuse_personal_data(controles: Sequence[Controle]) -> None:
    for controle in controles:
        if controle.nom in BLOQUANTS:
            raise EditionError(
                messages("edition.donnees-personnelles", lignes=" ; ".join(controle.lignes[:3]))
            )


def _cache(dossier: Dossier, source: EntreeSource) -> Path:
    """Return the file of a source's statements, read only if it changed."""
    fichier = source.fichier or dossier.cache / f"{source.slug}-{source.empreinte[:16]}.nt"
    if source.fichier is None and not fichier.exists():
        pending = fichier.with_suffix(f".{os.getpid()}.tmp")
        with pending.open("w", encoding="utf-8", newline="\n") as flux:
            flux.writelines(source.lire())
        for old in dossier.cache.glob(f"{source.slug}-{'[0-9a-f]' * 16}.nt"):
            old.unlink()
        pending.replace(fichier)
    return fichier


def _counts(store: ox.Store) -> dict[str, int]:
    requete = load_requete("catalogue/comptes").texte
    solutions = store.query(requete, prefixes=PREFIXES)
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError("a SELECT is expected")
    rows = sorted((str(row["nom"].value), int(row["nombre"].value)) for row in solutions)
    return dict(rows)
