"""Subsidies: the published format, what real files do with it, and who must not enter the graph."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.sources.lecteurs.scdl import read_montant, read_natures, read_part
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
    "nomAttribuant,idAttribuant,dateConvention,referenceDecision,nomBeneficiaire,idBeneficiaire,rnaBeneficiaire,"
    "objet,montant,nature,conditionsVersement,datesPeriodeVersement,idRAE,notificationUE,pourcentageSubvention,"
    "dispositifAide"
)
LIGNE = {
    "nomAttribuant": "Région Fictive",
    "idAttribuant": "99900003700013",
    "dateConvention": "2025-03-27",
    "nomBeneficiaire": "Cercle inventé",
    "idBeneficiaire": "99900001100018",
    "objet": "Fonctionnement",
    "montant": "1000",
    "nature": "aide en numéraire",
    "conditionsVersement": "unique",
    "datesPeriodeVersement": "2025-04-01/2026-03-31",
    "notificationUE": "non",
    "pourcentageSubvention": "1",
}


def fichier(dossier: Path, *lignes: dict[str, str], nom: str = "subventions.csv") -> Path:
    colonnes = ENTETE.split(",")
    rows = [",".join(f'"{ligne.get(colonne, "")}"' for colonne in colonnes) for ligne in lignes]
    chemin = dossier / nom
    chemin.write_text("\n".join([ENTETE, *rows]) + "\n", encoding="utf-8")
    return chemin


def texte_de(dossier: Path, **cellules: str) -> str:
    resultat = importe(dossier, "subventions", fichier(dossier, LIGNE | cellules))
    assert resultat.fiche.pris == 1, rejets(resultat)
    assert ecarts(resultat) == ()
    return enonces(resultat)


def test_the_sample_conforms_makes_a_sound_edition_and_changes_nothing_twice(tmp_path: Path) -> None:
    sample = echantillon("scdl_subventions.csv")
    resultat = importe(tmp_path, "subventions", sample)
    assert (resultat.fiche.lus, resultat.fiche.pris) == (2, 2)
    assert ecarts(resultat) == ()
    texte = enonces(resultat)
    assert 'montant> "15000.00"' in texte
    assert 'montant> "540.23"' in texte, "45 % of 1 200.50 before the split"
    assert "acteur/rna-W142000004>" in texte
    assert "acteur/siret-99900001100018>" in texte
    assert importe(tmp_path, "subventions", sample).changements == RIEN
    assert anomalies(tmp_path) == {}


@pytest.mark.parametrize(
    ("texte", "montant"),
    [
        ("15000.00", "15000.00"),
        ("15 000,50 €", "15000.50"),
        ("15\u202f000,5", "15000.5"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234.567", "1234567"),
        ("0", "0"),
        ("1200 euros", "1200"),
    ],
)
def test_amounts_as_people_write_them(texte: str, montant: str) -> None:
    assert str(read_montant(texte)) == montant


@pytest.mark.parametrize(
    "montant", ["", "abc", "=1+1", "NaN", "1e999", "-50", "15,000", "9" * 40, "1,2,3.4.5"]
)
def test_amounts_that_cannot_be_taken_are_refused_by_name(tmp_path: Path, montant: str) -> None:
    resultat = importe(tmp_path, "subventions", fichier(tmp_path, LIGNE | {"montant": montant}))
    assert (resultat.fiche.pris, resultat.fiche.rejetes) == (0, 1)
    assert ";montant;" in rejets(resultat)[0]


def test_parts_and_natures() -> None:
    assert [str(read_part(t)) for t in ("", "0.45", "45 %", "100", "0,5")] == [
        "1",
        "0.45",
        "0.45",
        "1",
        "0.5",
    ]
    assert [read_part(t) for t in ("x", "0", "101", "-1")] == [None] * 4
    assert read_natures("Aide en nature;aide en numéraire") == ("numeraire", "en-nature")
    assert read_natures("autre") == ()


@pytest.mark.parametrize(
    ("cellules", "debut", "fin"),
    [
        ({}, "2025-04-01", "2026-03-31"),
        ({"datesPeriodeVersement": "2017-12-14_2018-12-14"}, "2017-12-14", "2018-12-14"),
        ({"datesPeriodeVersement": "01/02/2025 au 03/04/2025"}, "2025-02-01", "2025-04-03"),
        ({"datesPeriodeVersement": "2025-06-01"}, "2025-06-01", "2025-06-01"),
        ({"datesPeriodeVersement": ""}, "2025-03-27", None),
        ({"datesPeriodeVersement": "", "dateConvention": "2020-01-21 00:00:00"}, "2020-01-21", None),
        ({"datesPeriodeVersement": "", "dateConvention": "27/03/2025"}, "2025-03-27", None),
        ({"datesPeriodeVersement": "", "dateConvention": "45743"}, "2025-03-27", None),
        ({"datesPeriodeVersement": "", "dateConvention": "2024"}, "2024", "2024"),
    ],
)
def test_dates_as_files_give_them(
    tmp_path: Path, cellules: dict[str, str], debut: str, fin: str | None
) -> None:
    texte = texte_de(tmp_path, **cellules)
    assert f'def#debut> "{debut}"' in texte
    assert ("def#fin>" in texte) is (fin is not None)
    assert fin is None or f'def#fin> "{fin}"' in texte


@pytest.mark.parametrize(
    "cellules",
    [
        {"dateConvention": "2025-02-30", "datesPeriodeVersement": ""},
        {"dateConvention": "", "datesPeriodeVersement": "bientôt"},
        {"datesPeriodeVersement": "2026-01-01/2025-01-01"},
        {"dateConvention": "0001-01-01", "datesPeriodeVersement": ""},
    ],
)
def test_dates_that_hold_no_water_are_refused(tmp_path: Path, cellules: dict[str, str]) -> None:
    resultat = importe(tmp_path, "subventions", fichier(tmp_path, LIGNE | cellules))
    assert (resultat.fiche.pris, resultat.fiche.rejetes) == (0, 1)


@pytest.mark.parametrize(
    ("entete", "separateur", "encodage"),
    [
        (ENTETE.lower(), ",", "utf-8"),
        (ENTETE, ";", "cp1252"),
        (
            "ATTRIBUANT_NOM,ATTRIBUANT_ID,CONVENTION_DATE,DECISION_REF,BENEFICIAIRE_NOM,BENEFICIAIRE_ID,rna,"
            "SUBVENTION_OBJET,SUBVENTION_MONTANT,SUBVENTION_NATURE,CONDITIONS_VERSEMENT,DATE_PERIODE_VERSEMENT,"
            "RAE_NUM,NOTIF_UE,SUBVENTION_POURCENTAGE,x",
            ",",
            "utf-8-sig",
        ),
        (
            "Nom de l'attribuant,Identification de l'attribuant (SIRET),Date de convention*,r,"
            "Nom du bénéficiaire,Identification du bénéficiaire (SIRET),rna,"
            "object,Montant,Nature,c,p,i,n,q,x",
            "\t",
            "utf-8",
        ),
    ],
)
def test_headers_seen_in_real_files(tmp_path: Path, entete: str, separateur: str, encodage: str) -> None:
    cells = [LIGNE.get(colonne, "") for colonne in ENTETE.split(",")]
    chemin = tmp_path / "reel.csv"
    texte = separateur.join(entete.split(",")) + "\n" + separateur.join(cells) + "\n"
    chemin.write_bytes(texte.encode(encodage))
    resultat = importe(tmp_path, "subventions", chemin)
    assert resultat.fiche.pris == 1, rejets(resultat)
    lus = enonces(resultat)
    assert "Région Fictive" in lus
    assert 'montant> "1000.00"' in lus
    assert "siret-99900001100018" in lus
    assert 'title> "Fonctionnement"' in lus


def test_an_actor_of_many_rows_is_described_once(tmp_path: Path) -> None:
    lignes = [
        LIGNE,
        LIGNE | {"objet": "Projet", "nomBeneficiaire": "CERCLE INVENTÉ"},
        LIGNE | {"objet": "Autre projet", "rnaBeneficiaire": "W142000004"},
        LIGNE,
    ]
    resultat = importe(tmp_path, "subventions", fichier(tmp_path, *lignes))
    assert (resultat.fiche.lus, resultat.fiche.pris, resultat.fiche.filtres) == (4, 3, 1), "one came twice"
    assert ecarts(resultat) == ()
    texte = enonces(resultat)
    assert texte.count('prefLabel> "Cercle inventé"') == 1
    assert texte.count('altLabel> "CERCLE INVENTÉ"') == 1
    assert texte.count('def#rna> "W142000004"') == 1
    assert texte.count('prefLabel> "Région Fictive"') == 1


def test_several_beneficiaries_of_one_convention_share_its_amount(tmp_path: Path) -> None:
    lignes = [
        LIGNE | {"pourcentageSubvention": "0.75"},
        LIGNE | {"pourcentageSubvention": "0.25", "idBeneficiaire": "", "rnaBeneficiaire": "W142000004"},
    ]
    texte = enonces(importe(tmp_path, "subventions", fichier(tmp_path, *lignes)))
    assert 'montant> "750.00"' in texte
    assert 'montant> "250.00"' in texte


def test_persons_and_their_details_stay_out(tmp_path: Path) -> None:
    lignes = [
        LIGNE | {"nomBeneficiaire": "Madame Jeanne Planté"},
        LIGNE | {"nomBeneficiaire": "Comité Planté", "idBeneficiaire": ""},
        LIGNE | {"nomBeneficiaire": "PLANTÉ Jeanne"},
        LIGNE | {"objet": "Bourse de Mme Jeanne Planté, 06 11 22 33 44, jeanne.plante@example.org"},
        LIGNE | {"referenceDecision": "M. Planté", "conditionsVersement": "jeanne.plante@example.org"},
        LIGNE | {"nomAttribuant": "Mairie (jeanne.plante@example.org)", "idAttribuant": ""},
    ]
    resultat = importe(tmp_path, "subventions", fichier(tmp_path, *lignes))
    assert (resultat.fiche.pris, resultat.fiche.filtres) == (3, 3)
    texte = enonces(resultat)
    for trace in ("lant", "eanne", "11 22", "@example"):
        assert trace not in texte
    assert ecarts(resultat) == ()


def test_an_overseas_association_keeps_its_number(tmp_path: Path) -> None:
    texte = texte_de(tmp_path, idBeneficiaire="", rnaBeneficiaire="w9t1002867")
    assert "acteur/rna-W9T1002867>" in texte


def test_doubts_are_said(tmp_path: Path) -> None:
    cellules = {
        "idAttribuant": "999000037",
        "idBeneficiaire": "99900001100019",
        "nature": "?",
        "pourcentageSubvention": "x",
    }
    resultat = importe(tmp_path, "subventions", fichier(tmp_path, LIGNE | cellules))
    assert resultat.fiche.pris == 1
    assert resultat.bilan.avertissements.total() == 4
    assert "acteur/subventions-subventions-siren-999000037>" in enonces(resultat)


def test_since_a_day(tmp_path: Path) -> None:
    lignes = [LIGNE, LIGNE | {"dateConvention": "2024-12-31"}]
    resultat = importe(tmp_path, "subventions", fichier(tmp_path, *lignes), depuis=date(2025, 1, 1))
    assert (resultat.fiche.pris, resultat.fiche.filtres) == (1, 1)


def test_two_files_of_two_bodies_do_not_replace_each_other(tmp_path: Path) -> None:
    importe(tmp_path, "subventions", fichier(tmp_path, LIGNE, nom="ville.csv"))
    importe(tmp_path, "subventions", fichier(tmp_path, LIGNE, nom="region.csv"))
    assert sorted(f.name for f in (tmp_path / "sources").iterdir()) == [
        "subventions-region",
        "subventions-ville",
    ]


def test_a_file_without_amounts_is_refused_whole(tmp_path: Path) -> None:
    autre = tmp_path / "autre.csv"
    autre.write_text("nomAttribuant,nomBeneficiaire\na,b\n", encoding="utf-8")
    with pytest.raises(FichierRefuseError, match="montant"):
        importe(tmp_path, "subventions", autre)


def test_a_huge_cell_refuses_its_row_only(tmp_path: Path) -> None:
    chemin = fichier(tmp_path, LIGNE | {"objet": "x" * (1 << 20 | 1)}, LIGNE)
    resultat = importe(tmp_path, "subventions", chemin)
    assert (resultat.fiche.pris, resultat.fiche.rejetes) == (1, 1)


CELLULES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["=SOMME(A1)", '"', "\n", "9999-99-99", "0000-00-00", "99900001100018", "W142000004", "1e400"]
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(ENTETE.split(",")), CELLULES))
def test_any_cells_are_survived(tmp_path: Path, cellules: dict[str, str]) -> None:
    ligne = LIGNE | {nom: cell.replace('"', '""') for nom, cell in cellules.items()}
    texte = fichier(tmp_path, ligne).read_bytes() if _encodes(ligne) else b"x"
    survit(tmp_path, "subventions", texte)


def _encodes(ligne: dict[str, str]) -> bool:
    return all(cell.isprintable() or "\n" in cell for cell in ligne.values())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(ENTETE.split(",")), st.integers(0, 15), st.binary(max_size=80))
def test_shuffled_missing_and_doubled_columns_are_survived(
    tmp_path: Path, colonnes: list[str], ote: int, octets: bytes
) -> None:
    kept = [*colonnes[:ote], *colonnes[ote + 1 :], colonnes[0]]
    ligne = ",".join(LIGNE.get(colonne, "") for colonne in kept)
    survit(tmp_path, "subventions", f"{','.join(kept)}\n{ligne}\n".encode() + octets)
