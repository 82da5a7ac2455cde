"""Orientation over a country: 12 000 actors with offers and the 35 000 communes, beside a bare index.

The witness is what one would write by hand for this alone: inverted indexes of the same offers in
numpy, a sum of weights, the best twenty; no dates, no eligibility, no past case, no tie, no reason.

``python -m tests.benchmarks.orientation`` prints the table.
"""

import gc
import json
import random
import time
import tracemalloc
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import cycle
from pathlib import Path

import numpy as np
import pyoxigraph as ox

from graph.catalogue import Catalogue
from graph.catalogue.lecture import load_catalogue
from graph.catalogue.modele import NIVEAUX, Accompagnement, Acteur, Iri, Offre, Passage, Source, Territoire
from graph.dates import DatePartielle
from graph.orientation import orient
from graph.orientation.classement import LIMITE, explain_ranks, rank
from graph.orientation.index import IndexOffres
from graph.orientation.modele import Demande
from graph.orientation.ponderation import load_ponderation
from graph.sources.documents import find_ontology
from graph.store import Store
from ontology.namespaces import ID, VOC
from tests.benchmarks.mesure import Mesure, median, print_table

PAQUET = Path(__file__).resolve().parents[2] / "node_modules" / "@etalab" / "decoupage-administratif" / "data"
ACTEURS = 12_000
ACTIONS = 3_000
DEMANDES = 200
JOUR = date(2026, 11, 20)
ROLES = ("PointAppui", "OperateurDLA", "Reseau", "Prestataire", "Financeur", "Institution", "Association")


def territoire(slug: str) -> Iri:
    return f"{ID}territoire/{slug}"


def read_country() -> dict[Iri, Territoire]:
    """Read the communes of France with their EPCI, departements and regions, as an edition has them."""
    communes = json.loads((PAQUET / "communes.json").read_text(encoding="utf-8"))
    epcis = json.loads((PAQUET / "epci.json").read_text(encoding="utf-8"))
    epci_of = {membre["code"]: epci["code"] for epci in epcis for membre in epci["membres"]}
    found = {territoire("national"): Territoire(territoire("national"), "national", "", "France")}
    for commune in communes:
        if commune["type"] != "commune-actuelle":
            continue
        code, dept, region = commune["code"], commune.get("departement"), commune.get("region")
        epci = epci_of.get(code)
        chain = [territoire(f"commune-{code}")]
        chain += [territoire(f"epci-{epci}")] if epci else []
        chain += [territoire(f"departement-{dept}")] if dept else []
        chain += [territoire(f"region-{region}")] if region else []
        chain.append(territoire("national"))
        for rang, iri in enumerate(chain):
            niveau = next(n for n in NIVEAUX if iri.rsplit("/", 1)[-1].startswith(n))
            if iri not in found:
                found[iri] = Territoire(iri, niveau, iri.rsplit("-", 1)[-1], iri, tuple(chain[rang:]))
    found[territoire("national")] = replace(found[territoire("national")], ancetres=(territoire("national"),))
    return found


def make_country(acteurs: int = ACTEURS, hasard: random.Random | None = None) -> Catalogue:
    """Make a catalogue of the size of a country: most actors are local, some national, as they are."""
    hasard = hasard or random.Random(20261120)
    store = ox.Store()
    lines = "".join(line for source in find_ontology() for line in source.lire())
    store.bulk_load(lines.encode(), ox.RdfFormat.N_TRIPLES)
    catalogue = load_catalogue(Store(store), "banc")
    places = read_country()
    by_level: dict[str, list[Iri]] = defaultdict(list)
    for place in places.values():
        by_level[place.niveau].append(place.iri)
    codes = {schema: [c.iri for c in catalogue.concepts_de(schema)] for schema in ("besoin", "secteur")}
    stades = [c.iri for c in catalogue.concepts_de("stade")]
    fonctions = [c.iri for c in catalogue.concepts_de("fonction")]
    sources = {
        f"source:{n}": Source(f"source:{n}", str(n), f"Document {n}", DatePartielle.parse(str(2015 + n)), "")
        for n in range(12)
    }
    passages = {
        f"passage:{n}": Passage(f"passage:{n}", f"source:{n % 12}", f"page {n}", f"Phrase {n}.")
        for n in range(400)
    }
    levels = ("commune", "epci", "departement", "region", "national")
    found_acteurs, found_offres = {}, {}
    for rang in range(acteurs):
        acteur = f"{ID}acteur/a{rang}"
        siege = hasard.choice(by_level["commune"])
        role = hasard.choices(ROLES, (10, 4, 15, 20, 10, 10, 31))[0]
        found_acteurs[acteur] = Acteur(acteur, f"a{rang}", f"Acteur {rang}", types=(role,), siege=siege)
        around = {places[iri].niveau: iri for iri in places[siege].ancetres}
        for numero in range(hasard.randint(1, 3)):
            level = hasard.choices(levels, (10, 20, 50, 18, 2))[0]
            iri = f"{ID}offre/o{rang}-{numero}"
            found_offres[iri] = Offre(
                iri,
                f"o{rang}-{numero}",
                acteur,
                f"Offre {rang}-{numero}",
                fonctions=tuple(hasard.sample(fonctions, hasard.randint(1, 2))),
                territoires=(around.get(level, around["national"]),),
                stades=tuple(hasard.sample(stades, hasard.choice((0, 1, 2)))),
                besoins=tuple(hasard.sample(codes["besoin"], hasard.choice((0, 1, 3, 6)))),
                secteurs=tuple(hasard.sample(codes["secteur"], hasard.choice((0, 0, 1, 2)))),
                mobilise_par=(acteur,) if role == "Prestataire" else (),
                passages=tuple(hasard.sample(list(passages), 3)),
            )
    names = list(found_acteurs)
    actions = {}
    for rang in range(ACTIONS):
        iri = f"{ID}accompagnement/c{rang}"
        actions[iri] = Accompagnement(
            iri,
            f"c{rang}",
            f"Cas {rang}",
            pilotes=(hasard.choice(names),),
            intervenants=(hasard.choice(names),),
            territoires=(hasard.choice(by_level["departement"]),),
            besoins=tuple(hasard.sample(codes["besoin"], 3)),
            secteurs=tuple(hasard.sample(codes["secteur"], 1)),
            passages=tuple(hasard.sample(list(passages), 2)),
        )
    return replace(
        catalogue,
        territoires=places,
        acteurs=found_acteurs,
        offres=found_offres,
        accompagnements=actions,
        sources=sources,
        passages=passages,
    )


