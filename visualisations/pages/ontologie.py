"""The page of the ontology, in French or in English, made from the Turtle itself: nothing is said twice."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from markupsafe import Markup
from rdflib import RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL
from rdflib.term import Node

from graph.messages import keep_by_language, langue_courante
from graph.ressources import SUFFIXES
from ontology.loading import list_files, load_modules, load_schemes, load_shapes
from ontology.namespaces import MAI, MAILLAGE, ONTOLOGY_IRI
from visualisations.pages.ontologie_figure import draw_theme
from visualisations.pages.ontologie_themes import (
    SCHEMA,
    BlocVue,
    ends_of,
    read_themes,
    text_of,
    view_node,
)
from visualisations.pages.ressource_modele import ValeurVue
from visualisations.rendu import render_view

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
class FigureVue:
    """A theme of the ontology: its figure, and what the figure says, as a table."""

    code: str
    titre: str
    schema: Markup
    blocs: tuple[BlocVue, ...]


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
    themes: tuple[FigureVue, ...]
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


@keep_by_language()
def view_ontologie(langue: str) -> OntologieVue:
    """Everything the page shows, in a language."""
    graphe, schemas, formes = load_modules(), load_schemes(), load_shapes()
    sujet = URIRef(ONTOLOGY_IRI)
    classes = set(graphe.subjects(RDF.type, OWL.Class))
    proprietes = {terme for kind in _PROPRIETES for terme in graphe.subjects(RDF.type, kind)}
    return OntologieVue(
        edition="",
        iri=ONTOLOGY_IRI,
        titre=text_of(graphe, sujet, DCTERMS.title, langue),
        description=text_of(graphe, sujet, DCTERMS.description, langue),
        version=str(graphe.value(sujet, OWL.versionInfo)),
        version_chemin="/" + str(graphe.value(sujet, OWL.versionIRI)).removeprefix(MAILLAGE),
        modifiee=str(graphe.value(sujet, DCTERMS.modified)),
        licence=str(graphe.value(sujet, DCTERMS.license)),
        themes=tuple(_view_figures(graphe + schemas, langue)),
        classes=tuple(_view_class(graphe, formes, terme, langue) for terme in sorted(classes, key=str)),
        proprietes=tuple(_view_property(graphe, terme, langue) for terme in sorted(proprietes, key=str)),
        schemas=tuple(_view_schemas(schemas, langue)),
        changements=read_changes(),
        formats=tuple((format_.value, f"/def.{format_.value}") for format_ in SUFFIXES),
        alignements=tuple(_alignments()),
    )


def _view_figures(graphe: Graph, langue: str) -> Iterable[FigureVue]:
    for theme in read_themes(graphe, langue):
        schema = Markup(draw_theme(theme))  # noqa: S704 — an XML library wrote it, and escaped every text
        yield FigureVue(theme.code, theme.titre, schema, theme.blocs)


def _alignments() -> Iterable[tuple[str, str]]:
    codes = (entry.name.removesuffix(".ttl") for entry in list_files("alignments"))
    return ((code, f"/def/alignements/{code}.ttl") for code in codes)


def read_changes() -> tuple[tuple[str, str], ...]:
    """The terms that the log of the ontology explains, and what it says of them."""
    texte = (files("ontology") / "CHANGELOG.md").read_text(encoding="utf-8").replace("`", "")
    lignes = [trouve for ligne in texte.splitlines() if (trouve := _LIGNE.match(ligne))]
    return tuple((ligne["termes"], ligne["raison"]) for ligne in lignes[1:])


def _view_class(graphe: Graph, formes: Graph, terme: Node, langue: str) -> TermeVue:
    portees = {*graphe.subjects(RDFS.domain, terme), *graphe.subjects(SCHEMA.domainIncludes, terme)}
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
    return _view_term(
        graphe,
        terme,
        langue,
        (
            ("sujets", ends_of(graphe, terme, "domain")),
            ("valeurs", ends_of(graphe, terme, "range")),
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
        (cle, tuple(view_node(graphe, noeud, langue) for noeud in sorted(set(noeuds), key=str)))
        for cle, noeuds in lignes
    )
    return TermeVue(
        code=str(terme).removeprefix(str(MAI)),
        nom=text_of(graphe, terme, RDFS.label, langue),
        definition=text_of(graphe, terme, RDFS.comment, langue),
        statut=str(graphe.value(terme, _VS.term_status)),
        lignes=tuple((cle, valeurs) for cle, valeurs in vues if valeurs),
        regles=regles,
    )


def _rules(formes: Graph, classe: Node) -> Iterable[str]:
    for forme in formes.subjects(_SH.targetClass, classe):
        for partie in (forme, *formes.objects(forme, _SH.property)):
            yield from (str(message) for message in formes.objects(partie, _SH.message))


def _view_schemas(graphe: Graph, langue: str) -> Iterable[SchemaVue]:
    for schema in sorted(graphe.subjects(RDF.type, SKOS.ConceptScheme), key=str):
        yield SchemaVue(
            code=str(schema).rsplit("/", 1)[-1],
            nom=text_of(graphe, schema, SKOS.prefLabel, langue),
            description=text_of(graphe, schema, DCTERMS.description, langue),
            notions=len(set(graphe.subjects(SKOS.inScheme, schema))),
        )
