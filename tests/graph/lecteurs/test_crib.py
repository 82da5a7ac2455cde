"""CRIB of the directory of the administration: the actor, its mandate, and nobody's name."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.sources.tableau import FichierRefuseError
from tests.graph.lecteurs.publie_essai import RIEN, anomalies, ecarts, enonces, importe, rejets, survit

CRIB: dict[str, Any] = {
    "id": "0f0e-1",
    "nom": "Centre de ressources et d’information des bénévoles (CRIB) inventé",
    "siret": "",
    "pivot": [{"type_service_local": "crib", "code_insee_commune": ["14118"]}],
    "code_insee_commune": "14118",
    "adresse": [
        {"type_adresse": "Adresse", "nom_commune": "Caen", "longitude": "-0.37", "latitude": "49.18"}
    ],
    "site_internet": [{"libelle": "", "valeur": "https://example.org/crib"}],
    "mission": "Informe les bénévoles.",
    "date_modification": "12/05/2025 10:00:00",
}
MAIRIE = CRIB | {"id": "m", "nom": "Mairie", "pivot": [{"type_service_local": "mairie"}]}


def ecrit(dossier: Path, *fiches: Any, entiere: bool = True) -> Path:
    chemin = dossier / "annuaire.json"
    texte = json.dumps({"service": list(fiches)} if entiere else list(fiches), ensure_ascii=False)
    chemin.write_text(texte, encoding="utf-8")
    return chemin


@pytest.mark.parametrize("entiere", [True, False])
def test_cribs_are_taken_with_their_mandate_and_the_rest_left(tmp_path: Path, entiere: bool) -> None:
    fichier = ecrit(tmp_path, MAIRIE, CRIB, entiere=entiere)
    resultat = importe(tmp_path, "crib", fichier)
    assert (resultat.fiche.lus, resultat.fiche.pris, resultat.fiche.filtres) == (2, 1, 1)
    assert ecarts(resultat) == ()
    texte = enonces(resultat)
    assert "voc/dispositif/crib>" in texte
    assert "def#territoire> <https://w3id.org/maillage/id/territoire/departement-14>" in texte
    assert "homepage> <https://example.org/crib>" in texte
    assert '"49.180000"' in texte
    assert 'issued> "2025-05-12"' in texte
    assert "Mairie" not in texte
    assert importe(tmp_path, "crib", fichier).changements == RIEN
    assert anomalies(tmp_path) == {}


def test_nested_cells_may_be_json_in_strings(tmp_path: Path) -> None:
    plat = {cle: json.dumps(v) if isinstance(v, list) else v for cle, v in CRIB.items()}
    droit = enonces(importe(tmp_path / "a", "crib", ecrit(tmp_path, CRIB)))
    assert enonces(importe(tmp_path / "b", "crib", ecrit(tmp_path, plat))) == droit


def test_persons_telephones_and_mails_are_not_read(tmp_path: Path) -> None:
    bavard = CRIB | {
        "affectation_personne": [
            {"fonction": "Présidente", "personne": {"nom": "Planté", "prenom": "Jeanne"}}
        ],
        "telephone": [{"valeur": "02 31 11 22 33"}],
        "adresse_courriel": ["jeanne.plante@example.org"],
        "mission": "Demander Mme Jeanne Planté, 02 31 11 22 33, jeanne.plante@example.org",
        "site_internet": [{"valeur": "mailto:jeanne.plante@example.org"}],
        "nom": "CRIB (Mme Jeanne Planté)",
    }
    texte = enonces(importe(tmp_path, "crib", ecrit(tmp_path, bavard)))
    for trace in ("lant", "eanne", "11 22", "@example", "résidente"):
        assert trace not in texte


def test_each_row_is_taken_refused_or_left_aside(tmp_path: Path) -> None:
    fiches = [
        CRIB,
        CRIB,
        CRIB | {"id": ""},
        CRIB | {"id": "b", "nom": None},
        CRIB | {"id": "c", "code_insee_commune": "", "pivot": [{"type_service_local": "crib"}]},
        CRIB | {"id": "d", "code_insee_commune": ""},
        CRIB | {"id": "e", "siret": "99900005200012"},
        CRIB | {"id": "f", "siret": "99900005200012", "nom": "Autre"},
        CRIB | {"id": "g", "pivot": "oups"},
        CRIB | {"id": "h", "code_insee_commune": "50129"},
        "pas une fiche",
    ]
    resultat = importe(tmp_path, "crib", ecrit(tmp_path, *fiches), departements=frozenset({"14"}))
    fiche = resultat.fiche
    assert (fiche.lus, fiche.pris, fiche.rejetes, fiche.filtres) == (11, 4, 5, 2)
    assert len(rejets(resultat)) == 5
    assert ecarts(resultat) == ()
    assert enonces(resultat).count("def#Mandat>") == 4


@pytest.mark.parametrize(
    "octets", [b"", b"{}", b"nom;siret\n", b'{"service": [{"id": "1"}', b'{"service": {}}']
)
def test_another_file_is_refused_whole(tmp_path: Path, octets: bytes) -> None:
    fichier = tmp_path / "annuaire.json"
    fichier.write_bytes(octets)
    with pytest.raises(FichierRefuseError, match=r"annuaire\.json"):
        importe(tmp_path, "crib", fichier)
    with pytest.raises(FichierRefuseError, match="dossier"):
        importe(tmp_path, "crib", tmp_path)


VALEURS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=10)
    | st.sampled_from(["crib", "14118", "[[", "{}"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["type_service_local", "valeur", "code_insee_commune", "latitude"]), inner
        )
    ),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(sorted(CRIB)), VALEURS))
def test_any_values_are_survived(tmp_path: Path, valeurs: dict[str, Any]) -> None:
    resultat = importe(tmp_path, "crib", ecrit(tmp_path, CRIB | valeurs, CRIB | {"id": "autre"}))
    assert resultat.fiche.lus == 2
    assert resultat.fiche.pris >= 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=120))
def test_any_bytes_are_survived(tmp_path: Path, octets: bytes) -> None:
    survit(tmp_path, "crib", octets, "annuaire.json")
    survit(tmp_path, "crib", b'{"service":[' + octets, "annuaire.json")
