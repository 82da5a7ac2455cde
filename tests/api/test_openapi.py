"""What the description of the API says of each address is what one finds there (schemathesis, in process)."""

from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis.checks import not_a_server_error
from schemathesis.generation.modes import GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from api.settings import Settings
from graph.orientation.demande import BESOINS_MAX

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXEMPLES = 6
"""Requests drawn for each operation, as many that follow its description as not."""
PREFERENCES = ("*/*", "text/html", "application/json", "text/turtle, */*;q=0.1", "image/avif")


@schemathesis.serializer("application/sparql-query")
def write_query(context: object, value: object) -> bytes:
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else b""


@pytest.fixture(scope="module")
def description(data: Path) -> BaseSchema:
    app = create_app(Settings(data=data, part_sparql=3600))
    return schemathesis.openapi.from_asgi("/api/openapi.json", app)


def ask(strategy: SearchStrategy[schemathesis.Case], exemples: int) -> Counter[int]:
    """Draw requests, compare each answer with what is said of it, and count the statuses."""
    statuts: Counter[int] = Counter()

    @seed(1)
    @settings(
        max_examples=exemples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy, accept=st.sampled_from(PREFERENCES))
    def one(case: schemathesis.Case, accept: str) -> None:
        answer = case.call_and_validate(headers={"Accept": accept}, checks=CHECKS)
        statuts[answer.status_code] += 1

    with suppress(Unsatisfiable):  # an address without parameters cannot be asked otherwise
        one()
    return statuts


def test_each_address_answers_as_described(description: BaseSchema) -> None:
    seen: dict[str, Counter[int]] = {}
    for result in description.get_all_operations():
        operation = result.ok()
        statuts = seen[operation.label] = Counter()
        for strategy in operation.get_strategies_from_examples():
            statuts += ask(strategy, 1)
        for mode in GenerationMode:
            statuts += ask(operation.as_strategy(generation_mode=mode), EXEMPLES)
    assert len(seen) > 80
    named_by_the_edition = {"GET /edition/{nom}", "GET /dumps/{chemin}"}
    assert {label for label, statuts in seen.items() if not statuts[200]} == named_by_the_edition
    assert {400, 404, 406, 422} <= {statut for statuts in seen.values() for statut in statuts}


def test_every_refusal_is_a_problem_and_every_word_is_french(description: BaseSchema) -> None:
    document: dict[str, Any] = description.raw_schema
    assert set(document["components"]["schemas"]) == {
        *("DemandeEntree", "Lot", "Probleme"),
    }
    for chemin, operations in document["paths"].items():
        for operation in operations.values():
            assert not operation["description"].startswith(("Answer", "Return", "Send")), chemin
            for parametre in operation.get("parameters", ()):
                assert parametre.get("description") or parametre["schema"].get("description"), (
                    chemin,
                    parametre,
                )
            refus = {statut: said for statut, said in operation["responses"].items() if statut >= "400"}
            assert {"502", "503", "504"} <= set(refus), chemin
            for said in refus.values():
                assert said["content"]["application/problem+json"]["schema"]["$ref"].endswith("/Probleme")
                assert "Error" not in said["description"]
    assert {"406", "429", "503"} <= set(document["paths"]["/sparql"]["get"]["responses"])
    assert "410" in document["paths"]["/id/{chemin}"]["get"]["responses"]


def test_limits_are_those_that_hold(client: TestClient, description: BaseSchema) -> None:
    (besoins,) = (
        p["schema"]
        for p in description.raw_schema["paths"]["/api/orientation"]["get"]["parameters"]
        if p["name"] == "besoins"
    )
    assert besoins["maxItems"] == BESOINS_MAX == 30
    codes = [c["code"] for c in client.get("/api/vocabulaires/besoin").json()["concepts"]]
    demande = {"commune": "14118", "besoins": codes[:BESOINS_MAX]}
    assert client.post("/api/orientation", json=demande).status_code == 200
    demande["besoins"] = codes[: BESOINS_MAX + 1]
    assert client.post("/api/orientation", json=demande).status_code == 422
