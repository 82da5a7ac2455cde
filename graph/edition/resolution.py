"""One actor for one organisation: IRIs that an identifier says are the same become one in an edition.

Readers give an actor the IRI of its SIRET, else of its RNA number. The two registers do not always agree:
RNA may not know the SIRET of an association whose RNA number SIRENE gives. The pairs (RNA, SIRET) that any
source writes on one actor settle it:

- ``acteur/rna-W`` becomes ``acteur/siret-S`` when W goes with S, and with no other SIRET;
- an actor under another IRI (a workbook's own number…) becomes ``acteur/siret-S``, else ``acteur/rna-W``,
  when it bears that number and some source has described that IRI;
- two SIRET are never merged: two establishments of one association are two places to call at.

Names never count. The statements are rewritten on their way to the store, each staying in its source's graph;
the merged IRI keeps a redirect, ``dcterms:isReplacedBy``, in the edition's graph.
"""

import mmap
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ontology.namespaces import MAI, PREFIXES

_ACTEUR: Final = b"/id/acteur/"
_SLUG_RNA: Final = _ACTEUR + b"rna-"
_NUMERO: Final = re.compile(rb"> <" + re.escape(str(MAI).encode()) + rb'(siret|rna)> "([^"\\\n]+)" \.')
_REDIRECT: Final = f"<{PREFIXES['dcterms']}isReplacedBy>".encode()
_FIN: Final = b" .\n"


@dataclass(slots=True)
class Fusions:
    """Which actors become which."""

    sirets: dict[bytes, bytes] = field(default_factory=dict)
    """RNA number → SIRET, where one and only one goes with it."""
    autres: dict[bytes, bytes] = field(default_factory=dict)
    """Terms of actors under an IRI of their own → the term they become."""
    fusionnes: list[bytes] = field(default_factory=list)
    """Terms of the actors that some source describes and that become another."""
    ambigus: int = 0
    """RNA numbers that go with several SIRET: left as they are."""

    def canonical(self, terme: bytes) -> bytes:
        """Return the term that an actor's becomes, itself when it stays."""
        head, found, slug = terme.partition(_ACTEUR)
        if found and slug.startswith(b"rna-"):
            siret = self.sirets.get(slug[4:-1])
            return head + _ACTEUR + b"siret-" + siret + b">" if siret else terme
        return self.autres.get(terme, terme)

    @contextmanager
    def rewritten(self, fichier: Path, folder: Path) -> Iterator[Path]:
        """Give the file of a source's statements with the actors merged: itself when nothing changes."""
        if not self.fusionnes:
            yield fichier
            return
        pending = folder / "rapproche.nt"
        try:
            with fichier.open("rb") as flux, pending.open("wb", buffering=1 << 20) as sortie:
                changed = sum(self._write(line, sortie.write) for line in flux)
            yield pending if changed else fichier
        finally:
            pending.unlink(missing_ok=True)

    def _write(self, line: bytes, write: Callable[[bytes], int]) -> bool:
        if _ACTEUR not in line:
            write(line)
            return False
        sujet, _, reste = line.partition(b" ")
        propriete, _, objet = reste.partition(b" ")
        if propriete != _REDIRECT:
            sujet = self.canonical(sujet)
        if objet.startswith(b"<"):
            objet = self.canonical(objet.removesuffix(_FIN)) + _FIN
        new = b" ".join((sujet, propriete, objet))
        write(new)
        return new != line

    def redirect(self, store: ox.Store, graphe: ox.NamedNode) -> None:
        """Write where each merged IRI leads, in the edition's graph and the default one."""
        lines = b"".join(b" ".join((old, _REDIRECT, self.canonical(old))) + _FIN for old in self.fusionnes)
        for where in (graphe, ox.DefaultGraph()) if lines else ():
            store.bulk_load(lines, ox.RdfFormat.N_TRIPLES, to_graph=where)


@dataclass(slots=True)
class _Releve:
    """What all sources say of numbers, before anything is concluded."""

    sirets: set[bytes] = field(default_factory=set)
    """SIRET whose IRI is described."""
    rnas: dict[bytes, bytes] = field(default_factory=dict)
    """RNA numbers whose IRI is described → its term."""
    couples: dict[bytes, set[bytes]] = field(default_factory=dict)
    autres: dict[bytes, dict[bytes, bytes]] = field(default_factory=dict)
    """Terms under an IRI of their own → their numbers."""

    def note(self, terme: bytes, propriete: bytes, valeur: bytes) -> None:
        slug = terme.rpartition(b"/")[2][:-1]
        if slug == propriete + b"-" + valeur:
            if propriete == b"siret":
                self.sirets.add(valeur)
            else:
                self.rnas[valeur] = terme
        elif slug.startswith(b"siret-"):
            if propriete == b"rna":
                self.couples.setdefault(valeur, set()).add(slug[6:])
        else:
            self.autres.setdefault(terme, {})[propriete] = valeur
            if slug.startswith(b"rna-"):
                self.autres[terme].setdefault(b"rna", slug[4:])


def find_fusions(fichiers: Iterable[Path]) -> Fusions:
    """Read the numbers that the sources write on actors and return which actors become which."""
    releve = _Releve()
    for fichier in fichiers:
        for terme, propriete, valeur in _numbers(fichier):
            releve.note(terme, propriete, valeur)
    for numeros in releve.autres.values():
        rna, siret = numeros.get(b"rna"), numeros.get(b"siret")
        if rna and siret in releve.sirets:
            releve.couples.setdefault(rna, set()).add(siret)
    fusions = Fusions(
        sirets={rna: next(iter(sirets)) for rna, sirets in releve.couples.items() if len(sirets) == 1},
        ambigus=sum(len(sirets) > 1 for sirets in releve.couples.values()),
    )
    for terme, numeros in releve.autres.items():
        target = _target(terme, numeros, releve, fusions)
        if target is not None and _SLUG_RNA not in terme:
            fusions.autres[terme] = target
    merged = [terme for rna, terme in releve.rnas.items() if rna in fusions.sirets]
    fusions.fusionnes = sorted([*merged, *fusions.autres])
    return fusions


def _target(terme: bytes, numeros: dict[bytes, bytes], releve: _Releve, fusions: Fusions) -> bytes | None:
    rna = numeros.get(b"rna", b"")
    siret = numeros.get(b"siret") or fusions.sirets.get(rna)
    if siret in releve.sirets:
        return terme.partition(_ACTEUR)[0] + _ACTEUR + b"siret-" + siret + b">"
    return releve.rnas.get(rna)


def _numbers(fichier: Path) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield the term of an actor, ``siret`` or ``rna``, and the number, for each such statement of a file."""
    if fichier.stat().st_size == 0:
        return
    with fichier.open("rb") as flux, mmap.mmap(flux.fileno(), 0, access=mmap.ACCESS_READ) as octets:
        for found in _NUMERO.finditer(octets):
            terme = octets[octets.rfind(b"\n", 0, found.start()) + 1 : found.start() + 1]
            if _ACTEUR in terme:
                yield terme, found[1], found[2]
