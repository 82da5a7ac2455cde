"""The network in words: what the figure, the tables, the panel and the API say of actors and links.

One :class:`~visualisations.reseau.modele.ReseauVue` is made per request; the page renders its tables
from it and the figure reads the same objects as JSON, so that the two can only show the same set.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from graph.cartography import (
    ACTION,
    Chose,
    Communaute,
    Relation,
    Reseau,
    filter_reseau,
    list_acteurs,
    list_actions,
    list_relations,
    shorten,
)
from graph.catalogue import Catalogue
from graph.catalogue.modele import Accompagnement, Acteur, Iri, Territoire
from visualisations.pages.commun import (
    action_address,
    actor_address,
    labels,
    safe_url,
    say_number,
    say_period,
    say_place,
    say_places,
)
from visualisations.rendu import messages
from visualisations.reseau.modele import LienVue, NoeudVue, ReseauVue
from visualisations.reseau.mots import join_words, read_period, read_periods, say_relation, view_fait
from visualisations.reseau.sources import Sources
from visualisations.types_acteur import AUTRE, sort_types


def view_reseau(catalogue: Catalogue, reseau: Reseau, communautes: Sequence[Communaute] = ()) -> ReseauVue:
    """Say a network: everything in the slice, each marked as shown by the filters or not."""
    montre = filter_reseau(reseau.graphe, reseau.criteres)
    sources = Sources(catalogue)
    lettres = {iri: groupe.lettre for groupe in communautes for iri in groupe.membres}

    def finish(iri: Iri, noeud: NoeudVue) -> NoeudVue:
        degre = montre.degree(iri) if iri in montre else 0
        return replace(
            noeud,
            mention=noeud.mention or noeud.nom,
            **_size(reseau, iri),
            communaute=lettres.get(iri, ""),
            facettes={nom: codes for nom, codes in reseau.graphe.nodes[iri]["facettes"].items() if codes},
            liens=degre,
            visible=iri in montre,
        )

    acteurs = [
        finish(a.iri, _view_acteur(catalogue, reseau, a, sources)) for a in list_acteurs(reseau.graphe)
    ]
    actions = [
        finish(a.iri, _view_action(catalogue, reseau, a, sources)) for a in list_actions(reseau.graphe)
    ]
    relations = list_relations(reseau.graphe)
    liens = tuple(
        replace(
            _view_lien(catalogue, relation, sources),
            documents=tuple(sorted(reseau.graphe[relation.de][relation.vers][relation.type]["documents"])),
            courbure=courbure,
            visible=montre.has_edge(relation.de, relation.vers, relation.type),
        )
        for relation, courbure in zip(relations, _bend(relations), strict=True)
    )
    return ReseauVue(_name_apart(acteurs), _name_apart(actions), liens, sources.all())


def _size(reseau: Reseau, iri: Iri) -> dict[str, Any]:
    place = reseau.places[iri]
    rayons = {"liens": place.etiquette.rayon, "passages": place.rayon_passages}
    return {
        "rayon": rayons[reseau.criteres.taille],
        "rayons": rayons,
        "passages": messages("communautes.part", part=say_number(str(round(100 * place.passages, 1)))),
    }


def view_shown(catalogue: Catalogue, reseau: Reseau) -> ReseauVue:
    """Say only what the filters show."""
    vue = view_reseau(catalogue, reseau)
    return replace(
        vue,
        acteurs=tuple(noeud for noeud in vue.acteurs if noeud.visible),
        actions=tuple(noeud for noeud in vue.actions if noeud.visible),
        liens=tuple(lien for lien in vue.liens if lien.visible),
    )


def say_state(vue: ReseauVue) -> str:
    """« 32 acteurs, 2 actions et 57 liens affichés »."""
    actions = sum(noeud.visible for noeud in vue.actions)
    return messages(
        "reseau.etat_actions" if actions else "reseau.etat",
        acteurs=messages("reseau.acteurs", n=sum(noeud.visible for noeud in vue.acteurs)),
        actions=messages("reseau.actions", n=actions),
        liens=messages("reseau.liens", n=sum(lien.visible for lien in vue.liens)),
    )


def _name_apart(noeuds: Sequence[NoeudVue]) -> tuple[NoeudVue, ...]:
    """Sort by number of links, then name; two nodes of one name are mentioned with their place."""
    noms = Counter(noeud.nom for noeud in noeuds)
    dits = [
        replace(noeud, mention=f"{noeud.nom} ({noeud.lieu or noeud.id})") if noms[noeud.nom] > 1 else noeud
        for noeud in noeuds
    ]
    return tuple(sorted(dits, key=lambda noeud: (-noeud.liens, noeud.nom, noeud.id)))


def node_id(chose: Chose) -> str:
    """How a node is called in addresses: the slug of an actor, ``accompagnement:<slug>``."""
    return chose.slug if isinstance(chose, Acteur) else f"accompagnement:{chose.slug}"


def _view_acteur(catalogue: Catalogue, reseau: Reseau, acteur: Acteur, sources: Sources) -> NoeudVue:
    place = reseau.places[acteur.iri]
    fonctions = (iri for offre in catalogue.offres_de(acteur.iri) for iri in offre.fonctions)
    return NoeudVue(
        id=node_id(acteur),
        nom=acteur.nom,
        court=acteur.nom,
        mention="",
        adresse=actor_address(acteur),
        types=tuple(forme.code for forme in sort_types(acteur.types)) or (AUTRE.code,),
        lieu=_say_lieux(catalogue, (acteur.siege,) if acteur.siege else acteur.perimetres),
        quand="",
        description=acteur.description,
        porte=_say_mandates(catalogue, acteur.iri),
        fonctions=labels(catalogue, dict.fromkeys(fonctions)),
        site=safe_url(acteur.site) or "",
        x=place.x,
        y=place.y,
        rayon=place.etiquette.rayon,
        etiquette=place.etiquette.lignes,
        sources=sources.rank(acteur.passages),
    )


def _view_action(catalogue: Catalogue, reseau: Reseau, action: Accompagnement, sources: Sources) -> NoeudVue:
    place = reseau.places[action.iri]
    return NoeudVue(
        id=node_id(action),
        nom=action.titre,
        court=shorten(action.titre),
        mention="",
        adresse=action_address(action),
        types=(ACTION,),
        lieu=_say_lieux(catalogue, action.territoires),
        quand=say_period(action.debut, action.fin),
        periode=read_period(action.debut, action.fin),
        description=next((texte for genre, texte in action.textes if genre == "objectif"), ""),
        porte=(),
        fonctions=(),
        site="",
        x=place.x,
        y=place.y,
        rayon=place.etiquette.rayon,
        etiquette=place.etiquette.lignes,
        sources=sources.rank(action.passages),
    )


def _say_lieux(catalogue: Catalogue, lieux: Sequence[Iri]) -> str:
    return ", ".join(say_places(catalogue, lieux[:3])) + ("…" if len(lieux) > 3 else "")


def _say_mandates(catalogue: Catalogue, acteur: Iri) -> tuple[str, ...]:
    mandats = (lien for lien in catalogue.liens_de(acteur) if lien.type == "Mandat" and lien.de == acteur)
    return tuple(
        join_words(
            catalogue.libelle(m.vers), (*say_places(catalogue, m.territoires), say_period(m.debut, m.fin))
        )
        for m in mandats
    )


def _view_lien(catalogue: Catalogue, relation: Relation, sources: Sources) -> LienVue:
    de, vers = (_name_end(catalogue, iri) for iri in (relation.de, relation.vers))
    qualites = tuple(dict.fromkeys(q for fait in relation.faits for q in fait.qualites))
    faits = tuple(
        view_fait(catalogue, relation, fait, sources.rank(fait.passages)) for fait in relation.faits
    )
    aller, retour, precisions = say_relation(catalogue, relation, qualites)
    return LienVue(
        id=f"{de}.{relation.type}.{vers}",
        de=de,
        vers=vers,
        type=relation.type,
        aller=aller,
        retour=retour,
        precision=", ".join(precisions),
        faits=faits,
        quand=tuple(dict.fromkeys(fait.quand for fait in faits if fait.quand)),
        periodes=read_periods(relation),
        sources=tuple(dict.fromkeys(rang for fait in faits for rang in fait.sources)),
    )


def _name_end(catalogue: Catalogue, iri: Iri) -> str:
    return node_id(catalogue.acteurs.get(iri) or catalogue.accompagnements[iri])


def _bend(relations: Sequence[Relation]) -> list[float]:
    """Curvature of each edge: 0 when alone between its two actors, else fanned out on both sides."""
    paires: defaultdict[tuple[Iri, ...], list[int]] = defaultdict(list)
    for rang, relation in enumerate(relations):
        paires[tuple(sorted((relation.de, relation.vers)))].append(rang)
    courbures = [0.0] * len(relations)
    for (premier, _), rangs in paires.items():
        for place, rang in enumerate(rangs):
            ecart = place - (len(rangs) - 1) / 2
            sens = 1 if relations[rang].de == premier else -1
            courbures[rang] = round(ecart * sens * 0.22, 3)
    return courbures


def say_territory(catalogue: Catalogue, reseau: Reseau) -> str:
    """The name of the network's territory, in words."""
    return name_territory(catalogue, reseau.territoire)


def name_territory(catalogue: Catalogue, territoire: Territoire | None) -> str:
    """The name of a territory of the chooser, or that all of them are shown."""
    return say_place(catalogue, territoire.iri) if territoire else messages("reseau.tous_territoires")
