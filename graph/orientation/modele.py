"""Request and answer of an orientation: the contract, as frozen dataclasses."""

from dataclasses import dataclass
from datetime import date

from graph.catalogue.modele import Iri, Niveau


@dataclass(frozen=True, slots=True)
class Demande:
    """What an association asks, once understood: codes resolved, date always there."""

    territoire: Iri
    date: date
    stade: str | None = None
    """Code of the scheme ``stade``; unknown when None."""
    effectif: int | None = None
    """Number of employees, only used to suggest a stage."""
    besoins: tuple[str, ...] = ()
    secteur: str | None = None


@dataclass(frozen=True, slots=True)
class SourceCitee:
    """Where a reason comes from."""

    titre: str
    date: str | None
    """ISO partial date of the document."""
    lieu: str
    citation: str | None = None


@dataclass(frozen=True, slots=True)
class Raison:
    """One line of the explanation: the criterion, what matched, what it weighs, where it is written."""

    critere: str
    """``localite``, ``siege``, ``besoin``, ``secteur``, ``stade``, ``fonction``, ``experience``,
    ``eligibilite`` (what a rule says, 0 point) or ``fraicheur``."""
    texte: str
    points: float
    source: SourceCitee | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """What a rule says of the association: may it use a scheme, or what is to be checked."""

    regle: str
    """``dla``, ``pava``, ``premier-emploi`` or ``taille``."""
    verdict: str
    """``oui``, ``a-verifier``, ``non``, or ``inconnu`` when the stage is not known."""
    texte: str
    source: SourceCitee | None = None


@dataclass(frozen=True, slots=True)
class Recommandation:
    """One actor to turn to, through one of its offers."""

    rang: int
    score: float
    acteur: Iri
    offre: Iri
    fonction: str
    """Code of the offer's main function."""
    niveau: Niveau
    competent: bool
    """Covers the place, no mismatch, and at least one need or the sector matched when asked."""
    raisons: tuple[Raison, ...]
    a_verifier: tuple[str, ...]
    fraicheur: str | None
    """ISO partial date of the most recent source behind the offer."""
    autres_offres: tuple[Iri, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One actor of a combination, and the needs it takes."""

    acteur: Iri
    offres: tuple[Iri, ...]
    """Its offers that meet them, best first."""
    besoins: tuple[str, ...]
    """Codes of the needs it meets; another part may meet some of them too."""
    niveau: Niveau
    score: float
    """Of its best offer among these."""


@dataclass(frozen=True, slots=True)
class Combinaison:
    """The smallest set of actors that meet every need somebody meets."""

    parts: tuple[Part, ...] = ()
    non_couverts: tuple[str, ...] = ()
    """Codes of the needs that no source says anybody meets here."""
    exacte: bool = True
    """False when there were too many needs to try every set: a good set, perhaps not the smallest."""


@dataclass(frozen=True, slots=True)
class Consultation:
    """A consultant that the DLA could consult: never a first contact."""

    acteur: Iri
    offres: tuple[Iri, ...]
    raisons: tuple[Raison, ...]
    """The guide's three criteria (``competences-techniques``, ``connaissance-secteur``,
    ``qualite-accompagnements``) then, apart, ``proximite``."""
    manques: tuple[str, ...]
    """Codes of the scheme ``piece`` missing from its record, which block payment."""
    mobilise_par: tuple[Iri, ...] = ()
    a_verifier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActeurEtape:
    """A real actor of the place, at a step of a path."""

    acteur: Iri
    offre: Iri | None
    niveau: Niveau | None
    competent: bool
    """One of its offers meets a need or the sector asked."""


@dataclass(frozen=True, slots=True)
class Composante:
    """One of the four components of a support plan, and who brings it."""

    code: str
    """Code of the scheme ``composante-plan``."""
    acteurs: tuple[Iri, ...]
    textes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EtapeParcours:
    """A step of the path: a small graph, whose edges are ``suites``."""

    code: str
    titre: str
    texte: str
    entree: bool
    """One may begin here."""
    acteurs: tuple[ActeurEtape, ...]
    condition: Condition | None
    """Whom the step is for, by rule."""
    phases: tuple[str, ...]
    """Codes of the scheme ``phase-dla``."""
    composantes: tuple[Composante, ...]
    preparer: tuple[str, ...]
    pieces: tuple[str, ...]
    """Codes of the scheme ``piece``: the documents of the step."""
    association: tuple[str, ...]
    """What the association does itself."""
    attendre: tuple[str, ...]
    suites: tuple[str, ...]
    """Codes of the steps after."""
    sources: tuple[SourceCitee, ...]
    a_verifier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repli:
    """Said exactly when nobody competent was found at departement level or finer."""

    de: Niveau
    vers: Niveau | None
    """Level where somebody was found; None when nobody was, anywhere."""
    texte: str


@dataclass(frozen=True, slots=True)
class Ailleurs:
    """An actor that meets what is asked, but not here as far as sources say: somebody to ask for a name."""

    acteur: Iri
    offre: Iri
    territoires: tuple[Iri, ...]
    """Where the offer is."""


@dataclass(frozen=True, slots=True)
class Reponse:
    """The whole answer."""

    edition: str
    demande: Demande
    recommandations: tuple[Recommandation, ...]
    repli: Repli | None
    remarques: tuple[str, ...] = ()
    """What was assumed to understand the request (a former commune resolved, a stage suggested…)."""
    parcours: tuple[EtapeParcours, ...] = ()
    combinaison: Combinaison = Combinaison()
    prestataires: tuple[Consultation, ...] = ()
    ailleurs: tuple[Ailleurs, ...] = ()
    """Given when nobody competent is known here."""
