"""Published queries: one ``.rq`` a question, runnable as it is, bound safely when asked by the code.

A parameter is a line ``VALUES ?name { sample }`` inside WHERE. Binding replaces what is between the
braces by serialised terms, so that a value can never become query text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

import pyoxigraph as ox

Terme = ox.NamedNode | ox.Literal

_PARAMETRE: Final = re.compile(r"VALUES\s+\?(\w+)\s*\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Requete:
    """A published query: its name, its question in French, its text."""

    nom: str
    question: str
    texte: str

    @property
    def parametres(self) -> frozenset[str]:
        """Names that :meth:`bind` takes."""
        return frozenset(_PARAMETRE.findall(self.texte))

    def bind(self, **valeurs: Terme | Iterable[Terme]) -> str:
        """Return the text with parameters replaced; those not given keep their sample value.

        Raises:
            KeyError: a name that the query does not have.
        """
        unknown = valeurs.keys() - self.parametres
        if unknown:
            raise KeyError(f"{self.nom}: no parameter {', '.join(sorted(unknown))}")

        def fill(trouve: re.Match[str]) -> str:
            nom = trouve[1]
            if nom not in valeurs:
                return trouve[0]
            valeur = valeurs[nom]
            termes = [valeur] if isinstance(valeur, ox.NamedNode | ox.Literal) else list(valeur)
            return f"VALUES ?{nom} {{ {' '.join(str(terme) for terme in termes)} }}"

        return _PARAMETRE.sub(fill, self.texte)


def parse_requete(nom: str, texte: str) -> Requete:
    """Make a query of its text: the first paragraph of comments is its question."""
    lines: list[str] = []
    for line in texte.splitlines():
        words = line.removeprefix("#").strip()
        if not line.startswith("#") or not words:
            break
        lines.append(words)
    return Requete(nom, " ".join(lines), texte)


def load_requete(nom: str) -> Requete:
    """Read ``graph/queries/<nom>.rq`` (``nom`` = ``theme/name``).

    Raises:
        FileNotFoundError: no such query.
    """
    fichier = files("graph") / "queries" / f"{nom}.rq"
    return parse_requete(nom, fichier.read_text(encoding="utf-8"))
