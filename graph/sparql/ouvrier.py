"""A worker: one process, one read-only store, one query at a time, until it is closed or killed.

Started by :mod:`graph.sparql.processus` as ``python -c … fd``. It reads its settings, gives up what a
query must not reach (:mod:`graph.sparql.confinement`), opens the store and says it is ready; then it
answers queries one by one. It trusts nothing of a query: the server holds the deadline.
"""

import os
import sys
from typing import Final

import pyoxigraph as ox

from graph.sparql.cadre import PRISE, Entete, pack, unpack
from graph.sparql.confinement import allow_processor, confine, die_after
from graph.sparql.formats import Format
from graph.sparql.serialisation import Bornes, Ecrit, FormatImpossibleError, write_answer

_SURSIS: Final = 2.0
"""Seconds left to the server to kill this process before the kernel does."""


class Ouvrier:
    """The store of a worker and what it answers with."""

    def __init__(self, reglages: Entete) -> None:
        self._store = ox.Store.read_only(reglages["store"])
        self._prefixes: dict[str, str] = reglages["prefixes"]
        self._union: bool = reglages["union"]

    def answer(self, demande: Entete) -> tuple[Entete, bytes]:
        """Run one query; what goes wrong is a code for the server to say in French."""
        try:
            ecrit = self._run(demande)
        except SyntaxError as erreur:
            return {"erreur": "syntaxe", "message": str(erreur)}, b""
        except FormatImpossibleError:
            return {"erreur": "format"}, b""
        except MemoryError:
            return {"erreur": "memoire"}, b""
        except OSError:
            return {"erreur": "lecture"}, b""
        except RuntimeError as erreur:
            return {"erreur": "evaluation", "message": str(erreur)}, b""
        except ValueError:
            return {"erreur": "valeur"}, b""
        return {"lignes": ecrit.lignes, "tronque": ecrit.tronque}, ecrit.corps

    def _run(self, demande: Entete) -> Ecrit:
        defaut, nommes = demande["graphes_defaut"], demande["graphes_nommes"]
        given = defaut is not None or nommes is not None
        answer = self._store.query(
            demande["requete"],
            base_iri=demande.get("base_iri"),
            prefixes=self._prefixes,
            use_default_graph_as_union=self._union and not given,
            default_graph=[ox.NamedNode(iri) for iri in defaut or ()] if given else None,
            named_graphs=[ox.NamedNode(iri) for iri in nommes or ()] if given else None,
        )
        bornes = Bornes(demande["lignes_max"], demande["octets_max"])
        return write_answer(answer, Format(demande["format"]), bornes, self._prefixes)


def serve(canal: int) -> None:
    """Answer what comes on a descriptor until the other side closes it."""

    def read(length: int) -> bytes:
        return os.read(canal, length)

    opening = unpack(read)
    if opening is None:
        return
    reglages, _ = opening
    missing = confine(reglages["memoire_octets"])
    try:
        ouvrier = Ouvrier(reglages)
    except OSError as erreur:
        _write(canal, pack({"pret": False, "raison": str(erreur)}))
        return
    _write(canal, pack({"pret": True, "manque": missing}))
    while (received := unpack(read)) is not None:
        demande, _ = received
        _write(canal, PRISE)
        allow_processor(demande["delai"])
        die_after(demande["delai"] + _SURSIS)
        entete, corps = ouvrier.answer(demande)
        _write(canal, pack(entete, corps))
        die_after(0)
        if entete.get("erreur") == "memoire":
            return


def _write(canal: int, message: bytes) -> None:
    rest = memoryview(message)
    while rest:
        rest = rest[os.write(canal, rest) :]


def main() -> None:
    """Serve on the descriptor given as last argument."""
    try:
        serve(int(sys.argv[-1]))
    except (BrokenPipeError, ConnectionResetError):
        sys.exit(0)
