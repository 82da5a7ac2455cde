"""The cards of an answer: who, for what, why, how sure, how to reach them."""

from dataclasses import dataclass

from graph.catalogue import Catalogue
from graph.catalogue.modele import Offre
from graph.orientation.modele import Raison, Recommandation, SourceCitee
from visualisations.pages.commun import (
    ChoseVue,
    SourceVue,
    actor_address,
    other_names,
    read_date,
    safe_url,
    say_date,
    say_number,
    say_place,
)
from visualisations.rendu import messages
from visualisations.types_acteur import sort_types, type_principal


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
    reserve: str
    """Sectors that the offer is kept to, when none was asked."""
    phrase: SourceVue | None
    """The sentence that says most: shown on the card, the others one click away."""
    raisons: tuple[RaisonVue, ...]
    a_verifier: tuple[str, ...]
    fraicheur: str
    site: str | None
    siege: str
    autres_offres: tuple[str, ...]


def view_recommendation(catalogue: Catalogue, recommandation: Recommandation) -> RecommandationVue:
    """One card: its reasons in order, the sentence that says most, how to reach the actor."""
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
        reserve=_say_reserve(catalogue, recommandation, offre),
        phrase=view_source(_telling_source(recommandation.raisons)),
        raisons=_view_reasons(recommandation.raisons),
        a_verifier=recommandation.a_verifier,
        fraicheur=_say_freshness(recommandation.fraicheur),
        site=safe_url(acteur.site),
        siege=say_place(catalogue, acteur.siege) if acteur.siege else "",
        autres_offres=tuple(catalogue.libelle(iri) for iri in recommandation.autres_offres),
    )


def _say_reserve(catalogue: Catalogue, recommandation: Recommandation, offre: Offre) -> str:
    """The sectors an offer is kept to, when that cost it points: no sector was asked."""
    if not any(raison.critere == "secteur" and raison.points < 0 for raison in recommandation.raisons):
        return ""
    noms = ", ".join(map(catalogue.libelle, offre.secteurs))
    return messages("resultats.reserve", secteurs=noms)


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
                source=view_source(source),
                deja_cite=source in cites,
                meme_document=source is not None and (source.titre, source.date) in titres,
            )
        )
        if source:
            cites[source] = None
    return tuple(vues)


def view_source(source: SourceCitee | None) -> SourceVue | None:
    """A quoted source, its date in words."""
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
