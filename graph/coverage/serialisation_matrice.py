"""Who does what in a place, as plain data and as rows: one form for the API, the files and the command."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Offre
from graph.catalogue.territoires import reference
from graph.coverage.ensembles import LigneMatrice, Part, Preuve
from graph.coverage.matrice import Matrice
from graph.coverage.modele import Portee
from graph.coverage.sujets import DIMENSIONS


def matrice_to_dict(catalogue: Catalogue, matrice: Matrice) -> dict[str, Any]:
    """Return the whole matrix, ready for JSON."""

    def concepts(iris: Iterable[Iri]) -> list[dict[str, Any]]:
        return [_concept(catalogue, iri) for iri in iris]

    return {
        "edition": catalogue.edition,
        "date": matrice.jour.isoformat(),
        "territoire": {"territoire": reference(matrice.territoire), "nom": matrice.territoire.nom},
        "demande": {
            **{nom: _code(catalogue, getattr(matrice.sujet, nom)) for nom in DIMENSIONS},
            "niveau": "proche" if matrice.proche else "tous",
        },
        "fonctions": [
            {**_concept(catalogue, iri), "acteurs": list(matrice.acteurs(iri))} for iri in matrice.colonnes
        ],
        "stades": [
            {**_concept(catalogue, iri), "acteurs": list(matrice.au_stade(iri))} for iri in matrice.stades
        ],
        "acteurs": [_line(catalogue, ligne) for ligne in matrice.lignes],
        "pour_d_autres_publics": [_line(catalogue, ligne) for ligne in matrice.pour_autres],
        "fonction_non_renseignee": [
            {**_actor(catalogue, iri), "portee": portee} for portee, iri in matrice.sans_fonction
        ],
        "ensemble": {"acteurs": [ligne.acteur for ligne in matrice.ensemble], "exact": matrice.exact},
        "recouvrements": [
            {
                "fonction": _concept(catalogue, r.fonction),
                "acteurs": list(r.acteurs),
                "stades": [
                    {**_concept(catalogue, stade), "acteurs": list(qui)} for stade, qui in r.stades.items()
                ],
                "stade_non_renseigne": list(r.stade_inconnu),
            }
            for r in matrice.recouvrements
        ],
        "sans_acteur_connu": {
            "fonctions": concepts(iri for iri in matrice.colonnes if not matrice.acteurs(iri)),
            "stades": concepts(iri for iri in matrice.stades if not matrice.au_stade(iri)),
        },
    }


def _line(catalogue: Catalogue, ligne: LigneMatrice) -> dict[str, Any]:
    return {
        **_actor(catalogue, ligne.acteur),
        "portee": ligne.portee,
        "parties": [{**_place(catalogue, part.lieu), "delimitee": part.delimitee} for part in ligne.parties],
        "fonctions": [
            {
                "colonne": _code(catalogue, colonne),
                "fonction": _code(catalogue, preuve.fonction),
                "libelle": catalogue.libelle(preuve.fonction),
                "offre": preuve.offre.iri,
                "titre": preuve.offre.titre,
                "stades": [_code(catalogue, stade) for stade in preuve.offre.stades],
                "publics": [_code(catalogue, public) for public in preuve.offre.publics_vises],
                "sources": list(_sources(catalogue, preuve.offre)),
            }
            for colonne, preuves in ligne.cellules.items()
            for preuve in preuves
        ],
        "stades": [_code(catalogue, stade) for stade in ligne.stades],
        "stade_non_renseigne": [offre.iri for offre in ligne.stade_inconnu],
    }


def _actor(catalogue: Catalogue, iri: Iri) -> dict[str, Any]:
    acteur = catalogue.acteurs[iri]
    return {"iri": iri, "slug": acteur.slug, "nom": acteur.nom, "types": list(acteur.types)}


def _place(catalogue: Catalogue, iri: Iri) -> dict[str, str]:
    lieu = catalogue.territoires.get(iri)
    return {"territoire": reference(lieu) if lieu else iri, "nom": catalogue.libelle(iri)}


def _concept(catalogue: Catalogue, iri: Iri) -> dict[str, Any]:
    return {"code": _code(catalogue, iri), "libelle": catalogue.libelle(iri)}


def _code(catalogue: Catalogue, iri: Iri | None) -> str | None:
    concept = catalogue.concepts.get(iri) if iri else None
    return concept.code if concept else None


def _sources(catalogue: Catalogue, offre: Offre) -> Iterator[dict[str, str | None]]:
    for passage, source in catalogue.source_de(offre.passages):
        yield {
            "titre": source.titre,
            "date": source.date.texte if source.date else None,
            "lieu": passage.lieu,
        }


@dataclass(frozen=True, slots=True)
class Mention:
    """One row of the table of a matrix: one function of one actor, or a function that nobody known has."""

    acteur: Iri | None
    portee: Portee | None
    colonne: Iri | None
    """None when no source says the function."""
    preuve: Preuve | None
    parties: tuple[Part, ...] = ()


def list_mentions(matrice: Matrice) -> Iterator[Mention]:
    """Yield the rows: actors, those for others than associations, those without a known function, holes."""
    for ligne in (*matrice.lignes, *matrice.pour_autres):
        for colonne in matrice.colonnes:
            for preuve in ligne.cellules.get(colonne, ()):
                yield Mention(ligne.acteur, ligne.portee, colonne, preuve, ligne.parties)
    for portee, acteur in matrice.sans_fonction:
        yield Mention(acteur, portee, None, None)
    for colonne in matrice.colonnes:
        if not matrice.acteurs(colonne):
            yield Mention(None, None, colonne, None)
