"""The workbook: what a person fills becomes the graph, what is wrong is said, nobody enters by name."""

import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from graph.sources.atelier import Atelier, Lieux, OptionsImport
from graph.sources.bilan import PREMIERS
from graph.sources.classeur.colonnes import FEUILLES
from graph.sources.classeur.modele import AIDE_MAX, write_modele
from graph.sources.classeur.valeurs import public_text
from graph.sources.importation import import_files
from graph.sources.tableau import FichierRefuseError
from tests.graph.lecteurs.classeur_essai import CRECHES, DLA, MDA, ORNE, classeur, fichiers_csv
from tests.graph.lecteurs.publie_essai import RIEN, anomalies, ecarts, enonces, importe, rejets, survit

ACTEUR = "https://w3id.org/maillage/id/acteur/"


def test_a_whole_workbook_conforms_makes_a_sound_edition_and_changes_nothing_twice(tmp_path: Path) -> None:
    fichier = classeur(tmp_path / "Partenaires Orne.xlsx", ORNE)
    resultat = importe(tmp_path, "classeur", fichier)
    assert (resultat.fiche.lus, resultat.fiche.pris) == (13, 13), rejets(resultat)
    assert ecarts(resultat) == ()
    texte = enonces(resultat)
    for expected in (
        'acteur/classeur-partenaires-orne--1> <http://www.w3.org/2004/02/skos/core#prefLabel> "Maison',
        'acteur/rna-W612000001> <https://w3id.org/maillage/def#rna> "W612000001"',
        "homepage> <https://www.mda.example>",
        'montant> "25000.5"',
        'montant> "3500"',
        'debut> "2025-09-01"^^<http://www.w3.org/2001/XMLSchema#date>',
        'issued> "2026-03-03"',
        "vers> <https://w3id.org/maillage/id/accompagnement/classeur-partenaires-orne--a1>",
        "d’après\N{NO-BREAK SPACE}: Annuaire 2025",
    ):
        assert expected in texte, expected
    assert importe(tmp_path, "classeur", fichier).changements == RIEN
    assert anomalies(tmp_path) == {}


@pytest.mark.parametrize(("separateur", "bom"), [(";", True), (",", False)])
def test_csv_files_say_what_the_workbook_says(tmp_path: Path, separateur: str, bom: bool) -> None:
    files = fichiers_csv(tmp_path / "orne", ORNE, separateur, bom)
    resultat = importe(tmp_path / "var", "classeur", *reversed(files))
    assert resultat.folder is not None
    assert (resultat.folder.name, resultat.fiche.pris) == ("classeur-orne", 13), rejets(resultat)
    other = importe(tmp_path / "var", "classeur", classeur(tmp_path / "orne.xlsx", ORNE))

    def bare(texte: str) -> set[str]:
        return {line for line in texte.splitlines() if "#lieu>" not in line}

    assert bare(enonces(other)) == bare(enonces(resultat)), "the place in the document only differs"


def test_two_workbooks_that_use_the_same_id_never_meet(tmp_path: Path) -> None:
    seen: list[str] = []
    for nom, ident in (("a.xlsx", "b 1"), ("a b.xlsx", "1"), ("c.xlsx", "1")):
        fichier = classeur(tmp_path / nom, {"acteurs": [MDA | {"id": ident}]})
        texte = enonces(importe(tmp_path / "var", "classeur", fichier))
        seen += set(re.findall(rf"<{ACTEUR}([^>]+)> <[^>]+#type>", texte))
    assert len(seen) == len(set(seen)) == 3, seen


