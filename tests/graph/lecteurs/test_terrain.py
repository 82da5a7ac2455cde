"""Files as people have them: saved by a spreadsheet, with titles, odd encodings and shortened numbers."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from graph.errors import DemandeInvalideError
from graph.sources.atelier import Lieux, OptionsImport
from graph.sources.importation import import_files
from graph.sources.lecteurs.zones import read_departements
from graph.sources.tableau import FichierRefuseError
from tests.graph.lecteurs.publie_essai import RIEN, ecarts, enonces, importe, rejets

ENTETE = (
    "Nom de l'attribuant;idAttribuant;Date de convention;Nom du bénéficiaire;idBénéficiaire;Objet;Montant"
)
AIDE = "Région Fictive;99900003700013;27/03/2025;Les Ateliers imaginés;99900001100018;Emploi;15 000,50 €"
LIEUX = Lieux({"01004": "01004", "14118": "14118"}, {"01004": "01", "14118": "14"})


def subventions(dossier: Path, texte: str, encodage: str = "cp1252") -> Path:
    chemin = dossier / "subventions 2025.csv"
    chemin.write_bytes(texte.replace("\n", "\r\n").encode(encodage))
    return chemin


@pytest.mark.parametrize("encodage", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    "avant",
    [
        "",
        "sep=;\n",
        "Subventions versées en 2025;;;;;;\n\n;;;;;;\n",
        '"Région Fictive\nDirection de la vie associative"\n',
    ],
)
def test_titles_above_the_header_and_usual_encodings(tmp_path: Path, avant: str, encodage: str) -> None:
    fichier = subventions(tmp_path, f"{avant}{ENTETE}\n\n{AIDE}\n;;;;;;\n", encodage)
    resultat = importe(tmp_path / "var", "subventions", fichier)
    assert (resultat.fiche.lus, resultat.fiche.pris) == (1, 1)
    texte = enonces(resultat)
    assert '"15000.50"' in texte and '"2025-03-27"' in texte and "Les Ateliers imaginés" in texte
    assert ecarts(resultat) == ()


def test_columns_named_on_several_lines_and_empty_columns_on_the_right(tmp_path: Path) -> None:
    entete = ENTETE.replace("Montant", '"Montant\n(voté)"').replace("(voté)", "")
    fichier = subventions(tmp_path, f"{entete}\n{AIDE};;;\n{AIDE};;x\n")
    resultat = importe(tmp_path / "var", "subventions", fichier)
    assert (resultat.fiche.lus, resultat.fiche.pris, resultat.fiche.rejetes) == (2, 1, 1)
    (rejet,) = rejets(resultat)
    assert rejet.split(";")[1] == "4", "the line of the file, whatever the header takes"


@pytest.mark.parametrize(
    ("siret", "dit"),
    [
        ("99900001100018,00", "siret-99900001100018"),
        ("99900001100018.0", "siret-99900001100018"),
        ("999 000 011 00018", "siret-99900001100018"),
        ("9,99E+13", "dont les derniers chiffres sont perdus"),
        ("1.23E+13", "dont les derniers chiffres sont perdus"),
    ],
)
def test_a_number_that_a_spreadsheet_wrote_is_read_or_said_lost(tmp_path: Path, siret: str, dit: str) -> None:
    fichier = subventions(tmp_path, f"{ENTETE}\n{AIDE.replace('99900001100018', siret)}\n")
    resultat = importe(tmp_path / "var", "subventions", fichier)
    assert dit in enonces(resultat) + "".join(rejets(resultat))


def test_a_year_of_two_digits_is_of_this_century(tmp_path: Path) -> None:
    fichier = subventions(tmp_path, f"{ENTETE}\n{AIDE.replace('27/03/2025', '27/03/25')}\n")
    assert '"2025-03-27"' in enonces(importe(tmp_path / "var", "subventions", fichier))


def feuille(fichier: Path, *lignes: list[object], titre: str = "Feuil1") -> Path:
    classeur = openpyxl.Workbook()
    classeur.create_sheet("Lisez-moi").append(["Ce classeur…"])
    sheet = classeur.active
    assert sheet is not None
    sheet.title = titre
    for ligne in lignes:
        sheet.append(ligne)
    classeur.save(fichier)
    return fichier


def test_a_table_may_be_a_sheet_of_a_workbook(tmp_path: Path) -> None:
    aide = [*AIDE.split(";")[:6], 15000.5]
    aide[1], aide[4] = 99900003700013, 99900001100018.0
    fichier = feuille(tmp_path / "aides.xlsx", ["Subventions 2025"], [], ENTETE.split(";"), aide, [None])
    resultat = importe(tmp_path / "var", "subventions", fichier)
    assert (resultat.fiche.lus, resultat.fiche.pris) == (1, 1)
    texte = enonces(resultat)
    assert '"15000.50"' in texte and "siret-99900001100018" in texte and "siret-99900003700013" in texte
    assert importe(tmp_path / "var", "subventions", fichier).changements == RIEN
    with pytest.raises(FichierRefuseError, match="nomattribuant, nombeneficiaire, montant"):
        importe(tmp_path / "var", "subventions", feuille(tmp_path / "autre.xlsx", ["a", "b"], [1, 2]))


def test_a_commune_whose_zero_is_lost_is_found(tmp_path: Path) -> None:
    chemin = tmp_path / "fs.csv"
    chemin.write_text("id_fs;lib_fs;insee_com\n7;France services d'Ambérieu;1004\n8;Autre;9999\n", "cp1252")
    resultat = importe(tmp_path / "var", "france-services", chemin, lieux=LIEUX)
    assert (resultat.fiche.pris, resultat.fiche.rejetes) == (1, 1)
    assert "territoire/commune-01004>" in enonces(resultat)


@pytest.mark.parametrize("kind", ["rna", "cog", "classeur", "data-inclusion"])
def test_a_zip_cut_short_is_said_to_be_one(tmp_path: Path, kind: str) -> None:
    entier = tmp_path / "entier.zip"
    with zipfile.ZipFile(entier, "w") as archive:
        archive.writestr("acteurs.csv", "id;nom\n1;MDA\n")
    cut = tmp_path / "coupe.zip"
    cut.write_bytes(entier.read_bytes()[:-30])
    with pytest.raises(FichierRefuseError, match="zip illisible"):
        importe(tmp_path / "var", kind, cut)


def test_a_title_may_stand_above_the_header_of_our_workbook(tmp_path: Path) -> None:
    lignes = (["Partenaires de l’Ain", None], [], ["Id", "Nom", "Commune"], ["1", "MDA", 1004])
    fichier = feuille(tmp_path / "ain.xlsx", *lignes, titre="Acteurs")
    resultat = importe(tmp_path / "var", "classeur", fichier, lieux=LIEUX)
    assert (resultat.fiche.lus, resultat.fiche.pris) == (1, 1)
    assert "territoire/commune-01004>" in enonces(resultat)
    with pytest.raises(FichierRefuseError, match="il lui manque les colonnes id, nom"):
        importe(tmp_path / "var", "classeur", feuille(tmp_path / "rien.xlsx", ["Un titre"], titre="Acteurs"))


def test_a_check_names_no_file_that_it_does_not_write_and_counts_things_only(tmp_path: Path) -> None:
    fichier = subventions(tmp_path, f"{ENTETE}\n{AIDE}\n{AIDE.replace('15 000,50 €', 'beaucoup')}\n")
    args = (tmp_path / "var", "subventions", [fichier], OptionsImport(), Lieux())
    essai = import_files(*args, check_only=True)
    assert "1 refusée" in essai.bilan.lines()
    assert "1 refusée (voir rejets.csv)" in import_files(*args).bilan.lines()
    assert essai.changements.apparus == 3, "two actors and a funding, neither the source nor its passage"


def test_departements_are_typed_as_people_do(tmp_path: Path) -> None:
    assert read_departements(["14", "1", " 2a", "departement:974"]) == {"14", "01", "2A", "974"}
    with pytest.raises(DemandeInvalideError, match="calvados"):
        read_departements(["14", "calvados"])
