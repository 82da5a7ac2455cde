"""Feed a catalogue from an edition's store, through the published queries ``catalogue/*.rq``."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from graph.catalogue.catalogue import Catalogue
from graph.catalogue.divergences import settle
from graph.catalogue.fiche import Fiche, read_fiches
from graph.catalogue.lecture_actions import (
    liens_of_actions,
    liens_of_instances,
    read_accompagnement,
    read_etape,
    read_instance,
)
from graph.catalogue.lecture_choses import (
    read_acteur,
    read_concept,
    read_lien,
    read_observation,
    read_offre,
    read_passage,
    read_source,
)
from graph.catalogue.lecture_territoires import read_territoires
from graph.catalogue.modele import Iri
from graph.catalogue.registre import Registre
from graph.dates import DatePartielle
from graph.queries import load_requete
from graph.store import Store
from ontology.namespaces import PREFIXES, VOC


def load_catalogue(store: Store, edition: str, registre: Registre | None = None) -> Catalogue:
    """Read into memory all that an edition says, but for what registers alone say.

    Args:
        store: the edition's store.
        edition: its id.
        registre: where to read the rest when it is asked for; without it, the rest is unknown.
    """
    dits = read_fiches(store, _iris(store, load_requete("catalogue/acteurs-et-liens").texte))
    acteurs = settle(store, [fiche for fiche in dits if "Acteur" in fiche.types])
    liens = [fiche for fiche in dits if "Lien" in fiche.types]
    offres = _read(store, "mai:Offre")
    actions = _read(store, "mai:Accompagnement")
    naissances = _births(acteurs, actions)
    instances = [read_instance(fiche) for fiche in _read(store, "mai:Instance")]
    etapes = {fiche.iri: read_etape(fiche) for fiche in _read(store, "mai:Etape")}
    concepts = _read(store, "skos:Concept")
    anglais = _read_english(store)
    mandats = [fiche for fiche in liens if "Mandat" in fiche.types]
    perimetres = _perimetres(offres, mandats)
    comporte = {part: fiche.iri for fiche in actions for part in fiche.iris("comporte")}
    accompagnements = [read_accompagnement(fiche, etapes, comporte.get(fiche.iri)) for fiche in actions]
    territoires, codes_resolus = read_territoires(store)
    sources = [read_source(fiche) for fiche in _read(store, "prov:Entity")]
    return Catalogue(
        edition=edition,
        sources={source.iri: source for source in sources},
        passages={f.iri: read_passage(f) for f in _read(store, "mai:Passage")},
        concepts={
            f.iri: read_concept(f, anglais.get(f.iri, {})) for f in concepts if f.iri.startswith(str(VOC))
        },
        territoires=territoires,
        acteurs={f.iri: read_acteur(f, perimetres.get(f.iri, ())) for f in acteurs},
        offres={f.iri: read_offre(f, naissances) for f in offres if f.iri_or_none("proposePar")},
        accompagnements={action.iri: action for action in accompagnements},
        instances={instance.iri: instance for instance in instances},
        observations={f.iri: read_observation(f) for f in _read(store, "mai:Observation") if f.iris("sur")},
        liens=(
            *(read_lien(f) for f in liens if f.iri_or_none("de") and f.iri_or_none("vers")),
            *liens_of_actions(accompagnements),
            *liens_of_instances(instances),
        ),
        successeurs={old: f.iri for f in (*acteurs, *concepts) for old in f.iris("succedeA")},
        codes_resolus=codes_resolus,
        registre=registre,
    )


def _births(acteurs: Iterable[Fiche], actions: Iterable[Fiche]) -> Mapping[Iri, DatePartielle]:
    """When actors were created, at the earliest: said, or not before the action that they came of."""
    debuts = {action.iri: action.date("debut") for action in actions}
    found = {a.iri: a.date("created") or debuts.get(a.iri_or_none("wasGeneratedBy") or "") for a in acteurs}
    return {iri: quand for iri, quand in found.items() if quand}


def _read(store: Store, classe: str) -> list[Fiche]:
    """Return the things of a class with all their properties, sorted by IRI."""
    prefixe, _, nom = classe.partition(":")
    terme = ox.NamedNode(PREFIXES[prefixe] + nom)
    return read_fiches(store, _iris(store, load_requete("catalogue/choses").bind(classe=terme)))


def _read_english(store: Store) -> dict[Iri, dict[str, str]]:
    """Return the English texts of the terms of vocabularies, by property."""
    textes: dict[Iri, dict[str, str]] = defaultdict(dict)
    for ligne in store.select(load_requete("catalogue/anglais").texte):
        textes[ligne["concept"]][ligne["propriete"].rsplit("#", 1)[-1]] = ligne["texte"]
    return textes


def _iris(store: Store, requete: str) -> set[Iri]:
    return {row[0] for row in store.rows(requete) if row[0] is not None}


def _perimetres(offres: Iterable[Fiche], mandats: Iterable[Fiche]) -> Mapping[Iri, tuple[Iri, ...]]:
    places: dict[Iri, dict[Iri, None]] = defaultdict(dict)
    for offre in offres:
        for acteur in offre.iris("proposePar"):
            places[acteur] |= dict.fromkeys(offre.iris("couvre"))
    for mandat in mandats:
        for acteur in mandat.iris("de"):
            places[acteur] |= dict.fromkeys(mandat.iris("territoire"))
    return {acteur: tuple(found) for acteur, found in places.items()}
