"""Networks of any size, invented and seeded: actors in communities around a few hubs, 2.5 links each."""

import random
from collections.abc import Iterator
from dataclasses import replace

from graph.catalogue import Catalogue
from graph.catalogue.modele import Acteur, Iri, Lien, Passage, Source, Territoire, TypeLien
from graph.dates import DatePartielle
from ontology.namespaces import ID, VOC
from tests.benchmarks.orientation import read_country

GRAINE = 1901
LIENS_PAR_ACTEUR = 2.5
COMMUNAUTE = 60
"""Actors of a community; most links stay in it."""
SOURCE = "https://w3id.org/maillage/source/banc"
ROLES = (
    "Association",
    "Association",
    "Association",
    "Reseau",
    "Financeur",
    "Institution",
    "Prestataire",
    "PointAppui",
)
MOTS = (
    "Solidarité", "Jeunesse", "Culture", "Sport", "Quartier", "Rural", "Enfance", "Emploi", "Santé", "Nature",
    "Théâtre", "Musique", "Aide", "Insertion", "Mémoire", "Habitat", "Loisirs", "Familles", "Mer",
)  # fmt: skip
GENRES: tuple[TypeLien, ...] = ("Adhesion", "Financement", "Partenariat", "Partenariat")
QUALITES = {
    "Adhesion": "",
    "Financement": f"{VOC}nature-financement/numeraire",
    "Partenariat": f"{VOC}role-partenaire/technique",
}


def make_departement(nombre: int) -> Catalogue:
    """A catalogue of that many actors, all in the Calvados and all linked to somebody."""
    lieux = _places(["14"])
    return _fill(lieux, [f"{ID}territoire/departement-14"] * nombre)


def make_country(nombre: int) -> Catalogue:
    """A catalogue of that many actors, spread over the departements, with links from one to another."""
    hasard = random.Random(GRAINE)
    lieux = _places(None)
    departements = sorted(iri for iri, lieu in lieux.items() if lieu.niveau == "departement")
    return _fill(lieux, sorted(hasard.choices(departements, k=nombre)))


def _places(codes: list[str] | None) -> dict[Iri, Territoire]:
    """Departements, regions and the country; the communes too would only weigh."""
    pays = {iri: lieu for iri, lieu in read_country().items() if lieu.niveau not in ("commune", "epci")}
    if codes is None:
        return pays
    gardes = {f"{ID}territoire/departement-{code}" for code in codes}
    return {
        iri: lieu
        for iri, lieu in pays.items()
        if iri in gardes or any(iri in pays[garde].ancetres for garde in gardes)
    }


def _fill(lieux: dict[Iri, Territoire], sieges: list[Iri]) -> Catalogue:
    hasard = random.Random(GRAINE)
    passages = [
        Passage(
            f"{SOURCE}#p{n}",
            SOURCE,
            f"page {n}",
            f"Phrase {n} du document, qui dit qui aide qui, et comment.",
        )
        for n in range(200)
    ]
    acteurs = [
        Acteur(
            f"{ID}acteur/a{rang}",
            f"a{rang}",
            f"{hasard.choice(MOTS)} et {hasard.choice(MOTS)} {rang}",
            types=(hasard.choice(ROLES),),
            siege=siege,
            description=f"Accompagne {hasard.choice(MOTS).lower()} et {hasard.choice(MOTS).lower()}.",
            passages=(hasard.choice(passages).iri,),
        )
        for rang, siege in enumerate(sieges)
    ]
    return Catalogue(
        edition="banc",
        sources={SOURCE: Source(SOURCE, "banc", "Document inventé", DatePartielle.parse("2026"), "Personne")},
        passages={passage.iri: passage for passage in passages},
        territoires=lieux,
        acteurs={acteur.iri: acteur for acteur in acteurs},
        liens=tuple(_link(acteurs, passages, hasard)),
    )


def _link(acteurs: list[Acteur], passages: list[Passage], hasard: random.Random) -> Iterator[Lien]:
    """Each actor to a hub of its community, then at random: two in three inside the community."""
    nombre, pairs = len(acteurs), set()
    for rang in range(int(nombre * LIENS_PAR_ACTEUR)):
        de = rang % nombre
        debut = de - de % COMMUNAUTE
        taille = min(COMMUNAUTE, nombre - debut)
        if rang < nombre:
            vers = debut + hasard.randrange(min(4, taille))
        else:
            vers = debut + hasard.randrange(taille) if hasard.random() < 2 / 3 else hasard.randrange(nombre)
        genre = hasard.choice(GENRES)
        if de == vers or (de, vers, genre) in pairs:
            continue
        pairs.add((de, vers, genre))
        lien = Lien(f"{ID}lien/l{rang}", genre, acteurs[de].iri, acteurs[vers].iri)
        yield replace(lien, qualite=QUALITES[genre] or None, passages=(hasard.choice(passages).iri,))