def make_requests(catalogue: Catalogue, hasard: random.Random) -> list[Demande]:
    """Make requests as associations would: a commune, a stage, up to four needs, a sector or none."""
    communes = [place.iri for place in catalogue.territoires.values() if place.niveau == "commune"]

    def some(schema: str) -> str:
        return hasard.choice(catalogue.concepts_de(schema)).code

    return [
        Demande(
            territoire=hasard.choice(communes),
            date=JOUR,
            stade=some("stade"),
            besoins=tuple(dict.fromkeys(some("besoin") for _ in range(hasard.randint(1, 4)))),
            secteur=some("secteur") if hasard.random() < 0.6 else None,
        )
        for _ in range(DEMANDES)
    ]


class BareIndex:
    """The witness: places, needs, sectors and stages to offers, a sum of weights, the best twenty."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        offres = list(catalogue.offres.values())
        places: dict[Iri, list[int]] = defaultdict(list)
        self._has: dict[Iri, np.ndarray] = defaultdict(lambda: np.zeros(len(offres), dtype=bool))
        for rang, offre in enumerate(offres):
            for iri in offre.territoires:
                places[iri].append(rang)
            for iri in (*offre.stades, *offre.secteurs, *offre.besoins):
                for wider in (iri, *catalogue.elargir(iri)):
                    self._has[wider][rang] = True
        self._places = {iri: np.array(ids) for iri, ids in places.items()}
        self._weights = load_ponderation()

    def find(self, demande: Demande) -> np.ndarray:
        """Return the best twenty offers."""
        parts, points = [], []
        lieu = self._catalogue.territoires[demande.territoire]
        for iri in lieu.ancetres:
            ids = self._places.get(iri)
            if ids is not None:
                parts.append(ids)
                niveau = self._catalogue.territoires[iri].niveau
                points.append(np.full(len(ids), self._weights.of("localite", niveau)))
        ids, scores = np.concatenate(parts), np.concatenate(points)
        besoins = np.zeros(len(ids))
        for code in demande.besoins:
            besoins += self._has[f"{VOC}besoin/{code}"][ids]
        scores += besoins * (24 / len(demande.besoins))
        if demande.secteur:
            scores += 12.0 * self._has[f"{VOC}secteur/{demande.secteur}"][ids]
        scores += 10.0 * self._has[f"{VOC}stade/{demande.stade}"][ids]
        order = np.argsort(-scores, kind="stable")
        return ids[order[besoins[order] > 0][:LIMITE]]


def measure_orientation() -> Iterator[Mesure]:
    """Measure one request, step by step, beside the bare index."""
    catalogue = make_country()
    weights = load_ponderation()
    gc.collect()
    tracemalloc.start()
    index = IndexOffres(catalogue, weights)
    memory = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    bare = BareIndex(catalogue)
    demandes = cycle(make_requests(catalogue, random.Random(3)))

    def ranks(demande: Demande) -> list[object]:
        return list(rank(catalogue, index, index.find(demande), demande, LIMITE))

    def with_reasons(demande: Demande) -> list[object]:
        found = list(rank(catalogue, index, index.find(demande), demande, LIMITE))
        return list(explain_ranks(catalogue, demande, found, weights))

    for demande in make_requests(catalogue, random.Random(3)):
        orient(catalogue, demande)

    def cost(action: Callable[[Demande], object]) -> float:
        """Median processor seconds of a request: what else the machine does counts little."""
        return median(lambda: action(next(demandes)), DEMANDES, time.process_time)

    witness = cost(bare.find)
    name, unite = "a bare numpy index", "s proc"
    yield Mesure("Ranking", cost(ranks), name, witness, unite, cible=5)
    yield Mesure("Ranking, with all its reasons", cost(with_reasons), name, witness, unite, cible=15)
    whole = cost(lambda demande: orient(catalogue, demande))
    yield Mesure("The whole answer: path, combination, consultants", whole, name, witness, unite)
    yield Mesure("Index of the offers", memory, "12 000 actors", ACTEURS / 1000, "Mo")


if __name__ == "__main__":
    print_table(f"Orientation over {ACTEURS:,} actors with offers", measure_orientation())
