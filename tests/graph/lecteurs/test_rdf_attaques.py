"""Graphs made to reach elsewhere or to blow a reader up: refused in a sentence, or read; nothing opened."""

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from graph.sources.tableau import FichierRefuseError
from tests.graph.lecteurs.test_rdf import ENTETE, take
from tests.graph.test_sparql_confinement import Canari

SECRET = "contenu-que-personne-ne-lit"
SUJET = '<rdf:Description rdf:about="http://example.org/a"><e:b>{}</e:b></rdf:Description>'
XML = (
    '<?xml version="1.0"?>{}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:e="http://example.org/">{}</rdf:RDF>'
)
RIRES = "".join(f'<!ENTITY r{i} "{f"&r{i - 1};" * 10 if i else "ha" * 10}">' for i in range(10))
BORNE = 20.0
"""Seconds, on a busy machine: each takes about one."""


@pytest.fixture
def canari() -> Iterator[Canari]:
    canari = Canari()
    yield canari
    canari.close()


def contexte(valeur: object) -> str:
    return json.dumps({"@context": valeur, "@id": "http://example.org/a", "nom": "A"})


@pytest.mark.parametrize("local", [False, True], ids=["http", "fichier"])
@pytest.mark.parametrize(
    ("nom", "modele"),
    [
        ("contexte.jsonld", contexte("ADRESSE")),
        ("liste.jsonld", contexte([{"nom": "http://example.org/nom"}, "ADRESSE"])),
        ("importe.jsonld", contexte({"@version": 1.1, "@import": "ADRESSE"})),
        ("dedans.jsonld", contexte({"nom": {"@id": "http://example.org/nom", "@context": "ADRESSE"}})),
        ("dtd.rdf", XML.format('<!DOCTYPE r SYSTEM "ADRESSE">', SUJET.format("x"))),
        ("entite.rdf", XML.format('<!DOCTYPE r [<!ENTITY x SYSTEM "ADRESSE">]>', SUJET.format("&x;"))),
        ("parametre.rdf", XML.format('<!DOCTYPE r [<!ENTITY % x SYSTEM "ADRESSE"> %x;]>', SUJET.format("x"))),
        ("importe.ttl", f"{ENTETE} <http://example.org/> owl:imports <ADRESSE> ; ex:b 'c' ."),
    ],
)
def test_nothing_else_is_opened(tmp_path: Path, canari: Canari, nom: str, modele: str, local: bool) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    adresse = secret.as_uri() if local else canari.adresse
    lu = ""
    with suppress(FichierRefuseError):
        folder = take(tmp_path, modele.replace("ADRESSE", adresse), nom).folder
        assert folder is not None
        lu = "".join(f.read_text("utf-8", "replace") for f in folder.rglob("*") if f.is_file())
    assert SECRET not in lu
    assert canari.visites == 0


@pytest.mark.parametrize(
    ("nom", "texte"),
    [
        ("rires.rdf", XML.format(f"<!DOCTYPE r [{RIRES}]>", SUJET.format("&r9;"))),
        ("listes.ttl", ENTETE + "ex:a ex:b " + "( " * 8_000 + ")" * 8_000 + " ."),
        ("noeuds.ttl", ENTETE + "ex:a ex:b " + "[ ex:b " * 8_000 + "1" + "]" * 8_000 + " ."),
        ("imbrique.jsonld", '{"http://example.org/b":' * 100_000 + "1" + "}" * 100_000),
        ("imbrique.rdf", XML.format("", "<e:a>" * 4_000 + "</e:a>" * 4_000)),
    ],
)
def test_bombs_are_refused_or_read_in_time(tmp_path: Path, nom: str, texte: str) -> None:
    begun = time.perf_counter()
    with suppress(FichierRefuseError):
        resultat = take(tmp_path, texte, nom)
        assert resultat.folder is not None
        assert sum(f.stat().st_size for f in resultat.folder.rglob("*") if f.is_file()) < 50_000_000
    assert time.perf_counter() - begun < BORNE


def test_a_text_without_end_is_told(tmp_path: Path) -> None:
    with pytest.raises(FichierRefuseError, match="16"):
        take(tmp_path, '<http://e.org/a> <http://e.org/b> "' + "x" * 20_000_000 + '" .', "long.nt")
