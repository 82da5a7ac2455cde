"""An IRI that an earlier edition knew is gone (410), one that none knew is unknown (404), both as data."""

from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.edition.composition import Options
from graph.edition.construction import build
from graph.edition.dossier import Dossier
from graph.edition.dump import STORE
from graph.edition.manifeste import read_manifeste, write_manifeste
from ontology.namespaces import ID, PREFIXES, VOC

NOM = ox.NamedNode(f"{PREFIXES['skos']}prefLabel")
CONNUES = {"2019-01-01-00000000": f"{ID}acteur/parti", "2020-01-01-00000000": f"{VOC}stade/oublie"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """An edition without communes, two earlier ones beside it and a later one, each of one statement."""
    racine = tmp_path_factory.mktemp("anciennes")
    dossier = Dossier(racine)
    build(dossier, Options())
    current = dossier.current_id()
    assert current is not None
    manifeste = read_manifeste(dossier.folder(current))
    made = {**CONNUES, "2999-01-01-00000000": f"{ID}acteur/futur"}
    for identifiant, iri in made.items():
        folder = dossier.editions / identifiant
        folder.mkdir()
        store = ox.Store(str(folder / STORE))
        store.add(ox.Quad(ox.NamedNode(iri), NOM, ox.Literal("Ancien", language="fr")))
        store.flush()
        del store
        write_manifeste(
            folder, replace(manifeste, id=identifiant, creee=f"{identifiant[:10]}T00:00:00+01:00")
        )
    with TestClient(create_app(Settings(data=racine)), raise_server_exceptions=False) as opened:
        yield opened


@pytest.mark.parametrize(("edition", "iri"), CONNUES.items())
def test_what_an_earlier_edition_knew_is_gone(client: TestClient, edition: str, iri: str) -> None:
    chemin = iri.removeprefix("https://w3id.org/maillage")
    for adresse in (chemin, f"{chemin}.ttl", f"{chemin}.html"):
        reponse = client.get(adresse, follow_redirects=False)
        assert (reponse.status_code, reponse.headers["content-type"]) == (410, "application/problem+json")
        assert edition in reponse.json()["detail"]
    page = client.get(chemin, headers={"accept": "text/html"})
    assert page.status_code == 410
    assert "existe plus" in page.text


@pytest.mark.parametrize(
    "chemin", ["/id/acteur/jamais", "/voc/stade/jamais.nt", "/id/acteur/futur", "/id/a%20b"]
)
def test_what_none_knew_is_unknown(client: TestClient, chemin: str) -> None:
    reponse = client.get(chemin, follow_redirects=False)
    assert (reponse.status_code, reponse.headers["content-type"]) == (404, "application/problem+json")
