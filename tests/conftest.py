"""What every layer's tests share: one national edition a session, built as `maillage build` does."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.edition.composition import Options
from graph.edition.construction import build
from graph.edition.dossier import Dossier

RACINE = Path(__file__).resolve().parent.parent
CONTOURS = RACINE / "node_modules" / "@svg-maps" / "france.departments"
PAQUET = RACINE / "node_modules" / "@etalab" / "decoupage-administratif" / "data"


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that holds an edition of all that ships, with the communes of France."""
    if not PAQUET.is_dir():
        if os.environ.get("CI"):
            pytest.fail("the communes of France are missing: run npm ci")
        pytest.skip("the communes of France are missing: run npm ci")
    racine = tmp_path_factory.mktemp("data")
    build(Dossier(racine), Options(paquet_territoires=PAQUET, paquet_contours=CONTOURS))
    return racine


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test sees the settings of the person who runs it."""
    for name in [name for name in os.environ if name.startswith("MAILLAGE_")]:
        monkeypatch.delenv(name)
    yield
