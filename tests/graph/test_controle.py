"""The checks of an edition: each fault is found once, under the name of the shape that says it."""

import pyoxigraph as ox
import pytest
from rdflib import RDF, SH, Graph

from graph.edition.controle import BLOQUANTS, EXEMPLES, find_controles, run_controles
from graph.queries import load_requete
from ontology.loading import list_files
from ontology.namespaces import PREFIXES

FAUTES = {
    "ActeurNom": 'acteur:a a mai:Acteur ; skos:prefLabel "Un"@fr , "Deux"@fr ; dcterms:source <urn:p> .',
    "ActeurSecteur": "acteur:a a mai:Acteur ; mai:secteur <https://w3id.org/maillage/voc/secteur/inconnu> .",
    "ActeurSiege": 'acteur:a a mai:Acteur ; mai:siege "Caen" .',
    "AccompagnementActeurs": "acc:a a mai:Accompagnement ; mai:pilote acteur:inconnu .",
    "CoutSansMontant": "acc:a mai:coutTTC 10.0 ; mai:montant 10.0 .",
    "EtapeDe": "acc:a a mai:Etape ; mai:ordre 1 .",
    "LienVers": "lien:a a mai:Adhesion ; mai:de acteur:a .",
    "MandatDispositif": "lien:a a mai:Mandat ; mai:vers acteur:a .",
    "MandatTerritoire": "lien:a a mai:Mandat .",
    "ObservationValeur": 'observation:a a mai:Observation ; mai:valeur "13" .',
    "OffreActeur": "offre:a a mai:Offre .",
    "OffreTerritoireDit": "offre:a a mai:Offre .",
    "PartenariatRoleDit": "lien:a a mai:Partenariat .",
    "PassageDocument": "<urn:p> a mai:Passage ; dcterms:isPartOf <urn:inconnu> .",
    "LienSource": "lien:a a mai:Partenariat ; dcterms:source <urn:rien> .",
    "Acteur": '[] a mai:Acteur ; skos:prefLabel "A"@fr .',
    "AucunePersonne": "<urn:p> a foaf:Person .",
    "AucuneCoordonnee": "<urn:p> foaf:mbox <mailto:a@example.org> .",
    "TexteSansCourriel": '<urn:p> skos:note "écrire à a@example.org"@fr .',
    "TexteSansTelephone": '<urn:p> dcterms:title "06 12 34 56 78"@fr .',
    "terme-inconnu": "acteur:a mai:besoinn <urn:o> .",
    "mauvais-segment": "lien:a a mai:Acteur .",
}


def store_of(*sources: str) -> ox.Store:
    """Load the ontology and sources as a build does, each in its graph and all in the default one."""
    store = ox.Store()
    prefixes = "".join(f"@prefix {nom}: <{iri}> .\n" for nom, iri in PREFIXES.items())
    prefixes += "@prefix acc: <https://w3id.org/maillage/id/accompagnement/> .\n"
    own = [f"{prefixes}{texte}" for texte in sources]
    known = [e.read_text(encoding="utf-8") for d in ("modules", "schemes") for e in list_files(d)]
    for rang, texte in enumerate([*own, *known]):
        triples = list(ox.parse(texte, format=ox.RdfFormat.TURTLE))
        for where in (ox.NamedNode(f"urn:source:{rang}"), ox.DefaultGraph()):
            store.extend(ox.Quad(t.subject, t.predicate, t.object, where) for t in triples)
    return store


def with_types(store: ox.Store) -> ox.Store:
    derived = list(store.query(load_requete("edition/20-types-hierarchie").texte))
    store.extend(ox.Quad(t.subject, t.predicate, t.object, ox.DefaultGraph()) for t in derived)
    return store


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, int]]:
    return {
        nom: {c.nom: c.total for c in run_controles(with_types(store_of(texte)))}
        for nom, texte in FAUTES.items()
    }


@pytest.mark.parametrize("nom", FAUTES)
def test_a_fault_is_found_once_under_its_name(nom, found):
    assert found[nom][nom] == 1
    assert nom in find_controles()


def test_an_empty_graph_and_the_vocabularies_have_no_fault():
    assert run_controles(ox.Store()) == []
    assert run_controles(with_types(store_of())) == []


def test_every_shape_against_personal_data_refuses_an_edition():
    (shapes,) = (e for e in list_files("shapes") if e.name == "personnes.ttl")
    graph = Graph().parse(data=shapes.read_text(encoding="utf-8"), format="turtle")
    rules = {str(rule).rpartition("#")[2] for rule in graph.subjects(RDF.type, SH.PropertyShape)}
    assert rules == BLOQUANTS


def test_all_faults_are_counted_and_the_first_are_shown():
    actors = " ".join(f"acteur:a{rang:03} a mai:Acteur ." for rang in range(70))
    (nom,) = (c for c in run_controles(with_types(store_of(actors))) if c.nom == "ActeurNom")
    assert nom.total == 70 and len(nom.lignes) == EXEMPLES
    assert list(nom.lignes) == sorted(nom.lignes) and nom.lignes[0].endswith("a000>")
    assert nom.question.startswith("Nom (skos:prefLabel)")


def test_two_registers_may_name_an_actor_each_its_way():
    names = [f'acteur:a a mai:Acteur ; skos:prefLabel "{nom}"@fr .' for nom in ("Un", "Deux")]
    assert "ActeurNom" not in {c.nom for c in run_controles(with_types(store_of(*names)))}
