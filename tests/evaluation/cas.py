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


def load_cas() -> list[Cas]:
    """Read the cases of every document."""
    return [_cas(entree, source) for source, entree in _entrees("cas")]


def load_monographies() -> list[Monographie]:
    """Read the anonymous actions."""
    return [Monographie(source=source, **_tuples(entree)) for source, entree in _entrees("monographie")]


def load_phrases() -> list[Phrase]:
    """Read the sentences, then the problems of the monographs told in an association's words."""
    entrees = tomllib.loads((ICI / "phrases.toml").read_text(encoding="utf-8"))["phrase"]
    return [Phrase(**_tuples(entree)) for entree in entrees] + [
        Phrase(m.code, m.texte, m.entendus, m.document) for m in load_monographies()
    ]


def _entrees(table: str) -> list[tuple[str, dict[str, Any]]]:
    documents = [tomllib.loads(p.read_text(encoding="utf-8")) for p in sorted((ICI / "cas").glob("*.toml"))]
    return [(document["source"], entree) for document in documents for entree in document.get(table, ())]


def _cas(entree: dict[str, Any], source: str) -> Cas:
    champs = _tuples(entree)
    demande = champs.pop("demande")
    jour = date.fromisoformat(demande.pop("date")) if "date" in demande else JOUR
    attendus = champs["attendus"]
    champs.setdefault("premiers", attendus[0] if attendus else ())
    return Cas(source=source, saisie=Saisie(jour=jour, **demande), **champs)


def _tuples(entree: dict[str, Any]) -> dict[str, Any]:
    return {cle: _tuple(valeur) for cle, valeur in entree.items()}


def _tuple(valeur: Any) -> Any:
    if isinstance(valeur, list):
        return tuple(_tuple(item) for item in valeur)
    return _tuples(valeur) if isinstance(valeur, dict) else valeur
