"""What a survey shows to be missing, what would help most people first; and what the sources leave loose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Lien, Offre, Territoire
from graph.coverage.concepts import open_concepts
from graph.coverage.lieux import open_index
from graph.coverage.releve import STATUTS, Releve, find_holes
from graph.coverage.sujets import Sujet, split
from graph.texte import fold


@dataclass(frozen=True, slots=True)
class TrouSujet:
    """A subject that nobody known answers in some rows of a survey."""

    sujet: Sujet
    lignes: int
    """Rows where nobody known answers, and nobody is to be asked."""
    a_demander: int
    """Other rows where nobody is said to answer, and somebody of whom no source says may."""
    en_partie: int
    """Other rows where somebody answers in a part only."""
    habitants: int
    """Known inhabitants of the rows where nobody known answers; 0 when none is known."""


@dataclass(frozen=True, slots=True)
class TrouLieu:
    """A row of a survey where nobody known answers some subjects."""

    territoire: Territoire
    sujets: tuple[Sujet, ...]
    habitants: int
    """The most inhabitants that one of these subjects leaves unreached; 0 when none is known."""


def rank_subjects(releve: Releve) -> tuple[TrouSujet, ...]:
    """Return the subjects with holes, those that leave most people unreached first."""
    personne, trous = releve.statuts == STATUTS.index("personne"), releve.trous
    lignes, demandes = trous.sum(axis=0), (personne & releve.a_demander).sum(axis=0)
    parties = (releve.statuts == STATUTS.index("partie")).sum(axis=0)
    habitants = np.where(trous, releve.manquants, 0).sum(axis=0)
    found = [
        TrouSujet(sujet, int(lignes[n]), int(demandes[n]), int(parties[n]), int(habitants[n]))
        for n, sujet in enumerate(releve.sujets)
        if lignes[n]
    ]
    return tuple(sorted(found, key=lambda trou: (-trou.habitants, -trou.lignes)))


def rank_places(releve: Releve) -> tuple[TrouLieu, ...]:
    """Return the rows with holes, by figures that are shown: people left by one subject, then subjects."""
    trous = releve.trous
    habitants = np.where(trous, releve.manquants, 0).max(axis=1, initial=0)
    rangs = np.flatnonzero(trous.any(axis=1)).tolist()
    rangs.sort(
        key=lambda rang: (-int(habitants[rang]), -int(trous[rang].sum()), fold(releve.lignes[rang].nom))
    )
    return tuple(
        TrouLieu(
            releve.lignes[rang],
            tuple(sujet for sujet, trou in zip(releve.sujets, trous[rang].tolist(), strict=True) if trou),
            int(habitants[rang]),
        )
        for rang in rangs
    )


def list_crossings(catalogue: Catalogue) -> tuple[Sujet, ...]:
    """Return every stage with every top need: what the holes of a place are counted among."""
    besoins = split(catalogue, Sujet(), "besoin")
    return tuple(Sujet(stade=s, besoin=b) for s in open_concepts(catalogue).stades for b in besoins)


def count_holes(catalogue: Catalogue, places: Sequence[Territoire], jour: date) -> dict[Iri, int]:
    """Count the crossings of a stage and a need that nobody known answers in a place.

    Args:
        catalogue: the edition.
        places: departements, or wider.
        jour: day on which offers must hold.
    """
    nombres = find_holes(catalogue, places, list_crossings(catalogue), jour).sum(axis=1).tolist()
    return {place.iri: nombre for place, nombre in zip(places, nombres, strict=True)}


@dataclass(frozen=True, slots=True)
class Relances:
    """What would make a survey truer, once asked."""

    mandats_finis: tuple[Lien, ...]
    mandats_remplaces: tuple[Lien, ...]
    """Mandates without an end whose dispositif was replaced since."""
    mandats_sans_date: tuple[Lien, ...]
    """Other mandates of which no source says when they began nor when they end."""
    sans_offre: tuple[Iri, ...]
    """Actors of the place, or who act there, of whom no source says what they offer; by name."""
    sans_lieu: tuple[Offre, ...]
    """Offers of which no source says where, of actors of the place."""


def find_loose_ends(catalogue: Catalogue, territoire: Territoire, jour: date) -> Relances:
    """Return what the sources leave loose in a place; in France, everything."""
    index, iri = open_index(catalogue), territoire.iri
    tout = territoire.niveau == "national"
    mandats = {found.chose.iri: found.chose for found in index.mandats.inside(iri)}
    finis = {cle for cle, lien in mandats.items() if lien.fin is not None and lien.fin.surely_before(jour)}
    sans_date = {cle for cle, lien in mandats.items() if lien.debut is None and lien.fin is None}
    remplaces = {cle for cle, lien in mandats.items() if lien.vers in catalogue.successeurs} - finis
    ici = {found.chose for found in index.sieges.inside(iri)}
    ici |= {found.chose.iri for found in index.perimetres.inside(iri)}
    acteurs = catalogue.acteurs.keys() if tout else ici
    muets = [acteur for acteur in acteurs if not catalogue.offres_de(acteur)]
    gardes = catalogue.acteurs.keys() & acteurs
    nulle_part = [o for o in catalogue.offres.values() if not o.territoires and o.acteur in gardes]

    def by_name(lien: Lien) -> tuple[str, str, Iri]:
        return fold(catalogue.libelle(lien.vers)), fold(catalogue.libelle(lien.de)), lien.iri

    return Relances(
        tuple(sorted((mandats[cle] for cle in finis), key=by_name)),
        tuple(sorted((mandats[cle] for cle in remplaces), key=by_name)),
        tuple(sorted((mandats[cle] for cle in sans_date - remplaces), key=by_name)),
        tuple(sorted(muets, key=index.rangs.__getitem__)),
        tuple(sorted(nulle_part, key=lambda offre: (index.rangs[offre.acteur], offre.iri))),
    )
