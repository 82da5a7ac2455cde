"""What the engine is compared with: itself without a criterion, and two ways that know nothing."""

from collections.abc import Iterator
from dataclasses import replace

from graph.catalogue import Catalogue
from graph.catalogue.modele import NIVEAUX, Acteur, Offre
from graph.orientation.classement import LIMITE, rank
from graph.orientation.index import IndexOffres
from graph.orientation.modele import Demande
from graph.orientation.ponderation import Ponderation, load_ponderation
from graph.texte import fold
from ontology.namespaces import VOC
from tests.evaluation.juge import Classeur


def rank_by_engine(catalogue: Catalogue, ponderation: Ponderation | None = None) -> Classeur:
    """Rank as the engine does, with the published weights or others."""
    index = IndexOffres(catalogue, ponderation or load_ponderation())
    tour = replace(catalogue, edition="evaluation-0")

    def classeur(demande: Demande) -> list[str]:
        rangs = rank(tour, index, index.find(demande), demande, LIMITE)
        return [catalogue.acteurs[rang.acteur].slug for rang in rangs]

    return classeur


def drop_each() -> Iterator[tuple[str, Ponderation]]:
    """Yield the published weights without each criterion in turn."""
    full = load_ponderation()
    for critere in full.points:
        yield critere, full.only(*(autre for autre in full.points if autre != critere))


def rank_by_nearness(catalogue: Catalogue) -> Classeur:
    """Rank every actor whose offer covers the place: nearest level first, then by the alphabet."""

    def classeur(demande: Demande) -> list[str]:
        near: dict[str, tuple[int, str, str]] = {}
        for acteur, _, niveau in _covering(catalogue, demande):
            key = (niveau, fold(acteur.nom), acteur.slug)
            near[acteur.iri] = min(key, near.get(acteur.iri, key))
        return [slug for *_, slug in sorted(near.values())][:LIMITE]

    return classeur


def rank_by_words(catalogue: Catalogue) -> Classeur:
    """Rank as a directory's search box would: words of the needs and the sector found in what is written.

    Only actors that cover the place are searched; the alphabet settles equals.
    """

    def classeur(demande: Demande) -> list[str]:
        codes = [("besoin", code) for code in demande.besoins]
        codes += [("secteur", demande.secteur)] if demande.secteur else []
        asked = _words(*(catalogue.concepts[f"{VOC}{schema}/{code}"].libelle for schema, code in codes))
        found: dict[str, set[str]] = {}
        for acteur, offre, _ in _covering(catalogue, demande):
            said = found.setdefault(acteur.iri, _words(acteur.nom, acteur.description))
            said |= _words(offre.titre, offre.description, *offre.publics)
            said |= _words(*(catalogue.concepts[iri].libelle for iri in (*offre.besoins, *offre.secteurs)))
        actors = [(-len(asked & said), catalogue.acteurs[iri]) for iri, said in found.items()]
        actors.sort(key=lambda pair: (pair[0], fold(pair[1].nom), pair[1].slug))
        return [acteur.slug for _, acteur in actors][:LIMITE]

    return classeur


def _covering(catalogue: Catalogue, demande: Demande) -> Iterator[tuple[Acteur, Offre, int]]:
    """Yield each offer that covers the place, whoever it is for, with its nearest level."""
    niveaux = {
        iri: NIVEAUX.index(catalogue.territoires[iri].niveau)
        for iri in catalogue.territoires[demande.territoire].ancetres
    }
    for offre in catalogue.offres.values():
        levels = [niveaux[iri] for iri in offre.territoires if iri in niveaux]
        if levels and offre.acteur in catalogue.acteurs:
            yield catalogue.acteurs[offre.acteur], offre, min(levels)


def _words(*textes: str) -> set[str]:
    return {mot for texte in textes for mot in fold(texte).split() if len(mot) > 3}