def test_roles_become_mandates_where_the_actor_works(tmp_path: Path) -> None:
    acteurs = [
        MDA,
        DLA,
        {"id": 5, "nom": "Chambre inventée", "types": "DLARegional", "commune": "61001"},
        {"id": 6, "nom": "Centre inventé", "types": "CentreNationalAppui"},
        {"id": 7, "nom": "Sans lieu", "types": "PointAppui"},
    ]
    offres = [{"acteur": 2, "fonction": "diagnostic", "territoires": "departement:14|departement:61"}]
    liens = [{"de": 1, "type": "mandat", "vers": "guid-asso", "debut": "2024"}]
    resultat = importe(
        tmp_path / "var",
        "classeur",
        classeur(tmp_path / "e.xlsx", {"acteurs": acteurs, "offres": offres, "liens": liens}),
    )
    texte = enonces(resultat)
    assert ecarts(resultat) == ()
    for role in ("PointAppui", "OperateurDLA", "DLARegional", "CentreNationalAppui"):
        assert f"def#{role}>" not in texte, "roles are derived, never typed"

    def zones(lien: str) -> set[str]:
        return set(re.findall(rf"lien/classeur-e--{lien}> <[^>]+#territoire> <[^>]+/([^/>]+)>", texte))

    assert zones("1-mandat-1") == {"departement-61"}
    assert "1-mandat-pava" not in texte, "the row « mandat » says it better"
    assert zones("2-mandat-dla") == {"departement-14", "departement-61"}
    assert zones("5-mandat-dla-regional") == {"region-28"}
    assert zones("6-mandat-crdla") == {"national"}
    assert not zones("7-mandat-pava")
    assert any("PointAppui" in sentence for sentence in resultat.bilan.avertissements)


@pytest.mark.parametrize(
    ("feuille", "ligne", "colonne", "raison"),
    [
        ("acteurs", {"nom": "Sans id"}, "id", "identifiant"),
        ("acteurs", {"id": 1, "nom": "Bis"}, "id", "même"),
        ("acteurs", {"id": "acteur:s3a", "nom": "X"}, "id", "identifiant"),
        ("acteurs", {"id": 9}, "nom", "obligatoire"),
        ("acteurs", {"id": 9, "nom": "X", "types": "Asociation"}, "types", "peut-être Association"),
        ("acteurs", {"id": 9, "nom": "X", "siret": "123"}, "siret", "quatorze"),
        ("acteurs", {"id": 9, "nom": "X", "siret": "552 100 554 0001"}, "siret", "quatorze"),
        ("acteurs", {"id": 9, "nom": "X", "rna": "1234"}, "rna", "W suivi"),
        ("acteurs", {"id": 9, "nom": "X", "commune": "Alençon"}, "commune", "code INSEE"),
        ("acteurs", {"id": 9, "nom": "X", "commune": "61999"}, "commune", "pas le code postal"),
        ("acteurs", {"id": 9, "nom": "X", "effectif": "-3"}, "effectif", "nombre entier"),
        ("acteurs", {"id": 9, "nom": "X", "effectif": 1.5}, "effectif", "entier"),
        ("acteurs", {"id": 9, "nom": "X", "secteurs": "petite-enfanse"}, "secteurs", "petite-enfance"),
        ("acteurs", {"id": 9, "nom": "X", "date_maj": "2026-13"}, "date_maj", "AAAA"),
        ("acteurs", {"id": 9, "nom": "X", "date_maj": "9999"}, "date_maj", "2100"),
        ("acteurs", {"id": 9, "nom": "X", "date_maj": "0000"}, "date_maj", "AAAA"),
        ("acteurs", {"id": 9, "nom": "#REF!"}, "nom", "erreur"),
        ("acteurs", {"id": 9, "nom": "=1+1"}, "nom", "formule"),
        ("offres", {"acteur": 99, "fonction": "suivi"}, "acteur", "aucun acteur"),
        ("offres", {"acteur": 1}, "fonction", "obligatoire"),
        (
            "offres",
            {"acteur": 1, "fonction": "suivi", "territoires": "Orne"},
            "territoires",
            "departement:61",
        ),
        ("offres", {"acteur": 1, "fonction": "suivi", "territoires": "departement:99"}, "territoires", "61"),
        ("offres", {"acteur": 1, "fonction": "suivi", "gratuit": "peut-être"}, "gratuit", "(oui, non)"),
        ("offres", {"acteur": 1, "fonction": "suivi", "mobilise_par": "zzz"}, "mobilise_par", "dispositif"),
        ("offres", {"acteur": 1, "fonction": "suivi", "debut": "2026", "fin": "2025"}, "fin", "avant"),
        ("liens", {"de": 1, "type": "amitié", "vers": 2}, "type", "liste"),
        ("liens", {"de": 1, "type": "adhesion", "vers": 99}, "vers", "aucun acteur"),
        ("liens", {"de": 1, "type": "adhesion", "vers": 1}, "vers", "lui-même"),
        ("liens", {"de": 1, "type": "adhesion", "vers": "accompagnement:zz"}, "vers", "vers un acteur"),
        ("liens", {"de": 1, "type": "financement", "vers": 2, "montant": "12.500"}, "montant", "milliers"),
        ("liens", {"de": 1, "type": "mandat", "vers": "dlaa"}, "vers", "peut-être dla"),
        ("accompagnements", {"id": 1, "titre": "T"}, "statut", "obligatoire"),
        ("accompagnements", {"id": 1, "titre": "T", "statut": "fini"}, "statut", "vocabulaire"),
        (
            "accompagnements",
            {"id": 1, "titre": "T", "statut": "prevu", "pilotes": "1|99"},
            "pilotes",
            "aucun",
        ),
    ],
)
def test_a_refused_row_says_its_column_and_why(
    tmp_path: Path, feuille: str, ligne: dict[str, Any], colonne: str, raison: str
) -> None:
    feuilles = {"acteurs": [MDA, DLA], feuille: [ligne]}
    if feuille == "acteurs":
        feuilles["acteurs"] = [MDA, DLA, ligne]
    lieux = Lieux({"61001": "61001"}, {"61001": "61"})
    fichier = classeur(tmp_path / "e.xlsx", feuilles)
    (rejet,) = rejets(importe(tmp_path / "var", "classeur", fichier, lieux=lieux))
    assert rejet.split(";")[2] == colonne
    assert raison in rejet


