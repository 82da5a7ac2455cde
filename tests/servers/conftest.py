"""One small edition, published on each server there is: the corpus, two departements, a register."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.distant.acces import AccesDistant
from graph.distant.publication import publish
from graph.distant.secret import Secret
from graph.distant.serveur import Serveur
from graph.edition.acces import AccesLocal
from graph.edition.composition import Options
from graph.edition.construction import build
from graph.edition.dossier import Dossier
from graph.edition.manifeste import read_manifeste
from ontology.namespaces import MAILLAGE
from tests.api.test_registres import AIDEE, SEULE, VERSEMENTS
from tests.conftest import CONTOURS, PAQUET
from tests.graph.lecteurs.publie_essai import importe
from tests.graph.lecteurs.test_rna import fichier as rna_file
from tests.graph.lecteurs.test_subventions import fichier as subsidies_file
from tests.servers.lancement import EnMarche, oxigraph, virtuoso

GARDES = {"14", "29"}
"""Departements whose communes are kept: all of France is forty times longer to send."""


@pytest.fixture(scope="session")
def racine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the edition to publish."""
    racine = tmp_path_factory.mktemp("edition")
    options = Options(jour=date(2026, 11, 20), paquet_territoires=_package(racine), paquet_contours=CONTOURS)
    importe(racine, "rna", rna_file(racine, SEULE, AIDEE))
    importe(racine, "subventions", subsidies_file(racine, *VERSEMENTS))
    build(Dossier(racine), options)
    return racine


def _package(racine: Path) -> Path:
    paquet = racine / "paquet"
    paquet.mkdir()
    communes = [
        fiche
        for fiche in json.loads((PAQUET / "communes.json").read_text())
        if fiche.get("departement") in GARDES and fiche["type"] == "commune-actuelle"
    ]
    held = {fiche["code"] for fiche in communes}
    epci = [
        groupe
        for groupe in json.loads((PAQUET / "epci.json").read_text())
        if all(membre["code"] in held for membre in groupe["membres"])
    ]
    (paquet / "communes.json").write_text(json.dumps(communes))
    (paquet / "epci.json").write_text(json.dumps(epci))
    return paquet


@pytest.fixture(scope="session", params=("oxigraph", "virtuoso"))
def serveur(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EnMarche]:
    """A server with nothing in it."""
    folder = tmp_path_factory.mktemp(request.param)
    with {"oxigraph": oxigraph, "virtuoso": virtuoso}[request.param](folder) as en_marche:
        yield en_marche


@pytest.fixture(scope="session")
def publie(serveur: EnMarche, racine: Path) -> EnMarche:
    """The same with the edition."""
    dossier = Dossier(racine)
    folder = dossier.folder(dossier.current_id() or "")
    secret = Secret(serveur.utilisateur, serveur.secret) if serveur.utilisateur else None
    publish(folder, read_manifeste(folder), Serveur.open(serveur.endpoint, serveur.graphes, secret))
    return serveur


@pytest.fixture(scope="session")
def local(racine: Path) -> AccesLocal:
    """The way to the edition in its folder."""
    return AccesLocal(racine)


@pytest.fixture(scope="session")
def distant(publie: EnMarche, tmp_path_factory: pytest.TempPathFactory) -> AccesDistant:
    """The way to the edition on the server, from a machine that has nothing."""
    acces = AccesDistant(
        Serveur.open(publie.endpoint), publie.endpoint, MAILLAGE, tmp_path_factory.mktemp("cache")
    )
    acces.folder(acces.current_id() or "")
    return acces


@pytest.fixture(scope="session")
def ici(racine: Path) -> Iterator[TestClient]:
    """The application on the folder."""
    with TestClient(create_app(Settings(data=racine)), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def ailleurs(publie: EnMarche, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The application on the server."""
    settings = Settings(data=tmp_path_factory.mktemp("ailleurs"), sparql_endpoint=publie.endpoint)
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client
