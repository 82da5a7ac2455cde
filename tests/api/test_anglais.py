"""English pages: no French is left in what Maillage says itself; what documents say is marked French."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from graph.edition.dossier import Dossier
from graph.edition.lecture import open_catalogue
from graph.edition.manifeste import read_manifeste

PAGES = (
    "/",
    "/orientation",
    "/orientation?commune=saint-den",
    "/orientation?commune=14027&texte=accounting",
    "/orientation?commune=14027&stade=employeur&secteur=petite-enfance"
    "&besoins=convention-collective&besoins=fiche-de-poste&besoins=comptabilite&pourquoi=s3a",
    "/orientation?commune=29232&stade=primo-employeur",
    "/orientation?commune=97101&stade=benevole&besoins=comptabilite&pourquoi=creche",
    "/acteurs",
    "/acteurs?q=creche&type=Reseau",
    "/acteurs?q=zzzz",
    "/acteurs/s3a",
    "/acteurs/dla-calvados",
    "/acteurs/acepp",
    "/territoires",
    "/territoires?q=saint-denis",
    "/territoires?q=zzzz",
    "/territoires/departement:14",
    "/territoires/commune:14027",
    "/territoires/region:25-1982",
    "/territoires/departement:15",
    "/cartographie?territoire=departement:14",
    "/cartographie?par=departement",
    "/cartographie/carte",
    "/cartographie/matrice?territoire=departement:14",
    "/cartographie/roles",
    "/couverture?territoire=departement:14",
    "/accompagnements",
    "/accompagnements/petite-enfance-calvados",
    "/sparql",
    "/questions",
    "/questions/qc01-finistere-premier-emploi",
    "/cartographie?territoire=departement:14&de=s3a&vers=caf-calvados",
    "/sparql?query=SELECT%20*%20%7B%3Fs%20a%20mai%3APointAppui%7D%20LIMIT%203",
    "/def",
    "/voc/stade.html",
    "/voc/besoin/comptabilite.html",
    "/source/guide-pmae-2013.html",
)
ERREURS = (
    "/orientation?stade=employeur",
    "/acteurs/personne",
    "/sparql?query=SELECT%20%2A%20%7B%3Fs",
    "/def/9.9.9",
    "/nulle-part",
)
FRANCAIS = re.compile(
    r"\b(?:le|la|les|des|du|une|est|sont|et|pas|pour|dans|avec|sans|par|sur|qui|que|aux|cette|ces|où|votre|vos"
    r"|vous|nous|leur|leurs|aucun|aucune|être|cet|ceux|dont|ici)\b",
    re.IGNORECASE,
)
TUES = "script, style, code, pre, textarea, [lang=fr], [aria-hidden=true], svg text"
CITES = re.compile(r"“[^”]*”|«[^»]*»|\b\w+:\w+")
"""Words of the field that a sentence explains, and terms of the ontology."""


@pytest.fixture(scope="module")
def noms(data: Path) -> list[str]:
    """What documents and registers call things, where it holds a French word; longest first."""
    folder = Dossier(data).folder(Dossier(data).current_id() or "")
    catalogue = open_catalogue(folder, read_manifeste(folder))
    noms = [acteur.nom for acteur in catalogue.acteurs.values()]
    noms += [nom for acteur in catalogue.acteurs.values() for nom in (*acteur.sigles, *acteur.autres_noms)]
    noms += [nom for lieu in catalogue.territoires.values() for nom in (lieu.nom, *lieu.autres_noms)]
    noms += [source.editeur for source in catalogue.sources.values()]
    for choses in (catalogue.accompagnements, catalogue.instances, catalogue.offres, catalogue.sources):
        for chose in choses.values():
            noms += [chose.titre, chose.titre.split(" : ")[0]]
    return sorted({_plain(nom) for nom in noms if FRANCAIS.search(nom)}, key=len, reverse=True)


def _plain(texte: str) -> str:
    return " ".join(texte.replace("’", "'").split())


def _said(client: TestClient, chemin: str) -> tuple[str, ...]:
    reponse = client.get(chemin, headers={"Accept": "text/html", "Cookie": "langue=en"})
    assert (reponse.status_code >= 400) == (chemin in ERREURS)
    soup = BeautifulSoup(reponse.text, "html.parser")
    assert soup.html["lang"] == "en", chemin
    attributs = [
        str(balise[nom])
        for balise in soup.find_all(True)
        for nom in ("aria-label", "alt", "title", "placeholder", "content", "data-compte")
        if balise.has_attr(nom) and not balise.find_parent(lang="fr")
    ]
    for balise in soup.select(TUES):
        balise.decompose()
    return tuple(dict.fromkeys(map(_plain, (*soup.find_all(string=True), *attributs))))


@pytest.mark.parametrize("chemin", (*PAGES, *ERREURS))
def test_no_french_is_left_on_a_page_in_english(client: TestClient, noms: list[str], chemin: str) -> None:
    suspects = [texte for texte in _said(client, chemin) if FRANCAIS.search(texte)]
    restes = {}
    for texte in suspects:
        reste = texte
        for nom in noms:
            if nom in reste:
                reste = reste.replace(nom, "")
        reste = CITES.sub("", reste)
        if FRANCAIS.search(reste):
            restes[texte] = reste
    assert restes == {}


def test_the_heuristic_sees_french(client: TestClient) -> None:
    textes = BeautifulSoup(client.get("/orientation").text, "html.parser").find_all(string=True)
    assert sum(bool(FRANCAIS.search(texte)) for texte in textes) > 10
