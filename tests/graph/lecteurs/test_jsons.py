"""JSON read record by record: the same as reading it whole, in little memory, and never an exception."""

import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.sources.lecteurs import jsons
from graph.sources.lecteurs.jsons import as_text, begins_like_json, read_records
from graph.sources.tableau import FichierRefuseError

VALEURS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
SUR_LE_DOSSIER = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def write(dossier: Path, texte: str | bytes) -> Path:
    fichier = dossier / "fiches.json"
    fichier.write_bytes(texte.encode("utf-8", "surrogatepass") if isinstance(texte, str) else texte)
    return fichier


@SUR_LE_DOSSIER
@given(st.lists(VALEURS, max_size=6), st.integers(1, 40), st.sampled_from([None, 2]), st.booleans())
def test_any_list_is_read_as_the_library_reads_it(
    tmp_path: Path, records: list[object], bloc: int, indent: int | None, keyed: bool
) -> None:
    whole = {"version": 1, "service": records} if keyed else records
    fichier = write(tmp_path, json.dumps(whole, indent=indent))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsons, "BLOC", max(bloc, 60) if keyed else bloc)
        read = list(read_records(fichier, "service" if keyed else None))
    assert [ligne.numero for ligne in read] == list(range(1, len(records) + 1))
    for ligne, record in zip(read, records, strict=True):
        if isinstance(record, dict):
            assert sorted(ligne.cellules.values()) == sorted(
                {jsons.column_name(cle): as_text(valeur) for cle, valeur in record.items()}.values()
            )
        else:
            assert ligne.cellules == {}


@SUR_LE_DOSSIER
@given(
    st.binary(max_size=60), st.sampled_from([b"", b"[", b'[{"id":', b'{"service":[{"id":"1"},', b"[[" * 60])
)
def test_any_bytes_are_read_or_refused_in_french(tmp_path: Path, octets: bytes, debut: bytes) -> None:
    fichier = write(tmp_path, debut + octets)
    try:
        list(read_records(fichier, "service"))
    except FichierRefuseError as refus:
        assert str(refus).endswith(".")


@pytest.mark.parametrize(
    "texte",
    [
        '[{"id": 1}, {"id": 2}',
        '[{"id": 1}, {"id": ',
        '[{"id": 1} "x" oups]',
        "[" * 100_000,
        '[{"n": ' + "9" * 10_000 + "}]",
        '{"autre": []}',
        "true",
        b'[{"id": "\xff"}]',
    ],
)
def test_what_is_cut_or_broken_is_refused(tmp_path: Path, texte: str | bytes) -> None:
    with pytest.raises(FichierRefuseError, match=r"fiches\.json"):
        list(read_records(write(tmp_path, texte), "service"))


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    fichier = tmp_path / "fiches.json"
    record = json.dumps({"id": "x" * 50, "description": "é" * 800})
    with fichier.open("w", encoding="utf-8") as flux:
        flux.write("[" + ",".join([record] * 4_000) + "]")
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_records(fichier)) == 4_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert fichier.stat().st_size > 15_000_000
    assert peak < 6_000_000


def test_json_is_told_from_a_table(tmp_path: Path) -> None:
    assert begins_like_json(write(tmp_path, b'\xef\xbb\xbf \n[{"id":1}]'))
    assert not begins_like_json(write(tmp_path, "id,nom\n"))
    assert not begins_like_json(tmp_path / "absent.json")
    assert not begins_like_json(tmp_path)
