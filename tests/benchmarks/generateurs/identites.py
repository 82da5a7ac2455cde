"""Who is who: numbers, names and seats, worked out from a number alone."""

from dataclasses import dataclass

from tests.benchmarks.generateurs.lieux import Commune, find_pays

_MASQUE = (1 << 64) - 1
_GENRES = (
    "association amicale atelier cercle club collectif comite compagnie ensemble foyer jardin maison office "
    "reseau union ecole groupe centre chorale fanfare troupe ligue mutuelle cooperative regie fabrique "
    "universite theatre musee refuge escadron academie conservatoire observatoire laboratoire chantier"
)
_QUALITES = (
    "solidaire local rural urbain sportif culturel musical populaire littoral social familial scolaire "
    "municipal laique artistique citoyen durable educatif intergenerationnel ecologique artisanal bocager "
    "maritime montagnard fluvial historique scientifique numerique itinerant independant participatif "
    "benevole amical joyeux libre nouveau ancien fraternel collectif alternatif associatif inclusif paysan"
)
_THEMES = (
    "petanque judo randonnee theatre danse lecture chorale peinture couture cuisine jardinage peche chasse "
    "football handball basket natation escalade voile aviron cyclisme gymnastique yoga tennis escrime boxe "
    "patrimoine memoire moulins chapelles archives genealogie astronomie photographie cinema video radio "
    "creche parentalite cantine garderie lecteurs retraites locataires riverains usagers parents eleves "
    "anciens combattants pompiers donneurs sang handicap autisme entraide insertion accueil logement emploi "
    "formation langues echanges jumelage tourisme environnement oiseaux abeilles forets rivieres energie "
    "recyclage velo covoiturage marche artisans commercants jeunes benevoles musiciens marionnettes cirque"
)
GENRES, QUALITES, THEMES = (texte.upper().split() for texte in (_GENRES, _QUALITES, _THEMES))
GREFFES_OUTRE_MER = {"971": "9G", "972": "9M", "973": "9C", "974": "9R", "976": "9T"}
SIRET_TOUS_LES = 4
"""One association in four has a SIRET…"""
FAUSSE_TOUS_LES = 400
"""… of which one in a hundred has a wrong key."""


def mix(numero: int, quoi: int = 0) -> int:
    """Return 64 bits that a number and a purpose scatter, the same in every process."""
    bits = (numero * 0x9E3779B97F4A7C15 + quoi * 0xBF58476D1CE4E5B9) & _MASQUE
    bits = ((bits ^ (bits >> 31)) * 0x94D049BB133111EB) & _MASQUE
    return bits ^ (bits >> 29)


def key_of(digits: str) -> str:
    """Return the digit that ends a number with the right Luhn key."""
    total = sum(
        int(d) if rank % 2 else sum(divmod(2 * int(d), 10)) for rank, d in enumerate(reversed(digits))
    )
    return str(-total % 10)


def siret_of(numero: int) -> str:
    """Return a SIRET whose two keys are right, in a range that INSEE has not reached (below a million)."""
    siren = f"99{numero:06}"
    siren += key_of(siren)
    nic = f"{siren}0001"
    return nic + key_of(nic)


def name_of(numero: int) -> str:
    """Return the invented name of an association, as registers write it."""
    bits = mix(numero, 1)
    bits, genre = divmod(bits, len(GENRES))
    bits, qualite = divmod(bits, len(QUALITES))
    bits, theme = divmod(bits, len(THEMES))
    words = f"{GENRES[genre]} {QUALITES[qualite]} {THEMES[theme]}"
    return f"{words} DE {seat_of(numero).nom.upper()}" if bits % 2 else words


def seat_of(numero: int) -> Commune:
    """Return the commune of an association."""
    return find_pays().at(mix(numero, 2))


def rna_of(numero: int) -> str:
    """Return the RNA number of an association."""
    departement = seat_of(numero).departement
    return f"W{GREFFES_OUTRE_MER.get(departement, departement)}{numero:07}"


@dataclass(frozen=True, slots=True)
class Association:
    """What several files say of one association."""

    numero: int
    rna: str
    siret: str
    """Empty for three in four; its key is wrong for one in four hundred."""
    nom: str
    siege: Commune


def association(numero: int) -> Association:
    """Return the association of this row of the RNA file (from 1)."""
    siret = siret_of(numero // SIRET_TOUS_LES) if numero % SIRET_TOUS_LES == 0 else ""
    if siret and numero % FAUSSE_TOUS_LES == 0:
        siret = siret[:-1] + str((int(siret[-1]) + 1) % 10)
    return Association(numero, rna_of(numero), siret, name_of(numero), seat_of(numero))
