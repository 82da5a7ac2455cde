"""What remains to be checked with an actor: what no source says, what is old, what ended or was replaced."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Lien
from graph.dates import DatePartielle
from graph.messages import LANGUES, langue_courante, messages
from graph.orientation.appariement import ADHERENTS, Appariement, open_meeting, open_on
from graph.orientation.garde import once_for_each
from graph.orientation.modele import Demande


class Verificateur:
    """Says what to ask or look at before relying on a match.

    The same lines come back from one request to the next: each is written once, and kept within a bound;
    so one serves one language.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._libelle = lru_cache(1 << 14)(catalogue.libelle)
        self._say = lru_cache(1 << 14)(messages)
        self._names = lru_cache(1 << 14)(self._write_names)
        self._old = lru_cache(1 << 10)(self._say_old)
        self._successors = lru_cache(1 << 16)(self._list_successors)
        self._mandats = _dated_mandates(catalogue)
        self._meeting = open_meeting(catalogue)

    def list_checks(
        self, demande: Demande, match: Appariement, newest: DatePartielle | None, age: str
    ) -> tuple[str, ...]:
        """Return the checks of a match, whose newest source has a date and an age."""
        said: list[str] = []
        if match.stade is not None and match.stade.qualite == "inconnu":
            said.append(self._say("verifier.stade", stade=self._libelle(match.stade.demande)))
        unknown = tuple(accord.demande for accord in match.besoins if accord.qualite == "inconnu")
        if unknown:
            said.append(self._say("verifier.besoin", besoins=self._names(unknown)))
        if match.besoins_restants:
            said += self._rest(demande, match)
        if match.secteur is not None and match.secteur.qualite in ("inconnu", "acteur"):
            cle = "verifier.secteur" if match.secteur.qualite == "inconnu" else "verifier.secteur-acteur"
            said.append(self._say(cle, secteur=self._libelle(match.secteur.demande)))
        if demande.secteur is None and match.offre.secteurs:
            said.append(self._say("verifier.secteur-reserve", secteurs=self._names(match.offre.secteurs)))
        if match.offre.publics_vises == (ADHERENTS,):
            said.append(self._say("verifier.adherents"))
        said += match.offre.notes
        if newest is None:
            said.append(self._say("verifier.source-sans-date"))
        elif age != "recente":
            said.append(self._old(newest))
        if (mandats := self._mandats.get(match.offre.acteur)) is not None:
            said += self._mandates(demande, mandats)
        said += self._successors(match.offre.acteur)
        return tuple(said)

    def _rest(self, demande: Demande, match: Appariement) -> Iterator[str]:
        """Say what the offer does not meet: by another offer of its actor, or by none that is known."""
        left = match.besoins_restants
        offres = self._catalogue.offres_de(match.offre.acteur)
        for offre in offres if len(offres) > 1 else ():
            if not left or not offre.besoins or offre is match.offre or not open_on(offre, demande.date):
                continue
            met = tuple(besoin for besoin in left if self._meeting(besoin, offre.besoins) is not None)
            left = tuple(besoin for besoin in left if besoin not in met)
            if met:
                cle = "verifier.besoins-par-mission" if offre.mobilise_par else "verifier.besoins-autre-offre"
                yield self._say(cle, besoins=self._names(met), offre=offre.titre)
        if left:
            yield self._say("verifier.besoins-restants", besoins=self._names(left))

    def _mandates(self, demande: Demande, mandats: list[Lien]) -> Iterator[str]:
        for mandat in mandats:
            dispositif = self._libelle(mandat.vers)
            if mandat.fin is not None and mandat.fin.surely_before(demande.date):
                yield self._say("verifier.mandat-fini", dispositif=dispositif, date=mandat.fin.en_clair)
            elif mandat.debut is not None and mandat.debut.surely_after(demande.date):
                yield self._say("verifier.mandat-a-venir", dispositif=dispositif, date=mandat.debut.en_clair)

    def _write_names(self, concepts: tuple[Iri, ...]) -> str:
        return ", ".join(map(self._catalogue.libelle, concepts))

    def _say_old(self, newest: DatePartielle) -> str:
        return messages("verifier.source-ancienne", date=newest.avec_de)

    def _list_successors(self, acteur: Iri) -> tuple[str, ...]:
        """Say what replaced an actor, its kind, or a dispositif it carries."""
        catalogue = self._catalogue
        liens = catalogue.liens_de(acteur)
        carried = [lien.vers for lien in liens if lien.type == "Mandat" and lien.de == acteur]
        known = catalogue.acteurs.get(acteur)
        replaced = (
            (old, catalogue.successeurs.get(old))
            for old in (acteur, *carried, *(known.natures if known else ()))
        )
        return tuple(
            messages("verifier.successeur", ancien=catalogue.libelle(old), nouveau=catalogue.libelle(new))
            for old, new in replaced
            if new is not None
        )


def _dated_mandates(catalogue: Catalogue) -> Mapping[Iri, list[Lien]]:
    """Return the mandates of each actor that begin or end: what it offers may have begun or ended too."""
    found: dict[Iri, list[Lien]] = defaultdict(list)
    for lien in catalogue.liens:
        if lien.type == "Mandat" and (lien.debut is not None or lien.fin is not None):
            found[lien.de].append(lien)
    return dict(found)


@once_for_each
def _open(catalogue: Catalogue) -> Mapping[str, Verificateur]:
    return {langue: Verificateur(catalogue) for langue in LANGUES}


def open_verificateur(catalogue: Catalogue) -> Verificateur:
    """Return what checks the offers of a catalogue in the current language; made once for each."""
    return _open(catalogue)[langue_courante.get()]
