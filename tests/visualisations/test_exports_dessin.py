"""The still figure: the same set, positions and strokes as the page, valid whatever the names."""

import re
import struct
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.cartography import CriteresReseau, filter_reseau, open_cartographe
from graph.cartography.exports import clean
from graph.catalogue import Catalogue
from graph.errors import MaillageError
from tests.graph.exemple_cartography import acteur, catalogue, lien, terr
from tests.graph.test_cartography_exports import HOSTILES
from visualisations.exports import VUES, export, image
from visualisations.exports.dessin import DessinVue, compose
from visualisations.exports.dessin_groupes import describe_groupes
from visualisations.exports.dessin_reseau import COMMUNE, EPAISSEURS, describe_reseau
from visualisations.exports.etiquettage import INTERLIGNE, LETTRE, Boite, Nomme, place_names
from visualisations.exports.image import write_png
from visualisations.exports.reseau import cut_reseau
from visualisations.rendu import static_path
from visualisations.reseau.modele import TRAITS

SVG = "{http://www.w3.org/2000/svg}"
CALVADOS = {"territoire": ["departement:14"]}
FILTRES = {**CALVADOS, "lien": ["partenariat", "financement"], "isoles": ["0"]}


def draw(criteres: dict[str, list[str]], source: Catalogue | None = None) -> bytes:
    return export(VUES, source or catalogue(), "reseau", "svg", criteres).contenu


def view_drawing(source: Catalogue, criteres: dict[str, list[str]]) -> DessinVue:
    return compose(describe_reseau(source, cut_reseau(source, criteres)))


def named(racine: ET.Element) -> list[str]:
    """Tooltips of the figure, links then nodes."""
    return [titre.text or "" for titre in racine.iter(f"{SVG}title")][1:]


def crowd(nombre: int) -> Catalogue:
    """A star of actors whose names are long."""
    acteurs = [acteur("centre", "Centre", "Reseau", siege=terr("commune-14027"))] + [
        acteur(f"a{n}", f"Association au nom plutôt long {n}", "Association", siege=terr("commune-14027"))
        for n in range(nombre)
    ]
    liens = tuple(lien("Adhesion", a.slug, "centre") for a in acteurs[1:])
    return catalogue(acteurs={a.iri: a for a in acteurs}, liens=liens, accompagnements={}, instances={})


@pytest.mark.parametrize("criteres", [{}, CALVADOS, FILTRES], ids=["tout", "calvados", "filtres"])
def test_the_figure_holds_what_the_model_shows(criteres: dict[str, list[str]]) -> None:
    reseau = cut_reseau(catalogue(), criteres)
    montre = filter_reseau(reseau.graphe, reseau.criteres)
    vue = view_drawing(catalogue(), criteres)
    assert (len(vue.noeuds), len(vue.liens)) == (len(montre), montre.number_of_edges())
    racine = ET.fromstring(draw(criteres))
    assert len(named(racine)) == len(montre) + montre.number_of_edges()
    assert {texte.split("\n")[0] for texte in named(racine)[montre.number_of_edges() :]} == {
        getattr(donnees["chose"], "nom", None) or donnees["chose"].titre
        for _, donnees in montre.nodes(data=True)
    }


def test_nodes_keep_the_places_of_the_page() -> None:
    reseau = cut_reseau(catalogue(), CALVADOS)
    vue = view_drawing(catalogue(), CALVADOS)
    places = sorted((place.x, place.y) for place in reseau.places.values())
    dessines = sorted((noeud.x, noeud.y) for noeud in vue.noeuds)
    ecarts = {(round(a - c), round(b - d)) for (a, b), (c, d) in zip(dessines, places, strict=True)}
    assert len(ecarts) == 1, "the whole sheet is moved, not the nodes"


def test_strokes_are_those_of_the_page() -> None:
    traits = {(lien.couleur, lien.tirets) for lien in view_drawing(catalogue(), {}).liens}
    assert traits <= {(couleur, " ".join(map(str, tirets))) for couleur, tirets in TRAITS.values()}
    css = static_path("reseau.css").read_text("utf-8")  # type: ignore[union-attr]
    dites = dict(re.findall(r"\.trait-(\w+) \.trait \{ stroke-width: ([\d.]+)", css))
    assert {genre: float(epaisseur) for genre, epaisseur in dites.items()} == EPAISSEURS
    assert f".trait {{ fill: none; stroke: currentColor; stroke-width: {COMMUNE:g}; }}" in css


def test_everything_is_on_the_sheet_and_nothing_comes_from_elsewhere() -> None:
    vue = view_drawing(catalogue(), {})
    for noeud in vue.noeuds:
        assert noeud.rayon <= noeud.x <= vue.largeur - noeud.rayon
        assert 0 <= noeud.y <= vue.haut_legende - vue.haut_figure
    assert all(0 < cle.x < vue.largeur / vue.echelle for cle in vue.legende)
    assert vue.haut_legende + vue.bas_legende * vue.echelle < vue.hauteur
    texte = draw({}).decode()
    assert (
        re.findall(r"""(?:href|src|style|class)=|url\(|<(?:script|image|style|foreignObject)""", texte) == []
    )


def test_every_name_of_a_small_network_shows_and_none_covers_another() -> None:
    vue = view_drawing(catalogue(), {})
    assert [noeud.texte for noeud in vue.noeuds if noeud.nom is None] == []
    assert "ne tient" not in vue.mention


