"""The SHACL shapes as SPARQL: one query a constraint, for graphs too large for a validator in memory.

A compiled query supposes what an edition is: types along ``rdfs:subClassOf`` are written in the default
graph, and each source keeps its statements in a graph of its own. « No more than one » is asked of each
source: two registers that name an actor differently are two opinions to show, not a fault.

What the compiler does not know it refuses, so that no shape is left out in silence.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from rdflib import SH, Graph
from rdflib.term import Node, URIRef

from ontology.expressions import CONNUS, VALEURS, Chemin, Expressions, either, then, union

_NOEUD: Final = "?noeud"
_VALEUR: Final = "?valeur"


@dataclass(frozen=True, slots=True)
class Contrainte:
    """One constraint of one shape, as a query that finds what breaks it."""

    forme: str
    """IRI of the shape that says it, which may be a property shape."""
    composant: str
    """Local name of the SHACL component, for instance ``MinCountConstraintComponent``."""
    chemin: str
    """The field: ``prefLabel``, ``prefLabel | title``, ``^etape``; empty when the whole thing is at fault."""
    message: str
    """What to do, in French."""
    candidats: str
    """What to go through, once."""
    faute: str
    """True of a candidate that breaks the rule."""
    suite: str
    """Pattern from a faulty candidate to ``?noeud``, when the candidates are values."""
    cible: str
    """Pattern of the things that the rule is about, asked of the faulty ones only; empty when known."""

    @property
    def nom(self) -> str:
        """Local name of the shape."""
        return self.forme.rpartition("#")[2]

    @property
    def visee(self) -> str:
        """True when the rule is about ``?noeud``."""
        return f"EXISTS {{ {self.cible} }}" if self.cible else "true"

    @property
    def requete(self) -> str:
        """A SELECT of ``?noeud`` and, when one value is at fault, ``?valeur``."""
        broken = then(self.faute, self.visee)
        motif = f"{{ {self.candidats} FILTER ({self.faute}) }} {self.suite}" if self.suite else self.candidats
        return f"SELECT DISTINCT {_NOEUD} {_VALEUR} WHERE {{ {motif} FILTER ({broken}) }}"


@dataclass(frozen=True, slots=True)
class Depistage:
    """Constraints that go through the same statements: one ASK tells whether any is broken."""

    contraintes: tuple[Contrainte, ...]

    @property
    def requete(self) -> str:
        """The ASK: a graph without fault is gone through once for all these constraints."""
        visees: dict[str, dict[str, None]] = {}
        for contrainte in self.contraintes:
            visees.setdefault(contrainte.faute, {})[contrainte.visee] = None
        broken = either(then(faute, either(visee)) for faute, visee in visees.items())
        candidats, suite = self.contraintes[0].candidats, self.contraintes[0].suite
        if suite:
            candidats = f"{{ {candidats} FILTER {either(visees)} }} {suite}"
        return f"ASK {{ {candidats} FILTER {broken} }}"


def compile_shapes(shapes: Graph) -> tuple[Contrainte, ...]:
    """Compile every shape that has a target.

    Raises:
        NotImplementedError: the shapes use a component, a path or a datatype the compiler does not know.
    """
    used = {str(predicate) for predicate in shapes.predicates(unique=True)}
    unknown = {iri for iri in used if iri.startswith(str(SH))} - {str(known) for known in CONNUS}
    if unknown:
        raise NotImplementedError(f"unknown to the compiler: {', '.join(sorted(unknown))}")
    found = sorted(_Compilateur(shapes).constraints(), key=lambda c: (c.forme, c.composant, c.cible, c.faute))
    fautes: dict[str, set[str]] = {}
    for contrainte in found:
        fautes.setdefault(contrainte.candidats, set()).add(contrainte.faute)
    return tuple(_target_first(c) if c.suite and len(fautes[c.candidats]) > 1 else c for c in found)


def group(contraintes: Iterable[Contrainte]) -> tuple[Depistage, ...]:
    """Put together the constraints that go through the same statements."""
    groups: dict[str, list[Contrainte]] = {}
    for contrainte in contraintes:
        groups.setdefault(contrainte.candidats, []).append(contrainte)
    return tuple(Depistage(tuple(members)) for members in groups.values())


def _target_first(contrainte: Contrainte) -> Contrainte:
    """Begin with the things, where a value that is right for one shape is a fault for another."""
    return replace(contrainte, candidats=f"{contrainte.cible} {contrainte.suite}", suite="", cible="")


class _Compilateur:
    """Plans one query a constraint."""

    def __init__(self, shapes: Graph) -> None:
        self._shapes = shapes
        self._expressions = Expressions(shapes)

    def constraints(self) -> Iterator[Contrainte]:
        targets: dict[Node, list[str]] = {}
        for shape, classe in self._shapes.subject_objects(SH.targetClass):
            targets.setdefault(shape, []).append(f"{_NOEUD} a {classe.n3()} .")
        for shape, predicat in self._shapes.subject_objects(SH.targetSubjectsOf):
            targets.setdefault(shape, []).append(f"{_NOEUD} {predicat.n3()} ?objet .")
        for shape, cibles in targets.items():
            yield from self._constraints_of(shape, sorted(cibles))
            for propriete in self._shapes.objects(shape, SH.property):
                yield from self._constraints_of(propriete, sorted(cibles))

    def _constraints_of(self, shape: Node, cibles: list[str]) -> Iterator[Contrainte]:
        """Yield the constraints of a shape for the nodes that the patterns ``cibles`` find."""
        chemin = self._expressions.path(shape)
        message = str(self._shapes.value(shape, SH.message) or "")
        for composant, argument in self._expressions.components(shape):
            name = str(composant).rpartition("#")[2]
            yield Contrainte(
                str(shape),
                f"{name[0].upper()}{name[1:]}ConstraintComponent",
                chemin.nom if chemin else "",
                message,
                *self._plan(shape, chemin, composant, argument, cibles),
            )

    def _plan(
        self, shape: Node, chemin: Chemin | None, composant: URIRef, argument: Node, cibles: list[str]
    ) -> tuple[str, str, str, str]:
        """Return the candidates, the fault, what follows and the target, in the cheapest order.

        Values are looked at before the things that bear them: there are fewer different ones, and those
        without fault ask for nothing more. Grouping costs a twentieth of an EXISTS a row.
        """
        ask = self._expressions
        cible = union(cibles)
        if chemin is not None and composant in VALEURS:
            porte, faute = chemin.joins(_NOEUD, _VALEUR), f"!{ask.value(composant, argument, _VALEUR)}"
            if "EXISTS" not in faute:
                return porte, faute, "", cible
            values = f"SELECT {_VALEUR} WHERE {{ {chemin.joins('?porteur', _VALEUR)} }} GROUP BY {_VALEUR}"
            return f"{{ {values} }}", faute, porte, cible
        faute = f"!{ask.holds_one(shape, composant, argument, _NOEUD)}"
        limit = ask.too_many(shape, composant, argument)
        if chemin is not None and len(chemin.predicats) == 1 and limit is not None and limit.nombre > 1:
            motif = chemin.joins(_NOEUD, "?objet")
            counted = f"SELECT {_NOEUD} (COUNT(?objet) AS ?nombre) WHERE {{ {motif} }}"
            faute = then(f"?nombre >= {limit.nombre}", faute)
            return f"{{ {counted} GROUP BY {_NOEUD} }}", faute, "", cible
        return cible, faute, "", ""
