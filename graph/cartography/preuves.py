"""Which passages of a long action prove one relation: an action may cite seventy, a relation needs few.

The words of a passage that name both ends say most; then those that name the end which few passages
of the action name (its leader is named on every page, a partner once or twice). A name in the heading
counts for half, and the words of the action's title break ties. What names neither end is kept only
when nothing else is left.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Final

from graph.cartography.types import Fait, Relation, TypeRelation
from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri
from graph.texte import fold, radicals

LIMITE: Final = 3
"""Passages that a relation keeps of the actions it comes from; one per action when there are more of them."""

_SIGLE: Final = re.compile(r"\b[^\W\d_][A-ZÀ-Ý0-9]+\b")
_TITRE: Final = 0.5
"""What a name in the heading of a passage is worth, beside one in its words."""

_DIT: Final[Mapping[TypeRelation, re.Pattern[str]]] = {
    "adhesion": re.compile(r"\b(reseaux?|membres?|adher\w*|affili\w*)\b"),
    "financement": re.compile(r"\b(co)?(financ\w*|subvention\w*|budget\w*)\b"),
    "participation": re.compile(r"\b(sollicite\w*|implique\w*|particip\w*|invite\w*)\b"),
    "pilotage": re.compile(r"\b(porteurs?|portee?s?|pilot\w*|initie\w*|conduit\w*|impuls\w*)\b"),
}
"""Words, folded, with which a passage or its heading says the kind of relation itself."""

Note = tuple[int, float, int]


@dataclass(frozen=True, slots=True)
class _Noms:
    """How an actor may be named: folded names, acronyms, the telling words of each longer name."""

    entiers: tuple[str, ...] = ()
    sigles: frozenset[str] = frozenset()
    radicaux: tuple[frozenset[str], ...] = ()

    def is_in(self, texte: str) -> bool:
        """True when a text names the actor in one of these ways."""
        plie = f" {fold(texte)} "
        if any(f" {nom} " in plie for nom in self.entiers) or self.sigles & set(_SIGLE.findall(texte)):
            return True
        mots = radicals(texte) if self.radicaux else frozenset()
        return any(groupe <= mots for groupe in self.radicaux)


class Preuves:
    """Chooses, among the passages of the facts of a relation, those that say it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue: Final = catalogue
        self._noms: dict[Iri, _Noms] = {}
        self._forces: dict[tuple[Iri, Iri], float] = {}

    def trim(self, de: Iri, vers: Iri, faits: Sequence[Fait]) -> tuple[Fait, ...]:
        """The facts with the passages that prove the relation, at most :data:`LIMITE` in all.

        Only what a fact borrows from a whole action, or from the card of an actor, is cut: a link or a
        committee cites what is said of it alone.
        """
        longs = {rang: fait for rang, fait in enumerate(faits) if self._borrows(fait)}
        cites = {passage for fait in longs.values() for passage in fait.passages}
        if len(cites) <= LIMITE:
            return tuple(faits)
        poids = {bout: self._weigh(bout, cites) for bout in (de, vers)}
        classes = {rang: self._rank(poids, fait) for rang, fait in longs.items()}
        gardes = {notes[0][1] for notes in classes.values()}
        for _, passage in sorted(note for notes in classes.values() for note in notes):
            if len(gardes) < LIMITE:
                gardes.add(passage)
        return tuple(
            replace(fait, passages=tuple(passage for _, passage in classes[rang] if passage in gardes))
            if rang in classes
            else fait
            for rang, fait in enumerate(faits)
        )

    def choose(self, relation: Relation) -> Iri | None:
        """The one passage that says a relation best; ``None`` when nothing is cited.

        It says the kind of relation (« Porteur de la démarche » for who leads) and names an end; then it
        names both ends, or the one of fewer links; then it is cited by a fact that says how; then it has the
        words of its fact.
        """
        poids = {bout: 1 / (1 + len(self._catalogue.liens_de(bout))) for bout in (relation.de, relation.vers)}
        notes = [
            (
                -self._tells(relation, passage) if poids_nommes else 0,
                nommes,
                poids_nommes,
                not fait.qualites,
                communs,
                passage,
            )
            for fait in relation.faits
            for (nommes, poids_nommes, communs), passage in self._rank(poids, fait)
        ]
        return min(notes)[-1] if notes else None

    def _tells(self, relation: Relation, passage: Iri) -> int:
        """Whether a passage has words of the kind of the relation: 2 in its heading, 1 in itself, else 0."""
        dit, lu = _DIT.get(relation.type), self._catalogue.passages.get(passage)
        if dit is None or lu is None:
            return 0
        return 2 if dit.search(fold(lu.lieu)) else 1 if dit.search(fold(lu.citation or "")) else 0

    def _borrows(self, fait: Fait) -> bool:
        emprunte = fait.iri in self._catalogue.accompagnements or fait.iri in self._catalogue.acteurs
        return emprunte and bool(fait.passages)

    def _weigh(self, bout: Iri, cites: set[Iri]) -> float:
        """What naming an end is worth: the more, the fewer passages name it."""
        nommant = sum(self._name(bout, passage) > 0 for passage in cites)
        return log(1 + len(cites) / (1 + nommant))

    def _rank(self, poids: Mapping[Iri, float], fait: Fait) -> list[tuple[Note, Iri]]:
        """Passages of a fact, the most telling first, those that name no end left out if others do."""
        communs = self._catalogue.radicaux(fait.iri)
        notes: list[tuple[Note, Iri]] = []
        for passage in fait.passages:
            forces = {bout: self._name(bout, passage) for bout in poids}
            notes.append(
                (
                    (
                        -all(force == 1 for force in forces.values()),
                        -sum(poids[bout] * force for bout, force in forces.items()),
                        -len(communs & self._catalogue.radicaux(passage)),
                    ),
                    passage,
                )
            )
        return sorted([note for note in notes if note[0][1] < 0] or notes)

    def _name(self, bout: Iri, passage: Iri) -> float:
        """1 when the words of a passage name an end, less when only its heading does, else 0."""
        force = self._forces.get((bout, passage))
        if force is None:
            noms, lu = self._read_names(bout), self._catalogue.passages.get(passage)
            force = 0.0
            if lu is not None:
                force = 1.0 if noms.is_in(lu.citation or "") else _TITRE * noms.is_in(lu.lieu)
            self._forces[bout, passage] = force
        return force

    def _read_names(self, bout: Iri) -> _Noms:
        lus = self._noms.get(bout)
        if lus is None:
            acteur = self._catalogue.acteurs.get(bout)
            noms = (acteur.nom, *acteur.sigles, *acteur.autres_noms) if acteur else ()
            groupes = (radicals(nom) for nom in noms if not _SIGLE.search(nom))
            lus = self._noms[bout] = _Noms(
                tuple(filter(None, map(fold, noms))),
                frozenset(sigle for nom in noms for sigle in _SIGLE.findall(nom)),
                tuple(groupe for groupe in groupes if len(groupe) > 1),
            )
        return lus
