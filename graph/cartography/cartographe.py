"""Cutting networks out of a catalogue: what does not depend on the request is worked out once."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from threading import RLock
from typing import Final, TypeVar

from graph.cartography.agregation import Agregat, aggregate
from graph.cartography.chemins import Chemin, Trajet, find_paths
from graph.cartography.criteres import CriteresReseau
from graph.cartography.disposition import Place
from graph.cartography.facettes import Comptes, Trieur, count_choices
from graph.cartography.mesures import Communaute, find_communautes
from graph.cartography.relations import find_relations
from graph.cartography.reprise import keep, lay_out
from graph.cartography.reseau import Reseau, build_graphe, filter_reseau
from graph.cartography.tranche import containers, slice_all
from graph.cartography.types import Chose, Graphe, Relation
from graph.catalogue import Catalogue
from graph.catalogue.dessins import Dessins
from graph.catalogue.modele import Acteur, Iri, Territoire

T = TypeVar("T")

LIMITE: Final = 2000
"""Nodes drawn at most. Beyond, the page gathers them; asked for one by one, the most linked are drawn."""
PETIT: Final = 300
"""When nothing is asked, a network of fewer nodes opens on its actors; a larger one is gathered."""
VOISINS: Final = 60
"""Actors drawn around the paths that no network of the page holds whole."""
GARDES: Final = 32
"""Of what filters make of a large network, how much is kept."""


@dataclass(frozen=True, slots=True)
class _Planche:
    """A network laid out."""

    graphe: Graphe
    places: Mapping[Iri, Place]
    ecartes: int = 0


class Cartographe:
    """Cuts networks out of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue: Final = catalogue
        self.relations: Final[tuple[Relation, ...]] = find_relations(catalogue)
        self.tranches: Final[Mapping[Iri, frozenset[Iri]]] = slice_all(catalogue, self.relations)
        self.trieur: Final = Trieur(catalogue, self.relations)
        self._planches: dict[Iri | None, _Planche] = {}
        self._gardes: OrderedDict[Hashable, object] = OrderedDict()
        self._verrou = RLock()

    def between(self, choses: Set[Iri]) -> Iterator[Relation]:
        """The relations that join two of some actors or actions, in their stable order."""
        rangs = {rang for chose in choses for rang in self._rangs.get(chose, ())}
        found = (self.relations[rang] for rang in sorted(rangs))
        return (relation for relation in found if relation.de in choses and relation.vers in choses)

    @cached_property
    def _rangs(self) -> Mapping[Iri, list[int]]:
        """Which relations leave from each thing."""
        rangs: dict[Iri, list[int]] = defaultdict(list)
        for rang, relation in enumerate(self.relations):
            rangs[relation.de].append(rang)
        return dict(rangs)

    def list_territoires(self) -> list[tuple[Territoire, int]]:
        """Departements and regions (former ones too) that have a network, with its number of actors."""
        peuples = [
            (connu, len(choses & self.catalogue.acteurs.keys()))
            for iri, choses in self.tranches.items()
            if (connu := self.catalogue.territoires.get(iri)) and connu.niveau in ("departement", "region")
        ]
        return sorted(peuples, key=lambda pair: (pair[0].niveau, pair[0].nom, pair[0].code))

    def slice(self, territoire: Iri | None) -> Graphe:
        """Everything in the network of a territory (of all of them when None), however large."""
        return self._keep(("tranche", territoire), lambda: self._slice(territoire))

    def show(self, criteres: CriteresReseau) -> Graphe:
        """What the filters of the criteria show of it."""
        seul = _only_filters(criteres)
        return self._keep(("montre", seul), lambda: filter_reseau(self.slice(seul.territoire), seul))

    def count(self, territoire: Iri | None) -> Comptes:
        """What each choice of the legend is about, in the whole network of a territory."""
        return self._keep(("comptes", territoire), lambda: count_choices(self.slice(territoire)))

    def is_gathered(self, criteres: CriteresReseau) -> bool:
        """True when the page shows groups of actors: they were asked for, or there are too many actors."""
        if criteres.par:
            return criteres.par != "acteur"
        lieu = self._find(criteres.territoire)
        if lieu is not None and lieu.niveau not in ("region", "national"):
            return False
        entree = _only_filters(criteres) == CriteresReseau()
        return len(self.show(criteres)) > (PETIT if entree else LIMITE)

    def gather(self, criteres: CriteresReseau) -> Agregat:
        """What the criteria show, one node a departement or a network."""
        cle = replace(_only_filters(criteres), par="reseau" if criteres.par == "reseau" else "departement")
        return self._keep(
            ("agregat", cle),
            lambda: aggregate(
                self.catalogue, self.trieur, cle, self._find(cle.territoire), self.show(criteres)
            ),
        )

    def cut(self, criteres: CriteresReseau) -> Reseau:
        """The network of the criteria's territory (of everything when None), laid out.

        It holds the whole slice, so that nothing moves when a filter does; of a slice too large for
        that, what the filters show, :data:`LIMITE` nodes at most.
        """
        planche, partiel = self._draw(criteres)
        return Reseau(
            criteres,
            self._find(criteres.territoire),
            planche.graphe,
            planche.places,
            planche.ecartes,
            partiel,
        )

    def find_communautes(self, reseau: Reseau) -> tuple[Communaute, ...]:
        """The groups of actors of a network, whatever its filters, when the criteria ask for them."""
        if not reseau.criteres.communautes:
            return ()
        cle = ("communautes", frozenset(reseau.graphe))
        return self._keep(cle, lambda: find_communautes(reseau.graphe))

    def find_paths(self, criteres: CriteresReseau, trajet: Trajet) -> tuple[Chemin, ...]:
        """The shortest few paths asked for, whatever the territory, along the links that the filters show."""
        arrivee = trajet.arrivee.iri if trajet.arrivee else trajet.role
        if trajet.depart is None or not arrivee:
            return ()
        liens = CriteresReseau(liens=criteres.liens, jour=criteres.jour)
        return find_paths(self.show(liens), trajet.depart.iri, arrivee)

    def cut_around(self, criteres: CriteresReseau, chemins: Sequence[Chemin]) -> Reseau:
        """The network of the criteria when it holds all of the paths; else them and who is next to them."""
        relations = [r for chemin in chemins for etape in chemin.etapes for r in etape.relations]
        entiere = self.slice(criteres.territoire)
        if len(entiere) <= LIMITE and all(entiere.has_edge(r.de, r.vers, r.type) for r in relations):
            return self.cut(criteres)
        noeuds = {iri for chemin in chemins for iri in chemin.noeuds}
        tout = self.slice(None)
        voisins = {autre for iri in noeuds for autre in (*tout.successors(iri), *tout.predecessors(iri))}
        proches = sorted(voisins - noeuds, key=lambda iri: (-tout.degree(iri), iri))[:VOISINS]
        cle = ("chemins", frozenset(noeuds))
        planche = self._keep(cle, lambda: _lay_part(tout, noeuds.union(proches)))
        return Reseau(criteres, self._find(criteres.territoire), planche.graphe, planche.places, partiel=True)

    def draw_all(self, avant: Dessins) -> Dessins:
        """Draw every network that a page opens whole, each near where it was drawn before."""
        connus = self.catalogue.territoires
        ouverts = ("departement", "region", "national")
        lieux = ["", *(iri for iri in self.tranches if iri in connus and connus[iri].niveau in ouverts)]
        dessins = {}
        for lieu in lieux:
            graphe = self._slice(lieu or None)
            if 0 < len(graphe) <= LIMITE:
                dessins[lieu] = keep(graphe, lay_out(graphe, avant.get(lieu)))
        return dessins

    def _draw(self, criteres: CriteresReseau) -> tuple[_Planche, bool]:
        territoire = criteres.territoire
        with self._verrou:
            if territoire in self._planches:
                return self._planches[territoire], False
            entiere = self.slice(territoire)
            if len(entiere) <= LIMITE:
                avant = self.catalogue.dessins.get(territoire or "")
                self._planches[territoire] = _Planche(entiere, lay_out(entiere, avant))
                return self._planches[territoire], False
        montre = self.show(criteres)
        cle = ("planche", _only_filters(criteres))
        return self._keep(cle, lambda: _draw_most_linked(montre)), True

    def _keep(self, cle: Hashable, calcul: Callable[[], T]) -> T:
        """Keep the latest results: what one page needs, its figure, tables and exports need as well."""
        with self._verrou:
            if cle not in self._gardes:
                self._gardes[cle] = calcul()
            self._gardes.move_to_end(cle)
            while len(self._gardes) > GARDES:
                self._gardes.popitem(last=False)
            return self._gardes[cle]  # type: ignore[return-value]

    def _find(self, territoire: Iri | None) -> Territoire | None:
        return self.catalogue.territoires.get(territoire) if territoire else None

    def _slice(self, territoire: Iri | None) -> Graphe:
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
        return build_graphe((choses[iri] for iri in sorted(choses)), relations, self.trieur)

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


def _only_filters(criteres: CriteresReseau) -> CriteresReseau:
    """The criteria without what changes the look and not the set."""
    return replace(criteres, taille="liens", communautes=False, par="")


def _draw_most_linked(montre: Graphe) -> _Planche:
    if len(montre) <= LIMITE:
        return _Planche(montre, lay_out(montre))
    gardes = set(sorted(montre, key=lambda iri: (-montre.degree(iri), iri))[:LIMITE])
    ecartes = [chose for iri, chose in montre.nodes(data="chose") if iri not in gardes]
    return replace(_lay_part(montre, gardes), ecartes=sum(isinstance(chose, Acteur) for chose in ecartes))


def _lay_part(graphe: Graphe, noeuds: Iterable[Iri]) -> _Planche:
    partie: Graphe = graphe.subgraph(noeuds).copy()
    return _Planche(partie, lay_out(partie))
