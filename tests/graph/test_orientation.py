"""Orientation: who fits, in which order, and every point explained."""

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.catalogue import Catalogue
from graph.catalogue.lecture import load_catalogue
from graph.errors import DemandeInvalideError
from graph.orientation import Saisie, orient, reponse_to_dict, understand
from graph.orientation.modele import Reponse
from graph.orientation.ponderation import load_ponderation, years_before
from graph.queries import load_requete
from graph.store import Store
from ontology.namespaces import ID, VOC

JOUR = date(2026, 11, 20)

ACTEURS = """
acteur:asso a mai:Association ; skos:prefLabel "Point d’appui"@fr ; mai:siege territoire:commune-14027 .
acteur:reseau a mai:Reseau ; skos:prefLabel "Réseau"@fr .
acteur:conseil a mai:Prestataire ; skos:prefLabel "Cabinet"@fr .
territoire:commune-14027 a igeo:Commune ; igeo:nom "Les Monts d'Aunay"@fr ; igeo:codeINSEE "14027" ;
  igeo:subdivisionDirecteDe territoire:departement-14 .
"""


def offre(slug: str, acteur: str, couvre: str, **faits: str) -> str:
    lines = [f"offre:{slug} a mai:Offre ; mai:proposePar acteur:{acteur}", f"mai:couvre territoire:{couvre}"]
    lines += [f"mai:{propriete} {valeurs}" for propriete, valeurs in faits.items()]
    return " ; ".join([*lines, "dcterms:source lieu:page-1"]) + " .\n"


@pytest.fixture
def ask(make_catalogue: Callable[..., Catalogue]) -> Callable[..., Reponse]:
    """Ask a graph written in the test: ``ask(turtle, besoins=(…), secteur=…)``."""

    def answer(turtle: str, **demande: Any) -> Reponse:
        catalogue = make_catalogue(ACTEURS + turtle)
        saisie = Saisie(**({"commune": "14027", "jour": JOUR} | demande))
        understood, remarques = understand(catalogue, saisie)
        return orient(catalogue, understood, remarques)

    return answer


def slugs(reponse: Reponse) -> list[str]:
    return [r.offre.rsplit("/", 1)[-1] for r in reponse.recommandations]


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


def test_a_head_count_only_suggests_a_stage(ask: Callable[..., Reponse]) -> None:
    reponse = ask("", effectif=6)
    assert reponse.demande.stade == "employeur"
    assert "à vérifier" in reponse.remarques[0]
    assert ask("", effectif=0).demande.stade is None


@pytest.mark.parametrize(("jour", "annees", "attendu"), [(date(2024, 2, 29), 5, date(2019, 2, 28))])
def test_years_before(jour: date, annees: int, attendu: date) -> None:
    assert years_before(jour, annees) == attendu


# A seeded graph of random offers, on which the properties and the published query are tried.

BESOINS = (
    "convention-collective",
    "ressources-humaines",
    "comptabilite",
    "gestion-financiere",
    "fiche-de-poste",
)
SECTEURS = ("petite-enfance", "insertion", "environnement")
STADES = ("projet", "primo-employeur", "employeur")
LIEUX = ("commune-14027", "departement-14", "departement-61", "region-28", "region-25-1982", "national")
FONCTIONS = ("information", "diagnostic", "financement", "suivi", "formation")


def random_offers(hasard: random.Random, nombre: int) -> str:
    def some(prefixe: str, codes: tuple[str, ...], most: int) -> dict[str, str]:
        chosen = hasard.sample(codes, hasard.randint(0, most))
        return {prefixe: ", ".join(f"{prefixe}:{code}" for code in chosen)} if chosen else {}

    turtle = ""
    for rang in range(nombre):
        lieux = ", territoire:".join(hasard.sample(LIEUX, hasard.randint(1, 3)))
        faits = some("besoin", BESOINS, 3) | some("secteur", SECTEURS, 2) | some("stade", STADES, 2)
        faits |= some("fonction", FONCTIONS, 2)
        if hasard.random() < 0.2:
            faits["fin"] = f'"{hasard.choice((2020, 2026, 2030))}"^^xsd:gYear'
        faits |= some("public", ("associations", "adherents", "accompagnateurs", "personnes"), 2)
        if hasard.random() < 0.1:
            faits["mobilisePar"] = "acteur:reseau"
        turtle += offre(f"o{rang}", hasard.choice(("asso", "reseau", "conseil")), lieux, **faits)
    return turtle


