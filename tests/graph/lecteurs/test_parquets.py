"""Parquet files: the same rows and counts as their CSV, and one sentence for what is none."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.sources.lecteurs.parquets import LOT, read_parquet
from graph.sources.tableau import FichierRefuseError
from tests.graph.lecteurs.publie_essai import RIEN, ecarts, echantillon, enonces, importe, survit

SIRENE = ("StockUniteLegale_utf8.csv", "StockEtablissement_utf8.csv")
NOMBRES = {"categorieJuridiqueUniteLegale": "SMALLINT", "anneeEffectifsUniteLegale": "INTEGER"}


def ecrit(sql: str, chemin: Path, options: str = "") -> Path:
    """Write what a query gives as Parquet."""
    with duckdb.connect() as base:
        base.execute(f"COPY ({sql}) TO '{chemin}' (FORMAT parquet{options})")
    return chemin


def depuis_csv(source: Path, chemin: Path, genres: Mapping[str, str] = NOMBRES) -> Path:
    """Write a CSV as INSEE does its Parquet: some columns as numbers."""
    with duckdb.connect() as base:
        found = base.execute(f"DESCRIBE SELECT * FROM read_csv('{source}', all_varchar = true)").fetchall()
    colonnes = ", ".join(f'"{nom}"::{genres.get(nom, "VARCHAR")} AS "{nom}"' for nom, *_ in found)
    return ecrit(f"SELECT {colonnes} FROM read_csv('{source}', all_varchar = true)", chemin)


def lues(chemin: Path, *requises: str, wanted: Sequence[str] = ()) -> list[dict[str, str]]:
    return [dict(ligne.cellules) for ligne in read_parquet(chemin, requises, wanted=wanted)]


def test_sirene_says_the_same_in_parquet_and_in_csv(tmp_path: Path) -> None:
    sources = [echantillon(nom) for nom in SIRENE]
    parquets = [depuis_csv(source, tmp_path / f"{source.stem}.parquet") for source in sources]
    csv = importe(tmp_path / "csv", "sirene", *sources)
    parquet = importe(tmp_path / "parquet", "sirene", *parquets)
    assert (parquet.fiche.lus, parquet.fiche.pris) == (csv.fiche.lus, csv.fiche.pris) == (4, 2)
    assert parquet.bilan.filtres == csv.bilan.filtres
    assert enonces(parquet).replace(".parquet", ".csv") == enonces(csv)
    assert importe(tmp_path / "parquet", "sirene", *parquets).changements == RIEN


def test_data_inclusion_says_the_same_in_parquet_and_in_json(tmp_path: Path) -> None:
    sources = [echantillon(f"data_inclusion_{nom}.json") for nom in ("structures", "services")]
    parquets = []
    for source in sources:
        texte = f"SELECT * FROM read_json('{source}', format = 'array')"
        parquets.append(ecrit(texte, tmp_path / f"{source.stem}.parquet"))
    en_json = importe(tmp_path / "json", "data-inclusion", *sources)
    parquet = importe(tmp_path / "parquet", "data-inclusion", *parquets)
    assert parquet.fiche.pris == en_json.fiche.pris > 0
    assert enonces(parquet).replace(".parquet", ".json") == enonces(en_json)
    assert ecarts(parquet) == ()


def test_every_type_of_column_becomes_the_text_a_table_would_hold(tmp_path: Path) -> None:
    sql = """SELECT 99900001100018::DOUBLE AS siret, 'nan'::FLOAT AS vide, 0.5 AS part, 0.25::DOUBLE AS quart,
        9220::INTEGER AS forme, true AS siege, DATE '2026-01-02' AS jour, NULL::VARCHAR AS rien,
        TIMESTAMPTZ '2026-01-02 03:04:05+00' AS heure, ['14', '50'] AS zone,
        {'a': 1, 'b': DATE '2026-01-02'} AS fiche, MAP {'k': 2} AS carte, encode('é') AS octets,
        'x' AS "Nom ""de"" l'organisme" """
    (ligne,) = lues(ecrit(sql, tmp_path / "types.parquet"), "siret")
    heure = ligne.pop("heure")
    assert heure.startswith("2026-01-0")
    assert ligne == {
        **{"siret": "99900001100018", "vide": "", "part": "0.5", "quart": "0.25", "forme": "9220"},
        **{"siege": "true", "jour": "2026-01-02", "rien": "", "zone": '["14", "50"]', "carte": '{"k": 2}'},
        **{"fiche": '{"a": 1, "b": "2026-01-02"}', "octets": "é", "nom_de_l_organisme": "x"},
    }
    assert json.loads(ligne["zone"]) == ["14", "50"]


def test_only_the_columns_wanted_are_read_and_a_name_is_never_a_pattern(tmp_path: Path) -> None:
    folder = tmp_path / "annee=2024"
    folder.mkdir()
    chemin = ecrit("SELECT i AS a, 'secret' AS b FROM range(5000) t(i)", folder / "essai.parquet")
    chemin = chemin.rename(folder / "a[1]*.parquet")
    rows = lues(chemin, "a", wanted=["a"])
    assert len(rows) == 5000 > LOT
    assert rows[4999] == {"a": "4999"}
    assert lues(chemin)[0] == {"a": "0", "b": "secret"}
    with pytest.raises(FichierRefuseError, match="il lui manque les colonnes siren"):
        lues(chemin, "siren", wanted=["siren"])


def test_what_would_open_into_something_huge_is_refused(tmp_path: Path) -> None:
    page = ecrit("SELECT repeat('a', 300000000) AS siren", tmp_path / "page.parquet", ", COMPRESSION zstd")
    lignes = ecrit(
        "SELECT 1 AS siren FROM range(5000000)", tmp_path / "lignes.parquet", ", ROW_GROUP_SIZE 5000000"
    )
    for chemin in (page, lignes):
        assert chemin.stat().st_size < 1 << 20
        with pytest.raises(FichierRefuseError, match="démesuré"):
            lues(chemin)


@pytest.mark.parametrize("octets", [b"PAR1", b"PAR1\x00\x01", b"PAR1" + b"\x00" * 100 + b"PAR1"])
def test_a_broken_file_is_one_sentence_and_nothing_is_written(tmp_path: Path, octets: bytes) -> None:
    chemin = tmp_path / "StockUniteLegale.parquet"
    chemin.write_bytes(octets)
    for kind in ("sirene", "data-inclusion", "rna", "subventions"):
        with pytest.raises(FichierRefuseError, match="Parquet illisible ou coupé"):
            importe(tmp_path / "var", kind, chemin)
    assert not list((tmp_path / "var" / "sources").glob("*"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_file_is_survived(tmp_path: Path, data: st.DataObject) -> None:
    sain = tmp_path / "sain.parquet"
    if not sain.exists():
        texte = "SELECT (999000000 + i)::VARCHAR AS siren, 'NOM ' || i AS denominationUniteLegale, 'O' AS "
        texte += "statutDiffusionUniteLegale, 9220 AS categorieJuridiqueUniteLegale, '00018' AS "
        ecrit(f"{texte} nicSiegeUniteLegale FROM range(300) t(i)", sain)
    octets = bytearray(sain.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(octets) - 1), min_size=1, max_size=6)):
        octets[place] = data.draw(st.integers(0, 255))
    fin = data.draw(st.integers(4, len(octets)))
    survit(tmp_path, "sirene", bytes(octets[:fin] if data.draw(st.booleans()) else octets), "essai.parquet")
