"""What several pages show the same way: a thing with its link, a place, a source, a date, a number."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import TypeVar
from urllib.parse import quote, urlencode, urlsplit
from weakref import WeakKeyDictionary

from graph.catalogue import Catalogue
from graph.catalogue.modele import Accompagnement, Acteur, Iri, Source, Territoire
from graph.dates import DatePartielle
from graph.messages import write_number
from graph.texte import fold
from visualisations.rendu import messages

T = TypeVar("T")

ACTION = "Accompagnement"
"""Type of a thing that is a support action, not an actor."""


@dataclass(frozen=True, slots=True)
class ChoseVue:
    """Anything with a name; ``adresse`` when it has a page of its own."""

    nom: str
    adresse: str | None = None
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceVue:
    """Where something is written, ready to show."""

    titre: str
    date: str | None = None
    lieu: str = ""
    citation: str | None = None
    adresse: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentVue:
    """A document, and the places of it that are cited."""

    titre: str
    editeur: str
    date: str | None
    adresse: str | None
    lieux: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OptionVue:
    """One choice of a form."""

    code: str
    libelle: str
    aide: str = ""
    choisi: bool = False
    niveau: int = 0
    """Depth below its group, from 0."""


@dataclass(frozen=True, slots=True)
class GroupeOptions:
    """Choices under one heading; ``code`` when the heading itself can be chosen."""

    libelle: str
    options: tuple[OptionVue, ...]
    aide: str = ""
    ouvert: bool = False


def once_per_catalogue(calcul: Callable[[Catalogue], T]) -> Callable[[Catalogue], T]:
    """Keep what a function computes as long as the catalogue it was computed from is in use."""
    gardes: WeakKeyDictionary[Catalogue, T] = WeakKeyDictionary()

    @wraps(calcul)
    def read(catalogue: Catalogue) -> T:
        if catalogue not in gardes:
            gardes[catalogue] = calcul(catalogue)
        return gardes[catalogue]

    return read


def actor_address(acteur: Acteur) -> str:
    """Address of an actor's card."""
    return f"/acteurs/{quote(acteur.slug, safe='')}"


def action_address(action: Accompagnement) -> str:
    """Address of a support action's page."""
    return f"/accompagnements/{quote(action.slug, safe='')}"


def make_address(chemin: str, parametres: Sequence[tuple[str, str]]) -> str:
    """A path with its query, empty values left out."""
    requete = urlencode([(nom, valeur) for nom, valeur in parametres if valeur], safe=":")
    return f"{chemin}?{requete}" if requete else chemin


def safe_url(url: str | None) -> str | None:
    """The address of a web site, or None when it is not one (``javascript:``, no host…)."""
    if not url:
        return None
    try:
        parties = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parties.scheme in {"http", "https"} and parties.hostname else None


def view_thing(catalogue: Catalogue, iri: Iri) -> ChoseVue:
    """Any known thing by its IRI, with a link when it is an actor or a support action."""
    acteur = catalogue.acteurs.get(iri)
    action = catalogue.accompagnements.get(iri)
    if action is not None:
        return ChoseVue(action.titre, action_address(action), (ACTION,))
    if acteur is None:
        return ChoseVue(catalogue.libelle(iri))
    return ChoseVue(acteur.nom, actor_address(acteur), acteur.types)


def view_things(catalogue: Catalogue, iris: Iterable[Iri]) -> tuple[ChoseVue, ...]:
    """Several things, in the order given."""
    return tuple(view_thing(catalogue, iri) for iri in iris)


def view_sources(catalogue: Catalogue, passages: Iterable[Iri]) -> tuple[SourceVue, ...]:
    """Passages with the document each is in; those with a sentence first."""
    vues = [
        SourceVue(
            titre=source.titre,
            date=source.date.en_clair if source.date else None,
            lieu=passage.lieu,
            citation=passage.citation,
            adresse=safe_url(source.url),
        )
        for passage, source in catalogue.source_de(passages)
    ]
    return tuple(sorted(vues, key=lambda vue: vue.citation is None))


def view_documents(catalogue: Catalogue, passages: Iterable[Iri]) -> tuple[DocumentVue, ...]:
    """The documents these passages are in, most recent first, with each place once."""
    lieux: dict[Iri, dict[str, None]] = {}
    for passage, source in catalogue.source_de(passages):
        lieux.setdefault(source.iri, {})[passage.lieu] = None
    vues = [view_document(catalogue.sources[iri], tuple(places)) for iri, places in lieux.items()]
    return tuple(sorted(vues, key=lambda vue: vue.date or "", reverse=True))


