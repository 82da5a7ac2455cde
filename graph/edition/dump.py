"""An edition as files: all its named graphs as N-Quads, or one as Turtle, gzipped as they are read.

Nothing is kept on disk: a national edition would double in size for files few ask for. The default graph is
left out: it only holds what the named graphs say.

Run as a program (``python -m graph.edition.dump FOLDER [GRAPH]``) it writes to its standard output, so that
a server can read it at the pace of a client, and stop it.
"""

import gzip
import io
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Final, cast

import pyoxigraph as ox

from graph.edition.dossier import reading
from graph.edition.manifeste import Manifeste
from graph.store import Store
from ontology.namespaces import EDITION, MAILLAGE, PREFIXES

STORE: Final = "store"
NIVEAU: Final = 6
"""Of gzip."""
TAMPON: Final = 1 << 20
"""Bytes compressed at a time: the engine writes word by word."""
ECHANTILLON: Final = 5_000
"""Statements of a graph that are written to tell how long its file is."""
DOUCEUR: Final = 10
"""Niceness of the program: answering questions comes first."""


def graphs_of(manifeste: Manifeste) -> dict[str, str]:
    """Return the named graphs of an edition by the path of their IRI: its sources, then what it deduced."""
    found = {_path(source.graphe): source.graphe for source in manifeste.sources}
    return found | {f"edition/{manifeste.id}": f"{EDITION}{manifeste.id}"}


def dump_path(identifiant: str, graphe: str = "") -> str:
    """Path of the file of an edition, or of one of its graphs."""
    return f"dumps/{identifiant}/{_path(graphe)}.ttl.gz" if graphe else f"dumps/{identifiant}.nq.gz"


def measure_dumps(store: Store, enonces: Mapping[str, int]) -> dict[str, int]:
    """Return about how many bytes each file has: the beginning of each graph is written, the rest is alike.

    Args:
        store: of the edition.
        enonces: how many statements each graph holds, by IRI.

    Returns:
        Bytes by IRI of the graph, and of the whole under the empty one.
    """
    tailles = {"": 0}
    for graphe, nombre in enonces.items():
        nom = ox.NamedNode(graphe)
        requete = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {nom} {{ ?s ?p ?o }} }} LIMIT {ECHANTILLON}"
        triples = list(store.construct(requete))
        rest = nombre / len(triples) if triples else 0
        tailles[graphe] = round(
            rest * _weigh(ox.serialize(triples, None, ox.RdfFormat.TURTLE, prefixes=PREFIXES))
        )
        quads = (ox.Quad(t.subject, t.predicate, t.object, nom) for t in triples)
        tailles[""] += round(rest * _weigh(ox.serialize(quads, None, ox.RdfFormat.N_QUADS)))
    return tailles


def _weigh(texte: bytes | None) -> int:
    return len(gzip.compress(texte or b"", NIVEAU))


def write_dump(folder: Path, sortie: IO[bytes], graphe: str = "") -> None:
    """Write an edition, or one of its graphs, gzipped.

    Args:
        folder: of the edition; it is not pruned meanwhile.
        sortie: where to write.
        graphe: IRI of a graph, empty for all.

    Raises:
        OSError: no store there, or nobody reads any more.
    """
    compressed = gzip.GzipFile("", "wb", NIVEAU, sortie, mtime=0)
    with reading(folder), io.BufferedWriter(cast("io.RawIOBase", compressed), TAMPON) as flux:
        store = ox.Store.read_only(str(folder / STORE))
        if graphe:
            nom = ox.NamedNode(graphe)
            store.dump(flux, ox.RdfFormat.TURTLE, from_graph=nom, prefixes=PREFIXES)
        else:
            ox.serialize(_named(store), flux, ox.RdfFormat.N_QUADS)


def _named(store: ox.Store) -> Iterable[ox.Quad]:
    graphes = sorted(store.named_graphs(), key=str)
    return (quad for graphe in graphes for quad in store.quads_for_pattern(None, None, None, graphe))


def _path(graphe: str) -> str:
    return graphe.removeprefix(MAILLAGE)


def main() -> None:
    """Write the dump that the command line names."""
    os.nice(DOUCEUR)
    folder, graphe = (*sys.argv[1:3], "")[:2]
    try:
        write_dump(Path(folder), sys.stdout.buffer, graphe)
    except BrokenPipeError:  # whoever asked has left
        os._exit(1)


if __name__ == "__main__":
    main()
