"""The description of an edition: counts that the store confirms, a record that harvesters accept."""

from pathlib import Path

import pyoxigraph as ox

from graph.edition.description import describe_edition, open_description, write_description
from graph.edition.dossier import STORE, Dossier
from graph.edition.manifeste import read_manifeste
from graph.store import Store
from ontology.namespaces import EDITION, PREFIXES


def _description(data: Path) -> tuple[ox.Store, Path, str]:
    dossier = Dossier(data)
    folder = dossier.folder(dossier.current_id() or "")
    description = ox.Store()
    description.load((folder / "description.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    return description, folder, f"{EDITION}{folder.name}"


def _rows(store: ox.Store, requete: str) -> list[tuple[str, ...]]:
    return [tuple(t.value for t in row) for row in store.query(requete, prefixes=PREFIXES)]


def test_counts_are_those_of_the_store(data: Path) -> None:
    description, folder, edition = _description(data)
    store = ox.Store.read_only(str(folder / STORE))
    dites = _rows(description, "SELECT ?c ?n { ?e void:classPartition [ void:class ?c ; void:entities ?n ] }")
    assert len(dites) > 30
    for classe in ("mai:Acteur", "mai:Offre", "igeo:Commune"):
        prefixe, _, nom = classe.partition(":")
        ((compte,),) = _rows(store, f"SELECT (COUNT(*) AS ?n) {{ ?s a {classe} }}")
        assert (PREFIXES[prefixe] + nom, compte) in dites
    parties = _rows(description, "SELECT ?n { ?e void:propertyPartition [ void:triples ?n ] }")
    ((total,),) = _rows(description, f"SELECT ?n {{ <{edition}> void:triples ?n }}")
    ((compte,),) = _rows(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert sum(int(n) for (n,) in parties) == int(total) == int(compte)


def test_the_record_has_what_dcat_ap_asks_and_recommends(data: Path) -> None:
    description, _, edition = _description(data)
    dites = {propriete for (propriete,) in _rows(description, f"SELECT DISTINCT ?p {{ <{edition}> ?p ?o }}")}
    attendues = (
        "title",
        "description",
        "publisher",
        "license",
        "issued",
        "language",
        "spatial",
        "accessRights",
    )
    assert {f"{PREFIXES['dcterms']}{nom}" for nom in attendues} <= dites
    assert {f"{PREFIXES['dcat']}keyword", f"{PREFIXES['dcat']}distribution"} <= dites
    acces = _rows(
        description, "SELECT ?d { ?d a dcat:Distribution ; dcat:accessURL ?u ; dcterms:license ?l }"
    )
    assert sorted(acces) == [(f"{edition}#nquads",), (f"{edition}#sparql",)]


def test_every_source_is_a_subset_with_its_size(data: Path) -> None:
    description, folder, edition = _description(data)
    dites = _rows(description, f"SELECT ?s ?n {{ <{edition}> void:subset ?s . ?s void:triples ?n }}")
    assert sorted(dites) == sorted((s.graphe, str(s.quads)) for s in read_manifeste(folder).sources)


def test_it_is_said_the_same_twice_and_may_be_absent(data: Path, tmp_path: Path) -> None:
    _, folder, _ = _description(data)
    store, manifeste = Store.open(folder / STORE), read_manifeste(folder)
    write_description(tmp_path, store, manifeste)
    assert (tmp_path / "description.ttl").read_bytes() == (folder / "description.ttl").read_bytes()
    assert set(describe_edition(store, manifeste))
    assert open_description(tmp_path / "ailleurs") is None
