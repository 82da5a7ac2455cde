"""Cards of actors that several sources describe, asked as people do: old addresses lead to the new one."""

from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.edition.composition import Options
from graph.edition.construction import build
from graph.edition.dossier import Dossier
from tests.graph.lecteurs.publie_essai import importe
from tests.graph.lecteurs.test_rna import ASSO as RNA
from tests.graph.lecteurs.test_rna import fichier as rna_file
from tests.graph.lecteurs.test_sirene import ASSO as UNITE
from tests.graph.lecteurs.test_sirene import unites


@pytest.fixture(scope="module")
def registres(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition where RNA and SIRENE describe one association, under two names."""
    racine = tmp_path_factory.mktemp("registres")
    importe(
        racine, "rna", rna_file(racine, RNA | {"titre": "AMIS DU PORT", "maj_time": "2020-01-01 00:00:00"})
    )
    unite = UNITE | {"denominationUniteLegale": "PORT EN FETE", "trancheEffectifsUniteLegale": "02"}
    importe(racine, "sirene", unites(racine, unite))
    build(Dossier(racine), Options(jour=date(2026, 11, 20)))
    return racine


def test_the_address_of_a_merged_actor_leads_to_its_card(registres: Path) -> None:
    with TestClient(create_app(Settings(data=registres))) as client:
        moved = client.get("/acteurs/rna-W142000001", follow_redirects=False)
        assert (moved.status_code, moved.headers["location"]) == (308, "/acteurs/siret-99900001100018")
        assert "X-Maillage-Edition" in moved.headers
        card = client.get("/acteurs/rna-W142000001")
        assert card.status_code == 200
        text = " ".join(card.text.split()).replace("\N{NO-BREAK SPACE}", " ")
        assert "<h1>PORT EN FETE</h1>" in text
        assert "D’après Répertoire national des associations (RNA) (2020) : AMIS DU PORT" in text
        assert "Stade probable : employeur, à vérifier" in text
        assert client.get("/acteurs/rna-W142000002", follow_redirects=False).status_code == 404


def test_the_iri_of_a_merged_actor_leads_to_what_it_became(registres: Path) -> None:
    with TestClient(create_app(Settings(data=registres)), follow_redirects=False) as client:
        for demande, accept, nouvelle in (
            ("/id/acteur/rna-W142000001", "text/turtle", "/id/acteur/siret-99900001100018"),
            ("/id/acteur/rna-W142000001.jsonld", "*/*", "/id/acteur/siret-99900001100018.jsonld"),
            ("/id/acteur/rna-W142000001", "text/html", "/id/acteur/siret-99900001100018"),
        ):
            moved = client.get(demande, headers={"Accept": accept})
            assert (moved.status_code, moved.headers["location"]) == (308, nouvelle), demande
        alone = client.get("/id/acteur/siret-99900001100018", headers={"Accept": "text/html"})
        assert (alone.status_code, alone.headers["location"]) == (303, "/acteurs/siret-99900001100018")
        assert "PORT EN FETE" in client.get("/id/acteur/siret-99900001100018.ttl").text


def test_why_not_a_merged_actor_is_answered_under_what_it_became(registres: Path) -> None:
    with TestClient(create_app(Settings(data=registres))) as client:
        params = {"territoire": "departement:14", "acteur": "rna-W142000001"}
        body = client.get("/api/orientation/expliquer", params=params).json()
        assert body["acteur"]["iri"].endswith("/siret-99900001100018")
        assert "aucune source ne dit ce que propose" in body["texte"]
