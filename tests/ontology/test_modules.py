"""The ontology itself: header, and what each term must say."""

from itertools import combinations

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, VANN, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from ontology.loading import list_files
from ontology.namespaces import MAI, ONTOLOGY_IRI

SCHEMA = Namespace("https://schema.org/")
VS = Namespace("http://www.w3.org/2003/06/sw-vocab-status/ns#")
ONTOLOGY = URIRef(ONTOLOGY_IRI)
DISJOINT = ("Acteur", "Offre", "Lien", "Accompagnement", "Instance", "Observation", "Passage")
DERIVED = (
    "membreDe",
    "finance",
    "partenaireDe",
    "represente",
    "porte",
    "accompagne",
    "intervientSur",
    "dans",
)
DERIVED_CLASSES = ("PointAppui", "OperateurDLA", "DLARegional", "CentreNationalAppui")
CONTRACT = [
    "Acteur",
    "Association",
    "Reseau",
    "PointAppui",
    "OperateurDLA",
    "DLARegional",
    "CentreNationalAppui",
    "Prestataire",
    "Financeur",
    "Institution",
    "Dispositif",
    "confere",
    "Lien",
    "Mandat",
    "Adhesion",
    "Financement",
    "Partenariat",
    "Representation",
    "de",
    "vers",
    "debut",
    "fin",
    "nature",
    "fleche",
    "montant",
    "role",
    "Offre",
    "proposePar",
    "fonction",
    "couvre",
    "stade",
    "besoin",
    "secteur",
    "mobilisePar",
    "publicVise",
    "modalite",
    "public",
    "temporalite",
    "implication",
    "Accompagnement",
    "IngenierieIndividuelle",
    "IngenierieCollective",
    "Experimentation",
    "beneficiaire",
    "pilote",
    "referent",
    "intervenant",
    "sollicite",
    "financePar",
    "prescritPar",
    "territoire",
    "jours",
    "coutTTC",
    "nombreStructures",
    "typeReponse",
    "typeIntervention",
    "modeIntervention",
    "statut",
    "etape",
    "comporte",
    "instance",
    "systemeIntervenant",
    "objectif",
    "problematique",
    "resultat",
    "pointPositif",
    "pointVigilance",
    "innovation",
    "perspective",
    "Etape",
    "ordre",
    "acteurImplique",
    "Instance",
    "typeInstance",
    "membre",
    "animePar",
    "instanceDe",
    "SystemeIntervenant",
    "Observation",
    "sur",
    "indicateur",
    "valeur",
    "unite",
    "date",
    "Passage",
    "lieu",
    "citation",
    "Zone",
    "siege",
    "effectif",
    "siret",
    "rna",
    "succedeA",
    "perimetre",
    "membreDe",
    "finance",
    "partenaireDe",
    "represente",
    "porte",
    "accompagne",
    "intervientSur",
    "dans",
    "apportPrestataire",
    "choisirQuand",
]
"""Names that the design relies on: never renamed."""


def own_terms(graph: Graph) -> list[URIRef]:
    return sorted({s for s in graph.subjects() if isinstance(s, URIRef) and s.startswith(str(MAI))})


def languages(graph: Graph, subject: Node, predicate: URIRef) -> list[str | None]:
    return sorted(str(o.language) for o in graph.objects(subject, predicate) if isinstance(o, Literal))


@pytest.mark.parametrize("entry", list_files("modules"), ids=lambda e: e.name)
def test_module_is_small_and_says_what_it_holds(entry):
    text = entry.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert text.count("\n") <= 300
    assert len(Graph().parse(data=text, format="turtle")) > 0


