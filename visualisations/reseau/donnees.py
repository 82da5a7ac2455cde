"""The network as JSON-ready data: whole for programs, packed for the script of the page."""

from dataclasses import asdict
from typing import Any, Final

from graph.cartography import TYPES_RELATION, Reseau
from graph.catalogue import Catalogue
from graph.catalogue.territoires import reference
from visualisations.rendu import messages
from visualisations.reseau.modele import FORMES, ReseauVue
from visualisations.reseau.vues import say_territory, view_shown

_REDITES: Final = ("court", "mention")
"""Fields of a node that mostly repeat its name."""


def donnees_reseau(catalogue: Catalogue, reseau: Reseau) -> dict[str, object]:
    """The actors and links that the filters show, as JSON-ready data."""
    return describe(catalogue, reseau, view_shown(catalogue, reseau))


def describe(catalogue: Catalogue, reseau: Reseau, vue: ReseauVue) -> dict[str, Any]:
    """A network that is said, as JSON-ready data."""
    types = {code for noeud in vue.acteurs + vue.actions for code in noeud.types}
    genres = {lien.type for lien in vue.liens}
    return {
        "edition": catalogue.edition,
        "territoire": {
            "ref": reference(reseau.territoire) if reseau.territoire else "",
            "nom": say_territory(catalogue, reseau),
        },
        "ecartes": reseau.ecartes,
        "partiel": reseau.partiel,
        "types_noeud": [
            {
                "code": forme.code,
                "nom": messages(forme.cle),
                "classe": forme.classe,
                "trace": forme.trace,
            }
            for forme in FORMES
            if forme.code in types
        ],
        "types_lien": [
            {"code": code, "nom": messages(f"reseau.relation.{code}.nom")}
            for code in TYPES_RELATION
            if code in genres
        ],
        "acteurs": [asdict(noeud) for noeud in vue.acteurs],
        "actions": [asdict(noeud) for noeud in vue.actions],
        "liens": [asdict(lien) for lien in vue.liens],
        "sources": [asdict(source) for source in vue.sources],
    }


def pack(donnees: dict[str, Any]) -> dict[str, Any]:
    """The same, as light as the page's script can read it again (``reseau-donnees.js``).

    What is empty or repeats a name is left out, and links name their ends by rank among nodes.
    """
    noeuds = [*donnees["acteurs"], *donnees["actions"]]
    rangs = {noeud["id"]: rang for rang, noeud in enumerate(noeuds)}
    liens = [
        _drop_empty(lien, {"id"}) | {"de": rangs[lien["de"]], "vers": rangs[lien["vers"]]}
        for lien in donnees["liens"]
    ]
    return donnees | {
        "acteurs": _pack(donnees["acteurs"]),
        "actions": _pack(donnees["actions"]),
        "liens": liens,
    }


def _pack(noeuds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        _drop_empty(noeud, {champ for champ in _REDITES if noeud[champ] == noeud["nom"]}) for noeud in noeuds
    ]


def _says(valeur: object) -> bool:
    """False for what the script takes for granted: nothing, zero, shown."""
    return valeur is False or (bool(valeur) and valeur is not True)


def _drop_empty(chose: dict[str, Any], sauf: set[str]) -> dict[str, Any]:
    """The fields that say something; a link's facts that say nothing but their sources go too."""
    dits = {champ: valeur for champ, valeur in chose.items() if champ not in sauf and _says(valeur)}
    if faits := [_drop_empty(f, set()) for f in chose.get("faits", ()) if f["texte"] or f["quand"]]:
        return dits | {"faits": faits}
    dits.pop("faits", None)
    return dits
