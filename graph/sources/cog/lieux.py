"""Communes and EPCI read back from an import of the geographic codes, for the readers of other files."""

from pathlib import Path
from typing import Final

from graph.sources.atelier import Lieux
from graph.sources.ntriples import iri
from ontology.namespaces import IGEO, MAI

_ANCIEN: Final = iri(f"{MAI}ancienCode")
_DANS: Final = iri(f"{IGEO}subdivisionDirecteDe")


def read_lieux(enonces: Path) -> Lieux:
    """Read communes and EPCI back from the statements of an import: ours, so that their form is known."""
    parts: dict[str, str] = {}
    departements: dict[str, str] = {}
    epci: set[str] = set()
    with enonces.open(encoding="utf-8") as flux:
        for line in flux:
            sujet, propriete, objet = [*line.split(" ", 2), "", ""][:3]
            slug = sujet.rsplit("/", 1)[-1].rstrip(">")
            segment, _, code = slug.rpartition("-")
            if propriete == _ANCIEN and segment == "commune":
                parts[objet.split('"')[1]] = code
            elif propriete == _DANS:
                contenant = objet.split(">")[0].rsplit("/", 1)[-1]
                if segment == "epci":
                    epci.add(code)
                elif segment == "commune" and contenant.startswith("departement-"):
                    departements[code] = contenant.removeprefix("departement-")
                elif contenant.startswith("commune-"):
                    parts.setdefault(code, contenant.removeprefix("commune-"))
    return Lieux(parts | {code: code for code in departements}, departements, frozenset(epci))
