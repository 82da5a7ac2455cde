"""``maillage build --departement``: a part of the imported sources, said wherever the edition is shown."""

import json
import os
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from api.app import create_app
from api.cli import app
from api.settings import Settings
from tests.conftest import PAQUET
from tests.graph.lecteurs.classeur_essai import CRECHES, DLA, MDA, classeur

ACTEURS = [
    MDA,
    DLA,
    CRECHES | {"id": 3, "commune": "14118"},
    CRECHES | {"id": 4, "nom": "Sans siège", "commune": ""},
]
OFFRES = [
    {"acteur": 1, "fonction": "information", "territoires": "departement:61"},
    {"acteur": 2, "fonction": "diagnostic", "territoires": "region:28"},
    {"acteur": 3, "fonction": "formation", "territoires": "departement:61|14118"},
]


def _run(var: Path, *words: str) -> Result:
    env = {"MAILLAGE_DATA": str(var), "MAILLAGE_PAQUET_TERRITOIRES": str(PAQUET)}
    return CliRunner().invoke(app, list(words), env=env)


def test_a_partial_edition_keeps_what_concerns_it_and_says_so(tmp_path: Path) -> None:
    if not PAQUET.is_dir():
        if os.environ.get("CI"):
            pytest.fail("the communes of France are missing: run npm ci")
        pytest.skip("the communes of France are missing: run npm ci")
    var = tmp_path / "var"
    fichier = str(classeur(tmp_path / "deux.xlsx", {"acteurs": ACTEURS, "offres": OFFRES}))
    assert _run(var, "import", "classeur", fichier).exit_code == 0
    unknown = _run(var, "build", "--departement", "99")
    assert (unknown.exit_code, "Ce département n’existe pas" in unknown.stderr) == (2, True)
    built = _run(var, "build", "--departement", "14")
    assert built.exit_code == 0, built.output
    assert "elle ne garde que ce qui concerne le département 14" in built.stdout

    assert _run(var, "editions", "list").stdout.rstrip().endswith(": 14")

    folder = (var / "current").resolve()
    manifeste = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert (manifeste["partielle"], manifeste["departements"]) == (True, ["14"])
    assert "concerne le département 14" in (folder / "rapport.md").read_text(encoding="utf-8")
    assert not [child for child in folder.iterdir() if child.is_dir() and child.name != "store"]
    (tmp_path / "q.rq").write_text(
        "SELECT ?nom { GRAPH <https://w3id.org/maillage/source/classeur-deux> { ?a skos:prefLabel ?nom } }"
    )
    noms = _run(var, "query", str(tmp_path / "q.rq"), "--format", "csv").stdout
    assert "Fédération des crèches" in noms
    assert "Orne Active Inventée" in noms, "its offer covers the region"
    assert "Sans siège" in noms
    assert "Maison des associations inventée" not in noms

    with TestClient(create_app(Settings(data=var))) as client:
        sante = client.get("/sante").json()
        assert (sante["partielle"], sante["departements"]) == (True, ["14"])
        assert client.get("/acteurs/s3a").status_code == 200, "the corpus stays whole"
        for adresse in ("/", "/acteurs", "/territoires", "/territoires/departement:61"):
            page = BeautifulSoup(client.get(adresse).text, "html.parser")
            assert "le département Calvados (14)" in page.get_text(), adresse
    assert "à jour" in _run(var, "build", "--departement", "departement:14").stdout


def test_without_the_communes_no_part_can_be_cut(tmp_path: Path) -> None:
    env = {"MAILLAGE_DATA": str(tmp_path / "var"), "MAILLAGE_PAQUET_TERRITOIRES": str(tmp_path)}
    result = CliRunner().invoke(app, ["build", "--departement", "14"], env=env)
    assert (result.exit_code, "La table des communes n’est pas là" in result.stderr) == (2, True)
