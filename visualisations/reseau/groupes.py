"""The network gathered: one node a departement or a network of actors, as a drawing of links and as tables.

The figure is an SVG made here: its nodes are plain links, so it opens at once, prints, and works by
keyboard and without JavaScript.
"""

from collections.abc import Mapping
from dataclasses import replace
from math import sqrt
from typing import Final

from graph.cartography import AUTRES, INCONNU, Agregat, Cartographe, CriteresReseau, Faisceau, Groupe, Rond
from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri
from graph.catalogue.territoires import reference
from visualisations.pages.commun import make_address, say_number, say_place
from visualisations.pages.pied import view_foot
from visualisations.rendu import messages, render_view
from visualisations.reseau.adresse import write_address
from visualisations.reseau.chemins import CheminsVue
from visualisations.reseau.filtres import view_filtres
from visualisations.reseau.groupes_modele import FaisceauVue, GroupesVue, GroupeVue
from visualisations.reseau.tete import view_tete
from visualisations.reseau.vues import name_territory

DESSINES: Final = 150
"""Bundles of links that the page draws and lists, the strongest; all are counted, and in the API."""
_EPAISSEURS: Final = (1.0, 9.0)
_MARGE: Final = 12.0
LARGEUR: Final = 900


def page_groupes(cartographe: Cartographe, criteres: CriteresReseau, chemins: CheminsVue) -> str:
    """The page of a network gathered by departement, or by network of actors."""
    catalogue = cartographe.catalogue
    agregat = cartographe.gather(criteres)
    par = agregat.criteres.par
    ronds = {groupe.iri: groupe.rond for groupe in agregat.groupes}
    noms = {groupe.iri: _name(catalogue, groupe.iri, agregat) for groupe in agregat.groupes}
    dessines = agregat.faisceaux[:DESSINES]
    fort = max((faisceau.nombre for faisceau in dessines), default=1)
    faisceaux = tuple(_view_faisceau(f, noms, ronds, sqrt(f.nombre / fort)) for f in dessines)
    externes = _count_outside(agregat)
    groupes = tuple(
        _view_groupe(catalogue, g, noms[g.iri], externes[g.iri], criteres, par) for g in agregat.groupes
    )
    return render_view(
        "pages/reseau_groupes.html",
        GroupesVue(
            edition=catalogue.edition,
            tete=view_tete(cartographe, criteres, _say_state(agregat), par),
            chemins=chemins,
            filtres=view_filtres(cartographe, criteres),
            par=par,
            cadre=_frame(groupes),
            groupes=groupes,
            faisceaux=faisceaux,
            autres=len(agregat.faisceaux) - len(dessines),
        ),
        pied=view_foot(catalogue),
    )


def donnees_groupes(cartographe: Cartographe, criteres: CriteresReseau) -> dict[str, object]:
    """The groups and all the links between them, as JSON-ready data."""
    catalogue = cartographe.catalogue
    agregat = cartographe.gather(criteres)
    par = agregat.criteres.par
    codes = {groupe.iri: _code(catalogue, groupe.iri) for groupe in agregat.groupes}
    return {
        "edition": catalogue.edition,
        "territoire": {
            "ref": reference(agregat.territoire) if agregat.territoire else "",
            "nom": name_territory(catalogue, agregat.territoire),
        },
        "par": par,
        "acteurs_comptes": agregat.acteurs,
        "liens_comptes": agregat.liens,
        "groupes": [
            {
                "code": codes[g.iri],
                "nom": _name(catalogue, g.iri, agregat),
                "acteurs": g.acteurs,
                "actions": g.actions,
                "liens_internes": g.internes,
                "x": g.rond.x,
                "y": g.rond.y,
            }
            for g in agregat.groupes
        ],
        "liens": [
            {
                "de": codes[f.de],
                "vers": codes[f.vers],
                "nombre": f.nombre,
                "aller": f.aller,
                "retour": f.retour,
                "types": dict(f.types),
            }
            for f in agregat.faisceaux
        ],
    }


def _view_faisceau(
    faisceau: Faisceau, noms: Mapping[Iri, str], ronds: Mapping[Iri, Rond], force: float
) -> FaisceauVue:
    de, vers = ronds[faisceau.de], ronds[faisceau.vers]
    detail = _say_types(faisceau)
    bouts = {"de": noms[faisceau.de], "vers": noms[faisceau.vers]}
    return FaisceauVue(
        **bouts,
        nombre=say_number(str(faisceau.nombre)),
        detail=detail,
        dit=messages(
            "groupes.faisceau", **bouts, liens=say_count("reseau.liens", faisceau.nombre), detail=detail
        ),
        x1=de.x,
        y1=de.y,
        x2=vers.x,
        y2=vers.y,
        epaisseur=round(_EPAISSEURS[0] + (_EPAISSEURS[1] - _EPAISSEURS[0]) * force, 1),
    )


