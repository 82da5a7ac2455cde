"""Small JSON answers that forms and programs need: territories, vocabularies, actors."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from api.dependances import EditionCourante
from api.description import say
from graph.annuaire import Criteres, search_actors
from graph.catalogue.modele import NIVEAUX
from graph.catalogue.territoires import reference
from graph.errors import DemandeInvalideError, IntrouvableError
from visualisations.pages.lieux import say_kind, say_where
from visualisations.rendu import messages

router = APIRouter(prefix="/api", tags=["données"])

Limite = Annotated[int, Query(ge=1, le=50, description="Combien, au plus.")]


@router.get("/territoires", summary="Les territoires dont le nom ou le code commence ainsi")
def search_territoires(
    edition: EditionCourante,
    q: Annotated[str, Query(max_length=100, description="Nom sans accents, code INSEE ou postal.")] = "",
    limite: Limite = 10,
    niveau: Annotated[str | None, Query(max_length=20, description="commune, epci, departement…")] = None,
) -> dict[str, Any]:
    """Du plus probable au moins probable ; `territoire` est la référence à donner ailleurs."""
    if niveau and niveau not in NIVEAUX:
        noms = ", ".join(NIVEAUX)
        raise DemandeInvalideError("niveau", messages("parametres.niveau", valeur=niveau, noms=noms))
    catalogue = edition.catalogue
    found = catalogue.chercher_territoires(q, 60 if niveau else limite)
    kept = [place for place in found if not niveau or niveau == place.niveau][:limite]
    return {
        "territoires": [
            {
                "territoire": reference(place),
                "code": place.code,
                "nom": place.nom,
                "niveau": place.niveau,
                "genre": messages(f"territoire.genre-{say_kind(place)}"),
                "departement": next(
                    (
                        catalogue.territoires[iri].nom
                        for iri in place.ancetres
                        if catalogue.territoires[iri].niveau == "departement"
                    ),
                    None,
                ),
                "autres_noms": list(place.autres_noms),
            }
            for place in kept
        ]
    }


@router.get("/acteurs", summary="Les acteurs dont le nom ou le sigle ressemble à cela")
def search_acteurs(
    edition: EditionCourante,
    q: Annotated[str, Query(max_length=100, description="Nom, sigle ou mot.", examples=["ACEPP"])],
    limite: Limite = 10,
) -> dict[str, Any]:
    """Du nom le plus proche au moins proche ; `slug` est l’identifiant à donner ailleurs."""
    catalogue = edition.catalogue
    return {
        "acteurs": [
            {
                "slug": acteur.slug,
                "iri": acteur.iri,
                "nom": acteur.nom,
                "sigles": list(acteur.sigles),
                "types": list(acteur.types),
                "precision": say_where(catalogue, acteur),
            }
            for acteur in search_actors(catalogue, Criteres(q=q.strip())).acteurs[:limite]
        ]
    }


@router.get(
    "/vocabulaires/{schema}", summary="Les codes d’un vocabulaire, avec leur libellé", responses=say(404)
)
def read_vocabulaire(
    edition: EditionCourante,
    schema: Annotated[str, Path(description="stade, besoin, secteur, fonction…", examples=["stade"])],
) -> dict[str, Any]:
    """Les parents avant leurs enfants ; `code` est ce qui se donne ailleurs."""
    concepts = edition.catalogue.concepts_de(schema)
    if not concepts:
        raise IntrouvableError(messages("introuvable.vocabulaire"))
    return {
        "vocabulaire": schema,
        "concepts": [
            {
                "code": concept.code,
                "iri": concept.iri,
                "libelle": concept.libelle,
                "definition": concept.definition,
                "parent": concept.parent.rsplit("/", 1)[-1] if concept.parent else None,
                "autres_noms": list(concept.alias),
            }
            for concept in concepts
        ],
    }
