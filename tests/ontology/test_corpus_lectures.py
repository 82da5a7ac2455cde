"""What a reader of the documents would object to: each claim rests on words about the one it is made of."""

from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, Graph, URIRef
from rdflib.namespace import SKOS

from ontology.namespaces import ID, MAI, SOURCE, VOC
from tests.ontology.test_corpus import FILES, fold, read

GUIDE = "guide-pmae-2013"
CALVADOS = "calvados-petite-enfance-2009"
PLATEFORME = "plateforme-petite-enfance-ille-et-vilaine"


@pytest.fixture(scope="module")
def graphs() -> dict[str, Graph]:
    return {path.stem: read(Path(path)) for path in FILES}


def offer(slug: str) -> URIRef:
    return URIRef(f"{ID}offre/{slug}")


def need(code: str) -> URIRef:
    return URIRef(f"{VOC}besoin/{code}")


def notes(graph: Graph, thing: URIRef) -> str:
    return " ".join(str(note) for note in graph.objects(thing, SKOS.note))


def quoted(graph: Graph, thing: URIRef) -> str:
    """The words of the documents that a thing rests on."""
    return fold(
        " ".join(str(c) for p in graph.objects(thing, DCTERMS.source) for c in graph.objects(p, MAI.citation))
    )


def test_a_training_that_was_followed_is_not_an_offer(graphs):
    graph = graphs[GUIDE]
    for session in ("bn-session-1", "bn-session-2"):
        citing = set(graph.subjects(DCTERMS.source, SOURCE[f"{GUIDE}#{session}"]))
        assert citing and not any((thing, RDF.type, MAI.Offre) in graph for thing in citing)
    caen = [
        o
        for o in graph.subjects(RDF.type, MAI.Offre)
        if (o, DCTERMS.source, SOURCE[f"{GUIDE}#bn-pratiques"]) in graph
    ]
    assert len(caen) >= 11
    for offre in caen:
        assert set(graph.objects(offre, MAI.besoin)) == {need("fonction-employeur")}


def test_what_the_aim_of_an_experiment_says_is_not_said_of_each_actor(graphs):
    graph = graphs[GUIDE]
    found = graph.subjects(MAI.besoin, need("premier-emploi"))
    offres = [thing for thing in found if (thing, RDF.type, MAI.Offre) in graph]
    assert offres
    for offre in offres:
        assert "lu dans l'objet de l'expérimentation, pas dit de cet acteur" in notes(graph, offre), offre


@pytest.mark.parametrize("slug", ["dla-nord-finistere", "dla-sud-finistere"])
def test_the_sector_of_a_dla_that_is_not_delimited_is_said_so(graphs, slug):
    graph = graphs[GUIDE]
    acteur = URIRef(f"{ID}acteur/{slug}")
    for thing in (acteur, *graph.subjects(MAI.proposePar, acteur)):
        assert "ne délimite pas ce secteur" in notes(graph, thing), thing


def test_money_of_the_regional_dla_is_said_to_be_its_budget(graphs):
    graph = graphs[GUIDE]
    nature = URIRef(f"{VOC}nature-financement/budget-dla-regional")
    liens = set(graph.subjects(MAI.nature, nature))
    assert len(liens) == 3
    for lien in liens:
        assert "sur le budget du dla regional" in fold(str(graph.value(lien, DCTERMS.title)))
        assert "sur le budget dla regional" in quoted(graph, lien)


@pytest.mark.parametrize(
    ("code", "words"),
    [("sortie-de-crise", "crise"), ("projet-etablissement", "projet d'etablissement")],
)
def test_a_need_rests_on_words_that_name_it(graphs, code, words):
    graph = graphs[CALVADOS]
    claiming = [o for o in graph.subjects(MAI.besoin, need(code)) if (o, RDF.type, MAI.Etape) not in graph]
    assert claiming
    for thing in claiming:
        assert words in quoted(graph, thing), thing


