"""A running server follows the current edition, and each request stays on one."""

import threading
import time
from datetime import date
from pathlib import Path

import pytest

from api.editions import EditionOuverte, EditionsServies
from api.settings import Settings
from graph.edition.acces import AccesLocal
from graph.edition.composition import Options
from graph.edition.construction import build
from graph.edition.dossier import Dossier
from graph.errors import EditionError

DELAI = 20.0


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    dossier = Dossier(tmp_path / "var")
    build(dossier, Options(jour=date(2026, 11, 1)))
    return dossier


def wait_for(servies: EditionsServies, identifiant: str) -> None:
    limit = time.monotonic() + DELAI
    while time.monotonic() < limit:
        with servies.borrow() as edition:
            if edition.id == identifiant:
                return
        time.sleep(0.05)
    pytest.fail("the server did not follow the current edition")


def test_it_moves_to_a_new_edition_while_a_request_goes_on(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.editions.INTERVALLE", 0.05)
    closed: list[str] = []
    close = EditionOuverte.close

    def note(edition: EditionOuverte) -> None:
        closed.append(edition.id)
        close(edition)

    monkeypatch.setattr(EditionOuverte, "close", note)
    servies = EditionsServies(Settings(data=dossier.racine))
    servies.start()
    try:
        with servies.borrow() as old:
            new, _ = build(dossier, Options(jour=date(2026, 11, 2)))
            wait_for(servies, new.id)
            assert old.catalogue.acteurs, "the request that began on the old edition goes on with it"
            assert closed == []
            assert dossier.prune(1) == [], "what is being read is not pruned"
        assert closed == [old.id], "closed when its last request ends"
        assert dossier.prune(1) == [old.id]
    finally:
        servies.stop()
    assert closed == [old.id, new.id]


def test_many_borrow_at_once(dossier: Dossier) -> None:
    servies = EditionsServies(Settings(data=dossier.racine))
    servies.start()
    seen: list[str] = []

    def ask() -> None:
        for _ in range(50):
            with servies.borrow() as edition:
                seen.append(edition.id)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    servies.stop()
    assert len(seen) == 400
    with pytest.raises(EditionError), servies.borrow():
        pass


def test_without_an_edition_it_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="maillage build"):
        EditionsServies(Settings(data=tmp_path)).start()


def test_a_broken_store_is_said(dossier: Dossier) -> None:
    current = dossier.current_id()
    assert current is not None
    folder = dossier.folder(current)
    for part in (folder / "store").iterdir():
        part.unlink()
    with pytest.raises(EditionError, match="ne peut pas être ouverte"):
        EditionOuverte(AccesLocal(dossier.racine), current, Settings(data=dossier.racine))
