"""Facets: sector, stage, network, source, day; what nothing is said of is a choice of its own."""

from dataclasses import replace

import pytest

from graph.cartography import (
    INCONNU,
    CriteresReseau,
    Graphe,
    filter_reseau,
    open_cartographe,
    parse_criteres,
)
from graph.catalogue import Catalogue
from graph.catalogue.modele import Concept, Offre, Passage, Source
from graph.dates import DatePartielle
from graph.errors import DemandeInvalideError, IntrouvableError
from tests.graph.exemple_cartography import (
    ACTEURS,
    COLLECTIF,
    ID,
    LIENS,
    PASSAGE,
    SOURCE,
    VOC,
    acteur_iri,
    catalogue,
    lien,
)

LARGE = Concept(f"{VOC}/secteur/018000", "secteur", "018000", "Médico-social")
PETITE = Concept(
    f"{VOC}/secteur/petite-enfance", "secteur", "petite-enfance", "Petite enfance", "", LARGE.iri
)
EMPLOYEUR = Concept(f"{VOC}/stade/employeur", "stade", "employeur", "Employeur")
AUTRE = Source(f"{SOURCE}-2", "guide", "Guide", DatePartielle.parse("2013"), "Avise")
PAGE = Passage(f"{AUTRE.iri}#p", AUTRE.iri, "page 3")


def source() -> Catalogue:
    base = catalogue()
    bambins = replace(base.acteurs[acteur_iri("espace-bambins")], secteurs=(PETITE.iri,), stade=EMPLOYEUR.iri)
    seule = replace(base.acteurs[acteur_iri("isolee")], passages=(PAGE.iri,))
    offre = Offre(
        f"{ID}/offre/o", "o", acteur_iri("s3a"), "O", secteurs=(LARGE.iri,), stades=(EMPLOYEUR.iri,)
    )
    liens = (*LIENS, replace(lien("Financement", "caf-calvados", "s3a", "numeraire"), passages=(PAGE.iri,)))
    return catalogue(
        acteurs={**base.acteurs, bambins.iri: bambins, seule.iri: seule},
        offres={offre.iri: offre},
        concepts={**base.concepts, **{c.iri: c for c in (LARGE, PETITE, EMPLOYEUR)}},
        sources={**base.sources, AUTRE.iri: AUTRE},
        passages={PASSAGE.iri: PASSAGE, PAGE.iri: PAGE},
        liens=liens,
    )


def show(**mots: str) -> Graphe:
    catalogue = source()
    return open_cartographe(catalogue).show(parse_criteres(catalogue, **mots))


def slugs(graphe: Graphe) -> set[str]:
    return {iri.rsplit("/", 1)[-1] for iri in graphe}


def test_a_broader_sector_holds_the_narrower_ones_and_what_actors_offer() -> None:
    assert slugs(show(secteur="petite-enfance")) == {"espace-bambins"}
    assert slugs(show(secteur="018000")) == {"espace-bambins", "s3a"}


def test_what_nobody_says_is_a_choice_and_never_lost() -> None:
    assert len(show(stade="employeur")) + len(show(stade=INCONNU)) == len(ACTEURS)
    assert "rnma" in slugs(show(stade=INCONNU))


def test_a_network_holds_itself_and_its_members_however_far_down() -> None:
    assert slugs(show(reseau="acepp-bn")) == {"acepp-bn", "espace-bambins", "les-ptits-mousses"}
    assert slugs(show(reseau="acepp")) == slugs(show(reseau="acepp-bn")) | {"acepp", "acepp-29"}


def test_networks_that_are_members_of_each_other_end() -> None:
    boucle = catalogue(liens=(lien("Adhesion", "rnma", "cres"), lien("Adhesion", "cres", "rnma")))
    montre = open_cartographe(boucle).show(parse_criteres(boucle, reseau="rnma"))
    assert slugs(montre) == {"rnma", "cres"}


def test_a_source_shows_its_actors_and_its_links_only() -> None:
    montre = show(source="guide")
    assert slugs(montre) == {"isolee", "s3a", "caf-calvados"}
    assert [(genre, de.rsplit("/", 1)[-1]) for de, _, genre in montre.edges(keys=True)] == [
        ("financement", "caf-calvados")
    ]


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [("1990-01-01", False), ("1993-06-01", True), ("2008-01-01", True)],
)
def test_a_link_is_hidden_on_a_day_when_it_cannot_have_held(jour: str, attendu: bool) -> None:
    montre = show(date=jour)
    locaux = (acteur_iri("commune-ouistreham"), acteur_iri("les-ptits-mousses"), "financement")
    assert montre.has_edge(*locaux) is attendu
    assert montre.has_edge(acteur_iri("s3a"), acteur_iri("rnma"), "representation"), "no date: it may hold"
    assert len(montre) == len(ACTEURS), "actors stay"


def test_an_action_that_was_over_is_hidden() -> None:
    finie = replace(COLLECTIF, beneficiaires=(), debut=None, fin=DatePartielle.parse("2009"))
    tout = open_cartographe(catalogue(accompagnements={finie.iri: finie})).slice(None)
    for jour, attendu in (("2009-12-31", True), ("2010-01-01", False)):
        criteres = CriteresReseau(jour=DatePartielle.parse(jour).debut)
        assert (finie.iri in filter_reseau(tout, criteres)) is attendu


def test_facets_are_counted_on_the_whole_slice() -> None:
    comptes = open_cartographe(source()).count(None)
    assert comptes.facettes["secteur"]["018000"] == 2
    assert comptes.facettes["secteur"]["petite-enfance"] == 1
    assert comptes.facettes["reseau"]["acepp"] == 5
    assert comptes.facettes["source"]["guide"] == 3
    assert comptes.facettes["stade"].total() == len(ACTEURS)


def test_words_that_mean_nothing_are_refused_by_their_field() -> None:
    for champ, valeur in (("secteur", "x"), ("stade", "x"), ("source", "x"), ("date", "2008"), ("par", "x")):
        with pytest.raises(DemandeInvalideError) as faute:
            parse_criteres(source(), **{champ: valeur})
        assert faute.value.champ == champ
    with pytest.raises(IntrouvableError):
        parse_criteres(source(), reseau="x")
    assert parse_criteres(source(), secteur="", date=" ") == CriteresReseau()