def view_document(source: Source, lieux: tuple[str, ...] = ()) -> DocumentVue:
    """A document as it is listed."""
    return DocumentVue(
        titre=source.titre,
        editeur=source.editeur,
        date=source.date.en_clair if source.date else None,
        adresse=safe_url(source.url),
        lieux=tuple(lieu for lieu in lieux if lieu),
    )


def other_names(acteur: Acteur) -> tuple[str, ...]:
    """Acronyms that say something the name does not: not « DLA » for « DLA du Calvados »."""
    mots = set(fold(acteur.nom).split())
    return tuple(
        sigle for sigle in acteur.sigles if sigle != acteur.nom and not set(fold(sigle).split()) <= mots
    )


def labels(catalogue: Catalogue, iris: Iterable[Iri]) -> tuple[str, ...]:
    """Names of things, in the order given."""
    return tuple(catalogue.libelle(iri) for iri in iris)


def say_place(catalogue: Catalogue, iri: Iri) -> str:
    """A place as people say it: « Bayeux (Calvados) », « Calvados », « Picardie (ancienne région) »."""
    territoire = catalogue.territoires.get(iri)
    if territoire is None:
        return catalogue.libelle(iri)
    if territoire.niveau == "commune":
        departement = find_departement(catalogue, territoire)
        return f"{territoire.nom} ({departement.nom})" if departement else territoire.nom
    if territoire.niveau == "national":
        return messages("commun.france_entiere")
    if territoire.niveau == "region" and territoire.fin:
        return messages("commun.ancienne_region", nom=territoire.nom)
    return territoire.nom


def find_departement(catalogue: Catalogue, territoire: Territoire) -> Territoire | None:
    """The departement a place is in (itself when it is one); None for wider places."""
    parents = (catalogue.territoires.get(iri) for iri in territoire.ancetres)
    return next((p for p in parents if p and p.niveau == "departement"), None)


def say_places(catalogue: Catalogue, iris: Iterable[Iri]) -> tuple[str, ...]:
    """Several places, in words."""
    return tuple(say_place(catalogue, iri) for iri in iris)


def say_part(catalogue: Catalogue) -> str:
    """What a partial edition keeps to; nothing when it is of all of France."""
    if not catalogue.departements:
        return ""
    noms = {t.code: t.nom for t in catalogue.territoires.values() if t.niveau == "departement"}
    dits = ", ".join(f"{noms.get(code, code)} ({code})" for code in catalogue.departements)
    return messages("commun.edition_partielle", n=len(catalogue.departements), noms=dits)


def say_period(debut: DatePartielle | None, fin: DatePartielle | None) -> str:
    """« d’avril 2008 à janvier 2009 », « depuis 2004 », « jusqu’au 3 mai 2007 », or nothing."""
    if debut and fin:
        if debut == fin:
            return debut.en_clair
        cle = "commun.periode-au" if _is_day(fin) else "commun.periode"
        return messages(cle, debut=debut.avec_de, fin=fin.en_clair)
    if debut:
        cle = "commun.depuis-le" if _is_day(debut) else "commun.depuis"
        return messages(cle, debut=debut.en_clair)
    if fin:
        return messages("commun.jusque-au" if _is_day(fin) else "commun.jusque", fin=fin.en_clair)
    return ""


def _is_day(date: DatePartielle) -> bool:
    return date.debut == date.fin


def say_date(iso: str | None) -> str | None:
    """An ISO partial date in words; the text itself when it is not one."""
    date = read_date(iso)
    return date.en_clair if date else iso or None


def read_date(iso: str | None) -> DatePartielle | None:
    """An ISO partial date, or None when it is not one."""
    try:
        return DatePartielle.parse(iso) if iso else None
    except ValueError:
        return None


def say_euros(valeur: str) -> str:
    """An amount as it is written: « 3 660 € », « 1 000,50 € », “€1,000.50”."""
    nombre = say_number(valeur)
    _, point, decimales = valeur.partition(".")
    cents = point and len(decimales.rstrip("0")) == 1
    return messages("commun.euros", montant=f"{nombre}0" if cents else nombre)


def say_number(valeur: str) -> str:
    """A number in the current language: « 3 660 », « 4,7 »; any other text unchanged."""
    return write_number(valeur)
