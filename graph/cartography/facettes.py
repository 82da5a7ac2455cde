"""What nodes and links can be sorted by, beside role and type: sector, stage, network, source."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.cartography.criteres import FACETTES, INCONNU
from graph.cartography.types import ACTION, SANS_ROLE, Chose, Fait, Graphe, Relation
from graph.catalogue import Catalogue
from graph.catalogue.modele import ROLES, Accompagnement, Acteur, Iri

Facettes = Mapping[str, tuple[str, ...]]
"""Values of each facet, as codes; an empty tuple where no source says any."""


@dataclass(frozen=True, slots=True)
class Comptes:
    """How many nodes and links of a network each choice of the legend and of the facets is about."""

    types: Counter[str]
    liens: Counter[str]
    facettes: Mapping[str, Counter[str]]


def count_choices(graphe: Graphe) -> Comptes:
    """Count a whole slice, whatever the filters: a count says what ticking a box would bring."""
    comptes = Comptes(Counter(), Counter(), {nom: Counter() for nom in FACETTES})
    for _, donnees in graphe.nodes(data=True):
        comptes.types.update(read_codes(donnees["chose"]))
        for nom, valeurs in donnees["facettes"].items():
            comptes.facettes[nom].update(valeurs or (INCONNU,))
    comptes.liens.update(genre for _, _, genre in graphe.edges(keys=True))
    return comptes


def read_codes(chose: Chose) -> tuple[str, ...]:
    """What the legend can show a node by: the roles of an actor, or that it is an action."""
    if isinstance(chose, Accompagnement):
        return (ACTION,)
    return tuple(role for role in ROLES if role in chose.types) or (SANS_ROLE,)


class Trieur:
    """Reads the facets of the nodes and links of one catalogue."""

    def __init__(self, catalogue: Catalogue, relations: Iterable[Relation]) -> None:
        self._catalogue = catalogue
        self._reseaux: defaultdict[Iri, set[Iri]] = defaultdict(set)
        self._cites: defaultdict[Iri, set[str]] = defaultdict(set)
        for relation in relations:
            documents = self.documents(relation.faits)
            self._cites[relation.de] |= documents
            self._cites[relation.vers] |= documents
            if relation.type == "adhesion":
                self._reseaux[relation.de].add(relation.vers)
                self._reseaux[relation.vers].add(relation.vers)

    def sort(self, chose: Chose) -> Facettes:
        """The facets of a node."""
        connus = self._catalogue.acteurs
        acteur = isinstance(chose, Acteur)
        offres = self._catalogue.offres_de(chose.iri) if acteur else ()
        secteurs = {*chose.secteurs, *(iri for offre in offres for iri in offre.secteurs)}
        stades = {iri for offre in offres for iri in offre.stades}
        if isinstance(chose, Acteur) and chose.stade:
            stades.add(chose.stade)
        return {
            "secteur": self._codes(secteurs),
            "stade": self._codes(stades),
            "reseau": tuple(sorted(connus[iri].slug for iri in self._join(chose.iri) if iri in connus)),
            "source": tuple(sorted(self._cites[chose.iri] | set(self._documents(chose.passages)))),
        }

    def direct_networks(self, acteur: Iri) -> frozenset[Iri]:
        """The networks that an actor is itself a member of; a network with members is its own."""
        directs = self._reseaux.get(acteur, set())
        return frozenset({acteur} if acteur in directs else directs)

    def documents(self, faits: Iterable[Fait]) -> frozenset[str]:
        """Slugs of the sources that facts are read in."""
        return frozenset(self._documents(passage for fait in faits for passage in fait.passages))

    def _documents(self, passages: Iterable[Iri]) -> Iterator[str]:
        for _, source in self._catalogue.source_de(passages):
            yield source.slug

    def _join(self, acteur: Iri) -> set[Iri]:
        """Every network that an actor is in, through its own networks too."""
        atteints: set[Iri] = set()
        reste = [acteur]
        while reste:
            nouveaux = self._reseaux.get(reste.pop(), set()) - atteints
            atteints |= nouveaux
            reste.extend(nouveaux)
        return atteints

    def _codes(self, concepts: Iterable[Iri]) -> tuple[str, ...]:
        """Codes of concepts and of the broader ones: who serves nurseries serves early childhood."""
        larges = {large for iri in concepts for large in (iri, *self._catalogue.elargir(iri))}
        connus = self._catalogue.concepts
        return tuple(sorted(connus[iri].code for iri in larges if iri in connus))
