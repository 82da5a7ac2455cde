"""What may be one actor and no number says so: proposals for a person, never a merge.

Actors of two sources seated in the same commune, whose names are alike (:mod:`graph.noms`). An actor
that already stands in the other source, or whose numbers contradict, is not proposed. Registers (a million
associations each) are read once, thing by thing, and compared with what the other sources name; they are not
compared with each other: their numbers settle most, and nobody reads the rest. Added to that, the RNA numbers
that go with several SIRET.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from graph.edition.mentions import (
    LABEL,
    SIEGE,
    ActeurLu,
    Origine,
    read_actors,
    read_communes,
    slug_of,
    text_of,
)
from graph.edition.resolution import Fusions, things
from graph.noms import Nom, forms, keys_of, resemblance
from graph.texte import fold

PAR_ACTEUR: Final = 3
"""Proposals kept for an actor in each other source, the likeliest: a name borne by more tells nothing."""

ECART: Final = 10.0
"""How much less alike than the likeliest a proposal may be."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor as one source names it."""

    terme: bytes
    """What it becomes in the edition."""
    nom: str
    origine: Origine
    commune: str


@dataclass(frozen=True, slots=True)
class Proposition:
    """Two actors that may be one."""

    un: Mention
    autre: Mention
    ressemblance: float
    """Of 100."""
    motif: str
    """``meme-nom``, ``sigle``, ``nom-proche``, ``nom-contenu``, or ``meme-rna``."""


@dataclass(frozen=True, slots=True)
class Propositions:
    """What a build proposes."""

    noms: tuple[Proposition, ...] = ()
    numeros: tuple[Proposition, ...] = ()
    communes: Mapping[str, str] = field(default_factory=dict)
    """Names of the communes, by code."""

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.noms) + len(self.numeros)


def find_propositions(
    origines: Sequence[Origine], fusions: Fusions, refuses: Set[frozenset[bytes]] = frozenset()
) -> Propositions:
    """Compare the actors of the sources and return what a person could look at.

    Args:
        origines: every source of the edition.
        fusions: which actors become which already.
        refuses: pairs of terms that a person says are two.
    """
    registres = [origine for origine in origines if origine.registre]
    autres = [origine for origine in origines if origine not in registres]
    communes = dict(chain.from_iterable(map(read_communes, autres)))
    recherche = _Recherche(fusions, communes)
    for origine in autres:
        for lu in chain.from_iterable(map(read_actors, things(origine.fichier))):
            recherche.meet(lu, origine)
            recherche.keep(lu, origine)
    for origine in registres:
        for chose in filter(recherche.concerns, things(origine.fichier)):
            for lu in read_actors(chose):
                recherche.meet(lu, origine)
    non = {frozenset(map(fusions.canonical, couple)) for couple in refuses}
    return Propositions(tuple(recherche.by_name(non)), tuple(recherche.by_number(non)), communes)


