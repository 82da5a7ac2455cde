"""Feed a catalogue from an edition's store, through the published queries ``catalogue/*.rq``."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import pyoxigraph as ox

from graph.catalogue.catalogue import Catalogue
from graph.catalogue.fiche import Fiche
from graph.catalogue.lecture_actions import (
    liens_of_actions,
    liens_of_instances,
    read_accompagnement,
    read_etape,
    read_instance,
)
from graph.catalogue.lecture_territoires import read_territoires
from graph.catalogue.modele import (
    ROLES,
    Acteur,
    Concept,
    Iri,
    Lien,
    Observation,
    Offre,
    Passage,
    Source,
    TypeLien,
)
from graph.queries import load_requete
from graph.store import Store
from ontology.namespaces import PREFIXES, VOC

TYPES_LIEN: Final[tuple[TypeLien, ...]] = (
    "Adhesion",
    "Financement",
    "Partenariat",
    "Representation",
    "Mandat",
)


def load_catalogue(store: Store, edition: str) -> Catalogue:
    """Read a whole edition into memory."""
    acteurs = _read(store, "mai:Acteur")
    offres = _read(store, "mai:Offre")
    liens = _read(store, "mai:Lien")
    actions = _read(store, "mai:Accompagnement")
    instances = [read_instance(fiche) for fiche in _read(store, "mai:Instance")]
    etapes = {fiche.iri: read_etape(fiche) for fiche in _read(store, "mai:Etape")}
    concepts = _read(store, "skos:Concept")
    mandats = [fiche for fiche in liens if "Mandat" in fiche.types]
    perimetres = _perimetres(offres, mandats)
    comporte = {part: fiche.iri for fiche in actions for part in fiche.iris("comporte")}
    accompagnements = [read_accompagnement(fiche, etapes, comporte.get(fiche.iri)) for fiche in actions]
    territoires, codes_resolus = read_territoires(store)
    sources = [_source(fiche) for fiche in _read(store, "prov:Entity")]
    return Catalogue(
        edition=edition,
        sources={source.iri: source for source in sources},
        passages={f.iri: _passage(f) for f in _read(store, "mai:Passage")},
        concepts={f.iri: _concept(f) for f in concepts if f.iri.startswith(str(VOC))},
        territoires=territoires,
        acteurs={f.iri: _acteur(f, perimetres.get(f.iri, ())) for f in acteurs},
        offres={f.iri: _offre(f) for f in offres if f.iri_or_none("proposePar")},
        accompagnements={action.iri: action for action in accompagnements},
        instances={instance.iri: instance for instance in instances},
        observations={f.iri: _observation(f) for f in _read(store, "mai:Observation") if f.iris("sur")},
        liens=(
            *(_lien(f) for f in liens if f.iri_or_none("de") and f.iri_or_none("vers")),
            *liens_of_actions(accompagnements),
            *liens_of_instances(instances),
        ),
        successeurs={old: f.iri for f in (*acteurs, *concepts) for old in f.iris("succedeA")},
        codes_resolus=codes_resolus,
    )


def _read(store: Store, classe: str) -> list[Fiche]:
    """Return the things of a class with all their properties, sorted by IRI."""
    prefixe, _, nom = classe.partition(":")
    terme = ox.NamedNode(PREFIXES[prefixe] + nom)
    proprietes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for ligne in store.select(load_requete("catalogue/proprietes").bind(classe=terme)):
        if "valeur" in ligne and "sujet" in ligne:
            propriete = ligne["propriete"].replace("#", "/").rsplit("/", 1)[-1]
            proprietes[ligne["sujet"]][propriete].append(ligne["valeur"])
    return [Fiche(iri, {p: sorted(v) for p, v in proprietes[iri].items()}) for iri in sorted(proprietes)]


def _perimetres(offres: Iterable[Fiche], mandats: Iterable[Fiche]) -> Mapping[Iri, tuple[Iri, ...]]:
    places: dict[Iri, dict[Iri, None]] = defaultdict(dict)
    for offre in offres:
        for acteur in offre.iris("proposePar"):
            places[acteur] |= dict.fromkeys(offre.iris("couvre"))
    for mandat in mandats:
        for acteur in mandat.iris("de"):
            places[acteur] |= dict.fromkeys(mandat.iris("territoire"))
    return {acteur: tuple(found) for acteur, found in places.items()}


def _source(fiche: Fiche) -> Source:
    return Source(
        iri=fiche.iri,
        slug=fiche.slug,
        titre=fiche.text("title") or fiche.slug,
        date=fiche.date("issued"),
        editeur=", ".join(fiche.values("publisher")),
        url=fiche.text("source") or None,
    )


def _passage(fiche: Fiche) -> Passage:
    return Passage(fiche.iri, fiche.text("isPartOf"), fiche.text("lieu"), fiche.text("citation") or None)


def _concept(fiche: Fiche) -> Concept:
    return Concept(
        iri=fiche.iri,
        schema=fiche.iri.removeprefix(str(VOC)).split("/", 1)[0],
        code=fiche.slug,
        libelle=fiche.text("prefLabel") or fiche.slug,
        definition=fiche.text("definition"),
        parent=fiche.iri_or_none("broader"),
        alias=(*fiche.values("altLabel"), *fiche.values("hiddenLabel")),
    )


def _acteur(fiche: Fiche, perimetres: tuple[Iri, ...]) -> Acteur:
    alias = fiche.values("altLabel")
    sigles = tuple(nom for nom in alias if " " not in nom.strip())
    effectif = fiche.text("effectif")
    return Acteur(
        iri=fiche.iri,
        slug=fiche.slug,
        nom=fiche.text("prefLabel") or fiche.slug,
        sigles=sigles,
        autres_noms=(*(nom for nom in alias if nom not in sigles), *fiche.values("hiddenLabel")),
        types=tuple(role for role in ROLES if role in fiche.types),
        siege=fiche.iri_or_none("siege"),
        perimetres=tuple(dict.fromkeys((*fiche.iris("perimetre"), *perimetres))),
        secteurs=fiche.iris("secteur"),
        stade=fiche.iri_or_none("stade"),
        effectif=int(effectif) if effectif.isdigit() else None,
        siret=fiche.text("siret") or None,
        rna=fiche.text("rna") or None,
        description=fiche.text("description"),
        notes=fiche.notes,
        site=fiche.text("homepage") or None,
        natures=fiche.iris("classification"),
        succede_a=fiche.iris("succedeA"),
        rattache_a=fiche.iris("unitOf"),
        passages=fiche.iris("source"),
    )


def _offre(fiche: Fiche) -> Offre:
    return Offre(
        iri=fiche.iri,
        slug=fiche.slug,
        acteur=fiche.text("proposePar"),
        titre=fiche.text("title") or fiche.text("prefLabel") or fiche.slug,
        description=fiche.text("description"),
        fonctions=fiche.iris("fonction"),
        territoires=fiche.iris("couvre"),
        stades=fiche.iris("stade"),
        besoins=fiche.iris("besoin"),
        secteurs=fiche.iris("secteur"),
        mobilise_par=fiche.iris("mobilisePar"),
        temporalites=fiche.iris("temporalite"),
        modalites=fiche.iris("modalite"),
        publics=fiche.values("publicVise"),
        publics_vises=fiche.iris("public"),
        debut=fiche.date("debut"),
        fin=fiche.date("fin"),
        notes=fiche.notes,
        passages=fiche.iris("source"),
    )


def _lien(fiche: Fiche) -> Lien:
    fleche = fiche.text("fleche")
    return Lien(
        iri=fiche.iri,
        type=next((kind for kind in TYPES_LIEN if kind in fiche.types), "Partenariat"),
        de=fiche.text("de"),
        vers=fiche.text("vers"),
        qualite=fiche.iri_or_none("role") or fiche.iri_or_none("nature"),
        titre=fiche.text("title") or fiche.text("description"),
        debut=fiche.date("debut"),
        fin=fiche.date("fin"),
        montant=fiche.text("montant") or None,
        fleche=fleche == "true" if fleche else None,
        territoires=fiche.iris("territoire"),
        notes=fiche.notes,
        passages=fiche.iris("source"),
    )


def _observation(fiche: Fiche) -> Observation:
    return Observation(
        iri=fiche.iri,
        sur=fiche.text("sur"),
        indicateur=fiche.text("indicateur"),
        valeur=fiche.text("valeur"),
        unite=fiche.text("unite"),
        date=fiche.date("date"),
        territoire=fiche.iri_or_none("territoire"),
        notes=fiche.notes,
        passages=fiche.iris("source"),
    )
