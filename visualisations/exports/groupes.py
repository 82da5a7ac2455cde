"""The network gathered by departement or by network, in words, as the page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from graph.cartography import Agregat, Cartographe, CriteresReseau, Faisceau, Groupe
from graph.cartography.exports import Arc, Extrait, Sommet, Valeur
from graph.catalogue.modele import Iri, Territoire
from visualisations.rendu import messages
from visualisations.reseau.groupes import donnees_groupes

COULEURS: Final[Mapping[str, str]] = {
    "departement": "#17495c",
    "reseau": "#6645a6",
    "region": "#4d5a60",
    "national": "#17242b",
    "inconnu": "#6c716e",
}
"""Of each kind of group, on white."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Groups, and what they are called."""

    agregat: Agregat
    titre: str
    etat: str
    mention: str
    edition: str
    codes: Mapping[Iri, str]
    noms: Mapping[Iri, str]
    natures: Mapping[Iri, str]
    """``departement``, ``region``, ``national``, ``reseau`` or ``inconnu``."""
    lieux: Mapping[Iri, Territoire]


def read_gathered(cartographe: Cartographe, criteres: CriteresReseau) -> Gathered:
    """The groups that the page of these criteria shows."""
    agregat = cartographe.gather(criteres)
    catalogue = cartographe.catalogue
    donnees: Mapping[str, Any] = donnees_groupes(cartographe, criteres)
    dits = list(zip(agregat.groupes, donnees["groupes"], strict=True))
    lieux = {g.iri: catalogue.territoires[g.iri] for g in agregat.groupes if g.iri in catalogue.territoires}
    return Gathered(
        agregat=agregat,
        titre=messages("reseau.titre_page", lieu=donnees["territoire"]["nom"]),
        etat=messages(
            f"groupes.etat_{agregat.criteres.par}",
            acteurs=messages("reseau.acteurs", n=agregat.acteurs),
            liens=messages("reseau.liens", n=agregat.liens),
        ),
        mention=messages("reseau.export_source", edition=catalogue.edition),
        edition=catalogue.edition,
        codes={groupe.iri: dit["code"] for groupe, dit in dits},
        noms={groupe.iri: dit["nom"] for groupe, dit in dits},
        natures={
            g.iri: lieux[g.iri].niveau
            if g.iri in lieux
            else "reseau"
            if g.iri in catalogue.acteurs
            else "inconnu"
            for g in agregat.groupes
        },
        lieux=lieux,
    )


def make_extrait_groupes(lus: Gathered) -> Extrait:
    """The groups and all the links between them, flat."""
    return Extrait(
        titre=lus.titre,
        mention=lus.mention,
        edition=lus.edition,
        sommets=tuple(_make_node(groupe, lus) for groupe in lus.agregat.groupes),
        arcs=tuple(_make_link(faisceau, lus) for faisceau in lus.agregat.faisceaux),
    )


def _make_node(groupe: Groupe, lus: Gathered) -> Sommet:
    nature, lieu = lus.natures[groupe.iri], lus.lieux.get(groupe.iri)
    attributs: dict[str, Valeur] = {
        "groupe": nature,
        "departement": lieu.code if lieu and nature == "departement" else "",
        "region": lieu.code if lieu and nature == "region" else "",
        "acteurs": groupe.acteurs,
        "actions": groupe.actions,
        "liens_internes": groupe.internes,
    }
    rond = groupe.rond
    return Sommet(
        lus.codes[groupe.iri], lus.noms[groupe.iri], "groupe", attributs, rond.x, rond.y, rond.rayon,
        COULEURS[nature],
    )  # fmt: skip


def _make_link(faisceau: Faisceau, lus: Gathered) -> Arc:
    de, vers = lus.codes[faisceau.de], lus.codes[faisceau.vers]
    relations = ", ".join(
        messages("groupes.type", type=messages(f"reseau.relation.{code}.nom"), n=nombre)
        for code, nombre in faisceau.types
    )
    attributs: dict[str, Valeur] = {
        "relation": relations,
        "liens": faisceau.nombre,
        "aller": faisceau.aller,
        "retour": faisceau.retour,
    }
    nom = messages("reseau.liens", n=faisceau.nombre)
    return Arc(f"{de}.{vers}", de, vers, nom, "ensemble", faisceau.nombre, attributs, "#c3d0d5")
