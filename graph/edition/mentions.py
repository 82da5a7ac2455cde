"""Actors as the sources describe them, read from statements without a store."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.edition.resolution import ACTEUR, things
from ontology.namespaces import IGEO, MAI, PREFIXES

_COMMUNE: Final = b"/id/territoire/commune-"
SIEGE: Final = re.compile(rb"> <" + re.escape(f"{MAI}siege".encode()) + rb"> <[^>]*" + _COMMUNE + rb"(\w+)>")
"""The seat of a thing; its commune is group 1."""
_NOM_COMMUNE: Final = re.compile(_COMMUNE + rb"(\w+)> <" + re.escape(f"{IGEO}nom".encode()) + rb"> (.*) \.")
LABEL: Final = re.compile(rb'Label> (".*) \.')
"""A name of a thing, a literal term: group 1."""
_FAIT: Final = re.compile(
    rb"> <(?:%s(prefLabel|altLabel)|%s(siret|rna|siege))> (.*) \."
    % (re.escape(PREFIXES["skos"].encode()), re.escape(str(MAI).encode()))
)


@dataclass(frozen=True, slots=True)
class Origine:
    """A source of an edition: its statements and how people call it."""

    fichier: Path
    titre: str
    registre: bool = False
    """A mass register: its actors are compared with those of other sources, not among registers."""


@dataclass(frozen=True, slots=True)
class ActeurLu:
    """What a source says of an actor, as far as names and numbers go; names by rank, the preferred first."""

    terme: bytes
    noms: tuple[str, ...]
    commune: str
    numeros: frozenset[tuple[bytes, bytes]]


def slug_of(terme: bytes) -> bytes:
    """Return the last segment of the IRI of a term."""
    return terme.rpartition(b"/")[2][:-1]


def read_actors(chose: bytes) -> Iterator[ActeurLu]:
    """Yield the actors that some statements describe."""
    found: dict[bytes, dict[bytes, list[bytes]]] = defaultdict(lambda: defaultdict(list))
    for fait in _FAIT.finditer(chose) if ACTEUR in chose else ():
        terme = chose[chose.rfind(b"\n", 0, fait.start()) + 1 : fait.start() + 1]
        if ACTEUR in terme:
            found[terme][fait[1] or fait[2]].append(fait[3])
    for terme, faits in found.items():
        noms = tuple(map(text_of, chain(faits[b"prefLabel"], faits[b"altLabel"])))
        siege = faits[b"siege"][0].rpartition(_COMMUNE)[2][:-1].decode() if faits[b"siege"] else ""
        numeros = {(sorte, valeur.strip(b'"')) for sorte in (b"siret", b"rna") for valeur in faits[sorte]}
        sorte, _, numero = slug_of(terme).partition(b"-")
        if sorte in (b"siret", b"rna"):
            numeros.add((sorte, numero))
        yield ActeurLu(terme, noms, siege, frozenset(numeros))


def read_communes(origine: Origine) -> Iterator[tuple[str, str]]:
    """Yield the code and the name of each commune that a source describes."""
    for chose in things(origine.fichier):
        for code, nom in _NOM_COMMUNE.findall(chose):
            yield code.decode(), text_of(nom)


def text_of(litteral: bytes) -> str:
    """Return the text of a literal term."""
    if b"\\" not in litteral:
        return litteral[1 : litteral.rfind(b'"')].decode()
    triple = next(iter(ox.parse(b"<a:a> <a:a> " + litteral + b" .", format=ox.RdfFormat.N_TRIPLES)))
    return str(triple.object.value)
