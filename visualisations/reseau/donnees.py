"""The network as JSON-ready data: whole for programs, packed for the script of the page."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import asdict
from typing import Any, Final

from graph.cartography import TYPES_RELATION, Reseau
from graph.catalogue import Catalogue
from graph.catalogue.territoires import reference
from visualisations.rendu import messages
from visualisations.reseau.modele import FORMES, ReseauVue
from visualisations.reseau.vues import say_territory, view_shown

CITEES: Final = 3
"""Passages about an actor that its card quotes."""
_AILLEURS: Final = frozenset({"id", "nom", "adresse", "passages", "liens", "rayon"})
"""Fields of a node that its row of the tables says, or that the sizes asked for give."""


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

    Column by column, since like values compress together; what is empty, repeats a name or stands in the
    tables of the page is left out, and links name their ends by rank among nodes.
    """
    noeuds = [*donnees["acteurs"], *donnees["actions"]]
    rangs = {noeud["id"]: rang for rang, noeud in enumerate(noeuds)}
    liens = (
        _drop_empty(lien, frozenset({"id"})) | {"de": rangs[lien["de"]], "vers": rangs[lien["vers"]]}
        for lien in donnees["liens"]
    )
    return donnees | {
        "acteurs": _columns(map(_pack, donnees["acteurs"])),
        "actions": _columns(map(_pack, donnees["actions"])),
        "liens": _columns(liens),
    }


def _columns(lignes: Iterable[dict[str, Any]]) -> dict[str, list[Any]]:
    """Rows as columns of one length, ``None`` where a row says nothing."""
    dites = list(lignes)
    champs = dict.fromkeys(champ for ligne in dites for champ in ligne)
    return {champ: [ligne.get(champ) for ligne in dites] for champ in champs}


def _pack(noeud: dict[str, Any]) -> dict[str, Any]:
    redits = {champ for champ in ("court", "mention") if noeud[champ] == noeud["nom"]}
    brefs = {axe: round(noeud[axe]) for axe in ("x", "y")} | {
        "rayons": {taille: round(rayon) for taille, rayon in noeud["rayons"].items()},
        "etiquette": _pack_label(noeud["court"], noeud["etiquette"]),
        "sources": noeud["sources"][:CITEES],
    }
    return _drop_empty(noeud | brefs, _AILLEURS | redits)


def _pack_label(nom: str, lignes: Sequence[str]) -> Sequence[str] | Sequence[int]:
    """How many words of the name each line holds, nothing for a name on one line; else the lines."""
    if " ".join(lignes) != nom:
        return lignes
    return [len(ligne.split(" ")) for ligne in lignes] if len(lignes) > 1 else ()


def _says(valeur: object) -> bool:
    """False for what the script takes for granted: nothing, zero, shown."""
    return valeur is False or (bool(valeur) and valeur is not True)


def _drop_empty(chose: dict[str, Any], sauf: Set[str]) -> dict[str, Any]:
    """The fields that say something; a link's facts that say nothing but their sources go too."""
    dits = {champ: valeur for champ, valeur in chose.items() if champ not in sauf and _says(valeur)}
    if faits := [_drop_empty(f, frozenset()) for f in chose.get("faits", ()) if f["texte"] or f["quand"]]:
        return dits | {"faits": faits}
    dits.pop("faits", None)
    return dits
