"""A network too large to draw, gathered: one node per departement, or per network of actors.

* *By departement*: an actor is where its seat is, else where all it acts on is. One that acts on a
  whole region, or on several departements of it, is regional; on more, national; one of whom no source
  says where it is stands apart. Nobody is left out, nobody counted twice.
* *By network*: an actor is counted in each network it is a member of, a network that has members in
  its own; those of no known network stand apart. A link that stays inside a network joins nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

from graph.cartography.criteres import INCONNU, CriteresReseau
from graph.cartography.facettes import Trieur
from graph.cartography.plan_groupes import Rond, arrange_networks, arrange_places
from graph.cartography.types import Chose, Graphe, TypeRelation
from graph.catalogue import Catalogue
from graph.catalogue.modele import Accompagnement, Acteur, Iri, Territoire

AUTRES: Final = "autres"
"""Stands for the networks beyond the :data:`NOMBRE` most peopled."""
NOMBRE: Final = 100

Groupes = Mapping[Iri, frozenset[Iri]]
"""Of each node, the groups it is in: territories or networks, :data:`INCONNU` when unknown."""


@dataclass(frozen=True, slots=True)
class Groupe:
    """A departement, a region, the nation or a network, and how many actors it stands for."""

    iri: Iri
    """Of the territory or of the network; :data:`INCONNU` for the actors of none."""
    acteurs: int
    actions: int
    internes: int
    """Links between two of its own."""
    rond: Rond


@dataclass(frozen=True, slots=True)
class Faisceau:
    """All the links between two groups."""

    de: Iri
    vers: Iri
    aller: int
    """How many go from ``de`` to ``vers``."""
    retour: int
    types: tuple[tuple[TypeRelation, int], ...]
    """Most numerous first."""

    @property
    def nombre(self) -> int:
        """Links, both ways."""
        return self.aller + self.retour


@dataclass(frozen=True, slots=True)
class Agregat:
    """A network gathered into groups, most peopled first, and the links between them, strongest first."""

    criteres: CriteresReseau
    territoire: Territoire | None
    groupes: tuple[Groupe, ...]
    faisceaux: tuple[Faisceau, ...]
    acteurs: int
    liens: int
    fondus: int = 0
    """Networks too small to be told apart here, that :data:`AUTRES` stands for."""


def gather_places(catalogue: Catalogue, choses: Iterable[Chose]) -> Groupes:
    """The departement, region or nation of each node."""
    return {chose.iri: frozenset({_locate(catalogue, chose)}) for chose in choses}


def _locate(catalogue: Catalogue, chose: Chose) -> Iri:
    if isinstance(chose, Acteur):
        siege = _above(catalogue, chose.siege, "departement") if chose.siege else None
        if siege:
            return siege
        lieux = chose.perimetres
    else:
        lieux = chose.territoires
    connus = [lieu for lieu in lieux if lieu in catalogue.territoires]
    for niveau in ("departement", "region"):
        contenants = {_above(catalogue, lieu, niveau) for lieu in connus}
        if len(contenants) == 1 and (seul := contenants.pop()):
            return seul
    national = next((t.iri for t in catalogue.territoires.values() if t.niveau == "national"), INCONNU)
    return national if connus else INCONNU


def _above(catalogue: Catalogue, lieu: Iri, niveau: str) -> Iri | None:
    """The departement or region that a place is in; today's region before a former one."""
    connu = catalogue.territoires.get(lieu)
    parents = [catalogue.territoires.get(iri) for iri in connu.ancetres] if connu else []
    trouves = [parent for parent in parents if parent and parent.niveau == niveau]
    return min(trouves, key=lambda parent: parent.fin is not None).iri if trouves else None


def gather_networks(trieur: Trieur, choses: Iterable[Chose]) -> Groupes:
    """The networks that each node is itself in."""
    return {chose.iri: trieur.direct_networks(chose.iri) or frozenset({INCONNU}) for chose in choses}


def aggregate(
    catalogue: Catalogue,
    trieur: Trieur,
    criteres: CriteresReseau,
    territoire: Territoire | None,
    montre: Graphe,
) -> Agregat:
    """Gather what the filters show of a network; by departement unless the criteria say by network."""
    choses: list[Chose] = [donnees["chose"] for _, donnees in montre.nodes(data=True)]
    par_reseau = criteres.par == "reseau"
    groupes, fondus = gather_places(catalogue, choses), 0
    if par_reseau:
        groupes, fondus = _merge_small(gather_networks(trieur, choses))
    acteurs, actions = Counter[Iri](), Counter[Iri]()
    for chose in choses:
        (actions if isinstance(chose, Accompagnement) else acteurs).update(groupes[chose.iri])
    internes, entre = _count_links(montre, groupes)
    faisceaux = _bundle(entre)
    iris = sorted(acteurs.keys() | actions.keys())
    effectifs = {iri: acteurs[iri] for iri in iris}
    ronds = (
        arrange_networks(catalogue, effectifs, [(f.de, f.vers) for f in faisceaux])
        if par_reseau
        else arrange_places(catalogue, effectifs)
    )
    return Agregat(
        criteres,
        territoire,
        tuple(
            Groupe(iri, acteurs[iri], actions[iri], internes[iri], ronds[iri])
            for iri in sorted(iris, key=lambda iri: (-acteurs[iri], iri))
        ),
        faisceaux,
        sum(isinstance(chose, Acteur) for chose in choses),
        montre.number_of_edges(),
        fondus,
    )


def _merge_small(groupes: Groupes) -> tuple[Groupes, int]:
    """Keep the most peopled networks, and put the others together; how many these are."""
    tailles = Counter(groupe for dans in groupes.values() for groupe in dans if groupe != INCONNU)
    grands = {iri for iri, _ in sorted(tailles.items(), key=lambda item: (-item[1], item[0]))[:NOMBRE]}
    grands.add(INCONNU)
    reduits = {
        iri: frozenset(groupe if groupe in grands else AUTRES for groupe in dans)
        for iri, dans in groupes.items()
    }
    return reduits, max(0, len(tailles) - NOMBRE)


Entre = Mapping[tuple[Iri, Iri], Counter[tuple[TypeRelation, bool]]]


def _count_links(montre: Graphe, groupes: Groupes) -> tuple[Counter[Iri], Entre]:
    """Links inside each group; and between two groups by type, and whether against the pair's order."""
    internes: Counter[Iri] = Counter()
    entre: defaultdict[tuple[Iri, Iri], Counter[tuple[TypeRelation, bool]]] = defaultdict(Counter)
    for de, vers, genre in montre.edges(keys=True):
        communs = groupes[de] & groupes[vers]
        internes.update(communs)
        if communs:
            continue
        for un, autre in product(groupes[de], groupes[vers]):
            entre[min(un, autre), max(un, autre)][genre, un > autre] += 1
    return internes, entre


def _bundle(entre: Entre) -> tuple[Faisceau, ...]:
    faisceaux = []
    for (de, vers), comptes in entre.items():
        types: Counter[TypeRelation] = Counter()
        for (genre, _), nombre in comptes.items():
            types[genre] += nombre
        retour = sum(nombre for (_, inverse), nombre in comptes.items() if inverse)
        faisceaux.append(
            Faisceau(
                de, vers, comptes.total() - retour, retour,
                tuple(sorted(types.items(), key=lambda item: (-item[1], item[0]))),
            )
        )  # fmt: skip
    return tuple(sorted(faisceaux, key=lambda f: (-f.nombre, f.de, f.vers)))
