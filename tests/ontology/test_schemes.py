"""The vocabularies: every concept complete, every hierarchy sound, every list of the documents whole."""

from collections import Counter, defaultdict

import pytest
from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, URIRef

from ontology.loading import list_files
from ontology.namespaces import MAI, VOC
from ontology.validation import validate_schemes

FILES = list_files("schemes")
EXACT = {
    "stade": "benevole projet primo-employeur employeur",
    "taille": "tpae pmae",
    "implication": "soutien-fonctionnement budget-accompagnements soutien-fleche articulation-programmes "
    "expertise-comite-appui positionnement-dispositifs",
    "relation-collectivite": "aucune subvention-a-la-louche convention-objectifs achat-de-places dsp sieg",
    "type-reponse": "individuelle reponse-collective solution-collective",
    "type-intervention": "information formation accompagnement-production accompagnement-mise-en-reseau",
    "mode-intervention": "ponctuelle etalee collectif alternance individuel",
    "phase-dla": "accueil diagnostic-partage plan ingenierie suivi",
    "statut": "prevu en-cours termine",
    "statut-consultation": "sollicite decline retenu non-retenu",
    "statut-mission": "lancee reorientee suspendue arretee restituee solde-verse",
    "modalite": "individuel collectif",
    "public": "associations adherents accompagnateurs personnes",
    "temporalite": "ponctuel durable",
}
"""Closed lists: these codes and no other."""

TOPS = {
    "fonction": "orientation information accompagnement-generaliste accompagnement-specialiste diagnostic "
    "ingenierie financement mise-en-reseau formation suivi",
    "besoin": "projet-strategie-organisation gestion-financiere communication-partenariat "
    "ressources-humaines",
    "role-partenaire": "financier technique prescripteur membre-instance controle",
    "phase-ingenierie-collective": "identifier engager confirmer finaliser",
    "grille-lecture": "presentation-projet descriptif-actions specificites-prestataire",
    "pole-plateforme": "support developpement remplacement",
}
"""Schemes whose first level is fixed."""

COUNTS = {
    "fonction-dla": 7,
    "principe-dla": 6,
    "objectif-dla": 8,
    "composante-plan": 4,
    "etape-plateforme": 8,
}
"""How many items the documents' lists have."""

MONOGRAPHS = [
    "definir-projet-strategie",
    "definir-metier-activites",
    "definir-programme-activites",
    "connaitre-marche",
    "organiser-vie-statutaire",
    "definir-offre-prestations",
    "positionnement-reseau",
    "projet-associatif",
    "ressources-propres",
    "animation-reseau",
    "situation-fiscale",
    "indicateurs-financiers",
    "cout-des-services",
    "labellisation",
    "argumenter-financement",
    "environnement-socio-economique",
    "nouveaux-partenaires",
    "supports-communication",
    "argumenter-administration-fiscale",
    "negocier-partenariat",
    "sources-financement",
    "organisation-interne",
    "perennisation-emplois",
    "insertion-rendement",
    "mutualisation",
    "montages-administratifs",
    "equilibre-financier",
]
"""Contents and difficulties that the notebook's four monographs list."""


def codes(graph: Graph, name: str, top_only: bool = False) -> list[str]:
    predicate = SKOS.topConceptOf if top_only else SKOS.inScheme
    concepts = [c for c in graph.subjects(predicate, VOC[name]) if (c, RDF.type, SKOS.Concept) in graph]
    return sorted(str(c).rsplit("/", 1)[-1] for c in concepts)


@pytest.mark.parametrize("entry", FILES, ids=lambda e: e.name)
def test_file_holds_one_scheme_and_its_concepts(entry):
    graph = Graph().parse(data=entry.read_text(encoding="utf-8"), format="turtle")
    scheme = VOC[entry.name.removesuffix(".ttl")]
    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [scheme]
    tops = set(graph.objects(scheme, SKOS.hasTopConcept))
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert concepts and tops == set(graph.subjects(SKOS.topConceptOf, scheme))
    for concept in concepts:
        assert str(graph.value(concept, SKOS.notation)) == str(concept).removeprefix(f"{scheme}/"), concept
        assert list(graph.objects(concept, SKOS.inScheme)) == [scheme], concept
        assert list(graph.objects(concept, RDFS.isDefinedBy)) == [scheme], concept
        broader = list(graph.objects(concept, SKOS.broader))
        assert set(broader) <= concepts and len(broader) == (concept not in tops), concept
        chain = [a for b in broader for a in graph.transitive_objects(b, SKOS.broader)]
        assert concept not in chain and (not chain or tops & set(chain)), concept
    sourced = (scheme, DCTERMS.source, None) in graph or (
        scheme,
        DCTERMS.bibliographicCitation,
        None,
    ) in graph
    assert sourced, "say which document the vocabulary comes from"


def test_concepts_are_complete(schemes):
    assert validate_schemes(schemes).violations == ()


