"""The gathered network as a still figure: where the page puts its groups, the strongest of their links."""

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import Final

from graph.cartography import Cartographe, CriteresReseau, Faisceau, Groupe
from graph.cartography.exports import clean
from graph.catalogue.modele import Iri
from visualisations.exports.dessin import CleDessinee, NoeudDessine, Sujet, TraitDessine, draw_line
from visualisations.exports.etiquettage import Nom, Nomme
from visualisations.exports.groupes import COULEURS, Gathered, read_gathered
from visualisations.rendu import messages
from visualisations.reseau.groupes import DESSINES
from visualisations.reseau.modele import FormeVue

_ROND: Final = "M-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0z"
_CARRE: Final = "M-1-1H1V1H-1z"
_FORMES: Final = {
    nature: FormeVue(nature, "", _ROND if nature in ("departement", "reseau") else _CARRE, couleur, "")
    for nature, couleur in COULEURS.items()
}
_LIEN: Final = TraitDessine("", "", "#c3d0d5", 5.0, "", "")
_EPAISSEURS: Final = (1.0, 9.0)


def describe_groupes(cartographe: Cartographe, criteres: CriteresReseau) -> Sujet:
    """The groups that the page shows, to be drawn."""
    lus = read_gathered(cartographe, criteres)
    groupes = {groupe.iri: groupe for groupe in lus.agregat.groupes}
    dessines = lus.agregat.faisceaux[:DESSINES]
    autres = len(lus.agregat.faisceaux) - len(dessines)
    natures = [nature for nature in COULEURS if nature in lus.natures.values()]
    cles = [CleDessinee(messages(f"exports.natures.{nature}"), forme=_FORMES[nature]) for nature in natures]
    lien = CleDessinee(messages("exports.natures.lien"), trait=draw_line((0, 0), (34, 0), _LIEN))
    return Sujet(
        titre=lus.titre,
        etat=lus.etat,
        mention=" ".join(filter(None, (lus.mention, messages("groupes.autres", n=autres) if autres else ""))),
        noeuds=[_place(groupe, lus) for groupe in groupes.values()],
        draw_node=lambda place, nom: _draw_node(groupes[place.id], lus, place, nom),
        draw_links=lambda places: tuple(_draw_links(dessines, lus.noms, places)),
        legende=(cles, [lien] if dessines else []),
    )


def _place(groupe: Groupe, lus: Gathered) -> Nomme:
    rond = groupe.rond
    lignes = (lus.noms[groupe.iri],) if lus.natures[groupe.iri] == "inconnu" else rond.lignes
    return Nomme(groupe.iri, rond.x, rond.y, rond.rayon, tuple(map(clean, lignes)))


def _draw_node(groupe: Groupe, lus: Gathered, place: Nomme, nom: Nom | None) -> NoeudDessine:
    nature = lus.natures[groupe.iri]
    lieu = lus.lieux.get(groupe.iri)
    return NoeudDessine(
        round(place.x, 1),
        round(place.y, 1),
        place.rayon,
        _FORMES[nature],
        clean(f"{lus.noms[groupe.iri]}\n{messages('reseau.acteurs', n=groupe.acteurs)}"),
        nom if place.lignes else None,
        lieu.code if lieu and nature == "departement" else str(groupe.acteurs),
    )


def _draw_links(
    faisceaux: Sequence[Faisceau], noms: Mapping[Iri, str], places: Mapping[str, Nomme]
) -> Iterable[TraitDessine]:
    fort = max((faisceau.nombre for faisceau in faisceaux), default=1)
    for faisceau in faisceaux:
        de, vers = places[faisceau.de], places[faisceau.vers]
        force = sqrt(faisceau.nombre / fort)
        liens = messages("reseau.liens", n=faisceau.nombre)
        texte = clean(f"{noms[faisceau.de]}, {noms[faisceau.vers]} ({liens})")
        epaisseur = round(_EPAISSEURS[0] + (_EPAISSEURS[1] - _EPAISSEURS[0]) * force, 1)
        trait = TraitDessine("", "", _LIEN.couleur, epaisseur, "", texte)
        yield draw_line((de.x, de.y), (vers.x, vers.y), trait)