def test_header(modules):
    assert set(modules.subjects(RDF.type, OWL.Ontology)) == {ONTOLOGY}
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.publisher, RDFS.comment):
        assert languages(modules, ONTOLOGY, predicate) == ["en", "fr"], predicate
    version = modules.value(ONTOLOGY, OWL.versionInfo)
    assert modules.value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{ONTOLOGY_IRI}/{version}")
    assert modules.value(ONTOLOGY, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert str(modules.value(ONTOLOGY, VANN.preferredNamespacePrefix)) == "mai"
    assert str(modules.value(ONTOLOGY, VANN.preferredNamespaceUri)) == str(MAI)
    assert modules.value(ONTOLOGY, DCTERMS.created) and modules.value(ONTOLOGY, DCTERMS.issued)


def test_changelog_names_the_version(modules, root):
    version = modules.value(ONTOLOGY, OWL.versionInfo)
    assert f"## {version}" in (root / "ontology" / "CHANGELOG.md").read_text(encoding="utf-8")


def test_names_of_the_contract_are_declared(modules):
    assert [name for name in CONTRACT if (MAI[name], None, None) not in modules] == []


def test_every_term_is_labelled_explained_and_defined(modules):
    faults = []
    for term in own_terms(modules):
        for predicate in (RDFS.label, RDFS.comment):
            if languages(modules, term, predicate) != ["en", "fr"]:
                faults.append((term, predicate))
        if list(modules.objects(term, RDFS.isDefinedBy)) != [ONTOLOGY]:
            faults.append((term, "isDefinedBy"))
        if str(modules.value(term, VS.term_status)) not in {"stable", "testing", "deprecated"}:
            faults.append((term, "term_status"))
    assert faults == []


def test_terms_are_named_in_one_style(modules):
    classes = set(modules.subjects(RDF.type, OWL.Class))
    for term in own_terms(modules):
        name = term.removeprefix(str(MAI))
        assert name.isascii() and name.isalnum()
        assert name[0].isupper() == (term in classes), name


def test_every_term_is_a_class_or_a_property(modules):
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}
    assert [t for t in own_terms(modules) if not kinds & set(modules.objects(t, RDF.type))] == []


def test_a_property_has_one_domain_at_most_and_says_where_it_is_used(modules):
    for term in own_terms(modules):
        if (term, RDF.type, OWL.Class) in modules:
            continue
        domains = list(modules.objects(term, RDFS.domain))
        included = list(modules.objects(term, SCHEMA.domainIncludes))
        assert len(domains) <= 1 and not (domains and included), term
        assert domains or included, term
        assert len(list(modules.objects(term, RDFS.range))) <= 1, term


def test_domains_ranges_and_parents_of_ours_are_declared(modules):
    own = set(own_terms(modules))
    for predicate in (
        RDFS.domain,
        RDFS.range,
        RDFS.subClassOf,
        RDFS.subPropertyOf,
        OWL.disjointWith,
        SCHEMA.domainIncludes,
        SCHEMA.rangeIncludes,
    ):
        for value in modules.objects(None, predicate):
            assert not str(value).startswith(str(MAI)) or value in own, value


def test_main_classes_exclude_each_other(modules):
    for one, other in combinations(DISJOINT, 2):
        pair = (MAI[one], OWL.disjointWith, MAI[other])
        assert pair in modules or pair[::-1] in modules, (one, other)


def test_no_class_is_below_two_that_exclude_each_other(modules):
    for term in own_terms(modules):
        above = set(modules.transitive_objects(term, RDFS.subClassOf))
        clash = [(a, b) for a, b in modules.subject_objects(OWL.disjointWith) if {a, b} <= above]
        assert clash == [], term


def test_hierarchies_have_no_cycle(modules):
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        for term in own_terms(modules):
            above = [
                a for p in modules.objects(term, predicate) for a in modules.transitive_objects(p, predicate)
            ]
            assert term not in above, term


def test_what_is_derived_says_so(modules):
    for name in (*DERIVED, *DERIVED_CLASSES):
        comment = next(o for o in modules.objects(MAI[name], RDFS.comment) if o.language == "fr")
        assert "érivé" in comment and "jamais saisi" in comment, name


def test_vocabularies_named_by_properties_exist(modules):
    shipped = {
        f"https://w3id.org/maillage/voc/{entry.name.removesuffix('.ttl')}" for entry in list_files("schemes")
    }
    assert {str(o) for o in modules.objects(None, RDFS.seeAlso)} <= shipped
