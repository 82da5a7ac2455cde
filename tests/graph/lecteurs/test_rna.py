"""RNA: both layouts, both encodings, what is kept, what is left, what is never read."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.sources.identifiants import normalise_rna, without_contacts
from graph.sources.tableau import FichierRefuseError
from tests.benchmarks.generateurs import generate
from tests.benchmarks.generateurs.rna import WALDEC
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

_IMPORT = (
    "id id_ex siret gestion date_creat date_publi nature groupement titre objet objet_social1 objet_social2 "
    "adr1 adr2 adr3 adrs_codepostal libcom adrs_codeinsee dir_civilite telephone siteweb email observation "
    "position rup_mi maj_time"
)
IMPORT = _IMPORT.split()
ANCIEN = [*WALDEC[:34], "telephone", "siteweb", "email", "publiweb", "observation", "position", "maj_time"]
ASSO = {
    "id": "W142000001",
    "titre": "ASSOCIATION INVENTEE",
    "groupement": "S",
    "nature": "D",
    "objet_social1": "009025",
    "objet_social2": "000000",
    "adrs_codeinsee": "14118",
    "date_creat": "2012-04-10",
    "date_disso": "0001-01-01",
    "position": "A",
    "publiweb": "1",
    "maj_time": "2026-03-02 10:11:12",
}
CODE_INCONNU = "code d’objet social inconnu, gardé sans secteur s’il a six chiffres"
DEF, ACTEUR = "https://w3id.org/maillage/def#", "https://w3id.org/maillage/id/acteur/"


def fichier(
    dossier: Path, *lignes: dict[str, str], colonnes: list[str] = WALDEC, encodage: str = "utf-8-sig"
) -> Path:
    rows = [";".join(f'"{ligne.get(colonne, "")}"' for colonne in colonnes) for ligne in lignes]
    chemin = dossier / "rna_waldec.csv"
    chemin.write_text("\n".join([";".join(colonnes), *rows]) + "\n", encoding=encodage)
    return chemin


def test_the_samples_conform_make_a_sound_edition_and_change_nothing_twice(tmp_path: Path) -> None:
    samples = echantillon("rna_waldec.csv"), echantillon("rna_import.csv")
    resultat = importe(tmp_path, "rna", *samples)
    assert (resultat.fiche.lus, resultat.fiche.pris, resultat.fiche.rejetes) == (4, 3, 0)
    assert dict(resultat.bilan.filtres) == {"association dissoute": 1}
    texte = enonces(resultat)
    assert f'{ACTEUR}siret-99900001100018> <{DEF}rna> "W142000001"' in texte
    assert f'{ACTEUR}rna-W2A1000002> <{DEF}rna> "W2A1000002"' in texte
    assert "réseau possible, à vérifier" in texte
    assert f"<{DEF}Reseau>" not in texte, "a candidate is not yet a network"
    assert "voc/secteur/009000" in texte and "voc/secteur/020000" in texte
    assert 'objetSocial> "009025"' in texte and 'objetSocial> "020025"' in texte
    assert (
        f"{ACTEUR}rna-142p0000000004> <http://purl.org/dc/terms/isReplacedBy> <{ACTEUR}rna-W142000004>"
        in texte
    )
    assert 'issued> "2026-03-02"' in texte
    assert ecarts(resultat) == ()
    assert importe(tmp_path, "rna", *samples).changements == RIEN
    assert anomalies(tmp_path) == {}


def test_nothing_personal_is_written(tmp_path: Path) -> None:
    ligne = ASSO | {
        "titre": "ASSOCIATION INVENTEE 06 11 22 33 44",
        "objet": "écrire à jeanne@example.org ou à Mme Secrete, 02 31 00 00 00",
        "adrs_libvoie": "VoieSecrete",
        "adrg_declarant": "SECRETE",
        "adrg_complemid": "chez SECRETE",
        "adrg_libvoie": "3 rue Secrete",
        "dir_civilite": "PF",
        "telephone": "0231000001",
        "email": "secrete@example.org",
        "observation": "appeler Secrete",
        "siteweb": "secrete@example.org",
    }
    resultat = importe(tmp_path, "rna", fichier(tmp_path, ligne, colonnes=ANCIEN))
    texte = enonces(resultat)
    for trace in ("@example", "ecrete", "SECRETE", "11 22", "0231", "31 00", '"PF"'):
        assert trace not in texte
    assert resultat.bilan.avertissements["courriel ou téléphone retiré d’un texte"] == 2
    assert ecarts(resultat) == ()


@pytest.mark.parametrize("colonnes", [WALDEC, ANCIEN, IMPORT], ids=["39", "41", "26"])
@pytest.mark.parametrize("encodage", ["utf-8-sig", "utf-8", "cp1252"])
def test_layouts_and_encodings(tmp_path: Path, colonnes: list[str], encodage: str) -> None:
    chemin = fichier(tmp_path, ASSO | {"titre": "Été à Nîmes"}, colonnes=colonnes, encodage=encodage)
    resultat = importe(tmp_path, "rna", chemin)
    assert resultat.fiche.pris == 1
    assert '"Été à Nîmes"@fr' in enonces(resultat)


def test_a_zip_of_one_file_a_departement(tmp_path: Path) -> None:
    chemin = fichier(tmp_path, ASSO)
    archive = tmp_path / "rna_waldec_20260301.zip"
    with zipfile.ZipFile(archive, "w") as contenu:
        contenu.writestr("dpt_14.csv", chemin.read_bytes())
        contenu.writestr("dpt_50.csv", chemin.read_bytes().replace(b"W142000001", b"W502000001"))
    resultat = importe(tmp_path, "rna", archive)
    assert resultat.fiche.pris == 2
    assert '"2026-03-01"' in enonces(resultat), "the date of the name"


@pytest.mark.parametrize(
    ("changes", "raison"),
    [
        ({"position": "D"}, "association dissoute"),
        ({"date_disso": "2020-01-10"}, "association dissoute"),
        ({"position": "S"}, "association retirée du répertoire"),
        ({"position": "R"}, "association reprise sous un autre numéro, que la ligne ne donne pas"),
        ({"adrs_codeinsee": "50129"}, "hors des départements demandés"),
        ({"adrs_codeinsee": ""}, "hors des départements demandés"),
        ({"maj_time": "2019-12-31 00:00:00"}, "rien de nouveau depuis la date demandée"),
        ({"maj_time": "0001-01-01"}, "rien de nouveau depuis la date demandée"),
    ],
)
def test_what_is_left_aside_says_why(tmp_path: Path, changes: dict[str, str], raison: str) -> None:
    chemin = fichier(tmp_path, ASSO | changes)
    resultat = importe(tmp_path, "rna", chemin, departements=frozenset({"14"}), depuis=date(2020, 1, 1))
    assert dict(resultat.bilan.filtres) == {raison: 1}
    assert importe(tmp_path, "rna", fichier(tmp_path, ASSO), departements=frozenset({"14"})).fiche.pris == 1


@pytest.mark.parametrize(
    ("changes", "colonne"), [({"id": "?"}, "id"), ({"titre": " "}, "titre"), ({"position": "Z"}, "position")]
)
def test_what_is_refused_is_written_down(tmp_path: Path, changes: dict[str, str], colonne: str) -> None:
    resultat = importe(tmp_path, "rna", fichier(tmp_path, ASSO, ASSO | changes))
    assert (resultat.fiche.pris, resultat.fiche.rejetes) == (1, 1)
    assert rejets(resultat)[0].startswith(f"rna_waldec.csv;3;{colonne};")


@pytest.mark.parametrize(
    ("changes", "doute", "sujet"),
    [
        ({"siret": "99900001100019"}, "SIRET dont la clé est fausse, gardé tel quel", "siret-99900001100019"),
        ({"siret": "999000011"}, "SIRET qui n’a pas quatorze chiffres, non repris", "rna-W142000001"),
        ({"id": "W14200001"}, "numéro RNA mal formé, gardé comme simple numéro", "rna-w14200001"),
        ({"objet_social1": "099005"}, CODE_INCONNU, "rna-W142000001"),
        ({"objet_social1": "9025"}, CODE_INCONNU, "rna-W142000001"),
        ({"date_creat": "2023-02-30"}, "date illisible ou à venir, non reprise", "rna-W142000001"),
        ({"date_creat": "2999-01-01"}, "date illisible ou à venir, non reprise", "rna-W142000001"),
        ({"adrs_codeinsee": "99999X"}, "code de commune inconnu, siège laissé vide", "rna-W142000001"),
    ],
)
def test_what_is_taken_with_a_doubt(tmp_path: Path, changes: dict[str, str], doute: str, sujet: str) -> None:
    resultat = importe(tmp_path, "rna", fichier(tmp_path, ASSO | changes))
    assert resultat.fiche.pris == 1
    assert dict(resultat.bilan.avertissements) == {doute: 1}
    assert f"<{ACTEUR}{sujet}> " in enonces(resultat)
    assert ecarts(resultat) == ()


@pytest.mark.parametrize("siret", ["99900001100018", "35600000049837", "", "00000000000000"])
def test_right_numbers_raise_no_doubt(tmp_path: Path, siret: str) -> None:
    assert not importe(tmp_path, "rna", fichier(tmp_path, ASSO | {"siret": siret})).bilan.avertissements


@pytest.mark.parametrize(
    ("site", "publie", "adresse"),
    [
        ("www.exemple.org", "1", "<http://www.exemple.org>"),
        ("https://exemple.org/a?b", "1", "<https://exemple.org/a?b>"),
        ("www.exemple.org", "0", None),
        ("en cours", "1", None),
        ("javascript:alert(1)", "1", None),
    ],
)
def test_a_site_is_an_address_that_may_be_published(
    tmp_path: Path, site: str, publie: str, adresse: str | None
) -> None:
    texte = enonces(importe(tmp_path, "rna", fichier(tmp_path, ASSO | {"siteweb": site, "publiweb": publie})))
    assert (f"homepage> {adresse} ." in texte) if adresse else ("homepage" not in texte)


def test_an_old_record_without_w_keeps_its_number(tmp_path: Path) -> None:
    ligne = ASSO | {"id": "142P0000000005"}
    resultat = importe(tmp_path, "rna", fichier(tmp_path, ligne, colonnes=IMPORT))
    assert f'<{ACTEUR}rna-142p0000000005> <http://www.w3.org/2004/02/skos/core#notation> "142P' in enonces(
        resultat
    )
    assert ecarts(resultat) == ()


def test_another_file_is_refused_whole(tmp_path: Path) -> None:
    autre = tmp_path / "autre.csv"
    autre.write_text("id;titre\n1;2\n", encoding="utf-8")
    with pytest.raises(FichierRefuseError, match="position"):
        importe(tmp_path, "rna", autre)
    assert not list((tmp_path / "sources").glob("*"))


def test_generated_rows_are_taken_conform_and_are_the_same_each_time(tmp_path: Path) -> None:
    first, again = (generate("rna", 60, tmp_path / nom) for nom in ("a.csv", "b.csv"))
    assert first.read_bytes() == again.read_bytes()
    resultat = importe(tmp_path, "rna", first)
    assert (resultat.fiche.lus, resultat.fiche.rejetes) == (60, 0)
    assert ecarts(resultat) == ()


def test_numbers_and_texts() -> None:
    assert normalise_rna("w 9T1 002867") == "W9T1002867"
    assert [normalise_rna(texte) for texte in ("W9T1002867", "w2A1000002 ", "142000001")] == [
        "W9T1002867",
        "W2A1000002",
        "",
    ]
    assert without_contacts("B@SE, +33 (0)2 31 00 00 00, 14000") == "[…] […], 14000"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.permutations(WALDEC),
    st.lists(st.dictionaries(st.sampled_from(WALDEC), st.text(max_size=20), max_size=12), max_size=4),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
)
def test_moved_columns_and_any_cells_are_survived(
    tmp_path: Path, colonnes: list[str], lignes: list[dict[str, str]], encodage: str
) -> None:
    rows = [";".join((ASSO | ligne).get(colonne, "") for colonne in colonnes) for ligne in lignes]
    survit(tmp_path, "rna", "\n".join([";".join(colonnes), *rows]).encode(encodage, "replace"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_bytes_are_survived(tmp_path: Path, octets: bytes) -> None:
    survit(tmp_path, "rna", octets)
    survit(tmp_path, "rna", ";".join(WALDEC).encode() + b"\n" + octets)


def test_a_cell_of_a_megabyte_refuses_its_row_only(tmp_path: Path) -> None:
    resultat = importe(tmp_path, "rna", fichier(tmp_path, ASSO | {"objet": "x" * (1 << 21)}, ASSO))
    assert (resultat.fiche.pris, resultat.fiche.rejetes) == (1, 1)
