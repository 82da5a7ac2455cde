"""Part of a graph: of the imported sources, what concerns some departements and nothing else.

What is kept of the things of imported sources (the corpus, the vocabularies and the territories stay whole):

- an actor seated in a departement asked for, or whose seat no source gives;
- an offer, a mandate, a support action or a figure on it, on a place inside it, or on one that holds it;
- a link or a committee with somebody of the departement: seated there, or with an offer inside it;
- whatever these name, whole, so that nothing dangles; and what belongs to no place and no actor.

What is far away is never pulled in by what is merely kept: a ministry's thousands of subsidies elsewhere
stay out, its subsidies to associations of the departement come in.

Files are read several times, memory holds only the terms of what is kept.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from graph.edition.resolution import find_fusions, things
from graph.errors import EditionError
from graph.messages import messages
from graph.sources.modele import EntreeSource
from graph.sources.territoires import SLUG_COG, SLUG_PAQUET
from ontology.namespaces import IGEO, MAI

_CHOSE: Final = re.compile(rb"<[^<>]*/id/([a-z]+)/")
_OBJET: Final = re.compile(rb"> (<[^<>]*/id/(?:[a-z]+)/[^<>]*>) \.")
_LIEU: Final = b"/id/territoire/"
_ACTEUR: Final = b"/id/acteur/"
_SIEGE: Final = f"<{MAI}siege> ".encode()
_PROPOSE: Final = f"<{MAI}proposePar> ".encode()
_DANS: Final = f"<{IGEO}subdivisionDirecteDe>".encode()
_ENTRE_CHOSES: Final = b"\n\n"
_LOCALISEES: Final = frozenset({b"offre", b"lien", b"accompagnement", b"observation"})
_TRIEES: Final = _LOCALISEES | {b"acteur", b"instance"}
"""Kinds of things that are kept or not; all others are."""

Canonical = Callable[[bytes], bytes]
"""Gives the term that an actor's becomes when several IRIs name one organisation."""


@dataclass(frozen=True, slots=True)
class Lieux:
    """The places of a part."""

    dedans: frozenset[bytes]
    """The departements asked for and all that lies in them, wholly or in part: terms."""
    communes: frozenset[bytes]
    """Where an actor seated there is of the departement: what lies in it wholly."""
    tous: frozenset[bytes]
    """The same, and all that holds any of it."""


def keep_part(
    lues: Sequence[tuple[EntreeSource, Path]], departements: Sequence[str], folder: Path
) -> list[tuple[EntreeSource, Path]]:
    """Cut the imported sources of an edition down to some departements.

    Args:
        lues: each source with the file of its statements.
        departements: codes.
        folder: where to write, made here.

    Raises:
        EditionError: no such departement, or its communes are not known.
    """
    if not any(source.slug in (SLUG_COG, SLUG_PAQUET) for source, _ in lues):
        raise EditionError(messages("edition.partie-sans-communes"))
    lieux = find_places((fichier for _, fichier in lues), departements)
    imported = [paire for paire in lues if paire[0].fichier is not None and paire[0].slug != SLUG_COG]
    folder.mkdir()
    fusions = find_fusions(fichier for _, fichier in lues)
    written = restrict([fichier for _, fichier in imported], lieux, folder, fusions.canonical)
    cut = {source.graphe: fichier for (source, _), fichier in zip(imported, written, strict=True)}
    return [(source, cut.get(source.graphe, fichier)) for source, fichier in lues]


def find_places(fichiers: Iterable[Path], departements: Sequence[str]) -> Lieux:
    """Read the territories of an edition and return those of some departements.

    Args:
        fichiers: the statements of every source, N-Triples.
        departements: codes (``14``, ``2A``).

    Raises:
        EditionError: no such departement.
    """
    parents: dict[bytes, list[bytes]] = {}
    children: dict[bytes, list[bytes]] = {}
    for fichier in fichiers:
        for lieu, dans in _containments(fichier):
            parents.setdefault(lieu, []).append(dans)
            children.setdefault(dans, []).append(lieu)
    wanted = {f"/id/territoire/departement-{code}>".encode(): code for code in departements}
    found = {lieu: lieu[lieu.find(_LIEU) :] for lieu in parents if b"/departement-" in lieu}
    absent = sorted(code for slug, code in wanted.items() if slug not in found.values())
    if absent:
        raise EditionError(messages("edition.departement-inconnu", codes=", ".join(absent)))
    inside = _reach([lieu for lieu, slug in found.items() if slug in wanted], children)
    around = _reach(inside, parents)
    partly = {lieu for lieu in around if b"/id/territoire/epci-" in lieu or b"/id/territoire/zone-" in lieu}
    return Lieux(frozenset(inside | partly), frozenset(inside), frozenset(around))


def _containments(fichier: Path) -> Iterator[tuple[bytes, bytes]]:
    with fichier.open("rb") as flux:
        for line in flux:
            if _DANS in line:
                lieu, _, reste = line.partition(b" ")
                yield lieu, reste[reste.find(b" ") + 1 :].rpartition(b" .")[0]


