"""The title that a graph gives itself, which its source then bears."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.sources.lecteurs.textes import clean
from graph.sources.rdf.fichiers import find_format
from graph.sources.rdf.tamis import TYPE, is_personal
from graph.sources.tableau import FichierRefuseError
from ontology.namespaces import PREFIXES

ENONCES_MAX: Final = 20_000
"""Statements of a file looked at: who names a graph does so at its beginning."""
LONGUEUR_MAX: Final = 200
_TITRE: Final = ox.NamedNode(PREFIXES["dcterms"] + "title")
_BASE: Final = "urn:maillage:fichier"
_JEUX: Final = frozenset(
    {
        "http://www.w3.org/ns/dcat#Dataset",
        "http://rdfs.org/ns/void#Dataset",
        "http://www.w3.org/2002/07/owl#Ontology",
    }
)
"""Classes of what stands for the whole file."""


def find_title(fichiers: Sequence[Path]) -> str:
    """Return the title of the first file that gives one, empty without any.

    It is the ``dcterms:title`` of the document itself, of a graph it names, or of the data set it describes.
    """
    return next(filter(None, map(_title_of, fichiers)), "")


def _title_of(fichier: Path) -> str:
    titles: dict[str, list[ox.Literal]] = {}
    wholes = {_BASE}
    for quad in islice(_quads(fichier), ENONCES_MAX):
        if isinstance(quad.graph_name, ox.NamedNode):
            wholes.add(quad.graph_name.value)
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        sujet = quad.subject.value
        if quad.predicate == _TITRE and isinstance(quad.object, ox.Literal):
            titles.setdefault(sujet, []).append(quad.object)
        elif quad.predicate == TYPE and isinstance(quad.object, ox.NamedNode) and quad.object.value in _JEUX:
            wholes.add(sujet)
    several = [titre for sujet, found in titles.items() if sujet in wholes for titre in found]
    several.sort(key=lambda titre: titre.language != "fr")
    said = (clean(titre.value, LONGUEUR_MAX) for titre in several if not is_personal(titre.value))
    return next(filter(None, said), "")


def _quads(fichier: Path) -> Iterator[ox.Quad]:
    """Yield the statements of a file up to the first fault: the reader says what it is."""
    try:
        forme = find_format(fichier)
        with fichier.open("rb") as flux:
            yield from ox.parse(flux, format=forme, base_iri=_BASE)
    except (FichierRefuseError, SyntaxError, ValueError, OSError, RuntimeError, MemoryError):
        return
