"""``maillage import`` and ``maillage check``: files people have, to a source of the data folder.

An import works in a temporary folder and ends with one rename: what was there stays until the new one is
whole. A source folder holds its statements, its description, its refused rows and a report to read.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from graph.catalogue.modele import Iri
from graph.errors import EditionError
from graph.messages import messages
from graph.sources.atelier import Atelier, Lieux, OptionsImport
from graph.sources.avancement import followed
from graph.sources.bilan import Bilan
from graph.sources.changements import FIN_DE_CHOSE, Changements, Empreintes, read_empreintes, say_changes
from graph.sources.modele import EntreeSource
from graph.sources.ntriples import iri
from graph.sources.registre import Lecteur, find_lecteur
from ontology.namespaces import MAI, PREFIXES

ENONCES: Final = "enonces.nt"
FICHE: Final = "source.json"
REJETS: Final = "rejets.csv"
RAPPORT: Final = "rapport.md"

Progress = Callable[[int, float], None]
"""Told the rows read so far and the share of the files' bytes (0 to 1; 0 where it is not known)."""


@dataclass(frozen=True, slots=True)
class FicheSource:
    """What an import says of itself: ``source.json``."""

    kind: str
    graphe: Iri
    titre: str
    sha256: str
    """Of the statements: equal means that nothing changed."""
    base_iri: str
    importee: str
    fichiers: tuple[str, ...]
    lus: int
    pris: int
    rejetes: int
    filtres: int


@dataclass(frozen=True, slots=True)
class Resultat:
    """What an import did, or would do."""

    fiche: FicheSource
    bilan: Bilan
    changements: Changements
    folder: Path | None
    """Where it is, None for a check."""


def import_files(
    racine: Path,
    kind: str,
    fichiers: Sequence[Path],
    options: OptionsImport,
    lieux: Lieux,
    progress: Progress = lambda lus, part: None,
    check_only: bool = False,
) -> Resultat:
    """Read files into a source of the data folder (``<racine>/sources/<slug>``).

    Args:
        racine: the data folder.
        kind: what the files are (``maillage import --help`` lists them).
        fichiers: the files.
        options: filters and base IRI.
        lieux: the communes known.
        progress: told how far it is.
        check_only: count and say, write nothing.

    Raises:
        MaillageError: unknown kind, or a whole file that cannot be read; nothing is written.
    """
    lecteur = find_lecteur(kind)
    slug = lecteur.slug(fichiers)
    target = racine / "sources" / slug
    pending = target.with_name(f".{slug}-{os.getpid()}")
    try:
        if not check_only:
            pending.mkdir(parents=True)
        atelier = Atelier(kind, slug, options, Bilan(), lieux)
        fiche, seen = _read_all(lecteur, atelier, fichiers, None if check_only else pending, progress)
        changes = seen.compare(read_empreintes(target / ENONCES, atelier.graphe))
        if not check_only:
            _publish(pending, target, fiche, atelier.bilan, changes)
    except OSError:
        raise EditionError(messages("edition.dossier-interdit")) from None
    finally:
        shutil.rmtree(pending, ignore_errors=True)
    return Resultat(fiche, atelier.bilan, changes, None if check_only else target)


def _read_all(
    lecteur: Lecteur, atelier: Atelier, fichiers: Sequence[Path], pending: Path | None, progress: Progress
) -> tuple[FicheSource, Empreintes]:
    seen, somme, titre = Empreintes(atelier.graphe), hashlib.sha256(), lecteur.name(fichiers)
    sortie = (pending / ENONCES).open("wb", buffering=1 << 20) if pending else nullcontext()
    rejets = (pending / REJETS).open("w", encoding="utf-8-sig", newline="") if pending else nullcontext()
    bilan = atelier.bilan
    following = followed(fichiers, lambda part: progress(bilan.lus, part))
    with sortie as enonces, rejets as refuses, following as suivi:
        if refuses is not None:
            bilan.open(refuses)
        for group in _groups(lecteur, atelier, fichiers, titre):
            octets = "".join(group).encode()
            somme.update(seen.add(octets))
            if enonces is not None:
                enonces.write(octets + FIN_DE_CHOSE)
            if bilan.lus % 5000 == 0:
                progress(bilan.lus, suivi.part)
    fiche = FicheSource(
        kind=lecteur.kind,
        graphe=atelier.graphe,
        titre=titre,
        sha256=somme.hexdigest(),
        base_iri=atelier.options.base_iri,
        importee=datetime.now(ZoneInfo("Europe/Paris")).isoformat(timespec="seconds"),
        fichiers=tuple(fichier.name for fichier in fichiers),
        lus=bilan.lus,
        pris=bilan.pris,
        rejetes=bilan.rejetes,
        filtres=bilan.filtres.total(),
    )
    return fiche, seen


def _groups(
    lecteur: Lecteur, atelier: Atelier, fichiers: Sequence[Path], titre: str
) -> Iterator[Sequence[str]]:
    """Yield the statements thing by thing; the description of the source first."""
    yield list(_describe(lecteur, atelier, titre))
    yield from lecteur.lire(fichiers, atelier)


def _describe(lecteur: Lecteur, atelier: Atelier, titre: str) -> Iterator[str]:
    sujet = iri(atelier.graphe)
    yield atelier.triple(sujet, "a", iri(PREFIXES["prov"] + "Entity"))
    if lecteur.registre:
        yield atelier.triple(sujet, "a", iri(f"{MAI}Registre"))
    yield atelier.triple(sujet, "dcterms:title", atelier.text(titre))
    yield atelier.triple(sujet, "dcterms:publisher", atelier.text(lecteur.editeur))
    if lecteur.licence:
        yield atelier.triple(sujet, "dcterms:license", iri(lecteur.licence))


def _publish(pending: Path, target: Path, fiche: FicheSource, bilan: Bilan, changes: Changements) -> None:
    (pending / FICHE).write_text(
        json.dumps(asdict(fiche), ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    rapport = "\n".join(f"- {line}" for line in [*bilan.lines(), *say_changes(changes)])
    (pending / RAPPORT).write_text(f"# {fiche.titre}\n\n{rapport}\n", encoding="utf-8")
    old = target.with_name(f".{target.name}-{os.getpid()}-ancien")
    if target.exists():
        target.rename(old)
    pending.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def find_imports(racine: Path, base_iri: str) -> list[EntreeSource]:
    """Return the sources imported in a data folder, ready for a build.

    Raises:
        EditionError: one was imported for another base IRI.
    """
    found = []
    for folder in sorted((racine / "sources").glob("[!.]*")):
        try:
            fiche = json.loads((folder / FICHE).read_text(encoding="utf-8"))
            entry = EntreeSource(
                fiche["graphe"],
                fiche["titre"],
                fiche["sha256"],
                lambda: iter(()),
                folder / ENONCES,
                find_lecteur(fiche["kind"]).registre,
            )
            other = fiche["base_iri"] != base_iri
        except (OSError, ValueError, KeyError):
            raise EditionError(messages("import.source-cassee", source=folder.name)) from None
        if other:
            raise EditionError(messages("import.autre-base", source=folder.name))
        found.append(entry)
    return found