@pytest.mark.parametrize("entry", FILES, ids=lambda e: e.name)
def test_no_name_leads_to_two_concepts(entry):
    graph = Graph().parse(data=entry.read_text(encoding="utf-8"), format="turtle")
    names: dict[str, set[URIRef]] = defaultdict(set)
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        preferred = [str(o).casefold() for o in graph.objects(concept, SKOS.prefLabel) if o.language == "fr"]
        others = [str(o).casefold() for o in graph.objects(concept, SKOS.altLabel) if o.language == "fr"]
        assert not set(preferred) & set(others), concept
        for name in {*preferred, *others}:
            names[name].add(concept)
    shared = {name: found for name, found in names.items() if len(found) > 1}
    assert shared == {}


@pytest.mark.parametrize("name", EXACT)
def test_closed_lists(schemes, name):
    assert codes(schemes, name) == sorted(EXACT[name].split())


@pytest.mark.parametrize("name", TOPS)
def test_first_levels(schemes, name):
    assert codes(schemes, name, top_only=True) == sorted(TOPS[name].split())


@pytest.mark.parametrize("name", COUNTS)
def test_lists_of_the_documents_are_whole_and_in_order(schemes, name):
    found = codes(schemes, name, top_only=True)
    assert len(found) == COUNTS[name]
    orders = sorted(int(schemes.value(VOC[f"{name}/{code}"], MAI.ordre)) for code in found)
    assert orders == list(range(1, COUNTS[name] + 1))


def test_contents_of_the_monographs_are_needs(schemes):
    assert set(MONOGRAPHS) <= set(codes(schemes, "besoin"))


def test_volunteers_words_lead_to_needs(schemes):
    words = {str(o): str(s).rsplit("/", 1)[-1] for s, o in schemes.subject_objects(SKOS.altLabel)}
    assert words["fiche de paie"] == words["bulletin de salaire"] == "gestion-paie"
    assert words["première embauche"] in {"premier-emploi", "primo-employeur"}


def test_families_of_associations(schemes):
    tops = codes(schemes, "secteur", top_only=True)
    assert len(tops) == 29
    assert all(len(code) == 6 and code.isdigit() and code.endswith("000") for code in tops)
    below = {"petite-enfance": "018000", "insertion": "030000", "sport": "011000"}
    for word, family in below.items():
        assert schemes.value(VOC[f"secteur/{word}"], SKOS.broader) == VOC[f"secteur/{family}"]


def test_collections_of_criteria(schemes):
    sizes = {
        str(c).rsplit("/", 1)[-1]: len(set(schemes.objects(c, SKOS.member)))
        for c in schemes.subjects(RDF.type, SKOS.Collection)
        if (c, SKOS.inScheme, VOC.critere) in schemes
    }
    expected = {"solliciter": 3, "proposition": 6, "proposition-collective": 4, "satisfaction": 6}
    assert expected.items() <= sizes.items()
    members = Counter(schemes.objects(None, SKOS.member))
    assert set(members.values()) == {1}, "a criterion is in one set only"
    in_scheme = {VOC[f"critere/{code}"] for code in codes(schemes, "critere")}
    assert {m for m in members if str(m).startswith(VOC["critere/"])} == in_scheme


def test_phases_say_what_the_partner_consultant_brings(schemes):
    for phase in TOPS["phase-ingenierie-collective"].split():
        concept = VOC[f"phase-ingenierie-collective/{phase}"]
        assert (concept, MAI.apportPrestataire, None) in schemes
        assert len(list(schemes.subjects(SKOS.broader, concept))) == 3


def test_types_of_answer_say_when_to_choose_them(schemes):
    for code in EXACT["type-reponse"].split():
        languages = {o.language for o in schemes.objects(VOC[f"type-reponse/{code}"], MAI.choisirQuand)}
        assert languages == {"fr", "en"}


def test_dispositifs_confer_roles_and_succeed_each_other(schemes, modules):
    conferred = {
        "dla": "OperateurDLA",
        "dla-regional": "DLARegional",
        "cnar": "CentreNationalAppui",
        "crdla": "CentreNationalAppui",
        "pava": "PointAppui",
        "crib": "PointAppui",
        "guid-asso": "PointAppui",
    }
    for code, role in conferred.items():
        assert list(schemes.objects(VOC[f"dispositif/{code}"], MAI.confere)) == [MAI[role]]
        assert (MAI[role], RDFS.subClassOf, MAI.Acteur) in modules
    for after, before in {
        "dla-regional": "c2ra",
        "crdla": "cnar",
        "guid-asso": "pava",
        "opco": "opca",
    }.items():
        concept = VOC[f"dispositif/{after}"]
        assert (concept, MAI.succedeA, VOC[f"dispositif/{before}"]) in schemes
        note = next(str(o) for o in schemes.objects(concept, SKOS.note) if o.language == "fr")
        assert "connaissance courante" in note


def test_functions_of_the_dla_belong_to_its_phases(schemes):
    phases = set(schemes.subjects(SKOS.inScheme, VOC["phase-dla"]))
    tied = [
        o
        for s, o in schemes.subject_objects(SKOS.broadMatch)
        if (s, SKOS.inScheme, VOC["fonction-dla"]) in schemes
    ]
    assert len(tied) == 6 and set(tied) == phases
