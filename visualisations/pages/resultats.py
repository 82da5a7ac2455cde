"""The answer of an orientation as people read it: who, for what, why, how sure, how to reach them."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import Territoire
from graph.catalogue.territoires import reference
from graph.orientation.modele import Demande, Raison, Recommandation, Reponse, SourceCitee
from graph.orientation.ponderation import load_ponderation
from visualisations.pages.commun import (
    ChoseVue,
    SourceVue,
    actor_address,
    find_departement,
    make_address,
    other_names,
    read_date,
    safe_url,
    say_date,
    say_number,
    say_place,
)
from visualisations.pages.formulaire import SaisieOrientation
from visualisations.pages.lieux import view_place
from visualisations.rendu import messages
from visualisations.types_acteur import sort_types, type_principal

CRITERES: Final = ("localite", "siege", "besoin", "secteur", "stade", "fonction", "experience", "fraicheur")


@dataclass(frozen=True, slots=True)
class RaisonVue:
    """One line of the explanation."""

    texte: str
    points: str
    source: SourceVue | None
    deja_cite: bool
    """The sentence was already quoted higher on the same card."""
    meme_document: bool
    """Another sentence of this document was, so that its title need not be said again."""


@dataclass(frozen=True, slots=True)
class RecommandationVue:
    """One card."""

    rang: int
    score: str
    acteur: ChoseVue
    symbole: str
    sigles: tuple[str, ...]
    roles_expliques: tuple[str, ...]
    """One sentence per role, for who never heard of it."""
    fonction: str
    offre: str
    description: str
    niveau: str
    phrase: SourceVue | None
    """The sentence that says most: shown on the card, the others one click away."""
    raisons: tuple[RaisonVue, ...]
    a_verifier: tuple[str, ...]
    fraicheur: str
    site: str | None
    siege: str
    autres_offres: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemandeVue:
    """The request as it was understood, in words."""

    lieu: ChoseVue
    stade: str
    besoins: tuple[str, ...]
    secteur: str


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
    inconnus: tuple[tuple[str, int], ...]
    """What the sources do not say, and for how many answers."""
    pistes: tuple[ChoseVue, ...]
    """Next steps."""
    bareme: tuple[tuple[str, str], ...]
    """What each criterion may weigh."""
    adresse_page: str
    adresse_json: str


def view_answer(catalogue: Catalogue, saisie: SaisieOrientation, reponse: Reponse) -> ReponseVue:
    """Everything the results show."""
    vues = [_view_recommendation(catalogue, r) for r in reponse.recommandations]
    surs = {r.rang for r in reponse.recommandations if r.competent}
    inconnus = Counter(texte for r in reponse.recommandations for texte in r.a_verifier)
    lieu = catalogue.territoires.get(reponse.demande.territoire)
    return ReponseVue(
        demande=_view_request(catalogue, reponse.demande),
        repli=reponse.repli.texte if reponse.repli else "",
        remarques=reponse.remarques,
        surs=tuple(vue for vue in vues if vue.rang in surs),
        possibles=tuple(vue for vue in vues if vue.rang not in surs),
        inconnus=tuple(inconnus.most_common(6)),
        pistes=_next_steps(catalogue, saisie, lieu),
        bareme=_view_weights(),
        adresse_page=make_address("/orientation", saisie.parametres(_place_code(lieu))),
        adresse_json=_json_address(lieu, reponse.demande),
    )


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
    )


def _view_recommendation(catalogue: Catalogue, recommandation: Recommandation) -> RecommandationVue:
    acteur = catalogue.acteurs[recommandation.acteur]
    offre = catalogue.offres[recommandation.offre]
    fonction = catalogue.concept("fonction", recommandation.fonction)
    return RecommandationVue(
        rang=recommandation.rang,
        score=_say_points(recommandation.score),
        acteur=ChoseVue(acteur.nom, actor_address(acteur), acteur.types),
        symbole=type_principal(acteur.types).code,
        sigles=other_names(acteur),
        roles_expliques=_explain_roles(acteur.types),
        fonction=fonction.libelle if fonction else recommandation.fonction,
        offre=offre.titre,
        description=offre.description,
        niveau=messages(f"niveaux.{recommandation.niveau}"),
        phrase=_view_source(_telling_source(recommandation.raisons)),
        raisons=_view_reasons(recommandation.raisons),
        a_verifier=recommandation.a_verifier,
        fraicheur=_say_freshness(recommandation.fraicheur),
        site=safe_url(acteur.site),
        siege=say_place(catalogue, acteur.siege) if acteur.siege else "",
        autres_offres=tuple(catalogue.libelle(iri) for iri in recommandation.autres_offres),
    )


def _explain_roles(types: tuple[str, ...]) -> tuple[str, ...]:
    """What such an actor is, most telling role first; being an association is said of nothing else."""
    codes = [forme.code for forme in sort_types(types)]
    dits = [code for code in codes if code != "Association"] or codes
    return tuple(messages(f"types_aide.{code}") for code in dits)


def _telling_source(raisons: tuple[Raison, ...]) -> SourceCitee | None:
    """The quoted source of the reason that speaks most to the person: a need met, the sector, the place."""
    quoted = [raison for raison in raisons if raison.source and raison.source.citation]
    order = ("besoin", "secteur", "fonction", "stade", "localite")
    ranked = sorted(quoted, key=lambda raison: order.index(raison.critere) if raison.critere in order else 9)
    return ranked[0].source if ranked else None


def _view_reasons(raisons: tuple[Raison, ...]) -> tuple[RaisonVue, ...]:
    """Reasons in order; the same words are said once (points added up), a sentence is quoted once."""
    points: dict[tuple[str, SourceCitee | None], float] = {}
    for raison in raisons:
        cle = (raison.texte, raison.source)
        points[cle] = points.get(cle, 0) + raison.points
    cites: dict[SourceCitee, None] = {}
    vues = []
    for (texte, source), total in points.items():
        titres = {(cite.titre, cite.date) for cite in cites}
        vues.append(
            RaisonVue(
                texte=texte,
                points=_say_points(total, signe=True),
                source=_view_source(source),
                deja_cite=source in cites,
                meme_document=source is not None and (source.titre, source.date) in titres,
            )
        )
        if source:
            cites[source] = None
    return tuple(vues)


def _view_source(source: SourceCitee | None) -> SourceVue | None:
    if source is None:
        return None
    return SourceVue(source.titre, say_date(source.date), source.lieu, source.citation)


def _say_points(points: float, *, signe: bool = False) -> str:
    nombre = say_number(f"{abs(points):.2f}")
    if not signe:
        return nombre
    return f"{'+' if points >= 0 else '−'}{nombre}"


def _say_freshness(iso: str | None) -> str:
    date = read_date(iso)
    return messages("resultats.source_de", date=date.avec_de) if date else messages("resultats.sans_date")


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


def _json_address(lieu: Territoire | None, demande: Demande) -> str:
    ref = _place_code(lieu) or ""
    commune = lieu is not None and lieu.niveau == "commune"
    parametres = [
        ("commune" if commune else "territoire", ref),
        ("stade", demande.stade or ""),
        ("effectif", "" if demande.effectif is None else str(demande.effectif)),
        *(("besoins", code) for code in demande.besoins),
        ("secteur", demande.secteur or ""),
        ("date", demande.date.isoformat()),
    ]
    return make_address("/api/orientation", parametres)


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
