"""The national edition that ships, read once."""

from pathlib import Path

import pytest

from graph.catalogue import Catalogue
from graph.edition.dossier import Dossier
from tests.evaluation.__main__ import open_current


@pytest.fixture(scope="session")
def catalogue(data: Path) -> Catalogue:
    return open_current(Dossier(data))
