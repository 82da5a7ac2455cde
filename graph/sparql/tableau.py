"""An answer read back as rows of terms, for a page to show."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pyoxigraph as ox

from graph.sparql.formats import Format, Forme
from graph.sparql.pool import ResultatSparql

Genre = Literal["iri", "litteral", "anonyme", "triplet"]
_GENRES: dict[str, Genre] = {"uri": "iri", "bnode": "anonyme", "literal": "litteral", "triple": "triplet"}


@dataclass(frozen=True, slots=True)
class Terme:
    """A value of a cell."""

    genre: Genre
    valeur: str
    langue: str = ""


@dataclass(frozen=True, slots=True)
class Tableau:
    """Rows of terms; ``booleen`` is the answer to an ASK, which has no rows."""

    colonnes: tuple[str, ...]
    lignes: tuple[tuple[Terme | None, ...], ...]
    booleen: bool | None = None


def format_of_tableau(forme: Forme | None) -> Format:
    """Return the format that :func:`read_tableau` reads for a form of query."""
    return Format.NT if forme in (Forme.CONSTRUCT, Forme.DESCRIBE) else Format.JSON


def read_tableau(resultat: ResultatSparql) -> Tableau:
    """Read the rows of an answer asked in the format of :func:`format_of_tableau`.

    A graph is shown as three columns named as in Turtle's grammar.
    """
    if resultat.forme in (Forme.CONSTRUCT, Forme.DESCRIBE):
        return Tableau(("sujet", "prédicat", "objet"), tuple(_read_triples(resultat.corps)))
    document: dict[str, Any] = json.loads(resultat.corps)
    if "boolean" in document:
        return Tableau((), (), bool(document["boolean"]))
    colonnes = tuple(document["head"]["vars"])
    rows = (tuple(_read_term(row.get(nom)) for nom in colonnes) for row in document["results"]["bindings"])
    return Tableau(colonnes, tuple(rows))


def _read_triples(corps: bytes) -> Iterator[tuple[Terme, ...]]:
    for quad in ox.parse(corps, ox.RdfFormat.N_TRIPLES):
        yield tuple(_term_of(terme) for terme in (quad.subject, quad.predicate, quad.object))


def _term_of(terme: object) -> Terme:
    match terme:
        case ox.NamedNode():
            return Terme("iri", terme.value)
        case ox.BlankNode():
            return Terme("anonyme", f"_:{terme.value}")
        case ox.Literal():
            return Terme("litteral", terme.value, terme.language or "")
        case _:
            return Terme("triplet", str(terme))


def _read_term(cell: dict[str, Any] | None) -> Terme | None:
    if cell is None:
        return None
    genre = _GENRES.get(cell["type"], "litteral")
    if genre == "triplet":
        parts = (_read_term(cell["value"][part]) for part in ("subject", "predicate", "object"))
        return Terme(genre, " ".join(part.valeur for part in parts if part is not None))
    valeur = f"_:{cell['value']}" if genre == "anonyme" else str(cell["value"])
    return Terme(genre, valeur, cell.get("xml:lang", ""))
