"""SIRENE: which units are taken, where their head office is, what a head count does not say."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.sources.lecteurs.sieges import ETABLISSEMENT
from graph.sources.tableau import FichierRefuseError
from tests.benchmarks.generateurs import generate
from tests.benchmarks.generateurs.identites import siret_of
from tests.benchmarks.generateurs.sirene import UNITES_LEGALES
from tests.graph.lecteurs.publie_essai import (
    RIEN,
    anomalies,
    ecarts,
    echantillon,
    enonces,
    importe,
    rejets,
    survit,
)

ETABLISSEMENTS = [
    "siren",
    "statutDiffusionEtablissement",
    "etablissementSiege",
    "codeCommuneEtablissement",
    "etatAdministratifEtablissement",
]
ASSO = {
    "siren": "999000011",
    "nicSiegeUniteLegale": "00018",
    "statutDiffusionUniteLegale": "O",
    "etatAdministratifUniteLegale": "A",
    "categorieJuridiqueUniteLegale": "9220",
    "denominationUniteLegale": "ASSOCIATION INVENTEE",
    "identifiantAssociationUniteLegale": "W142000001",
    "dateDernierTraitementUniteLegale": "2026-03-02T09:00:00.000",
}
SIEGE = {
    "siren": "999000011",
    "statutDiffusionEtablissement": "O",
    "etablissementSiege": "true",
    "codeCommuneEtablissement": "14118",
    "etatAdministratifEtablissement": "A",
}
ACTEUR = "https://w3id.org/maillage/id/acteur/"
VOC = "https://w3id.org/maillage/voc/"


def fichier(dossier: Path, nom: str, colonnes: list[str], *lignes: dict[str, str]) -> Path:
    rows = [",".join(f'"{ligne.get(colonne, "")}"' for colonne in colonnes) for ligne in lignes]
    chemin = dossier / nom
    chemin.write_text("\n".join([",".join(colonnes), *rows]) + "\n", encoding="utf-8")
    return chemin


def unites(dossier: Path, *lignes: dict[str, str]) -> Path:
    return fichier(dossier, "StockUniteLegale_utf8.csv", UNITES_LEGALES, *lignes)


def sieges(dossier: Path, *lignes: dict[str, str]) -> Path:
    return fichier(dossier, "StockEtablissement_utf8.csv", ETABLISSEMENTS, *lignes)


def test_the_samples_conform_make_a_sound_edition_and_change_nothing_twice(tmp_path: Path) -> None:
    samples = echantillon("StockEtablissement_utf8.csv"), echantillon("StockUniteLegale_utf8.csv")
    resultat = importe(tmp_path, "sirene", *samples)
    assert (resultat.fiche.lus, resultat.fiche.pris, resultat.fiche.rejetes) == (4, 2, 0)
    assert dict(resultat.bilan.filtres) == {
        "établissement fermé": 1,
        "diffusion partielle : nom et adresse masqués".replace(" :", "\N{NO-BREAK SPACE}:"): 1,
    }
    texte = enonces(resultat)
    for fin in (
        'mai:rna "W142000001"',
        f"mai:trancheEffectif <{VOC}tranche-effectif/02>",
        f"mai:formeJuridique <{VOC}forme-juridique/9220>",
        'mai:ess "true"^^<http://www.w3.org/2001/XMLSchema#boolean>',
        "mai:siege <https://w3id.org/maillage/id/territoire/commune-14118>",
    ):
        propriete, valeur = fin.removeprefix("mai:").split(" ", 1)
        assert (
            f"<{ACTEUR}siret-99900001100018> <https://w3id.org/maillage/def#{propriete}> {valeur} ." in texte
        )
    assert "def#stade>" not in texte, "a head count only suggests a stage"
    assert "def#effectif>" not in texte, "a band is not a head count"
    assert ecarts(resultat) == ()
    assert importe(tmp_path, "sirene", *samples).changements == RIEN
    importe(tmp_path, "rna", echantillon("rna_waldec.csv"))
    assert anomalies(tmp_path) == {}


@pytest.mark.parametrize(
    ("changes", "raison"),
    [
        ({"statutDiffusionUniteLegale": "P"}, "diffusion partielle"),
        ({"categorieJuridiqueUniteLegale": "1000"}, "personne physique"),
        ({"prenom1UniteLegale": "JEANNE"}, "personne physique"),
        ({"nomUniteLegale": "SECRETE"}, "personne physique"),
        ({"etatAdministratifUniteLegale": "C"}, "unité cessée"),
        ({"unitePurgeeUniteLegale": "true"}, "unité cessée"),
        (
            {"categorieJuridiqueUniteLegale": "5710", "identifiantAssociationUniteLegale": ""},
            "ni association, ni fondation",
        ),
        ({"dateDernierTraitementUniteLegale": "2019-01-01"}, "rien de nouveau"),
    ],
)
def test_what_is_left_aside_says_why(tmp_path: Path, changes: dict[str, str], raison: str) -> None:
    resultat = importe(tmp_path, "sirene", unites(tmp_path, ASSO | changes), depuis=date(2020, 1, 1))
    (found,) = resultat.bilan.filtres
    assert found.startswith(raison)
    assert "SECRETE" not in enonces(resultat) and "JEANNE" not in enonces(resultat)


def test_an_establishment_counts_and_only_the_head_office_gives_a_place(tmp_path: Path) -> None:
    autres = (
        {"etablissementSiege": "false"},
        {"etatAdministratifEtablissement": "F"},
        {"statutDiffusionEtablissement": "P"},
        {"siren": "999000029"},
        {"siren": "SIREN"},
    )
    etablissements = sieges(tmp_path, SIEGE, *(SIEGE | autre for autre in autres))
    ligne = unites(tmp_path, ASSO, ASSO | {"siren": "999000037"})
    resultat = importe(tmp_path, "sirene", ligne, etablissements, departements=frozenset({"14"}))
    assert (resultat.fiche.lus, resultat.fiche.pris, resultat.fiche.filtres) == (8, 2, 6)
    assert resultat.bilan.filtres["hors des départements demandés"] == 1
    assert enonces(resultat).count("def#siege>") == 1


def test_what_is_refused_or_doubted(tmp_path: Path) -> None:
    lignes = (
        ASSO | {"denominationUniteLegale": ""},
        ASSO | {"nicSiegeUniteLegale": ""},
        ASSO | {"nicSiegeUniteLegale": "00019", "identifiantAssociationUniteLegale": "W1"},
        ASSO | {"trancheEffectifsUniteLegale": "77", "dateCreationUniteLegale": "1066-01-01"},
    )
    resultat = importe(tmp_path, "sirene", unites(tmp_path, *lignes))
    assert [ligne.split(";")[2] for ligne in rejets(resultat)] == ["denominationUniteLegale", "siren"]
    assert sorted(resultat.bilan.avertissements.values()) == [1, 1, 1, 1]
    assert ecarts(resultat) == ()


def test_establishments_alone_and_another_file_are_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FichierRefuseError, match="StockUniteLegale"):
        importe(tmp_path, "sirene", sieges(tmp_path, SIEGE))
    with pytest.raises(FichierRefuseError, match="il lui manque les colonnes"):
        importe(tmp_path, "sirene", fichier(tmp_path, "autre.csv", ["a", "b"], {"a": "1"}))
    assert not list((tmp_path / "sources").glob("*"))


def test_generated_units_are_counted_and_conform(tmp_path: Path) -> None:
    resultat = importe(tmp_path, "sirene", generate("sirene", 120, tmp_path / "StockUniteLegale.csv"))
    assert resultat.fiche.lus == 120 and 10 < resultat.fiche.pris < 110 and not resultat.fiche.rejetes
    assert not resultat.bilan.avertissements, "generated keys are right"
    assert len(siret_of(7)) == 14
    assert ecarts(resultat) == ()


def test_columns_are_those_the_reader_asks_for() -> None:
    assert [colonne.lower() for colonne in ETABLISSEMENTS] == list(ETABLISSEMENT)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.permutations(UNITES_LEGALES),
    st.lists(st.dictionaries(st.sampled_from(UNITES_LEGALES), st.text(max_size=16), max_size=8), max_size=4),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
)
def test_moved_columns_and_any_cells_are_survived(
    tmp_path: Path, colonnes: list[str], lignes: list[dict[str, str]], encodage: str
) -> None:
    rows = [",".join((ASSO | ligne).get(colonne, "") for colonne in colonnes) for ligne in lignes]
    survit(tmp_path, "sirene", "\n".join([",".join(colonnes), *rows]).encode(encodage, "replace"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_bytes_are_survived(tmp_path: Path, octets: bytes) -> None:
    survit(tmp_path, "sirene", octets)
    survit(tmp_path, "sirene", ",".join(UNITES_LEGALES).encode() + b"\n" + octets)
