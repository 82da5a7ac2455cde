"""What search engines read on a page: schema.org in a JSON-LD data block, and the page's one address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from graph.catalogue import Catalogue
from graph.catalogue.modele import Accompagnement, Acteur, Iri, Territoire
from graph.dates import DatePartielle
from ontology.namespaces import MAILLAGE, VOC
from visualisations.pages.commun import ChoseVue, action_address, actor_address, safe_url
from visualisations.pages.lieux import place_address
from visualisations.rendu import messages

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
_GENRES: Final[Mapping[str, str]] = {"Association": "NGO", "Institution": "GovernmentOrganization"}
_LIEUX: Final[Mapping[str, str]] = {"commune": "City", "national": "Country"}

Noeud = dict[str, object]


@dataclass(frozen=True, slots=True)
class Structure:
    """What the head of a page says to search engines."""

    canonique: str
    """The page's address without its parameters."""
    donnees: Noeud
    """A JSON-LD document."""
    chose: str = ""
    """Address here of what the page is about, without suffix; empty when the page links its own data."""


def structure_actor(catalogue: Catalogue, acteur: Acteur) -> Structure:
    """An actor as an Organization."""
    adresse = actor_address(acteur)
    roles = [_GENRES[role] for role in acteur.types if role in _GENRES]
    noeud: Noeud = {
        "@type": ["Organization", *roles],
        "@id": acteur.iri,
        "name": acteur.nom,
        "alternateName": [nom for nom in (*acteur.sigles, *acteur.autres_noms) if nom != acteur.nom],
        "description": acteur.description,
        "url": safe_url(acteur.site) or "",
        "mainEntityOfPage": adresse,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": nom, "value": code}
            for nom, code in (("SIRET", acteur.siret), ("RNA", acteur.rna))
            if code
        ],
        "location": _place(catalogue, acteur.siege),
        "areaServed": [lieu for iri in acteur.perimetres if (lieu := _place(catalogue, iri))],
    }
    fil = [ChoseVue(messages("menu.annuaire"), "/acteurs"), ChoseVue(acteur.nom, adresse)]
    return replace(_structure(adresse, noeud, fil), chose=_thing(acteur.iri))


def structure_place(catalogue: Catalogue, territoire: Territoire) -> Structure:
    """A territory as a Place."""
    adresse = place_address(territoire)
    parents = [catalogue.territoires[iri] for iri in territoire.ancetres if iri in catalogue.territoires]
    autres = [parent for parent in parents if parent.iri != territoire.iri]
    noeud: Noeud = {
        "@type": _LIEUX.get(territoire.niveau, "AdministrativeArea"),
        "@id": territoire.iri,
        "name": territoire.nom,
        "alternateName": list(territoire.autres_noms),
        "url": adresse,
        "identifier": territoire.code,
        "containedInPlace": [_place(catalogue, parent.iri) for parent in autres],
    }
    fil = [ChoseVue(messages("menu.territoires"), "/territoires"), ChoseVue(territoire.nom, adresse)]
    return replace(_structure(adresse, noeud, fil), chose=_thing(territoire.iri))


def structure_action(catalogue: Catalogue, action: Accompagnement) -> Structure:
    """A support action as an Event, with who took part in it."""
    adresse = action_address(action)
    noeud: Noeud = {
        "@type": "Event",
        "@id": action.iri,
        "name": action.titre,
        "description": action.description,
        "url": adresse,
        "startDate": action.debut.texte if action.debut else "",
        "endDate": action.fin.texte if action.fin else "",
        "location": [lieu for iri in action.territoires if (lieu := _place(catalogue, iri))],
        "organizer": _actors(catalogue, action.pilotes),
        "performer": _actors(catalogue, action.intervenants),
        "attendee": _actors(catalogue, action.beneficiaires),
        "funder": _actors(catalogue, action.financeurs),
    }
    fil = [
        ChoseVue(messages("accompagnements_page.titre"), "/accompagnements"),
        ChoseVue(action.titre, adresse),
    ]
    return replace(_structure(adresse, noeud, fil), chose=_thing(action.iri))


def structure_dataset(catalogue: Catalogue) -> Structure:
    """The whole edition as a Dataset."""
    dates = [source.date for source in catalogue.sources.values() if source.date]
    noeud: Noeud = {
        "@type": "Dataset",
        "@id": f"{MAILLAGE}edition/{catalogue.edition}",
        "name": messages("base.nom"),
        "description": messages("base.description"),
        "url": "/",
        "license": LICENCE,
        "inLanguage": "fr",
        "isAccessibleForFree": True,
        "version": catalogue.edition,
        "temporalCoverage": _span(dates),
        "isBasedOn": [{"@id": iri} for iri in sorted(catalogue.sources)],
        "distribution": [
            {"@type": "DataDownload", "contentUrl": "/sparql", "encodingFormat": "application/sparql-query"}
        ],
    }
    return replace(_structure("/", noeud, []), chose=f"/edition/{catalogue.edition}")


def structure_thing(iri: Iri, nom: str, description: str, adresse: str, fil: Iterable[ChoseVue]) -> Structure:
    """A concept, a vocabulary or any other thing."""
    genre = "Thing"
    if iri.startswith(str(VOC)):
        genre = "DefinedTerm" if "/" in iri.removeprefix(str(VOC)) else "DefinedTermSet"
    noeud: Noeud = {"@type": genre, "@id": iri, "name": nom, "description": description, "url": adresse}
    return _structure(adresse, noeud, [*fil, ChoseVue(nom, adresse)])


def _structure(adresse: str, noeud: Noeud, fil: Iterable[ChoseVue]) -> Structure:
    said = {cle: valeur for cle, valeur in noeud.items() if valeur not in ("", [], None)}
    places = [
        {"@type": "ListItem", "position": rang, "name": chose.nom, "item": chose.adresse}
        for rang, chose in enumerate(fil, 1)
    ]
    graphe = [said, {"@type": "BreadcrumbList", "itemListElement": places}] if places else [said]
    return Structure(adresse, {"@context": "https://schema.org", "@graph": graphe})


def _thing(iri: Iri) -> str:
    return "/id/" + quote(iri.partition("/id/")[2])


def _actors(catalogue: Catalogue, iris: Iterable[Iri]) -> list[Noeud]:
    known = (catalogue.acteurs[iri] for iri in iris if iri in catalogue.acteurs)
    return [{"@type": "Organization", "@id": a.iri, "name": a.nom} for a in known]


def _place(catalogue: Catalogue, iri: Iri | None) -> Noeud | None:
    territoire = catalogue.territoires.get(iri) if iri else None
    if territoire is None:
        return None
    genre = _LIEUX.get(territoire.niveau, "AdministrativeArea")
    return {"@type": genre, "@id": territoire.iri, "name": territoire.nom}


def _span(dates: Iterable[DatePartielle]) -> str:
    years = sorted(date.debut.year for date in dates)
    return f"{years[0]}/{years[-1]}" if years else ""
