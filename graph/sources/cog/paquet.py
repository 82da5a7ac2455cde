"""The npm package ``@etalab/decoupage-administratif`` as the rows of INSEE's own tables."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from graph.messages import messages
from graph.sources.cog.tables import Tables
from graph.sources.tableau import FichierRefuseError, Ligne

JSON_MAX: Final = 100 << 20
_TYPES: Final = {
    "commune-actuelle": "COM",
    "arrondissement-municipal": "ARM",
    "commune-deleguee": "COMD",
    "commune-associee": "COMA",
}


def find_paquet(fichier: Path) -> Path | None:
    """Return the folder of the package's data, given it or the package; None for anything else."""
    return next((f for f in (fichier, fichier / "data") if (f / "communes.json").is_file()), None)


def read_paquet(paquet: Path) -> Iterator[tuple[str, Sequence[str], Iterator[Ligne]]]:
    """Yield each table of the package: its name, its columns, its rows.

    Raises:
        FichierRefuseError: a file is not the JSON expected.
    """
    yield "communes.json", ("typecom", "com", "dep", "arr", "libelle", "comparent"), _communes(paquet)
    if (paquet / "epci.json").is_file():
        yield "epci.json", ("siren", "raison_sociale", "insee"), _members(paquet)
    if (paquet / "arrondissements.json").is_file():
        yield "arrondissements.json", ("arr", "dep", "libelle"), _arrondissements(paquet)


def complete(paquet: Path, tables: Tables) -> None:
    """Take from the package what no file of INSEE has: postal codes; and what the files given lack."""
    for code, fiche in _today(paquet):
        _take_postaux(code, fiche, tables)
        population = fiche.get("population")
        if isinstance(population, int) and "populations" not in tables.genres:
            tables.populations.setdefault(code, population)
        if "mouvements" not in tables.genres:
            anciens = fiche.get("anciensCodes")
            tables.anciens |= dict.fromkeys(map(str, anciens), code) if isinstance(anciens, list) else {}


def complete_postaux(paquet: Path, tables: Tables) -> None:
    """Take from the package its postal codes alone, which no file of INSEE has."""
    for code, fiche in _today(paquet):
        _take_postaux(code, fiche, tables)


def _today(paquet: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for fiche in _read(paquet / "communes.json"):
        if fiche.get("type") == "commune-actuelle":
            yield _text(fiche, "code"), fiche


def _take_postaux(code: str, fiche: dict[str, Any], tables: Tables) -> None:
    postaux = fiche.get("codesPostaux")
    if isinstance(postaux, list) and all(isinstance(code_postal, str) for code_postal in postaux):
        tables.postaux.setdefault(code, tuple(postaux))


def _read(fichier: Path) -> list[dict[str, Any]]:
    try:
        if fichier.stat().st_size > JSON_MAX:
            raise FichierRefuseError(messages("import.bombe", fichier=fichier.name))
        fiches = json.loads(fichier.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise FichierRefuseError(messages("import.cog.paquet-casse", fichier=fichier.name)) from None
    if not isinstance(fiches, list) or not all(isinstance(fiche, dict) for fiche in fiches):
        raise FichierRefuseError(messages("import.cog.paquet-casse", fichier=fichier.name))
    return fiches


def _text(fiche: dict[str, Any], cle: str) -> str:
    valeur = fiche.get(cle)
    return valeur if isinstance(valeur, str) else ""


def _communes(paquet: Path) -> Iterator[Ligne]:
    for numero, fiche in enumerate(_read(paquet / "communes.json"), 1):
        cells = {
            "typecom": _TYPES.get(_text(fiche, "type"), _text(fiche, "type")),
            "com": _text(fiche, "code"),
            "dep": _text(fiche, "departement"),
            "arr": _text(fiche, "arrondissement"),
            "libelle": _text(fiche, "nom"),
            "comparent": _text(fiche, "chefLieu") or _text(fiche, "commune"),
        }
        yield Ligne(numero, cells)


def _members(paquet: Path) -> Iterator[Ligne]:
    numero = 0
    for fiche in _read(paquet / "epci.json"):
        membres = fiche.get("membres")
        for membre in membres if isinstance(membres, list) else ():
            numero += 1
            insee = _text(membre, "code") if isinstance(membre, dict) else ""
            cells = {"siren": _text(fiche, "code"), "raison_sociale": _text(fiche, "nom"), "insee": insee}
            yield Ligne(numero, cells)


def _arrondissements(paquet: Path) -> Iterator[Ligne]:
    for numero, fiche in enumerate(_read(paquet / "arrondissements.json"), 1):
        cells = {
            "arr": _text(fiche, "code"),
            "dep": _text(fiche, "departement"),
            "libelle": _text(fiche, "nom"),
        }
        yield Ligne(numero, cells)
