"""One actor for one organisation: IRIs that an identifier says are the same become one in an edition.

Readers give an actor the IRI of its SIRET, else of its RNA number. The two registers do not always agree:
RNA may not know the SIRET of an association whose RNA number SIRENE gives. The pairs (RNA, SIRET) that any
source writes on one actor settle it:

- ``acteur/rna-W`` becomes ``acteur/siret-S`` when W goes with S, and with no other SIRET;
- an actor under another IRI (a workbook's own number…) becomes ``acteur/siret-S``, else ``acteur/rna-W``,
  when it bears that number and some source has described that IRI;
- two SIRET are never merged: two establishments of one association are two places to call at;
- a person may say that two actors are one (:mod:`graph.edition.reponses`), unless numbers say not.

Names never count: what they suggest is proposed to a person (:mod:`graph.edition.rapprochement`). The
statements are rewritten on their way to the store, each staying in its source's graph; the merged IRI keeps a
redirect, ``dcterms:isReplacedBy``, in the edition's graph.
"""

import mmap
import re
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ontology.namespaces import MAI, PREFIXES

ACTEUR: Final = b"/id/acteur/"
_SIRET: Final = ACTEUR + b"siret-"
_RNA: Final = ACTEUR + b"rna-"
_NUMERO: Final = re.compile(rb"> <" + re.escape(str(MAI).encode()) + rb'(siret|rna)> "([^"\\\n]+)" \.')
_REDIRECT: Final = f"<{PREFIXES['dcterms']}isReplacedBy>".encode()
_FIN: Final = b" ."
_ENTRE_CHOSES: Final = b"\n\n"
_BLOC: Final = 1 << 22
_LOT: Final = 100_000

Couple = tuple[bytes, bytes]
"""The terms of two actors."""


@dataclass(slots=True)
class Fusions:
    """Which actors become which."""

    sirets: dict[bytes, bytes] = field(default_factory=dict)
    """RNA number → SIRET, where one and only one goes with it."""
    autres: dict[bytes, bytes] = field(default_factory=dict)
    """Terms of actors under an IRI of their own → the term they become."""
    fusionnes: list[bytes] = field(default_factory=list)
    """Terms of the actors that become another, for their redirects."""
    ambigus: dict[bytes, set[bytes]] = field(default_factory=dict)
    """RNA numbers that go with several SIRET, left as they are → those SIRET."""

    def canonical(self, terme: bytes) -> bytes:
        """Return the term that an actor's becomes, itself when it stays."""
        while (suivant := self._next(terme)) is not None:
            terme = suivant
        return terme

    def _next(self, terme: bytes) -> bytes | None:
        head, found, rna = terme.partition(_RNA)
        if not found:
            return self.autres.get(terme)
        siret = self.sirets.get(rna[:-1])
        return head + _SIRET + siret + b">" if siret else None

    @contextmanager
    def rewritten(self, fichier: Path, folder: Path) -> Iterator[Path]:
        """Give the file of a source's statements with the actors merged: itself when nothing changes."""
        if not self.fusionnes:
            yield fichier
            return
        pending = folder / "rapproche.nt"
        try:
            with pending.open("wb", buffering=1 << 20) as sortie:
                changed = False
                for rang, chose in enumerate(things(fichier)):
                    new = self._merge(chose)
                    changed = changed or new != chose
                    sortie.write(_ENTRE_CHOSES + new if rang else new)
            yield pending if changed else fichier
        finally:
            pending.unlink(missing_ok=True)

    def _merge(self, chose: bytes) -> bytes:
        """Rewrite what is said of a thing: at once when it names no actor but itself, else line by line."""
        mentions = chose.count(ACTEUR)
        if not mentions:
            return chose
        sujet = chose[: chose.find(b" ")]
        debut = b"\n" + sujet + b" "
        alone = chose.startswith(b"<") and ACTEUR in sujet and mentions == chose.count(debut) + 1
        if alone and _REDIRECT not in chose:
            new = self.canonical(sujet)
            return chose if new == sujet else new + chose[len(sujet) :].replace(debut, b"\n" + new + b" ")
        return b"\n".join(self._merge_line(line) if ACTEUR in line else line for line in chose.split(b"\n"))

    def _merge_line(self, line: bytes) -> bytes:
        sujet, _, reste = line.partition(b" ")
        propriete, _, objet = reste.partition(b" ")
        if propriete != _REDIRECT:
            sujet = self.canonical(sujet)
        if objet.startswith(b"<"):
            objet = self.canonical(objet.removesuffix(_FIN)) + _FIN
        return b" ".join((sujet, propriete, objet))

    def redirect(self, store: ox.Store, graphe: ox.NamedNode) -> None:
        """Write where each merged IRI leads, in the edition's graph and the default one."""
        for rang in range(0, len(self.fusionnes), _LOT):
            lot = self.fusionnes[rang : rang + _LOT]
            lines = b"\n".join(b" ".join((old, _REDIRECT, self.canonical(old))) + _FIN for old in lot)
            for where in (graphe, ox.DefaultGraph()):
                store.bulk_load(lines, ox.RdfFormat.N_TRIPLES, to_graph=where)


