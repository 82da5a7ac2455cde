"""The answer as plain data, one form for the API, the command line and the page's JSON link."""

from collections.abc import Iterable
from typing import Any

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri
from graph.catalogue.territoires import reference
from graph.messages import messages
from graph.orientation.citations import load_citations
from graph.orientation.explication import Explication
from graph.orientation.modele import (
    Consultation,
    Demande,
    EtapeParcours,
    Part,
    Raison,
    Recommandation,
    Reponse,
    SourceCitee,
)
from ontology.namespaces import VOC


def reponse_to_dict(catalogue: Catalogue, reponse: Reponse) -> dict[str, Any]:
    """Return the contract's form of an answer, ready for JSON."""
    repli = reponse.repli
    return {
        "edition": reponse.edition,
        "demande": _demande(catalogue, reponse.demande),
        "recommandations": [_recommandation(catalogue, r) for r in reponse.recommandations],
        "repli": {"de": repli.de, "vers": repli.vers, "texte": repli.texte} if repli else None,
        "remarques": list(reponse.remarques),
        "parcours": [_etape(catalogue, etape) for etape in reponse.parcours],
        "combinaison": [_part(catalogue, part) for part in reponse.combinaison.parts],
        "combinaison_exacte": reponse.combinaison.exacte,
        "besoins_non_couverts": list(reponse.combinaison.non_couverts),
        "prestataires_a_consulter": [_consultation(catalogue, c) for c in reponse.prestataires],
        "ailleurs": [
            {
                "acteur": _acteur(catalogue, ailleurs.acteur),
                "offre": ailleurs.offre,
                "titre_offre": catalogue.libelle(ailleurs.offre),
                "territoires": [catalogue.libelle(iri) for iri in ailleurs.territoires],
            }
            for ailleurs in reponse.ailleurs
        ],
    }


def explication_to_dict(catalogue: Catalogue, demande: Demande, explication: Explication) -> dict[str, Any]:
    """Return why an actor is in the answer or is not, ready for JSON."""
    return {
        "edition": catalogue.edition,
        "demande": _demande(catalogue, demande),
        "acteur": _acteur(catalogue, explication.acteur),
        "dans_la_liste": explication.dans_la_liste,
        "rang": explication.rang,
        "texte": explication.texte,
        "offres": [
            {
                "offre": explained.offre,
                "titre_offre": catalogue.libelle(explained.offre),
                "retenue": explained.retenue,
                "lignes": [
                    {"critere": ligne.critere, "verdict": ligne.verdict, "texte": ligne.texte}
                    for ligne in explained.lignes
                ],
            }
            for explained in explication.offres
        ],
    }


def _acteur(catalogue: Catalogue, iri: Iri) -> dict[str, Any]:
    """An actor, or the dispositif that stands for those who carry it (« mobilisé par le DLA »)."""
    acteur = catalogue.acteurs.get(iri)
    if acteur is None:
        return {"iri": iri, "nom": catalogue.libelle(iri), "sigles": [], "types": []}
    return {"iri": iri, "nom": acteur.nom, "sigles": list(acteur.sigles), "types": list(acteur.types)}


def _pieces(catalogue: Catalogue, codes: Iterable[str]) -> list[dict[str, str]]:
    return [
        {"code": code, "libelle": concept.libelle, "definition": concept.definition}
        for code in codes
        if (concept := catalogue.concept("piece", code)) is not None
    ]


def _etape(catalogue: Catalogue, etape: EtapeParcours) -> dict[str, Any]:
    condition = etape.condition
    return {
        "code": etape.code,
        "titre": etape.titre,
        "texte": etape.texte,
        "entree": etape.entree,
        "acteurs": [
            _acteur(catalogue, a.acteur) | {"offre": a.offre, "niveau": a.niveau, "competent": a.competent}
            for a in etape.acteurs
        ],
        "condition": {
            "regle": condition.regle,
            "verdict": condition.verdict,
            "texte": condition.texte,
            "source": _source(condition.source),
        }
        if condition
        else None,
        "phases": list(etape.phases),
        "composantes": [
            {
                "code": c.code,
                "libelle": catalogue.libelle(f"{VOC}composante-plan/{c.code}"),
                "acteurs": [_acteur(catalogue, iri) for iri in c.acteurs],
                "textes": list(c.textes),
            }
            for c in etape.composantes
        ],
        "a_preparer": list(etape.preparer),
        "pieces": _pieces(catalogue, etape.pieces),
        "association": list(etape.association),
        "a_attendre": list(etape.attendre),
        "suites": list(etape.suites),
        "sources": [_source(source) for source in etape.sources],
        "a_verifier": list(etape.a_verifier),
    }


def _part(catalogue: Catalogue, part: Part) -> dict[str, Any]:
    return {
        "acteur": _acteur(catalogue, part.acteur),
        "offres": list(part.offres),
        "besoins": list(part.besoins),
        "niveau": part.niveau,
        "score": part.score,
    }


def _consultation(catalogue: Catalogue, consultation: Consultation) -> dict[str, Any]:
    fiche = load_citations()["fiche"]
    return {
        "acteur": _acteur(catalogue, consultation.acteur),
        "offres": list(consultation.offres),
        "raisons": [_raison(raison) for raison in consultation.raisons],
        "mobilise_par": [_acteur(catalogue, iri) for iri in consultation.mobilise_par],
        "manques": [
            piece | {"texte": messages("verifier.manque", piece=piece["libelle"]), "source": _source(fiche)}
            for piece in _pieces(catalogue, consultation.manques)
        ],
        "a_verifier": list(consultation.a_verifier),
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
    return {
        "rang": recommandation.rang,
        "score": recommandation.score,
        "acteur": _acteur(catalogue, recommandation.acteur),
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
    return {
        "critere": raison.critere,
        "texte": raison.texte,
        "points": round(raison.points, 2),
        "source": _source(raison.source),
    }


def _source(source: SourceCitee | None) -> dict[str, Any] | None:
    if source is None:
        return None
    return {
        "titre": source.titre,
        "date": source.date,
        "lieu": source.lieu,
        "citation": source.citation,
    }
