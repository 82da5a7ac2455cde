"""The command `maillage`: each word of it, on good and bad input."""

import json
import re
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from api.cli import app
from graph.sources.registre import find_lecteurs

Command = Callable[..., Result]


@pytest.fixture
def maillage(data: Path) -> Command:
    """Run the command on the session's edition: ``maillage("query", "-", input=…)``."""

    def run(*words: str, input: str | None = None, **env: str) -> Result:
        return CliRunner().invoke(app, list(words), input=input, env={"MAILLAGE_DATA": str(data)} | env)

    return run


ASK = "PREFIX mai: <https://w3id.org/maillage/def#> ASK { ?a a mai:Acteur }"
SELECT = "SELECT ?nom { acteur:s3a skos:prefLabel ?nom }"
CONSTRUCT = "CONSTRUCT { ?a a mai:Acteur } WHERE { VALUES ?a { acteur:s3a } ?a a mai:Acteur }"


@pytest.mark.parametrize(
    ("requete", "format_", "attendu"),
    [
        (SELECT, "table", "S3A"),
        (SELECT, "csv", "nom\nS3A\n"),
        (ASK, "table", "true"),
        (CONSTRUCT, "ttl", "acteur:s3a a mai:Acteur"),
        ("SELECT ?x { ?x a mai:Licorne }", "table", "Aucune ligne."),
    ],
)
def test_query_writes_what_was_asked(maillage: Command, requete: str, format_: str, attendu: str) -> None:
    result = maillage("query", "-", "--format", format_, input=requete)
    assert result.exit_code == 0, result.output
    assert attendu in result.stdout


def test_a_cut_answer_says_so(maillage: Command) -> None:
    result = maillage("query", "-", "--format", "csv", input="SELECT ?s ?p { ?s ?p ?o }")
    assert result.exit_code == 0
    assert "LIMIT" in result.stderr


def test_query_reads_a_file_and_writes_json(maillage: Command, tmp_path: Path) -> None:
    fichier = tmp_path / "question.rq"
    fichier.write_text(SELECT, encoding="utf-8")
    result = maillage("query", str(fichier), "--format", "json")
    rows = json.loads(result.stdout)["results"]["bindings"]
    assert [row["nom"]["value"] for row in rows] == ["S3A"]


@pytest.mark.parametrize(
    ("words", "entree", "phrase"),
    [
        (("query", "absente.rq"), None, "absente.rq ne peut pas être lu"),
        (("query", "-", "--format", "pdf"), SELECT, "pdf"),
        (("query", "-", "--format", "ttl"), SELECT, "tableau"),
        (("query", "-", "--format", "csv"), CONSTRUCT, "graphe"),
        (("query", "-"), "SELECT ?x WHERE {", "ligne"),
        (("query", "-"), "DROP ALL", "lecture"),
        (("query", "-"), "", "vide"),
        (("orient", "--commune", "99999"), None, "commune"),
        (("orient",), None, "commune"),
        (("orient", "--commune", "14027", "--date", "hier"), None, "AAAA-MM-JJ"),
        (("orient", "--commune", "14027", "--besoin", "licorne"), None, "licorne"),
        (("editions", "use", "absente"), None, "n’existe pas"),
    ],
)
def test_bad_input_is_one_french_sentence_and_exit_code_2(
    maillage: Command, words: tuple[str, ...], entree: str | None, phrase: str
) -> None:
    result = maillage(*words, input=entree)
    assert result.exit_code == 2
    assert phrase in result.stderr
    assert "Traceback" not in result.output
    assert len(result.stderr.strip().splitlines()) <= 3


def test_map_writes_one_file_that_asks_for_nothing_else(maillage: Command, tmp_path: Path) -> None:
    sortie = tmp_path / "calvados.html"
    result = maillage("map", "-o", str(sortie), "--territoire", "departement:14")
    assert result.exit_code == 0, result.output
    page = sortie.read_text(encoding="utf-8")
    assert "S3A" in page
    assert not re.search(r"""(?:src|href)=["']https?://""", page), "nothing is fetched from elsewhere"
    before = sortie.read_bytes()
    for words, phrase in (
        ((str(tmp_path / "non" / "la.html"),), "ne peut pas être écrit"),
        (("/dev/null", "--format", "html"), "ne peut pas être écrit"),
        ((str(tmp_path),), "est un dossier"),
        ((str(tmp_path / "reseau.zip"),), "terminer par un de ceux-ci (html"),
        ((str(sortie), "--format", "zip"), "ne s’écrit pas en « zip »"),
        ((str(sortie), "--vue", "licorne"), "n’est pas une vue qui s’emporte : écrire carte, "),
        ((str(sortie), "--critere", "couleur=bleu"), "n’est pas un critère de cette vue"),
        ((str(sortie), "--critere", "couleur"), "--critere : Écrire nom=valeur"),
        ((str(sortie), "--territoire", "departement:999"), "n’existe pas"),
    ):
        refused = maillage("map", "-o", *words)
        assert (refused.exit_code, phrase in refused.stderr.replace("\xa0", " ")) == (2, True), refused.output
    assert sortie.read_bytes() == before
    assert [fichier.name for fichier in tmp_path.iterdir()] == ["calvados.html"], "no draft is left behind"


