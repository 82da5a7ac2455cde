"""Codes of the vocabularies a workbook may use, found by code or by French name."""

import csv
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import pyoxigraph as ox

from graph.messages import messages
from graph.sources.bilan import LigneRefusee
from graph.texte import fold
from ontology.loading import list_files
from ontology.namespaces import PREFIXES

_NOTATION: Final = PREFIXES["skos"] + "notation"
_LABELS: Final = (PREFIXES["skos"] + "prefLabel", PREFIXES["skos"] + "altLabel")


@cache
def find_codes(schema: str) -> Mapping[str, str]:
    """Return the codes of a vocabulary with their French names, in the order of its file."""
    codes, names = {}, {}
    for sujet, propriete, valeur, langue in _literals(schema):
        if propriete == _NOTATION:
            codes[sujet] = valeur
        elif propriete == _LABELS[0] and langue == "fr":
            names[sujet] = valeur
    return {code: names.get(sujet, code) for sujet, code in codes.items()}


@cache
def _names(schema: str) -> Mapping[str, str]:
    """Return the code of each folded French name; names that two concepts share are left out."""
    codes = {s: valeur for s, propriete, valeur, _ in _literals(schema) if propriete == _NOTATION}
    found: dict[str, set[str]] = {}
    for sujet, propriete, valeur, langue in _literals(schema):
        if propriete in _LABELS and langue == "fr" and sujet in codes:
            found.setdefault(fold(valeur), set()).add(codes[sujet])
    return {nom: min(same) for nom, same in found.items() if len(same) == 1}


@cache
def _literals(schema: str) -> tuple[tuple[str, str, str, str], ...]:
    (entry,) = (entry for entry in list_files("schemes") if entry.name == f"{schema}.ttl")
    found = ox.parse(entry.read_bytes(), format=ox.RdfFormat.TURTLE)
    return tuple(
        (quad.subject.value, quad.predicate.value, quad.object.value, quad.object.language or "")
        for quad in found
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
    )


@lru_cache(maxsize=4096)
def code_or_none(schema: str, valeur: str) -> str | None:
    """Return the code a cell names by its code or its French name; None when there is none."""
    codes = find_codes(schema)
    by_code = fold(valeur).replace(" ", "-")
    return by_code if by_code in codes else _names(schema).get(fold(valeur))


def find_code(schema: str, colonne: str, valeur: str) -> str:
    """Return the code a cell names.

    Raises:
        LigneRefusee: no such code; the closest one is proposed.
    """
    found = code_or_none(schema, valeur)
    if found is None:
        raise LigneRefusee(colonne, valeur, _say_unknown(valeur, find_codes(schema), schema))
    return found


def find_choice(choix: tuple[str, ...], colonne: str, valeur: str) -> str:
    """Return the value of a closed list that a cell names, whatever its capitals, accents and hyphens.

    Raises:
        LigneRefusee: not in the list; the closest one is proposed.
    """
    found = {fold(nom).replace(" ", ""): nom for nom in choix}.get(fold(valeur).replace(" ", ""))
    if found is None:
        raise LigneRefusee(colonne, valeur, _say_unknown(valeur, dict.fromkeys(choix, ""), ""))
    return found


def _say_unknown(valeur: str, codes: Mapping[str, str], schema: str) -> str:
    close = get_close_matches(fold(valeur[:80]).replace(" ", "-"), codes, n=1)
    proposal = messages("import.classeur.proposition", code=close[0]) if close else ""
    cle = "code-inconnu" if schema else "valeur-inconnue"
    told = {"vocabulaire": schema, "liste": ", ".join(() if schema else codes), "proposition": proposal}
    return messages(f"import.classeur.{cle}", **told)


@cache
def find_places() -> Mapping[str, str]:
    """Return the region of each departement, by code; empty for the overseas collectivities."""
    return {row["code"]: row["region"] for row in _rows("departements.csv")}


@cache
def find_regions() -> frozenset[str]:
    """Return the codes of regions, those of 1982 written ``25-1982``."""
    former = (f"{row['code']}-1982" for row in _rows("anciennes-regions.csv"))
    return frozenset([*(row["code"] for row in _rows("regions.csv")), *former])


def _rows(nom: str) -> list[dict[str, str]]:
    texte = (files("graph") / "territoires" / nom).read_text(encoding="utf-8")
    return list(csv.DictReader(texte.splitlines()))
