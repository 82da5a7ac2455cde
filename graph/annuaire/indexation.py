"""Make the index of the directory from every actor of an edition."""

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import numpy as np
from pyroaring import BitMap

from graph.annuaire.entrees import Entree
from graph.annuaire.index import SCHEMA, Index
from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri

SANS_ROLE: Final = "Acteur"
"""Class of the actors whose role no source says."""

_VITE: Final = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;"
_Ensembles = Mapping[tuple[str, str], "array[int]"]
_Rangs = np.ndarray[tuple[int], np.dtype[np.int64]]


def write_index(fichier: Path, catalogue: Catalogue, entrees: Iterable[Entree]) -> int:
    """Write the index of an edition under construction; return the number of actors.

    Args:
        fichier: a file that does not exist yet.
        catalogue: gives the territories and concepts that widen what is known of an actor.
        entrees: the actors; the first entry of an IRI counts.
    """
    with sqlite3.connect(fichier) as base:
        base.executescript(_VITE)
        nombre = _fill(base, catalogue, entrees)
    base.close()
    return nombre


def make_index(catalogue: Catalogue, entrees: Iterable[Entree]) -> Index:
    """Make an index in memory, for a catalogue that comes from no edition."""
    base = sqlite3.connect(":memory:", check_same_thread=False)
    _fill(base, catalogue, entrees)
    base.commit()
    return Index(base)


def _fill(base: sqlite3.Connection, catalogue: Catalogue, entrees: Iterable[Entree]) -> int:
    base.executescript(SCHEMA)
    base.execute(
        "CREATE TEMP TABLE arrivee (numero INTEGER PRIMARY KEY, iri TEXT, plie TEXT, noms TEXT, textes TEXT)"
    )
    ensembles: dict[tuple[str, str], array[int]] = defaultdict(lambda: array("I"))
    base.executemany("INSERT INTO arrivee VALUES (?, ?, ?, ?, ?)", _arrivals(entrees, ensembles))
    rangs = _rank(base)
    base.create_function("rang", 1, lambda numero: int(rangs[numero]), deterministic=True)
    base.execute("INSERT INTO acteur SELECT rang(numero), iri FROM arrivee ORDER BY plie, iri")
    base.execute("INSERT INTO mots(rowid, noms, textes) SELECT rang(numero), noms, textes FROM arrivee")
    base.executemany(
        "INSERT OR IGNORE INTO nom VALUES (?, ?)",
        (
            (nom, rang)
            for rang, noms in base.execute("SELECT rang(numero), noms FROM arrivee")
            for nom in noms.split("\n")
        ),
    )
    base.execute("DROP TABLE arrivee")
    base.executemany("INSERT INTO ensemble VALUES (?, ?, ?)", _sets(catalogue, ensembles, rangs))
    return int(rangs.max(initial=-1)) + 1


def _rank(base: sqlite3.Connection) -> _Rangs:
    """Return, by number of arrival, the rank in the alphabetical order of names."""
    (dernier,) = base.execute("SELECT max(numero) FROM arrivee").fetchone()
    rangs = np.zeros(0 if dernier is None else dernier + 1, dtype=np.int64)
    for rang, (numero,) in enumerate(base.execute("SELECT numero FROM arrivee ORDER BY plie, iri")):
        rangs[numero] = rang
    return rangs


def _arrivals(entrees: Iterable[Entree], ensembles: _Ensembles) -> Iterator[tuple[int, Iri, str, str, str]]:
    """Yield a row for each actor, and note the sets it belongs to; an IRI that comes again adds nothing."""
    vus = set[int]()
    numero = 0
    for entree in entrees:
        if (cle := hash(entree.iri)) in vus:
            continue
        vus.add(cle)
        for type_ in entree.types or (SANS_ROLE,):
            ensembles["type", type_].append(numero)
        for secteur in entree.secteurs:
            ensembles["secteur", secteur].append(numero)
        for fonction in entree.fonctions:
            ensembles["fonction", fonction].append(numero)
        for perimetre in entree.perimetres:
            ensembles["perimetre", perimetre].append(numero)
        if entree.siege:
            ensembles["siege", entree.siege].append(numero)
        yield numero, entree.iri, entree.noms[0], "\n".join(entree.noms), entree.textes
        numero += 1


def _sets(catalogue: Catalogue, ensembles: _Ensembles, rangs: _Rangs) -> Iterator[tuple[str, str, bytes]]:
    """Yield the sets, widened: a sector holds the narrower ones, a place what lies inside it."""
    larges: dict[tuple[str, str], BitMap] = defaultdict(BitMap)
    for (genre, valeur), numeros in ensembles.items():
        membres = BitMap(rangs[np.frombuffer(numeros, dtype=np.uint32)].astype(np.uint32))
        if genre in ("type", "perimetre"):
            larges[genre, valeur] |= membres
        if genre in ("secteur", "fonction"):
            for large in (valeur, *catalogue.elargir(valeur)):
                larges[genre, large] |= membres
        if genre in ("siege", "perimetre"):
            for lieu in _containers(catalogue, valeur):
                larges["dans", lieu] |= membres
    return ((genre, valeur, membres.serialize()) for (genre, valeur), membres in larges.items())


def _containers(catalogue: Catalogue, iri: Iri) -> set[Iri]:
    """The place, what contains it, and what replaced it when it ended (Basse-Normandie → Normandie)."""
    territoire = catalogue.territoires.get(iri)
    if territoire is None:
        return {iri}
    return {iri, *territoire.ancetres, *((territoire.remplace_par,) if territoire.remplace_par else ())}
