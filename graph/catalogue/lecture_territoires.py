"""Feed the territories of a catalogue: names, codes, levels and ancestors."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from graph.catalogue.fiche import Fiche, group_rows
from graph.catalogue.modele import NIVEAUX, Iri, Niveau, Territoire
from graph.queries import load_requete
from graph.store import Store

_NIVEAUX: Final[dict[str, Niveau]] = {
    "Pays": "national",
    "Region": "region",
    "Departement": "departement",
    "CollectiviteDOutreMer": "departement",
    "Intercommunalite": "epci",
    "Zone": "epci",
    "Commune": "commune",
    "ArrondissementMunicipal": "commune",
}
_FORMER_COMMUNES: Final = frozenset({"CommuneDeleguee", "CommuneAssociee"})


def read_territoires(store: Store) -> tuple[dict[Iri, Territoire], dict[str, Iri]]:
    """Return the territories by IRI, and the codes of former communes with today's commune."""
    fiches = group_rows(store.rows(load_requete("catalogue/territoires").texte))
    former = [fiche for fiche in fiches if fiche.types & _FORMER_COMMUNES]
    today = [fiche for fiche in fiches if not fiche.types & _FORMER_COMMUNES]
    old_names: dict[Iri, list[str]] = defaultdict(list)
    codes: dict[str, Iri] = {}
    for fiche in former:
        for commune in fiche.iris("subdivisionDirecteDe"):
            old_names[commune].append(_name(fiche))
            codes[fiche.text("codeINSEE")] = commune
    for fiche in today:
        codes |= dict.fromkeys(fiche.values("ancienCode"), fiche.iri)
    parents = {fiche.iri: fiche.iris("subdivisionDirecteDe") for fiche in today}
    niveaux = {fiche.iri: niveau for fiche in today if (niveau := _niveau(fiche)) is not None}
    territoires = {
        fiche.iri: _territoire(
            fiche, niveaux, _ancestors(fiche.iri, parents, niveaux), old_names.get(fiche.iri, ())
        )
        for fiche in today
        if fiche.iri in niveaux
    }
    return territoires, codes


def _name(fiche: Fiche) -> str:
    return fiche.text("nom") or fiche.text("prefLabel") or fiche.slug


def _niveau(fiche: Fiche) -> Niveau | None:
    """None for a place that sources name and that no table of territories describes."""
    return next((_NIVEAUX[kind] for kind in sorted(fiche.types) if kind in _NIVEAUX), None)


def _ancestors(
    iri: Iri, parents: Mapping[Iri, tuple[Iri, ...]], niveaux: Mapping[Iri, Niveau]
) -> tuple[Iri, ...]:
    """Return a territory and all that contain it, from the most local to the widest."""
    found, pending = {iri: None}, [iri]
    while pending:
        for parent in parents.get(pending.pop(), ()):
            if parent not in found and parent in niveaux:
                found[parent] = None
                pending.append(parent)
    return tuple(sorted(found, key=lambda place: (place != iri, NIVEAUX.index(niveaux[place]), place)))


def _territoire(
    fiche: Fiche, niveaux: Mapping[Iri, Niveau], ancestors: tuple[Iri, ...], old_names: Iterable[str]
) -> Territoire:
    nom = _name(fiche)
    population = fiche.text("population")
    return Territoire(
        iri=fiche.iri,
        niveau=niveaux[fiche.iri],
        code=fiche.text("codeINSEE"),
        nom=nom,
        ancetres=ancestors,
        fin=fiche.date("dateFin"),
        remplace_par=fiche.iri_or_none("isReplacedBy"),
        autres_noms=tuple(sorted(set(old_names) - {nom})),
        codes_postaux=fiche.values("codePostal"),
        population=int(population) if population.isdigit() else None,
    )
