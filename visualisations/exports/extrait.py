"""A network in words, colours and numbers, ready for other programs and for spreadsheets."""

from collections.abc import Iterable

from graph.cartography import Reseau
from graph.cartography.exports import Arc, Extrait, Sommet, Valeur
from graph.catalogue import Catalogue
from graph.catalogue.modele import Accompagnement, Acteur, Iri, Niveau
from visualisations.pages.commun import labels, say_place
from visualisations.rendu import messages
from visualisations.reseau.modele import FORMES, TRAITS, FormeVue, LienVue, NoeudVue, ReferenceVue
from visualisations.reseau.mots import join_words
from visualisations.reseau.vues import node_id, view_shown

_FORMES = {forme.code: forme for forme in FORMES}


def make_extrait(catalogue: Catalogue, reseau: Reseau) -> Extrait:
    """What the filters of a network show, flat."""
    vue = view_shown(catalogue, reseau)
    choses = {node_id(donnees["chose"]): donnees["chose"] for _, donnees in reseau.graphe.nodes(data=True)}
    noms = {noeud.id: noeud.court for noeud in vue.acteurs + vue.actions}
    return Extrait(
        titre=say_title(catalogue, reseau),
        mention=say_mention(catalogue, reseau),
        edition=catalogue.edition,
        sommets=tuple(
            _make_node(catalogue, choses[noeud.id], noeud, vue.sources) for noeud in vue.acteurs + vue.actions
        ),
        arcs=tuple(_make_link(lien, noms, vue.sources) for lien in vue.liens),
    )


def say_title(catalogue: Catalogue, reseau: Reseau) -> str:
    """« Réseau des acteurs : Calvados »."""
    territoire = reseau.territoire
    lieu = say_place(catalogue, territoire.iri) if territoire else messages("reseau.tous_territoires")
    return messages("reseau.titre_page", lieu=lieu)


def say_mention(catalogue: Catalogue, reseau: Reseau) -> str:
    """Edition and licence; and how many actors a network too large leaves out."""
    source = messages("reseau.export_source", edition=catalogue.edition)
    return f"{source} {messages('reseau.ecartes', n=reseau.ecartes)}" if reseau.ecartes else source


def main_form(noeud: NoeudVue) -> FormeVue:
    """How a node is drawn: by its first role."""
    return _FORMES[noeud.types[0]]


def _make_node(
    catalogue: Catalogue, chose: Acteur | Accompagnement, noeud: NoeudVue, sources: tuple[ReferenceVue, ...]
) -> Sommet:
    acteur = chose if isinstance(chose, Acteur) else None
    lieux = _places(chose)
    attributs: dict[str, Valeur] = {
        "iri": chose.iri,
        "role": messages(main_form(noeud).cle),
        "roles": _join(messages(_FORMES[code].cle) for code in noeud.types),
        "lieu": noeud.lieu,
        "commune": _code(catalogue, lieux, "commune"),
        "departement": _code(catalogue, lieux, "departement"),
        "region": _code(catalogue, lieux, "region"),
        "siret": (acteur and acteur.siret) or "",
        "rna": (acteur and acteur.rna) or "",
        "secteurs": _join(labels(catalogue, chose.secteurs)),
        "fonctions": _join(noeud.fonctions),
        "porte": _join(noeud.porte),
        "quand": noeud.quand,
        "description": noeud.description,
        "site": noeud.site,
        "fiche": noeud.adresse,
        "liens": noeud.liens,
        "sources": _cite(noeud.sources, sources),
    }
    return Sommet(
        id=noeud.id,
        nom=noeud.nom,
        nature="acteur" if acteur else "action",
        attributs=attributs,
        x=noeud.x,
        y=noeud.y,
        rayon=noeud.rayon,
        couleur=main_form(noeud).couleur,
        position=acteur.position if acteur else None,
    )


def _make_link(lien: LienVue, noms: dict[str, str], sources: tuple[ReferenceVue, ...]) -> Arc:
    attributs: dict[str, Valeur] = {
        "relation": messages(f"reseau.relation.{lien.type}.nom"),
        "phrase": f"{noms[lien.de]} {lien.aller} {noms[lien.vers]}",
        "precision": lien.precision,
        "quand": " ; ".join(lien.quand),
        "faits": _join(fait.texte for fait in lien.faits if fait.texte),
        "sources": _cite(lien.sources, sources),
    }
    return Arc(
        id=lien.id,
        de=lien.de,
        vers=lien.vers,
        nom=lien.aller,
        genre=lien.type,
        poids=max(1, len(lien.faits)),
        attributs=attributs,
        couleur=TRAITS[lien.type][0],
    )


def _join(textes: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(textes))


def _cite(rangs: Iterable[int], sources: tuple[ReferenceVue, ...]) -> str:
    """Each document once, with the places it is cited for: « Monographie (page 3 ; page 4) »."""
    lieux: dict[str, dict[str, None]] = {}
    for rang in rangs:
        lieux.setdefault(sources[rang].titre, {})[sources[rang].lieu] = None
    return _join(join_words(titre, [" ; ".join(filter(None, lus))]) for titre, lus in lieux.items())


def _places(chose: Acteur | Accompagnement) -> tuple[Iri, ...]:
    if isinstance(chose, Acteur):
        return (chose.siege,) if chose.siege else chose.perimetres
    return chose.territoires


def _code(catalogue: Catalogue, lieux: Iterable[Iri], niveau: Niveau) -> str:
    """The codes of that level that hold the places: what a table of a map is joined by."""
    codes = (
        autour.code
        for lieu in lieux
        if (connu := catalogue.territoires.get(lieu))
        for autour in map(catalogue.territoires.get, dict.fromkeys((lieu, *connu.ancetres)))
        if autour is not None and autour.niveau == niveau and autour.fin is None
    )
    return _join(codes)
