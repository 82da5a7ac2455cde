"""data·inclusion: structures, services for persons, areas; contacts never."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.sources.atelier import Lieux
from graph.sources.lecteurs.zones import read_list
from graph.sources.tableau import FichierRefuseError
from tests.graph.lecteurs.publie_essai import (
    RIEN,
    anomalies,
    ecarts,
    echantillon,
    enonces,
    importe,
    rejets,
)

STRUCTURE = {
    "source": "essai",
    "id": "essai--1",
    "nom": "Structure d’essai",
    "date_maj": "2026-01-15",
    "siret": "99900005200012",
    "code_insee": "14118",
}
SERVICE = {
    "source": "essai",
    "structure_id": "essai--1",
    "id": "essai--s1",
    "nom": "Service d’essai",
    "description": "Un service inventé.",
    "date_maj": "2026-01-15",
    "type": "accompagnement",
    "zone_eligibilite": ["14"],
}
Fiche = dict[str, Any]


def ecrit(dossier: Path, nom: str, *fiches: Any) -> Path:
    chemin = dossier / f"{nom}.json"
    chemin.write_text(json.dumps(fiches, ensure_ascii=False), encoding="utf-8")
    return chemin


def deux(dossier: Path, structure: Fiche, service: Fiche) -> tuple[Path, Path]:
    return ecrit(dossier, "structures", STRUCTURE | structure), ecrit(dossier, "services", SERVICE | service)


def texte_de(dossier: Path, structure: Fiche, service: Fiche, **choix: Any) -> str:
    resultat = importe(dossier, "data-inclusion", *deux(dossier, structure, service), **choix)
    assert resultat.fiche.pris == 2, rejets(resultat)
    assert ecarts(resultat) == ()
    return enonces(resultat)


def test_the_samples_conform_make_a_sound_edition_and_change_nothing_twice(tmp_path: Path) -> None:
    samples = [echantillon("data_inclusion_services.json"), echantillon("data_inclusion_structures.json")]
    resultat = importe(tmp_path, "data-inclusion", *samples)
    assert (resultat.fiche.lus, resultat.fiche.pris) == (2, 2)
    assert ecarts(resultat) == ()
    texte = enonces(resultat)
    assert texte.count("territoire/departement-") == 3
    assert 'thematique> "difficultes-administratives-ou-juridiques--' in texte
    assert "voc/public/personnes>" in texte
    assert '"49.180000"' in texte
    assert importe(tmp_path, "data-inclusion", *reversed(samples)).changements == RIEN
    assert anomalies(tmp_path) == {}


@pytest.mark.parametrize(
    ("zone", "slugs"),
    [
        (["14"], ["departement-14"]),
        (["2a", "971"], ["departement-2A", "departement-971"]),
        (["14118"], ["commune-14118"]),
        (["200065597"], ["epci-200065597"]),
        (["france"], ["national"]),
        (["99100", "FRANCE"], ["national"]),
        (["14", "99109", "20", "x", None, {}], ["departement-14"]),
    ],
)
def test_areas_in_every_form(tmp_path: Path, zone: list[object], slugs: list[str]) -> None:
    texte = texte_de(tmp_path, {}, {"zone_eligibilite": zone})
    found = [
        line.split("/territoire/")[1].split(">")[0] for line in texte.splitlines() if "def#couvre>" in line
    ]
    assert found == slugs


@pytest.mark.parametrize("zone", [None, [], "", ["99109"]])
def test_an_area_that_is_not_said_stays_unknown(tmp_path: Path, zone: object) -> None:
    texte = texte_de(tmp_path, {}, {"zone_eligibilite": zone})
    assert "def#couvre>" not in texte
    assert "ne dit pas sur quel territoire" in texte


def test_old_communes_are_todays_and_unknown_ones_a_doubt(tmp_path: Path) -> None:
    lieux = Lieux({"14056": "14027", "14027": "14027"}, {"14027": "14"})
    texte = texte_de(tmp_path, {"code_insee": "14056"}, {"zone_eligibilite": ["14056", "14999"]}, lieux=lieux)
    assert texte.count("territoire/commune-14027>") == 2
    assert "14999" not in texte
    assert "def#siege>" not in texte_de(tmp_path, {"code_insee": "14999"}, {}, lieux=lieux)


def test_an_epci_that_is_not_one_of_today_is_a_doubt(tmp_path: Path) -> None:
    lieux = Lieux({"01004": "01004"}, {"01004": "01"}, frozenset({"200065597"}))
    zone = {"zone_eligibilite": ["200065597", "241400415"]}
    texte = texte_de(tmp_path, {"code_insee": "1004", "latitude": 0, "longitude": 0}, zone, lieux=lieux)
    assert "territoire/epci-200065597>" in texte and "241400415" not in texte
    assert "territoire/commune-01004>" in texte, "a spreadsheet eats the zero"
    assert "lat>" not in texte, "nowhere is no place"


def test_the_files_of_pandas_are_read_too(tmp_path: Path) -> None:
    chemins = []
    for nom, fiche in (
        ("structures", STRUCTURE),
        ("services", SERVICE | {"thematiques": ["famille--garde-denfants"]}),
    ):
        sortie = io.StringIO()
        writer = csv.DictWriter(sortie, list(fiche), lineterminator="\n")
        writer.writeheader()
        writer.writerow(fiche | ({"zone_eligibilite": ["14", "50"]} if nom == "services" else {}))
        chemin = tmp_path / f"{nom}.csv"
        chemin.write_text(sortie.getvalue(), encoding="utf-8")
        chemins.append(chemin)
    assert "['14', '50']" in chemins[1].read_text(encoding="utf-8")
    resultat = importe(tmp_path, "data-inclusion", *chemins)
    assert resultat.fiche.pris == 2
    texte = enonces(resultat)
    assert "departement-14>" in texte
    assert "departement-50>" in texte
    assert 'thematique> "famille--garde-denfants"' in texte


@pytest.mark.parametrize(
    ("texte", "items"),
    [
        ("['14', '50']", ("14", "50")),
        ('["14"]', ("14",)),
        ("[14]", ("14",)),
        ("14", ("14",)),
        ("nan", ()),
        ("", ()),
        ("[__import__('os')]", ()),
        ("[" * 5000, ()),
        ("{'a': 1}", ()),
    ],
)
def test_lists_of_cells(texte: str, items: tuple[str, ...]) -> None:
    assert read_list(texte) == items


def test_contacts_are_never_written(tmp_path: Path) -> None:
    contact = {
        "contact_nom_prenom": "Jeanne Planté",
        "courriel": "jeanne.plante@example.org",
        "telephone": "+33611223344",
        "description": "Accueil ouvert. Mme Jeanne Planté, 06 11 22 33 44, jeanne.plante@example.org",
        "site_web": "https://example.org/?mail=jeanne.plante@example.org",
        "lien_source": "https://example.org/planté",
        "adresse": "chez Jeanne Planté",
    }
    texte = texte_de(tmp_path, contact, contact)
    for trace in ("lant", "eanne", "11 22", "1122", "@example"):
        assert trace not in texte
    assert "Accueil ouvert" in texte


def test_a_service_without_its_structure_is_refused_by_name(tmp_path: Path) -> None:
    fichiers = deux(tmp_path, {"nom": ""}, {})
    resultat = importe(tmp_path, "data-inclusion", *fichiers)
    assert (resultat.fiche.pris, resultat.fiche.rejetes) == (0, 2)
    assert "structure_id" in rejets(resultat)[1]


def test_services_alone_are_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(FichierRefuseError, match="structures"):
        importe(tmp_path, "data-inclusion", ecrit(tmp_path, "services", SERVICE))
    assert not list((tmp_path / "sources").glob("*"))


def test_one_siret_is_one_actor(tmp_path: Path) -> None:
    autre = STRUCTURE | {"id": "essai--2", "nom": "Un autre nom"}
    structures = ecrit(tmp_path, "structures", STRUCTURE, autre, STRUCTURE)
    services = ecrit(tmp_path, "services", SERVICE | {"structure_id": "essai--2"}, SERVICE)
    resultat = importe(tmp_path, "data-inclusion", structures, services)
    assert (resultat.fiche.pris, resultat.fiche.rejetes) == (3, 2), "an identifier given twice is refused"
    assert ecarts(resultat) == ()
    assert enonces(resultat).count("prefLabel>") == 1
    assert 'altLabel> "Un autre nom"' in enonces(resultat)


def test_departements_and_days_filter_services_with_their_structure(tmp_path: Path) -> None:
    fichiers = deux(tmp_path, {}, {})
    resultat = importe(tmp_path, "data-inclusion", *fichiers, departements=frozenset({"50"}))
    assert (resultat.fiche.pris, resultat.fiche.filtres) == (0, 2)
    resultat = importe(tmp_path, "data-inclusion", *fichiers, depuis=date(2026, 2, 1))
    assert (resultat.fiche.pris, resultat.fiche.filtres) == (0, 2)


def test_a_type_that_is_not_said_is_noted(tmp_path: Path) -> None:
    texte = texte_de(tmp_path, {"siret": None}, {"type": None, "thematiques": ["Pas un code", "famille"]})
    assert "fonction/information>" in texte
    assert "ne dit pas le type" in texte
    assert 'thematique> "famille"' in texte
    assert "acteur/data-inclusion-essai-1>" in texte


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (b"PAR1\x15\x04", "Parquet illisible"),
        (b"", "vide"),
        (b"[]", "vide"),
        (b'[{"id": "1"}]', "nom, source"),
        (b'[{"id": "1", "nom": "x", "source": "s"}, ', "JSON"),
        (b'[{"id": "1", "nom": "x", "source": "s", "zone_diffusion_type": "pays"}]', "v0"),
        (b"a,b\n1,2\n", "id, nom, source"),
        (b'{"type": "FeatureCollection"}', "liste attendue"),
    ],
)
def test_another_file_is_refused_whole(tmp_path: Path, octets: bytes, dit: str) -> None:
    fichier = tmp_path / "fichier.json"
    fichier.write_bytes(octets)
    with pytest.raises(FichierRefuseError, match=dit):
        importe(tmp_path, "data-inclusion", fichier)
    with pytest.raises(FichierRefuseError, match="dossier"):
        importe(tmp_path, "data-inclusion", tmp_path)
    with pytest.raises(FichierRefuseError, match="n’existe pas"):
        importe(tmp_path, "data-inclusion", tmp_path / "absent.json")


VALEURS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(),
    st.floats(),
    st.lists(st.text(max_size=6), max_size=3),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
    st.sampled_from(["=1+1", "99900005200013", "14118", "9999-12-31", "x" * (1 << 20 | 1)]),
)
CLES = st.sampled_from(
    sorted({*STRUCTURE, *SERVICE, "thematiques", "publics", "latitude", "longitude", "site_web"})
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(CLES, VALEURS, max_size=8), st.dictionaries(CLES, VALEURS, max_size=8))
def test_any_values_are_survived(tmp_path: Path, structure: Fiche, service: Fiche) -> None:
    structures = ecrit(
        tmp_path, "structures", STRUCTURE, STRUCTURE | {"id": "essai--9"} | structure, "pas une fiche"
    )
    services = ecrit(tmp_path, "services", SERVICE, SERVICE | {"id": "essai--s9"} | service, 3)
    resultat = importe(tmp_path, "data-inclusion", structures, services)
    assert resultat.fiche.lus == 6
    assert resultat.fiche.pris >= 1