@dataclass(slots=True)
class _Releve:
    """What all sources say of numbers, before anything is concluded: a million of each, so in little room."""

    sirets: "array[int]" = field(default_factory=lambda: array("Q"))
    """SIRET whose IRI is described."""
    rnas: dict[bytes, bytes] = field(default_factory=dict)
    """RNA numbers whose IRI is described → what comes before ``/id/acteur/`` in it, kept once."""
    bases: dict[bytes, bytes] = field(default_factory=dict)
    couples: dict[bytes, bytes] = field(default_factory=dict)
    """RNA number → the first SIRET it goes with."""
    ambigus: dict[bytes, set[bytes]] = field(default_factory=dict)
    """RNA number → all of them, when there are several."""
    autres: dict[bytes, dict[bytes, bytes]] = field(default_factory=dict)
    """Terms under an IRI of their own → their numbers."""

    def note(self, terme: bytes, propriete: bytes, valeur: bytes) -> None:
        base, _, reste = terme.partition(ACTEUR)
        slug = reste[:-1]
        if slug == propriete + b"-" + valeur:
            if propriete == b"rna":
                self.rnas[valeur] = self.bases.setdefault(base, base)
            elif len(valeur) == 14 and valeur.isdigit():
                self.sirets.append(int(valeur))
        elif slug.startswith(b"siret-"):
            if propriete == b"rna":
                self.pair(valeur, slug[6:])
        else:
            self.autres.setdefault(terme, {})[propriete] = valeur
            if slug.startswith(b"rna-"):
                self.autres[terme].setdefault(b"rna", slug[4:])

    def pair(self, rna: bytes, siret: bytes) -> None:
        first = self.couples.setdefault(rna, siret)
        if first != siret:
            self.ambigus.setdefault(rna, {first}).add(siret)

    def described(self) -> set[bytes]:
        """Return the SIRET that actors under another IRI bear and whose own IRI some source describes."""
        bears = (numeros[b"siret"] for numeros in self.autres.values() if b"siret" in numeros)
        wanted = {int(siret): siret for siret in bears if len(siret) == 14 and siret.isdigit()}
        return {wanted[siret] for siret in self.sirets if siret in wanted}


def find_fusions(fichiers: Iterable[Path], memes: Iterable[Couple] = ()) -> Fusions:
    """Read the numbers that the sources write on actors and return which actors become which.

    Args:
        fichiers: the statements of each source, N-Triples.
        memes: actors that a person says are one; left apart when each has a number of the same kind.
    """
    releve = _Releve()
    for fichier in fichiers:
        for terme, propriete, valeur in _numbers(fichier):
            releve.note(terme, propriete, valeur)
    described = releve.described()
    for numeros in releve.autres.values():
        rna, siret = numeros.get(b"rna"), numeros.get(b"siret", b"")
        if rna and siret in described:
            releve.pair(rna, siret)
    for rna in releve.ambigus:
        del releve.couples[rna]
    fusions = Fusions(sirets=releve.couples, ambigus=releve.ambigus)
    for terme, numeros in releve.autres.items():
        target = _target(terme, numeros, releve, fusions, described)
        if target is not None and _RNA not in terme:
            fusions.autres[terme] = target
    said = [old for couple in memes if (old := _join(fusions, *couple)) is not None]
    merged = {base + _RNA + rna + b">" for rna, base in releve.rnas.items() if rna in fusions.sirets}
    fusions.fusionnes = sorted(merged.union(fusions.autres, said))
    return fusions


def _target(
    terme: bytes, numeros: dict[bytes, bytes], releve: _Releve, fusions: Fusions, described: set[bytes]
) -> bytes | None:
    rna = numeros.get(b"rna", b"")
    siret = numeros.get(b"siret") or fusions.sirets.get(rna)
    if siret and (siret in described or fusions.sirets.get(rna) == siret):
        return terme.partition(ACTEUR)[0] + _SIRET + siret + b">"
    return releve.rnas[rna] + _RNA + rna + b">" if rna in releve.rnas else None


def _join(fusions: Fusions, un: bytes, autre: bytes) -> bytes | None:
    """Make one of two actors, as a person says; return the one that becomes the other, if it can."""
    new, old = sorted((fusions.canonical(un), fusions.canonical(autre)), key=_rank)
    if new == old or (_rank(old)[0] < 2 and _rank(new)[0] == _rank(old)[0]):
        return None
    if _RNA in old:
        fusions.sirets[old.partition(_RNA)[2][:-1]] = new.partition(_SIRET)[2][:-1]
    else:
        fusions.autres[old] = new
    return old


def _rank(terme: bytes) -> tuple[int, bytes]:
    return (0 if _SIRET in terme else 1 if _RNA in terme else 2), terme


def things(fichier: Path) -> Iterator[bytes]:
    """Yield the statements of a file thing by thing, where an empty line parts them; else the file whole."""
    reste = b""
    with fichier.open("rb") as flux:
        while bloc := flux.read(_BLOC):
            *entieres, reste = (reste + bloc).split(_ENTRE_CHOSES)
            yield from entieres
    yield reste


def _numbers(fichier: Path) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield the term of an actor, ``siret`` or ``rna``, and the number, for each such statement of a file."""
    if fichier.stat().st_size == 0:
        return
    with fichier.open("rb") as flux, mmap.mmap(flux.fileno(), 0, access=mmap.ACCESS_READ) as octets:
        for found in _NUMERO.finditer(octets):
            terme = octets[octets.rfind(b"\n", 0, found.start()) + 1 : found.start() + 1]
            if ACTEUR in terme:
                yield terme, found[1], found[2]
