"""The explanation of a recommendation, line by line: what matched, its points, where it is written.

Most lines are the same from one request to the next (what an offer does, that it meets a need): each is
worked out once and kept, within a bound.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from graph.catalogue import Catalogue
from graph.catalogue.modele import NIVEAUX, Iri, Offre, Passage, Source
from graph.dates import DatePartielle
from graph.messages import LANGUES, langue_courante, messages
from graph.orientation.appariement import Appariement, Qualite
from graph.orientation.experience import find_case
from graph.orientation.garde import once_for_each
from graph.orientation.modele import Demande, Raison, SourceCitee
from graph.orientation.ponderation import Ponderation, load_ponderation
from graph.orientation.regles import judge_offer
from ontology.namespaces import VOC

Preuves = Sequence[tuple[Passage, Source]]
GARDE: Final = 1 << 16
"""Lines of each kind kept in memory, in each language: a few tens of megabytes at most."""


class Explicateur:
    """Says why an offer is where it is; its points add up to the score.

    It keeps what it said: one serves one language.
    """

    def __init__(self, catalogue: Catalogue, ponderation: Ponderation) -> None:
        self._catalogue = catalogue
        self._of = ponderation.of
        self._ponderation = ponderation
        keep = lru_cache(GARDE)
        self._locality = keep(self._say_locality)
        self._nearness = keep(self._say_nearness)
        self._met = keep(self._say_met)
        self._reserved = keep(self._say_reserved)
        self._rules = keep(self._say_rules)
        self._freshness = keep(self._say_freshness)
        self._case_source = keep(self._cite_case)
        self.fonction = keep(self._say_fonction)
        self.newest = keep(self._read_newest)
        self.age = keep(self._read_age)

    def explain(self, demande: Demande, match: Appariement) -> tuple[Raison, ...]:
        """Return the reasons of a match."""
        offre = match.offre.iri
        said = [self._locality(offre, match.territoire.iri)]
        near = self._nearness(self._catalogue.acteurs[match.offre.acteur].siege, demande.territoire)
        if near is not None:
            said.append(near)
        shared = len(demande.besoins)
        for need in match.besoins:
            said.append(self._met("besoin", need.qualite, need.demande, need.offert, offre, shared))
        if demande.secteur is None and match.offre.secteurs:
            said.append(self._reserved(offre))
        for critere, accord in (("secteur", match.secteur), ("stade", match.stade)):
            if accord is not None:
                said.append(self._met(critere, accord.qualite, accord.demande, accord.offert, offre, 1))
        done = self.fonction(offre)[1]
        if done is not None:
            said.append(done)
        if (cas := self.name_case(demande, match.offre.acteur)) is not None:
            said.append(cas)
        said += self._rules(offre, demande.stade)
        said.append(self._freshness(offre, demande.date))
        return tuple(said)

    def name_case(self, demande: Demande, acteur: Iri) -> Raison | None:
        """Name the past case that speaks most for an actor, with the sentence that tells it."""
        cas = find_case(self._catalogue, demande, acteur, self._ponderation)
        if cas is None:
            return None
        texte = messages(f"raison.experience-{cas.qualite}", cas=cas.action.titre)
        source = self._case_source(cas.action.iri, demande.besoins)
        return Raison("experience", texte, self._of("experience", cas.qualite), source)

    def _preuves(self, offre: Iri) -> Preuves:
        return self._catalogue.source_de(self._catalogue.offres[offre].passages)

    def _preuves_acteur(self, offre: Iri) -> Preuves:
        acteur = self._catalogue.acteurs[self._catalogue.offres[offre].acteur]
        return self._catalogue.source_de(acteur.passages)

    def _say_locality(self, offre: Iri, territoire: Iri) -> Raison:
        place = self._catalogue.territoires[territoire]
        texte = messages(f"raison.localite-{place.niveau}", territoire=place.nom)
        source = cite(self._catalogue, self._preuves(offre), (territoire,))
        return Raison("localite", texte, self._of("localite", place.niveau), source)

    def _say_nearness(self, siege: Iri | None, demande: Iri) -> Raison | None:
        """Say that the actor is seated near: in the same commune, the same area, the same departement."""
        places = self._catalogue.territoires
        if siege is None or siege not in places:
            return None
        asked = set(places[demande].ancetres)
        shared = [places[iri] for iri in places[siege].ancetres if iri in asked]
        place = min(shared, key=lambda lieu: NIVEAUX.index(lieu.niveau), default=None)
        if place is None or place.niveau not in self._ponderation.points["siege"]:
            return None
        texte = messages("raison.siege", territoire=place.nom)
        return Raison("siege", texte, self._of("siege", place.niveau))

    def _say_met(
        self, critere: str, qualite: Qualite, demande: Iri, offert: Iri | None, offre: Iri, shared: int
    ) -> Raison:
        texte = messages(
            f"raison.{critere}-{qualite}",
            offert=self._catalogue.libelle(offert or demande),
            **{critere: self._catalogue.libelle(demande)},
        )
        known = self._preuves(offre) if qualite != "acteur" else self._preuves_acteur(offre)
        source = cite(self._catalogue, known, (offert,)) if offert else None
        return Raison(critere, texte, self._of(critere, qualite) / shared, source)

    def _say_reserved(self, offre: Iri) -> Raison:
        """Say that an offer is kept to sectors, when the request names none."""
        secteurs = self._catalogue.offres[offre].secteurs
        texte = messages("raison.secteur-reserve", noms=", ".join(map(self._catalogue.libelle, secteurs)))
        source = cite(self._catalogue, self._preuves(offre), secteurs)
        return Raison("secteur", texte, self._of("secteur", "reserve"), source)

    def _say_fonction(self, offre: Iri) -> tuple[Iri | None, Raison | None]:
        """Return the main function of an offer, and the line that says it."""
        catalogue = self._catalogue
        fonction, points = find_fonction(catalogue, catalogue.offres[offre], self._ponderation)
        if fonction is None:
            return None, None
        texte = messages("raison.fonction", fonction=catalogue.libelle(fonction).lower())
        source = cite(catalogue, self._preuves(offre), (fonction,))
        return fonction, Raison("fonction", texte, points, source)

    def _say_rules(self, offre: Iri, stade: str | None) -> tuple[Raison, ...]:
        said = judge_offer(self._catalogue, self._catalogue.offres[offre], stade)
        return tuple(Raison("eligibilite", condition.texte, 0.0, condition.source) for condition in said)

    def _say_freshness(self, offre: Iri, jour: date) -> Raison:
        newest, qualite = self.newest(offre), self.age(offre, jour)
        texte = messages(f"raison.fraicheur-{qualite}", date=newest.avec_de if newest else "")
        return Raison("fraicheur", texte, self._of("fraicheur", qualite))

    def _cite_case(self, action: Iri, besoins: tuple[str, ...]) -> SourceCitee | None:
        preuves = self._catalogue.source_de(self._catalogue.accompagnements[action].passages)
        return cite(self._catalogue, preuves, [f"{VOC}besoin/{code}" for code in besoins])

    def _read_newest(self, offre: Iri) -> DatePartielle | None:
        return newest_date(self._preuves(offre))

    def _read_age(self, offre: Iri, jour: date) -> str:
        return self._ponderation.freshness(self.newest(offre), jour)


def newest_date(preuves: Preuves) -> DatePartielle | None:
    """Return the date of the most recent source behind an offer."""
    dates = [source.date for _, source in preuves if source.date is not None]
    return max(dates, key=lambda date: date.fin, default=None)


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


@once_for_each
def _open(catalogue: Catalogue) -> Mapping[str, Explicateur]:
    return {langue: Explicateur(catalogue, load_ponderation()) for langue in LANGUES}


def open_explicateur(catalogue: Catalogue, ponderation: Ponderation) -> Explicateur:
    """Return what explains the offers of a catalogue; with the published weights, once for each language."""
    if ponderation is not load_ponderation():
        return Explicateur(catalogue, ponderation)
    return _open(catalogue)[langue_courante.get()]
