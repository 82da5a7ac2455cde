"""What an edition says of one IRI: bounded, in pages, merged things told."""

import pyoxigraph as ox
import pytest

from graph.ressources import (
    PAGES_MAX,
    PAR_PAGE,
    SUFFIXES,
    exists,
    find_replacement,
    name_statements,
    read_ressource,
    write_statements,
)
from graph.sparql.formats import Format
from graph.store import Store
from ontology.namespaces import ID, MAI, PREFIXES

HUB = f"{ID}acteur/hub"
VERS = f"{MAI}vers"
NOM = f"{PREFIXES['skos']}prefLabel"
LECTURES = {
    Format.TTL: ox.RdfFormat.TURTLE,
    Format.JSONLD: ox.RdfFormat.JSON_LD,
    Format.RDF: ox.RdfFormat.RDF_XML,
    Format.NT: ox.RdfFormat.N_TRIPLES,
}


def _store(*triples: tuple[str, str, str | ox.Literal]) -> Store:
    store = ox.Store()
    for sujet, propriete, objet in triples:
        terme = ox.NamedNode(objet) if isinstance(objet, str) else objet
        store.add(ox.Quad(ox.NamedNode(sujet), ox.NamedNode(propriete), terme))
    return Store(store)


@pytest.fixture
def hub() -> Store:
    """An actor that many links go to."""
    liens = [(f"{ID}lien/{n}", VERS, HUB) for n in range(3 * PAR_PAGE - 1)]
    return _store((HUB, NOM, ox.Literal("Le pivot", language="fr")), (HUB, VERS, HUB), *liens)


def test_pages_together_say_everything_once(hub: Store) -> None:
    pages = [read_ressource(hub, HUB, numero) for numero in (1, 2, 3, 4)]
    lus = [enonce for page in pages if page for enonce in page.enonces]
    assert [len(page.enonces) if page else None for page in pages] == [PAR_PAGE, PAR_PAGE, PAR_PAGE, 1]
    assert len(set(lus)) == len(lus) == 3 * PAR_PAGE + 1
    assert [page.suivante for page in pages if page] == [True, True, True, False]


def test_what_a_thing_says_of_itself_comes_first(hub: Store) -> None:
    page = read_ressource(hub, HUB)
    assert page is not None
    assert [enonce.subject.value for enonce in page.enonces[:3]].count(HUB) == 2
    assert page.nom == "Le pivot"


@pytest.mark.parametrize(
    ("iri", "page"), [(HUB, 0), (HUB, 5), (HUB, PAGES_MAX + 1), (f"{ID}acteur/nul", 1), ("a b", 1)]
)
def test_nothing_is_none(hub: Store, iri: str, page: int) -> None:
    assert read_ressource(hub, iri, page) is None


def test_existence(hub: Store) -> None:
    assert exists(hub, HUB)
    assert not exists(hub, f"{ID}lien/nul")
    assert not exists(hub, "pas une adresse >")


def test_a_thing_is_replaced_only_when_nothing_else_is_said_of_it() -> None:
    remplace, type_ = f"{PREFIXES['dcterms']}isReplacedBy", f"{PREFIXES['rdf']}type"
    ancien, fini = f"{ID}acteur/rna-W1", f"{ID}territoire/region-25-1982"
    store = _store((ancien, remplace, HUB), (fini, remplace, HUB), (fini, type_, f"{MAI}Territoire"))
    assert find_replacement(store, ancien) == HUB
    assert find_replacement(store, fini) is None
    assert find_replacement(store, HUB) is None
    assert find_replacement(store, "<") is None


@pytest.mark.parametrize("format_", SUFFIXES)
def test_every_format_reads_back_the_same(hub: Store, format_: Format) -> None:
    page = read_ressource(hub, HUB)
    assert page is not None
    enonces = {*page.enonces, *name_statements(page)}
    relus = ox.parse(write_statements(enonces, format_), format=LECTURES[format_])
    assert {quad.triple for quad in relus} == enonces
