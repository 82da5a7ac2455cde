"""Cases: what a careful reader of a document expects, as data beside this file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from graph.orientation import Saisie

ICI = Path(__file__).parent
JOUR = date(2026, 11, 20)
"""The day of a request that names none, so that the figures do not change with the calendar."""

Groupes = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Cas:
    """A situation, the request it makes, and what must be in the answer; actors are slugs."""

    code: str
    situation: str
    saisie: Saisie
    attendus: Groupes
    """Expected actors, best group first; those of one group are equally good. Empty: nobody is expected."""
    document: str
    """The sentence that says so, word for word."""
    source: str
    serie: int
    """2 for those written after the faults that the first series showed were known."""
    premiers: tuple[str, ...]
    """Who may come first: the first group, unless the case says otherwise."""
    pas_premier: tuple[str, ...] = ()
    absents: tuple[str, ...] = ()
    """Who must not be in the answer at all."""
    egaux: bool = False
    """The text leaves the actors of a group equal: it says nothing of their order."""
    repli: str | None = None
    """``oui`` (nobody competent near), or the level where somebody is; None: the case does not say."""
    entrees: tuple[str, ...] = ()
    """Steps of the path where one may begin."""
    parcours: Mapping[str, tuple[str, ...]] | None = None
    """Actors expected at a step of the path."""
    sans_etape: tuple[str, ...] = ()
    """Steps that are absent, or said to be closed to this association."""
    combinaison: tuple[str, ...] = ()
    """The only actors that the combination may hold (one at least)."""
    non_couverts: tuple[str, ...] | None = None
    """Needs that nobody meets; None: the case does not say."""
    consultables: tuple[str, ...] = ()
    """Consultants that the DLA could consult, expected among those proposed."""
    note: str = ""
    hypothese: str = ""
    """What the case adds to the document (a place, when the document is anonymous)."""


@dataclass(frozen=True, slots=True)
class Monographie:
    """An anonymous action: its needs and type of response, and its problem in an association's words."""

    code: str
    type_reponse: str
    besoins: tuple[str, ...]
    texte: str
    entendus: tuple[str, ...]
    document: str
    source: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of a volunteer and the needs expected among the first three proposed."""

    code: str
    texte: str
    attendus: tuple[str, ...]
    document: str
    serie: int = 1


def load_cas() -> list[Cas]:
    """Read the cases of every document."""
    return [_cas(entree) for entree in _entrees("cas")]


def load_monographies() -> list[Monographie]:
    """Read the anonymous actions."""
    return [Monographie(**_tuples(entree)) for entree in _entrees("monographie")]


def load_phrases() -> list[Phrase]:
    """Read the sentences, then the problems of the monographs told in an association's words."""
    files = [tomllib.loads(p.read_text(encoding="utf-8")) for p in sorted(ICI.glob("phrases*.toml"))]
    phrases = [Phrase(serie=f.get("serie", 1), **_tuples(entree)) for f in files for entree in f["phrase"]]
    return phrases + [Phrase(m.code, m.texte, m.entendus, m.document) for m in load_monographies()]


def _entrees(table: str) -> list[dict[str, Any]]:
    files = [tomllib.loads(p.read_text(encoding="utf-8")) for p in sorted((ICI / "cas").glob("*.toml"))]
    heads = [
        {"source": f["source"]} | ({"serie": f.get("serie", 1)} if table == "cas" else {}) for f in files
    ]
    return [head | entree for head, f in zip(heads, files, strict=True) for entree in f.get(table, ())]


def _cas(entree: dict[str, Any]) -> Cas:
    champs = _tuples(entree)
    demande = champs.pop("demande")
    jour = date.fromisoformat(demande.pop("date")) if "date" in demande else JOUR
    attendus = champs["attendus"]
    champs.setdefault("premiers", attendus[0] if attendus else ())
    return Cas(saisie=Saisie(jour=jour, **demande), **champs)


def _tuples(entree: dict[str, Any]) -> dict[str, Any]:
    return {cle: _tuple(valeur) for cle, valeur in entree.items()}


def _tuple(valeur: Any) -> Any:
    if isinstance(valeur, list):
        return tuple(_tuple(item) for item in valeur)
    return _tuples(valeur) if isinstance(valeur, dict) else valeur
