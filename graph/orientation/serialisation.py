"""The answer as plain data, one form for the API, the command line and the page's JSON link."""

from typing import Any

from graph.catalogue import Catalogue
from graph.catalogue.territoires import reference
from graph.orientation.modele import Demande, Raison, Recommandation, Reponse


def reponse_to_dict(catalogue: Catalogue, reponse: Reponse) -> dict[str, Any]:
    """Return the contract's form of an answer, ready for JSON."""
    repli = reponse.repli
    return {
        "edition": reponse.edition,
        "demande": _demande(catalogue, reponse.demande),
        "recommandations": [_recommandation(catalogue, r) for r in reponse.recommandations],
        "repli": {"de": repli.de, "vers": repli.vers, "texte": repli.texte} if repli else None,
        "remarques": list(reponse.remarques),
    }


def _demande(catalogue: Catalogue, demande: Demande) -> dict[str, Any]:
    territoire = catalogue.territoires[demande.territoire]
    return {
        "territoire": reference(territoire),
        "nom_territoire": territoire.nom,
        "commune": territoire.code if territoire.niveau == "commune" else None,
        "stade": demande.stade,
        "effectif": demande.effectif,
        "besoins": list(demande.besoins),
        "secteur": demande.secteur,
        "date": demande.date.isoformat(),
    }


def _recommandation(catalogue: Catalogue, recommandation: Recommandation) -> dict[str, Any]:
    acteur = catalogue.acteurs[recommandation.acteur]
    return {
        "rang": recommandation.rang,
        "score": recommandation.score,
        "acteur": {
            "iri": acteur.iri,
            "nom": acteur.nom,
            "sigles": list(acteur.sigles),
            "types": list(acteur.types),
        },
        "offre": recommandation.offre,
        "titre_offre": catalogue.libelle(recommandation.offre),
        "fonction": recommandation.fonction,
        "niveau": recommandation.niveau,
        "competent": recommandation.competent,
        "raisons": [_raison(raison) for raison in recommandation.raisons],
        "a_verifier": list(recommandation.a_verifier),
        "fraicheur": recommandation.fraicheur,
        "autres_offres": list(recommandation.autres_offres),
    }


def _raison(raison: Raison) -> dict[str, Any]:
    source = raison.source
    return {
        "critere": raison.critere,
        "texte": raison.texte,
        "points": round(raison.points, 2),
        "source": {
            "titre": source.titre,
            "date": source.date,
            "lieu": source.lieu,
            "citation": source.citation,
        }
        if source
        else None,
    }
