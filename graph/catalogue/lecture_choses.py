"""From the properties of a thing to its object of the read model."""

from collections.abc import Mapping
from typing import Final

from graph.catalogue.fiche import Fiche
from graph.catalogue.modele import (
    ROLES,
    Acteur,
    Concept,
    Iri,
    Lien,
    Observation,
    Offre,
    Passage,
    Position,
    Source,
    TypeLien,
)
from graph.dates import DatePartielle
from ontology.namespaces import VOC

TYPES_LIEN: Final[tuple[TypeLien, ...]] = (
    "Adhesion",
    "Financement",
    "Partenariat",
    "Representation",
    "Mandat",
)


def read_source(fiche: Fiche) -> Source:
    """Read a document or file."""
    return Source(
        iri=fiche.iri,
        slug=fiche.slug,
        titre=fiche.text("title") or fiche.slug,
        date=fiche.date("issued"),
        editeur=", ".join(fiche.values("publisher")),
        url=fiche.text("source") or None,
    )


def read_passage(fiche: Fiche) -> Passage:
    """Read a place in a source."""
    return Passage(fiche.iri, fiche.text("isPartOf"), fiche.text("lieu"), fiche.text("citation") or None)


def read_concept(fiche: Fiche, anglais: Mapping[str, str]) -> Concept:
    """Read a term of a vocabulary; ``anglais`` are its English texts, by property."""
    return Concept(
        iri=fiche.iri,
        schema=fiche.iri.removeprefix(str(VOC)).split("/", 1)[0],
        code=fiche.slug,
        libelle_fr=fiche.text("prefLabel") or fiche.slug,
        definition_fr=fiche.text("definition"),
        parent=fiche.iri_or_none("broader"),
        alias=(*fiche.values("altLabel"), *fiche.values("hiddenLabel")),
        stade_suggere=fiche.iri_or_none("stadeSuggere"),
        libelle_en=anglais.get("prefLabel", ""),
        definition_en=anglais.get("definition", ""),
    )


def read_acteur(fiche: Fiche, perimetres: tuple[Iri, ...]) -> Acteur:
    """Read an organisation; ``perimetres`` are the territories of its offers and mandates."""
    alias = fiche.values("altLabel")
    sigles = tuple(nom for nom in alias if " " not in nom.strip())
    effectif = fiche.text("effectif")
    return Acteur(
        iri=fiche.iri,
        slug=fiche.slug,
        nom=fiche.text("prefLabel") or fiche.slug,
        sigles=sigles,
        autres_noms=(
            *(nom for nom in alias if nom not in sigles),
            *fiche.values("prefLabel")[1:],
            *fiche.values("hiddenLabel"),
        ),
        types=tuple(role for role in ROLES if role in fiche.types),
        siege=fiche.iri_or_none("siege"),
        perimetres=tuple(dict.fromkeys((*fiche.iris("perimetre"), *perimetres))),
        secteurs=fiche.iris("secteur"),
        stade=fiche.iri_or_none("stade"),
        effectif=int(effectif) if effectif.isdigit() else None,
        tranche=fiche.iri_or_none("trancheEffectif"),
        siret=fiche.text("siret") or None,
        rna=fiche.text("rna") or None,
        description=fiche.text("description"),
        notes=fiche.notes,
        site=fiche.text("homepage") or None,
        natures=fiche.iris("classification"),
        succede_a=fiche.iris("succedeA"),
        rattache_a=fiche.iris("unitOf"),
        position=_position(fiche),
        passages=fiche.iris("source"),
    )


def _position(fiche: Fiche) -> Position | None:
    try:
        return Position(float(fiche.text("lat")), float(fiche.text("long")))
    except ValueError:
        return None


def read_offre(fiche: Fiche, naissances: Mapping[Iri, DatePartielle]) -> Offre:
    """Read an offer, knowing when actors were created."""
    acteur = fiche.text("proposePar")
    return Offre(
        iri=fiche.iri,
        slug=fiche.slug,
        acteur=acteur,
        titre=fiche.text("title") or fiche.text("prefLabel") or fiche.slug,
        description=fiche.text("description"),
        fonctions=fiche.iris("fonction"),
        territoires=fiche.iris("couvre"),
        en_partie=fiche.iris("couvreEnPartie"),
        stades=fiche.iris("stade"),
        besoins=fiche.iris("besoin"),
        secteurs=fiche.iris("secteur"),
        mobilise_par=fiche.iris("mobilisePar"),
        temporalites=fiche.iris("temporalite"),
        modalites=fiche.iris("modalite"),
        publics=fiche.values("publicVise"),
        publics_vises=fiche.iris("public"),
        tailles=fiche.iris("taille"),
        debut=fiche.date("debut"),
        fin=fiche.date("fin"),
        naissance=naissances.get(acteur),
        notes=fiche.notes,
        passages=fiche.iris("source"),
    )


def read_lien(fiche: Fiche) -> Lien:
    """Read an n-ary link."""
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


def read_observation(fiche: Fiche) -> Observation:
    """Read a figure."""
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
