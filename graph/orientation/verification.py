"""What remains to be checked with an actor: what no source says, what is old, what was replaced."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri, Lien
from graph.dates import DatePartielle
from graph.messages import keep_by_language, messages
from graph.orientation.appariement import ADHERENTS, Appariement, open_meeting, open_on
from graph.orientation.garde import once_for_each
from graph.orientation.modele import Demande

_say = keep_by_language(1 << 14)(messages)
"""The same lines come back: each is written once in each language."""


def list_checks(
    catalogue: Catalogue,
    demande: Demande,
    match: Appariement,
    newest: DatePartielle | None,
    age: str,
) -> Iterator[str]:
    """Yield what to ask or look at before relying on a match."""
    if match.stade is not None and match.stade.qualite == "inconnu":
        yield _say("verifier.stade", stade=catalogue.libelle(match.stade.demande))
    unknown = [accord.demande for accord in match.besoins if accord.qualite == "inconnu"]
    names = open_names(catalogue)
    if unknown:
        yield _say("verifier.besoin", besoins=names(tuple(unknown)))
    yield from _rest(catalogue, demande, match)
    if match.secteur is not None and match.secteur.qualite == "inconnu":
        yield _say("verifier.secteur", secteur=catalogue.libelle(match.secteur.demande))
    if demande.secteur is None and match.offre.secteurs:
        yield _say("verifier.secteur-reserve", secteurs=names(match.offre.secteurs))
    if match.secteur is not None and match.secteur.qualite == "acteur":
        yield _say("verifier.secteur-acteur", secteur=catalogue.libelle(match.secteur.demande))
    if match.offre.publics_vises == (ADHERENTS,):
        yield _say("verifier.adherents")
    yield from match.offre.notes
    if newest is None:
        yield _say("verifier.source-sans-date")
    elif age != "recente":
        yield _say_old(newest)
    for mandat in dated_mandates(catalogue).get(match.offre.acteur, ()):
        dispositif = catalogue.libelle(mandat.vers)
        if mandat.fin is not None and mandat.fin.surely_before(demande.date):
            yield _say("verifier.mandat-fini", dispositif=dispositif, date=mandat.fin.en_clair)
        elif mandat.debut is not None and mandat.debut.surely_after(demande.date):
            yield _say("verifier.mandat-a-venir", dispositif=dispositif, date=mandat.debut.en_clair)
    yield from successors_of(catalogue)(match.offre.acteur)


def _rest(catalogue: Catalogue, demande: Demande, match: Appariement) -> Iterator[str]:
    """Say what the offer does not meet: by another offer of its actor, or by none that is known."""
    names, meeting = open_names(catalogue), open_meeting(catalogue)
    left = dict.fromkeys(match.besoins_restants)
    others = catalogue.offres_de(match.offre.acteur) if left else ()
    for offre in others:
        if offre.besoins and offre.iri != match.offre.iri and open_on(offre, demande.date):
            met = tuple(besoin for besoin in left if meeting(besoin, offre.besoins) is not None)
            left = dict.fromkeys(besoin for besoin in left if besoin not in met)
            if met:
                cle = "verifier.besoins-par-mission" if offre.mobilise_par else "verifier.besoins-autre-offre"
                yield _say(cle, besoins=names(met), offre=offre.titre)
    if left:
        yield _say("verifier.besoins-restants", besoins=names(tuple(left)))


@once_for_each
def dated_mandates(catalogue: Catalogue) -> Mapping[Iri, list[Lien]]:
    """Return the mandates of each actor that begin or end: what it offers may have begun or ended too."""
    found: dict[Iri, list[Lien]] = defaultdict(list)
    for lien in catalogue.liens:
        if lien.type == "Mandat" and (lien.debut is not None or lien.fin is not None):
            found[lien.de].append(lien)
    return found


@once_for_each
def successors_of(catalogue: Catalogue) -> Callable[[Iri], tuple[str, ...]]:
    """Return what to say of an actor whose dispositif, kind or self was replaced; worked out once each."""
    return keep_by_language(1 << 16)(lambda acteur: tuple(_successors(catalogue, acteur)))


def _successors(catalogue: Catalogue, acteur: Iri) -> Iterator[str]:
    carried = [
        lien.vers for lien in catalogue.liens_de(acteur) if lien.type == "Mandat" and lien.de == acteur
    ]
    known = catalogue.acteurs.get(acteur)
    for old in (acteur, *carried, *(known.natures if known else ())):
        if (new := catalogue.successeurs.get(old)) is not None:
            yield _say("verifier.successeur", ancien=catalogue.libelle(old), nouveau=catalogue.libelle(new))


@once_for_each
def open_names(catalogue: Catalogue) -> Callable[[tuple[Iri, ...]], str]:
    """Return what writes some concepts in a row; kept, within a bound."""
    return keep_by_language(1 << 14)(lambda concepts: ", ".join(map(catalogue.libelle, concepts)))


@keep_by_language(1 << 10)
def _say_old(newest: DatePartielle) -> str:
    return messages("verifier.source-ancienne", date=newest.avec_de)
