"""Read what happens: actions and their steps, governance bodies, and the links both tell."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from graph.catalogue.fiche import Fiche
from graph.catalogue.modele import Accompagnement, Etape, Instance, Iri, Lien

TYPES_ACTION: Final = ("IngenierieIndividuelle", "IngenierieCollective", "Experimentation")
TEXTES_ACTION: Final = (
    "problematique",
    "objectif",
    "resultat",
    "pointPositif",
    "pointVigilance",
    "innovation",
    "perspective",
)


def read_etape(fiche: Fiche) -> Etape:
    """Read one step of an action."""
    ordre = fiche.text("ordre")
    return Etape(
        ordre=int(ordre) if ordre.isdigit() else 0,
        titre=fiche.text("title"),
        debut=fiche.date("debut"),
        fin=fiche.date("fin"),
        jours=fiche.text("jours") or None,
        statut=fiche.iri_or_none("statut"),
        notes=fiche.notes,
        passages=fiche.iris("source"),
    )


def read_accompagnement(fiche: Fiche, etapes: Mapping[Iri, Etape], whole: Iri | None) -> Accompagnement:
    """Read an action with its steps, in order."""
    steps = sorted((etapes[iri] for iri in fiche.iris("etape") if iri in etapes), key=lambda e: e.ordre)
    nombre = fiche.text("nombreStructures")
    return Accompagnement(
        iri=fiche.iri,
        slug=fiche.slug,
        titre=fiche.text("title") or fiche.text("prefLabel") or fiche.slug,
        description=fiche.text("description"),
        types=tuple(kind for kind in TYPES_ACTION if kind in fiche.types),
        pilotes=tuple(dict.fromkeys((*fiche.iris("referent"), *fiche.iris("pilote")))),
        intervenants=fiche.iris("intervenant"),
        beneficiaires=fiche.iris("beneficiaire"),
        sollicites=fiche.iris("sollicite"),
        prescripteurs=fiche.iris("prescritPar"),
        financeurs=fiche.iris("financePar"),
        territoires=fiche.iris("territoire"),
        besoins=fiche.iris("besoin"),
        secteurs=fiche.iris("secteur"),
        debut=fiche.date("debut"),
        fin=fiche.date("fin"),
        jours=fiche.text("jours") or None,
        cout_ttc=fiche.text("coutTTC") or None,
        montant=fiche.text("montant") or None,
        nombre_structures=int(nombre) if nombre.isdigit() else None,
        type_reponse=fiche.iri_or_none("typeReponse"),
        interventions=(*fiche.iris("typeIntervention"), *fiche.iris("modeIntervention")),
        statut=fiche.iri_or_none("statut"),
        fait_partie_de=whole,
        textes=tuple((kind, texte) for kind in TEXTES_ACTION for texte in fiche.values(kind)),
        etapes=tuple(steps),
        notes=fiche.notes,
        passages=fiche.iris("source"),
    )


def read_instance(fiche: Fiche) -> Instance:
    """Read a governance body."""
    return Instance(
        iri=fiche.iri,
        titre=fiche.text("title") or fiche.text("prefLabel") or fiche.slug,
        type=fiche.iri_or_none("typeInstance"),
        membres=fiche.iris("membre"),
        animateurs=fiche.iris("animePar"),
        de=fiche.iri_or_none("instanceDe"),
        debut=fiche.date("debut"),
        fin=fiche.date("fin"),
        notes=fiche.notes,
        passages=fiche.iris("source"),
    )


def find_detailed(actions: Iterable[Accompagnement]) -> frozenset[tuple[Iri, Iri]]:
    """Pairs of an action and one it is for, whom a part of the action names: the part has its own dates."""
    return frozenset(
        (part.fait_partie_de, beneficiaire)
        for part in actions
        if part.fait_partie_de
        for beneficiaire in part.beneficiaires
    )


def liens_of_actions(actions: Collection[Accompagnement]) -> Iterable[Lien]:
    """Yield who supports whom in each action, as links; undated when a part of the action says it again."""
    detailles = find_detailed(actions)
    for action in actions:
        accompagnateurs = dict.fromkeys((*action.pilotes, *action.intervenants))
        for accompagnateur in accompagnateurs:
            for vers in action.beneficiaires or (action.iri,):
                entier = (action.iri, vers) not in detailles
                if accompagnateur != vers:
                    yield Lien(
                        iri=action.iri,
                        type="Accompagnement",
                        de=accompagnateur,
                        vers=vers,
                        titre=action.titre,
                        debut=action.debut if entier else None,
                        fin=action.fin if entier else None,
                        territoires=action.territoires,
                        passages=action.passages,
                    )


def liens_of_instances(instances: Iterable[Instance]) -> Iterable[Lien]:
    """Yield who sits on each body, as links."""
    for instance in instances:
        for membre in dict.fromkeys((*instance.animateurs, *instance.membres)):
            yield Lien(
                iri=instance.iri,
                type="Instance",
                de=membre,
                vers=instance.iri,
                qualite=instance.type,
                titre=instance.titre,
                passages=instance.passages,
            )