def _reach(places: Iterable[bytes], further: dict[bytes, list[bytes]]) -> set[bytes]:
    found, pending = set(places), list(places)
    while pending:
        for place in further.get(pending.pop(), ()):
            if place not in found:
                found.add(place)
                pending.append(place)
    return found


def restrict(
    fichiers: Sequence[Path], lieux: Lieux, folder: Path, canonical: Canonical = lambda terme: terme
) -> list[Path]:
    """Write the part of imported sources that concerns some places.

    Args:
        fichiers: the statements of each source, thing by thing.
        lieux: the places.
        folder: where to write; each file takes the number of its source.
        canonical: merges the IRIs of one organisation.

    Returns:
        The files written, in the order of the sources.
    """
    tri = _Tri(lieux, canonical)
    for step in (tri.locate, tri.forget):
        for fichier in fichiers:
            for chose in things(fichier):
                step(chose)
    before = -1
    while len(tri.tenus) != before:
        before = len(tri.tenus)
        for fichier in fichiers:
            for chose in things(fichier):
                if tri.is_kept(chose):
                    tri.hold(chose)
    written = []
    for rang, fichier in enumerate(fichiers):
        written.append(folder / f"{rang}.nt")
        with written[-1].open("wb", buffering=1 << 20) as sortie:
            for chose in things(fichier):
                if chose and tri.is_kept(chose):
                    sortie.write(chose.rstrip(b"\n") + _ENTRE_CHOSES)
    return written


@dataclass(slots=True)
class _Tri:
    """What is known while sorting: the terms of things kept, and why."""

    lieux: Lieux
    canonical: Canonical
    ici: set[bytes] = field(default_factory=set)
    """Actors of the departement."""
    sans_siege: set[bytes] = field(default_factory=set)
    """Actors whose seat no source gives."""
    tenus: set[bytes] = field(default_factory=set)
    """Things kept, and those that something kept names."""

    def locate(self, chose: bytes) -> None:
        """Take note of who is of the departement, and who may be without a seat."""
        kind, sujet = _kind(chose), self._subject(chose)
        if kind == b"acteur":
            siege = _object(chose, _SIEGE)
            if siege in self.lieux.communes:
                self.ici.add(sujet)
            elif not siege:
                self.sans_siege.add(sujet)
        elif kind == b"offre" and not self.lieux.dedans.isdisjoint(_objects(chose)):
            self.ici.add(self.canonical(_object(chose, _PROPOSE)))

    def forget(self, chose: bytes) -> None:
        """Take back, from those without a seat, who has one in another source."""
        if _kind(chose) == b"acteur" and _object(chose, _SIEGE):
            self.sans_siege.discard(self._subject(chose))

    def is_kept(self, chose: bytes) -> bool:
        """Tell whether a thing concerns the departement, as far as is known."""
        kind, sujet = _kind(chose), self._subject(chose)
        if kind not in _TRIEES or sujet in self.tenus:
            return True
        if kind == b"acteur":
            return sujet in self.ici or sujet in self.sans_siege or self._is_placed(_objects(chose))
        named = _objects(chose)
        acteurs = {self.canonical(terme) for terme in named if _ACTEUR in terme}
        if kind in _LOCALISEES and any(_LIEU in terme for terme in named):
            return self._is_placed(named) or (kind != b"offre" and not self.ici.isdisjoint(acteurs))
        if not self.ici.isdisjoint(acteurs):
            return True
        others = [terme for terme in named if _ACTEUR not in terme and _LIEU not in terme]
        if kind in (b"offre", b"observation") or (kind == b"instance" and others):
            return any(self._is_known(terme) for terme in (*acteurs, *others))
        return bool(acteurs) and all(self._is_known(terme) for terme in (*acteurs, *others))

    def hold(self, chose: bytes) -> None:
        """Keep a thing and what it names."""
        if _kind(chose) in _TRIEES:
            self.tenus.add(self._subject(chose))
        for terme in _objects(chose):
            if _LIEU not in terme:
                self.tenus.add(self.canonical(terme) if _ACTEUR in terme else terme)

    def _is_placed(self, named: Iterable[bytes]) -> bool:
        return not self.lieux.tous.isdisjoint(named)

    def _is_known(self, terme: bytes) -> bool:
        return terme in self.ici or terme in self.sans_siege or terme in self.tenus

    def _subject(self, chose: bytes) -> bytes:
        sujet = chose[: chose.find(b" ")]
        return self.canonical(sujet) if _ACTEUR in sujet else sujet


def _kind(chose: bytes) -> bytes:
    """Return the segment of a thing's IRI, nothing for a passage or a source."""
    found = _CHOSE.match(chose)
    return found[1] if found else b""


def _object(chose: bytes, propriete: bytes) -> bytes:
    """Return the first object of a property, a term; nothing when it is not said."""
    _, found, reste = chose.partition(propriete)
    return reste.partition(b" .")[0] if found else b""


def _objects(chose: bytes) -> list[bytes]:
    """Return the things that a thing names, by their terms."""
    return _OBJET.findall(chose)
