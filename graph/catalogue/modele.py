"""The read model: what an edition says, as frozen Python objects keyed by IRI.

Every object is immutable and holds IRIs (not objects) of the things it points to: look them up in
the :class:`graph.catalogue.Catalogue` it came from.
"""

from dataclasses import dataclass, field
from typing import Literal

from graph.dates import DatePartielle
from graph.messages import langue_courante

Iri = str
Niveau = Literal["commune", "epci", "departement", "region", "national"]
NIVEAUX: tuple[Niveau, ...] = ("commune", "epci", "departement", "region", "national")
"""From the most local to the widest."""

ROLES: tuple[str, ...] = (
    "OperateurDLA",
    "DLARegional",
    "CentreNationalAppui",
    "PointAppui",
    "Reseau",
    "Prestataire",
    "Financeur",
    "Institution",
    "Association",
)
"""Role classes, in the order they are told: what a person looks for first comes first."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document or file the graph was fed with: one named graph."""

    iri: Iri
    slug: str
    titre: str
    date: DatePartielle | None
    editeur: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a source, with the sentence itself when it is worth showing."""

    iri: Iri
    source: Iri
    lieu: str
    citation: str | None = None


@dataclass(frozen=True, slots=True)
class Concept:
    """A term of a vocabulary: a need, a sector, a stage, a function…"""

    iri: Iri
    schema: str
    """Scheme code: ``besoin``, ``secteur``, ``stade``…"""
    code: str
    libelle_fr: str
    definition_fr: str = ""
    parent: Iri | None = None
    alias: tuple[str, ...] = ()
    stade_suggere: Iri | None = None
    """Stage that a head-count band suggests, to be checked."""
    libelle_en: str = ""
    definition_en: str = ""

    @property
    def libelle(self) -> str:
        """Its name in the current language, in French when it has no other."""
        return (langue_courante.get() == "en" and self.libelle_en) or self.libelle_fr

    @property
    def definition(self) -> str:
        """What it means, in the current language, in French when it is said in no other."""
        return (langue_courante.get() == "en" and self.definition_en) or self.definition_fr


@dataclass(frozen=True, slots=True)
class Territoire:
    """A place: commune, EPCI (or named zone), departement, region (or former region), or the nation."""

    iri: Iri
    niveau: Niveau
    code: str
    """INSEE or SIREN code; ``25-1982`` for a former region, ``''`` for the nation."""
    nom: str
    ancetres: tuple[Iri, ...] = ()
    """Itself and every territory that contains it, materialised at build time."""
    fin: DatePartielle | None = None
    remplace_par: Iri | None = None
    autres_noms: tuple[str, ...] = ()
    """Former and delegated communes' names, so that old names are found too."""
    codes_postaux: tuple[str, ...] = ()
    population: int | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """A point, in degrees (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Acteur:
    """An organisation, with every role it plays."""

    iri: Iri
    slug: str
    nom: str
    sigles: tuple[str, ...] = ()
    autres_noms: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    """Role classes by local name (``PointAppui``, ``Reseau``…), ``Acteur`` itself left out."""
    siege: Iri | None = None
    perimetres: tuple[Iri, ...] = ()
    """Territories it acts on: its offers', its mandates', its own."""
    secteurs: tuple[Iri, ...] = ()
    stade: Iri | None = None
    effectif: int | None = None
    tranche: Iri | None = None
    """Head-count band, a concept that suggests a stage."""
    siret: str | None = None
    rna: str | None = None
    description: str = ""
    notes: tuple[str, ...] = ()
    site: str | None = None
    natures: tuple[Iri, ...] = ()
    """Kinds of institution (conseil général, DDTEFP…), which may have been replaced since."""
    succede_a: tuple[Iri, ...] = ()
    rattache_a: tuple[Iri, ...] = ()
    """Institutions it is a service of (``org:unitOf``)."""
    position: Position | None = None
    passages: tuple[Iri, ...] = ()


@dataclass(frozen=True, slots=True)
class Offre:
    """What one actor offers: functions, where, for whom, for which needs."""

    iri: Iri
    slug: str
    acteur: Iri
    titre: str
    description: str = ""
    fonctions: tuple[Iri, ...] = ()
    territoires: tuple[Iri, ...] = ()
    en_partie: tuple[Iri, ...] = ()
    """Those of its territories of which it covers a part only, that no source delimits."""
    stades: tuple[Iri, ...] = ()
    besoins: tuple[Iri, ...] = ()
    secteurs: tuple[Iri, ...] = ()
    mobilise_par: tuple[Iri, ...] = ()
    temporalites: tuple[Iri, ...] = ()
    modalites: tuple[Iri, ...] = ()
    publics: tuple[str, ...] = ()
    """Whom it is for, as the document says it."""
    publics_vises: tuple[Iri, ...] = ()
    """Whom it is for, as concepts: associations, members of a network, support professionals."""
    tailles: tuple[Iri, ...] = ()
    """Sizes of the employing associations it is for, as concepts."""
    debut: DatePartielle | None = None
    fin: DatePartielle | None = None
    naissance: DatePartielle | None = None
    """When its actor was created, or the action that it came of began: before, it offered nothing."""
    notes: tuple[str, ...] = ()
    passages: tuple[Iri, ...] = ()

    @property
    def au_plus_tot(self) -> DatePartielle | None:
        """Before when it was surely not open: its start, else its actor's birth."""
        return self.debut or self.naissance


