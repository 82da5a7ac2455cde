"""The competency questions: each one readable, portable, and giving the rows a careful reader would write.

The expected rows (``qcNN-….csv``) are written by hand from the documents, never from the graph.
"""

import csv
import re
from decimal import Decimal, InvalidOperation
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest
from rdflib.plugins.sparql import prepareQuery

from graph.edition.composition import Options
from graph.edition.construction import build
from graph.edition.dossier import STORE, Dossier
from graph.queries import parse_requete
from graph.sparql import check_requete
from graph.store import Store
from ontology.loading import list_files
from ontology.namespaces import PREFIXES, VOC

QUESTIONS = list_files("questions", ".rq")
NAMES = [entry.name.removesuffix(".rq") for entry in QUESTIONS]
NEED_COMMUNES = {"qc02-couverture-commune", "qc15-dispositifs-portes"}
"""Questions that name or place a commune: they need the communes of France, which the npm package brings."""

NOT_PORTABLE = {
    "BIND(EXISTS …), which breaks a Virtuoso": r"BIND\s*\(\s*(NOT\s+)?EXISTS",
    "containment walked step by step": r"subdivisionDirecteDe",
    "a path along the closure, which is closed already": r"mai:dans\s*[*+/]",
}


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """An edition of what ships with the product: departements and regions, no communes."""
    return _open(tmp_path_factory.mktemp("questions"), build_it=True)


@pytest.fixture(scope="session")
def national(data: Path) -> Store:
    """The edition every layer's tests share, with the communes of France."""
    return _open(data, build_it=False)


def _open(folder: Path, build_it: bool) -> Store:
    dossier = Dossier(folder)
    if build_it:
        build(dossier, Options())
    identifiant = dossier.current_id()
    assert identifiant is not None
    return Store.open(dossier.folder(identifiant) / STORE)


def test_there_are_enough_and_each_has_its_rows() -> None:
    assert len(QUESTIONS) >= 36
    assert [entry.name.removesuffix(".csv") for entry in list_files("questions", ".csv")] == NAMES
    assert [name[:5] for name in NAMES] == [f"qc{number:02}-" for number in range(1, len(NAMES) + 1)]
    assert set(NAMES) >= NEED_COMMUNES


@pytest.mark.parametrize("entry", QUESTIONS, ids=NAMES)
def test_a_question_is_asked_in_french_and_reads_alone(entry: Traversable) -> None:
    texte = entry.read_text(encoding="utf-8")
    question = parse_requete(entry.name, texte).question
    assert question.endswith(" ?")
    assert texte.startswith(f"# {question}\nPREFIX ")
    body = _without_words(texte)
    declared = dict(re.findall(r"^PREFIX ([\w-]+): <(.+)>$", body, re.MULTILINE))
    used = set(re.findall(r"(?<![\w?<:/])([a-z][\w-]*):(?=[\w*])", body.split("\nSELECT", 1)[1]))
    assert used == set(declared), "exactly the prefixes it uses"
    for prefix, iri in declared.items():
        assert iri == PREFIXES.get(prefix, "") or iri.startswith(str(VOC)), f"the usual IRI of {prefix}:"


@pytest.mark.parametrize("entry", QUESTIONS, ids=NAMES)
def test_a_question_is_plain_portable_sparql(entry: Traversable) -> None:
    texte = entry.read_text(encoding="utf-8")
    body = _without_words(texte)
    assert not [why for why, form in NOT_PORTABLE.items() if re.search(form, body, re.IGNORECASE)]
    assert "\nORDER BY " in texte
    assert max(len(line) for line in texte.splitlines()) <= 130
    check_requete(texte)
    projected = [str(variable) for variable in prepareQuery(texte).algebra.PV]
    assert _expected(entry.name)[0] == projected


@pytest.mark.parametrize("name", [name for name in NAMES if name not in NEED_COMMUNES])
def test_rows_from_what_ships(name: str, shipped: Store) -> None:
    _compare(name, shipped)


@pytest.mark.parametrize("name", NAMES)
def test_rows_with_the_communes_of_france(name: str, national: Store) -> None:
    _compare(name, national)


def test_values_are_compared_as_numbers_when_they_are() -> None:
    assert _value("9.50") == _value("9.5") == _value("9.5E0")
    assert _value("2011-10") == "2011-10"
    assert _value("") == ""


def _without_words(texte: str) -> str:
    """Take the comments and the quoted texts out of a query."""
    return re.sub(r'^\s*#.*$|"[^"]*"', "", texte, flags=re.MULTILINE)


def _compare(name: str, store: Store) -> None:
    """Compare the rows of a question with the expected ones, order included."""
    (texte,) = (entry.read_text(encoding="utf-8") for entry in QUESTIONS if entry.name == f"{name}.rq")
    columns, *expected = _expected(f"{name}.rq")
    rows = [[_value(row.get(column, "")) for column in columns] for row in store.select(texte)]
    wanted = [[_value(cell) for cell in row] for row in expected]
    missing = [row for row in wanted if row not in rows]
    too_many = [row for row in rows if row not in wanted]
    assert (missing, too_many) == ([], [])
    assert rows == wanted, "same rows, another order or count"


def _expected(question: str) -> list[list[str]]:
    """Return the header and the rows expected of a question."""
    (entry,) = list_files("questions", question.replace(".rq", ".csv"))
    return list(csv.reader(entry.read_text(encoding="utf-8").splitlines()))


def _value(cell: str) -> str | Decimal:
    try:
        return Decimal(cell).normalize() if cell.strip() else cell
    except InvalidOperation:
        return cell
