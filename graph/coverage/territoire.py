"""The support known in one place, counted in one way for pages, maps and tables.

An offer counts when it holds on the day asked; one that serves support professionals or individuals
only does not, as in an orientation. Nothing here says what exists: only what the edition knows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import NIVEAUX, Acteur, Iri, Lien, Niveau, Offre, Territoire
from graph.coverage.concepts import open_concepts
from graph.coverage.lieux import IndexCouverture, Localise, open_index
from graph.coverage.modele import PORTEES, Couverture, Ligne, Portee, Porteur
from graph.orientation.appariement import for_others, open_on
from graph.texte import fold

_PORTEES: Final[Mapping[Niveau, Portee]] = {
    "commune": "local",
    "epci": "local",
    "departement": "departement",
    "region": "region",
    "national": "national",
}

_Presences = Mapping[Iri, set[tuple[Portee, Iri]]]
"""By concept, who is there: how wide each acts, and which actor."""


def cover(catalogue: Catalogue, territoire: Territoire, jour: date) -> Couverture:
    """Return what the edition knows of the support in a place.

    Args:
        catalogue: the edition.
        territoire: one of its territories.
        jour: day on which offers and mandates must hold.
    """
    index = open_index(catalogue)
    kept = index.couvertures.get(territoire.iri)
    if kept is None or kept.jour != jour:
        kept = _cover(catalogue, index, territoire, jour)
        if territoire.niveau in ("region", "national"):
            index.couvertures[territoire.iri] = kept
    return kept


def _cover(catalogue: Catalogue, index: IndexCouverture, territoire: Territoire, jour: date) -> Couverture:
    iri = territoire.iri
    offres = [found for found in index.offres.touching(iri) if is_open(found.chose, jour)]
    presents = _presences(catalogue, index.perimetres.touching(iri), offres, jour)
    rangs = index.rangs
    concepts = open_concepts(catalogue)
    fonctions = _by_concept(catalogue, offres, lambda offre: concepts.tops(offre.fonctions))
    dits = {pair for pairs in fonctions.values() for pair in pairs}
    proches = PORTEES[: max(PORTEES.index(_PORTEES[territoire.niveau]), 1) + 1]
    return Couverture(
        territoire=territoire,
        jour=jour,
        contenants=_containers(catalogue, index, territoire),
        contenus=index.lieux.contents(iri),
        population=index.lieux.population(iri),
        acteurs=_by_width(presents, rangs),
        proches=proches,
        fonctions=(
            *_lines(concepts.fonctions, fonctions, rangs),
            Ligne(None, _by_width(presents - dits, rangs)),
        ),
        stades=_stages(catalogue, offres, presents, rangs),
        besoins=_needs(catalogue, offres),
        porteurs=tuple(_carriers(catalogue, index.mandats.touching(iri), jour)),
        actions=_once(index.actions.inside(iri)),
        observations=_once(index.observations.inside(iri)),
        sieges=tuple(sorted(_once(index.sieges.inside(iri)), key=rangs.__getitem__)),
    )


def is_open(offre: Offre, jour: date) -> bool:
    """Tell whether an offer holds on a day and may serve an association for itself."""
    return open_on(offre, jour) and not for_others(offre)


def _containers(
    catalogue: Catalogue, index: IndexCouverture, territoire: Territoire
) -> tuple[Territoire, ...]:
    """What holds a place, wholly or in part, the widest first and what ended after what did not."""
    known = (catalogue.territoires.get(iri) for iri in index.lieux.reach(territoire.iri)[1:])
    held = [place for place in known if place is not None and place.iri != territoire.remplace_par]
    return tuple(
        sorted(held, key=lambda place: (-NIVEAUX.index(place.niveau), place.fin is not None, fold(place.nom)))
    )


def _presences(
    catalogue: Catalogue,
    perimetres: Iterable[Localise[Acteur]],
    offres: Iterable[Localise[Offre]],
    jour: date,
) -> set[tuple[Portee, Iri]]:
    """Everyone who acts here: by an open offer, or by a perimeter that no offer nor past mandate explains."""
    found = {(_width(catalogue, offre.lieu), offre.chose.acteur) for offre in offres}
    for acteur in perimetres:
        if acteur.lieu not in _past(catalogue, acteur.chose.iri, jour):
            found.add((_width(catalogue, acteur.lieu), acteur.chose.iri))
    return {(portee, acteur) for portee, acteur in found if acteur in catalogue.acteurs}


def _past(catalogue: Catalogue, acteur: Iri, jour: date) -> set[Iri]:
    """Where the mandates of an actor ended before a day."""
    return {
        iri
        for lien in catalogue.liens_de(acteur)
        if lien.type == "Mandat" and lien.fin is not None and lien.fin.surely_before(jour)
        for iri in lien.territoires
    }


def _width(catalogue: Catalogue, lieu: Iri) -> Portee:
    place = catalogue.territoires.get(lieu)
    return _PORTEES[place.niveau] if place else "local"


def count_acteurs(catalogue: Catalogue, territoire: Territoire, jour: date) -> int:
    """Return how many known actors act in a departement or finer place, no wider than a departement."""
    index, iri = open_index(catalogue), territoire.iri
    offres = (found for found in index.offres.inside(iri) if is_open(found.chose, jour))
    presents = _presences(catalogue, index.perimetres.inside(iri), offres, jour)
    return len({acteur for portee, acteur in presents if portee in ("local", "departement")})


def _by_width(pairs: Iterable[tuple[Portee, Iri]], rangs: Mapping[Iri, int]) -> dict[Portee, tuple[Iri, ...]]:
    groups: dict[Portee, set[Iri]] = {portee: set() for portee in PORTEES}
    for portee, acteur in pairs:
        groups[portee].add(acteur)
    return {portee: tuple(sorted(acteurs, key=rangs.__getitem__)) for portee, acteurs in groups.items()}


def _by_concept(
    catalogue: Catalogue, offres: Iterable[Localise[Offre]], concepts: Callable[[Offre], Iterable[Iri]]
) -> dict[Iri, set[tuple[Portee, Iri]]]:
    groups: dict[Iri, set[tuple[Portee, Iri]]] = defaultdict(set)
    for offre in offres:
        if offre.chose.acteur in catalogue.acteurs:
            pair = (_width(catalogue, offre.lieu), offre.chose.acteur)
            for concept in concepts(offre.chose):
                groups[concept].add(pair)
    return groups


def _lines(concepts: Iterable[Iri], presences: _Presences, rangs: Mapping[Iri, int]) -> tuple[Ligne, ...]:
    return tuple(Ligne(concept, _by_width(presences.get(concept, ()), rangs)) for concept in concepts)


def _needs(catalogue: Catalogue, offres: Iterable[Localise[Offre]]) -> dict[Iri, frozenset[Portee]]:
    said: dict[Iri, set[Portee]] = defaultdict(set)
    for offre in offres:
        for besoin in offre.chose.besoins:
            said[besoin].add(_width(catalogue, offre.lieu))
    met: dict[Iri, set[Portee]] = defaultdict(set)
    for besoin, portees in said.items():
        for near in open_concepts(catalogue).near([besoin]):
            met[near] |= portees
    return {concept.iri: frozenset(met[concept.iri]) for concept in catalogue.concepts_de("besoin")}


def _stages(
    catalogue: Catalogue,
    offres: Iterable[Localise[Offre]],
    presents: set[tuple[Portee, Iri]],
    rangs: Mapping[Iri, int],
) -> tuple[Ligne, ...]:
    """A line for each stage, then the actors of whom no source says the stage."""
    said = _by_concept(catalogue, offres, lambda offre: offre.stades)
    known = {pair for pairs in said.values() for pair in pairs}
    return (
        *_lines(open_concepts(catalogue).stades, said, rangs),
        Ligne(None, _by_width(presents - known, rangs)),
    )


def _carriers(catalogue: Catalogue, mandats: Iterable[Localise[Lien]], jour: date) -> Iterable[Porteur]:
    """The mandates, those that hold first, the most local first, by dispositif."""
    liens = {found.chose.iri: found.chose for found in mandats}
    places = defaultdict(list)
    for found in mandats:
        places[found.chose.iri].append(found.lieu)
    porteurs = [
        Porteur(
            lien=lien.iri,
            acteur=lien.de,
            dispositif=lien.vers,
            territoires=lien.territoires,
            portee=min((_width(catalogue, lieu) for lieu in places[lien.iri]), key=PORTEES.index),
            fini=lien.fin is not None and lien.fin.surely_before(jour),
        )
        for lien in liens.values()
        if lien.de in catalogue.acteurs
    ]
    return sorted(
        porteurs,
        key=lambda p: (
            p.fini,
            PORTEES.index(p.portee),
            fold(catalogue.libelle(p.dispositif)),
            fold(catalogue.libelle(p.acteur)),
        ),
    )


def _once(found: Iterable[Localise[Iri]]) -> tuple[Iri, ...]:
    return tuple(dict.fromkeys(localise.chose for localise in found))