def say_count(cle: str, nombre: int) -> str:
    """A message that counts, the number as French writes it: « 12 000 acteurs »."""
    return messages(cle, n=nombre).replace(str(nombre), say_number(str(nombre)))


def _view_groupe(
    catalogue: Catalogue, groupe: Groupe, nom: str, externes: int, criteres: CriteresReseau, par: str
) -> GroupeVue:
    lieu = catalogue.territoires.get(groupe.iri)
    nature = groupe.iri if groupe.iri == AUTRES else lieu.niveau if lieu else "reseau"
    if groupe.iri == INCONNU:
        nature = "inconnu"
    return GroupeVue(
        nom=nom,
        adresse=_open_address(catalogue, groupe.iri, criteres, par),
        nature=nature,
        acteurs=say_number(str(groupe.acteurs)),
        internes=say_number(str(groupe.internes)),
        externes=say_number(str(externes)),
        dit=messages(
            "groupes.dit",
            nom=nom,
            acteurs=say_count("reseau.acteurs", groupe.acteurs),
            internes=say_number(str(groupe.internes)),
            externes=say_number(str(externes)),
        ),
        code=lieu.code if lieu and nature == "departement" else say_number(str(groupe.acteurs)),
        lignes=(nom,) if nature in ("inconnu", AUTRES) else groupe.rond.lignes,
        x=groupe.rond.x,
        y=groupe.rond.y,
        rayon=groupe.rond.rayon,
    )


def _open_address(catalogue: Catalogue, iri: Iri, criteres: CriteresReseau, par: str) -> str:
    """The network of one group, with the same filters; for the whole country, its directory."""
    if iri == AUTRES:
        return ""
    if par == "reseau":
        code = INCONNU if iri == INCONNU else catalogue.acteurs[iri].slug
        return write_address(catalogue, replace(criteres, reseau=code, par=""))
    lieu = catalogue.territoires.get(iri)
    if lieu is None:
        return ""
    if lieu.niveau == "national":
        return make_address("/acteurs", [("territoire", reference(lieu))])
    return write_address(catalogue, replace(criteres, territoire=iri, par=""))


def _code(catalogue: Catalogue, iri: Iri) -> str:
    lieu, acteur = catalogue.territoires.get(iri), catalogue.acteurs.get(iri)
    return reference(lieu) if lieu else acteur.slug if acteur else iri


def _name(catalogue: Catalogue, iri: Iri, agregat: Agregat) -> str:
    if iri == INCONNU:
        return messages(f"groupes.inconnu_{agregat.criteres.par}")
    if iri == AUTRES:
        return say_count("groupes.fondus", agregat.fondus)
    lieu = catalogue.territoires.get(iri)
    if lieu is None:
        return catalogue.libelle(iri)
    if lieu.niveau == "departement":
        return say_place(catalogue, iri)
    return messages(f"groupes.echelle_{lieu.niveau}", nom=say_place(catalogue, iri))


def _say_types(faisceau: Faisceau) -> str:
    return ", ".join(
        messages("groupes.type", type=messages(f"reseau.relation.{code}.nom"), n=nombre)
        for code, nombre in faisceau.types
    )


def _say_state(agregat: Agregat) -> str:
    return messages(
        f"groupes.etat_{agregat.criteres.par}",
        acteurs=say_count("reseau.acteurs", agregat.acteurs),
        liens=say_count("reseau.liens", agregat.liens),
    )


def _count_outside(agregat: Agregat) -> Mapping[Iri, int]:
    comptes = dict.fromkeys((groupe.iri for groupe in agregat.groupes), 0)
    for faisceau in agregat.faisceaux:
        for bout in (faisceau.de, faisceau.vers):
            comptes[bout] += faisceau.nombre
    return comptes


def _frame(groupes: tuple[GroupeVue, ...]) -> str:
    """The rectangle that holds every node and its label."""
    if not groupes:
        return "0 0 100 10"
    demi = [max(g.rayon, *(len(ligne) * 4.2 for ligne in g.lignes), 0) + _MARGE for g in groupes]
    gauche = min(g.x - d for g, d in zip(groupes, demi, strict=True))
    droite = max(g.x + d for g, d in zip(groupes, demi, strict=True))
    haut = min(g.y - g.rayon for g in groupes) - _MARGE
    bas = max(g.y + g.rayon + 17 * len(g.lignes) for g in groupes) + _MARGE
    # A few nodes are not blown up: the sheet is never narrower than this.
    marge = max(0.0, (LARGEUR - (droite - gauche)) / 2)
    return f"{gauche - marge:.0f} {haut:.0f} {droite - gauche + 2 * marge:.0f} {bas - haut:.0f}"