TypeLien = Literal[
    "Adhesion", "Financement", "Partenariat", "Representation", "Mandat", "Accompagnement", "Instance"
]


@dataclass(frozen=True, slots=True)
class Lien:
    """A dated, sourced link from one thing to another.

    The first five types are n-ary links of the graph. ``Accompagnement`` (who supports whom in an
    action) and ``Instance`` (who sits on which committee) are read from those things, so that every
    relation between actors can be drawn and listed in one way.
    """

    iri: Iri
    type: TypeLien
    de: Iri
    vers: Iri
    """An actor's IRI; for a mandate the dispositif; for a link to an action, the action."""
    qualite: Iri | None = None
    """Role (partnership) or nature (funding), a concept."""
    titre: str = ""
    debut: DatePartielle | None = None
    fin: DatePartielle | None = None
    montant: str | None = None
    fleche: bool | None = None
    territoires: tuple[Iri, ...] = ()
    notes: tuple[str, ...] = ()
    passages: tuple[Iri, ...] = ()


@dataclass(frozen=True, slots=True)
class Etape:
    """One dated step of an action."""

    ordre: int
    titre: str
    debut: DatePartielle | None = None
    fin: DatePartielle | None = None
    jours: str | None = None
    statut: Iri | None = None
    notes: tuple[str, ...] = ()
    passages: tuple[Iri, ...] = ()


@dataclass(frozen=True, slots=True)
class Accompagnement:
    """One support action, experiment or collective engineering."""

    iri: Iri
    slug: str
    titre: str
    description: str = ""
    types: tuple[str, ...] = ()
    pilotes: tuple[Iri, ...] = ()
    intervenants: tuple[Iri, ...] = ()
    beneficiaires: tuple[Iri, ...] = ()
    sollicites: tuple[Iri, ...] = ()
    prescripteurs: tuple[Iri, ...] = ()
    financeurs: tuple[Iri, ...] = ()
    territoires: tuple[Iri, ...] = ()
    besoins: tuple[Iri, ...] = ()
    secteurs: tuple[Iri, ...] = ()
    debut: DatePartielle | None = None
    fin: DatePartielle | None = None
    jours: str | None = None
    cout_ttc: str | None = None
    montant: str | None = None
    nombre_structures: int | None = None
    type_reponse: Iri | None = None
    interventions: tuple[Iri, ...] = ()
    """How it is done, as concepts: what kind of work, in which form."""
    statut: Iri | None = None
    fait_partie_de: Iri | None = None
    textes: tuple[tuple[str, str], ...] = ()
    """(kind, text): kind is ``objectif``, ``resultat``, ``pointVigilance``…"""
    etapes: tuple[Etape, ...] = ()
    notes: tuple[str, ...] = ()
    passages: tuple[Iri, ...] = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """A governance body: who sits on it, who animates it, what it belongs to."""

    iri: Iri
    titre: str
    type: Iri | None = None
    """Concept of the scheme ``type-instance``."""
    membres: tuple[Iri, ...] = ()
    animateurs: tuple[Iri, ...] = ()
    de: Iri | None = None
    """The action, actor or dispositif it governs."""
    debut: DatePartielle | None = None
    fin: DatePartielle | None = None
    notes: tuple[str, ...] = ()
    passages: tuple[Iri, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure about something, with its unit, date, place and source."""

    iri: Iri
    sur: Iri
    indicateur: Iri
    valeur: str
    unite: str = ""
    date: DatePartielle | None = None
    territoire: Iri | None = None
    notes: tuple[str, ...] = ()
    passages: tuple[Iri, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Versement:
    """One payment that a register publishes, seen from one of its ends."""

    lien: Iri
    autre: Iri
    nom: str
    """Name of the actor at the other end."""
    recu: bool
    """True when the actor asked about receives it."""
    montant: str = ""
    date: DatePartielle | None = None
    objet: str = ""
    passages: tuple[Iri, ...] = ()


@dataclass(frozen=True, slots=True)
class Versements:
    """What registers say that an actor gives and receives: how many, how much, and the latest."""

    donnes: int = 0
    total_donne: float = 0
    recus: int = 0
    total_recu: float = 0
    derniers: tuple[Versement, ...] = ()
