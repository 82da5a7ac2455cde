"""The ontology drawn theme by theme: what each module of the Turtle ties to what, read from it alone.

Every property is in one figure and once: properties said of the same classes make one block, whose box
names those classes; an arrow leads to what the property goes to.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from rdflib import RDF, RDFS, SKOS, XSD, Graph, Namespace, URIRef
from rdflib.namespace import OWL
from rdflib.term import Node

from ontology.loading import list_files
from ontology.namespaces import MAI, MAILLAGE, PREFIXES
from visualisations.pages.ressource_modele import ValeurVue
from visualisations.rendu import messages
from visualisations.sparql import shorten

SCHEMA: Final = Namespace("https://schema.org/")
_PREFIXES: Final = {**PREFIXES, "schema": str(SCHEMA), "cpsv": "http://purl.org/vocab/cpsv#"}
VOC: Final = f"{MAILLAGE}voc/"
ENTETE: Final = "maillage"
"""The module that declares no term."""
_TYPES: Final[dict[Node, str]] = {
    XSD.date: "jour",
    XSD.gYearMonth: "mois",
    XSD.gYear: "annee",
    XSD.string: "texte",
    RDF.langString: "texte",
    XSD.integer: "entier",
    XSD.decimal: "nombre",
    XSD.double: "nombre",
    XSD.boolean: "oui-non",
}


@dataclass(frozen=True, slots=True)
class RelationVue:
    """A property of a block, and what it goes to."""

    code: str
    nom: str
    vers: tuple[ValeurVue, ...]
    litteral: bool
    """True when it goes to a date, a number or a text rather than to a thing."""


@dataclass(frozen=True, slots=True)
class BlocVue:
    """Classes of which the same properties are said."""

    classes: tuple[ValeurVue, ...]
    parents: tuple[ValeurVue, ...]
    """What a class that stands alone is a kind of."""
    sortes: tuple[ValeurVue, ...]
    """The kinds of it that the theme declares."""
    relations: tuple[RelationVue, ...]


@dataclass(frozen=True, slots=True)
class ThemeVue:
    """A module: its name, its blocks."""

    code: str
    titre: str
    blocs: tuple[BlocVue, ...]


def read_themes(graphe: Graph, langue: str) -> tuple[ThemeVue, ...]:
    """Every theme, in the order of its name.

    Args:
        graphe: all modules and vocabularies together.
        langue: that of the labels; messages follow the current one.
    """
    modules = {entry.name.removesuffix(".ttl"): entry for entry in list_files("modules")}
    themes = (
        ThemeVue(
            code,
            messages(f"ontologie.theme.{code}"),
            tuple(_blocks(graphe, Graph().parse(data=entry.read_text("utf-8"), format="turtle"), langue)),
        )
        for code, entry in modules.items()
        if code != ENTETE
    )
    return tuple(sorted(themes, key=lambda theme: theme.titre))


def text_of(graphe: Graph, sujet: Node, propriete: URIRef, langue: str) -> str:
    """What is said of a thing in a language, empty when nothing is."""
    textes = [o for o in graphe.objects(sujet, propriete) if getattr(o, "language", None) == langue]
    return str(min(textes, key=str)) if textes else ""


def view_node(graphe: Graph, noeud: Node, langue: str) -> ValeurVue:
    """A class, a property or a vocabulary, and where it is explained."""
    iri = str(noeud)
    if iri.startswith(str(MAI)):
        nom = text_of(graphe, noeud, RDFS.label, langue) or iri
        return ValeurVue(nom, "#" + iri.removeprefix(str(MAI)))
    if iri.startswith(MAILLAGE):
        nom = text_of(graphe, noeud, SKOS.prefLabel, langue)
        dit = messages("ontologie.vocabulaire", nom=nom) if nom else shorten(iri, PREFIXES)
        return ValeurVue(dit, f"/{iri.removeprefix(MAILLAGE)}")
    return ValeurVue(shorten(iri, _PREFIXES), iri, exterieure=True)


def ends_of(graphe: Graph, propriete: Node, bout: str) -> frozenset[Node]:
    """The classes or datatypes at one end of a property: ``domain`` or ``range``."""
    strict = graphe.objects(propriete, RDFS[bout])
    return frozenset((*strict, *graphe.objects(propriete, SCHEMA[f"{bout}Includes"])))


def _blocks(graphe: Graph, module: Graph, langue: str) -> Iterable[BlocVue]:
    classes = set(module.subjects(RDF.type, OWL.Class))
    groupes: dict[frozenset[Node], list[Node]] = {}
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for propriete in module.subjects(RDF.type, kind):
            groupes.setdefault(ends_of(graphe, propriete, "domain"), []).append(propriete)
    for classe in classes:  # one that no property is said of, and that is no kind of another of the theme
        if not classes & set(graphe.objects(classe, RDFS.subClassOf)):
            groupes.setdefault(frozenset((classe,)), [])
    for sujets in sorted(
        groupes, key=lambda sujets: (len(sujets - classes), len(sujets), sorted(sujets, key=str))
    ):
        seul = next(iter(sujets)) if len(sujets) == 1 else None
        sortes = classes & set(graphe.subjects(RDFS.subClassOf, seul)) if seul else ()
        yield BlocVue(
            _nodes(graphe, sujets, langue),
            _nodes(graphe, graphe.objects(seul, RDFS.subClassOf) if seul else (), langue),
            _nodes(graphe, sortes, langue),
            tuple(_relation(graphe, propriete, langue) for propriete in sorted(groupes[sujets], key=str)),
        )


def _nodes(graphe: Graph, noeuds: Iterable[Node], langue: str) -> tuple[ValeurVue, ...]:
    return tuple(sorted((view_node(graphe, noeud, langue) for noeud in noeuds), key=lambda vue: vue.texte))


def _relation(graphe: Graph, propriete: Node, langue: str) -> RelationVue:
    arrivees = ends_of(graphe, propriete, "range")
    litteral = (propriete, RDF.type, OWL.DatatypeProperty) in graphe
    if litteral:
        mots = {
            messages(f"ontologie.type.{_TYPES[type_]}"): str(type_) for type_ in sorted(arrivees, key=_rank)
        }
        vers = tuple(ValeurVue(mot, iri, exterieure=True) for mot, iri in mots.items())
    else:
        schemas = [o for o in graphe.objects(propriete, RDFS.seeAlso) if str(o).startswith(VOC)]
        notions = {SKOS.Concept} if schemas else set()
        vers = _nodes(graphe, (*(arrivees - notions), *schemas), langue) or _refined(
            graphe, propriete, langue
        )
    nom = text_of(graphe, propriete, RDFS.label, langue)
    return RelationVue(str(propriete).removeprefix(str(MAI)), nom, vers, litteral)


def _refined(graphe: Graph, propriete: Node, langue: str) -> tuple[ValeurVue, ...]:
    """What says where a property leads when itself does not: the property that it makes more precise."""
    parentes = _nodes(graphe, graphe.objects(propriete, RDFS.subPropertyOf), langue)
    return tuple(replace(vue, texte=messages("ontologie.precise", nom=vue.texte)) for vue in parentes)


def _rank(type_: Node) -> int:
    return list(_TYPES).index(type_)
