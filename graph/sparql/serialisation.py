"""Answers written by the engine's own serialisers, and stopped at a number of rows or of bytes.

Rows are first written as TSV, the one format where a line is a row whatever the values hold: it can
be cut between any two lines. The other formats are made from it, so that a cut answer is still a
whole document. Triples are cut as they are handed to the serialiser.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from graph.sparql.formats import Format

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_TABLEAUX: Final = {
    Format.JSON: ox.QueryResultsFormat.JSON,
    Format.XML: ox.QueryResultsFormat.XML,
    Format.CSV: ox.QueryResultsFormat.CSV,
    Format.TSV: ox.QueryResultsFormat.TSV,
}
_GRAPHES: Final = {
    Format.TTL: ox.RdfFormat.TURTLE,
    Format.NT: ox.RdfFormat.N_TRIPLES,
    Format.RDF: ox.RdfFormat.RDF_XML,
    Format.JSONLD: ox.RdfFormat.STREAMING_JSON_LD,
    Format.TRIG: ox.RdfFormat.TRIG,
    Format.NQ: ox.RdfFormat.N_QUADS,
}
_MARGE: Final = 0.9


class FormatImpossibleError(Exception):
    """The format asked for cannot hold this kind of answer."""


@dataclass(frozen=True, slots=True)
class Bornes:
    """How much an answer may hold."""

    lignes: int
    octets: int


@dataclass(frozen=True, slots=True)
class Ecrit:
    """An answer, written: a whole document even when rows were left out."""

    corps: bytes
    lignes: int | None
    tronque: bool


def write_answer(
    answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
    format_: Format,
    bornes: Bornes,
    prefixes: dict[str, str],
) -> Ecrit:
    """Write an answer in a format, within bounds.

    Raises:
        FormatImpossibleError: rows asked as a graph, or a graph as rows.
    """
    if isinstance(answer, ox.QueryTriples):
        if format_ not in _GRAPHES:
            raise FormatImpossibleError
        return write_triples(answer, format_, bornes, prefixes)
    if format_ not in _TABLEAUX:
        raise FormatImpossibleError
    if isinstance(answer, ox.QueryBoolean):
        return Ecrit(answer.serialize(format=_TABLEAUX[format_]) or b"", None, tronque=False)
    return _write_rows(answer, _TABLEAUX[format_], bornes)


class _Full(Exception):  # noqa: N818 — a way out of the serialiser, not an error
    pass


class _Lines(io.BytesIO):
    """Where TSV is written: refuses to go on once it holds more than the bounds."""

    def __init__(self, bornes: Bornes) -> None:
        super().__init__()
        self._bornes = bornes
        self._ends = 0
        self._full = False

    def write(self, morceau: "ReadableBuffer", /) -> int:
        if self._full:  # the serialiser offers again what was refused when it gives up
            raise _Full
        written = super().write(morceau)
        self._ends += bytes(morceau).count(b"\n")
        self._full = self._ends - 1 > self._bornes.lignes or self.tell() > self._bornes.octets
        if self._full:
            raise _Full
        return written


def _write_rows(solutions: ox.QuerySolutions, format_: ox.QueryResultsFormat, bornes: Bornes) -> Ecrit:
    lines = _Lines(bornes)
    try:
        solutions.serialize(lines, format=ox.QueryResultsFormat.TSV)
        tronque = False
    except _Full:
        tronque = True
    rows = lines.getvalue().split(b"\n")
    header, rows = rows[0], rows[1:-1]  # what follows the last line end is no whole row
    rows = rows[: bornes.lignes]
    while True:
        corps = _tsv(header, rows)
        if format_ != ox.QueryResultsFormat.TSV:
            reread = ox.parse_query_results(corps, ox.QueryResultsFormat.TSV)
            corps = reread.serialize(format=format_) or b""
        if len(corps) <= bornes.octets or not rows:
            return Ecrit(corps, len(rows), tronque)
        tronque = True
        rows = rows[: int(len(rows) * bornes.octets / len(corps) * _MARGE)]


def _tsv(header: bytes, rows: list[bytes]) -> bytes:
    return b"\n".join((header, *rows, b""))


def write_triples(
    triples: Iterable[ox.Triple], format_: Format, bornes: Bornes, prefixes: dict[str, str]
) -> Ecrit:
    """Write a graph in a format of graphs, each statement once, within bounds.

    Raises:
        FormatImpossibleError: the format cannot hold it.
    """
    sortie = io.BytesIO()
    written: set[ox.Triple] = set()  # the engine repeats what several graphs say
    tronque = False

    def within() -> Iterator[ox.Triple]:
        nonlocal tronque
        for triple in triples:
            if triple in written:
                continue
            if len(written) >= bornes.lignes or sortie.tell() >= bornes.octets:
                tronque = True
                return
            written.add(triple)
            yield triple

    try:
        ox.serialize(within(), sortie, _GRAPHES[format_], prefixes=prefixes)
    except OSError:  # JSON-LD has no triple terms
        raise FormatImpossibleError from None
    return Ecrit(sortie.getvalue(), len(written), tronque)


def write_graph(triples: Iterable[ox.Triple], format_: Format, prefixes: dict[str, str]) -> bytes:
    """Write statements of our own, unbounded, in a format of graphs."""
    return ox.serialize(triples, format=_GRAPHES[format_], prefixes=prefixes) or b""
