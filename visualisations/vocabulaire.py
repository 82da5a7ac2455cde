"""What the query editor proposes while one types: classes, properties and notions, by their names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from rdflib import RDF, RDFS, SKOS, Graph
from rdflib.namespace import OWL
from rdflib.term import Node, URIRef

from graph.catalogue import Catalogue
from graph.sparql.questions import load_questions
from ontology.loading import load_modules, load_schemes
from ontology.namespaces import PREFIXES, VOC
from visualisations.sparql import shorten

_PROPRIETES: Final = (OWL.ObjectProperty, OWL.DatatypeProperty)
_AILLEURS: Final = ("dcterms", "foaf", "igeo", "org", "prov", "rdfs", "skos")
"""Prefixes of the vocabularies of others whose terms are proposed."""
_LIEUX: Final = ("national", "region", "departement")
_LOCAL: Final = re.compile(r"[a-z][a-z0-9-]*")
_NOM: Final = re.compile(r"\b[a-z]+:[A-Za-z]\w*")


@dataclass(frozen=True, slots=True)
class TermePropose:
    """A term that may be typed in a query."""

    iri: str
    nom: str
    """How it is typed: ``mai:Acteur``, ``besoin:emploi``, or an IRI in ``<`` ``>`` when none fits."""
    libelle: str
    """What it is called; empty for a term of another vocabulary."""
    genre: str
    """``classe``, ``propriete``, ``notion`` or ``lieu``."""


@cache
def list_termes(langue: str) -> tuple[TermePropose, ...]:
    """Return every term of the ontology and of its vocabularies, and those of others that the questions use.

    Args:
        langue: of the names, ``fr`` or ``en``.
    """
    modules, schemas = load_modules(), load_schemes()
    classes = set(modules.subjects(RDF.type, OWL.Class))
    proprietes = {terme for genre in _PROPRIETES for terme in modules.subjects(RDF.type, genre)}
    return (
        *(_own(modules, terme, "classe", langue) for terme in sorted(classes, key=str)),
        *(_own(modules, terme, "propriete", langue) for terme in sorted(proprietes, key=str)),
        *_borrowed(),
        *(
            _notion(schemas, terme, langue)
            for terme in sorted(schemas.subjects(RDF.type, SKOS.Concept), key=str)
        ),
    )


def list_lieux(catalogue: Catalogue) -> tuple[TermePropose, ...]:
    """Return the country, its regions and departements; communes are too many to propose."""
    lieux = (lieu for lieu in catalogue.territoires.values() if lieu.niveau in _LIEUX)
    return tuple(
        TermePropose(lieu.iri, f"territoire:{lieu.iri.rsplit('/', 1)[-1]}", lieu.nom, "lieu")
        for lieu in lieux
    )


def prefixes_of_schemes() -> dict[str, str]:
    """Return a prefix for each vocabulary, which a query must declare: ``besoin:`` is ``…/voc/besoin/``."""
    schemas = {
        str(iri).removeprefix(str(VOC)) for iri in load_schemes().subjects(RDF.type, SKOS.ConceptScheme)
    }
    return {
        code: f"{VOC}{code}/" for code in sorted(schemas) if code not in PREFIXES and _LOCAL.fullmatch(code)
    }


def _own(graphe: Graph, terme: Node, genre: str, langue: str) -> TermePropose:
    return TermePropose(
        str(terme), shorten(str(terme), PREFIXES), _text(graphe, terme, RDFS.label, langue), genre
    )


def _borrowed() -> Iterable[TermePropose]:
    """Terms of other vocabularies, as the ready-made questions write them."""
    textes = " ".join(question.requete for question in load_questions())
    for nom in sorted(set(_NOM.findall(textes))):
        prefixe, _, local = nom.partition(":")
        if prefixe in _AILLEURS:
            genre = "classe" if local[0].isupper() else "propriete"
            yield TermePropose(f"{PREFIXES[prefixe]}{local}", nom, "", genre)


def _notion(graphe: Graph, terme: Node, langue: str) -> TermePropose:
    schemas = sorted(graphe.objects(terme, SKOS.inScheme), key=str)
    libelle = _text(graphe, terme, SKOS.prefLabel, langue)
    schema = _text(graphe, schemas[0], SKOS.prefLabel, langue) if schemas else ""
    code, _, local = str(terme).removeprefix(str(VOC)).partition("/")
    ecrit = code not in PREFIXES and _LOCAL.fullmatch(code) and _LOCAL.fullmatch(local)
    nom = f"{code}:{local}" if ecrit else f"<{terme}>"
    return TermePropose(str(terme), nom, f"{libelle} ({schema})" if schema else libelle, "notion")


def _text(graphe: Graph, sujet: Node, propriete: URIRef, langue: str) -> str:
    return next(
        (str(o) for o in graphe.objects(sujet, propriete) if getattr(o, "language", "") == langue), ""
    )
