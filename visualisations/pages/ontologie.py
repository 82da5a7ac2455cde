"""The page of the ontology, in French or in English, made from the Turtle itself: nothing is said twice."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from rdflib import RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL
from rdflib.term import Node

from graph.messages import langue_courante
from graph.ressources import SUFFIXES
from ontology.loading import list_files, load_modules, load_schemes, load_shapes
from ontology.namespaces import MAI, MAILLAGE, ONTOLOGY_IRI, PREFIXES
from visualisations.pages.ressource import ValeurVue
from visualisations.rendu import render_view
from visualisations.sparql import shorten

_SCHEMA: Final = Namespace("https://schema.org/")
_SH: Final = Namespace("http://www.w3.org/ns/shacl#")
_VS: Final = Namespace("http://www.w3.org/2003/06/sw-vocab-status/ns#")
_PROPRIETES: Final = (OWL.ObjectProperty, OWL.DatatypeProperty)
_LIGNE: Final = re.compile(r"^\| (?P<termes>[^|]+) \| (?P<raison>.+) \|$")


@dataclass(frozen=True, slots=True)
class TermeVue:
    """A class or a property: what it means, and what it is tied to."""

    code: str
    nom: str
    definition: str
    statut: str
    lignes: tuple[tuple[str, tuple[ValeurVue, ...]], ...]
    """Ties, each under the key of its heading."""
    regles: tuple[str, ...] = ()
    """What the shapes ask of the things of a class, in French."""


@dataclass(frozen=True, slots=True)
class SchemaVue:
    """A vocabulary."""

    code: str
    nom: str
    description: str
    notions: int


@dataclass(frozen=True, slots=True)
class OntologieVue:
    """Context of ``pages/ontologie.html``."""

    edition: str
    iri: str
    titre: str
    description: str
    version: str
    version_chemin: str
    modifiee: str
    licence: str
    classes: tuple[TermeVue, ...]
    proprietes: tuple[TermeVue, ...]
    schemas: tuple[SchemaVue, ...]
    changements: tuple[tuple[str, str], ...]
    """Terms and why they are as they are, in English, from the log of the ontology."""
    formats: tuple[tuple[str, str], ...]
    alignements: tuple[tuple[str, str], ...]
    """Other vocabularies it is tied to, and where it is said."""


def page_ontologie() -> str:
    """The page, in the current language."""
    return render_view("pages/ontologie.html", view_ontologie(langue_courante.get()))


def version() -> str:
    """The version of the ontology that ships."""
    return str(load_modules().value(URIRef(ONTOLOGY_IRI), OWL.versionInfo))


@cache
def view_ontologie(langue: str) -> OntologieVue:
    """Everything the page shows, in a language."""
    graphe, schemas, formes = load_modules(), load_schemes(), load_shapes()
    sujet = URIRef(ONTOLOGY_IRI)
    classes = set(graphe.subjects(RDF.type, OWL.Class))
    proprietes = {terme for kind in _PROPRIETES for terme in graphe.subjects(RDF.type, kind)}
    return OntologieVue(
        edition="",
        iri=ONTOLOGY_IRI,
        titre=_text(graphe, sujet, DCTERMS.title, langue),
        description=_text(graphe, sujet, DCTERMS.description, langue),
        version=str(graphe.value(sujet, OWL.versionInfo)),
        version_chemin="/" + str(graphe.value(sujet, OWL.versionIRI)).removeprefix(MAILLAGE),
        modifiee=str(graphe.value(sujet, DCTERMS.modified)),
        licence=str(graphe.value(sujet, DCTERMS.license)),
        classes=tuple(_view_class(graphe, formes, terme, langue) for terme in sorted(classes, key=str)),
        proprietes=tuple(_view_property(graphe, terme, langue) for terme in sorted(proprietes, key=str)),
        schemas=tuple(_view_schemas(schemas, langue)),
        changements=read_changes(),
        formats=tuple((format_.value, f"/def.{format_.value}") for format_ in SUFFIXES),
        alignements=tuple(_alignments()),
    )


def _alignments() -> Iterable[tuple[str, str]]:
    codes = (entry.name.removesuffix(".ttl") for entry in list_files("alignments"))
    return ((code, f"/def/alignements/{code}.ttl") for code in codes)


def read_changes() -> tuple[tuple[str, str], ...]:
    """The terms that the log of the ontology explains, and what it says of them."""
    texte = (files("ontology") / "CHANGELOG.md").read_text(encoding="utf-8").replace("`", "")
    lignes = [trouve for ligne in texte.splitlines() if (trouve := _LIGNE.match(ligne))]
    return tuple((ligne["termes"], ligne["raison"]) for ligne in lignes[1:])


def _view_class(graphe: Graph, formes: Graph, terme: Node, langue: str) -> TermeVue:
    portees = {*graphe.subjects(RDFS.domain, terme), *graphe.subjects(_SCHEMA.domainIncludes, terme)}
    return _view_term(
        graphe,
        terme,
        langue,
        (
            ("parents", graphe.objects(terme, RDFS.subClassOf)),
            ("enfants", graphe.subjects(RDFS.subClassOf, terme)),
            ("distinctes", graphe.objects(terme, OWL.disjointWith)),
            ("portees", portees),
            ("voir", graphe.objects(terme, RDFS.seeAlso)),
        ),
        tuple(sorted(set(_rules(formes, terme)))),
    )


def _view_property(graphe: Graph, terme: Node, langue: str) -> TermeVue:
    sujets = (*graphe.objects(terme, RDFS.domain), *graphe.objects(terme, _SCHEMA.domainIncludes))
    valeurs = (*graphe.objects(terme, RDFS.range), *graphe.objects(terme, _SCHEMA.rangeIncludes))
    return _view_term(
        graphe,
        terme,
        langue,
        (
            ("sujets", sujets),
            ("valeurs", valeurs),
            ("parents", graphe.objects(terme, RDFS.subPropertyOf)),
            ("enfants", graphe.subjects(RDFS.subPropertyOf, terme)),
            ("voir", graphe.objects(terme, RDFS.seeAlso)),
        ),
    )


def _view_term(
    graphe: Graph,
    terme: Node,
    langue: str,
    lignes: Iterable[tuple[str, Iterable[Node]]],
    regles: tuple[str, ...] = (),
) -> TermeVue:
    vues = (
        (cle, tuple(_view_node(graphe, noeud, langue) for noeud in sorted(set(noeuds), key=str)))
        for cle, noeuds in lignes
    )
    return TermeVue(
        code=str(terme).removeprefix(str(MAI)),
        nom=_text(graphe, terme, RDFS.label, langue),
        definition=_text(graphe, terme, RDFS.comment, langue),
        statut=str(graphe.value(terme, _VS.term_status)),
        lignes=tuple((cle, valeurs) for cle, valeurs in vues if valeurs),
        regles=regles,
    )


def _view_node(graphe: Graph, noeud: Node, langue: str) -> ValeurVue:
    iri = str(noeud)
    if iri.startswith(str(MAI)):
        return ValeurVue(_text(graphe, noeud, RDFS.label, langue) or iri, "#" + iri.removeprefix(str(MAI)))
    if iri.startswith(MAILLAGE):
        return ValeurVue(shorten(iri, PREFIXES), f"/{iri.removeprefix(MAILLAGE)}")
    return ValeurVue(shorten(iri, PREFIXES), iri, exterieure=True)


def _rules(formes: Graph, classe: Node) -> Iterable[str]:
    for forme in formes.subjects(_SH.targetClass, classe):
        for partie in (forme, *formes.objects(forme, _SH.property)):
            yield from (str(message) for message in formes.objects(partie, _SH.message))


def _view_schemas(graphe: Graph, langue: str) -> Iterable[SchemaVue]:
    for schema in sorted(graphe.subjects(RDF.type, SKOS.ConceptScheme), key=str):
        yield SchemaVue(
            code=str(schema).rsplit("/", 1)[-1],
            nom=_text(graphe, schema, SKOS.prefLabel, langue),
            description=_text(graphe, schema, DCTERMS.description, langue),
            notions=len(set(graphe.subjects(SKOS.inScheme, schema))),
        )


def _text(graphe: Graph, sujet: Node, propriete: URIRef, langue: str) -> str:
    textes = [o for o in graphe.objects(sujet, propriete) if getattr(o, "language", None) == langue]
    return str(min(textes, key=str)) if textes else ""
