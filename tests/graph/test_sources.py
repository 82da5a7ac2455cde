"""Readers: N-Triples that any engine reads back, territories that hold together."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import EditionError
from graph.sources.documents import _turtle, find_corpus, find_ontology
from graph.sources.modele import EntreeSource, empreinte
from graph.sources.ntriples import iri, literal, statement
from graph.sources.territoires import find_territoires
from ontology.namespaces import IGEO, MAI


def read(*sources: EntreeSource) -> ox.Store:
    store = ox.Store()
    for source in sources:
        store.bulk_load("".join(source.lire()).encode(), ox.RdfFormat.N_TRIPLES)
    return store


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_as_a_literal(texte: str) -> None:
    line = statement(iri("http://s"), iri("http://p"), literal(texte, langue="fr"))
    assert line.count("\n") == 1
    (lu,) = ox.parse(line, format=ox.RdfFormat.N_TRIPLES)
    assert lu.object == ox.Literal(texte, language="fr")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_an_iri_is_written_whole_or_refused(texte: str) -> None:
    try:
        terme = iri("http://x/" + texte)
    except ValueError:
        return
    assert terme == f"<http://x/{texte}>"
    assert not set(terme[1:-1]) & set('<>"{}|^`\\ \n\t')


def test_regions_of_today_and_of_yesterday_ship_with_the_product() -> None:
    store = read(*find_territoires(None))

    def count(classe: str) -> int:
        rows = store.query(f"SELECT ?t {{ ?t a <{classe}> }}")
        assert isinstance(rows, ox.QuerySolutions)
        return sum(1 for _ in rows)

    assert count(f"{IGEO}Departement") == 101
    assert count(f"{IGEO}Region") == 18 + 16
    basse_normandie = "https://w3id.org/maillage/id/territoire/region-25-1982"
    assert store.query(
        f"ASK {{ <{basse_normandie}> <http://purl.org/dc/terms/isReplacedBy> ?r . "
        f"?r <{IGEO}codeINSEE> '28' . "
        f"?d <{IGEO}subdivisionDirecteDe> <{basse_normandie}> ; <{IGEO}codeINSEE> '14' }}"
    )


@pytest.fixture
def paquet(tmp_path: Path) -> Path:
    """A tiny package of communes: one merged, one EPCI that straddles two departements."""
    commune = {"type": "commune-actuelle", "region": "28"}
    communes = [
        commune
        | {"code": "14027", "nom": "Les Monts d'Aunay", "departement": "14", "anciensCodes": ["14056"]},
        commune | {"code": "61001", "nom": "Alençon", "departement": "61", "codesPostaux": ["61000"]},
        {"code": "14027", "nom": "Aunay-sur-Odon", "type": "commune-deleguee", "chefLieu": "14027"},
        {"code": "75101", "nom": "Paris 1er", "type": "arrondissement-municipal", "commune": "75056"},
    ]
    epci = [{"code": "200000001", "nom": "CC Limite", "membres": [{"code": "14027"}, {"code": "61001"}]}]
    (tmp_path / "communes.json").write_text(json.dumps(communes), encoding="utf-8")
    (tmp_path / "epci.json").write_text(json.dumps(epci), encoding="utf-8")
    return tmp_path


def test_communes_keep_their_departement_when_their_epci_straddles(paquet: Path) -> None:
    store = read(*find_territoires(paquet))
    base = "https://w3id.org/maillage/id/territoire/"

    def parents(slug: str) -> set[str]:
        quads = store.quads_for_pattern(
            ox.NamedNode(base + slug), ox.NamedNode(f"{IGEO}subdivisionDirecteDe"), None, None
        )
        return {q.object.value.removeprefix(base) for q in quads if isinstance(q.object, ox.NamedNode)}

    assert parents("commune-14027") == {"departement-14", "epci-200000001"}
    assert parents("epci-200000001") == {"region-28"}, "in no departement, but in their one region"
    assert parents("commune-deleguee-14027") == {"commune-14027"}
    assert parents("arrondissement-municipal-75101") == {"commune-75056"}
    typed = {
        q.object
        for q in store.quads_for_pattern(ox.NamedNode(base + "commune-deleguee-14027"), None, None, None)
    }
    assert ox.NamedNode(f"{IGEO}Commune") not in typed, "a delegated commune is not a commune"


def test_another_instance_hosts_its_own_things(paquet: Path) -> None:
    (source, *_) = find_territoires(paquet, "https://graphe.example.org/")
    assert "<https://graphe.example.org/id/territoire/departement-14>" in "".join(source.lire())
    corpus = find_corpus("https://graphe.example.org/")
    lines = "".join(corpus[0].lire())
    assert "<https://graphe.example.org/id/acteur/" in lines
    assert "https://w3id.org/maillage/id/" not in lines
    assert f"<{MAI}" in lines, "the ontology does not move"


def test_bad_turtle_is_named_not_raised_raw(tmp_path: Path) -> None:
    fichier = tmp_path / "casse.ttl"
    fichier.write_text("<a> <b> ", encoding="utf-8")
    with pytest.raises(EditionError, match=r"casse\.ttl n’est pas du Turtle valide"):
        list(_turtle(fichier, "http://g", "https://w3id.org/maillage/").lire())


def test_every_shipped_source_reads() -> None:
    for source in (*find_ontology(), *find_corpus()):
        assert next(iter(source.lire()), None), f"{source.slug} is empty"


def test_a_fingerprint_tells_order_and_limits() -> None:
    assert empreinte("a", "bc") != empreinte("ab", "c")
    assert empreinte("a", "b") != empreinte("b", "a")
