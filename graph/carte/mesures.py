"""The value of each place for a measure: None where nothing lets anyone say, which is not zero.

Zero means that the edition knows of none. Money that registers publish is never complete, so a place of
which nothing is published is unknown; so is a rate where no register tells the employing associations.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from graph.accompaniments import find_period
from graph.annuaire import Criteres as CriteresAnnuaire
from graph.annuaire import search_actors
from graph.carte.demande import Criteres
from graph.catalogue import Catalogue
from graph.catalogue.comptes import Recu
from graph.catalogue.modele import Iri, Offre, Territoire
from graph.coverage import open_index
from graph.coverage.lieux import Localise, Repartition, T
from graph.coverage.manques import count_holes
from graph.orientation.appariement import for_others

Valeurs = dict[Iri, float | None]
Periode = tuple[date, date]


def measure(catalogue: Catalogue, criteres: Criteres, zones: Iterable[Territoire], jour: date) -> Valeurs:
    """Return the value of each place.

    Args:
        catalogue: the edition.
        criteres: what is asked.
        zones: departements or regions.
        jour: day on which things must hold when no year is asked.
    """
    zones = list(zones)
    count = {
        "acteurs": _count_acteurs,
        "associations": _count_associations,
        "offres": _count_offres,
        "accompagnements": _count_actions,
        "subventions": _count_recus,
        "montants": _count_recus,
        "trous": _count_trous,
    }[criteres.mesure]
    valeurs = count(catalogue, criteres, zones, criteres.periode(jour))
    if catalogue.departements:
        kept = {zone.iri for zone in zones if _departements(catalogue, zone) & set(catalogue.departements)}
        valeurs = {iri: valeur if iri in kept else None for iri, valeur in valeurs.items()}
    if not criteres.rapport:
        return valeurs
    employeuses = count_employeuses(catalogue, zones)
    return {iri: _rate(valeur, employeuses[iri]) for iri, valeur in valeurs.items()}


def count_employeuses(catalogue: Catalogue, zones: Iterable[Territoire]) -> dict[Iri, int | None]:
    """Return how many employing associations registers know in each place, None where they tell of none."""
    by_departement = catalogue.comptes.employeuses
    return {
        zone.iri: sum(by_departement.get(iri, 0) for iri in _parts(catalogue, zone)) or None for zone in zones
    }


def _rate(valeur: float | None, employeuses: int | None) -> float | None:
    return None if valeur is None or not employeuses else round(1000 * valeur / employeuses, 2)


def _reader(repartition: Repartition[T], criteres: Criteres) -> Callable[[Iri], list[Localise[T]]]:
    return repartition.touching if criteres.portee == "toutes" else repartition.inside


def _holds(offre: Offre, periode: Periode) -> bool:
    """Tell whether an offer may have held in a period, for an association itself; undated ones may."""
    ended = offre.fin is not None and offre.fin.surely_before(periode[0])
    to_come = offre.au_plus_tot is not None and offre.au_plus_tot.surely_after(periode[1])
    return not ended and not to_come and not for_others(offre)


def _count_acteurs(
    catalogue: Catalogue, criteres: Criteres, zones: list[Territoire], periode: Periode
) -> Valeurs:
    """Who acts there: by an offer that holds, or by a perimeter that no offer nor past mandate explains."""
    index, acteurs = open_index(catalogue), catalogue.acteurs
    offres, perimetres = _reader(index.offres, criteres), _reader(index.perimetres, criteres)
    ended = {
        (lien.de, lieu)
        for lien in catalogue.liens
        if lien.type == "Mandat" and lien.fin is not None and lien.fin.surely_before(periode[0])
        for lieu in lien.territoires
    }

    # Told once for all: an offer of the whole country is met again in each place.
    held = {offre.iri for offre in catalogue.offres.values() if _holds(offre, periode)}
    wanted = {iri for iri, a in acteurs.items() if not criteres.role or criteres.role in a.types}

    def count(zone: Iri) -> int:
        found = {offre.chose.acteur for offre in offres(zone) if offre.chose.iri in held}
        found |= {p.chose.iri for p in perimetres(zone) if (p.chose.iri, p.lieu) not in ended}
        return len(found & wanted)

    return {zone.iri: count(zone.iri) for zone in zones}


def _count_offres(
    catalogue: Catalogue, criteres: Criteres, zones: list[Territoire], periode: Periode
) -> Valeurs:
    offres = _reader(open_index(catalogue).offres, criteres)
    keep = make_filter(catalogue, criteres, periode)
    kept = {offre.iri for offre in catalogue.offres.values() if keep(offre)}
    return {zone.iri: len(kept & {o.chose.iri for o in offres(zone.iri)}) for zone in zones}


def make_filter(catalogue: Catalogue, criteres: Criteres, periode: Periode) -> Callable[[Offre], bool]:
    """Return what tells whether an offer is among those asked for: its function, its dates."""
    asked = catalogue.concept("fonction", criteres.fonction) if criteres.fonction else None
    wanted = {
        concept.iri
        for concept in catalogue.concepts_de("fonction")
        if asked is None or asked.iri in (concept.iri, *catalogue.elargir(concept.iri))
    }

    def kept(offre: Offre) -> bool:
        return _holds(offre, periode) and (asked is None or not wanted.isdisjoint(offre.fonctions))

    return kept


def _count_actions(
    catalogue: Catalogue, criteres: Criteres, zones: list[Territoire], periode: Periode
) -> Valeurs:
    actions = _reader(open_index(catalogue).actions, criteres)

    def kept(iri: Iri) -> bool:
        dates = find_period(catalogue.accompagnements[iri])
        return criteres.annee is None or (
            dates is not None and dates[0] <= periode[1] and periode[0] <= dates[1]
        )

    return {zone.iri: len({a.chose for a in actions(zone.iri) if kept(a.chose)}) for zone in zones}


def _count_recus(
    catalogue: Catalogue, criteres: Criteres, zones: list[Territoire], periode: Periode
) -> Valeurs:
    recus = sum_recus(catalogue, criteres.annee)

    def value(zone: Territoire) -> float | None:
        total = Recu()
        for iri in _parts(catalogue, zone):
            total = total.plus(recus.get(iri, Recu()))
        if criteres.mesure == "montants":
            return round(total.euros, 2) if total.chiffres else None
        return total.nombre or None

    return {zone.iri: value(zone) for zone in zones}


def sum_recus(catalogue: Catalogue, annee: int | None) -> Mapping[Iri, Recu]:
    """Return the funding received by departement, in one year or ever; ``""`` where the seat is unknown."""
    totals: dict[Iri, Recu] = {}
    for (departement, quand), recu in catalogue.comptes.recus.items():
        if annee is None or quand == str(annee):
            totals[departement] = totals.get(departement, Recu()).plus(recu)
    return totals


def _count_associations(
    catalogue: Catalogue, criteres: Criteres, zones: list[Territoire], periode: Periode
) -> Valeurs:
    facettes = search_actors(catalogue, CriteresAnnuaire(type="Association")).facettes["territoire"]
    found = {facette.valeur: facette.nombre for facette in facettes}
    return {zone.iri: found.get(zone.iri, 0) for zone in zones}


def _count_trous(
    catalogue: Catalogue, criteres: Criteres, zones: list[Territoire], periode: Periode
) -> Valeurs:
    return {**count_holes(catalogue, zones, periode[1])}


def _parts(catalogue: Catalogue, zone: Territoire) -> list[Iri]:
    """Return the departements of a place: itself when it is one."""
    inside = open_index(catalogue).lieux.contents(zone.iri).get("departement", ())
    return [zone.iri] if zone.niveau == "departement" else [place.iri for place in inside]


def _departements(catalogue: Catalogue, zone: Territoire) -> set[str]:
    return {catalogue.territoires[iri].code for iri in _parts(catalogue, zone)}
