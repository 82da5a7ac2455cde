"""Together and in time: the combination, the consultants a DLA could consult, the path."""

import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.catalogue import Catalogue
from graph.orientation.citations import load_citations
from graph.orientation.combinaison import cover, cover_greedily
from graph.orientation.modele import EtapeParcours, Reponse
from graph.orientation.parcours import load_modeles
from graph.orientation.regles import load_regles
from graph.orientation.serialisation import reponse_to_dict
from tests.graph.exemple_orientation import ACTEURS, DLA, action, make_ask, offre

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
CONSEIL = (
    'acteur:cabinet a mai:Prestataire ; skos:prefLabel "Autre cabinet"@fr ;'
    ' mai:siege territoire:commune-14027 ; mai:siret "12345678901234" .\n'
)


@pytest.fixture
def ask(make_catalogue: Callable[..., Catalogue]) -> Callable[..., Reponse]:
    return make_ask(make_catalogue)


def slug(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def etape(reponse: Reponse, code: str) -> EtapeParcours:
    return next(etape for etape in reponse.parcours if etape.code == code)


# Elsewhere.

AILLEURS = (
    offre("loin", "asso", "departement-61", besoin="besoin:comptabilite")
    + offre("vague", "reseau", "departement-61")
    + offre("finie", "dla", "departement-61", besoin="besoin:comptabilite", fin='"2020"^^xsd:gYear')
)


def test_when_nobody_here_is_known_to_those_who_do_it_elsewhere_are_named(
    ask: Callable[..., Reponse],
) -> None:
    reponse = ask(AILLEURS, besoins=("comptabilite",))
    assert reponse.recommandations == ()
    (autre,) = reponse.ailleurs
    assert (slug(autre.offre), slug(autre.territoires[0])) == ("loin", "departement-61")


def test_nobody_elsewhere_is_named_when_somebody_here_does_it_or_nothing_is_asked(
    ask: Callable[..., Reponse],
) -> None:
    ici = offre("ici", "reseau", "departement-14", besoin="besoin:comptabilite")
    assert ask(AILLEURS + ici, besoins=("comptabilite",)).ailleurs == ()
    assert ask(AILLEURS).ailleurs == ()


# The combination.

tas = st.dictionaries(st.integers(1, 31), st.integers(1, 5), min_size=1, max_size=9)


@given(tas)
@settings(max_examples=300, deadline=None)
def test_the_combination_is_the_smallest_then_the_worthiest(worth: dict[int, int]) -> None:
    full = 0
    for mask in worth:
        full |= mask

    def union(masks: tuple[int, ...]) -> int:
        found = 0
        for mask in masks:
            found |= mask
        return found

    chosen = cover(full, worth)
    assert union(chosen) == full
    fits = (
        masks
        for size in range(1, len(worth) + 1)
        for masks in combinations(worth, size)
        if union(masks) == full
    )
    smallest = next(fits)
    best = max(
        sum(worth[mask] for mask in masks)
        for masks in combinations(worth, len(smallest))
        if union(masks) == full
    )
    assert len(chosen) == len(smallest)
    assert sum(worth[mask] for mask in chosen) == best
    assert union(cover_greedily(full, worth)) == full


def test_two_actors_together_and_what_nobody_covers(ask: Callable[..., Reponse]) -> None:
    reponse = ask(
        offre("a", "asso", "departement-14", besoin="besoin:comptabilite")
        + offre("b", "reseau", "departement-14", besoin="besoin:ressources-humaines")
        + offre("c", "reseau", "national", besoin="besoin:comptabilite"),
        besoins=("comptabilite", "fiche-de-poste", "labellisation"),
    )
    assert [(slug(p.acteur), p.besoins) for p in reponse.combinaison.parts] == [
        ("reseau", ("comptabilite", "fiche-de-poste"))
    ], "one actor that does both is fewer than two"
    assert reponse.combinaison.non_couverts == ("labellisation",)
    assert reponse.combinaison.exacte


def test_of_two_that_do_the_same_the_better_placed_is_taken(ask: Callable[..., Reponse]) -> None:
    reponse = ask(
        offre("a", "asso", "departement-14", besoin="besoin:comptabilite")
        + offre("b", "reseau", "region-28", besoin="besoin:comptabilite"),
        besoins=("comptabilite",),
    )
    (part,) = reponse.combinaison.parts
    assert (slug(part.acteur), part.niveau) == ("asso", "departement")


def test_silence_covers_nothing(ask: Callable[..., Reponse]) -> None:
    reponse = ask(offre("a", "asso", "departement-14"), besoins=("comptabilite",))
    assert reponse.combinaison.parts == ()
    assert reponse.combinaison.non_couverts == ("comptabilite",)


def test_beyond_twelve_needs_it_says_that_it_may_not_be_the_smallest(
    ask: Callable[..., Reponse], make_catalogue: Callable[..., Catalogue]
) -> None:
    codes = tuple(concept.code for concept in make_catalogue("").concepts_de("besoin"))[:14]
    besoins = ", ".join(f"besoin:{code}" for code in codes)
    reponse = ask(offre("a", "asso", "departement-14", besoin=besoins), besoins=codes)
    assert not reponse.combinaison.exacte
    assert reponse.combinaison.parts[0].besoins == codes
    assert any("peut-être pas la plus petite" in texte for texte in reponse.remarques)


# The consultants.

MISSION = {"besoin": "besoin:comptabilite", "mobilisePar": "acteur:dla"}


def test_a_consultant_is_consulted_never_met_first(ask: Callable[..., Reponse]) -> None:
    turtle = CONSEIL + DLA + offre("m", "asso", "departement-14", **MISSION)
    turtle += "acteur:asso a mai:Prestataire ."
    turtle += offre("c", "cabinet", "departement-14", besoin="besoin:comptabilite")
    turtle += action("passe", intervenant="acteur:cabinet", besoin="besoin:comptabilite")
    reponse = ask(turtle, besoins=("comptabilite",), stade="employeur")
    assert reponse.recommandations == ()
    cabinet, asso = reponse.prestataires
    assert (slug(cabinet.acteur), slug(asso.acteur)) == ("cabinet", "asso")
    assert [raison.critere for raison in cabinet.raisons] == [
        "competences-techniques",
        "qualite-accompagnements",
        "proximite",
    ]
    assert cabinet.manques == ()
    assert asso.manques == ("fiche-siret",)
    assert [slug(iri) for iri in asso.mobilise_par] == ["dla"]
    assert any("références" in texte for texte in asso.a_verifier)
    assert any("autres rôles" in texte for texte in asso.a_verifier)


def test_an_offer_may_be_mobilised_by_a_dispositif_that_several_carry(
    make_catalogue: Callable[..., Catalogue], ask: Callable[..., Reponse]
) -> None:
    mission = {"besoin": "besoin:comptabilite", "mobilisePar": "dispositif:dla"}
    turtle = CONSEIL + DLA + offre("c", "cabinet", "departement-14", **mission)
    reponse = ask(turtle, besoins=("comptabilite",), stade="employeur")
    body = reponse_to_dict(make_catalogue(ACTEURS + turtle), reponse)
    (cabinet,) = body["prestataires_a_consulter"]
    (mobilise,) = cabinet["mobilise_par"]
    assert mobilise["nom"].startswith("Dispositif local d'accompagnement")
    assert mobilise["types"] == []


def test_four_consultants_at_most_and_those_that_add_something_first(ask: Callable[..., Reponse]) -> None:
    turtle = ""
    for rang in range(6):
        besoin = "besoin:fiche-de-poste" if rang == 5 else "besoin:comptabilite"
        turtle += f'acteur:p{rang} a mai:Prestataire ; skos:prefLabel "P{rang}"@fr .\n'
        turtle += offre(f"p{rang}", f"p{rang}", "region-28" if rang == 5 else "departement-14", besoin=besoin)
    reponse = ask(turtle, besoins=("comptabilite", "fiche-de-poste"))
    assert len(reponse.prestataires) == 4
    assert "p5" in [slug(p.acteur) for p in reponse.prestataires[:2]], "the only one for the second need"


def test_no_consultant_for_volunteers_alone_nor_when_nothing_is_asked(ask: Callable[..., Reponse]) -> None:
    turtle = CONSEIL + offre("c", "cabinet", "departement-14", besoin="besoin:comptabilite")
    assert ask(turtle, besoins=("comptabilite",), stade="benevole").prestataires == ()
    assert ask(turtle).prestataires == ()
    assert (
        ask(turtle, besoins=("comptabilite",), commune=None, territoire="departement:61").prestataires == ()
    )


# The path.

LIEU = (
    DLA
    + "acteur:asso a mai:PointAppui . acteur:pava a mai:PointAppui ; skos:prefLabel 'PAVA'@fr .\n"
    + "lien:pava a mai:Mandat ; mai:de acteur:asso ; mai:vers dispositif:pava ;"
    + " mai:territoire territoire:departement-14 ; dcterms:source lieu:page-1 .\n"
    + offre("pava", "asso", "departement-14", fonction="fonction:appui-vie-associative")
    + offre("reseau", "reseau", "departement-14", fonction="fonction:mise-en-reseau")
    + offre("dla", "dla", "departement-14", fonction="fonction:diagnostic")
)


def test_the_path_has_ways_in_the_dla_in_the_middle_and_the_long_run(ask: Callable[..., Reponse]) -> None:
    reponse = ask(LIEU, stade="employeur")
    who = {e.code: [slug(a.acteur) for a in e.acteurs] for e in reponse.parcours}
    assert who["point-appui"] == ["asso"]
    assert who["reseau"] == ["reseau"]
    assert who["dla"] == ["dla"]
    assert set(who["duree"]) == {"asso", "reseau"}
    assert "premier-emploi" not in who
    assert {e.code for e in reponse.parcours if e.entree} == {"point-appui", "reseau"}
    codes = {e.code for e in reponse.parcours}
    for step in reponse.parcours:
        assert set(step.suites) <= codes
        assert step.association, "each step says what the association does itself"
        assert step.sources
    assert any("subsidiarité" in (s.citation or "") for s in etape(reponse, "dla").sources)
    assert etape(reponse, "dla").condition is not None
    (interne,) = [c for c in etape(reponse, "plan").composantes if c.code == "actions-structure"]
    assert interne.textes


def test_a_way_in_welcomes_any_need(ask: Callable[..., Reponse]) -> None:
    narrow = offre("pava2", "asso", "departement-14", fonction="fonction:appui-vie-associative").replace(
        "offre:pava2 a mai:Offre", "offre:pava2 a mai:Offre ; mai:besoin besoin:comptabilite"
    )
    reponse = ask(LIEU.replace("offre:pava a", "offre:pava3 a") + narrow, besoins=("labellisation",))
    (acteur,) = etape(reponse, "point-appui").acteurs
    assert not acteur.competent, "it is there, without being said to answer that need"


def test_volunteers_alone_are_told_why_the_dla_is_for_later(ask: Callable[..., Reponse]) -> None:
    reponse = ask(LIEU, stade="benevole")
    dla = etape(reponse, "dla")
    assert dla.condition is not None
    assert (dla.condition.verdict, dla.acteurs, dla.suites) == ("non", (), ())
    assert {e.code for e in reponse.parcours} == {"point-appui", "reseau", "dla", "duree"}


def test_a_first_job_opens_its_own_way_in(ask: Callable[..., Reponse]) -> None:
    turtle = LIEU + offre("emploi", "reseau", "departement-14", fonction="fonction:appui-fonction-employeur")
    for demande in ({"stade": "projet"}, {"stade": "employeur", "besoins": ("premier-emploi",)}):
        step = etape(ask(turtle, **demande), "premier-emploi")
        assert [slug(a.acteur) for a in step.acteurs] == ["reseau"]


@pytest.mark.parametrize(
    ("egaux", "autres", "nommes"), [(5, 0, 5), (8, 0, 6), (2, 2, 4), (3, 4, 3), (1, 0, 1)]
)
def test_a_step_names_three_actors_and_the_equals_of_the_last(
    ask: Callable[..., Reponse], egaux: int, autres: int, nommes: int
) -> None:
    turtle = ""
    for rang in range(egaux + autres):
        turtle += f'acteur:r{rang} a mai:Reseau ; skos:prefLabel "R{rang}"@fr .\n'
        lieu = "departement-14" if rang < egaux else "region-28"
        turtle += offre(f"r{rang}", f"r{rang}", lieu, fonction="fonction:mise-en-reseau")
    acteurs = etape(ask(turtle), "reseau").acteurs
    assert len(acteurs) == nommes
    assert [a.niveau for a in acteurs[:egaux]] == ["departement"] * min(egaux, nommes)


def test_a_step_without_anybody_says_so(ask: Callable[..., Reponse]) -> None:
    reponse = ask("", stade="employeur", besoins=("comptabilite",))
    assert "Personne n’est connu" in etape(reponse, "point-appui").a_verifier[0]
    assert "le DLA en cherchera" in etape(reponse, "ingenierie").a_verifier[0]


def test_the_data_of_the_path_names_what_exists(make_catalogue: Callable[..., Catalogue]) -> None:
    catalogue = make_catalogue("")
    codes = {modele.code for modele in load_modeles()}
    for modele in load_modeles():
        assert set(modele.suites) <= codes
        assert all(catalogue.concept("piece", code) for code in modele.pieces)
        assert all(catalogue.concept("phase-dla", code) for code in modele.phases)
        assert all(catalogue.concept("stade", code) for code in modele.stades)
        assert all(catalogue.concept("besoin", code) for code in modele.besoins)
        assert all(iri in catalogue.concepts for iri in modele.fonctions)
    stades = {concept.code for concept in catalogue.concepts_de("stade")}
    for regle in load_regles():
        assert set(regle.stades) == stades
        assert all(iri in catalogue.concepts for iri in regle.fonctions)


def test_quoted_sentences_are_in_the_documents_word_for_word() -> None:
    if not SEEDS.is_dir():
        pytest.skip("the field documents are not at hand")

    def bare(texte: str) -> str:
        texte = re.sub(r"-\n|\*\*|[\u202f\xa0¹]", lambda m: "" if m[0] != "\xa0" else " ", texte)
        return re.sub(r"\s+", "", texte.replace("’", "'")).lower().replace("-", "")

    documents = {chemin.stem: bare(chemin.read_text(encoding="utf-8")) for chemin in SEEDS.glob("*.txt")}
    for cle, source in load_citations().items():
        assert any(bare(source.citation or "") in texte for texte in documents.values()), cle
