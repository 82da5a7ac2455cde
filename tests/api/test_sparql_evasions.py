"""What a query, its graphs or its body may try to reach or to blow up, asked of a real server.

Each attack is refused, or answered, at once; nothing is opened; the next good query is answered.
"""

import gzip
import http.client
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest

from graph.sparql import PoolSparql
from tests.api.sparql_client import make_app
from tests.api.test_sparql_attaques import good
from tests.conformance.serveur import serving
from tests.graph.sparql_essai import make_store
from tests.graph.test_sparql_confinement import Canari

SECRET = "contenu-que-personne-ne-lit"
INTERIEUR = re.compile(
    r"Traceback|os error|\.py\b|/tmp/|/home/|/root|127\.0\.0\.1|localhost|RocksDB|pyoxigraph"
)
"""What an answer never says of the machine."""

EVASIONS = (
    "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
    "ASK {{ sErViCe <{0}> {{}} }}",
    "ASK {{ SERVICE#\n<{0}> {{}} }}",
    "ASK {{ ?s ?p 1SERVICE<{0}>{{}} }}",
    "ASK {{ ?s ?p trueSERVICE<{0}>{{}} }}",
    "ASK {{ ?s ?p 'a'@frSERVICE<{0}>{{}} }}",
    "ASK {{ FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "ASK {{ FILTER NOT EXISTS {{ {{ SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }} }} }}",
    "PREFIX : <{0}> ASK {{ SERVICE : {{}} }}",
    "PREFIX SERVICE: <a:> PREFIX : <{0}> ASK {{ SERVICE:x {{}} }}",
    "ASK {{ VALUES ?ou {{ <{0}> }} SERVICE ?ou {{ ?s ?p ?o }} }}",
    "ASK {{ ?s ?p ?a FILTER(?a<?b)SERVICE#>\n<{0}> {{}} }}",
    'ASK {{ VALUES ?x {{ """#"}} SERVICE <{0}> {{}} }}',
    "ASK {{ \\u0053ERVICE <{0}> {{}} }}",
    "ASK {{ \\U00000053ERVICE <{0}> {{}} }}",
    "BASE <{0}> ASK {{ SERVICE <> {{}} }}",
)
RIEN_DEHORS = (
    "SELECT * FROM <{0}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{0}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT * {{ GRAPH <{0}> {{ ?s ?p ?o }} }}",
    "DESCRIBE <{0}>",
    "CONSTRUCT FROM <{0}> WHERE {{ ?s ?p ?o }}",
)
"""Right queries about what is not in the store: the answer is empty, and nobody goes and looks."""
MISES_A_JOUR = (
    "LOAD <{0}>",
    "LOAD SILENT <{0}> INTO GRAPH <a:g>",
    "INSERT {{ ?s ?p ?o }} USING <{0}> WHERE {{ ?s ?p ?o }}",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
)
BOMBES = {
    "accolades": "ASK " + "{" * 4000,
    "accolades fermées": "ASK " + "{" * 4000 + "}" * 4000,
    "parenthèses": "ASK { FILTER" + "(" * 6000 + "1" + ")" * 6000 + "}",
    "négations": "ASK { FILTER(" + "!" * 12_000 + "1) }",
    "additions": "ASK { FILTER(" + "1+" * 7500 + "1) }",
    "unions": "ASK { {}" + "UNION{}" * 2000 + "}",
    "ou": "ASK { FILTER(" + "1||" * 5000 + "1) }",
    "chemins": "ASK { ?s " + "(" * 5000 + "<a:p>" + ")*" * 3000 + " ?o }",
    "fonctions": "ASK { FILTER(" + "IF(1,1," * 2000 + "1" + ")" * 2000 + ") }",
    "nœuds vides": "ASK { ?s ?p " + "[ ?p " * 3000 + "1" + "]" * 3000 + "}",
    "listes": "ASK { ?s ?p " + "( " * 7000 + "1" + ")" * 7000 + "}",
    "sous-requêtes": "SELECT * {" + "{SELECT * {" * 1200 + "}}" * 1200 + "}",
    "optionnels": "ASK { " + "OPTIONAL { " * 1200 + "}" * 1200 + "}",
    "triplets de triplets": "ASK { ?s ?p " + "<<( ?s ?p " * 1200 + "1" + ")>>" * 1200 + " }",
    "texte long": f'ASK {{ ?s ?p "{"x" * 20_000_000}" }}',
    "VALUES": "ASK { VALUES ?x { " + "1 " * 20_000 + "} }",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = make_store(tmp_path_factory.mktemp("sparql") / "store")
    with PoolSparql(store, taille=2, delai=5) as pool, serving(make_app(pool)) as site:
        yield site


@pytest.fixture
def canari() -> Iterator[Canari]:
    canari = Canari()
    yield canari
    canari.close()


def send(
    site: str, methode: str, chemin: str, corps: bytes | None = None, entetes: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Send as it is, and return the status and the text of the answer."""
    lien = http.client.HTTPConnection(urlsplit(site).netloc, timeout=30)
    try:
        lien.request(methode, chemin, corps, dict(entetes or {}))
        answer = lien.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        lien.close()


def ask(site: str, requete: str, **champs: str) -> tuple[int, str]:
    return send(site, "GET", f"/sparql?{urlencode({'query': requete, **champs}, quote_via=quote)}")


@pytest.mark.parametrize("modele", EVASIONS)
def test_no_way_to_another_server(site: str, canari: Canari, modele: str) -> None:
    statut, texte = ask(site, modele.format(canari.adresse))
    assert statut == 400
    assert not INTERIEUR.search(texte)
    assert canari.visites == 0
    good(site)


@pytest.mark.parametrize("modele", RIEN_DEHORS)
@pytest.mark.parametrize("fichier", [False, True], ids=["http", "fichier"])
def test_nothing_is_fetched_nor_read(
    site: str, canari: Canari, tmp_path: Path, modele: str, fichier: bool
) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text(f'<a:a> <a:b> "{SECRET}" .')
    statut, texte = ask(site, modele.format(secret.as_uri() if fichier else canari.adresse))
    assert statut == 200
    assert SECRET not in texte
    assert canari.visites == 0


@pytest.mark.parametrize("nom", ["default-graph-uri", "named-graph-uri"])
def test_graphs_of_the_protocol_are_those_of_the_store(
    site: str, canari: Canari, tmp_path: Path, nom: str
) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text(f'<a:a> <a:b> "{SECRET}" .')
    for adresse in (canari.adresse, secret.as_uri()):
        for requete in ("SELECT * { ?s ?p ?o }", "SELECT * { GRAPH ?g { ?s ?p ?o } }"):
            statut, texte = ask(site, requete, **{nom: adresse})
            assert statut == 200
            assert json.loads(texte)["results"]["bindings"] == []
    assert canari.visites == 0


@pytest.mark.parametrize("modele", MISES_A_JOUR)
def test_no_update_by_any_way(site: str, canari: Canari, modele: str) -> None:
    texte = modele.format(canari.adresse)
    formulaire = {"Content-Type": "application/x-www-form-urlencoded"}
    for reponse in (
        ask(site, texte),
        send(site, "POST", "/sparql", urlencode({"update": texte}).encode(), formulaire),
        send(site, "POST", "/sparql", texte.encode(), {"Content-Type": "application/sparql-update"}),
        send(site, "POST", "/sparql", texte.encode(), {"Content-Type": "application/sparql-query"}),
    ):
        assert reponse[0] == 400, reponse
        assert "lecture seule" in reponse[1]
    assert canari.visites == 0


@pytest.mark.parametrize("nom", BOMBES)
def test_bombs_in_a_body(site: str, nom: str) -> None:
    """4,000 braces in one body ended the engine's own server."""
    corps = BOMBES[nom].encode()
    try:
        statut, texte = send(site, "POST", "/sparql", corps, {"Content-Type": "application/sparql-query"})
    except (BrokenPipeError, ConnectionResetError):  # hung up while it was still being sent
        assert len(corps) > 1_000_000
    else:
        assert statut in (400, 413), texte
        assert not INTERIEUR.search(texte)
    good(site)


def test_as_many_values_as_fit_are_answered(site: str) -> None:
    requete = "SELECT (COUNT(*) AS ?n) { VALUES ?x { " + "1 " * 7500 + "} }"
    statut, texte = send(
        site, "POST", "/sparql", requete.encode(), {"Content-Type": "application/sparql-query"}
    )
    assert statut == 200
    assert json.loads(texte)["results"]["bindings"][0]["n"]["value"] == "7500"


def test_a_compressed_body_is_never_inflated(site: str) -> None:
    bombe = gzip.compress(b"ASK {" + b" " * 50_000_000 + b"}")
    assert len(bombe) < 60_000
    for kind in ("application/sparql-query", "application/x-www-form-urlencoded"):
        statut, texte = send(
            site, "POST", "/sparql", bombe, {"Content-Type": kind, "Content-Encoding": "gzip"}
        )
        assert statut in (400, 415)
        assert not INTERIEUR.search(texte)
    good(site)


def test_addresses_headers_and_fields_without_end(site: str) -> None:
    formulaire = {"Content-Type": "application/x-www-form-urlencoded"}
    for essai in (
        ("GET", "/sparql?query=" + "a" * 200_000, None, None),
        ("GET", "/sparql?" + "&".join(f"a{i}=1" for i in range(5000)), None, None),
        ("GET", "/sparql?query=ASK%7B%7D", None, {"X-Long": "a" * 200_000}),
        ("POST", "/sparql", b"&".join(b"a=1" for _ in range(15_000)), formulaire),
        ("POST", "/sparql", b"&".join(b"a=1" for _ in range(300_000)), formulaire),
    ):
        try:
            statut, texte = send(site, *essai)
        except (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected):
            continue  # hung up: as good an answer to so much
        assert 400 <= statut < 500
        assert not INTERIEUR.search(texte)
    good(site)


def test_every_refusal_is_silent_about_the_machine(site: str) -> None:
    for requete in (
        "SELECT",
        "ASK { ?s <pas une iri> ?o }",
        "SELECT (<a:f>(1) AS ?x) {}",
        "\x00",
        "ASK {}" * 3,
    ):
        statut, texte = ask(site, requete)
        assert 200 <= statut < 500
        assert not INTERIEUR.search(texte), texte
