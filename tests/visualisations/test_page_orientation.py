"""The orientation page: the form gives back what was typed, the answer says who, why and how sure."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from bs4 import BeautifulSoup

from graph.orientation.modele import Repli
from graph.orientation.texte_libre import BesoinPropose
from visualisations.pages import SaisieOrientation, page_orientation
from visualisations.rendu import messages
from visualisations.types_acteur import TYPES

SAISIE = SaisieOrientation(
    "Aunay-sur-Odon", "employeur", ("convention-collective", "fiche-de-poste"), "petite-enfance"
)


def _text(element):
    return " ".join(element.get_text().split())


@pytest.fixture
def formulaire(calvados):
    return BeautifulSoup(page_orientation(calvados, SAISIE), "html.parser")


@pytest.fixture
def page(calvados, reponse):
    return BeautifulSoup(page_orientation(calvados, SAISIE, reponse), "html.parser")


def test_the_form_asks_three_questions_and_offers_not_to_know(calvados):
    page = BeautifulSoup(page_orientation(calvados, SaisieOrientation()), "html.parser")
    assert len(page.select("form.questions > fieldset > legend h2")) == 3
    stades = page.find_all("input", attrs={"name": "stade"})
    assert [s["value"] for s in stades] == ["benevole", "projet", "primo-employeur", "employeur", ""]
    assert [s["value"] for s in stades if s.has_attr("checked")] == [""]
    assert page.find_all("input", attrs={"name": "besoins", "checked": True}) == []
    assert page.find_all("details", open=True) == []


def test_the_form_gives_back_what_was_typed(formulaire):
    assert formulaire.find(id="commune")["value"] == "Aunay-sur-Odon"
    cochees = [c["value"] for c in formulaire.find_all("input", checked=True)]
    assert set(cochees) == {"employeur", "convention-collective", "fiche-de-poste"}
    assert [o["value"] for o in formulaire.select("#secteur option[selected]")] == ["petite-enfance"]
    ouverts = [_text(d.summary) for d in formulaire.find_all("details", open=True)]
    assert [resume[:22] for resume in ouverts] == ["Gestion des ressources"]


def test_needs_are_under_their_axis_the_most_frequent_first_each_once(formulaire):
    groupes = {
        d.summary.contents[0].strip(): [case["value"] for case in d.find_all("input")]
        for d in formulaire.select("#besoins details")
    }
    assert list(groupes) == [
        "Gestion des ressources humaines",
        "Gestion financière",
        "Développement de projets, stratégie, organisation",
    ]
    assert groupes["Gestion des ressources humaines"][:2] == ["convention-collective", "fiche-de-poste"]
    assert groupes["Gestion financière"] == ["comptabilite", "budget-previsionnel", "gestion-financiere"]
    assert groupes["Développement de projets, stratégie, organisation"][:2] == [
        "projet-etablissement",
        "projet-social",
    ]


def test_sectors_the_documents_speak_of_come_first(formulaire):
    assert [[o["value"] for o in g.find_all("option")] for g in formulaire.select("#secteur optgroup")] == [
        ["petite-enfance"],
        ["sport"],
    ]


def test_an_ambiguous_commune_becomes_a_choice_that_keeps_the_rest(calvados):
    lieux = tuple(t for t in calvados.territoires.values() if t.niveau == "commune")
    page = BeautifulSoup(page_orientation(calvados, SAISIE, choix_communes=lieux), "html.parser")
    choix = page.select('input[name="commune"]')
    assert {c["type"] for c in choix} == {"radio"}
    assert [c["value"] for c in choix] == ["commune:14027", "commune:14327", "commune:14488", "commune:14700"]
    assert _text(choix[0].parent) == "Les Monts d’Aunay (Calvados) aussi connue comme Aunay-sur-Odon"
    autre = page.find(id="commune").find("a")["href"]
    assert dict(parse_qsl(urlsplit(autre).query)) == {
        "stade": "employeur",
        "besoins": "fiche-de-poste",
        "secteur": "petite-enfance",
    }


def test_errors_are_next_to_their_field_and_in_a_summary_in_the_order_of_the_form(calvados):
    erreurs = {
        "secteur": "Secteur inconnu.",
        "commune": "Commune inconnue.",
        "effectif": "Trop.",
        "date": "Date.",
    }
    page = BeautifulSoup(page_orientation(calvados, SAISIE, erreurs=erreurs), "html.parser")
    resume = page.find(attrs={"role": "alert"})
    assert [(a["href"], a.string) for a in resume.find_all("a")] == [
        ("#commune", "Commune inconnue."),
        ("#effectif", "Trop."),
        ("#secteur", "Secteur inconnu."),
        ("#commune", "Date."),
    ]
    for champ in ("commune", "effectif", "secteur"):
        element = page.find(id=champ)
        assert element["aria-invalid"] == "true"
        assert f"erreur-{champ}" in element["aria-describedby"].split()
        assert page.find(id=f"erreur-{champ}").string == erreurs[champ]
    assert page.title.string.startswith("À corriger")


def test_a_card_says_who_for_what_where_and_how_sure(page):
    carte = page.find("article")
    assert _text(carte.h3) == "Réponse 1 : S3A"
    assert carte.h3.a["href"] == "/acteurs/s3a"
    assert [_text(li) for li in carte.select(".roles li")] == [
        "Point d’appui à la vie associative",
        "Prestataire",
        "Association",
    ]
    assert [_text(li) for li in carte.select(".etiquettes li")] == [
        "dans votre département",
        "Accompagnement généraliste",
        "source de 2009",
    ]
    assert _text(carte.select_one(".pour-quoi")) == "Suivi continu des associations de petite enfance"
    assert "Accompagnement individuel et collectif" in _text(carte)
    assert [a["href"] for a in carte.find_all("a", rel="noreferrer")] == ["https://www.s3a-exemple.fr/"]
    assert "Siège : Hérouville-Saint-Clair (Calvados)." in _text(carte)
    assert [_text(li) for li in carte.select(".a-verifier li")] == [
        "Demander si l’offre s’adresse aux associations au stade « Employeur » : aucune source ne le dit."
    ]


def test_a_card_says_in_plain_words_what_such_an_actor_is(page, calvados, reponse):
    assert [_text(p) for p in page.select("article .qui-est")] == [
        "Un point d’appui à la vie associative est un interlocuteur de proximité, que les associations de "
        "son territoire peuvent solliciter. Un prestataire réalise des missions de conseil ou de formation, "
        "notamment celles qu’un DLA lui confie.",
        "Un réseau ou une fédération relie ses membres, les soutient et participe au développement de leur "
        "secteur d’activité.",
    ]
    seule = replace(calvados.acteur("s3a"), types=("Association",))
    autre = replace(seule, types=())
    for acteur, dit in ((seule, ["Une association qui propose son appui à d’autres."]), (autre, [])):
        catalogue = replace(calvados, acteurs={**calvados.acteurs, acteur.iri: acteur})
        html = page_orientation(
            catalogue, SAISIE, replace(reponse, recommandations=reponse.recommandations[:1])
        )
        assert [_text(p) for p in BeautifulSoup(html, "html.parser").select(".qui-est")] == dit


def test_every_role_is_explained():
    assert all(f"types_aide.{forme.code}" in messages for forme in TYPES)


def test_reasons_quote_their_document_once_with_points_and_place(page, reponse):
    raisons = page.find("article").select(".raisons > li")
    assert [(_text(r.select_one(".raison span")), _text(r.select_one(".points"))) for r in raisons] == [
        ("Intervient dans le département : Calvados.", "+35 pts"),
        ("Répond au besoin « Appliquer une convention collective ».", "+12 pts"),
        ("Connaît le secteur « Petite enfance ».", "+12 pts"),
        ("L’information date de 2009 : elle a plus de 10 ans.", "−4 pts"),
    ]
    assert [len(r.find_all("blockquote")) for r in raisons] == [1, 0, 0, 0]
    assert raisons[0].blockquote.get_text().strip() == reponse.recommandations[0].raisons[0].source.citation
    assert (
        _text(raisons[0].figcaption)
        == "Accompagner la professionnalisation du secteur petite enfance, 2009, p. 3"
    )


def test_the_title_of_a_document_is_said_once_in_a_card(calvados, reponse):
    premiere, autre = reponse.recommandations[0].raisons[0], reponse.recommandations[1].raisons[0]
    reco = replace(reponse.recommandations[0], raisons=(premiere, autre))
    html = page_orientation(calvados, SAISIE, replace(reponse, recommandations=(reco,)))
    assert [_text(c) for c in BeautifulSoup(html, "html.parser").select(".raisons figcaption")] == [
        "Accompagner la professionnalisation du secteur petite enfance, 2009, p. 3",
        "Même document, p. 3, encadré L’ACEPP",
    ]


def test_reasons_in_the_same_words_are_one_line(calvados, reponse):
    reco = reponse.recommandations[0]
    repetee = replace(reco, raisons=(reco.raisons[2],) * 3)
    page = BeautifulSoup(
        page_orientation(calvados, SAISIE, replace(reponse, recommandations=(repetee,))), "html.parser"
    )
    assert [_text(r.select_one(".points")) for r in page.select(".raisons > li")] == ["+36 pts"]


def test_less_certain_answers_come_apart_and_the_numbering_goes_on(page):
    assert [_text(h2) for h2 in page.main.select("section:has(.reponses) > h2")] == [
        "Un acteur vers qui vous tourner",
        "Un autre, moins certain",
    ]
    assert [ol.get("start") for ol in page.select("ol.reponses")] == [None, "2"]


def test_the_request_is_said_back_with_what_was_assumed(page):
    assert [(_text(dt), _text(dt.find_next("dd"))) for dt in page.select(".demande > dl dt")] == [
        ("Où", "Les Monts d’Aunay (Calvados)"),
        ("Emploi", "Nous avons déjà des salariés"),
        ("Besoins", "Appliquer une convention collective ; Fiche de poste"),
        ("Secteur", "Petite enfance"),
    ]
    assert "« Aunay-sur-Odon » fait aujourd’hui partie" in _text(page.select_one(".demande > .encart"))
    assert page.select_one("details.modifier form.questions")


def test_the_state_the_table_and_the_json_are_one_link_away(page):
    etat, tableau, programme = (a["href"] for a in page.select(".emporter a"))
    demande = [("commune", "14027"), ("stade", "employeur"), ("besoins", "convention-collective"), ("besoins", "fiche-de-poste"), ("secteur", "petite-enfance")]  # fmt: skip # noqa: E501
    assert (urlsplit(etat).path, parse_qsl(urlsplit(etat).query)) == ("/orientation", demande)
    assert parse_qsl(urlsplit(tableau).query) == [*demande, ("format", "csv")]
    assert parse_qsl(urlsplit(programme).query) == [*demande, ("format", "json")]
    assert "/acteurs?territoire=departement:14" in {a["href"] for a in page.select(".suites a")}


def test_what_is_not_known_is_counted(page):
    assert _text(page.select_one(".inconnus li")).endswith("aucune source ne le dit. (pour 2 réponses)")


def test_the_weights_are_shown(page):
    lignes = [_text(tr) for tr in page.select(".classement tbody tr")]
    assert lignes[0] == "Près de vous de 12 à 40"
    assert len(lignes) == 8


def test_having_to_look_wider_is_said_first(calvados, reponse):
    repli = Repli("departement", "region", "Personne de compétent dans le département.")
    page = BeautifulSoup(page_orientation(calvados, SAISIE, replace(reponse, repli=repli)), "html.parser")
    assert _text(page.select_one(".repli")) == repli.texte


def test_an_empty_answer_is_said_with_next_steps(calvados, reponse):
    repli = Repli("departement", None, "Personne de compétent n’est connu, à aucun niveau.")
    vide = replace(reponse, recommandations=(), repli=repli)
    page = BeautifulSoup(page_orientation(calvados, SAISIE, vide), "html.parser")
    assert _text(page.h1) == "Nous n’avons pas de réponse sûre"
    boite = page.select_one(".vide")
    assert repli.texte in _text(boite)
    assert [urlsplit(a["href"]).path for a in boite.find_all("a")] == [
        "/orientation",
        "/orientation",
        "/acteurs",
        "/acteurs",
    ]
    sans_besoins = dict(parse_qsl(urlsplit(boite.find("a")["href"]).query))
    assert sans_besoins == {"commune": "14027", "stade": "employeur", "secteur": "petite-enfance"}
    assert page.find_all("article") == []


def test_an_answer_without_any_source_date_says_so(calvados, reponse):
    sans = replace(reponse.recommandations[0], fraicheur=None)
    page = BeautifulSoup(
        page_orientation(calvados, SAISIE, replace(reponse, recommandations=(sans,))), "html.parser"
    )
    assert "source non datée" in [_text(li) for li in page.select(".etiquettes li")]


def test_needs_in_ones_own_words_are_proposed_to_confirm(calvados):
    saisie = replace(SAISIE, besoins=(), texte="fiche <de> paie")
    proposes = (
        BesoinPropose("gestion-paie", "Gestion de la paie", "Payer.", "fiche de paie", 9.0),
        BesoinPropose("fiche-de-poste", "Fiche de poste", "", "fiche de poste", 4.0),
    )
    page = BeautifulSoup(page_orientation(calvados, saisie, proposes=proposes), "html.parser")
    encart = page.select_one("#proposes")
    assert "« fiche <de> paie »" in _text(encart).replace("\xa0", " ")
    cases = encart.find_all("input", attrs={"name": "besoins"})
    assert [(c["value"], c.has_attr("checked")) for c in cases] == [
        ("gestion-paie", True),
        ("fiche-de-poste", False),
    ]
    assert page.find(id="texte")["value"] == "fiche <de> paie", "what was typed is given back"
    assert page.find("input", attrs={"name": "compris"})["value"].endswith(".gestion-paie.fiche-de-poste")
    typed = BeautifulSoup(page_orientation(calvados, saisie), "html.parser")
    assert typed.find(id="texte")["value"] == "fiche <de> paie"


def test_less_certain_answers_alone_are_not_called_others_nor_further(calvados, reponse):
    seule = replace(reponse, recommandations=(replace(reponse.recommandations[0], competent=False),))
    section = BeautifulSoup(page_orientation(calvados, SAISIE, seule), "html.parser").select_one(".possibles")
    assert _text(section.h2) == "Un acteur à interroger"
    assert "éloignés" not in _text(section.select_one(".chapeau"))
    loin = replace(seule.recommandations[0], niveau="region")
    page = BeautifulSoup(
        page_orientation(calvados, SAISIE, replace(seule, recommandations=(loin,))), "html.parser"
    )
    assert "Plus éloignés" in _text(page.select_one(".possibles .chapeau"))


def test_whom_to_begin_with_is_said_and_answers_as_good_as_each_other_too(calvados, reponse):
    first, second = reponse.recommandations
    near = replace(second, competent=first.competent, score=first.score - 0.5)

    def begin(*recommandations):
        html = page_orientation(calvados, SAISIE, replace(reponse, recommandations=recommandations))
        return _text(BeautifulSoup(html, "html.parser").select_one(".commencer"))

    assert begin(first, near).startswith("Commencez par S3A ou ACEPP Basse-Normandie : à moins d’un point")
    assert begin(first, replace(near, score=first.score - 5)) == "Commencez par S3A."
    assert begin(*[replace(near, rang=n) for n in range(1, 6)]).startswith(
        "Commencez par l’un des 5 premiers"
    )


def test_what_is_sent_to_others_leaves_the_own_words_out(calvados, reponse):
    saisie = replace(SAISIE, texte="nous sommes en crise", compris="x.comptabilite")
    page = BeautifulSoup(page_orientation(calvados, saisie, reponse), "html.parser")
    assert all("crise" not in a["href"] for a in page.select(".emporter a"))
    assert page.find(id="texte")["value"] == "nous sommes en crise"


def test_an_offer_kept_to_a_sector_says_so_when_none_was_asked(calvados, reponse):
    first = reponse.recommandations[0]
    reserve = replace(first, raisons=(replace(first.raisons[2], critere="secteur", points=-6.0),))
    page = BeautifulSoup(
        page_orientation(calvados, SAISIE, replace(reponse, recommandations=(reserve,))), "html.parser"
    )
    assert "réservé : Petite enfance" in [
        _text(li).replace("\xa0", " ") for li in page.select(".etiquettes li")
    ]


def test_the_day_that_was_asked_is_said(calvados, reponse):
    page = BeautifulSoup(
        page_orientation(calvados, replace(SAISIE, date="2012-06-01"), reponse), "html.parser"
    )
    assert "Réponse donnée pour le" in _text(page.select(".demande > .encart")[-1])


def test_only_the_first_card_quotes_its_sentence_the_others_a_click_away(page):
    cartes = page.select("article.reponse-corps")
    assert [len(carte.select(":scope > .preuve")) for carte in cartes] == [1, 0]
    assert cartes[0].select(".pourquoi blockquote")


def test_an_acronym_that_the_name_holds_is_not_said_again(calvados, reponse):
    acteur = replace(calvados.acteur("s3a"), nom="S3A du Calvados", sigles=("S3A", "Synergie"))
    catalogue = replace(calvados, acteurs={**calvados.acteurs, acteur.iri: acteur})
    page = BeautifulSoup(page_orientation(catalogue, SAISIE, reponse), "html.parser")
    assert _text(page.select_one("article .sigles")) == "Synergie"


def test_a_family_of_the_registers_is_left_out_where_the_field_has_its_own_words(calvados):
    famille = next(c for c in calvados.concepts_de("secteur") if c.code == "sport")
    dessous = replace(
        famille, iri=f"{famille.iri}-nautique", code="nautique", libelle_fr="Voile", parent=famille.iri
    )
    catalogue = replace(calvados, concepts={**calvados.concepts, dessous.iri: dessous})

    def offered(secteur):
        html = page_orientation(catalogue, replace(SAISIE, secteur=secteur))
        return {o["value"] for o in BeautifulSoup(html, "html.parser").select("#secteur option")}

    assert "nautique" in offered(None)
    assert "sport" not in offered(None)
    assert "sport" in offered("sport"), "what was chosen stays"