def test_a_position_is_kept_and_an_epci_must_be_one_of_today(tmp_path: Path) -> None:
    lieux = Lieux({"61001": "61001"}, {"61001": "61"}, frozenset({"200068468"}))
    acteurs = [
        MDA | {"latitude": 48.43, "longitude": "0,09"},
        *(
            {"id": f"x{n}", "nom": "X", "latitude": a, "longitude": o}
            for n, (a, o) in enumerate([(0, 0), (48, None)])
        ),
    ]
    offres = [
        {"acteur": 1, "fonction": "suivi", "territoires": f"epci:{code}"}
        for code in ("200068468", "246100390")
    ]
    fichier = classeur(tmp_path / "e.xlsx", {"acteurs": acteurs, "offres": offres})
    resultat = importe(tmp_path / "var", "classeur", fichier, lieux=lieux)
    texte = enonces(resultat)
    geo = "http://www.w3.org/2003/01/geo/wgs84_pos#"
    assert f'<{geo}lat> "48.430000"^^' in texte and f'<{geo}long> "0.090000"^^' in texte
    assert texte.count(f"<{geo}lat>") == 1
    assert [n for sentence, n in resultat.bilan.avertissements.items() if "hors du globe" in sentence] == [2]
    (rejet,) = rejets(resultat)
    assert "246100390" in rejet and "a pu fusionner" in rejet


def test_what_names_a_refused_or_filtered_actor_goes_with_it(tmp_path: Path) -> None:
    feuilles = {
        "acteurs": [MDA, CRECHES | {"commune": "14118"}, {"id": 8, "nom": "X", "commune": "zz"}],
        "offres": [{"acteur": i, "fonction": "suivi"} for i in (1, "F-3", 8)],
        "liens": [{"de": 1, "type": "partenariat", "vers": i, "role": "technique"} for i in ("F-3", 8)],
    }
    fichier = classeur(tmp_path / "e.xlsx", feuilles)
    resultat = importe(tmp_path, "classeur", fichier, departements=frozenset({"61"}))
    fiche = resultat.fiche
    assert (fiche.lus, fiche.pris, fiche.rejetes, fiche.filtres) == (8, 2, 3, 3)
    assert "rna" not in enonces(resultat)
    assert resultat.bilan.filtres["hors des départements demandés"] == 3


def test_old_rows_are_left_aside_on_request(tmp_path: Path) -> None:
    feuilles = {
        "acteurs": [MDA | {"date_maj": "2026-03"}, DLA],
        "offres": [{"acteur": 1, "fonction": "suivi", "date_maj": d} for d in ("2024", "2025", None)],
    }
    fichier = classeur(tmp_path / "e.xlsx", feuilles)
    fiche = importe(tmp_path, "classeur", fichier, depuis=date(2025, 6, 1)).fiche
    assert (fiche.pris, fiche.filtres) == (4, 1), "2025 may be after June"


