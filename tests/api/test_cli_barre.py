"""The progress bar: what it says, when it draws, and that it is silent where nobody looks."""

import io
import json
from pathlib import Path

import pytest

from api.cli import barre
from api.cli.barre import Barre, show_progress
from graph.sources.atelier import Lieux, OptionsImport
from graph.sources.importation import import_files


def lines(flux: io.StringIO) -> list[str]:
    return [line.removeprefix("\x1b[K") for line in flux.getvalue().split("\r") if line]


def test_it_says_the_share_the_rows_the_rate_and_the_time_left() -> None:
    flux, instants = io.StringIO(), iter([0.0, 0.1, 10.0, 10.1, 20.0])
    bar = Barre(flux, lambda: next(instants))
    bar.tell(10, 0.01)
    bar.tell(1_000, 0.25)
    bar.tell(1_001, 0.26)
    bar.tell(2_000, 0.0)
    bar.clear()
    first, second, last = lines(flux)
    espace = "\N{NARROW NO-BREAK SPACE}"
    assert first == f"{'█' * 6}{'░' * 18}  25%  1{espace}000 lignes (100/s)  reste 0 min 30 s"
    assert "%" not in second and "reste" not in second and "100/s" in second
    assert last == "", "the line is left clean"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_it_shows_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(barre, "PERIODE", 0.0)
    for flux, shown in ((io.StringIO(), False), (Terminal(), True)):
        monkeypatch.setattr("sys.stderr", flux)
        with show_progress() as tell:
            tell(10, 0.5)
        assert bool(flux.getvalue()) is shown


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_the_share_told_grows_to_the_whole(tmp_path: Path, suffix: str) -> None:
    rows = [f'"{n}","Maison {n}","14118","2026-01-01","s"' for n in range(60_000)]
    texte = "\n".join(["id,nom,code_insee,date_maj,source", *rows])
    if suffix == ".json":
        texte = json.dumps([{"id": str(n), "nom": f"Maison {n}", "source": "s"} for n in range(60_000)])
    fichier = tmp_path / f"structures{suffix}"
    fichier.write_text(texte, encoding="utf-8")
    told: list[tuple[int, float]] = []
    resultat = import_files(
        tmp_path / "var", "data-inclusion", [fichier], OptionsImport(), Lieux(),
        lambda lus, part: told.append((lus, part)), check_only=True,
    )  # fmt: skip
    assert resultat.bilan.lus == 60_000
    parts = [part for _, part in told]
    assert len(told) > 3 and parts == sorted(parts) and parts[-1] == 1.0
    assert max(lus for lus, _ in told) > 30_000
