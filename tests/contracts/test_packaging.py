"""The promises of the repository: packages, locks, documents that stay true."""

import json
import re
import subprocess
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from rdflib import Graph
from typer.main import get_command

from api.cli import app
from api.settings import Settings
from ontology.validation import validate

RACINE = Path(__file__).resolve().parents[2]
COUCHES = ("ontology", "graph", "visualisations", "api")


def read(nom: str) -> str:
    return (RACINE / nom).read_text(encoding="utf-8")


@pytest.mark.parametrize("nom", COUCHES)
def test_no_other_distribution_owns_our_package_names(nom: str) -> None:
    assert set(packages_distributions().get(nom, [])) <= {"maillage"}


def test_the_wheel_ships_data_beside_code(tmp_path: Path) -> None:
    hatchling = RACINE / ".venv" / "bin" / "hatchling"
    if not hatchling.exists():
        pytest.skip("no .venv here: make setup")
    subprocess.run(
        [hatchling, "build", "-t", "wheel", "-d", tmp_path], cwd=RACINE, check=True, capture_output=True
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for expected in (
        "ontology/modules/maillage.ttl",
        "ontology/schemes/besoin.ttl",
        "graph/corpus/calvados-petite-enfance-2009.ttl",
        "graph/queries/orientation/recommander.rq",
        "graph/territoires/departements.csv",
        "graph/orientation/ponderation.toml",
        "graph/messages/fr/orientation.toml",
        "visualisations/templates/base.html",
        "visualisations/static/maillage.css",
        "api/cli/__init__.py",
    ):
        assert expected in names
    assert not [name for name in names if name.startswith("tests/")]


def test_locks_pin_by_hash_and_name_no_registry() -> None:
    for nom in ("requirements/run.txt", "requirements/dev.txt"):
        texte = read(nom)
        pinned = re.findall(r"^[a-z0-9][^ ]*==[^ ]+(.*)\n((?:    --hash=.*\n)+)", texte, re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^[a-z0-9]", texte, re.MULTILINE))
        assert "://" not in texte
    lock = json.loads(read("package-lock.json"))
    for name, package in lock["packages"].items():
        assert not name or package["integrity"].startswith("sha512-")
        assert "resolved" not in package


def test_nothing_under_gpl_is_needed_at_run_time() -> None:
    from importlib.metadata import distribution

    needed = re.findall(r"^([a-z0-9][a-z0-9._-]*)==", read("requirements/run.txt"), re.MULTILINE)
    for nom in needed:
        try:
            meta = distribution(nom).metadata
        except ModuleNotFoundError:
            continue  # for another platform or Python
        licence = " ".join([meta.get("License-Expression") or "", *(meta.get_all("Classifier") or [])])
        assert not re.search(r"\b(?:A?GPL|GNU (?:Affero )?General Public)", licence), nom


def test_the_readme_names_every_setting_command_and_target() -> None:
    readme = read("README.md")
    for field in Settings.model_fields:
        assert f"MAILLAGE_{field.upper()}" in readme
    for command in get_command(app).commands:  # type: ignore[attr-defined]
        assert f"maillage {command}" in readme
    for target in re.findall(r"^([a-z]+):.*##", read("Makefile"), re.MULTILINE):
        assert f"make {target}" in readme


def test_links_of_the_documents_lead_somewhere() -> None:
    for document in [*RACINE.glob("*.md"), *RACINE.glob("docs/**/*.md")]:
        for cible in re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text(encoding="utf-8")):
            if "://" not in cible:
                assert (document.parent / cible).exists(), f"{document.name} → {cible}"


def test_the_example_document_of_contributing_is_sound() -> None:
    (turtle,) = re.findall(r"```turtle\n(.*?)```", read("CONTRIBUTING.md"), re.DOTALL)
    report = validate(Graph().parse(data=turtle, format="turtle"), corpus=True)
    assert report.violations == ()


def test_python_support_is_said_once() -> None:
    projet = tomllib.loads(read("pyproject.toml"))["project"]
    assert projet["requires-python"] == ">=3.11"
    assert "3.11" in read("Makefile")
