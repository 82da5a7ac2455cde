"""The checklists of FOOPS!, OOPS!, LOV and the W3C, as shapes and queries that each find a planted fault."""

from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from ontology.namespaces import MAI, ONTOLOGY_IRI, ORG, PREFIXES

QUALITE = Path(__file__).parent / "qualite"
LISTES = sorted(QUALITE.glob("*.rq"))
NOMS = PREFIXES | {
    "schema": "https://schema.org/",
    "vs": "http://www.w3.org/2003/06/sw-vocab-status/ns#",
}
ESSAI = MAI.Essai
PROPRIETE = MAI.essai
FAUTES = {
    "p04-terme-isole": [(ESSAI, RDF.type, OWL.Class)],
    "p05-inverse-fausse": [
        (PROPRIETE, OWL.inverseOf, MAI.retour),
        (PROPRIETE, RDFS.domain, MAI.Offre),
        (MAI.retour, RDFS.range, MAI.Lien),
    ],
    "p08-sans-explication": [(ESSAI, RDF.type, OWL.Class), (ESSAI, RDFS.label, Literal("Essai", lang="fr"))],
    "p10-sans-disjonction": [],
    "p11-sans-depart-ni-arrivee": [
        (PROPRIETE, RDF.type, OWL.ObjectProperty),
        (PROPRIETE, RDFS.domain, MAI.Offre),
    ],
    "p19-plusieurs-departs": [(MAI.couvre, RDFS.domain, MAI.Acteur)],
    "p34-sans-genre": [(MAI.Offre, RDFS.subClassOf, ESSAI)],
    "p38-une-ontologie": [(URIRef("https://example.org/o"), RDF.type, OWL.Ontology)],
    "p40-nom-d-autrui": [(ORG.Autre, RDF.type, OWL.Class)],
    "terme-sans-maison": [(ESSAI, RDF.type, OWL.Class)],
}


def _faults(graph: Graph, liste: Path) -> list[str]:
    return [str(row[0]) for row in graph.query(liste.read_text("utf-8"), initNs=NOMS)]


@pytest.mark.parametrize("liste", LISTES, ids=lambda liste: liste.stem)
def test_no_pitfall(modules: Graph, liste: Path) -> None:
    assert _faults(modules, liste) == []


@pytest.mark.parametrize("liste", LISTES, ids=lambda liste: liste.stem)
def test_each_pitfall_would_be_seen(modules: Graph, liste: Path) -> None:
    faulty = Graph()
    if liste.stem == "p10-sans-disjonction":
        assert len(_faults(faulty, liste)) == 7
        return
    for triple in (*modules, *FAUTES[liste.stem]):
        faulty.add(triple)
    assert set(_faults(faulty, liste)) > set(_faults(modules, liste))


def test_the_header_says_what_registries_ask(modules: Graph) -> None:
    shapes = Graph().parse(QUALITE / "entete.ttl")
    conforme, _, rapport = validate(modules, shacl_graph=shapes)
    assert conforme, rapport
    poorer = Graph()
    for triple in modules:
        if triple[1] not in (DCTERMS.license, OWL.versionIRI):
            poorer.add(triple)
    conforme, _, rapport = validate(poorer, shacl_graph=shapes)
    assert not conforme
    assert rapport.count("Focus Node") == 2


def test_its_addresses_agree(modules: Graph) -> None:
    assert str(MAI) == f"{ONTOLOGY_IRI}#"
    version = modules.value(URIRef(ONTOLOGY_IRI), OWL.versionIRI)
    assert str(version) == f"{ONTOLOGY_IRI}/{modules.value(URIRef(ONTOLOGY_IRI), OWL.versionInfo)}"