class _Recherche:
    """Actors of the ordinary sources, by commune and beginning of name, and what looks like them."""

    def __init__(self, fusions: Fusions, communes: dict[str, str]) -> None:
        self._fusions = fusions
        self._lieux = {code: frozenset(fold(nom).split()) for code, nom in communes.items()}
        self._index: dict[str, dict[str, list[tuple[Nom, Mention]]]] = defaultdict(lambda: defaultdict(list))
        self._sources: dict[bytes, set[Origine]] = defaultdict(set)
        self._numeros: dict[bytes, set[tuple[bytes, bytes]]] = defaultdict(set)
        self._trouves: dict[tuple[bytes, Origine], dict[bytes, Proposition]] = defaultdict(dict)
        self._ambigus: dict[bytes, Mention] = {}
        self._slugs = {
            slug
            for rna, sirets in fusions.ambigus.items()
            for slug in (b"rna-" + rna, *(b"siret-" + siret for siret in sirets))
        }

    def concerns(self, chose: bytes) -> bool:
        """Tell whether a thing of a register may be, or be like, an actor of another source."""
        sujet = chose[: chose.find(b" ")]
        if slug_of(sujet) in self._slugs or self._fusions.canonical(sujet) in self._sources:
            return True
        siege = SIEGE.search(chose)
        known = self._index.get(siege[1].decode()) if siege else None
        return known is not None and any(keys_of(text_of(nom)) & known.keys() for nom in LABEL.findall(chose))

    def keep(self, lu: ActeurLu, origine: Origine) -> None:
        """Take an actor in, so that others are compared with it."""
        terme = self._fusions.canonical(lu.terme)
        self._sources[terme].add(origine)
        self._numeros[terme] |= lu.numeros
        if not lu.noms or not lu.commune:
            return
        mention = Mention(terme, lu.noms[0], origine, lu.commune)
        for nom in forms(lu.noms, self._lieux.get(lu.commune, frozenset())):
            entry = nom, mention
            for cle in nom.cles:
                self._index[lu.commune][cle].append(entry)

    def meet(self, lu: ActeurLu, origine: Origine) -> None:
        """Compare an actor with those taken in, and note what its source says of it."""
        terme = self._fusions.canonical(lu.terme)
        mention = Mention(terme, lu.noms[0] if lu.noms else "", origine, lu.commune)
        if slug_of(lu.terme) in self._slugs:
            self._ambigus.setdefault(slug_of(lu.terme), mention)
        if terme in self._sources:
            self._sources[terme].add(origine)
            self._numeros[terme] |= lu.numeros
        known = self._index.get(lu.commune, {})
        for nom in forms(lu.noms, self._lieux.get(lu.commune, frozenset())) if known else ():
            alike = {id(entry): entry for cle in nom.cles for entry in known.get(cle, ())}
            for other, un in alike.values():
                ressemblance, motif = resemblance(other, nom)
                if ressemblance and un.terme != terme and un.origine is not origine:
                    self._note(Proposition(un, mention, ressemblance, motif), lu.numeros)

    def _note(self, proposition: Proposition, numeros: frozenset[tuple[bytes, bytes]]) -> None:
        autre = proposition.autre
        self._numeros[autre.terme] |= numeros
        found = self._trouves[proposition.un.terme, autre.origine]
        previous = found.get(autre.terme)
        if previous is None or proposition.ressemblance > previous.ressemblance:
            found[autre.terme] = proposition

    def by_name(self, refuses: Set[frozenset[bytes]]) -> Iterator[Proposition]:
        """Yield the pairs of actors whose names are alike, each once, the likeliest first."""
        best = chain.from_iterable(
            _best(filter(self._open, found.values())) for found in self._trouves.values()
        )
        seen = set(refuses)
        for proposition in sorted(best, key=_likeliness):
            couple = frozenset((proposition.un.terme, proposition.autre.terme))
            if couple not in seen:
                seen.add(couple)
                yield proposition

    def _open(self, proposition: Proposition) -> bool:
        """Tell whether no source and no number parts the two."""
        un, autre = proposition.un.terme, proposition.autre.terme
        if self._sources[un] & (self._sources.get(autre, set()) | {proposition.autre.origine}):
            return False
        a, b = self._numeros.get(un, set()), self._numeros.get(autre, set())
        return all(
            not (of_a and of_b) or of_a & of_b
            for sorte in (b"siret", b"rna")
            for of_a, of_b in [({n for s, n in a if s == sorte}, {n for s, n in b if s == sorte})]
        )

    def by_number(self, refuses: Set[frozenset[bytes]]) -> Iterator[Proposition]:
        """Yield the actors between which a RNA number that goes with several SIRET hesitates."""
        found = []
        for rna, sirets in self._fusions.ambigus.items():
            slugs = [b"rna-" + rna, *(b"siret-" + siret for siret in sorted(sirets))]
            mentions = [self._ambigus[slug] for slug in slugs if slug in self._ambigus]
            for autre in mentions[1:]:
                if frozenset((mentions[0].terme, autre.terme)) not in refuses:
                    ratio, _ = resemblance(Nom.of(mentions[0].nom), Nom.of(autre.nom))
                    found.append(Proposition(mentions[0], autre, ratio, "meme-rna"))
        yield from sorted(found, key=_likeliness)


def _best(found: Iterable[Proposition]) -> list[Proposition]:
    ranked = sorted(found, key=_likeliness)[:PAR_ACTEUR]
    return [one for one in ranked if one.ressemblance >= ranked[0].ressemblance - ECART]


def _likeliness(proposition: Proposition) -> tuple[float, str, bytes, bytes]:
    return -proposition.ressemblance, proposition.motif, proposition.un.terme, proposition.autre.terme
