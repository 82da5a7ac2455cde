"""The network as one HTML file that opens anywhere, without a server and without the network.

Pyvis makes the figure. What its template leaves open is closed here (measured in real browsers):
two CDN tags in every mode, raw interpolation of the heading and of the options, a tooltip that
becomes HTML as soon as one title holds « href », a quadratic ``add_edge``, no doctype, no language,
no title. A Content-Security-Policy of script hashes makes sure that nothing else ever runs.
"""

import re
from base64 import b64encode
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from pyvis.network import Network

from graph.cartography import Reseau
from graph.catalogue import Catalogue
from visualisations.langues import langue
from visualisations.rendu import messages, render
from visualisations.reseau.modele import FORMES, TRAITS, FormeVue, LienVue, NoeudVue, ReseauVue
from visualisations.reseau.vues import say_state, say_territory, view_shown

_OPTIONS: Final[dict[str, object]] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "hideEdgesOnDrag": True,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
    "nodes": {"shape": "image", "font": {"size": 14, "strokeWidth": 4, "strokeColor": "#ffffff"}},
    "edges": {"smooth": False, "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}}},
}
"""Everything that is asked of vis-network: constants, nothing that comes from the data."""

_DISTANT: Final = re.compile(r"<link\b[^>]*https?://[^>]*>|<script\b[^>]*https?://[^>]*>\s*</script>")
_TITRE_VIDE: Final = re.compile(r"<center>\s*<h1></h1>\s*</center>")
_COMMENTAIRE: Final = re.compile(r"<!-- <link.*?-->", re.DOTALL)
_SCRIPT: Final = re.compile(r"<script\b[^>]*>(.*?)</script>", re.DOTALL)


def export_html(catalogue: Catalogue, reseau: Reseau) -> str:
    """One self-contained page: the figure by pyvis, its legend, and the tables of the same set.

    Args:
        catalogue: what the edition says.
        reseau: the network; only what its criteria show is exported.
    """
    vue = view_shown(catalogue, reseau)
    contexte = {
        "lieu": say_territory(catalogue, reseau),
        "etat": say_state(vue),
        "edition": catalogue.edition,
        "formes": {forme.code: forme for forme in FORMES},
        "types": [forme for forme in FORMES if any(forme.code in n.types for n in vue.acteurs + vue.actions)],
        "traits": {
            code: trait for code, trait in TRAITS.items() if any(lien.type == code for lien in vue.liens)
        },
        "acteurs": vue.acteurs,
        "actions": vue.actions,
        "noms": {noeud.id: noeud.court for noeud in vue.acteurs + vue.actions},
        "relations": vue.liens,
        "sources": vue.sources,
    }
    page = _strip(_draw(vue))
    page = page.replace("<html>", f'<!doctype html>\n<html lang="{langue()}">', 1)
    page = page.replace("<body>", "<body>\n" + render("pages/_reseau_export_tete.html", **contexte), 1)
    suite = render("pages/_reseau_export_suite.html", **contexte)
    page = f"{suite}\n    </body>".join(page.rsplit("</body>", 1))
    return _lock(page, render("pages/_reseau_export_head.html", **contexte))


def _draw(vue: ReseauVue) -> str:
    """The page as pyvis writes it, from lists set directly: its own ``add_edge`` is quadratic."""
    net = Network(height="75vh", width="100%", directed=True, cdn_resources="in_line", heading="")
    noms = {noeud.id: noeud.court for noeud in vue.acteurs + vue.actions}
    net.nodes = [_describe_node(noeud) for noeud in vue.acteurs + vue.actions]
    net.edges = [_describe_edge(lien, noms) for lien in vue.liens]
    net.options = _OPTIONS
    html: str = net.generate_html()
    return html


def _plain(texte: str) -> str:
    """A tooltip that stays text: pyvis turns all of them into HTML when one holds « href »."""
    return texte.replace("href", "h\N{WORD JOINER}ref")


def _describe_node(noeud: NoeudVue) -> dict[str, object]:
    forme = next(forme for forme in FORMES if forme.code == noeud.types[0])
    roles = ", ".join(messages(forme.cle) for forme in FORMES if forme.code in noeud.types)
    return {
        "id": noeud.id,
        "label": "\n".join(noeud.etiquette),
        "title": _plain("\n".join(part for part in (noeud.nom, roles, noeud.lieu) if part)),
        "x": noeud.x,
        "y": noeud.y,
        "size": noeud.rayon,
        "image": _image(forme),
    }


def _image(forme: FormeVue) -> str:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1.2 -1.2 2.4 2.4" width="96" height="96">'
        f'<path d="{forme.trace}" fill="{forme.couleur}" stroke="#fff" stroke-width=".12"/></svg>'
    )
    return f"data:image/svg+xml,{quote(svg)}"


def _describe_edge(lien: LienVue, noms: dict[str, str]) -> dict[str, object]:
    couleur, tirets = TRAITS[lien.type]
    arete: dict[str, object] = {
        "from": lien.de,
        "to": lien.vers,
        "title": _plain(f"{noms[lien.de]} {lien.aller} {noms[lien.vers]}"),
        "color": couleur,
        "dashes": list(tirets) or False,
    }
    if lien.courbure:
        genre = "curvedCW" if lien.courbure > 0 else "curvedCCW"
        arete["smooth"] = {"enabled": True, "type": genre, "roundness": abs(lien.courbure)}
    return arete


def _strip(page: str) -> str:
    """Take out what asks for another host, the empty headings, and the comment that holds tags."""
    for motif in (_COMMENTAIRE, _DISTANT, _TITRE_VIDE):
        page = motif.sub("", page)
    return page


def _lock(page: str, head: str) -> str:
    """Put the head in place, with a policy under which only the scripts of this very page run."""
    empreintes = " ".join(
        f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in _SCRIPT.findall(page)
    )
    regle = f"default-src 'none'; script-src {empreintes}; style-src 'unsafe-inline'; img-src data:"
    meta = f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{regle}">\n{head}'
    return page.replace('<meta charset="utf-8">', meta, 1)
