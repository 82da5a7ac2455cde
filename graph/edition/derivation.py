"""What follows from what the sources say, written once so that nobody derives it at run time.

Types from mandates and along ``rdfs:subClassOf``, direct links between actors, and the closure
``mai:dans`` of the territories. The statements go to the edition's own named graph and, like those of
every source, to the default graph.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import IO, Final

import pyoxigraph as ox

from graph.edition.chargement import load_file
from graph.queries import load_requete
from ontology.namespaces import IGEO, MAI, PREFIXES

_CONTAINED: Final = ox.NamedNode(f"{IGEO}subdivisionDirecteDe")
_DANS: Final = ox.NamedNode(f"{MAI}dans")


def derivation_queries() -> list[str]:
    """Return the names of the published derivations, in the order they are applied."""
    folder = files("graph") / "queries" / "edition"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".rq"))
    return [f"edition/{name.removesuffix('.rq')}" for name in names]


def derive(store: ox.Store, graphe: ox.NamedNode, jour: date, folder: Path) -> int:
    """Add the derived statements of a store under construction to ``graphe`` and the default graph.

    The engine writes each derivation to a file and reads it back: no statement passes through Python.

    Args:
        store: open for writing, all sources loaded in its default graph.
        graphe: the edition's named graph.
        jour: day on which mandates and links must hold.
        folder: where to write meanwhile.

    Returns:
        The number of statements derived (some may repeat what a source says).
    """
    today = ox.Literal(jour.isoformat(), datatype=ox.NamedNode(PREFIXES["xsd"] + "date"))
    pending = folder / "derive.nt"
    total = 0
    try:
        for rang, tour in enumerate(_rounds()):
            with pending.open("wb") as flux:
                if rang == 0:
                    ox.serialize(_closure(store), flux, ox.RdfFormat.N_TRIPLES)
                for nom in tour:
                    _write(store, nom, today, flux)
            total += load_file(store, pending, graphe)
    finally:
        pending.unlink(missing_ok=True)
    return total


def _rounds() -> list[list[str]]:
    """Return the derivations by round: the queries of one tens digit see what earlier rounds derived."""
    return [list(tour) for _, tour in groupby(derivation_queries(), key=lambda nom: nom.split("/")[1][0])]


def _write(store: ox.Store, nom: str, today: ox.Literal, flux: IO[bytes]) -> None:
    requete = load_requete(nom)
    texte = requete.bind(jour=today) if "jour" in requete.parametres else requete.texte
    triples = store.query(texte, prefixes=PREFIXES)
    if not isinstance(triples, ox.QueryTriples):
        raise TypeError(f"{nom}: a CONSTRUCT is expected")
    triples.serialize(flux, ox.RdfFormat.N_TRIPLES)


def _closure(store: ox.Store) -> Iterator[ox.Triple]:
    """Yield ``t mai:dans a`` for every territory and each of its ancestors, itself included.

    Containment is a DAG: an EPCI may straddle departements, a departement is in a former and in a
    present region. A loop in the sources is cut, not followed.
    """
    parents: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, _CONTAINED, None, ox.DefaultGraph()):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            parents[quad.subject].add(quad.object)
    places = set(parents).union(*parents.values()) if parents else set()
    for place in places:
        ancestors, pending = {place}, [place]
        while pending:
            for parent in parents.get(pending.pop(), ()):
                if parent not in ancestors:
                    ancestors.add(parent)
                    pending.append(parent)
        yield from (ox.Triple(place, _DANS, ancestor) for ancestor in ancestors)
