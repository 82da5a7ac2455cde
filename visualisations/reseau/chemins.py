"""Paths between two actors in words: the form, what it may have meant, and each path sentence by sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl

from graph.cartography import Cartographe, Chemin, CriteresReseau, Etape, Relation, Trajet, read_trajet
from graph.cartography.chemins import SANS_ARRIVEE
from graph.cartography.preuves import Preuves
from graph.catalogue import Catalogue
from graph.catalogue.modele import ROLES, Acteur
from graph.errors import IntrouvableError
from graph.texte import fold
from visualisations.pages.commun import OptionVue, SourceVue, view_sources
from visualisations.pages.lieux import say_where
from visualisations.rendu import messages
from visualisations.reseau.adresse import write_address
from visualisations.reseau.modele import NoeudVue, ReseauVue
from visualisations.reseau.mots import join_verb
from visualisations.reseau.vues import node_id

ROLES_CHERCHES: Final = tuple(role for role in ROLES if role != "Association")
"""Roles that somebody may want to reach."""


@dataclass(frozen=True, slots=True)
class DemandeChemin:
    """The two fields as typed, and what was understood of them."""

    chemin: str = ""
    vers: str = ""
    trajet: Trajet | None = None
    erreur: str = ""
    chemins: tuple[Chemin, ...] = ()


@dataclass(frozen=True, slots=True)
class PhraseVue:
    """One relation, read from the end that the path comes from."""

    sujet: NoeudVue
    verbe: str
    objet: NoeudVue
    precision: str
    preuves: tuple[SourceVue, ...]
    """The passage that says this very relation; none when no source is cited."""


@dataclass(frozen=True, slots=True)
class CheminVue:
    """One path: the name of whom it reaches, and each step's sentences."""

    titre: str
    etapes: tuple[tuple[PhraseVue, ...], ...]


@dataclass(frozen=True, slots=True)
class CheminsVue:
    """The form of the paths and what it found."""

    depart: str
    arrivee: str
    suggestions: tuple[str, ...]
    """Words for the second field: each role, in words."""
    sans_arrivee: str
    """Whom an empty second field means."""
    champs: tuple[tuple[str, str], ...]
    """Hidden fields: the state of the page that the form keeps."""
    erreur: str
    choix_depart: tuple[OptionVue, ...]
    """Actors that the first field may mean; ``code`` is the address that chooses one."""
    choix_arrivee: tuple[OptionVue, ...]
    titre: str
    chemins: tuple[CheminVue, ...]
    fermer: str
    """Address of the page without the path."""


def read_demande(cartographe: Cartographe, criteres: CriteresReseau, chemin: str, vers: str) -> DemandeChemin:
    """Understand the two fields of the form and look for the paths; nothing when the first is empty."""
    if not chemin.strip():
        return DemandeChemin()
    role = next((code for code in ROLES_CHERCHES if fold(_say_role(code)) == fold(vers)), vers)
    try:
        trajet = read_trajet(cartographe.catalogue, chemin, role)
    except IntrouvableError as faute:
        return DemandeChemin(chemin, vers, erreur=faute.message)
    return DemandeChemin(chemin, vers, trajet, chemins=cartographe.find_paths(criteres, trajet))


def _say_role(code: str) -> str:
    return messages(f"chemins.role_{code}")


def _say_typed(demande: DemandeChemin, arrivee: Acteur | None) -> str:
    """The words of the second field; none for whom an empty one means, whom its placeholder names."""
    role = demande.trajet.role if demande.trajet else ""
    if role == SANS_ARRIVEE:
        return ""
    return arrivee.nom if arrivee else _say_role(role) if role else demande.vers


