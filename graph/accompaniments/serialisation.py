"""A support action as plain data, one form for the API and whoever exports it."""

from collections.abc import Iterable
from typing import Any

from graph.accompaniments.frise import Placee, find_period, is_planned, lay_out
from graph.catalogue import Catalogue
from graph.catalogue.modele import Accompagnement, Instance, Iri
from graph.catalogue.territoires import reference
from graph.dates import DatePartielle


def action_to_dict(catalogue: Catalogue, action: Accompagnement) -> dict[str, Any]:
    """Return what is known of an action, ready for JSON: the contents of its page. Null is « not said »."""
    comites = (instance for instance in catalogue.instances.values() if instance.de == action.iri)
    parts = (part for part in catalogue.accompagnements.values() if part.fait_partie_de == action.iri)
    return {
        "edition": catalogue.edition,
        **summary_to_dict(catalogue, action),
        "description": action.description or None,
        "pilotes": _things(catalogue, action.pilotes),
        "intervenants": _things(catalogue, action.intervenants),
        "beneficiaires": _things(catalogue, action.beneficiaires),
        "prescripteurs": _things(catalogue, action.prescripteurs),
        "sollicites": _things(catalogue, action.sollicites),
        "financeurs": _things(catalogue, action.financeurs),
        "nombre_structures": action.nombre_structures,
        "jours": action.jours,
        "cout_ttc": action.cout_ttc,
        "montant": action.montant,
        "type_reponse": _concept(catalogue, action.type_reponse),
        "interventions": [_concept(catalogue, iri) for iri in action.interventions],
        "etapes": [_step(catalogue, placee) for placee in lay_out(action).etapes],
        "instances": [_committee(catalogue, instance) for instance in comites],
        "fait_partie_de": _things(catalogue, [action.fait_partie_de])[0] if action.fait_partie_de else None,
        "comprend": [summary_to_dict(catalogue, part) for part in parts],
        "textes": [{"genre": genre, "texte": texte} for genre, texte in action.textes],
        "notes": list(action.notes),
        "sources": _sources(catalogue, action.passages),
    }


def summary_to_dict(catalogue: Catalogue, action: Accompagnement) -> dict[str, Any]:
    """Return what a list says of an action."""
    periode = find_period(action)
    lieux = (catalogue.territoires[iri] for iri in action.territoires if iri in catalogue.territoires)
    return {
        "slug": action.slug,
        "iri": action.iri,
        "titre": action.titre,
        "types": list(action.types),
        "statut": _concept(catalogue, action.statut),
        "debut": _date(action.debut),
        "fin": _date(action.fin),
        "premier_jour": periode[0].isoformat() if periode else None,
        "dernier_jour": periode[1].isoformat() if periode else None,
        "territoires": [{"territoire": reference(lieu), "nom": lieu.nom} for lieu in lieux],
        "besoins": [_concept(catalogue, iri) for iri in action.besoins],
        "secteurs": [_concept(catalogue, iri) for iri in action.secteurs],
        "nombre_etapes": len(action.etapes),
    }


def _step(catalogue: Catalogue, placee: Placee) -> dict[str, Any]:
    etape = placee.etape
    periode = find_period(etape)
    return {
        "ordre": etape.ordre,
        "titre": etape.titre,
        "debut": _date(etape.debut),
        "fin": _date(etape.fin),
        "premier_jour": periode[0].isoformat() if periode else None,
        "dernier_jour": periode[1].isoformat() if periode else None,
        "jours": etape.jours,
        "statut": _concept(catalogue, etape.statut),
        "prevue": is_planned(etape),
        "avant_l_action": placee.avant,
        "notes": list(etape.notes),
        "sources": _sources(catalogue, etape.passages),
    }


def _committee(catalogue: Catalogue, instance: Instance) -> dict[str, Any]:
    return {
        "iri": instance.iri,
        "titre": instance.titre,
        "type": _concept(catalogue, instance.type),
        "debut": _date(instance.debut),
        "fin": _date(instance.fin),
        "animateurs": _things(catalogue, instance.animateurs),
        "membres": _things(catalogue, instance.membres),
        "notes": list(instance.notes),
        "sources": _sources(catalogue, instance.passages),
    }


def _things(catalogue: Catalogue, iris: Iterable[Iri]) -> list[dict[str, str]]:
    return [{"iri": iri, "nom": catalogue.libelle(iri)} for iri in iris]


def _concept(catalogue: Catalogue, iri: Iri | None) -> dict[str, str] | None:
    concept = catalogue.concepts.get(iri) if iri else None
    return {"code": concept.code, "libelle": concept.libelle} if concept else None


def _date(date: DatePartielle | None) -> str | None:
    return date.texte if date else None


def _sources(catalogue: Catalogue, passages: Iterable[Iri]) -> list[dict[str, str | None]]:
    return [
        {
            "titre": source.titre,
            "date": _date(source.date),
            "lieu": passage.lieu,
            "citation": passage.citation,
        }
        for passage, source in catalogue.source_de(passages)
    ]