def test_no_person_and_no_contact_enters(tmp_path: Path) -> None:
    acteurs = [
        MDA
        | {
            "nom": "Maison des associations, 06 12 34 56 78",
            "sigles": "MDA|jeanne.planquee@example.org",
            "courriel": "jeanne.planquee@example.org",
            "telephone": "+33 6 12 34 56 78",
            "adresse": "chez Jeanne Planquée, 3 rue du Lieu",
            "latitude": 48.43,
            "site_web": "https://example.org/?mail=jeanne.planquee@example.org",
            "source": "Appel de Mme Jeanne Planquée (06.12.34.56.78, jeanne.planquee@example.org)",
        },
        {"id": 8, "nom": "Monsieur Planqué", "types": "Prestataire"},
        {"id": "jeanne.planquee@example.org", "nom": "Y"},
    ]
    actions = [
        {"id": 1, "titre": "Appui à M. Planqué", "statut": "prevu", "pilotes": 1, "source": "tél. 0612345678"}
    ]
    fichier = classeur(tmp_path / "e.xlsx", {"acteurs": acteurs, "accompagnements": actions})
    resultat = importe(tmp_path / "var", "classeur", fichier)
    assert (resultat.fiche.pris, resultat.fiche.rejetes) == (2, 2)
    assert ecarts(resultat) == ()
    kept = (enonces(resultat) + "".join(rejets(resultat))).replace('"@fr', '"')
    for trace in ("Planqu", "planqu", "eanne", "@", "34.56", "34 56", "345678", "48.43", "48,43", 'Lieu"'):
        assert trace not in kept, trace
    assert any("coordonnées" in sentence for sentence in resultat.bilan.avertissements)


@pytest.mark.parametrize(
    ("texte", "garde"),
    [
        ("0612345678", "[…]"),
        ("Appeler le 06‐12‐34‐56‐78.", "Appeler le […]."),
        ("０６１２３４５６７８", "[…]"),
        ("+33 (0)6 12 34 56 78", "[…]"),
        ("+3306 123 456 78", "[…]"),
        ("02/33/00/00/00", "[…]"),
        ("a @ b.fr", "[…]"),
        ("Réunion du 05/03/2026 12 h", "Réunion du 05/03/2026 12 h"),
        ("SIRET 55210055400013", "SIRET 55210055400013"),
        ("Entretien avec Mme Le Goff-Martin", "Entretien avec […]"),
        ("M. Paul Durand, président", "[…], président"),
        ("La Madame, compagnie", "La Madame, compagnie"),
    ],
)
def test_contacts_and_named_persons_are_cut_from_texts(texte: str, garde: str) -> None:
    assert public_text(Atelier("classeur", "essai"), texte) == garde


def test_a_sheet_too_long_is_no_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.sources.classeur.xlsx.LIGNES_MAX", 3)
    fichier = classeur(tmp_path / "e.xlsx", {"acteurs": [MDA | {"id": n} for n in range(9)]})
    with pytest.raises(FichierRefuseError, match="plus de 3"):
        importe(tmp_path / "var", "classeur", fichier)


def test_a_doubt_says_where_and_no_refusal_is_hidden(tmp_path: Path) -> None:
    doubtful: list[dict[str, Any]] = [{"id": n, "nom": f"A {n}", "siret": "12345678901234"} for n in (1, 2)]
    refused: list[dict[str, Any]] = [
        {"id": f"r{n}", "nom": "X", "effectif": "deux"} for n in range(PREMIERS + 2)
    ]
    fichier = classeur(tmp_path / "d.xlsx", {"acteurs": [*doubtful, *refused]})
    essai = import_files(tmp_path / "var", "classeur", [fichier], OptionsImport(), Lieux(), check_only=True)
    said = essai.bilan.lines()
    assert "et 2 autres refusées, que l’import écrirait dans rejets.csv" in said
    assert any("acteurs ligne 2, acteurs ligne 3" in line for line in said)
    resultat = importe(tmp_path / "var", "classeur", fichier)
    assert len(rejets(resultat)) == PREMIERS + 2
    assert rejets(resultat)[0].startswith("d.xlsx, acteurs;4;effectif;deux;")