@pytest.mark.parametrize(
    ("nom", "debut"),
    [
        ("reseau.svg", b"<?xml"),
        ("reseau.png", b"\x89PNG"),
        ("reseau.gexf", b"<?xml"),
        ("reseau.liens.csv", "\ufeffDe;Relation".encode()),
        ("reseau.geojson", b"{"),
    ],
)
def test_map_writes_the_format_that_the_name_says(
    maillage: Command, tmp_path: Path, nom: str, debut: bytes
) -> None:
    result = maillage("map", "-o", str(tmp_path / nom), "--territoire", "departement:14")
    assert result.exit_code == 0, result.output
    assert (tmp_path / nom).read_bytes().startswith(debut)


def test_without_an_edition_it_says_to_build(maillage: Command, tmp_path: Path) -> None:
    for words in (("orient", "--commune", "14027"), ("query", "-"), ("serve",)):
        result = maillage(*words, input=SELECT, MAILLAGE_DATA=str(tmp_path))
        assert (result.exit_code, "maillage build" in result.stderr) == (2, True), words


def test_a_taken_port_is_said(maillage: Command) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = maillage("serve", "--port", port)
    assert result.exit_code == 2
    assert f"port {port}" in result.stderr
    assert "déjà pris" in result.stderr


@pytest.mark.parametrize(
    ("variable", "valeur"),
    [("MAILLAGE_DELAI_SPARQL", "vite"), ("MAILLAGE_DELAI_SPARQL", "0"), ("MAILLAGE_OUVRIERS_SPARQL", "-1")],
)
def test_a_bad_setting_is_named(maillage: Command, variable: str, valeur: str) -> None:
    result = maillage("editions", "list", **{variable: valeur})
    assert result.exit_code == 2
    assert variable in result.stderr


def test_the_reserve_never_lives_inside_the_data(maillage: Command, data: Path) -> None:
    result = maillage("editions", "list", MAILLAGE_RESERVE=str(data / "reserve"))
    assert result.exit_code == 2
    assert "MAILLAGE_RESERVE" in result.stderr


def test_import_names_its_kinds_its_option_and_where_refused_rows_are(
    tmp_path: Path, maillage: Command
) -> None:
    env = {"MAILLAGE_DATA": str(tmp_path / "var"), "MAILLAGE_PAQUET_TERRITOIRES": str(tmp_path)}
    said = "".join(maillage("import", "--help").stdout.split())
    assert all(kind in said for kind in find_lecteurs())
    (tmp_path / "acteurs.csv").write_text("id;nom;effectif\n1;MDA;deux\n2;CRIB;2\n", encoding="utf-8")
    late = maillage("import", "classeur", str(tmp_path / "acteurs.csv"), "--since", "12/03/2024", **env)
    assert (late.exit_code, late.stderr[:7]) == (2, "--since")
    done = maillage("import", "classeur", str(tmp_path / "acteurs.csv"), **env)
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("Lignes refusées"))
    assert "MDA" not in line
    assert "effectif" in Path(line.split(":", 1)[1].strip()).read_text(encoding="utf-8-sig")


def test_build_list_use_and_prune(tmp_path: Path, maillage: Command) -> None:
    env = {"MAILLAGE_DATA": str(tmp_path / "var"), "MAILLAGE_PAQUET_TERRITOIRES": str(tmp_path)}
    first = maillage("build", **env)
    assert first.exit_code == 0, first.output
    assert "partielle" in first.stdout
    again = maillage("build", **env)
    assert "rien à construire" in again.stdout
    assert maillage("build", "--force", **env).exit_code == 0
    listed = maillage("editions", "list", **env).stdout.splitlines()
    assert len(listed) == 2
    assert listed[1].startswith("*")
    old = listed[0].split()[0]
    assert old in maillage("editions", "use", old, **env).stdout
    assert maillage("editions", "list", **env).stdout.startswith(f"* {old}")
    pruned = maillage("editions", "prune", "--garder", "1", **env)
    assert pruned.stdout.startswith("0 édition"), "the current one and the newest stay"
