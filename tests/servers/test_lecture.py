"""An edition read from a server answers as the same edition in its folder: one suite, each server."""

from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from time import perf_counter

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from graph.annuaire import Criteres, search_actors
from graph.distant.acces import AccesDistant
from graph.distant.publication import count_graph
from graph.distant.reecriture import Copies
from graph.edition.acces import Acces, AccesLocal
from graph.edition.dossier import STORE
from graph.edition.lecture import open_catalogue
from graph.edition.manifeste import read_manifeste
from graph.errors import RequeteRefuseeError
from graph.sparql import Format, PoolSparql, load_questions
from graph.sparql.formats import Forme
from ontology.namespaces import SOURCE

QUESTIONS = load_questions()
PAGES = (
    "/",
    "/orientation",
    "/orientation?commune=14027&stade=employeur&secteur=petite-enfance&besoin=fiche-de-poste",
    "/acteurs",
    "/acteurs?q=invente",
    "/acteurs/s3a",
    "/acteurs/siret-99900001100018",
    "/acteurs/siret-99900003700013",
    "/territoires/departement:14",
    "/territoires/commune:14027",
    "/cartographie?territoire=departement:14",
    "/cartographie/carte",
    "/cartographie/matrice",
    "/cartographie/roles",
    "/couverture",
    "/accompagnements",
    "/def.fr.html",
    "/id/acteur/s3a.html",
    "/id/acteur/s3a.nt",
    "/voc/secteur/petite-enfance.html",
    "/api/orientation?commune=29232&stade=primo-employeur",
    "/api/acteurs?q=s3a",
)
TABLES = (
    "SELECT * { ?a a mai:PointAppui ; skos:prefLabel ?nom }",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    f"SELECT (COUNT(*) AS ?n) FROM <{SOURCE}guide-pmae-2013> {{ ?s ?p ?o }}",
    f"SELECT ?g {{ GRAPH ?g {{ ?s a mai:Passage }} FILTER (?g = <{SOURCE}guide-pmae-2013>) }} LIMIT 1",
    f"SELECT DISTINCT ?titre {{ GRAPH <{SOURCE}guide-pmae-2013> {{ ?s a mai:Passage }} "
    f"<{SOURCE}guide-pmae-2013> dcterms:title ?titre }}",
    f"SELECT DISTINCT ?g FROM NAMED <{SOURCE}guide-pmae-2013> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "ASK { GRAPH ?g { ?s a mai:Acteur } }",
    "ASK { ?s a <http://example.org/rien> }",
)


def _pool(acces: Acces, delai: float = 30.0) -> PoolSparql:
    return acces.pool(acces.current_id() or "", 2, delai)


@pytest.fixture(scope="module")
def dedans(local: AccesLocal) -> Iterator[PoolSparql]:
    with _pool(local) as pool:
        yield pool


@pytest.fixture(scope="module")
def dehors(distant: AccesDistant) -> Iterator[PoolSparql]:
    with _pool(distant) as pool:
        yield pool


def _rows(pool: PoolSparql, requete: str) -> list[list[str | Decimal]]:
    lignes = pool.executer(requete, Format.CSV).corps.decode().splitlines()
    assert lignes
    return sorted(([_value(cell) for cell in ligne.split(",")] for ligne in lignes), key=str)


def _value(cell: str) -> str | Decimal:
    """A number by its value: 900.0 is 900."""
    try:
        return Decimal(cell).normalize()
    except InvalidOperation:
        return cell


@pytest.mark.parametrize("requete", [q.requete for q in QUESTIONS], ids=[q.slug for q in QUESTIONS])
def test_a_competency_question_has_the_same_rows(
    dedans: PoolSparql, dehors: PoolSparql, requete: str
) -> None:
    assert _rows(dehors, requete) == _rows(dedans, requete)


@pytest.mark.parametrize("requete", TABLES)
def test_graphs_have_the_names_of_their_sources(dedans: PoolSparql, dehors: PoolSparql, requete: str) -> None:
    assert _rows(dehors, requete) == _rows(dedans, requete)


@pytest.mark.parametrize("format_", [Format.JSON, Format.XML, Format.TSV])
def test_a_table_is_the_same_document(dedans: PoolSparql, dehors: PoolSparql, format_: Format) -> None:
    requete = (
        "SELECT * { ?a a mai:PointAppui ; skos:prefLabel ?nom ; ?p ?v } ORDER BY STR(?a) STR(?p) STR(?v)"
    )
    there, here = dehors.executer(requete, format_), dedans.executer(requete, format_)
    assert (there.lignes, there.tronque) == (here.lignes, here.tronque)
    assert there.corps == here.corps


