"""A country in miniature: the generated files are taken, meet each other, and make a sound edition."""

import json
import re
from pathlib import Path

import pytest

from graph.edition.composition import Options
from graph.edition.construction import build
from graph.edition.dossier import Dossier
from graph.sources.documents import find_corpus
from graph.sources.territoires import find_lieux
from tests.benchmarks.generateurs import National, generate_national
from tests.benchmarks.generateurs.lieux import PAQUET
from tests.benchmarks.generateurs.subventions import ANONYME_TOUS_LES, NEGATIF_TOUS_LES
from tests.graph.lecteurs.publie_essai import enonces, importe

ECHELLE = 0.004
pytestmark = pytest.mark.skipif(not PAQUET.is_dir(), reason="the communes of France are missing: run npm ci")


@pytest.fixture(scope="module")
def fichiers(tmp_path_factory: pytest.TempPathFactory) -> National:
    return generate_national(ECHELLE, tmp_path_factory.mktemp("pays"))


def fewer_communes(dossier: Path, lus: str) -> Path:
    """Write a package of the communes that statements name, and of the EPCI they are in: quick to load."""
    dossier.mkdir()
    named = set(re.findall(r"/id/territoire/(?:commune|epci)-(\w+)>", lus))
    communes, epci = (json.loads((PAQUET / nom).read_text("utf-8")) for nom in ("communes.json", "epci.json"))
    groups = [fiche for fiche in epci if fiche["code"] in named]
    named |= {membre["code"] for fiche in groups for membre in fiche["membres"]}
    kept = [f for f in communes if f["type"] == "commune-actuelle" and f["code"] in named]
    for nom, fiches in (("communes.json", kept), ("epci.json", groups)):
        (dossier / nom).write_text(json.dumps(fiches), encoding="utf-8")
    return dossier


def numbered(lus: str) -> set[str]:
    """Return the actors that statements name by a SIRET."""
    return set(re.findall(r"/id/acteur/(siret-\d+)>", lus))


def test_the_same_seed_gives_the_same_bytes(fichiers: National, tmp_path: Path) -> None:
    again = generate_national(ECHELLE, tmp_path)
    for first, second in ((fichiers.rna, again.rna), (fichiers.subventions, again.subventions)):
        assert first.read_bytes() == second.read_bytes()
    assert [f.read_bytes() for f in fichiers.classeur] == [f.read_bytes() for f in again.classeur]


def test_they_are_taken_meet_and_make_a_sound_edition(fichiers: National, tmp_path: Path) -> None:
    racine, lieux = tmp_path / "data", find_lieux(PAQUET)
    rna = importe(racine, "rna", fichiers.rna, lieux=lieux)
    assert (rna.fiche.lus, rna.fiche.rejetes) == (fichiers.associations, 0)
    assert set(rna.bilan.filtres) == {"association dissoute"}

    aides = importe(racine, "subventions", fichiers.subventions, lieux=lieux)
    lignes = fichiers.lignes_subventions
    assert (aides.fiche.lus, aides.fiche.rejetes) == (lignes, lignes // NEGATIF_TOUS_LES)
    assert aides.fiche.filtres == lignes // ANONYME_TOUS_LES

    classeur = importe(racine, "classeur", *fichiers.classeur, lieux=lieux)
    assert classeur.fiche.lus == classeur.fiche.pris > fichiers.acteurs

    said = {
        nom: enonces(resultat) for nom, resultat in (("rna", rna), ("aides", aides), ("classeur", classeur))
    }
    known = numbered(said["rna"])
    assert len(known & numbered(said["aides"])) > 100, "subsidies reach associations of the register"
    assert len(known & numbered(said["classeur"])) > 10, "actors of the workbook are in the register"

    corpus = "".join(line for source in find_corpus() for line in source.lire())
    paquet = fewer_communes(tmp_path / "paquet", corpus + "".join(said.values()))
    manifeste, _ = build(Dossier(racine), Options(paquet_territoires=paquet))
    assert manifeste.anomalies == {}
    assert manifeste.comptes["acteurs"] > rna.fiche.pris
