"""The formats an answer can be written in, and which of them fit which form of query."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Forme(StrEnum):
    """The four forms of a query."""

    SELECT = "select"
    ASK = "ask"
    CONSTRUCT = "construct"
    DESCRIBE = "describe"


class Format(StrEnum):
    """A format, by the short name used in ``?format=`` and as a file suffix."""

    JSON = "json"
    XML = "xml"
    CSV = "csv"
    TSV = "tsv"
    TTL = "ttl"
    NT = "nt"
    RDF = "rdf"
    JSONLD = "jsonld"
    TRIG = "trig"
    NQ = "nq"

    @property
    def type_media(self) -> str:
        """The media type of an answer in this format."""
        return _MEDIAS[self].nom

    @property
    def est_tableau(self) -> bool:
        """True for the formats of SELECT and ASK, False for those of a graph."""
        return self in TABLEAUX


@dataclass(frozen=True, slots=True)
class _Media:
    nom: str
    alias: tuple[str, ...] = ()
    """Looser names that clients ask for; the answer is labelled with ``nom`` all the same."""


_MEDIAS: Final[Mapping[Format, _Media]] = {
    Format.JSON: _Media("application/sparql-results+json", ("application/json",)),
    Format.XML: _Media("application/sparql-results+xml", ("application/xml", "text/xml")),
    Format.CSV: _Media("text/csv"),
    Format.TSV: _Media("text/tab-separated-values"),
    Format.TTL: _Media("text/turtle", ("application/x-turtle",)),
    Format.NT: _Media("application/n-triples"),
    Format.RDF: _Media("application/rdf+xml", ("application/xml", "text/xml")),
    Format.JSONLD: _Media("application/ld+json", ("application/json",)),
    Format.TRIG: _Media("application/trig", ("application/x-trig",)),
    Format.NQ: _Media("application/n-quads", ("text/x-nquads",)),
}

TABLEAUX: Final = (Format.JSON, Format.XML, Format.CSV, Format.TSV)
"""Formats of SELECT and ASK, the preferred one first."""

GRAPHES: Final = (Format.TTL, Format.NT, Format.RDF, Format.JSONLD, Format.TRIG, Format.NQ)
"""Formats of CONSTRUCT and DESCRIBE, the preferred one first."""

_NOMS: Final[Mapping[str, Format]] = {
    **{format_.value: format_ for format_ in Format},
    **{media.nom: format_ for format_, media in _MEDIAS.items()},
    "turtle": Format.TTL,
    "n3": Format.TTL,
    "ntriples": Format.NT,
    "n-triples": Format.NT,
    "rdf+xml": Format.RDF,
    "rdf/xml": Format.RDF,
    "json-ld": Format.JSONLD,
    "nquads": Format.NQ,
    "n-quads": Format.NQ,
}
"""Names that clients give, other than ours for some (SPARQLWrapper)."""


def find_format(texte: str) -> Format | None:
    """Return the format of a name or of a media type, the first known of a list with commas; None for none.

    >>> find_format("CSV"), find_format("application/x-unknown, application/ld+json"), find_format("pdf")
    (<Format.CSV: 'csv'>, <Format.JSONLD: 'jsonld'>, None)
    """
    for nom in (part.strip().lower() for part in texte.split(",")):
        if nom in _NOMS:
            return _NOMS[nom]
    return None


def fit(format_: Format, forme: Forme | None) -> Format:
    """Return what a name means for a form: a graph asked in ``json`` is JSON-LD, in ``xml`` it is RDF/XML."""
    if forme in (Forme.CONSTRUCT, Forme.DESCRIBE):
        return {Format.JSON: Format.JSONLD, Format.XML: Format.RDF}.get(format_, format_)
    return format_


def formats_of(forme: Forme | None) -> tuple[Format, ...]:
    """Return the formats that fit a form, the preferred one first; an unknown form counts as SELECT."""
    return GRAPHES if forme in (Forme.CONSTRUCT, Forme.DESCRIBE) else TABLEAUX


def medias_of(forme: Forme | None) -> dict[str, Format]:
    """Return what a client may ask for by media type, the preferred ones first."""
    found: dict[str, Format] = {}
    for format_ in formats_of(forme):
        found.setdefault(_MEDIAS[format_].nom, format_)
    for format_ in formats_of(forme):
        for alias in _MEDIAS[format_].alias:
            found.setdefault(alias, format_)
    return found
