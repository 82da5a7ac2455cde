"""Choices of the forms of the matrix and of the coverage: places, and the concepts of a vocabulary."""

from collections.abc import Iterable

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Territoire
from graph.catalogue.territoires import reference
from graph.coverage import open_index
from graph.coverage.concepts import open_concepts
from graph.texte import fold
from visualisations.pages.commun import GroupeOptions, OptionVue, find_departement, say_place
from visualisations.pages.lieux import say_kind
from visualisations.rendu import messages


def place_groups(catalogue: Catalogue, choisi: Territoire) -> tuple[GroupeOptions, ...]:
    """France, regions and departements; the intercommunalities of the departement of the place chosen."""
    groupes: dict[str, list[Territoire]] = {
        genre: [] for genre in ("national", "region", "departement", "collectivite")
    }
    for lieu in catalogue.territoires.values():
        if lieu.niveau not in ("commune", "epci") and (genre := say_kind(lieu)) in groupes:
            groupes[genre].append(lieu)
    if (departement := find_departement(catalogue, choisi)) is not None:
        inside = open_index(catalogue).lieux.contents(departement.iri).get("epci", ())
        groupes["epci"] = [lieu for lieu in inside if say_kind(lieu) == "epci"]
    if not any(choisi in lieux for lieux in groupes.values()):
        groupes[say_kind(choisi)] = [*groupes.get(say_kind(choisi), ()), choisi]
    return tuple(
        GroupeOptions(
            messages(f"choix.{genre}"),
            tuple(
                OptionVue(reference(lieu), _say(catalogue, lieu), choisi=lieu.iri == choisi.iri)
                for lieu in sorted(lieux, key=lambda lieu: (fold(lieu.nom), lieu.code))
            ),
        )
        for genre, lieux in groupes.items()
        if lieux
    )


def _say(catalogue: Catalogue, lieu: Territoire) -> str:
    nom = say_place(catalogue, lieu.iri)
    return f"{nom} ({lieu.code})" if lieu.niveau == "departement" else nom


def concept_options(catalogue: Catalogue, schema: str, choisi: Iri | None) -> tuple[OptionVue, ...]:
    """Every concept of a vocabulary, each under what is wider, in the usual order."""
    if schema in ("fonction", "stade"):
        concepts = open_concepts(catalogue)
        tops: Iterable[Iri] = concepts.fonctions if schema == "fonction" else concepts.stades
        rows = [
            catalogue.concepts[iri]
            for top in tops
            for iri in (top, *sorted(concepts.under(top)[1:], key=catalogue.libelle))
        ]
    else:
        rows = list(catalogue.concepts_de(schema))
    return tuple(
        OptionVue(c.code, c.libelle, choisi=c.iri == choisi, niveau=min(len(catalogue.elargir(c.iri)), 2))
        for c in rows
    )
