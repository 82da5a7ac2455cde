"""« Pourquoi pas X ? »: why an actor is, or is not, in the answer, offer by offer, criterion by criterion."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from graph.catalogue import Catalogue
from graph.catalogue.modele import Acteur, Iri, Offre, Territoire
from graph.messages import messages
from graph.orientation.appariement import (
    ACCOMPAGNATEURS,
    Accord,
    find_covering,
    for_others,
    meet_sector,
    open_meeting,
    open_on,
)
from graph.orientation.classement import LIMITE, rank
from graph.orientation.index import open_index
from graph.orientation.modele import Demande
from graph.orientation.ponderation import load_ponderation
from graph.orientation.regles import judge_offer, load_regles, refused_stages
from ontology.namespaces import VOC

Verdict = Literal["oui", "inconnu", "non"]


@dataclass(frozen=True, slots=True)
class Ligne:
    """One criterion looked at: met, not known, or what keeps the offer out."""

    critere: str
    """``acces``, ``date``, ``localite``, ``stade``, ``secteur``, ``besoin``, ``eligibilite``, or what the
    sources add of the offer: ``a-verifier``."""
    verdict: Verdict
    texte: str


@dataclass(frozen=True, slots=True)
class OffreExpliquee:
    """One offer of the actor, and whether it fits the request."""

    offre: Iri
    retenue: bool
    lignes: tuple[Ligne, ...]


@dataclass(frozen=True, slots=True)
class Explication:
    """Why an actor is in the answer or is not."""

    acteur: Iri
    rang: int | None
    """Its rank among all those that fit, None when none of its offers does."""
    dans_la_liste: bool
    texte: str
    offres: tuple[OffreExpliquee, ...]


def explain_actor(catalogue: Catalogue, demande: Demande, acteur: Acteur) -> Explication:
    """Explain the place of an actor in the answer to a request."""
    index = open_index(catalogue, load_ponderation())
    ranks = rank(catalogue, index, index.find(demande), demande, None)
    rang = next((n for n, found in enumerate(ranks, start=1) if found.acteur == acteur.iri), None)
    covering = find_covering(catalogue, catalogue.territoires[demande.territoire])
    offres = tuple(
        _explain(catalogue, demande, covering, acteur, offre) for offre in catalogue.offres_de(acteur.iri)
    )
    listed = rang is not None and rang <= LIMITE
    texte = _summary(acteur, rang, offres)
    return Explication(acteur.iri, rang, listed, texte, tuple(sorted(offres, key=_nearest)))


def _nearest(explained: OffreExpliquee) -> tuple[bool, int]:
    return (not explained.retenue, sum(ligne.verdict == "non" for ligne in explained.lignes))


def _summary(acteur: Acteur, rang: int | None, offres: tuple[OffreExpliquee, ...]) -> str:
    if rang is not None:
        cle = "dans-la-liste" if rang <= LIMITE else "plus-loin"
        return messages(f"explication.{cle}", nom=acteur.nom, rang=rang, limite=LIMITE)
    if not offres:
        return messages("explication.sans-offre", nom=acteur.nom)
    nearest = min(offres, key=_nearest)
    blocking = " ".join(ligne.texte for ligne in nearest.lignes if ligne.verdict == "non")
    return messages("explication.absent", nom=acteur.nom, pourquoi=blocking)


def _explain(
    catalogue: Catalogue,
    demande: Demande,
    covering: Mapping[Iri, Territoire],
    acteur: Acteur,
    offre: Offre,
) -> OffreExpliquee:
    lines = [
        *_access(catalogue, acteur, offre),
        *_dates(demande, offre),
        _place(catalogue, demande, covering, offre),
        *_concept(catalogue, "stade", demande.stade, offre.stades),
        *_sector(catalogue, demande, offre),
        *_rules(catalogue, demande, acteur, offre),
    ]
    needs = [
        ligne for code in demande.besoins for ligne in _concept(catalogue, "besoin", code, offre.besoins)
    ]
    lines += [Ligne("a-verifier", "inconnu", note) for note in offre.notes]
    kept = all(ligne.verdict != "non" for ligne in lines)
    kept = kept and (not needs or any(ligne.verdict != "non" for ligne in needs))
    return OffreExpliquee(offre.iri, kept, (*lines, *needs))


def _access(catalogue: Catalogue, acteur: Acteur, offre: Offre) -> Iterator[Ligne]:
    if offre.mobilise_par:
        noms = ", ".join(catalogue.libelle(iri) for iri in offre.mobilise_par)
        yield Ligne("acces", "non", messages("explication.mobilise", noms=noms))
    elif acteur.types == ("Prestataire",):
        yield Ligne("acces", "non", messages("explication.prestataire"))
    if for_others(offre):
        cle = "professionnels" if ACCOMPAGNATEURS in offre.publics_vises else "personnes"
        yield Ligne("acces", "non", messages(f"explication.{cle}"))


def _dates(demande: Demande, offre: Offre) -> Iterator[Ligne]:
    if open_on(offre, demande.date):
        return
    if offre.fin is not None and offre.fin.surely_before(demande.date):
        yield Ligne("date", "non", messages("explication.terminee", date=offre.fin.en_clair))
    elif offre.au_plus_tot is not None:
        yield Ligne("date", "non", messages("explication.a-venir", date=offre.au_plus_tot.en_clair))


def _place(catalogue: Catalogue, demande: Demande, covering: Mapping[Iri, Territoire], offre: Offre) -> Ligne:
    place = next((place for iri, place in covering.items() if iri in offre.territoires), None)
    if place is not None:
        return Ligne("localite", "oui", messages(f"raison.localite-{place.niveau}", territoire=place.nom))
    noms = [catalogue.libelle(iri) for iri in offre.territoires]
    texte = messages(
        "explication.ailleurs" if noms else "explication.nulle-part",
        lieu=catalogue.libelle(demande.territoire),
        noms=", ".join(noms[:4]) + (", …" if len(noms) > 4 else ""),
    )
    return Ligne("localite", "non", texte)


def _concept(
    catalogue: Catalogue, schema: str, code: str | None, offerts: tuple[Iri, ...]
) -> Iterator[Ligne]:
    if code is None:
        return
    asked = f"{VOC}{schema}/{code}"
    yield _say_met(catalogue, schema, asked, offerts, open_meeting(catalogue)(asked, offerts))


def _sector(catalogue: Catalogue, demande: Demande, offre: Offre) -> Iterator[Ligne]:
    if demande.secteur is not None:
        asked, accord = f"{VOC}secteur/{demande.secteur}", meet_sector(catalogue, demande.secteur, offre)
        yield _say_met(catalogue, "secteur", asked, offre.secteurs, accord)
    elif offre.secteurs:
        noms = ", ".join(map(catalogue.libelle, offre.secteurs))
        yield Ligne("secteur", "inconnu", messages("raison.secteur-reserve", noms=noms))


def _say_met(
    catalogue: Catalogue, schema: str, asked: Iri, offerts: tuple[Iri, ...], accord: Accord | None
) -> Ligne:
    if accord is None:
        noms = ", ".join(catalogue.libelle(iri) for iri in offerts[:4]) + (", …" if len(offerts) > 4 else "")
        texte = messages(f"explication.{schema}", demande=catalogue.libelle(asked), noms=noms)
        return Ligne(schema, "non", texte)
    texte = messages(
        f"raison.{schema}-{accord.qualite}",
        offert=catalogue.libelle(accord.offert or asked),
        **{schema: catalogue.libelle(asked)},
    )
    return Ligne(schema, "inconnu" if accord.qualite == "inconnu" else "oui", texte)


def _rules(catalogue: Catalogue, demande: Demande, acteur: Acteur, offre: Offre) -> Iterator[Ligne]:
    refused = demande.stade in refused_stages(catalogue, load_regles(), acteur, offre)
    for condition in judge_offer(catalogue, offre, demande.stade):
        if condition.verdict == "non":
            verdict: Verdict = "non" if refused else "inconnu"
        else:
            verdict = "oui" if condition.verdict == "oui" else "inconnu"
        yield Ligne("eligibilite", verdict, condition.texte)
