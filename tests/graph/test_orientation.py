"""Orientation: who fits, in which order, and every point explained."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from graph.catalogue import Catalogue
from graph.errors import DemandeInvalideError
from graph.orientation import propose_needs
from graph.orientation.modele import Reponse
from graph.orientation.ponderation import load_ponderation, years_before
from ontology.namespaces import ID, VOC
from tests.graph.exemple_orientation import DLA, action, make_ask, offre, slugs


@pytest.fixture
def ask(make_catalogue: Callable[..., Catalogue]) -> Callable[..., Reponse]:
    return make_ask(make_catalogue)


def test_the_most_local_comes_first(ask: Callable[..., Reponse]) -> None:
    reponse = ask(
        offre("ici", "asso", "departement-14")
        + offre("loin", "reseau", "region-28", fonction="fonction:diagnostic")
    )
    assert slugs(reponse) == ["ici", "loin"]
    assert [r.niveau for r in reponse.recommandations] == ["departement", "region"]
    assert reponse.repli is None


def test_of_two_as_local_the_one_seated_near_comes_first_and_it_is_printed(
    ask: Callable[..., Reponse],
) -> None:
    reponse = ask(offre("a", "reseau", "departement-14") + offre("b", "asso", "departement-14"))
    assert slugs(reponse) == ["b", "a"]
    (siege,) = [raison for raison in reponse.recommandations[0].raisons if raison.critere == "siege"]
    assert (siege.points, "Les Monts d'Aunay" in siege.texte) == (3, True)


def test_a_note_of_the_offer_is_to_be_checked(ask: Callable[..., Reponse]) -> None:
    turtle = (
        offre("o", "asso", "departement-14") + 'offre:o skos:note "hors du pays de Morlaix, à vérifier"@fr .'
    )
    assert "hors du pays de Morlaix, à vérifier" in ask(turtle).recommandations[0].a_verifier


def test_elsewhere_is_out(ask: Callable[..., Reponse]) -> None:
    assert slugs(ask(offre("orne", "asso", "departement-61"))) == []


def test_several_levels_count_once_at_the_finest(ask: Callable[..., Reponse]) -> None:
    (seule,) = ask(
        offre("o", "asso", "region-28, territoire:departement-14, territoire:national")
    ).recommandations
    assert seule.niveau == "departement"
    assert [r.critere for r in seule.raisons].count("localite") == 1


@pytest.mark.parametrize(
    ("offerts", "qualite"),
    [
        ("besoin:convention-collective", "exact"),
        ("besoin:ressources-humaines", "parent"),
        ("besoin:comptabilite", None),
        (None, "inconnu"),
    ],
)
def test_a_need_matches_by_itself_or_by_a_wider_one(
    ask: Callable[..., Reponse], offerts: str | None, qualite: str | None
) -> None:
    faits = {"besoin": offerts} if offerts else {}
    found = ask(
        offre("o", "asso", "departement-14", **faits), besoins=("convention-collective",)
    ).recommandations
    if qualite is None:
        assert found == ()
        return
    points = {raison.critere: raison.points for raison in found[0].raisons}
    assert points["besoin"] == load_ponderation().of("besoin", qualite)
    assert found[0].competent is (qualite != "inconnu")


def test_a_wider_need_is_met_by_a_narrower_offer(ask: Callable[..., Reponse]) -> None:
    (found,) = ask(
        offre("o", "asso", "departement-14", besoin="besoin:convention-collective"),
        besoins=("ressources-humaines",),
    ).recommandations
    (raison,) = [raison for raison in found.raisons if raison.critere == "besoin"]
    assert "une partie de" in raison.texte


def test_unknown_stays_in_lower_and_says_so(ask: Callable[..., Reponse]) -> None:
    reponse = ask(
        offre("sait", "asso", "departement-14", stade="stade:employeur")
        + offre("tait", "reseau", "departement-14")
        + offre("autre", "asso", "departement-14", stade="stade:projet"),
        stade="employeur",
    )
    assert slugs(reponse) == ["sait", "tait"], "unknown is in, a mismatch is out"
    assert any("aucune source ne le dit" in texte for texte in reponse.recommandations[1].a_verifier)


def test_competent_comes_before_closer_but_unknown(ask: Callable[..., Reponse]) -> None:
    reponse = ask(
        offre("pres", "asso", "departement-14")
        + offre("loin", "reseau", "national", besoin="besoin:comptabilite"),
        besoins=("comptabilite",),
    )
    assert slugs(reponse) == ["loin", "pres"]
    assert reponse.repli is not None
    assert (reponse.repli.de, reponse.repli.vers) == ("departement", "national")


def test_nobody_is_an_explicit_state(ask: Callable[..., Reponse]) -> None:
    reponse = ask("", besoins=("comptabilite",))
    assert reponse.recommandations == ()
    assert reponse.repli is not None
    assert reponse.repli.vers is None
    assert "point d’appui" in reponse.repli.texte


def test_a_consultant_is_never_a_first_contact(ask: Callable[..., Reponse]) -> None:
    reponse = ask(
        offre("cabinet", "conseil", "departement-14")
        + offre("mission", "asso", "departement-14", mobilisePar="acteur:reseau")
        + offre("appui", "asso", "departement-14")
    )
    assert slugs(reponse) == ["appui"]


def test_what_is_for_professionals_is_not_for_associations(ask: Callable[..., Reponse]) -> None:
    reponse = ask(
        offre("pro", "asso", "departement-14", public="public:accompagnateurs")
        + offre("insertion", "asso", "departement-14", public="public:personnes")
        + offre("tous", "reseau", "departement-14", public="public:accompagnateurs, public:adherents")
    )
    assert slugs(reponse) == ["tous"]
    (membres,) = ask(offre("o", "reseau", "departement-14", public="public:adherents")).recommandations
    assert any("adhérents" in texte for texte in membres.a_verifier)


@pytest.mark.parametrize(
    ("faits", "jour", "presente"),
    [
        ({"fin": '"2012"^^xsd:gYear'}, date(2012, 12, 31), True),
        ({"fin": '"2012"^^xsd:gYear'}, date(2013, 1, 1), False),
        ({"debut": '"2012-06"^^xsd:gYearMonth'}, date(2012, 5, 31), False),
        ({"debut": '"2012-06"^^xsd:gYearMonth'}, date(2012, 6, 1), True),
    ],
)
def test_the_answer_is_as_of_a_day(
    ask: Callable[..., Reponse], faits: dict[str, str], jour: date, presente: bool
) -> None:
    assert bool(slugs(ask(offre("o", "asso", "departement-14", **faits), jour=jour))) is presente


def test_an_old_source_lowers_and_is_said(ask: Callable[..., Reponse]) -> None:
    turtle = offre("o", "asso", "departement-14")
    (recent,) = ask(turtle).recommandations
    (old,) = ask(turtle, jour=date(2040, 1, 1)).recommandations
    assert old.score < recent.score
    assert any("vérifier que l’offre existe toujours" in texte for texte in old.a_verifier)
    assert recent.fraicheur == old.fraicheur == "2024"


def test_a_replaced_dispositif_names_its_successor(ask: Callable[..., Reponse]) -> None:
    turtle = offre("o", "asso", "departement-14") + (
        "lien:m a mai:Mandat ; mai:de acteur:asso ; mai:vers dispositif:c2ra ;"
        " mai:territoire territoire:region-28 ; dcterms:source lieu:page-1 ."
    )
    (found,) = ask(turtle).recommandations
    assert any("a été remplacé par" in texte for texte in found.a_verifier)


def test_an_institution_that_changed_names_its_successor(ask: Callable[..., Reponse]) -> None:
    nature = "<https://w3id.org/maillage/voc/type-institution/{}>"
    turtle = offre("o", "asso", "departement-14") + (
        f"acteur:asso org:classification {nature.format('ancienne')} ."
        f'{nature.format("nouvelle")} a skos:Concept ; skos:prefLabel "Conseil départemental"@fr ;'
        f" mai:succedeA {nature.format('ancienne')} ."
        f'{nature.format("ancienne")} a skos:Concept ; skos:prefLabel "Conseil général"@fr .'
    )
    (found,) = ask(turtle).recommandations
    assert any("Conseil général" in t and "Conseil départemental" in t for t in found.a_verifier)


def test_nobody_sure_is_not_nobody(ask: Callable[..., Reponse]) -> None:
    reponse = ask(offre("o", "asso", "departement-14"), besoins=("comptabilite",))
    assert reponse.repli is not None
    assert reponse.repli.vers is None
    assert "à vérifier" in reponse.repli.texte


def test_one_line_an_actor_its_other_offers_beside(ask: Callable[..., Reponse]) -> None:
    (found,) = ask(offre("a", "asso", "departement-14") + offre("b", "asso", "region-28")).recommandations
    assert found.offre == f"{ID}offre/a"
    assert found.autres_offres == (f"{ID}offre/b",)


def test_every_reason_of_substance_cites_the_sentence(ask: Callable[..., Reponse]) -> None:
    (found,) = ask(
        offre("o", "asso", "departement-14", besoin="besoin:comptabilite", secteur="secteur:petite-enfance"),
        besoins=("comptabilite",),
        secteur="petite-enfance",
    ).recommandations
    cited = {raison.critere for raison in found.raisons if raison.source}
    assert {"localite", "besoin", "secteur"} <= cited
    assert all(r.source.citation == "Il aide." for r in found.raisons if r.source)


@pytest.mark.parametrize(
    ("demande", "champ"),
    [
        ({"commune": "99999"}, "commune"),
        ({"commune": ""}, "commune"),
        ({"commune": "departement:14"}, "commune"),
        ({"commune": None, "territoire": "departement:999"}, "territoire"),
        ({"commune": "14027", "territoire": "departement:14"}, "commune"),
        ({"stade": "retraite"}, "stade"),
        ({"stade": "benevole", "effectif": 6}, "effectif"),
        ({"effectif": -1}, "effectif"),
        ({"besoins": ("convention-collective", "n’existe pas")}, "besoins"),
        ({"besoins": tuple(f"b{n}" for n in range(500))}, "besoins"),
        ({"secteur": "'; DROP"}, "secteur"),
        ({"jour": date(9999, 1, 1)}, "date"),
    ],
)
def test_a_bad_field_is_named_in_french(
    ask: Callable[..., Reponse], demande: dict[str, Any], champ: str
) -> None:
    with pytest.raises(DemandeInvalideError) as erreur:
        ask("", **demande)
    assert erreur.value.champ == champ
    assert len(erreur.value.message) > 20


def test_an_unknown_code_proposes_the_nearest(ask: Callable[..., Reponse]) -> None:
    with pytest.raises(DemandeInvalideError, match=r"peut-être convention-collective.*/besoin"):
        ask("", besoins=("Convention collectives",))
    with pytest.raises(DemandeInvalideError) as far:
        ask("", besoins=("zzzzzz",))
    assert "peut-être" not in far.value.message


def test_a_head_count_only_suggests_a_stage(ask: Callable[..., Reponse]) -> None:
    reponse = ask("", effectif=6)
    assert reponse.demande.stade == "employeur"
    assert "à vérifier" in reponse.remarques[0]
    assert ask("", effectif=0).demande.stade is None


@pytest.mark.parametrize(("jour", "annees", "attendu"), [(date(2024, 2, 29), 5, date(2019, 2, 28))])
def test_years_before(jour: date, annees: int, attendu: date) -> None:
    assert years_before(jour, annees) == attendu


def critere(reponse: Reponse, rang: int, nom: str) -> list[Any]:
    return [raison for raison in reponse.recommandations[rang].raisons if raison.critere == nom]


def test_a_past_case_raises_the_actor_and_is_named_with_its_sentence(ask: Callable[..., Reponse]) -> None:
    turtle = offre("a", "asso", "departement-14", besoin="besoin:comptabilite")
    turtle += offre("b", "reseau", "departement-14", besoin="besoin:comptabilite")
    demande = {"besoins": ("comptabilite",), "secteur": "petite-enfance", "territoire": "departement:14"}
    cas = action(
        "redressement",
        intervenant="acteur:reseau",
        besoin="besoin:comptabilite",
        secteur="secteur:petite-enfance",
        territoire="territoire:commune-14027",
    )
    reponse = ask(turtle + cas, commune=None, **demande)
    assert slugs(reponse) == ["b", "a"]
    (raison,) = critere(reponse, 0, "experience")
    assert raison.points == load_ponderation().of("experience", "besoin-secteur-territoire")
    assert "Cas redressement" in raison.texte
    assert raison.source.citation == "Il aide."
    without = {r.offre: r.score for r in ask(turtle, commune=None, **demande).recommandations}
    after = {r.offre: r.score for r in reponse.recommandations}
    assert after[f"{ID}offre/a"] == without[f"{ID}offre/a"], "a case of another lowers nobody"


@pytest.mark.parametrize(
    ("faits", "qualite"),
    [
        ({"besoin": "besoin:comptabilite"}, "besoin"),
        ({"besoin": "besoin:gestion-financiere"}, "besoin"),
        ({"besoin": "besoin:fiche-de-poste"}, None),
        ({"besoin": "besoin:comptabilite", "territoire": "territoire:region-28"}, "besoin-territoire"),
        ({"besoin": "besoin:comptabilite", "territoire": "territoire:departement-61"}, "besoin"),
        ({"territoire": "territoire:departement-14"}, None),
        ({"besoin": "besoin:comptabilite", "statut": f"<{VOC}statut/prevu>"}, None),
        ({"besoin": "besoin:comptabilite", "genre": "mai:Experimentation"}, None),
        ({"besoin": "besoin:comptabilite", "debut": '"2030"^^xsd:gYear'}, None),
    ],
)
def test_what_a_case_must_share(
    ask: Callable[..., Reponse], faits: dict[str, str], qualite: str | None
) -> None:
    turtle = offre("a", "asso", "departement-14") + action("c", pilote="acteur:asso", **faits)
    found = critere(ask(turtle, besoins=("comptabilite",)), 0, "experience")
    assert [r.points for r in found] == ([load_ponderation().of("experience", qualite)] if qualite else [])


@pytest.mark.parametrize(
    ("stade", "present", "dit"),
    [
        ("benevole", False, ""),
        ("projet", True, "lui demander s’il peut déjà intervenir"),
        ("employeur", True, "l’utilité sociale se regarde avec lui"),
        (None, True, "dire où en est l’association"),
    ],
)
def test_the_dla_is_for_employers_by_a_rule_that_is_printed(
    ask: Callable[..., Reponse], stade: str | None, present: bool, dit: str
) -> None:
    reponse = ask(DLA + offre("d", "dla", "departement-14", fonction="fonction:diagnostic"), stade=stade)
    assert bool(slugs(reponse)) is present
    if present:
        (raison,) = critere(reponse, 0, "eligibilite")
        assert (dit in raison.texte, raison.points) == (True, 0)
        assert raison.source is not None


def test_what_the_dla_itself_says_of_stages_comes_before_the_rule(ask: Callable[..., Reponse]) -> None:
    faits = {"fonction": "fonction:diagnostic", "stade": "stade:benevole"}
    assert slugs(ask(DLA + offre("d", "dla", "departement-14", **faits), stade="benevole")) == ["d"]


def test_a_mandate_that_ended_or_has_not_begun_is_to_be_checked(ask: Callable[..., Reponse]) -> None:
    mandat = (
        "lien:ancien a mai:Mandat ; mai:de acteur:asso ; mai:vers dispositif:dla ;"
        ' mai:debut "2010"^^xsd:gYear ; mai:fin "2015"^^xsd:gYear ;'
        " mai:territoire territoire:departement-14 ; dcterms:source lieu:page-1 .\n"
    )
    turtle = mandat + offre("o", "asso", "departement-14")

    def checks(jour: date) -> list[str]:
        (reco,) = ask(turtle, jour=jour).recommandations
        return [texte for texte in reco.a_verifier if "mandat" in texte]

    assert checks(date(2012, 6, 1)) == []
    assert [texte.split(" (")[1][:5] for texte in checks(date(2026, 1, 1))] == ["2015)"]
    assert "ne commence que plus tard (2010)" in checks(date(2008, 1, 1))[0]


def test_the_code_of_a_former_region_is_answered_as_it_was_and_said(ask: Callable[..., Reponse]) -> None:
    reponse = ask(offre("o", "asso", "region-25-1982"), commune=None, territoire="region:25")
    assert reponse.demande.territoire.endswith("region-25-1982")
    assert [r.niveau for r in reponse.recommandations] == ["region"]
    assert "n’existe plus depuis 2016" in reponse.remarques[0]


def test_what_another_offer_of_the_same_actor_meets_is_not_said_unknown(ask: Callable[..., Reponse]) -> None:
    turtle = (
        offre("o", "asso", "departement-14", besoin="besoin:comptabilite")
        + offre("mission", "asso", "departement-61", besoin="besoin:fiche-de-poste", mobilisePar="acteur:dla")
        + DLA
    )
    (reco,) = ask(turtle, besoins=("comptabilite", "fiche-de-poste", "projet-social")).recommandations
    said = [texte for texte in reco.a_verifier if "mission" in texte or "Rien n’est dit" in texte]
    assert [("dans une mission que le DLA" in texte, "projet" in texte.lower()) for texte in said] == [
        (True, False),
        (False, True),
    ]


def test_people_who_cannot_pay_wages_lack_money_before_payroll_skills(
    make_catalogue: Callable[..., Catalogue],
) -> None:
    first = propose_needs(make_catalogue(""), "on n’arrive plus à payer les salaires")[0]
    assert first.code == "equilibre-financier"


@pytest.mark.parametrize(
    "naissance",
    [
        'acteur:jeune dcterms:created "2015-03"^^xsd:gYearMonth .\n',
        f"acteur:jeune prov:wasGeneratedBy <{ID}accompagnement/demarche> .\n"
        f"<{ID}accompagnement/demarche> a mai:Accompagnement, mai:Experimentation ; "
        'dcterms:title "Démarche"@fr ; mai:debut "2015"^^xsd:gYear ; dcterms:source lieu:page-1 .\n',
    ],
    ids=["created", "came-of-an-action"],
)
def test_an_offer_without_a_date_is_not_older_than_its_actor(
    ask: Callable[..., Reponse], naissance: str
) -> None:
    turtle = 'acteur:jeune a mai:Reseau ; skos:prefLabel "Jeune"@fr .\n' + naissance
    turtle += offre("sans-date", "jeune", "departement-14")
    assert "sans-date" in slugs(ask(turtle, jour=date(2016, 1, 1)))
    assert "sans-date" not in slugs(ask(turtle, jour=date(2014, 1, 1)))
