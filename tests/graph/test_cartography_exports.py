"""Formats of other programs, whatever the names: parsed back, what was written is there, and nothing else."""

import io
import json
import unicodedata
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import networkx as nx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph.cartography.exports import Arc, Extrait, Sommet, clean, write_geojson, write_json
from graph.cartography.exports_xml import GEXF, VIZ, write_gexf, write_graphml
from graph.catalogue.modele import Position

HOSTILES = (
    '"><script>alert(1)</script>',
    "</attvalue></node>]]><!--",
    "&amp;&#0;&nbsp;{{7*7}}",
    "nul\x00 bell\x07 esc\x1b vertical\x0b \ufffe\uffff \ud800 seul",
    "\u202egauche à droite\u202c \u05e9\u05dc\u05d5\u05dd",
    "👩‍👩‍👧‍👦 🇫🇷 e\u0301",
    "ligne\r\nligne\rligne\n\tfin ",
    "é" * 5000,
    "",
)
TEXTES = st.text(st.characters(), max_size=60) | st.sampled_from(HOSTILES)


def network(textes: list[str], position: Position | None = None) -> Extrait:
    """A ring of nodes named by these texts, two links of different kinds at each step."""
    sommets = tuple(
        Sommet(f"n{rang}-{texte}", texte, "acteur", {"lieu": texte, "vide": "", "liens": rang},
               rang * 10.5, -3.0, 8.0, "#1b66a8", position if rang % 2 == 0 else None)
        for rang, texte in enumerate(textes)
    )  # fmt: skip
    arcs = tuple(
        Arc(f"{genre}{rang}-{de.nom}", de.id, vers.id, de.nom, genre, 2, {"faits": de.nom}, "#b3263a")
        for rang, (de, vers) in enumerate(zip(sommets, sommets[1:] + sommets[:1], strict=True))
        for genre in ("financement", "accompagnement")
    )
    return Extrait(textes[0] if textes else "", "mention", "edition", sommets, arcs)


def says(extrait: Extrait, graphe: "nx.MultiDiGraph[str]") -> None:
    """What a reader found is what the model says."""
    assert {noeud: donnees["label"] for noeud, donnees in graphe.nodes(data=True)} == {
        clean(sommet.id): clean(sommet.nom) for sommet in extrait.sommets
    }
    assert [donnees.get("lieu", "") for _, donnees in graphe.nodes(data=True)] == [
        clean(str(sommet.attributs["lieu"])) for sommet in extrait.sommets
    ]
    assert all("vide" not in donnees for _, donnees in graphe.nodes(data=True))
    assert [donnees["liens"] for _, donnees in graphe.nodes(data=True)] == list(range(len(extrait.sommets)))
    assert sorted((de, vers, lien["label"]) for de, vers, lien in graphe.edges(data=True)) == sorted(
        (clean(arc.de), clean(arc.vers), clean(arc.nom)) for arc in extrait.arcs
    )


@given(st.lists(TEXTES, max_size=6))
@example(list(HOSTILES))
def test_graphml_is_read_back_as_written(textes: list[str]) -> None:
    extrait = network(textes)
    octets = write_graphml(extrait)
    says(extrait, nx.parse_graphml(octets, force_multigraph=True))
    ids = [e.attrib["id"] for e in ET.fromstring(octets).iter() if e.tag.endswith("}edge")]
    assert len(ids) == len(set(ids)) == len(extrait.arcs)


@given(st.lists(TEXTES, max_size=6))
@example(list(HOSTILES))
def test_gexf_is_read_back_as_written(textes: list[str]) -> None:
    extrait = network(textes)
    says(extrait, nx.MultiDiGraph(nx.read_gexf(io.BytesIO(write_gexf(extrait)), version="1.3")))


@given(st.lists(TEXTES, max_size=6))
@example(list(HOSTILES))
def test_json_is_read_back_as_written(textes: list[str]) -> None:
    extrait = network(textes)
    texte = write_json(extrait)
    texte.encode("utf-8")
    says(extrait, nx.node_link_graph(json.loads(texte), edges="edges"))


