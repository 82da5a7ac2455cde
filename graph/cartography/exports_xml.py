"""A network as GEXF (Gephi) and as GraphML (yEd, Cytoscape, igraph, R).

GEXF is written here and not by networkx, which dates the file, signs it with its own name, has a wrong
address for the schema language, and knows nothing of ``kind``: without it Gephi merges two links of the
same two nodes into one.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Final
from xml.etree import ElementTree as ET

from networkx.readwrite.graphml import GraphMLWriter

from graph.cartography.exports import Arc, Extrait, Sommet, Valeur, clean, clean_known, make_flat_graph

GEXF: Final = "http://gexf.net/1.3"
VIZ: Final = f"{GEXF}/viz"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_GENRES: Final[Mapping[type, str]] = {str: "string", int: "integer", float: "double"}

ET.register_namespace("viz", VIZ)
ET.register_namespace("xsi", _XSI)


def write_gexf(extrait: Extrait) -> bytes:
    """The network as GEXF 1.3: typed attributes, positions, sizes and colours, links apart by kind."""
    racine = ET.Element(
        "gexf", {"xmlns": GEXF, "version": "1.3", f"{{{_XSI}}}schemaLocation": f"{GEXF} {GEXF}/gexf.xsd"}
    )
    meta = ET.SubElement(racine, "meta")
    for nom, texte in (("creator", "Maillage"), ("description", f"{extrait.titre}. {extrait.mention}")):
        ET.SubElement(meta, nom).text = clean(texte)
    graphe = ET.SubElement(racine, "graph", defaultedgetype="directed", mode="static", idtype="string")
    _declare(graphe, "node", [{"nature": s.nature, **s.attributs} for s in extrait.sommets[:1]])
    _declare(graphe, "edge", [arc.attributs for arc in extrait.arcs[:1]])
    liste = ET.SubElement(graphe, "nodes")
    for sommet in extrait.sommets:
        _add_node(liste, sommet)
    liste = ET.SubElement(graphe, "edges")
    for arc in extrait.arcs:
        _add_edge(liste, arc)
    return _write(racine)


def write_graphml(extrait: Extrait) -> bytes:
    """The network as GraphML, typed attributes."""
    redacteur = GraphMLWriter(encoding="utf-8", prettyprint=True, edge_id_from_attribute="id")
    redacteur.add_graph_element(make_flat_graph(extrait))
    return _write(redacteur.xml)


def _write(racine: ET.Element) -> bytes:
    ET.indent(racine, " ")
    flux = BytesIO()
    ET.ElementTree(racine).write(flux, encoding="utf-8", xml_declaration=True)
    return flux.getvalue() + b"\n"


def _declare(graphe: ET.Element, classe: str, modele: Sequence[Mapping[str, Valeur]]) -> None:
    """Say the name and the type of each attribute, read off the first element: all have the same."""
    for valeurs in modele:
        attributs = ET.SubElement(graphe, "attributes", {"class": classe, "mode": "static"})
        for nom, valeur in valeurs.items():
            ET.SubElement(attributs, "attribute", id=nom, title=nom, type=_GENRES[type(valeur)])


def _add_node(liste: ET.Element, sommet: Sommet) -> None:
    noeud = ET.SubElement(liste, "node", id=clean(sommet.id), label=clean(sommet.nom))
    _add_values(noeud, {"nature": sommet.nature, **sommet.attributs})
    _add_colour(noeud, sommet.couleur)
    # Gephi's vertical axis goes up.
    ET.SubElement(noeud, f"{{{VIZ}}}position", x=f"{sommet.x:g}", y=f"{-sommet.y:g}", z="0")
    ET.SubElement(noeud, f"{{{VIZ}}}size", value=f"{2 * sommet.rayon:g}")


def _add_edge(liste: ET.Element, arc: Arc) -> None:
    bouts = {"source": clean(arc.de), "target": clean(arc.vers)}
    dit = {"label": clean(arc.nom), "kind": arc.genre, "weight": str(arc.poids)}
    lien = ET.SubElement(liste, "edge", {"id": clean(arc.id), **bouts, **dit})
    _add_values(lien, arc.attributs)
    _add_colour(lien, arc.couleur)


def _add_values(element: ET.Element, valeurs: Mapping[str, Valeur]) -> None:
    liste = ET.SubElement(element, "attvalues")
    for nom, valeur in clean_known(valeurs).items():
        ET.SubElement(liste, "attvalue", {"for": nom, "value": str(valeur)})


def _add_colour(element: ET.Element, couleur: str) -> None:
    rouge, vert, bleu = (str(int(couleur[rang : rang + 2], 16)) for rang in (1, 3, 5))
    ET.SubElement(element, f"{{{VIZ}}}color", r=rouge, g=vert, b=bleu)
