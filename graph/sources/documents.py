"""Turtle files to sources: the corpus of field documents, the ontology and its vocabularies."""

from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox

from graph.errors import EditionError
from graph.messages import messages
from graph.sources.modele import EntreeSource, empreinte
from graph.sources.ntriples import statement
from ontology.namespaces import ID, MAILLAGE, ONTOLOGY_IRI, SOURCE, VOC


def _corpus_folder() -> Path:
    return Path(str(files("graph"))) / "corpus"


def find_corpus(base_iri: str = MAILLAGE) -> list[EntreeSource]:
    """Return the documents shipped with the product, one source a file."""
    return [
        _turtle(fichier, f"{SOURCE}{fichier.stem}", base_iri)
        for fichier in sorted(_corpus_folder().glob("*.ttl"))
    ]


def find_ontology() -> list[EntreeSource]:
    """Return the ontology's modules (one graph) and its schemes (one graph each)."""
    racine = Path(str(files("ontology")))
    modules = sorted((racine / "modules").glob("*.ttl"))
    schemes = sorted((racine / "schemes").glob("*.ttl"))
    return [
        _turtle_files(modules, ONTOLOGY_IRI, "Ontologie Maillage", MAILLAGE),
        *(_turtle(fichier, f"{VOC}{fichier.stem}", MAILLAGE) for fichier in schemes),
    ]


def _turtle(fichier: Path, graphe: str, base_iri: str) -> EntreeSource:
    return _turtle_files([fichier], graphe, fichier.stem, base_iri)


def _turtle_files(fichiers: list[Path], graphe: str, titre: str, base_iri: str) -> EntreeSource:
    return EntreeSource(
        graphe=graphe,
        titre=titre,
        empreinte=empreinte(graphe, base_iri, *fichiers),
        lire=lambda: _read_turtle(fichiers, base_iri),
    )


def _read_turtle(fichiers: Iterable[Path], base_iri: str) -> Iterator[str]:
    """Yield the statements of Turtle files, things re-hosted on ``base_iri``.

    Raises:
        EditionError: a file is not valid Turtle; the message names the file and the line.
    """
    moved = base_iri.rstrip("/") + "/id/"
    for fichier in fichiers:
        try:
            for triple in ox.parse(path=str(fichier), format=ox.RdfFormat.TURTLE):
                termes = (triple.subject, triple.predicate, triple.object)
                sujet, propriete, objet = (_rehost(terme, moved) for terme in termes)
                yield statement(str(sujet), str(propriete), str(objet))
        except (SyntaxError, ValueError) as erreur:
            raise EditionError(messages("source.turtle", fichier=fichier.name, erreur=erreur)) from None


def _rehost(terme: object, moved: str) -> object:
    if isinstance(terme, ox.NamedNode) and moved != str(ID) and terme.value.startswith(str(ID)):
        return ox.NamedNode(moved + terme.value[len(str(ID)) :])
    return terme