@pytest.fixture(scope="module")
def essai(make_store: Callable[..., ox.Store]) -> tuple[Catalogue, Store]:
    store = Store(make_store(ACTEURS + random_offers(random.Random(7), 150)))
    return load_catalogue(store, "essai"), store


demandes = st.builds(
    Saisie,
    commune=st.just("14027"),
    stade=st.none() | st.sampled_from(STADES),
    besoins=st.lists(st.sampled_from(BESOINS), max_size=4, unique=True).map(tuple),
    secteur=st.none() | st.sampled_from(SECTEURS),
    jour=st.sampled_from((JOUR, date(2020, 6, 1), date(2031, 1, 1), date(2036, 1, 1))),
)


def answer(catalogue: Catalogue, saisie: Saisie) -> Reponse:
    return orient(catalogue, *understand(catalogue, saisie))


@given(demandes)
@settings(max_examples=60, deadline=None)
def test_no_rank_without_printed_reasons(essai: tuple[Catalogue, Store], saisie: Saisie) -> None:
    catalogue, _ = essai
    reponse = answer(catalogue, saisie)
    keys = [(not r.competent, -r.score) for r in reponse.recommandations]
    assert keys == sorted(keys), "competent first, then by score"
    for found in reponse.recommandations:
        assert found.score == pytest.approx(sum(raison.points for raison in found.raisons), abs=0.01)
        assert catalogue.offres[found.offre].acteur == found.acteur
    acteurs = [r.acteur for r in reponse.recommandations]
    assert len(acteurs) == len(set(acteurs))
    assert [r.rang for r in reponse.recommandations] == list(range(1, len(acteurs) + 1))
    local = any(
        r.competent and r.niveau in {"commune", "epci", "departement"} for r in reponse.recommandations
    )
    assert (reponse.repli is None) is local
    assert reponse_to_dict(catalogue, reponse)["demande"]["date"] == str(saisie.jour)
    assert answer(catalogue, saisie) == reponse, "the same request gives the same answer"


@given(demandes)
@settings(max_examples=60, deadline=None)
def test_the_published_query_gives_the_same_points(essai: tuple[Catalogue, Store], saisie: Saisie) -> None:
    catalogue, store = essai
    demande, _ = understand(catalogue, saisie)
    offers = {r.offre: r.score for r in answer(catalogue, saisie).recommandations}

    def terms(schema: str, codes: tuple[str | None, ...]) -> list[ox.NamedNode]:
        return [ox.NamedNode(f"{VOC}{schema}/{code}") for code in codes if code]

    texte = load_requete("orientation/recommander").bind(
        lieu=ox.NamedNode(demande.territoire),
        jour=ox.Literal(demande.date.isoformat()),
        besoinDemande=terms("besoin", demande.besoins),
        secteurDemande=terms("secteur", (demande.secteur,)),
        stadeDemande=terms("stade", (demande.stade,)),
        ancienne=ox.Literal(years_before(demande.date, 5).isoformat()),
        tresAncienne=ox.Literal(years_before(demande.date, 10).isoformat()),
    )
    published = {row["offre"]: float(row["score"]) for row in store.select(texte)}
    assert offers.keys() <= published.keys()
    for iri, score in offers.items():
        assert published[iri] == pytest.approx(score, abs=0.01)
    # An answer keeps one offer an actor: the others of the same actors are in the query's rows.
    beside = {
        iri
        for found in answer(catalogue, saisie).recommandations
        for iri in (found.offre, *found.autres_offres)
    }
    assert published.keys() == beside
