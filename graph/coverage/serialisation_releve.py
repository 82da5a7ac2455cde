"""A survey of coverage as plain data: what the API answers."""

from typing import Any

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Lien, Territoire
from graph.catalogue.territoires import reference
from graph.coverage.detail import Detail, Proche, open_conteur
from graph.coverage.manques import Relances, find_loose_ends
from graph.coverage.modele import PORTEES
from graph.coverage.releve import STATUTS, Releve
from graph.coverage.sujets import DIMENSIONS, Sujet


def releve_to_dict(catalogue: Catalogue, releve: Releve) -> dict[str, Any]:
    """Return a survey with every cell told, ready for JSON."""
    conteur = open_conteur(catalogue)
    return {
        "edition": catalogue.edition,
        "date": releve.jour.isoformat(),
        **_place(releve.territoire),
        "grain": releve.grain,
        "sujets": [subject_to_dict(catalogue, sujet) for sujet in releve.sujets],
        "totaux": {
            **{statut: releve.count(statut) for statut in STATUTS[:-1]},
            "a_demander": releve.count("personne") - int(releve.trous.sum()),
            "personne": int(releve.trous.sum()),
        },
        "lignes": [
            {
                **_place(place),
                "population": releve.count_people(catalogue, ligne),
                "communes_hors_territoire": releve.count_outside(catalogue, ligne),
                "cases": [
                    _cell(catalogue, conteur.tell(releve, ligne, colonne))
                    | {"habitants_sans_reponse_connue": int(releve.manquants[ligne, colonne])}
                    for colonne in range(len(releve.sujets))
                ],
            }
            for ligne, place in enumerate(releve.lignes)
        ],
        "relances": _loose_ends(catalogue, find_loose_ends(catalogue, releve.territoire, releve.jour)),
    }


def subject_to_dict(catalogue: Catalogue, sujet: Sujet) -> dict[str, str | None]:
    """Return the code of each dimension of a subject, null where it asks nothing."""
    demandes = dict(sujet.demandes)
    return {nom: catalogue.concepts[demandes[nom]].code if nom in demandes else None for nom in DIMENSIONS}


def _place(lieu: Territoire) -> dict[str, str]:
    return {"territoire": reference(lieu), "nom": lieu.nom, "niveau": lieu.niveau}


def _cell(catalogue: Catalogue, detail: Detail) -> dict[str, Any]:
    return {
        "statut": detail.statut,
        "a_demander": detail.a_demander,
        "communes": dict(zip((*PORTEES, "personne"), detail.communes, strict=True)),
        "parties": [
            {**_place(partie.lieu), "portee": partie.portee, "communes": partie.communes}
            for partie in detail.parties
        ],
        "proche": _nearest(catalogue, detail.proche) if detail.proche else None,
    }


def _nearest(catalogue: Catalogue, proche: Proche) -> dict[str, Any]:
    return {
        "acteur": proche.offre.acteur,
        "nom": catalogue.libelle(proche.offre.acteur),
        "offre": proche.offre.iri,
        "agit_sur": _place(proche.lieu),
        "ecart": proche.ecart,
        "sources": [
            {"titre": s.titre, "date": s.date.texte if s.date else None, "lieu": passage.lieu}
            for passage, s in catalogue.source_de(proche.offre.passages)
        ],
    }


def _loose_ends(catalogue: Catalogue, relances: Relances) -> dict[str, Any]:
    def mandate(lien: Lien) -> dict[str, Any]:
        return {
            "acteur": _named(catalogue, lien.de),
            "dispositif": _named(catalogue, lien.vers),
            "territoires": [_named(catalogue, iri) for iri in lien.territoires],
            "fin": lien.fin.texte if lien.fin else None,
        }

    return {
        "mandats_finis": [mandate(lien) for lien in relances.mandats_finis],
        "mandats_remplaces": [mandate(lien) for lien in relances.mandats_remplaces],
        "mandats_sans_date": [mandate(lien) for lien in relances.mandats_sans_date],
        "acteurs_sans_offre": [_named(catalogue, iri) for iri in relances.sans_offre],
        "offres_sans_territoire": [
            {"offre": offre.iri, "titre": offre.titre, "acteur": _named(catalogue, offre.acteur)}
            for offre in relances.sans_lieu
        ],
    }


def _named(catalogue: Catalogue, iri: Iri) -> dict[str, str]:
    return {"iri": iri, "nom": catalogue.libelle(iri)}
