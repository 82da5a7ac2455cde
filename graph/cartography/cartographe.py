"""Cutting networks out of a catalogue: what does not depend on the request is worked out once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Final

from graph.cartography.disposition import Place, lay_out
from graph.cartography.relations import find_relations
from graph.cartography.reseau import CriteresReseau, Reseau, build_graphe
from graph.cartography.tranche import containers, slice_all
from graph.cartography.types import Chose, Graphe, Relation
from graph.catalogue import Catalogue
from graph.catalogue.modele import Accompagnement, Iri, Territoire

LIMITE: Final = 500
"""Nodes drawn at most; beyond, the most linked are kept and the number left out is said."""
PETIT: Final = 300
"""A catalogue of fewer actors opens whole."""


@dataclass(frozen=True, slots=True)
class _Planche:
    """The network of one territory, laid out: the same whatever the filters."""

    graphe: Graphe
    places: Mapping[Iri, Place]
    ecartes: int


class Cartographe:
    """Cuts networks out of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue: Final = catalogue
        self.relations: Final[tuple[Relation, ...]] = find_relations(catalogue)
        self.tranches: Final[Mapping[Iri, frozenset[Iri]]] = slice_all(catalogue, self.relations)
        self._planches: dict[Iri | None, _Planche] = {}
        self._verrou = Lock()

    def list_territoires(self) -> list[tuple[Territoire, int]]:
        """Departements and regions (former ones too) that have a network, with its number of actors."""
        peuples = [
            (connu, len(choses & self.catalogue.acteurs.keys()))
            for iri, choses in self.tranches.items()
            if (connu := self.catalogue.territoires.get(iri)) and connu.niveau in ("departement", "region")
        ]
        return sorted(peuples, key=lambda pair: (pair[0].niveau, pair[0].nom, pair[0].code))

    def choose_default(self) -> Iri | None:
        """What to open on when nothing is asked: all of a small catalogue, else its fullest departement."""
        if len(self.catalogue.acteurs) < PETIT:
            return None
        choix = [pair for pair in self.list_territoires() if pair[0].niveau == "departement"]
        return max(choix, key=lambda pair: (pair[1], pair[0].iri))[0].iri if choix else None

    def cut(self, criteres: CriteresReseau) -> Reseau:
        """The network of the criteria's territory (of everything when None), laid out."""
        territoire = criteres.territoire
        with self._verrou:
            if territoire not in self._planches:
                self._planches[territoire] = self._draw(territoire)
            planche = self._planches[territoire]
        return Reseau(
            criteres,
            self.catalogue.territoires.get(territoire) if territoire else None,
            planche.graphe,
            planche.places,
            planche.ecartes,
        )

    def _draw(self, territoire: Iri | None) -> _Planche:
        relations = self.relations
        choses: dict[Iri, Chose] = dict(self.catalogue.acteurs)
        lies = {iri for relation in relations for iri in (relation.de, relation.vers)}
        choses |= {iri: action for iri, action in self.catalogue.accompagnements.items() if iri in lies}
        if territoire is not None:
            dedans = self.tranches.get(territoire, frozenset())
            choses = {iri: chose for iri, chose in choses.items() if iri in dedans}
            relations = tuple(
                relation
                for relation in relations
                if relation.de in choses and relation.vers in choses and self._concerns(relation, territoire)
            )
        gardees = _keep_most_linked(choses, relations)
        graphe = build_graphe(gardees, relations)
        ecartes = sum(not isinstance(chose, Accompagnement) for chose in choses.values()) - sum(
            not isinstance(chose, Accompagnement) for chose in gardees
        )
        return _Planche(graphe, lay_out(graphe), ecartes)

    def _concerns(self, relation: Relation, territoire: Iri) -> bool:
        """False when every fact of the relation is located, and elsewhere."""
        return any(
            not fait.territoires or any(self._touches(lieu, territoire) for lieu in fait.territoires)
            for fait in relation.faits
        )

    def _touches(self, lieu: Iri, territoire: Iri) -> bool:
        """True when one of the two contains the other."""
        return territoire in containers(self.catalogue, lieu) or lieu in containers(
            self.catalogue, territoire
        )


@lru_cache(maxsize=2)
def open_cartographe(catalogue: Catalogue) -> Cartographe:
    """The cartographer of a catalogue; those of the last two editions are kept."""
    return Cartographe(catalogue)


def _keep_most_linked(choses: Mapping[Iri, Chose], relations: Sequence[Relation]) -> list[Chose]:
    degres = Counter(iri for relation in relations for iri in (relation.de, relation.vers))
    gardees = sorted(choses, key=lambda iri: (-degres[iri], iri))[:LIMITE]
    return [choses[iri] for iri in sorted(gardees)]