def test_spreadsheet_habits_are_understood(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "ACTEURS "
    sheet.append(["Id", "NOM", "Date maj", "commune", "SIRET", "perso"])
    sheet.append([])
    sheet.append([1.0, "  Une \n structure ", 46000, 1004, 55210055400013, "note"])
    sheet.append([2, "Autre", "13/05/2008", "2A004", "", None])
    sheet.append([3, "Encore", True, "", "", None])
    sheet.append([4, '=CONCATENATE("a","b")', None, "", "", None])
    sheet.append([5, "Trop", "", "", "", "", "", "au-delà"])
    sheet.merge_cells("A9:A10")
    book.create_sheet("notes").append(["rien à voir"])
    book.save(tmp_path / "h.xlsx")
    resultat = importe(tmp_path / "var", "classeur", tmp_path / "h.xlsx")
    texte = enonces(resultat)
    assert (resultat.fiche.lus, resultat.fiche.pris) == (5, 2), rejets(resultat)
    assert '"Une structure"@fr' in texte
    assert "territoire/commune-01004>" in texte, "the zero that the spreadsheet ate"
    assert '"2025-12-09"' in texte, "46000, a date to a spreadsheet"
    assert '"2008-05-13"' in texte
    reasons = " ".join(rejets(resultat))
    assert "formule" in reasons
    assert "AAAA" in reasons
    said = " ".join(resultat.bilan.avertissements)
    assert "perso" in said
    assert "fusionnées" in said


def test_a_saved_formula_gives_its_value(tmp_path: Path) -> None:
    fichier = classeur(tmp_path / "f.xlsx", {"acteurs": [MDA | {"nom": "=A1"}]})
    with zipfile.ZipFile(fichier) as archive:
        members = {nom: archive.read(nom) for nom in archive.namelist()}
    (nom,) = [nom for nom in members if "worksheets/sheet" in nom]
    saved = re.sub(
        rb'<c r="B2"[^>]*><f>A1</f><v ?/?>(</v>)?</c>',
        rb'<c r="B2" t="str"><f>A1</f><v>Ok</v></c>',
        members[nom],
    )
    assert saved != members[nom]
    with zipfile.ZipFile(fichier, "w") as archive:
        for member, octets in members.items():
            archive.writestr(member, saved if member == nom else octets)
    assert '"Ok"@fr' in enonces(importe(tmp_path, "classeur", fichier))


def test_a_file_that_is_no_workbook_is_refused_in_a_sentence(tmp_path: Path) -> None:
    vide = tmp_path / "vide.xlsx"
    vide.write_bytes(b"")
    ancien = tmp_path / "vieux.xls"
    ancien.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    coupe = tmp_path / "coupe.xlsx"
    coupe.write_bytes(classeur(tmp_path / "bon.xlsx", ORNE).read_bytes()[:3000])
    sans = tmp_path / "sans.xlsx"
    Workbook().save(sans)
    rien = classeur(tmp_path / "rien.xlsx", {"acteurs": []})
    double = tmp_path / "double.xlsx"
    book = Workbook()
    assert book.active is not None
    book.active.title = "acteurs"
    book.active.append(["id", "nom", "Nom"])
    book.save(double)
    bombe = tmp_path / "bombe.xlsx"
    with zipfile.ZipFile(bombe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", b" " * (64 << 20))
    entites = tmp_path / "entites.xlsx"
    with zipfile.ZipFile(entites, "w") as archive:
        archive.writestr("[Content_Types].xml", '<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>')
    ods = tmp_path / "c.ods"
    with zipfile.ZipFile(ods, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    autre = tmp_path / "notes.csv"
    autre.write_text("id;nom\n1;a\n")
    for fichier, phrase in (
        (vide, "vide"),
        (tmp_path, "dossier"),
        (tmp_path / "absent.xlsx", "n’existe pas"),
        (ancien, "XLSX"),
        (coupe, "illisible"),
        (sans, "aucune des feuilles"),
        (rien, "aucune ligne"),
        (double, "deux colonnes"),
        (bombe, "démesuré"),
        (entites, "illisible"),
        (ods, "XLSX"),
        (autre, "aucune des feuilles"),
    ):
        with pytest.raises(FichierRefuseError, match=phrase):
            importe(tmp_path / "var", "classeur", fichier)
        assert not list((tmp_path / "var").glob("sources/*")), "nothing is written"


def test_the_empty_workbook_is_ready_to_fill(tmp_path: Path) -> None:
    modele = tmp_path / "modele.xlsx"
    write_modele(modele)
    resultat = importe(tmp_path / "a", "classeur", modele)
    assert (resultat.fiche.lus, resultat.fiche.filtres) == (8, 8), "examples are never imported"
    book = load_workbook(modele)
    for feuille, colonnes in FEUILLES.items():
        sheet = book[feuille]
        assert [cell.value for cell in sheet[1]] == [colonne.nom for colonne in colonnes]
        helps = {v.promptTitle: v for v in sheet.data_validations.dataValidation}
        assert set(helps) == {colonne.nom for colonne in colonnes}
        for colonne in colonnes:
            assert (helps[colonne.nom].type == "list") == bool(colonne.schema or colonne.choix)
            assert 0 < len(colonne.help(feuille)) <= AIDE_MAX, "spreadsheets cut the rest"
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = cell.value.replace("exemple-", "mien ")
    book.save(modele)
    mine = importe(tmp_path / "b", "classeur", modele)
    assert mine.fiche.pris == 8, rejets(mine)
    assert ecarts(mine) == ()
    assert anomalies(tmp_path / "b") == {}


def test_a_check_writes_nothing(tmp_path: Path) -> None:
    from graph.sources.atelier import OptionsImport

    fichier = classeur(tmp_path / "e.xlsx", ORNE)
    resultat = import_files(
        tmp_path / "var", "classeur", [fichier], OptionsImport(), Lieux(), check_only=True
    )
    assert resultat.bilan.pris == 13
    assert not (tmp_path / "var").exists()


FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CELLULES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", "1", "2", "exemple-1", "=1+1", "9999-99", "2026", '"', "a;b", "a\nb", "|", "departement:61",
         "national", "adhesion", "mandat", "dla", "prevu", "acteur:s3a", "acteur:", "accompagnement:1", "\0",
         "http://[", "%zz", "1e9", "1,5", "12345", "99999", "x" * 5000, "@", "06 12 34 56 78", "-1", "NaN"]
    ),
)  # fmt: skip