def test_a_crowd_shows_the_names_that_fit_and_counts_the_others() -> None:
    source = crowd(400)
    vue = view_drawing(source, {})
    muets = sum(noeud.nom is None for noeud in vue.noeuds)
    assert 0 < muets < len(vue.noeuds)
    assert f"{muets} noms ne tiennent pas" in vue.mention
    assert next(noeud for noeud in vue.noeuds if noeud.texte.startswith("Centre")).nom is not None


POINTS = st.floats(0, 900)


@given(st.lists(st.tuples(POINTS, POINTS, st.integers(1, 24)), max_size=40))
def test_names_never_cover_a_name_nor_a_node(points: list[tuple[float, float, int]]) -> None:
    noeuds = [Nomme(str(n), x, y, 9.0, ("m" * longueur, "mm")) for n, (x, y, longueur) in enumerate(points)]
    noms = place_names(noeuds, Boite(0, 0, 900, 900), forts=0)
    boites = [
        Boite(nom.x - demi, nom.y - INTERLIGNE / 2, nom.x + demi, nom.y + 1.5 * INTERLIGNE)
        for nom in noms.values()
        for demi in [max(map(len, nom.lignes)) * LETTRE / 2]
    ]
    cercles = [Boite(n.x - 8.9, n.y - 8.9, n.x + 8.9, n.y + 8.9) for n in noeuds]
    serrees = [Boite(b.gauche + 0.1, b.haut + 0.1, b.droite - 0.1, b.bas - 0.1) for b in boites]
    assert not any(une.touches(autre) for une, autre in combinations(serrees, 2))
    assert not any(boite.touches(cercle) for boite in serrees for cercle in cercles)
    assert all(Boite(0, 0, 900, 900).holds(boite) for boite in serrees)


@given(st.lists(st.text(st.characters(), min_size=1, max_size=40), min_size=1, max_size=3))
@example(list(HOSTILES))
@settings(max_examples=25, deadline=None)
def test_hostile_names_stay_names(noms: list[str]) -> None:
    mechants = [
        acteur(f"m{n}", nom, "Association", siege=terr("commune-14027")) for n, nom in enumerate(noms)
    ]
    liens = tuple(lien("Adhesion", f"m{n}", "m0") for n in range(1, len(noms)))
    source = catalogue(acteurs={a.iri: a for a in mechants}, liens=liens, accompagnements={}, instances={})
    racine = ET.fromstring(draw({}, source))
    assert {e.tag for e in racine.iter()} <= {
        SVG + nom for nom in ("svg", "title", "desc", "rect", "g", "path", "text", "tspan")
    }
    assert not any(nom.startswith("on") for e in racine.iter() for nom in e.attrib)
    dits = named(racine)[len(liens) :]
    for nom in noms:
        assert any(texte.startswith(clean(nom)) for texte in dits)


def test_an_empty_network_is_a_sheet_that_says_so() -> None:
    vide = catalogue(acteurs={}, liens=(), accompagnements={}, instances={})
    assert b"0 acteur et 0 lien affich" in draw({}, vide)


def test_the_same_network_gives_the_same_picture() -> None:
    assert draw({}) == draw({})


def test_a_picture_is_the_sheet_twice_as_fine() -> None:
    vue = view_drawing(catalogue(), CALVADOS)
    png = export(VUES, catalogue(), "reseau", "png", CALVADOS).contenu
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24]) == (2 * vue.largeur, 2 * vue.hauteur)


def test_a_very_large_sheet_is_drawn_less_fine() -> None:
    png = write_png('<svg xmlns="http://www.w3.org/2000/svg" width="8000" height="8000"></svg>')
    assert struct.unpack(">II", png[16:24]) == (4000, 4000)


@pytest.mark.parametrize(("code", "phrase"), [(3, "police de caractères"), (1, "n’a pas pu être dessinée")])
def test_what_prevents_a_picture_is_said(
    code: int, phrase: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panne = tmp_path / "panne.py"
    panne.write_text(f"import sys; sys.exit({code})", encoding="utf-8")
    monkeypatch.setattr(image, "_RASTERISEUR", panne)
    with pytest.raises(MaillageError, match=phrase):
        write_png("<svg/>")
    monkeypatch.setattr(image, "_UN_SEUL", image.Semaphore(0))
    monkeypatch.setattr(image, "DELAI", 0.1)
    with pytest.raises(MaillageError, match="Une autre image"):
        write_png("<svg/>")


def test_a_sentence_of_a_link_is_its_tooltip() -> None:
    source = replace(
        catalogue(), liens=(lien("Financement", "caf-calvados", "les-ptits-mousses", "numeraire"),)
    )
    textes = named(ET.fromstring(draw({"lien": ["financement"]}, source)))
    assert "Caisse d’allocations familiales du Calvados finance Les P’tits Mousses" in textes


def test_gathered_groups_are_where_the_page_puts_them() -> None:
    source = catalogue()
    cartographe = open_cartographe(source)
    criteres = CriteresReseau(par="departement")
    agregat = cartographe.gather(criteres)
    vue = compose(describe_groupes(cartographe, criteres))
    assert len(vue.noeuds) == len(agregat.groupes) > 1
    assert len(vue.liens) == len(agregat.faisceaux) > 0
    assert all(trait.pointe == "" for trait in vue.liens), "bundles go both ways"
    ecarts = {
        (round(noeud.x - groupe.rond.x), round(noeud.y - groupe.rond.y))
        for noeud, groupe in zip(vue.noeuds, agregat.groupes, strict=True)
    }
    assert len(ecarts) == 1
    calvados = next(noeud for noeud in vue.noeuds if noeud.code == "14")
    assert calvados.texte.startswith("Calvados\n")
    assert b">14</text>" in draw({"par": ["departement"]})
