"""Files of RDF as streams of quads whose blank nodes have an IRI; nothing remote is ever read."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from graph.messages import messages
from graph.sources.atelier import Atelier
from graph.sources.avancement import open_counted
from graph.sources.tableau import FichierRefuseError

FORMATS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "json": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "xml": ox.RdfFormat.RDF_XML,
}
"""By extension."""
TAILLE_MAX: Final = 8 << 30
_PROLOGUE: Final = 1 << 16
"""Bytes in which an XML document must begin its first element."""
_ELEMENT: Final = re.compile(rb"<[A-Za-z_]")

Enonce = tuple[ox.NamedNode, ox.NamedNode, object, str]
"""Subject, property, object, name of the graph (empty for the default one)."""


class Lecteur:
    """Reads the files of one import; numbers blank nodes in the order they are met."""

    def __init__(self, atelier: Atelier) -> None:
        self._atelier = atelier
        self._noeuds: dict[tuple[int, str], ox.NamedNode] = {}

    def read(self, rang: int, fichier: Path) -> Iterator[Enonce]:
        """Yield the statements of a file.

        Raises:
            FichierRefuseError: another kind of file, empty, broken, with a DTD or a remote context.
        """
        forme = find_format(fichier)
        try:
            with open_counted(fichier) as flux:
                for quad in ox.parse(flux, format=forme, base_iri=self._atelier.graphe):
                    yield self._enonce(rang, quad)
        except SyntaxError as erreur:
            raise FichierRefuseError(_say(fichier, str(erreur), erreur.lineno)) from None
        except MemoryError:  # the engine's own limit of a token
            raise FichierRefuseError(messages("import.rdf.demesure", fichier=fichier.name)) from None
        except (ValueError, OSError, RuntimeError) as erreur:
            raise FichierRefuseError(_say(fichier, str(erreur), None)) from None

    def _enonce(self, rang: int, quad: ox.Quad) -> Enonce:
        graphe = "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
        sujet = self._name(rang, quad.subject)
        if not isinstance(sujet, ox.NamedNode):
            raise TypeError(f"an IRI is expected: {sujet!r}")
        return sujet, quad.predicate, self._name(rang, quad.object), graphe

    def _name(self, rang: int, terme: object) -> object:
        """Give a blank node an IRI inside the source."""
        if not isinstance(terme, ox.BlankNode):
            return terme
        cle = (rang, terme.value)
        if cle not in self._noeuds:
            self._noeuds[cle] = ox.NamedNode(f"{self._atelier.graphe}#noeud-{len(self._noeuds) + 1}")
        return self._noeuds[cle]


def find_format(fichier: Path) -> ox.RdfFormat:
    """Return the format of a file that can be read.

    Raises:
        FichierRefuseError: a folder, absent, empty, too large, of no known extension, XML with a DTD.
    """
    nom = fichier.name
    if fichier.is_dir():
        raise FichierRefuseError(messages("import.dossier", fichier=nom))
    forme = FORMATS.get(fichier.suffix.lower().lstrip("."))
    if forme is None:
        raise FichierRefuseError(messages("import.rdf.format", fichier=nom))
    try:
        taille = fichier.stat().st_size
        with fichier.open("rb") as flux:
            debut = flux.read(_PROLOGUE)
    except OSError:
        raise FichierRefuseError(messages("import.absent", fichier=nom)) from None
    if not debut.strip():
        raise FichierRefuseError(messages("import.vide", fichier=nom))
    if taille > TAILLE_MAX:
        raise FichierRefuseError(messages("import.rdf.enorme", fichier=nom))
    if forme == ox.RdfFormat.RDF_XML:
        element = _ELEMENT.search(debut)
        if element is None or b"<!DOCTYPE" in debut[: element.start()].upper():
            raise FichierRefuseError(messages("import.rdf.dtd", fichier=nom))
    return forme


def _say(fichier: Path, erreur: str, ligne: int | None) -> str:
    if "LoadDocumentCallback" in erreur:
        return messages("import.rdf.contexte", fichier=fichier.name)
    if ligne:
        return messages("import.rdf.illisible-ligne", fichier=fichier.name, ligne=ligne)
    return messages("import.rdf.illisible", fichier=fichier.name)
