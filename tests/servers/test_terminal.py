"""The terminal asks the edition of a server as it asks that of the data folder."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from tests.servers.lancement import EnMarche

SANS_SERVEUR = "http://127.0.0.1:9/sparql"


def _run(data: Path, endpoint: str, *args: str) -> tuple[int, str]:
    variables = {"MAILLAGE_DATA": str(data), "MAILLAGE_SPARQL_ENDPOINT": endpoint}
    result = CliRunner().invoke(app, args, env=variables)
    return result.exit_code, result.output


def test_questions_answers_and_pictures_are_the_same(publie: EnMarche, racine: Path, tmp_path: Path) -> None:
    question = tmp_path / "q.rq"
    question.write_text("SELECT ?nom { ?a a mai:PointAppui ; skos:prefLabel ?nom } ORDER BY ?nom")
    commandes = (
        ("query", str(question), "--format", "csv"),
        ("orient", "--commune", "14027", "--stade", "employeur", "--json"),
        ("map", "-o", str(tmp_path / "m.json"), "--territoire", "departement:14"),
    )
    for commande in commandes:
        said, files = [], []
        for data, endpoint in ((racine, ""), (tmp_path / "ailleurs", publie.endpoint)):
            code, texte = _run(data, endpoint, *commande)
            assert code == 0, texte
            said.append(texte)
            files.append((tmp_path / "m.json").read_bytes() if commande[0] == "map" else b"")
        assert said[0] == said[1]
        assert files[0] == files[1]
    assert json.loads(files[0])


@pytest.mark.parametrize("commande", [("orient", "--commune", "14027"), ("query", "-"), ("serve",)])
def test_a_server_that_is_not_there_is_said(tmp_path: Path, commande: tuple[str, ...]) -> None:
    code, texte = _run(tmp_path, SANS_SERVEUR, *commande)
    assert code == 2
    assert "serveur" in texte
    assert "127.0.0.1" not in texte
    assert "Traceback" not in texte
