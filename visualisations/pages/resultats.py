"""The answer of an orientation as people read it: who, with whom, by which path, what is unknown."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import Territoire
from graph.catalogue.territoires import reference
from graph.orientation.modele import Demande, Reponse
from graph.orientation.ponderation import load_ponderation
from visualisations.pages.cartes import RecommandationVue, view_recommendation
from visualisations.pages.chemin import CheminVue, view_path
from visualisations.pages.commun import (
    ChoseVue,
    find_departement,
    make_address,
    say_date,
    say_number,
    say_places,
    view_thing,
)
from visualisations.pages.ensemble import ConsultationVue, EnsembleVue, view_consultation, view_together
from visualisations.pages.formulaire import SaisieOrientation
from visualisations.pages.image_reponse import ImageVue, view_image
from visualisations.pages.lieux import view_place
from visualisations.pages.pourquoi import PourquoiVue, Question, view_question
from visualisations.rendu import messages

CRITERES: Final = ("localite", "siege", "besoin", "secteur", "stade", "fonction", "experience", "fraicheur")

EGAUX: Final = 1.0
"""Points under which two answers are as good as each other."""
EGAUX_NOMMES: Final = 3
"""Actors as good as each other that are named; beyond, they are counted."""


@dataclass(frozen=True, slots=True)
class DemandeVue:
    """The request as it was understood, in words."""

    lieu: ChoseVue
    stade: str
    besoins: tuple[str, ...]
    secteur: str
    jour: str
    """Day of the answer, in words."""


@dataclass(frozen=True, slots=True)
class AilleursVue:
    """Somebody who does what is asked in other places."""

    acteur: ChoseVue
    offre: str
    lieux: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReponseVue:
    """The whole answer."""

    demande: DemandeVue
    repli: str
    remarques: tuple[str, ...]
    surs: tuple[RecommandationVue, ...]
    """Competent offers, best first."""
    possibles: tuple[RecommandationVue, ...]
    """Wider or less certain ones."""
    commencer: str
    """Whom to begin with, or which of several as good as each other."""
    plus_loin: bool
    """One of the less certain answers acts from wider than the departement."""
    ensemble: EnsembleVue | None
    image: ImageVue | None
    chemin: CheminVue | None
    prestataires: tuple[ConsultationVue, ...]
    pourquoi: PourquoiVue
    ailleurs: tuple[AilleursVue, ...]
    inconnus: tuple[tuple[str, int], ...]
    notes: frozenset[str]
    """Those of the things to check that documents say, in French."""
    """What the sources do not say, and for how many answers."""
    pistes: tuple[ChoseVue, ...]
    """Next steps."""
    bareme: tuple[tuple[str, str], ...]
    """What each criterion may weigh."""
    adresse_page: str
    adresse_json: str
    adresse_csv: str


def view_answer(
    catalogue: Catalogue, saisie: SaisieOrientation, reponse: Reponse, question: Question | None = None
) -> ReponseVue:
    """Everything the results show, with the answer to « pourquoi pas X ? » when it was asked."""
    vues = _say_roles_once([view_recommendation(catalogue, r) for r in reponse.recommandations])
    surs = {r.rang for r in reponse.recommandations if r.competent}
    inconnus = Counter(texte for r in reponse.recommandations for texte in r.a_verifier)
    lieu = catalogue.territoires.get(reponse.demande.territoire)
    etat = saisie.parametres(_place_code(lieu))
    partage = saisie.parametres(_place_code(lieu), mots=False)
    return ReponseVue(
        demande=_view_request(catalogue, reponse.demande),
        repli=reponse.repli.texte if reponse.repli else "",
        remarques=(*reponse.remarques, *_say_day(saisie, reponse.demande)),
        surs=tuple(vue for vue in vues if vue.rang in surs),
        possibles=tuple(vue for vue in vues if vue.rang not in surs),
        commencer=_say_first(vues[: _count_first(reponse)]),
        plus_loin=any(
            not r.competent and r.niveau in ("region", "national") for r in reponse.recommandations
        ),
        ensemble=view_together(catalogue, reponse),
        image=view_image(catalogue, reponse),
        chemin=view_path(catalogue, reponse.parcours),
        prestataires=tuple(view_consultation(catalogue, c) for c in reponse.prestataires),
        pourquoi=view_question(catalogue, etat, question),
        ailleurs=tuple(
            AilleursVue(
                view_thing(catalogue, a.acteur),
                catalogue.libelle(a.offre),
                say_places(catalogue, a.territoires),
            )
            for a in reponse.ailleurs
        ),
        inconnus=tuple(inconnus.most_common(6)),
        notes=frozenset(note for r in reponse.recommandations for note in catalogue.offres[r.offre].notes),
        pistes=_next_steps(catalogue, saisie, lieu),
        bareme=_view_weights(),
        adresse_page=make_address("/orientation", partage),
        adresse_json=make_address("/orientation", [*partage, ("format", "json")]),
        adresse_csv=make_address("/orientation", [*partage, ("format", "csv")]),
    )


def _count_first(reponse: Reponse) -> int:
    """How many answers are as good as the first: within a point of it, and as sure."""
    first = next(iter(reponse.recommandations), None)
    return sum(
        first is not None and r.competent == first.competent and first.score - r.score < EGAUX
        for r in reponse.recommandations
    )


def _say_first(vues: Sequence[RecommandationVue]) -> str:
    if not vues:
        return ""
    noms = [vue.acteur.nom for vue in vues]
    if len(noms) == 1:
        return messages("resultats.commencer", nom=noms[0])
    if len(noms) > EGAUX_NOMMES:
        return messages("resultats.egaux", noms=messages("resultats.plusieurs_egaux", n=len(noms)))
    premiers = ", ".join(noms[:-1])
    return messages(
        "resultats.egaux", noms=messages("resultats.ou_bien", premiers=premiers, dernier=noms[-1])
    )


def _say_roles_once(vues: Sequence[RecommandationVue]) -> list[RecommandationVue]:
    """Explain a role on the first card that plays it, not on each."""
    dits: set[str] = set()
    cartes = []
    for vue in vues:
        nouveaux = tuple(texte for texte in vue.roles_expliques if texte not in dits)
        dits.update(nouveaux)
        cartes.append(replace(vue, roles_expliques=nouveaux))
    return cartes


def _say_day(saisie: SaisieOrientation, demande: Demande) -> tuple[str, ...]:
    if not saisie.date:
        return ()
    return (messages("resultats.a_la_date", date=say_date(demande.date.isoformat())),)


def _view_request(catalogue: Catalogue, demande: Demande) -> DemandeVue:
    def label(schema: str, code: str | None) -> str:
        concept = catalogue.concept(schema, code) if code else None
        return concept.libelle if concept else (code or "")

    stade = f"stades.{demande.stade}"
    return DemandeVue(
        lieu=view_place(catalogue, demande.territoire),
        stade=messages(stade) if stade in messages else label("stade", demande.stade),
        besoins=tuple(label("besoin", code) for code in demande.besoins),
        secteur=label("secteur", demande.secteur),
        jour=say_date(demande.date.isoformat()) or "",
    )


def _view_weights() -> tuple[tuple[str, str], ...]:
    """What each criterion may weigh, from the published weights."""
    bareme = load_ponderation().points
    lignes = []
    for critere in CRITERES:
        bas, haut = min(bareme[critere].values()), max(bareme[critere].values())
        texte = messages("resultats.de_a", bas=say_number(f"{bas:g}"), haut=say_number(f"{haut:g}"))
        lignes.append((messages(f"criteres.{critere}"), texte))
    return tuple(lignes)


def _place_code(lieu: Territoire | None) -> str | None:
    if lieu is None:
        return None
    return lieu.code if lieu.niveau == "commune" else reference(lieu)


def _next_steps(
    catalogue: Catalogue, saisie: SaisieOrientation, lieu: Territoire | None
) -> tuple[ChoseVue, ...]:
    """Links that widen the request, then the directory of the departement."""
    pistes = []
    if saisie.besoins:
        sans = replace(saisie, besoins=())
        pistes.append(ChoseVue(messages("resultats.sans_besoins"), _state(sans, lieu)))
    if saisie.secteur:
        sans = replace(saisie, secteur=None)
        pistes.append(ChoseVue(messages("resultats.sans_secteur"), _state(sans, lieu)))
    departement = find_departement(catalogue, lieu) if lieu else None
    if departement:
        adresse = make_address("/acteurs", [("territoire", reference(departement))])
        pistes.append(ChoseVue(messages("resultats.annuaire_de", nom=departement.nom), adresse))
    pistes.append(ChoseVue(messages("resultats.annuaire_tout"), "/acteurs"))
    return tuple(pistes)


def _state(saisie: SaisieOrientation, lieu: Territoire | None) -> str:
    return make_address("/orientation", saisie.parametres(_place_code(lieu)))
