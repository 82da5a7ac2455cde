"""Writing statements by prefixed names."""

from collections.abc import Iterator

import pyoxigraph as ox

from ontology.namespaces import PREFIXES


def say(sujet: str, propriete: str, *objets: ox.NamedNode | ox.Literal) -> Iterator[ox.Triple]:
    """Yield a statement for each value of a property, named by its prefix (``dcterms:title``)."""
    for objet in objets:
        yield ox.Triple(ox.NamedNode(sujet), name(propriete), objet)


def name(court: str) -> ox.NamedNode:
    """Return the IRI of a prefixed name."""
    prefixe, _, nom = court.partition(":")
    return ox.NamedNode(PREFIXES[prefixe] + nom)


def french(texte: str) -> ox.Literal:
    """Return a text in French."""
    return ox.Literal(texte, language="fr")


def number(nombre: int) -> ox.Literal:
    """Return a whole number."""
    return typed(str(nombre), "integer")


def typed(texte: str, type_: str) -> ox.Literal:
    """Return a value of an XML Schema type (``date``)."""
    return ox.Literal(texte, datatype=ox.NamedNode(PREFIXES["xsd"] + type_))
