"""From the empty workbook to an answer: what a chargé de mission does with their own partners."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from tests.graph.lecteurs.classeur_essai import CRECHES, DLA, MDA, classeur

PARTENAIRES = {
    "acteurs": [MDA, DLA, CRECHES | {"commune": "Flers", "id": 9}, CRECHES],
    "offres": [
        {
            "acteur": "F-3",
            "fonction": "accompagnement-specialiste",
            "territoires": "departement:61",
            "stades": "employeur",
            "secteurs": "petite-enfance",
            "besoins": "convention-collective",
        },
        {"acteur": 2, "fonction": "diagnostic", "territoires": "departement:61", "stades": "employeur"},
    ],
}


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {"MAILLAGE_DATA": str(tmp_path / "var"), "MAILLAGE_PAQUET_TERRITOIRES": str(tmp_path)}


def test_template_writes_once_and_never_over(tmp_path: Path, env: dict[str, str]) -> None:
    sortie = str(tmp_path / "orne.xlsx")
    first = CliRunner().invoke(app, ["template", "-o", sortie], env=env)
    assert (first.exit_code, "maillage check classeur" in first.stdout) == (0, True)
    again = CliRunner().invoke(app, ["template", "-o", sortie], env=env)
    assert (again.exit_code, "existe déjà" in again.stderr) == (2, True)
    nowhere = CliRunner().invoke(app, ["template", "-o", str(tmp_path / "non" / "la.xlsx")], env=env)
    assert nowhere.exit_code == 2


def test_partners_of_a_workbook_come_in_the_answers(tmp_path: Path, env: dict[str, str]) -> None:
    fichier = str(classeur(tmp_path / "orne.xlsx", PARTENAIRES))

    def run(*words: str) -> str:
        result = CliRunner().invoke(app, list(words), env=env)
        assert result.exit_code == 0, result.output
        return result.stdout

    checked = run("check", "classeur", fichier)
    assert "colonne commune, « Flers »" in checked.replace("\N{NO-BREAK SPACE}", " ")
    assert not (tmp_path / "var").exists()
    run("import", "classeur", fichier)
    built = run("build")
    assert "✗" not in built
    answer = run(
        "orient", "--territoire", "departement:61", "--stade", "employeur", "--secteur", "petite-enfance",
        "--besoin", "convention-collective",
    )  # fmt: skip
    assert "1. Fédération des crèches" in answer
    roles = "SELECT ?nom { ?a a mai:OperateurDLA ; skos:prefLabel ?nom FILTER (STRSTARTS(?nom, 'Orne')) }"
    (tmp_path / "roles.rq").write_text(roles, encoding="utf-8")
    assert "Orne Active Inventée" in run("query", str(tmp_path / "roles.rq"), "--format", "csv")
