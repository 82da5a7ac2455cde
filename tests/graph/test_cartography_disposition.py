"""The layout: deterministic, without overlap, near 4 by 3, quick enough for 500 actors."""

import random
import time
from itertools import combinations

import networkx as nx
import pytest

from graph.cartography import Graphe, Place, lay_out
from graph.cartography.ecartement import BEAUCOUP
from graph.cartography.etiquettes import LARGEUR_LIGNE, label, wrap
from tests.graph.exemple_cartography import acteur


def reseau(nombre: int, liens: int, graine: int, noms: str = "Acteur") -> Graphe:
    """A hub-biased random network with several components and isolated nodes."""
    hasard = random.Random(graine)
    graphe: Graphe = nx.MultiDiGraph()
    for rang in range(nombre):
        fiche = acteur(f"a{rang:03}", f"{noms} {rang}")
        graphe.add_node(fiche.iri, chose=fiche)
    noeuds = sorted(graphe)
    moyeux = noeuds[: max(1, nombre // 20)]
    for _ in range(liens):
        de, vers = hasard.choice(moyeux), hasard.choice(noeuds[: max(1, nombre * 9 // 10)])
        if de != vers:
            graphe.add_edge(de, vers, key="adhesion")
    return graphe


def covers(une: Place, autre: Place, texte: bool) -> bool:
    """True when the boxes (or, without ``texte``, the discs' squares) of two places cover each other."""
    if not texte:
        libre = une.etiquette.rayon + autre.etiquette.rayon
        return abs(une.x - autre.x) < libre and abs(une.y - autre.y) < libre
    haut = (une.etiquette.hauteur + autre.etiquette.hauteur) / 2
    dy = (une.y + une.etiquette.decalage) - (autre.y + autre.etiquette.decalage)
    large = une.etiquette.demi_largeur + autre.etiquette.demi_largeur
    return abs(une.x - autre.x) < large - 0.2 and abs(dy) < haut - 0.2


@pytest.mark.parametrize("nombre", [1, 2, 3, 12, 40, 120, 300])
def test_no_node_covers_another(nombre: int) -> None:
    places = lay_out(reseau(nombre, int(nombre * 1.6), 7))
    assert len(places) == nombre
    fautes = [
        (a, b)
        for (a, une), (b, autre) in combinations(places.items(), 2)
        if covers(une, autre, texte=nombre <= BEAUCOUP)
    ]
    assert fautes == []


def test_the_same_network_gives_the_same_figure_whatever_the_order_of_its_parts() -> None:
    graphe = reseau(60, 90, 3)
    noeuds, liens = list(graphe.nodes(data=True)), list(graphe.edges(keys=True))
    random.Random(1).shuffle(noeuds)
    random.Random(2).shuffle(liens)
    melange: Graphe = nx.MultiDiGraph()
    melange.add_nodes_from(noeuds)
    melange.add_edges_from(liens)
    assert lay_out(graphe) == lay_out(melange) == lay_out(graphe)


@pytest.mark.parametrize("nombre", [40, 150])
def test_the_sheet_is_near_4_by_3_around_the_origin(nombre: int) -> None:
    places = lay_out(reseau(nombre, nombre * 2, 11)).values()
    largeur = max(p.x for p in places) - min(p.x for p in places)
    hauteur = max(p.y for p in places) - min(p.y for p in places)
    assert 0.9 < largeur / hauteur < 2.2
    assert abs(max(p.x for p in places) + min(p.x for p in places)) < largeur / 4


def test_isolated_actors_stand_in_a_grid_below_the_rest() -> None:
    graphe = reseau(40, 60, 5)
    places = lay_out(graphe)
    isoles = [iri for iri in graphe if graphe.degree(iri) == 0]
    lies = [iri for iri in graphe if graphe.degree(iri)]
    assert len(isoles) > 2
    assert min(places[iri].y for iri in isoles) > max(places[iri].y for iri in lies)
    assert len({places[iri].y for iri in isoles}) < len(isoles)


def test_many_isolated_actors_never_make_a_column() -> None:
    graphe = reseau(100, 0, 5)
    un, deux, *_ = sorted(graphe)
    graphe.add_edge(un, deux, key="adhesion")
    places = lay_out(graphe).values()
    largeur = max(p.x for p in places) - min(p.x for p in places)
    assert largeur > 0.7 * (max(p.y for p in places) - min(p.y for p in places))


def test_an_empty_network_has_an_empty_figure() -> None:
    assert lay_out(nx.MultiDiGraph()) == {}


def test_500_actors_are_laid_out_in_seconds_even_on_a_busy_machine() -> None:
    graphe = reseau(500, 1200, 13)
    debut = time.process_time()
    lay_out(graphe)
    assert time.process_time() - debut < 15


def test_a_long_name_gives_way_to_the_acronym_and_a_longer_one_is_cut() -> None:
    nom = "Union régionale interfédérale des organismes privés sanitaires et sociaux"
    assert label(acteur("a", nom, sigles=("URIOPSS",)), 1).lignes == ("URIOPSS",)
    coupe = label(acteur("a", nom), 1).lignes
    assert len(coupe) == 2
    assert coupe[1].endswith("…")
    assert all(len(ligne) <= LARGEUR_LIGNE for ligne in coupe)
    assert wrap("x" * 80) == ("x" * (LARGEUR_LIGNE - 1) + "…",)
    assert wrap("   ") == ("?",)


def test_a_more_linked_actor_is_drawn_bigger_within_bounds() -> None:
    rayons = [label(acteur("a", "A"), degre).rayon for degre in (0, 1, 4, 9, 400)]
    assert rayons == sorted(rayons)
    assert rayons[-1] <= 22
