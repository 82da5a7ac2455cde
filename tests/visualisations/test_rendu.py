"""Templates are strict and escape; static files are found by exact name only."""

import subprocess
import sys

import pytest
from jinja2 import UndefinedError

from visualisations.rendu import environment, static, static_path


def test_everything_is_escaped_and_an_unknown_name_is_an_error():
    env = environment()
    assert env.from_string("{{ a }}").render(a="<b>&'\"") == "&lt;b&gt;&amp;&#39;&#34;"
    with pytest.raises(UndefinedError):
        env.from_string("{{ absent }}").render()


@pytest.mark.parametrize(
    "nom", ["maillage.css", "communes.js", "lisiere.svg", "maille.svg", "vis-network.min.js"]
)
def test_static_files_are_found(nom):
    chemin = static_path(nom)
    assert chemin is not None
    assert chemin.stat().st_size > 0
    assert static(nom).startswith(f"/static/{nom}?v=")


@pytest.mark.parametrize(
    "nom",
    ["", ".", "..", "../rendu.py", "/etc/passwd", "absent.css", "maillage.css/", "..\\rendu.py", "a\0b"],
)
def test_no_other_path_is_served(nom):
    assert static_path(nom) is None


def test_a_template_naming_a_missing_file_fails():
    with pytest.raises(FileNotFoundError):
        static("absent.css")


def test_the_address_of_a_file_follows_its_content():
    assert static("maillage.css") == static("maillage.css")
    assert static("maillage.css").split("v=")[1] != static("communes.js").split("v=")[1]


def test_pyvis_is_found_without_being_imported():
    code = (
        "import sys; from visualisations.rendu import static; "
        "static('vis-network.min.js'); print('pyvis' in sys.modules)"
    )
    fait = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert fait.stdout == "False\n"
