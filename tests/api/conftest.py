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
