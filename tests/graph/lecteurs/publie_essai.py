"""Imports of published files for tests: counts, statements, shapes, an edition."""

from datetime import date
from pathlib import Path

import pytest
from rdflib import Graph

from graph.edition.composition import Options
from graph.edition.construction import build
from graph.edition.dossier import Dossier
from graph.sources.atelier import Lieux, OptionsImport
from graph.sources.changements import Changements
from graph.sources.importation import ENONCES, REJETS, Resultat, import_files
from graph.sources.tableau import FichierRefuseError
from ontology.validation import Violation, validate

ECHANTILLONS = Path(__file__).resolve().parents[4] / "shared" / "reference" / "samples"
RIEN = Changements()


def echantillon(nom: str) -> Path:
    """Return a reference sample, or skip where they are not at hand."""
    fichier = ECHANTILLONS / nom
    if not fichier.is_file():
        pytest.skip(f"reference sample {nom} is not here")
    return fichier


def importe(
    racine: Path, kind: str, *fichiers: Path, lieux: Lieux | None = None, **options: object
) -> Resultat:
    """Import files; every count must close."""
    choix = OptionsImport(**options)  # type: ignore[arg-type]
    resultat = import_files(racine, kind, fichiers, choix, lieux or Lieux())
    assert resultat.bilan.ferme, resultat.bilan
    return resultat


def enonces(resultat: Resultat) -> str:
    """Return the statements of an import."""
    assert resultat.folder is not None
    return (resultat.folder / ENONCES).read_text(encoding="utf-8")


def rejets(resultat: Resultat) -> list[str]:
    """Return the refused rows of an import."""
    assert resultat.folder is not None
    return (resultat.folder / REJETS).read_text(encoding="utf-8-sig").splitlines()[1:]


def ecarts(resultat: Resultat) -> tuple[Violation, ...]:
    """Return what the shapes refuse in an import."""
    return validate(Graph().parse(data=enonces(resultat), format="nt"), corpus=True).violations


def anomalies(racine: Path) -> dict[str, int]:
    """Build an edition with the imports of a folder and return what its checks find."""
    manifeste, _ = build(Dossier(racine), Options(jour=date(2026, 11, 20)))
    return dict(manifeste.anomalies)


def survit(racine: Path, kind: str, octets: bytes, nom: str = "essai.csv") -> None:
    """Import any bytes: the file is refused in French, or read with counts that close."""
    fichier = racine / nom
    fichier.write_bytes(octets)
    try:
        resultat = importe(racine / "var", kind, fichier)
    except FichierRefuseError as refus:
        assert str(refus).endswith(".")
        return
    Graph().parse(data=enonces(resultat), format="nt")