def test_gexf_holds_to_what_its_schema_says() -> None:
    """Facts of gexf.xsd 1.3, and of what Gephi's importer reads: order, types, kinds, channels, axis."""
    extrait = network(["un", "deux", "trois"])
    racine = ET.fromstring(write_gexf(extrait))
    assert (racine.tag, racine.attrib["version"]) == (f"{{{GEXF}}}gexf", "1.3")
    assert [e.tag.split("}")[1] for e in racine] == ["meta", "graph"]
    graphe = racine[1]
    assert graphe.attrib == {"defaultedgetype": "directed", "mode": "static", "idtype": "string"}
    assert [e.tag.split("}")[1] for e in graphe] == ["attributes", "attributes", "nodes", "edges"]
    types = {a.attrib["id"]: a.attrib["type"] for a in graphe[0]}
    assert types == {"nature": "string", "lieu": "string", "vide": "string", "liens": "integer"}
    noeud, lien = graphe[2][1], graphe[3][0]
    assert [e.tag.split("}")[1] for e in noeud] == ["attvalues", "color", "position", "size"]
    assert {v.attrib["for"] for v in noeud[0]} <= types.keys()
    assert noeud.find(f"{{{VIZ}}}color").attrib == {"r": "27", "g": "102", "b": "168"}  # type: ignore[union-attr]
    assert noeud.find(f"{{{VIZ}}}position").attrib == {"x": "10.5", "y": "3", "z": "0"}  # type: ignore[union-attr]
    assert [e.tag.split("}")[1] for e in lien] == ["attvalues", "color"]
    assert (lien.attrib["kind"], lien.attrib["weight"]) == ("financement", "2")
    kinds = {(e.attrib["source"], e.attrib["target"], e.attrib["kind"]) for e in graphe[3]}
    assert len(kinds) == len(extrait.arcs), "two links of the same two nodes are of two kinds"


@given(st.lists(TEXTES, max_size=6))
@example(list(HOSTILES))
def test_geojson_follows_rfc_7946(textes: list[str]) -> None:
    extrait = network(textes, Position(latitude=49.18, longitude=-0.37))
    texte = write_geojson(extrait, "note")
    lu = json.loads(texte)
    texte.encode("utf-8")
    assert lu["type"] == "FeatureCollection"
    assert "crs" not in lu
    assert sorted(f["id"] for f in lu["features"]) == sorted(clean(s.id) for s in extrait.sommets)
    for feature in lu["features"]:
        assert feature.keys() == {"type", "id", "geometry", "properties"}
        assert feature["type"] == "Feature"
        assert feature["geometry"] in (None, {"type": "Point", "coordinates": [-0.37, 49.18]})
        assert feature["properties"].keys() == {"nom", "lieu", "vide", "liens", "couleur"}
    vides = [f["geometry"] is None for f in lu["features"]]
    assert vides == sorted(vides), "those without a position come last"
    assert sum(vides) == lu["sans_position"] == len(textes) // 2


def test_actions_are_not_points() -> None:
    un = network(["a"]).sommets[0]
    action = Sommet("accompagnement:x", "X", "action", un.attributs, 0, 0, 9, "#17242b")
    lu = json.loads(write_geojson(Extrait("", "", "", (un, action), ()), ""))
    assert [f["id"] for f in lu["features"]] == ["n0-a"]


@given(TEXTES)
def test_clean_text_is_what_xml_holds_and_loses_nothing_else(texte: str) -> None:
    propre = clean(texte)
    assert ET.fromstring(f"<a>{escape(propre)}</a>").text in (propre, None)
    assert clean(propre) == propre
    gardes = [c for c in texte if unicodedata.category(c) not in ("Cc", "Cs", "Cn")]
    assert [c for c in propre if c in gardes and c != "\ufffd"] == [c for c in gardes if c != "\ufffd"]


def test_the_same_network_gives_the_same_bytes() -> None:
    for ecrit in (write_gexf, write_graphml, write_json):
        assert ecrit(network(["a", "b"])) == ecrit(network(["a", "b"]))


@pytest.mark.parametrize("ecrit", [write_gexf, write_graphml])
def test_an_empty_network_is_a_file_too(ecrit) -> None:
    assert ET.fromstring(ecrit(network([]))) is not None
    lu = nx.read_gexf(io.BytesIO(write_gexf(network([]))), version="1.3")
    assert len(lu) == 0
