"""The application on a national edition, asked in process."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings


@pytest.fixture(scope="session")
def client(data: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(data=data)), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(autouse=True)
def _no_language_from_the_test_before(request: pytest.FixtureRequest) -> Iterator[None]:
    """One client serves every test: the language that one of them chose is not the next one's."""
    yield
    client = request.node.funcargs.get("client")
    if isinstance(client, TestClient):  # some tests name a parameter so
        client.cookies.clear()
