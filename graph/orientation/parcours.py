"""The path: several ways in, the DLA in subsidiarity, then the long run, with the real actors of the place.

The steps, their order and their texts are data (``parcours.toml``); this module finds who can be met
at each step, and stops at the DLA when its rule says it is not for this association yet.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from graph.catalogue.modele import NIVEAUX, Iri
from graph.messages import keep_by_language, messages
from graph.orientation.citations import load_citations, read_donnees, read_phrases
from graph.orientation.garde import once_for_each
from graph.orientation.index import Bools, Candidats, IndexOffres
from graph.orientation.modele import (
    ActeurEtape,
    Composante,
    Condition,
    Consultation,
    Demande,
    EtapeParcours,
    SourceCitee,
)
from graph.orientation.regles import find_regle
from graph.orientation.tour import Tour
from ontology.namespaces import VOC

PAR_ETAPE: Final = 3
"""Actors named at a step: more is a directory."""
EGAUX_MAX: Final = 6
"""Actors named at a step when the last ones are equals: nobody is left out by the turn alone."""
INTERNES: Final = "actions-structure"


@dataclass(frozen=True, slots=True)
class Modele:
    """A step as the data file writes it."""

    code: str
    entree: bool
    titre: str
    texte: str
    roles: frozenset[str]
    fonctions: frozenset[Iri]
    preparer: tuple[str, ...]
    pieces: tuple[str, ...]
    association: tuple[str, ...]
    attendre: tuple[str, ...]
    suites: tuple[str, ...]
    sources: tuple[SourceCitee, ...]
    regle: str = ""
    apres: str = ""
    """Step without which this one makes no sense."""
    phases: tuple[str, ...] = ()
    stades: tuple[str, ...] = ()
    """Stages at which the step is worth showing; any when there is neither stage nor need."""
    besoins: tuple[str, ...] = ()
    composantes: bool = False
    prestataires: bool = False

    def suits(self, demande: Demande) -> bool:
        """Tell whether the step is for such a request."""
        if not self.stades and not self.besoins:
            return True
        return demande.stade in self.stades or bool(set(self.besoins) & set(demande.besoins))


def trace(
    index: IndexOffres,
    demande: Demande,
    candidats: Candidats,
    prestataires: Sequence[Consultation],
) -> tuple[EtapeParcours, ...]:
    """Trace the path of a request.

    Args:
        index: the offers of the edition.
        demande: the request.
        candidats: the offers that fit it, needs included.
        prestataires: consultants the DLA could consult.
    """
    found = _Rencontres(index, demande, candidats)
    conditions = {m.code: find_regle(m.regle).judge(demande.stade) for m in load_modeles() if m.regle}
    closed = {
        code for code, said in conditions.items() if said.verdict == "non" and find_regle(said.regle).ferme
    }
    kept = [m for m in load_modeles() if m.suits(demande) and m.apres not in closed]
    met = {m.code: () if m.code in closed else _who(m, found, prestataires) for m in kept}
    codes = {m.code for m in kept}
    return tuple(
        EtapeParcours(
            code=m.code,
            titre=m.titre,
            texte=m.texte,
            entree=m.entree,
            acteurs=met[m.code],
            condition=_printed(conditions.get(m.code)),
            phases=m.phases,
            composantes=tuple(_components(met, m, prestataires)) if m.composantes else (),
            preparer=m.preparer,
            pieces=m.pieces,
            association=m.association,
            attendre=m.attendre,
            suites=() if m.code in closed else tuple(code for code in m.suites if code in codes),
            sources=m.sources,
            a_verifier=tuple(_checks(m, met[m.code], m.code in closed)),
        )
        for m in kept
    )


def _printed(condition: Condition | None) -> Condition | None:
    return condition if condition and condition.texte else None


def _who(m: Modele, found: "_Rencontres", prestataires: Sequence[Consultation]) -> tuple[ActeurEtape, ...]:
    if m.prestataires:
        return tuple(
            ActeurEtape(p.acteur, p.offres[0] if p.offres else None, None, True) for p in prestataires
        )
    return tuple(found.at(m.code)) if m.fonctions else ()


def _checks(m: Modele, acteurs: tuple[ActeurEtape, ...], closed: bool) -> Iterator[str]:
    if closed or m.composantes:
        return
    if m.prestataires and len(acteurs) < 2:
        yield messages("verifier.un-seul-prestataire" if acteurs else "verifier.aucun-prestataire")
    elif not acteurs:
        yield messages("verifier.etape-sans-acteur")


def _components(
    met: dict[str, tuple[ActeurEtape, ...]],
    m: Modele,
    prestataires: Sequence[Consultation],
) -> Iterator[Composante]:
    """Yield the four components of a plan, in the order of the vocabulary, with who brings each."""
    around = [a.acteur for code in ("point-appui", "reseau", "premier-emploi") for a in met.get(code, ())]
    who = {
        "ingenieries": [p.acteur for p in prestataires],
        "ressources-territoire": around,
        "expertise-interne-dla": [a.acteur for a in met.get("dla", ())],
    }
    for code in ("ingenieries", "ressources-territoire", "expertise-interne-dla", INTERNES):
        textes = m.association if code == INTERNES else ()
        yield Composante(code, tuple(dict.fromkeys(who.get(code, ()))), textes)


class _Rencontres:
    """Who can be met at each step: any need is welcome there, those known for the needs asked come first."""

    def __init__(self, index: IndexOffres, demande: Demande, candidats: Candidats) -> None:
        self._index = index
        self._tour = Tour(index.catalogue.edition, demande, index.offres)
        self._wide = index.find(replace(demande, besoins=())) if demande.besoins else candidats
        fit = np.zeros(len(index.offres), dtype=bool)
        asked = bool(demande.besoins or demande.secteur)
        fit[candidats.ids[candidats.competents]] = asked
        self._fit = fit
        self._steps = _offers_by_step(index)

    def at(self, code: str) -> Iterator[ActeurEtape]:
        """Yield the first actors of a step, one offer each, and those who equal the last of them."""
        wide, index = self._wide, self._index
        places = np.flatnonzero(self._steps[code][wide.ids])
        seen: set[int] = set()
        last: tuple[bool, bool, float] | None = None
        for place in sorted(places.tolist(), key=lambda p: (*self._merit(p), self._tour(int(wide.ids[p])))):
            offre = int(wide.ids[place])
            acteur = int(index.acteur_of[offre])
            if acteur in seen:
                continue
            if len(seen) >= EGAUX_MAX or (len(seen) >= PAR_ETAPE and self._merit(place) != last):
                return
            seen.add(acteur)
            last = self._merit(place)
            yield ActeurEtape(
                index.acteurs[acteur],
                index.offres[offre].iri,
                NIVEAUX[wide.niveaux[place]],
                bool(self._fit[offre]),
            )

    def _merit(self, place: int) -> tuple[bool, bool, float]:
        wide = self._wide
        return (not self._fit[wide.ids[place]], not wide.competents[place], -float(wide.scores[place]))


@once_for_each
def _offers_by_step(index: IndexOffres) -> dict[str, Bools]:
    """Tell, for each step, which offers of the index serve it."""
    catalogue, offres = index.catalogue, index.offres
    chains = {f: frozenset((f, *catalogue.elargir(f))) for offre in offres for f in offre.fonctions}
    roles = {offre.acteur: frozenset(catalogue.acteurs[offre.acteur].types) for offre in offres}

    def serves(m: Modele, fonctions: Iterable[Iri], acteur: Iri) -> bool:
        if m.roles and not m.roles & roles[acteur]:
            return False
        return any(m.fonctions & chains[fonction] for fonction in fonctions)

    return {
        m.code: np.array([serves(m, offre.fonctions, offre.acteur) for offre in offres], dtype=bool)
        for m in load_modeles()
    }


@keep_by_language()
def load_modeles() -> tuple[Modele, ...]:
    """Read the published steps, in the current language."""
    phrases = read_phrases("parcours")
    return tuple(
        _read(table | phrases.get(table["code"], {})) for table in read_donnees("parcours")["etapes"]
    )


def _read(table: dict[str, Any]) -> Modele:
    lists: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    lists["roles"] = frozenset(table["roles"])
    lists["fonctions"] = frozenset(f"{VOC}fonction/{code}" for code in table["fonctions"])
    lists["sources"] = tuple(load_citations()[key] for key in lists.pop("citations"))
    return Modele(**lists)
