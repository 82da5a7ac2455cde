"""France services: houses and their offer, in the commune of their seat."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.sources.atelier import Lieux
from graph.sources.tableau import FichierRefuseError
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

ENTETE = (
    "id_fs,insee_dep,lib_fs,adresse,complement_adresse,insee_com,code_postal,lib_com,latitude,longitude,mail,"
    "telephone,h_lundi,h_mardi,h_mercredi,h_jeudi,h_vendredi,h_samedi,prise_rdv,commentaire,type_fs,format_fs,"
    "groupe_fs,labellisation_fs"
)


def fichier(dossier: Path, *lignes: dict[str, str]) -> Path:
    colonnes = ENTETE.split(",")
    rows = [",".join(f'"{ligne.get(colonne, "")}"' for colonne in colonnes) for ligne in lignes]
    chemin = dossier / "liste-fs-20240801.csv"
    chemin.write_text("\n".join([ENTETE, *rows]) + "\n", encoding="utf-8")
    return chemin


MAISON = {"id_fs": "1", "lib_fs": "France services de Test", "insee_com": "14118"}


def test_the_sample_conforms_makes_a_sound_edition_and_changes_nothing_twice(tmp_path: Path) -> None:
    sample = echantillon("france_services.csv")
    resultat = importe(tmp_path, "france-services", sample)
    assert (resultat.fiche.lus, resultat.fiche.pris) == (1, 1)
    assert ecarts(resultat) == ()
    texte = enonces(resultat)
    assert "acteur/france-services-90001> <https://w3id.org/maillage/def#siege>" in texte
    assert '"49.180000"' in texte
    assert "territoire/commune-14118> ." in texte
    assert '"2022-01-01"^^' in texte
    assert importe(tmp_path, "france-services", sample).changements == RIEN
    assert anomalies(tmp_path) == {}


def test_mail_telephone_and_hours_are_not_read(tmp_path: Path) -> None:
    ligne = MAISON | {
        "lib_fs": "France services 02 31 00 00 00 jeanne@example.org",
        "mail": "jeanne.inventee@example.org",
        "telephone": "06 11 22 33 44",
        "commentaire": "Demander Mme Inventée",
        "h_lundi": "09:00 - 12:00",
    }
    texte = enonces(importe(tmp_path, "france-services", fichier(tmp_path, ligne)))
    for trace in ("@example", "invent", "Invent", "11 22", "31 00", "09:00"):
        assert trace not in texte


def test_each_row_is_taken_refused_or_left_aside(tmp_path: Path) -> None:
    lignes = [
        MAISON,
        MAISON,
        MAISON | {"id_fs": ""},
        MAISON | {"id_fs": "2", "lib_fs": " "},
        MAISON | {"id_fs": "3", "insee_com": "1411"},
        MAISON | {"id_fs": "4", "insee_com": "50129"},
        MAISON
        | {
            "id_fs": "5",
            "latitude": "999",
            "longitude": "x",
            "labellisation_fs": "Espace labellisé 31/02/2022",
        },
    ]
    resultat = importe(
        tmp_path, "france-services", fichier(tmp_path, *lignes), departements=frozenset({"14"})
    )
    assert (resultat.fiche.lus, resultat.fiche.pris, resultat.fiche.rejetes, resultat.fiche.filtres) == (
        7,
        2,
        4,
        1,
    )
    assert len(rejets(resultat)) == 4
    assert ecarts(resultat) == ()
    assert "lat>" not in enonces(resultat)
    assert [n for texte, n in resultat.bilan.avertissements.items() if "hors du globe" in texte] == [1]


def test_the_date_of_the_file_is_that_of_its_name(tmp_path: Path) -> None:
    texte = enonces(importe(tmp_path, "france-services", fichier(tmp_path, MAISON)))
    assert f'issued> "{date(2024, 8, 1)}"' in texte


def test_a_former_commune_gives_todays(tmp_path: Path) -> None:
    lieux = Lieux({"14056": "14027", "14027": "14027"}, {"14027": "14"})
    ligne = MAISON | {"insee_com": "14056"}
    texte = enonces(importe(tmp_path, "france-services", fichier(tmp_path, ligne), lieux=lieux))
    assert "commune-14027" in texte
    assert "14056" not in texte


def test_another_file_is_refused_whole(tmp_path: Path) -> None:
    autre = tmp_path / "autre.csv"
    autre.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(FichierRefuseError, match="id_fs, lib_fs, insee_com"):
        importe(tmp_path, "france-services", autre)
    assert not list((tmp_path / "sources").glob("*"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.text(max_size=12), max_size=26), max_size=4),
    st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)
def test_anything_below_the_header_is_survived(
    tmp_path: Path, lignes: list[list[str]], encodage: str
) -> None:
    texte = "\n".join([ENTETE, *(",".join(cells) for cells in lignes)])
    survit(tmp_path, "france-services", texte.encode(encodage, "replace"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_bytes_are_survived(tmp_path: Path, octets: bytes) -> None:
    survit(tmp_path, "france-services", octets)
    survit(tmp_path, "france-services", ENTETE.encode() + b"\n" + octets)
