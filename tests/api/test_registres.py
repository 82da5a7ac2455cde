"""Associations and payments that only registers know: on disk, and yet found, told and counted."""

from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.annuaire import Criteres, search_actors
from graph.edition.composition import Options
from graph.edition.construction import build
from graph.edition.dossier import Dossier
from graph.edition.lecture import open_catalogue
from tests.benchmarks.generateurs.identites import siret_of
from tests.graph.lecteurs.publie_essai import importe
from tests.graph.lecteurs.test_rna import ASSO
from tests.graph.lecteurs.test_rna import fichier as rna_file
from tests.graph.lecteurs.test_subventions import LIGNE
from tests.graph.lecteurs.test_subventions import fichier as subsidies_file

SEULE = ASSO | {"id": "W142000007", "titre": "LES JARDINS INVENTES", "titre_court": "LJI"}
AIDEE = ASSO | {"id": "W142000008", "titre": "CERCLE INVENTE", "siret": "99900001100018"}
VERSEMENTS = (
    LIGNE | {"montant": "1000.50", "objet": "Fonctionnement"},
    LIGNE
    | {
        "montant": "2500",
        "objet": "Une fête",
        "dateConvention": "2026-02-01",
        "datesPeriodeVersement": "2026-04-01/2027-03-31",
    },
)


@pytest.fixture(scope="module")
def racine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of the documents, a register of two associations and two payments to one of them."""
    racine = tmp_path_factory.mktemp("registres")
    importe(racine, "rna", rna_file(racine, SEULE, AIDEE))
    importe(racine, "subventions", subsidies_file(racine, *VERSEMENTS))
    build(Dossier(racine), Options(jour=date(2026, 11, 20)))
    return racine


def test_what_registers_alone_name_is_not_in_memory_but_is_in_the_directory(racine: Path) -> None:
    dossier = Dossier(racine)
    (manifeste,) = dossier.manifests()
    catalogue = open_catalogue(dossier.folder(manifeste.id), manifeste)
    assert not any("INVENT" in acteur.nom for acteur in catalogue.acteurs.values())
    assert not any(lien.montant == "2500" for lien in catalogue.liens)
    everyone = search_actors(catalogue, Criteres())
    assert everyone.total == manifeste.comptes["acteurs"] == len(catalogue.acteurs) + 3
    assert [a.slug for a in search_actors(catalogue, Criteres(q="jardins inv")).acteurs] == ["rna-W142000007"]
    assert [a.nom for a in search_actors(catalogue, Criteres(q="lji")).acteurs] == ["LES JARDINS INVENTES"]
    found = search_actors(catalogue, Criteres(q="invente", type="Association"))
    assert [a.slug for a in found.acteurs] == ["siret-99900001100018", "rna-W142000007"]


def test_cards_tell_the_payments_of_both_ends(racine: Path) -> None:
    with TestClient(create_app(Settings(data=racine))) as client:
        recu = _card(client, "siret-99900001100018")
        assert "A reçu 2 versements : 3 500,50 € en tout" in recu
        assert recu.index("2 500 €, Région Fictive") < recu.index("1 000,50 €, Région Fictive")
        assert "Subventions publiées au format SCDL" in recu
        assert "Le voir dans son réseau" not in recu
        assert "A fait 2 versements : 3 500,50 € en tout" in _card(client, "siret-99900003700013")
        assert "versement" not in _card(client, "rna-W142000007")
        page = BeautifulSoup(client.get("/acteurs/rna-W142000007").text, "html.parser")
        (bouton,) = page.select("a.bouton")
        assert bouton["href"] == "/orientation?secteur=009000"  # its commune is in no table of this edition
        assert client.get("/acteurs/siret-99900003700013").text.count("bouton") == 0
        assert client.get("/acteurs/rna-W142000009").status_code == 404
        assert client.get("/acteurs/%3E%20a%20b").status_code == 404


def test_only_the_latest_payments_of_a_big_funder_are_listed_and_all_are_summed(tmp_path: Path) -> None:
    lignes = [
        LIGNE | {"montant": "10", "idBeneficiaire": siret_of(n), "nomBeneficiaire": f"Cercle {n}"}
        for n in range(60)
    ]
    autre = LIGNE | {"montant": "7", "idAttribuant": siret_of(99), "nomAttribuant": "Ville inventée"}
    importe(tmp_path, "subventions", subsidies_file(tmp_path, *lignes, autre))
    manifeste, _ = build(Dossier(tmp_path), Options(jour=date(2026, 11, 20)))
    registre = open_catalogue(Dossier(tmp_path).folder(manifeste.id), manifeste).registre
    assert registre is not None
    region = registre.versements(registre.iri(f"siret-{LIGNE['idAttribuant']}"))
    assert (region.donnes, region.total_donne, region.recus, len(region.derniers)) == (60, 600, 0, 50)
    ville = registre.versements(registre.iri(f"siret-{siret_of(99)}"))
    assert [(v.nom, v.montant) for v in ville.derniers] == [("Cercle inventé", "7")]


def test_the_directory_page_leads_to_their_cards(racine: Path) -> None:
    with TestClient(create_app(Settings(data=racine))) as client:
        page = BeautifulSoup(client.get("/acteurs", params={"q": "jardins"}).text, "html.parser")
        assert page.select_one('a[href="/acteurs/rna-W142000007"]') is not None


def _card(client: TestClient, slug: str) -> str:
    reponse = client.get(f"/acteurs/{slug}")
    assert reponse.status_code == 200
    texte = BeautifulSoup(reponse.text, "html.parser").get_text(" ")
    return " ".join(texte.split()).replace(" , ", ", ")
