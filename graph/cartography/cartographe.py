"""Cutting networks out of a catalogue: what does not depend on the request is worked out once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Final

from graph.cartography.disposition import Place, lay_out
from graph.cartography.relations import find_relations
from graph.cartography.reseau import CriteresReseau, Reseau, build_graphe
from graph.cartography.tranche import Ancrages, anchor, containers
from graph.cartography.types import Graphe, Relation
from graph.catalogue import Catalogue
from graph.catalogue.modele import Acteur, Iri, Territoire

LIMITE: Final = 500
"""Actors drawn at most; beyond, the most linked are kept and the number left out is said."""
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
        self.ancrages: Final[Ancrages] = anchor(catalogue, self.relations)
        self._planches: dict[Iri | None, _Planche] = {}
        self._verrou = Lock()

    def list_territoires(self) -> list[tuple[Territoire, int]]:
        """Departements and regions (former ones too) that have a network, with its number of actors."""
        peuples = [
            (connu, len(acteurs))
            for iri, acteurs in self.ancrages.tranches.items()
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
        acteurs = list(self.catalogue.acteurs.values())
        relations = list(self.relations)
        if territoire is not None:
            dedans = self.ancrages.tranches.get(territoire, frozenset())
            acteurs = [acteur for acteur in acteurs if acteur.iri in dedans]
            relations = [
                relation
                for relation in relations
                if relation.de in dedans and relation.vers in dedans and self._concerns(relation, territoire)
            ]
        gardes = _keep_most_linked(acteurs, relations)
        graphe = build_graphe(gardes, relations)
        return _Planche(graphe, lay_out(graphe), len(acteurs) - len(gardes))

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


def _keep_most_linked(acteurs: Sequence[Acteur], relations: Sequence[Relation]) -> list[Acteur]:
    degres = dict.fromkeys((acteur.iri for acteur in acteurs), 0)
    for relation in relations:
        degres[relation.de] += 1
        degres[relation.vers] += 1
    gardes = sorted(acteurs, key=lambda acteur: (-degres[acteur.iri], acteur.iri))[:LIMITE]
    return sorted(gardes, key=lambda acteur: acteur.iri)
