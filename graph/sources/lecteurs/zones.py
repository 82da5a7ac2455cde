"""Areas as data·inclusion codes them: commune, departement, EPCI, country or the whole of France."""

import ast
import csv
import json
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

from graph.errors import DemandeInvalideError
from graph.messages import messages
from graph.sources.atelier import Atelier
from graph.sources.bilan import LigneRefusee

FRANCE: Final = frozenset({"france", "99100"})
_COMMUNE: Final = re.compile(r"[0-9][0-9AB][0-9]{3}\Z", re.ASCII)
_DEPARTEMENT: Final = re.compile(r"[0-9][0-9AB][0-9]?\Z", re.ASCII)
_EPCI: Final = re.compile(r"2[0-9]{8}\Z", re.ASCII)
_PAYS: Final = re.compile(r"99[0-5][0-9]{2}\Z", re.ASCII)
LISTE_MAX: Final = 40_000
"""Items of a list at most: there are 35 000 communes."""


def read_list(texte: str) -> tuple[str, ...]:
    """Return the items of a list, written as JSON, as Python (what pandas leaves in a CSV), or alone."""
    if not texte.startswith(("[", "{", "(")):
        return (texte,) if texte and texte.lower() not in ("nan", "none", "null") else ()
    try:
        items = json.loads(texte)
    except (ValueError, RecursionError):
        try:
            items = ast.literal_eval(texte)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return ()
    if not isinstance(items, list | tuple | set):
        return ()
    found = (str(item).strip() for item in list(items)[:LISTE_MAX] if isinstance(item, str | int))
    return tuple(dict.fromkeys(item for item in found if item))


def territories(atelier: Atelier, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the terms of the territories that codes name; an unknown code is left out with a doubt."""
    slugs = dict[str, None]()
    for code in codes:
        slug = _slug(atelier, code.lower() if code.lower() in FRANCE else code.upper())
        if slug is None:
            atelier.bilan.avertissements[messages("import.data-inclusion.zone-inconnue")] += 1
        else:
            slugs[slug] = None
    return tuple(atelier.thing("territoire", slug) for slug in slugs)


def _slug(atelier: Atelier, code: str) -> str | None:
    if code in FRANCE:
        return "national"
    if _DEPARTEMENT.match(code):
        return f"departement-{code}" if code in departements() else None
    if _PAYS.match(code) or not (_EPCI.match(code) or _COMMUNE.match(code)):
        return None
    try:
        if _EPCI.match(code):
            return f"epci-{atelier.epci('zone_eligibilite', code)}"
        return f"commune-{atelier.commune('zone_eligibilite', code)}"
    except LigneRefusee:
        return None


@cache
def departements() -> frozenset[str]:
    """Return the codes of today's departements."""
    texte = (files("graph") / "territoires" / "departements.csv").read_text(encoding="utf-8")
    return frozenset(row["code"] for row in csv.DictReader(texte.splitlines()))


def read_departements(codes: Iterable[str]) -> frozenset[str]:
    """Return the codes of departements that a person typed: ``14``, ``1``, ``2a``, ``departement:14``.

    Raises:
        DemandeInvalideError: one of them is not a departement.
    """
    found = {code: code.strip().upper().removeprefix("DEPARTEMENT:").zfill(2) for code in codes}
    for typed, code in found.items():
        if code not in departements():
            texte = messages("import.departement-inconnu", code=typed[:40])
            raise DemandeInvalideError("departement", texte)
    return frozenset(found.values())
