"""Checks of an edition: the ontology's ``checks/*.rq``, each of which must find nothing."""

from dataclasses import dataclass
from importlib.resources import files

import pyoxigraph as ox

from graph.queries import parse_requete
from ontology.namespaces import PREFIXES


@dataclass(frozen=True, slots=True)
class Controle:
    """A check that found something: its name, what it looks for, some of what it found."""

    nom: str
    question: str
    lignes: tuple[str, ...]
    total: int


BLOQUANTS = frozenset({"personne"})
"""Checks that refuse an edition: personal data never goes live, whatever else is right."""

EXEMPLES = 20
"""Rows kept per check for the report; all are counted."""


def find_controles() -> list[str]:
    """Return the names of the checks, sorted."""
    folder = files("ontology") / "checks"
    return sorted(e.name.removesuffix(".rq") for e in folder.iterdir() if e.name.endswith(".rq"))


def run_controles(store: ox.Store) -> list[Controle]:
    """Run every check; return those that found something, an empty list when all is well."""
    found = []
    for nom in find_controles():
        texte = (files("ontology") / "checks" / f"{nom}.rq").read_text(encoding="utf-8")
        requete = parse_requete(nom, texte)
        solutions = store.query(texte, prefixes=PREFIXES)
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError(f"{nom}: a SELECT is expected")
        lignes = [" · ".join(str(terme) for terme in solution if terme is not None) for solution in solutions]
        if lignes:
            found.append(Controle(nom, requete.question, tuple(lignes[:EXEMPLES]), len(lignes)))
    return found
