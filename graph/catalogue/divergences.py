"""Sources that disagree on an actor: who says what, and which the catalogue shows.

For a property of which one value is expected, the most recent source comes first; of two as recent, the one
whose kind comes first in ``rangs.toml``. A fact is dated by itself when its source does so, else by the
source; a month or a year counts from its beginning, and no date is the oldest. Every source keeps its
statements in its graph: nothing is lost, the card shows the others under the first.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final

import pyoxigraph as ox

from graph.catalogue.fiche import Fiche
from graph.catalogue.modele import Iri
from graph.dates import DatePartielle
from graph.noms import Nom
from graph.queries import load_requete
from graph.store import Ligne, Store
from graph.texte import fold

FONCTIONNELLES: Final = frozenset(
    {
        *("prefLabel", "siege", "effectif", "trancheEffectif", "stade", "formeJuridique"),
        *("homepage", "description", "lat", "long"),
    }
)
"""Properties of which one value is expected, by local name: those of ``catalogue/divergences.rq``."""

_LOT: Final = 500
_ADRESSE: Final = ("https://", "http://", "www.")


@dataclass(frozen=True, slots=True)
class Dire:
    """A value that a source gives."""

    valeur: str
    source: Iri
    date: DatePartielle | None = None


Dires = Mapping[str, Sequence[Dire]]
"""What sources say of an actor, by property (local name): the first is what the catalogue shows."""


def read_dires(store: Store, acteurs: Iterable[Iri]) -> dict[Iri, Dires]:
    """Ask the graphs of the sources what each says of some actors."""
    found: dict[Iri, list[Ligne]] = defaultdict(list)
    termes = [ox.NamedNode(iri) for iri in acteurs]
    requete = load_requete("catalogue/divergences")
    for rang in range(0, len(termes), _LOT):
        for ligne in store.select(requete.bind(sujet=termes[rang : rang + _LOT])):
            found[ligne["sujet"]].append(ligne)
    return {iri: _dires_of(lignes) for iri, lignes in found.items()}


def settle(store: Store, fiches: Sequence[Fiche]) -> list[Fiche]:
    """Put first, in each thing, the values that the catalogue shows."""
    wanted = [fiche.iri for fiche in fiches if _hesitates(fiche)]
    said = read_dires(store, wanted)
    return [_reorder(fiche, said[fiche.iri]) if fiche.iri in said else fiche for fiche in fiches]


def others(propriete: str, dires: Sequence[Dire]) -> list[Dire]:
    """Return what other sources say and the first does not; another way of writing it is no disagreement."""
    kept = list(dires[:1])
    for dire in dires:
        if dire.source != dires[0].source and not any(_same(propriete, dire, known) for known in kept):
            kept.append(dire)
    return kept[1:]


def _dires_of(lignes: Iterable[Ligne]) -> Dires:
    said: dict[str, list[Ligne]] = defaultdict(list)
    dates: dict[Iri, str] = {}
    """When a source was last right about the actor, as far as it says."""
    for ligne in lignes:
        propriete = ligne["propriete"].replace("#", "/").rsplit("/", 1)[-1]
        if propriete in FONCTIONNELLES:
            said[propriete].append(ligne)
        date = ligne["valeur"] if propriete == "modified" else ligne.get("relu", "")
        dates[ligne["source"]] = max(date, dates.get(ligne["source"], ""))
    return {
        propriete: _order(
            propriete,
            [Dire(one["valeur"], one["source"], _date(dates[one["source"]], one)) for one in found],
        )
        for propriete, found in said.items()
    }


def _date(fait: str, ligne: Ligne) -> DatePartielle | None:
    try:
        return DatePartielle.parse(fait or ligne.get("parution", ""))
    except ValueError:
        return None


def _hesitates(fiche: Fiche) -> bool:
    return any(len(fiche.values(propriete)) > 1 for propriete in FONCTIONNELLES)


def _reorder(fiche: Fiche, said: Dires) -> Fiche:
    chosen = {p: list(dict.fromkeys(dire.valeur for dire in dires)) for p, dires in said.items()}
    return replace(fiche, proprietes={**fiche.proprietes, **chosen})


def _order(propriete: str, dires: Iterable[Dire]) -> list[Dire]:
    ranked = sorted(dires, key=lambda dire: (-_moment(dire), _rank(dire.source), dire.valeur, dire.source))
    if propriete == "prefLabel" and ranked[0].valeur.isupper():
        # The same name, written as people do.
        readable = (d for d in ranked if not d.valeur.isupper() and _same(propriete, d, ranked[0]))
        first = next(readable, ranked[0])
        ranked.remove(first)
        ranked.insert(0, first)
    return ranked


def _moment(dire: Dire) -> int:
    return dire.date.debut.toordinal() if dire.date else 0


def _rank(source: Iri) -> int:
    slug, ranks = source.rsplit("/", 1)[-1], _ranks()
    return next((n for kind, n in ranks.items() if f"{slug}-".startswith(f"{kind}-")), ranks["document"])


@cache
def _ranks() -> dict[str, int]:
    texte = (files("graph.catalogue") / "rangs.toml").read_text(encoding="utf-8")
    return {kind: n for n, kind in enumerate(tomllib.loads(texte)["ordre"])}


def _same(propriete: str, un: Dire, autre: Dire) -> bool:
    return _essence(propriete, un.valeur) == _essence(propriete, autre.valeur)


def _essence(propriete: str, valeur: str) -> object:
    """Return what two ways of writing one value have in common."""
    if propriete == "prefLabel":
        return Nom.of(valeur).ensemble or fold(valeur)
    if propriete == "description":
        return fold(valeur)
    if propriete == "homepage":
        for debut in _ADRESSE:
            valeur = valeur.lower().removeprefix(debut)
        return valeur.rstrip("/")
    return valeur