@FUZZ
@given(st.binary(max_size=3000), st.sampled_from(["acteurs.csv", "e.xlsx", "liens.txt", "z.zip"]))
def test_any_bytes(tmp_path: Path, octets: bytes, nom: str) -> None:
    survit(tmp_path, "classeur", octets, nom)


@FUZZ
@given(st.data())
def test_any_table(tmp_path: Path, data: st.DataObject) -> None:
    feuille = data.draw(st.sampled_from(list(FEUILLES)))
    known = [colonne.nom for colonne in FEUILLES[feuille]]
    colonnes = data.draw(st.permutations(known).map(lambda names: names[: len(names) - 2]) | st.just(known))
    colonnes = [*colonnes, *data.draw(st.lists(st.sampled_from(known), max_size=1))]
    rows = data.draw(st.lists(st.lists(CELLULES, min_size=0, max_size=len(colonnes) + 1), max_size=4))
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))
    separateur = data.draw(st.sampled_from(";,\t"))
    lines = [separateur.join(colonnes), *(separateur.join(row) for row in rows)]
    survit(tmp_path, "classeur", "\n".join(lines).encode(encoding, "replace"), f"{feuille}.csv")


@FUZZ
@given(st.data())
def test_any_cell_of_a_sound_workbook(tmp_path: Path, data: st.DataObject) -> None:
    feuille = data.draw(st.sampled_from(list(ORNE)))
    row = data.draw(st.sampled_from(list(ORNE[feuille])))
    changed = dict(row)
    for colonne in data.draw(st.lists(st.sampled_from(FEUILLES[feuille]), min_size=1, max_size=4)):
        changed[colonne.nom] = data.draw(CELLULES)
    feuilles = {nom: list(rows) for nom, rows in ORNE.items()} | {feuille: [changed]}
    files = fichiers_csv(tmp_path / "dossier", feuilles)
    try:
        resultat = importe(tmp_path / "var", "classeur", *files)
    except FichierRefuseError:
        return
    assert [ecart for ecart in ecarts(resultat) if not ecart.valeur.endswith("/s3a")] == []


def test_a_megabyte_in_a_cell(tmp_path: Path) -> None:
    feuilles = {"acteurs": [MDA | {"nom": "x" * (1 << 20) + "xx"}, DLA]}
    resultat = importe(tmp_path / "var", "classeur", *fichiers_csv(tmp_path / "d", feuilles))
    assert (resultat.fiche.pris, resultat.fiche.rejetes) == (1, 1)