def view_chemins(
    catalogue: Catalogue, criteres: CriteresReseau, demande: DemandeChemin, vue: ReseauVue | None = None
) -> CheminsVue:
    """The form, and each path found in the words of the links that the page draws."""
    trajet = demande.trajet or Trajet()
    depart, arrivee = trajet.depart, trajet.arrivee
    vers = arrivee.slug if arrivee else trajet.role or demande.vers
    sans = replace(criteres, par="")
    requete = write_address(catalogue, sans).partition("?")[2]
    return CheminsVue(
        depart.nom if depart else demande.chemin,
        _say_typed(demande, arrivee),
        tuple(_say_role(code) for code in ROLES_CHERCHES),
        _say_role(SANS_ARRIVEE),
        tuple(parse_qsl(requete)),
        demande.erreur,
        tuple(
            OptionVue(write_address(catalogue, sans, un.slug, vers), un.nom, say_where(catalogue, un))
            for un in trajet.choix_depart
        ),
        tuple(
            OptionVue(
                write_address(catalogue, sans, depart.slug if depart else demande.chemin, un.slug),
                un.nom,
                say_where(catalogue, un),
            )
            for un in trajet.choix_arrivee
        ),
        _say_found(demande, depart) if depart and not trajet.choix_arrivee else "",
        _view_chemins(catalogue, demande.chemins, vue) if vue else (),
        write_address(catalogue, sans),
    )


def _say_found(demande: DemandeChemin, depart: Acteur) -> str:
    trajet = demande.trajet or Trajet()
    bouts = {"de": depart.nom, "vers": trajet.arrivee.nom if trajet.arrivee else _say_role(trajet.role)}
    if not demande.chemins:
        return messages("chemins.aucun", **bouts)
    return messages("chemins.trouves", n=len(demande.chemins), **bouts)


def _view_chemins(catalogue: Catalogue, chemins: Sequence[Chemin], vue: ReseauVue) -> tuple[CheminVue, ...]:
    noeuds = {noeud.id: noeud for noeud in (*vue.acteurs, *vue.actions)}
    liens = {lien.id: lien for lien in vue.liens}
    preuves = Preuves(catalogue)

    def view_phrase(de: str, relation: Relation) -> PhraseVue:
        lien = liens[_name_link(catalogue, relation)]
        verbe, autre = (lien.aller, lien.vers) if lien.de == de else (lien.retour, lien.de)
        passage = preuves.choose(relation)
        return PhraseVue(
            noeuds[de],
            join_verb(verbe, noeuds[autre].court),
            noeuds[autre],
            lien.precision,
            view_sources(catalogue, (passage,)) if passage else (),
        )

    def view_chemin(chemin: Chemin) -> CheminVue:
        etapes = tuple(
            tuple(view_phrase(name_node(catalogue, etape.de), relation) for relation in etape.relations)
            for etape in chemin.etapes
        )
        titre = messages("chemins.un", n=len(etapes), nom=catalogue.acteurs[chemin.noeuds[-1]].nom)
        par = ", ".join(noeuds[name_node(catalogue, iri)].court for iri in chemin.noeuds[1:-1])
        return CheminVue(messages("chemins.par", titre=titre, noms=par) if par else titre, etapes)

    return tuple(map(view_chemin, chemins))


def name_node(catalogue: Catalogue, iri: str) -> str:
    """The id of a node of the figure."""
    return node_id(catalogue.acteurs.get(iri) or catalogue.accompagnements[iri])


def step_links(catalogue: Catalogue, etape: Etape) -> tuple[str, ...]:
    """The ids of the links of the figure that a step goes along."""
    return tuple(_name_link(catalogue, relation) for relation in etape.relations)


def _name_link(catalogue: Catalogue, relation: Relation) -> str:
    return f"{name_node(catalogue, relation.de)}.{relation.type}.{name_node(catalogue, relation.vers)}"


def donnees_chemins(catalogue: Catalogue, demande: DemandeChemin) -> list[dict[str, object]]:
    """The paths as JSON-ready data: ids of nodes and links in order, as the network names them."""
    return [
        {
            "noeuds": [name_node(catalogue, iri) for iri in chemin.noeuds],
            "etapes": [
                {
                    "de": name_node(catalogue, etape.de),
                    "vers": name_node(catalogue, etape.vers),
                    "liens": list(step_links(catalogue, etape)),
                }
                for etape in chemin.etapes
            ],
        }
        for chemin in demande.chemins
    ]
