"""The explanation of a recommendation, line by line: what matched, its points, where it is written."""

from collections.abc import Iterator, Sequence

from graph.catalogue import Catalogue
from graph.catalogue.modele import NIVEAUX, Iri, Offre, Passage, Source
from graph.dates import DatePartielle
from graph.messages import messages
from graph.orientation.appariement import Accord, Appariement
from graph.orientation.experience import find_case
from graph.orientation.modele import Demande, Raison, SourceCitee
from graph.orientation.ponderation import Ponderation
from graph.orientation.regles import judge_offer
from ontology.namespaces import VOC

Preuves = Sequence[tuple[Passage, Source]]


def explain(
    catalogue: Catalogue, demande: Demande, appariement: Appariement, ponderation: Ponderation
) -> tuple[Raison, ...]:
    """Return the reasons of a match; their points add up to its score."""
    preuves = catalogue.source_de(appariement.offre.passages)
    return tuple(_reasons(catalogue, demande, appariement, ponderation, preuves))


def _reasons(
    catalogue: Catalogue, demande: Demande, match: Appariement, ponderation: Ponderation, preuves: Preuves
) -> Iterator[Raison]:
    niveau = match.territoire.niveau
    texte = messages(f"raison.localite-{niveau}", territoire=match.territoire.nom)
    lieu = cite(catalogue, preuves, (match.territoire.iri,))
    yield Raison("localite", texte, ponderation.of("localite", niveau), lieu)
    yield from _nearness(catalogue, demande, match, ponderation)
    for accord in match.besoins:
        share = ponderation.of("besoin", accord.qualite) / len(demande.besoins)
        yield _met(catalogue, "besoin", accord, share, preuves)
    if match.secteur is not None:
        points = ponderation.of("secteur", match.secteur.qualite)
        yield _met(catalogue, "secteur", match.secteur, points, preuves)
    if match.stade is not None:
        yield _met(catalogue, "stade", match.stade, ponderation.of("stade", match.stade.qualite), preuves)
    fonction, points = find_fonction(catalogue, match.offre, ponderation)
    if fonction is not None:
        texte = messages("raison.fonction", fonction=catalogue.libelle(fonction).lower())
        yield Raison("fonction", texte, points, cite(catalogue, preuves, (fonction,)))
    if (cas := name_case(catalogue, demande, match.offre.acteur, ponderation)) is not None:
        yield cas
    for condition in judge_offer(catalogue, match.offre, demande.stade):
        yield Raison("eligibilite", condition.texte, 0.0, condition.source)
    yield _freshness(demande, ponderation, preuves)


def _nearness(
    catalogue: Catalogue, demande: Demande, match: Appariement, ponderation: Ponderation
) -> Iterator[Raison]:
    """Say that the actor is seated near: in the same commune, the same area, the same departement."""
    siege = catalogue.territoires.get(catalogue.acteurs[match.offre.acteur].siege or "")
    if siege is None:
        return
    asked = set(catalogue.territoires[demande.territoire].ancetres)
    shared = [catalogue.territoires[iri] for iri in siege.ancetres if iri in asked]
    place = min(shared, key=lambda lieu: NIVEAUX.index(lieu.niveau), default=None)
    if place is not None and place.niveau in ponderation.points["siege"]:
        texte = messages("raison.siege", territoire=place.nom)
        yield Raison("siege", texte, ponderation.of("siege", place.niveau))


def _met(catalogue: Catalogue, critere: str, accord: Accord, points: float, preuves: Preuves) -> Raison:
    texte = messages(
        f"raison.{critere}-{accord.qualite}",
        offert=catalogue.libelle(accord.offert or accord.demande),
        **{critere: catalogue.libelle(accord.demande)},
    )
    source = cite(catalogue, preuves, (accord.offert,)) if accord.offert else None
    return Raison(critere, texte, points, source)


def _freshness(demande: Demande, ponderation: Ponderation, preuves: Preuves) -> Raison:
    newest = newest_date(preuves)
    qualite = ponderation.freshness(newest, demande.date)
    texte = messages(f"raison.fraicheur-{qualite}", date=newest.avec_de if newest else "")
    return Raison("fraicheur", texte, ponderation.of("fraicheur", qualite))


def newest_date(preuves: Preuves) -> DatePartielle | None:
    """Return the date of the most recent source behind an offer."""
    dates = [source.date for _, source in preuves if source.date is not None]
    return max(dates, key=lambda date: date.fin, default=None)


def name_case(catalogue: Catalogue, demande: Demande, acteur: Iri, ponderation: Ponderation) -> Raison | None:
    """Name the past case that speaks most for an actor, with the sentence that tells it."""
    cas = find_case(catalogue, demande, acteur, ponderation)
    if cas is None:
        return None
    texte = messages(f"raison.experience-{cas.qualite}", cas=cas.action.titre)
    asked = [f"{VOC}besoin/{code}" for code in demande.besoins]
    source = cite(catalogue, catalogue.source_de(cas.action.passages), asked)
    return Raison("experience", texte, ponderation.of("experience", cas.qualite), source)


def find_fonction(catalogue: Catalogue, offre: Offre, ponderation: Ponderation) -> tuple[Iri | None, float]:
    """Return the function of the offer that weighs most, and its points; the first by IRI among equals.

    A sub-function weighs what the function it belongs to weighs, unless it has a weight of its own.
    """
    best: tuple[Iri | None, float] = (None, 0.0)
    for fonction in sorted(offre.fonctions):
        chain = (fonction, *catalogue.elargir(fonction))
        points = max(ponderation.of("fonction", iri.rsplit("/", 1)[-1]) for iri in chain)
        if best[0] is None or points > best[1]:
            best = (fonction, points)
    return best


def cite(catalogue: Catalogue, preuves: Preuves, choses: Sequence[Iri]) -> SourceCitee | None:
    """Return the passage that speaks most of some things: most of their words, the first among equals."""
    if not preuves:
        return None
    words = frozenset[str]().union(*(catalogue.radicaux(chose) for chose in choses))
    passage, source = max(
        preuves,
        key=lambda item: (item[0].citation is not None, len(words & catalogue.radicaux(item[0].iri))),
    )
    date = source.date.texte if source.date else None
    return SourceCitee(source.titre, date, passage.lieu, passage.citation)
