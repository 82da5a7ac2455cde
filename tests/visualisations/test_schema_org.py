"""What pages say to search engines: valid JSON-LD, escaped, with the page's own address."""

import json
from dataclasses import replace

from bs4 import BeautifulSoup

from graph.catalogue import Catalogue
from graph.catalogue.modele import Acteur, Territoire
from visualisations.pages import page_accueil, page_acteur
from visualisations.schema_org import structure_place, structure_thing

CAEN = Territoire("https://w3id.org/maillage/id/territoire/commune-14118", "commune", "14118", "Caen")
CALVADOS = Territoire(
    "https://w3id.org/maillage/id/territoire/departement-14", "departement", "14", "Calvados"
)
CAEN = replace(CAEN, ancetres=(CAEN.iri, CALVADOS.iri))
ACTEUR = Acteur(
    iri="https://w3id.org/maillage/id/acteur/a",
    slug="a",
    nom="Nom</script><script>alert(1)</script>",
    sigles=("NS",),
    types=("Association", "Reseau"),
    siege=CAEN.iri,
    perimetres=(CALVADOS.iri,),
    siret="12345678900012",
    site="javascript:alert(1)",
)
CATALOGUE = Catalogue(
    edition="2026-01-01-abc",
    acteurs={ACTEUR.iri: ACTEUR},
    territoires={lieu.iri: lieu for lieu in (CAEN, CALVADOS)},
)


def _read(html: str) -> tuple[str, list]:
    soup = BeautifulSoup(html, "html.parser")
    (bloc,) = soup.select('script[type="application/ld+json"]')
    return soup.select_one("link[rel=canonical]")["href"], json.loads(bloc.string)["@graph"]


def test_an_actor_is_an_organization_whatever_its_name_holds() -> None:
    html = page_acteur(CATALOGUE, ACTEUR)
    canonique, (organisation, fil) = _read(html)
    assert "<script>alert" not in html
    assert canonique == "/acteurs/a"
    assert organisation["@type"] == ["Organization", "NGO"]
    assert organisation["@id"] == ACTEUR.iri
    assert organisation["name"] == ACTEUR.nom
    assert organisation["identifier"][0]["value"] == "12345678900012"
    assert organisation["location"] == {"@type": "City", "@id": CAEN.iri, "name": "Caen"}
    assert [lieu["@id"] for lieu in organisation["areaServed"]] == [CALVADOS.iri]
    assert "url" not in organisation
    autres = BeautifulSoup(html, "html.parser").select("link[rel=alternate]:not([hreflang])")
    assert [lien["href"] for lien in autres] == ["/id/acteur/a.ttl", "/id/acteur/a.jsonld"]
    assert [pas["item"] for pas in fil["itemListElement"]] == ["/acteurs", "/acteurs/a"]


def test_a_place_says_what_holds_it() -> None:
    lieu = structure_place(CATALOGUE, CAEN).donnees["@graph"][0]
    assert [parent["name"] for parent in lieu["containedInPlace"]] == ["Calvados"]
    assert structure_place(CATALOGUE, CALVADOS).donnees["@graph"][0]["@type"] == "AdministrativeArea"


def test_the_home_page_is_the_dataset() -> None:
    canonique, (jeu,) = _read(page_accueil(CATALOGUE, {}))
    assert (canonique, jeu["@type"], jeu["version"]) == ("/", "Dataset", "2026-01-01-abc")
    assert jeu["license"].startswith("https://creativecommons.org/")


def test_concepts_are_defined_terms() -> None:
    schema = structure_thing("https://w3id.org/maillage/voc/stade", "Stade", "", "/voc/stade.html", [])
    terme = structure_thing("https://w3id.org/maillage/voc/stade/projet", "Projet", "", "/x", [])
    assert [s.donnees["@graph"][0]["@type"] for s in (schema, terme)] == ["DefinedTermSet", "DefinedTerm"]