def test_a_graph_is_the_same(dedans: PoolSparql, dehors: PoolSparql) -> None:
    requete = "CONSTRUCT { ?s ?p ?o } WHERE { ?s a mai:Offre ; ?p ?o }"
    there, here = (pool.executer(requete, Format.NT).corps for pool in (dehors, dedans))
    assert here
    assert sorted(there.splitlines()) == sorted(here.splitlines())


def test_answers_are_bounded_and_say_so(dehors: PoolSparql) -> None:
    cut = dehors.executer("SELECT * { ?s ?p ?o }", Format.JSON, lignes_max=7)
    assert (cut.lignes, cut.tronque) == (7, True)
    by_bytes = dehors.executer("SELECT * { ?s ?p ?o }", Format.CSV, octets_max=5000)
    assert by_bytes.tronque
    assert 0 < len(by_bytes.corps) <= 5000
    graph = dehors.executer("CONSTRUCT WHERE { ?s ?p ?o }", Format.NT, octets_max=5000)
    assert graph.tronque
    assert list(ox.parse(graph.corps, ox.RdfFormat.N_TRIPLES))


@pytest.mark.parametrize("requete", ["SELECT", "SELECT * { ?s ?p", "SELECT (<a:f>(1) AS ?x) {}", "DROP ALL"])
def test_what_is_refused_here_is_refused_in_the_same_words(
    dedans: PoolSparql, dehors: PoolSparql, requete: str
) -> None:
    said = []
    for pool in (dedans, dehors):
        with pytest.raises(RequeteRefuseeError) as refus:
            pool.executer(requete)
        said.append(refus.value.message)
    assert said[0] == said[1]


def test_the_catalogue_is_the_same(local: AccesLocal, distant: AccesDistant) -> None:
    catalogues = []
    for acces in (local, distant):
        identifiant = acces.current_id() or ""
        folder = acces.folder(identifiant)
        catalogues.append(open_catalogue(folder, read_manifeste(folder), acces.store(identifiant)))
    here, there = catalogues
    for champ in fields(here):
        if champ.name == "registre":
            continue
        assert getattr(there, champ.name) == getattr(here, champ.name), champ.name
    assert len(here.acteurs) > 100
    criteres = [Criteres(), Criteres(q="invente"), Criteres(q="lji"), Criteres(type="Association", page=2)]
    for choix in criteres:
        found = [search_actors(catalogue, choix) for catalogue in catalogues]
        assert found[0].total
        assert [a.iri for a in found[0].acteurs] == [a.iri for a in found[1].acteurs]


def test_counts_are_those_of_the_store(local: AccesLocal, distant: AccesDistant) -> None:
    identifiant = local.current_id() or ""
    store = ox.Store.read_only(str(local.folder(identifiant) / STORE))
    copies: Copies = distant._copies[identifiant]
    assert set(copies.par_source) == {graphe.value for graphe in store.named_graphs()}
    for source, copie in copies.par_source.items():
        held = sum(1 for _ in store.quads_for_pattern(None, None, None, ox.NamedNode(source)))
        assert count_graph(distant._serveur, copie) == held, source
    whole = sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    assert count_graph(distant._serveur, copies.tout) == whole


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_the_same(ici: TestClient, ailleurs: TestClient, page: str) -> None:
    here, there = ici.get(page), ailleurs.get(page)
    assert (here.status_code, there.status_code) == (200, 200)
    if page.endswith(".nt"):
        assert sorted(there.text.splitlines()) == sorted(here.text.splitlines())
    elif "/id/" not in page and "/voc/" not in page:  # statements there are in the order of the server
        assert there.text == here.text
    assert there.headers["x-maillage-edition"] == here.headers["x-maillage-edition"]


def test_a_description_is_downloadable(ailleurs: TestClient) -> None:
    edition = ailleurs.get("/sante").json()["edition"]
    assert "void:Dataset" in ailleurs.get(f"/edition/{edition}.ttl").text


def test_the_endpoint_answers_with_its_headers(ailleurs: TestClient) -> None:
    requete = "SELECT ?a { ?a a mai:Acteur } ORDER BY ?a LIMIT 3"
    first = ailleurs.get("/sparql", params={"query": requete}, headers={"Accept": "text/csv"})
    assert first.status_code == 200
    assert len(first.text.splitlines()) == 4
    headers = {"Accept": "text/csv", "If-None-Match": first.headers["etag"]}
    assert ailleurs.get("/sparql", params={"query": requete}, headers=headers).status_code == 304


def test_a_deadline_is_kept(distant: AccesDistant) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (STR(?c) < STR(?f)) }"
    with _pool(distant, delai=2.0) as pool:
        begun = perf_counter()
        with pytest.raises(Exception, match="serveur de données"):
            pool.executer(endless)
        assert perf_counter() - begun < 6
        assert pool.etat()["tues"] == 1
        assert pool.executer("ASK { ?a a mai:Acteur }").forme is Forme.ASK
