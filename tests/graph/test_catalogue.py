"""The catalogue says what the graph says, and finds places as people type them."""

from collections.abc import Callable

import pytest

from graph.catalogue import Catalogue
from graph.catalogue.modele import Territoire
from graph.catalogue.territoires import reference
from graph.errors import IntrouvableError
from graph.texte import fold
from ontology.namespaces import ID

TERR = f"{ID}territoire/"


def place(slug: str, nom: str, niveau: str = "commune", **options: object) -> tuple[str, Territoire]:
    iri = TERR + slug
    code = slug.split("-", 1)[-1]
    return iri, Territoire(iri, niveau, code, nom, (iri,), **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def places() -> Catalogue:
    return Catalogue(
        territoires=dict(
            [
                place(
                    "commune-14027",
                    "Les Monts d'Aunay",
                    autres_noms=("Aunay-sur-Odon", "Campandré-Valcongrain"),
                ),
                place("commune-14118", "Caen", codes_postaux=("14000",), population=108_000),
                place("commune-93066", "Saint-Denis", population=150_000),
                place("commune-97411", "Saint-Denis", population=155_000),
                place("commune-61001", "Saint-Denis-sur-Sarthon", population=1_000),
                place("epci-200065597", "CU Caen la Mer", "epci"),
                place("departement-14", "Calvados", "departement"),
                place("region-25-1982", "Basse-Normandie", "region"),
                place("national", "France", "national"),
            ]
        ),
        codes_resolus={"14056": TERR + "commune-14027"},
    )


@pytest.mark.parametrize(
    ("ref", "slug"),
    [
        ("14027", "commune-14027"),
        ("commune:14027", "commune-14027"),
        ("14056", "commune-14027"),
        (" 14118 ", "commune-14118"),
        ("departement:14", "departement-14"),
        ("region:25-1982", "region-25-1982"),
        ("epci:200065597", "epci-200065597"),
        ("14", "departement-14"),
        ("calvados", "departement-14"),
        ("national", "national"),
    ],
)
def test_a_reference_is_read(places: Catalogue, ref: str, slug: str) -> None:
    assert places.lire_territoire(ref).iri == TERR + slug


@pytest.mark.parametrize(
    "ref", ["", "15", "99999", "departement:14027", "commune:", "region:25", "x:1", "'; --", "１４０２７"]
)
def test_an_unknown_reference_is_said(places: Catalogue, ref: str) -> None:
    with pytest.raises(IntrouvableError, match="code INSEE"):
        places.lire_territoire(ref)


@pytest.mark.parametrize(
    ("texte", "noms"),
    [
        ("aunay sur odon", ["Les Monts d'Aunay"]),
        ("AUNAY", ["Les Monts d'Aunay"]),
        ("odon", ["Les Monts d'Aunay"]),
        ("caen", ["Caen", "CU Caen la Mer"]),
        ("14000", ["Caen"]),
        ("14056", ["Les Monts d'Aunay"]),
        ("Saint Denis", ["Saint-Denis", "Saint-Denis", "Saint-Denis-sur-Sarthon"]),
        ("saint-denis s", ["Saint-Denis-sur-Sarthon"]),
        ("zzz", []),
        ("", []),
        ("—", []),
    ],
)
def test_a_place_is_found_as_typed(places: Catalogue, texte: str, noms: list[str]) -> None:
    assert [found.nom for found in places.chercher_territoires(texte)] == noms


def test_the_bigger_of_two_homonyms_comes_first(places: Catalogue) -> None:
    assert [found.code for found in places.chercher_territoires("saint denis", 2)] == ["97411", "93066"]


def test_a_reference_goes_back_to_its_place(places: Catalogue) -> None:
    for territoire in places.territoires.values():
        assert places.lire_territoire(reference(territoire)) == territoire


def test_folding() -> None:
    assert fold("  L’Œuvre—Saint-Étienne_du_Bois ") == "l oeuvre saint etienne du bois"


def test_the_graph_is_read_whole(make_catalogue: Callable[..., Catalogue]) -> None:
    catalogue = make_catalogue("""
        acteur:s3a a mai:Acteur, mai:Association ; skos:prefLabel "Structure d’aide"@fr ;
          skos:altLabel "S3A"@fr ; skos:hiddenLabel "S 3 A"@fr ; mai:effectif 12 ;
          dcterms:source lieu:page-1 .
        lien:m a mai:Mandat ; mai:de acteur:s3a ; mai:vers dispositif:pava ;
          mai:territoire territoire:departement-14 ; dcterms:source lieu:page-1 .
        offre:o a mai:Offre ; dcterms:title "Aider"@fr ; mai:proposePar acteur:s3a ;
          mai:fonction fonction:information ; mai:couvre territoire:region-28 ; mai:stade stade:employeur ;
          mai:fin "2030-05"^^xsd:gYearMonth ; dcterms:source lieu:page-1 .
        accompagnement:x a mai:IngenierieCollective ; dcterms:title "Action"@fr ; mai:pilote acteur:s3a ;
          mai:etape accompagnement:x-etape-02, accompagnement:x-etape-01 ; mai:nombreStructures 12 ;
          mai:objectif "Sortir de l’isolement"@fr .
        accompagnement:x-etape-01 a mai:Etape ; mai:ordre 1 ; dcterms:title "Premier"@fr .
        accompagnement:x-etape-02 a mai:Etape ; mai:ordre 2 ; dcterms:title "Second"@fr ;
          mai:debut "2009"^^xsd:gYear .
        instance:c a mai:Instance ; dcterms:title "Comité"@fr ; mai:membre acteur:s3a .
        observation:p a mai:Observation ; mai:sur acteur:s3a ; mai:valeur 13 ; mai:unite "places" .
    """)
    s3a = catalogue.acteur("s3a")
    assert (s3a.nom, s3a.sigles, s3a.autres_noms) == ("Structure d’aide", ("S3A",), ("S 3 A",))
    assert s3a.types == ("PointAppui", "Association"), "a role from a mandate, and its own"
    assert set(s3a.perimetres) == {TERR + "departement-14", TERR + "region-28"}
    (offre,) = catalogue.offres_de(s3a.iri)
    assert offre.fin is not None
    assert offre.fin.en_clair == "mai 2030"
    ((passage, source),) = catalogue.source_de(offre.passages)
    assert (passage.lieu, passage.citation, source.titre) == ("Page 1", "Il aide.", "Document d’essai")
    action = catalogue.accompagnement("x")
    assert [etape.titre for etape in action.etapes] == ["Premier", "Second"]
    assert action.textes == (("objectif", "Sortir de l’isolement"),)
    assert {lien.type for lien in catalogue.liens_de(s3a.iri)} == {"Mandat", "Accompagnement", "Instance"}
    assert next(iter(catalogue.observations.values())).valeur == "13"
    assert catalogue.libelle(TERR + "departement-14") == "Calvados"
    assert catalogue.libelle("https://w3id.org/maillage/voc/dispositif/pava") != "pava"
    with pytest.raises(IntrouvableError):
        catalogue.acteur("inconnu")


def test_concepts_keep_their_tree(make_catalogue: Callable[..., Catalogue]) -> None:
    catalogue = make_catalogue("")
    besoins = catalogue.concepts_de("besoin")
    seen: set[str] = set()
    for concept in besoins:
        assert concept.parent is None or concept.parent in seen, "a parent comes before its children"
        seen.add(concept.iri)
    convention = catalogue.concept("besoin", "convention-collective")
    assert convention is not None
    assert [iri.rsplit("/", 1)[-1] for iri in catalogue.elargir(convention.iri)][-1] == "ressources-humaines"
    assert catalogue.concept("besoin", "inconnu") is None