def test_the_action_begins_when_the_document_says_the_action_begins(graphs):
    graph = graphs[CALVADOS]
    action = URIRef(f"{ID}accompagnement/petite-enfance-calvados")
    assert str(graph.value(action, MAI.debut)) == "2008-01"
    assert str(graph.value(URIRef(f"{action}-etape-01"), MAI.debut)) == "2004-06"


DATED = {
    (GUIDE, "diva-picardie"): ("2005", "instaure en 2005"),
    (PLATEFORME, "reso-solidaire-demarche-petite-enfance"): (
        "2010",
        "une demarche initiee par resosolidaire en 2010",
    ),
}
"""Every dated offer of the corpus, and the words that say that it began, or was begun, then."""


def test_an_offer_begins_when_a_passage_says_it_began_and_never_when_its_actor_was_born(graphs):
    dates = {
        (document, str(offre).removeprefix(f"{ID}offre/")): str(graph.value(offre, MAI.debut))
        for document, graph in graphs.items()
        for offre in {*graph.subjects(RDF.type, MAI.Offre), *graph.subjects(MAI.proposePar)}
        if (offre, MAI.debut, None) in graph
    }
    assert dates == {key: debut for key, (debut, _) in DATED.items()}
    for (document, slug), (_, words) in DATED.items():
        assert words in quoted(graphs[document], offer(slug))


@pytest.mark.parametrize(
    "slug", ["nord-actif-denain", "nord-actif-lille", "inseraction-62-lens", "inseraction-62-calais"]
)
def test_a_site_of_an_operator_is_met_where_the_list_puts_it(graphs, slug):
    graph = graphs["guide-prestataires-nord-pas-de-calais-2007"]
    acteur, ville = URIRef(f"{ID}acteur/{slug}"), slug.rpartition("-")[2]
    assert graph.value(acteur, MAI.siege) is not None
    offres = list(graph.subjects(MAI.proposePar, acteur))
    assert len(offres) == 3
    for offre in offres:
        assert f"({ville})" in quoted(graph, offre), offre
    operator = URIRef(f"{ID}acteur/{slug.rpartition('-')[0]}")
    assert graph.value(operator, MAI.siege) is None, "the list does not say which site is the seat"


@pytest.mark.parametrize(
    ("slug", "secteur", "known"),
    [
        ("familles-rurales-finistere", "familles", "lu dans le nom"),
        ("acepp-29", "petite-enfance", "lu dans le nom"),
        ("cdos-80", "sport", "connaissance commune"),
        ("cros-rhone-alpes", "sport", "connaissance commune"),
    ],
)
def test_the_sector_of_an_actor_says_how_it_is_known(graphs, slug, secteur, known):
    graph, acteur = graphs[GUIDE], URIRef(f"{ID}acteur/{slug}")
    assert list(graph.objects(acteur, MAI.secteur)) == [URIRef(f"{VOC}secteur/{secteur}")]
    said = [*graph.objects(acteur, SKOS.note), *graph.objects(acteur, SKOS.editorialNote)]
    assert any(known in str(note) for note in said)


def test_a_partner_that_conceives_with_the_dla_is_turned_to_by_the_dla(graphs):
    graph = graphs["carnet-ingenieries-collectives-cnar-environnement"]
    tee = offer("tee-nord-pas-de-calais-concertation-environnement")
    assert "par le dla en concertation avec" in quoted(graph, tee)
    assert list(graph.objects(tee, MAI.public)) == [URIRef(f"{VOC}public/accompagnateurs")]


@pytest.mark.parametrize(
    ("slug", "words"),
    [("resam", "reseau des associations"), ("maison-associations-amiens", "maison des associations")],
)
def test_a_function_read_in_a_name_is_in_the_name_and_said_so(graphs, slug, words):
    graph = graphs[GUIDE]
    assert words in quoted(graph, offer(slug))
    assert "lues dans le nom" in notes(graph, offer(slug))
