"""A new edition is drawn near the one before: what was known stays, what is new goes beside its links."""

import random
from dataclasses import replace
from math import hypot
from pathlib import Path

import pytest

from graph.cartography import CriteresReseau, Graphe, Place, lay_out, open_cartographe
from graph.cartography.disposition import ARETE
from graph.cartography.reprise import keep
from graph.catalogue.dessins import read_dessins, write_dessins
from tests.graph.exemple_cartography import (
    ACTEURS,
    CALVADOS,
    LIENS,
    acteur,
    acteur_iri,
    catalogue,
    lien,
    terr,
)
from tests.graph.test_cartography_disposition import covers, reseau


def grow(graphe: Graphe, nombre: int) -> Graphe:
    """The same network with newcomers, each linked to one known node."""
    grand = graphe.copy()
    hasard = random.Random(5)
    for rang in range(nombre):
        fiche = acteur(f"n{rang}", f"Nouveau {rang}")
        grand.add_node(fiche.iri, chose=fiche)
        grand.add_edge(fiche.iri, hasard.choice(sorted(graphe)), key="adhesion")
    return grand


def gap(une: Place, autre: Place) -> float:
    return hypot(une.x - autre.x, une.y - autre.y)


@pytest.mark.parametrize("nombre", [30, 250])
def test_what_was_known_hardly_moves_and_newcomers_stand_beside_their_links(nombre: int) -> None:
    graphe = reseau(nombre, nombre * 2, 3)
    avant = lay_out(graphe)
    grand = grow(graphe, nombre // 10)
    apres = lay_out(grand, keep(graphe, avant))
    ecarts = sorted(gap(avant[iri], apres[iri]) for iri in avant)
    assert ecarts[len(ecarts) // 2] < 15, "most hardly move"
    assert ecarts[-1] < 3 * ARETE
    neuf = lay_out(grand)
    assert sorted(gap(avant[iri], neuf[iri]) for iri in avant)[nombre // 2] > 60, "drawn anew, they would"
    for iri in set(grand) - set(graphe):
        (voisin,) = set(grand.successors(iri))
        assert gap(apres[iri], apres[voisin]) < 3 * ARETE
    paires = [(a, b) for a in apres.values() for b in apres.values() if a is not b]
    assert not any(covers(a, b, texte=False) for a, b in paires)


def test_the_same_network_is_drawn_the_same_without_being_drawn_again() -> None:
    graphe = reseau(80, 120, 3)
    assert lay_out(graphe, keep(graphe, lay_out(graphe))) == lay_out(graphe)
    ailleurs = {iri: replace(place, x=place.x + 1000) for iri, place in lay_out(graphe).items()}
    assert lay_out(graphe, keep(graphe, ailleurs)) == ailleurs, "what is remembered is what is shown"


def test_a_network_that_changed_much_is_drawn_anew() -> None:
    graphe = reseau(40, 60, 3)
    avant = keep(graphe, lay_out(graphe))
    autre = grow(graphe, 30)
    assert lay_out(autre, avant) == lay_out(autre)
    dense = graphe.copy()
    noeuds = sorted(dense)
    dense.add_edges_from((un, deux, "finance") for un, deux in zip(noeuds, noeuds[7:], strict=False))
    assert lay_out(dense, avant) == lay_out(dense), "the same nodes, linked otherwise"


def test_newcomers_that_know_nobody_stand_under_the_sheet() -> None:
    graphe = reseau(40, 60, 3)
    avant = lay_out(graphe)
    grand = graphe.copy()
    for slug in ("x", "y"):
        fiche = acteur(slug, slug.upper())
        grand.add_node(fiche.iri, chose=fiche)
    grand.add_edge(acteur_iri("x"), acteur_iri("y"), key="adhesion")
    apres = lay_out(grand, keep(graphe, avant))
    assert min(apres[acteur_iri(slug)].y for slug in ("x", "y")) > max(apres[iri].y for iri in graphe)


def test_an_edition_remembers_every_network_that_its_pages_open(tmp_path: Path) -> None:
    source = catalogue()
    dessins = open_cartographe(source).draw_all({})
    assert {"", CALVADOS} < dessins.keys()
    write_dessins(tmp_path / "positions.json", dessins)
    lus = read_dessins(tmp_path / "positions.json")
    assert lus == dessins
    assert read_dessins(tmp_path / "absent.json") == {}
    nouvel = acteur("nouvelle", "Nouvelle", "Association", siege=terr("commune-14027"))
    suite = catalogue(
        acteurs={f.iri: f for f in (*ACTEURS, nouvel)},
        liens=(*LIENS, lien("Adhesion", "nouvelle", "acepp-bn")),
        dessins=lus,
    )
    for criteres in (CriteresReseau(CALVADOS), CriteresReseau()):
        avant = open_cartographe(source).cut(criteres).places
        apres = open_cartographe(suite).cut(criteres).places
        assert nouvel.iri in apres
        assert sum(gap(avant[iri], apres[iri]) < 5 for iri in avant) > len(avant) / 2
