"""What shapes ask of a node, as SPARQL expressions that are true or false and never an error."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from rdflib import SH, XSD, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

VALEURS: Final = (
    *(SH["class"], SH.datatype, SH.nodeKind, SH.minInclusive, SH.pattern, SH.minLength, SH.languageIn),
    *(SH["in"], SH["not"], SH["or"], SH.node),
)
"""Components that judge one value at a time."""

_DECOMPTES: Final = (
    *(SH.minCount, SH.maxCount, SH.hasValue, SH.uniqueLang, SH.qualifiedMinCount, SH.qualifiedMaxCount),
)
"""Components that judge all the values of a path together."""

CONNUS: Final = frozenset(
    {
        *(*VALEURS, *_DECOMPTES, SH.qualifiedValueShape, SH.path, SH.inversePath, SH.alternativePath),
        *(SH.targetClass, SH.targetSubjectsOf, SH.property, SH.message),
    }
)

_NATURES: Final[dict[Node, str]] = {SH.IRI: "isIRI", SH.Literal: "isLiteral", SH.BlankNode: "isBlank"}
_TYPES: Final = frozenset(
    {
        *(XSD.string, XSD.boolean, XSD.integer, XSD.decimal, XSD.double),
        *(XSD.date, XSD.gYearMonth, XSD.gYear),
    }
)
"""Datatypes whose SPARQL cast tells whether a text is well written."""

Condition = Callable[[str], str]
"""From a variable to an expression."""


@dataclass(frozen=True, slots=True)
class Chemin:
    """A path: a predicate, its inverse, or a choice of predicates."""

    predicats: tuple[URIRef, ...]
    inverse: bool = False

    @property
    def nom(self) -> str:
        """Return ``prefLabel``, ``prefLabel | title`` or ``^etape``."""
        noms = " | ".join(str(p).replace("#", "/").rsplit("/", 1)[-1] for p in self.predicats)
        return f"^{noms}" if self.inverse else noms

    def joins(self, sujet: str, valeur: str) -> str:
        """Return the pattern « ``valeur`` is a value of ``sujet`` »."""
        if self.inverse:
            sujet, valeur = valeur, sujet
        return union([f"{sujet} {predicat.n3()} {valeur} ." for predicat in self.predicats])


@dataclass(frozen=True, slots=True)
class Valeurs:
    """So many different values of a path, each of which meets a condition."""

    nombre: int
    condition: Condition | None = None
    paire: Callable[[str, str], str] = lambda une, autre: f"!sameTerm({une}, {autre})"

    def exist(self, chemin: Chemin, noeud: str, graphe: str = "") -> str:
        """Return « there are so many » as an expression, in one ``graphe`` or in the default one."""
        valeurs = [f"{noeud}_{rang}" for rang in range(self.nombre)]
        motif = " ".join(chemin.joins(noeud, valeur) for valeur in valeurs)
        tests = [self.condition(valeur) for valeur in valeurs] if self.condition else []
        tests += [self.paire(*couple) for couple in combinations(valeurs, 2)]
        where = f"GRAPH {graphe} {{ {motif} }}" if graphe else motif
        return f"EXISTS {{ {where} FILTER {both(tests)} }}"

    def exceed(self, chemin: Chemin, noeud: str) -> str:
        """Return « there are so many, and one source alone says them » as an expression."""
        return then(self.exist(chemin, noeud), self.exist(chemin, noeud, f"{noeud}_source"))


class Expressions:
    """Reads the shapes; every method returns SPARQL.

    Raises:
        NotImplementedError: from any method, for what the compiler does not know.
    """

    def __init__(self, shapes: Graph) -> None:
        self._shapes = shapes

    def components(self, shape: Node) -> Iterator[tuple[URIRef, Node]]:
        """Yield what a shape itself asks: a component and its argument."""
        for composant in (*VALEURS, *_DECOMPTES):
            for argument in sorted(self._shapes.objects(shape, composant), key=str):
                yield composant, argument

    def path(self, shape: Node) -> Chemin | None:
        """Return the path of a property shape, None for a node shape."""
        path = self._shapes.value(shape, SH.path)
        if path is None or isinstance(path, URIRef):
            return None if path is None else Chemin((path,))
        inverse = self._shapes.value(path, SH.inversePath)
        choix = self._shapes.value(path, SH.alternativePath)
        predicats = [inverse] if inverse else list(Collection(self._shapes, choix)) if choix else []
        known = tuple(predicat for predicat in predicats if isinstance(predicat, URIRef))
        if not known or len(known) < len(predicats):
            raise NotImplementedError(f"a path of {shape} is unknown to the compiler")
        return Chemin(known, inverse=inverse is not None)

    def _holds(self, shape: Node, noeud: str) -> str:
        """Return « this node conforms to this shape » as an expression."""
        parts = [self.holds_one(shape, *component, noeud) for component in self.components(shape)]
        parts += [self._holds(propriete, noeud) for propriete in self._shapes.objects(shape, SH.property)]
        return both(parts)

    def holds_one(self, shape: Node, composant: URIRef, argument: Node, noeud: str) -> str:
        """Return « this node has nothing against this component of this shape » as an expression."""
        chemin = self.path(shape)
        if chemin is None:
            return self.value(composant, argument, noeud)
        if composant in VALEURS:
            valeur = f"{noeud}_v"
            faute = f"!{self.value(composant, argument, valeur)}"
            return f"(!EXISTS {{ {chemin.joins(noeud, valeur)} FILTER ({faute}) }})"
        limit = self.too_many(shape, composant, argument)
        if limit is not None:
            return f"(!{limit.exceed(chemin, noeud)})"
        if composant == SH.hasValue:
            return f"(EXISTS {{ {chemin.joins(noeud, argument.n3())} }})"
        if composant in {SH.minCount, SH.qualifiedMinCount}:
            condition = None if composant == SH.minCount else self._qualified(shape)
            return f"({Valeurs(int(str(argument)), condition).exist(chemin, noeud)})"
        raise NotImplementedError(f"{composant} {argument} is unknown to the compiler")

    def too_many(self, shape: Node, composant: URIRef, argument: Node) -> Valeurs | None:
        """Return the values that are one too many, for the components that set a limit."""
        if composant == SH.uniqueLang and str(argument) == "true":
            return Valeurs(2, paire=_same_language)
        if composant == SH.maxCount:
            return Valeurs(int(str(argument)) + 1)
        if composant == SH.qualifiedMaxCount:
            return Valeurs(int(str(argument)) + 1, self._qualified(shape))
        return None

    def _qualified(self, shape: Node) -> Condition:
        qualified = self._shapes.value(shape, SH.qualifiedValueShape)
        if qualified is None:
            raise NotImplementedError(f"{shape} counts values of no shape")
        return lambda valeur: self._holds(qualified, valeur)

    def value(self, composant: URIRef, argument: Node, valeur: str) -> str:
        """Return « this value has nothing against this component » as an expression, never an error."""
        if composant == SH["class"]:
            return f"(EXISTS {{ {valeur} a {argument.n3()} }})"
        if composant == SH.node:
            return self._holds(argument, valeur)
        if composant == SH["not"]:
            return f"(!{self._holds(argument, valeur)})"
        if composant == SH["or"]:
            return either(self._holds(choix, valeur) for choix in Collection(self._shapes, argument))
        if composant == SH["in"]:
            termes = Collection(self._shapes, argument)
            return either(f"sameTerm({valeur}, {terme.n3()})" for terme in termes)
        return _literal_test(composant, argument, valeur, list(Collection(self._shapes, argument)))


def _same_language(une: str, autre: str) -> str:
    """Return « two texts in one language »."""
    return f'!sameTerm({une}, {autre}) && LANG({une}) != "" && LCASE(LANG({une})) = LCASE(LANG({autre}))'


def _literal_test(composant: URIRef, argument: Node, valeur: str, liste: Sequence[Node]) -> str:
    """Return the test of the components that look at the term itself."""
    if composant == SH.nodeKind and argument in _NATURES:
        return f"{_NATURES[argument]}({valeur})"
    if composant == SH.languageIn:
        langues = either(f"LANGMATCHES(LANG({valeur}), {langue.n3()})" for langue in liste)
        return f"COALESCE({langues}, false)"
    if composant == SH.datatype and argument in _TYPES:
        type_ = argument.n3()
        return f"COALESCE(DATATYPE({valeur}) = {type_} && isLiteral({type_}(STR({valeur}))), false)"
    tests: dict[Node, str] = {
        SH.pattern: f"REGEX(STR({valeur}), {argument.n3()})",
        SH.minLength: f"STRLEN(STR({valeur})) >= {argument.n3()}",
        SH.minInclusive: f"{valeur} >= {argument.n3()}",
    }
    if composant not in tests:
        raise NotImplementedError(f"{composant} {argument} is unknown to the compiler")
    return f"COALESCE({tests[composant]}, false)"


def then(expression: str, suivante: str) -> str:
    """Return « and », the second asked of what the first lets through: an engine may reorder ``&&``."""
    return f"IF({expression}, {suivante}, false)"


def both(expressions: Iterable[str]) -> str:
    """Return « all of them »."""
    return f"({' && '.join(expressions) or 'true'})"


def either(expressions: Iterable[str]) -> str:
    """Return « one of them at least »."""
    return f"({' || '.join(expressions) or 'false'})"


def union(motifs: Sequence[str]) -> str:
    """Return the solutions of every pattern."""
    return motifs[0] if len(motifs) == 1 else " UNION ".join(f"{{ {motif} }}" for motif in motifs)
