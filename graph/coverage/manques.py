"""What a survey shows to be missing, what would help most people first; and what the sources leave loose."""

from dataclasses import dataclass
from datetime import date

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Lien, Offre, Territoire
from graph.coverage.lieux import open_index
from graph.coverage.releve import Releve
from graph.coverage.sujets import Sujet
from graph.texte import fold


@dataclass(frozen=True, slots=True)
class TrouSujet:
    """A subject that nobody known answers in some rows of a survey."""

    sujet: Sujet
    lignes: int
    """Rows where nobody known answers, or not everywhere."""
    a_demander: int
    """Rows among them where somebody of whom no source says may answer."""
    habitants: int
    """Known inhabitants of the communes that nobody known reaches; 0 when none is known."""


@dataclass(frozen=True, slots=True)
class TrouLieu:
    """A row of a survey where nobody known answers some subjects."""

    territoire: Territoire
    sujets: tuple[Sujet, ...]
    habitants: int
    """The most inhabitants that one of these subjects leaves unreached; 0 when none is known."""


def rank_subjects(releve: Releve) -> tuple[TrouSujet, ...]:
    """Return the subjects with holes, those that leave most people unreached first."""
    lignes, demandes = releve.trous.sum(axis=0), (releve.trous & releve.a_demander).sum(axis=0)
    habitants = releve.manquants.sum(axis=0)
    found = [
        TrouSujet(sujet, int(lignes[rang]), int(demandes[rang]), int(habitants[rang]))
        for rang, sujet in enumerate(releve.sujets)
        if lignes[rang]
    ]
    return tuple(sorted(found, key=lambda trou: (-trou.habitants, -trou.lignes)))


def rank_places(releve: Releve) -> tuple[TrouLieu, ...]:
    """Return the rows with holes; first where the people unreached, subject by subject, are most in all."""
    trous = releve.trous
    poids = releve.manquants.sum(axis=1)
    rangs = [rang for rang in range(len(releve.lignes)) if trous[rang].any()]
    rangs.sort(key=lambda rang: (-int(poids[rang]), -int(trous[rang].sum()), fold(releve.lignes[rang].nom)))
    return tuple(
        TrouLieu(
            releve.lignes[rang],
            tuple(sujet for sujet, trou in zip(releve.sujets, trous[rang].tolist(), strict=True) if trou),
            int(releve.manquants[rang].max()),
        )
        for rang in rangs
    )


@dataclass(frozen=True, slots=True)
class Relances:
    """What would make a survey truer, once asked."""

    mandats_finis: tuple[Lien, ...]
    mandats_remplaces: tuple[Lien, ...]
    """Mandates without an end whose dispositif was replaced since."""
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
        tuple(sorted(muets, key=index.rangs.__getitem__)),
        tuple(sorted(nulle_part, key=lambda offre: (index.rangs[offre.acteur], offre.iri))),
    )
