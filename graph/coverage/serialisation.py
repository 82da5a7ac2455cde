"""The coverage of a place as plain data, one form for the API and whoever exports it."""

from collections.abc import Iterable
from typing import Any

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Territoire
from graph.catalogue.territoires import reference
from graph.coverage.associations import count_associations
from graph.coverage.modele import Couverture, Ligne, Trou


def couverture_to_dict(catalogue: Catalogue, couverture: Couverture) -> dict[str, Any]:
    """Return what is known of a place, ready for JSON: the contents of its page."""
    lieu = couverture.territoire
    return {
        "edition": catalogue.edition,
        "date": couverture.jour.isoformat(),
        **_place(lieu),
        "iri": lieu.iri,
        "population": couverture.population,
        "codes_postaux": list(lieu.codes_postaux),
        "autres_noms": list(lieu.autres_noms),
        "fin": lieu.fin.texte if lieu.fin else None,
        "remplace_par": _places(catalogue, [lieu.remplace_par])[0] if lieu.remplace_par else None,
        "dans": [_place(place) for place in couverture.contenants],
        "contient": {niveau: [_place(p) for p in places] for niveau, places in couverture.contenus.items()},
        "acteurs": {portee: _acteurs(catalogue, iris) for portee, iris in couverture.acteurs.items()},
        "fonctions": [_line(catalogue, ligne) for ligne in couverture.fonctions],
        "stades": [_line(catalogue, ligne) for ligne in couverture.stades],
        "dispositifs": [
            {
                "dispositif": _concept(catalogue, porteur.dispositif),
                "acteur": _acteurs(catalogue, [porteur.acteur])[0],
                "territoires": _places(catalogue, porteur.territoires),
                "portee": porteur.portee,
                "termine": porteur.fini,
            }
            for porteur in couverture.porteurs
        ],
        "sans_acteur_connu": {
            "portees": list(couverture.proches),
            "fonctions": _gaps(catalogue, couverture.find_trous(couverture.fonctions)),
            "stades": _gaps(catalogue, couverture.find_trous(couverture.stades)),
            "besoins": _gaps(catalogue, couverture.find_besoins()),
        },
        "accompagnements": [
            {"iri": iri, "titre": catalogue.libelle(iri), "types": list(catalogue.accompagnements[iri].types)}
            for iri in couverture.actions
        ],
        "observations": [_figure(catalogue, iri) for iri in couverture.observations],
        "sieges": _acteurs(catalogue, couverture.sieges),
        "associations": count_associations(catalogue, lieu),
    }


def _place(lieu: Territoire) -> dict[str, str]:
    return {"territoire": reference(lieu), "nom": lieu.nom, "niveau": lieu.niveau, "code": lieu.code}


def _places(catalogue: Catalogue, iris: Iterable[Iri]) -> list[dict[str, str]]:
    return [_place(catalogue.territoires[iri]) for iri in iris if iri in catalogue.territoires]


def _acteurs(catalogue: Catalogue, iris: Iterable[Iri]) -> list[dict[str, Any]]:
    acteurs = (catalogue.acteurs[iri] for iri in iris)
    return [{"iri": a.iri, "slug": a.slug, "nom": a.nom, "types": list(a.types)} for a in acteurs]


def _concept(catalogue: Catalogue, iri: Iri) -> dict[str, str]:
    concept = catalogue.concepts.get(iri)
    return {"code": concept.code if concept else iri, "libelle": catalogue.libelle(iri)}


def _line(catalogue: Catalogue, ligne: Ligne) -> dict[str, Any]:
    """One function or stage, null for those no source says; actors by their IRI, named above."""
    concept = _concept(catalogue, ligne.concept) if ligne.concept else {"code": None, "libelle": None}
    return {**concept, "acteurs": {portee: list(iris) for portee, iris in ligne.acteurs.items()}}


def _gaps(catalogue: Catalogue, trous: Iterable[Trou]) -> list[dict[str, Any]]:
    return [{**_concept(catalogue, trou.concept), "connu_plus_large": trou.plus_large} for trou in trous]


def _figure(catalogue: Catalogue, iri: Iri) -> dict[str, Any]:
    figure = catalogue.observations[iri]
    return {
        "iri": iri,
        "indicateur": _concept(catalogue, figure.indicateur),
        "valeur": figure.valeur,
        "unite": figure.unite,
        "date": figure.date.texte if figure.date else None,
        "sur": figure.sur,
    }
