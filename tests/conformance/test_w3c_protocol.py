"""The SPARQL 1.1 Protocol (its query part: a read-only endpoint is asked no more) and Service Description.

On a store preloaded with the suite's three graphs, through the endpoint's own code.
"""

from pathlib import Path

import pyoxigraph as ox

from graph.sparql import PoolSparql
from tests.api.sparql_client import make_app
from tests.conformance.serveur import here, run_suite, serving

pytestmark = here
PROTOCOLE = "run_protocol.py"


def test_the_protocol_and_the_description_pass_whole(tmp_path: Path) -> None:
    dump = tmp_path / "donnees.trig"
    run_suite(PROTOCOLE, "http://127.0.0.1:9/", "--no-update", "--load", "none", "--dump-data", str(dump))
    store = ox.Store(str(tmp_path / "store"))
    store.bulk_load(path=str(dump), format=ox.RdfFormat.TRIG)
    store.flush()
    del store
    with PoolSparql(tmp_path / "store", union=False) as pool, serving(make_app(pool)) as site:
        done = run_suite(PROTOCOLE, f"{site}/sparql", "--no-update", "--load", "none", "-v")
    assert "(query part 20/20)" in done.stdout, done.stdout[-3000:] + done.stderr
    assert "service-description: 3 pass, 0 fail" in done.stdout, done.stdout[-3000:]
