"""The home page, the directory and the cards."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from graph.annuaire import Criteres
from graph.catalogue.modele import Acteur
from graph.dates import DatePartielle
from graph.errors import DemandeInvalideError
from visualisations.pages import page_accueil, page_acteur, page_annuaire
from visualisations.pages.commun import say_number, say_period


def _text(element):
    return " ".join(element.get_text().split())


def _directory(catalogue, **criteres):
    return BeautifulSoup(page_annuaire(catalogue, Criteres(**criteres)), "html.parser")


def _card(catalogue, slug):
    return BeautifulSoup(page_acteur(catalogue, catalogue.acteur(slug)), "html.parser")


def _section(page, nom):
    return page.find("section", attrs={"aria-labelledby": nom})


def test_home_has_three_doors_figures_documents_and_a_short_form(calvados):
    page = BeautifulSoup(page_accueil(calvados, {"acteurs": 8, "offres": 4, "liens": 6}), "html.parser")
    assert [(_text(h2), h2.a["href"]) for h2 in page.select(".porte h2")] == [
        ("Trouver qui peut m’aider", "/orientation"),
        ("Voir qui soutient qui", "/cartographie"),
        ("Interroger les données", "/sparql"),
    ]
    chiffres = {_text(d.dt): _text(d.dd) for d in page.select(".chiffres div")}
    assert chiffres == {"acteurs": "8", "offres d’appui": "4", "liens entre acteurs": "6", "document lu": "1"}
    assert [_text(li) for li in page.select(".documents li")] == [
        "Accompagner la professionnalisation du secteur petite enfance Avise, 2009"
    ]
    formulaire = page.find("form", action="/orientation")
    assert {champ["name"] for champ in formulaire.find_all(["input", "select"])} == {"commune", "texte"}


def test_the_directory_lists_who_where_and_what(calvados):
    page = _directory(calvados)
    assert _text(page.h2) == "8 acteurs"
    ligne = page.select(".ligne")[-1]
    assert (ligne.h3.a["href"], _text(ligne.h3)) == ("/acteurs/s3a", "S3A")
    assert _text(ligne.select_one(".ligne-lieu")) == "Hérouville-Saint-Clair (Calvados)"
    assert _text(ligne.select_one(".ligne-fonctions")) == "Accompagnement généraliste, Suivi, Ingénierie"
    assert "Lieu non renseigné" in _text(page)


def test_filters_carry_counts_and_keep_what_was_chosen(calvados):
    page = _directory(calvados, territoire="departement:14", q="s3")
    lieux = page.find(id="territoire")
    assert [_text(o) for o in lieux.find_all("option", selected=True)] == ["Calvados (1)"]
    assert [g["label"] for g in lieux.find_all("optgroup")] == [
        "Départements",
        "Régions",
        "Anciennes régions",
    ]
    assert [_text(o) for o in page.find(id="type").find_all("option")] == [
        "Tous les rôles",
        "Point d’appui à la vie associative (1)",
        "Prestataire (1)",
        "Association (1)",
    ]
    assert page.find("a", href="/acteurs", string="Tout effacer")


def test_actors_without_a_known_role_are_the_last_choice_of_the_roles(calvados):
    autre = replace(calvados.acteur("conseil-general"), types=())
    page = _directory(replace(calvados, acteurs={**calvados.acteurs, autre.iri: autre}), type="Acteur")
    assert _text(page.find(id="type").find_all("option")[-1]) == "Autre acteur (1)"
    assert [_text(h3) for h3 in page.select(".ligne h3")] == ["Conseil général du Calvados"]


def test_a_word_of_an_offer_finds_who_proposes_it(calvados):
    page = _directory(calvados, q="transmission")
    assert _text(page.find("label", attrs={"for": "q"})) == "Nom, sigle ou mot"
    assert [_text(h3.a) for h3 in page.select(".ligne h3")] == ["ACEPP Basse-Normandie"]


def test_a_place_where_nobody_is_stays_chosen(calvados):
    page = _directory(calvados, territoire="14700", q="espace")
    assert [o["value"] for o in page.select("#territoire option[selected]")] == ["commune:14700"]
    assert "Aucun acteur ne correspond" in _text(page.main)


def test_pages_follow_each_other_and_keep_the_criteria(calvados):
    acteurs = {f"i{n}": Acteur(f"i{n}", f"a{n}", f"Acteur {n:03}", types=("Reseau",)) for n in range(120)}
    page = _directory(replace(calvados, acteurs=acteurs), q="acteur", type="Reseau", page=2)
    assert [(a["rel"], a["href"]) for a in page.select(".pagination a")] == [
        (["prev"], "/acteurs?q=acteur&type=Reseau"),
        (["next"], "/acteurs?q=acteur&type=Reseau&page=3"),
    ]
    assert "page 2 sur 3" in _text(page.h2)


def test_an_unknown_filter_is_an_error_naming_its_field(calvados):
    with pytest.raises(DemandeInvalideError) as erreur:
        page_annuaire(calvados, Criteres(secteur="licorne"))
    assert erreur.value.champ == "secteur"


def test_a_card_tells_mandates_with_dates_and_what_replaced_them(calvados):
    mandats = _section(_card(calvados, "s3a"), "mandats")
    assert _text(mandats.li.p) == "Point d’appui à la vie associative, Calvados, depuis 1997"
    assert "Ce dispositif a été remplacé depuis par : Guid’Asso." in _text(mandats)
    assert mandats.blockquote
    assert "(dates non renseignées)" in _text(_section(_card(calvados, "dla-calvados"), "mandats"))


def test_an_offer_says_what_no_source_says(calvados):
    premiere, seconde = _section(_card(calvados, "s3a"), "offres").select("ul.fiches > li")

    def champs(offre):
        return {_text(dt): _text(dt.find_next("dd")) for dt in offre.dl.find_all("dt")}

    assert champs(premiere)["Pour qui"] == "non renseigné"
    assert champs(premiere)["Besoins"] == "Appliquer une convention collective Fiche de poste Comptabilité"
    assert champs(seconde)["Besoins"] == "non renseigné"
    assert champs(seconde)["Quand"] == "de mai 2008 à avril 2009"
    assert champs(seconde)["Mobilisé par"] == "DLA du Calvados"


def test_links_are_said_in_words_both_ways(calvados):
    def phrases(slug):
        groupes = _section(_card(calvados, slug), "liens").select(".groupe-liens")
        return {_text(g.h3): [_text(a) for a in g.select("p > a")] for g in groupes}

    assert phrases("espace-bambins") == {
        "Est membre de": ["ACEPP Basse-Normandie"],
        "Est financé par": ["CAF du Calvados"],
    }
    assert phrases("s3a") == {
        "A pour partenaires techniques": ["DLA du Calvados"],
        "Siège dans : Comité d’orientation petite enfance": [
            "Professionnaliser la petite enfance",
            "CAF du Calvados",
        ],
    }
    assert phrases("dla-calvados")["Est partenaire technique de"] == ["S3A"]
    assert phrases("dla-calvados")["Anime : Comité d’orientation petite enfance"] == [
        "Professionnaliser la petite enfance",
        "S3A",
        "CAF du Calvados",
    ]
    assert phrases("pmi-calvados") == {"Est un service de": ["Conseil départemental du Calvados"]}
    assert phrases("departement-calvados") == {"A pour services": ["PMI du Calvados"]}


def test_a_link_shows_nature_dates_amount_notes_and_source(calvados):
    lien = _section(_card(calvados, "caf-calvados"), "liens").find("li")
    assert _text(lien.p) == "Espace Bambins depuis 2008, 10 000 €, fléché"
    assert "Le montant est celui du budget." in _text(lien)
    assert lien.blockquote


def test_actions_figures_and_successions_are_told(calvados):
    page = _card(calvados, "espace-bambins")
    action = _section(page, "actions").li
    assert _text(action.p).startswith(
        "bénéficiaire · Accompagnement collectif · de janvier 2008 à décembre 2009"
    )
    for texte in (
        "12 structures, 15,5 jours, 3 600 € TTC",
        "Adoption de la convention collective.",
        "octobre 2009, prévu à la date du document (2009)",
    ):
        assert texte in _text(action)
    assert _text(_section(page, "observations").dd.strong) == "13 places"
    assert "Remplacé depuis par Conseil départemental du Calvados." in _text(
        _card(calvados, "conseil-general")
    )
    assert "A pris la suite de Conseil général du Calvados." in _text(_card(calvados, "departement-calvados"))


def test_ambiguities_sources_and_the_network_are_shown(calvados):
    page = _card(calvados, "s3a")
    assert "ne dit pas si la mission de point d’appui couvre" in _text(page.aside)
    document = _section(page, "sources").select_one(".documents > li")
    assert _text(document.cite) == "Accompagner la professionnalisation du secteur petite enfance"
    assert [_text(lieu) for lieu in document.select("li")] == [
        "p. 3, Partenariat avec des réseaux",
        "p. 1, frise",
    ]
    assert (
        page.aside.find("a", string="Le voir dans son réseau")["href"]
        == "/cartographie?territoire=departement:14#a=s3a"
    )
    sans = _card(calvados, "conseil-general")
    assert _text(_section(sans, "sources").p) == "Aucune source n’est indiquée."


@pytest.mark.parametrize(
    ("valeur", "lu"),
    [
        ("3660", "3\u202f660"),
        ("4.70", "4,7"),
        ("10000.00", "10\u202f000"),
        ("-4", "-4"),
        ("environ 12", "environ 12"),
        ("", ""),
    ],
)
def test_numbers_are_written_as_in_french(valeur, lu):
    assert say_number(valeur) == lu


def test_periods_are_said_only_as_far_as_they_are_known():
    assert say_period(None, None) == ""


@pytest.mark.parametrize(
    ("debut", "fin", "dite"),
    [
        ("2011-10", "2012-04", "d’octobre 2011 à avril 2012"),
        ("2012-04-26", "2012-05-13", "du 26 avril 2012 au 13 mai 2012"),
        ("2008", "2009-08", "de 2008 à août 2009"),
        ("2009", "2009", "2009"),
        ("2008-05-13", None, "depuis le 13 mai 2008"),
        ("2008", None, "depuis 2008"),
        (None, "2009-08", "jusqu’à août 2009"),
        (None, "2009-08-01", "jusqu’au 1er août 2009"),
    ],
)
def test_periods_are_said_as_in_french(debut, fin, dite):
    assert say_period(debut and DatePartielle.parse(debut), fin and DatePartielle.parse(fin)) == dite


def _with_status(catalogue, statut, passages):
    (action,) = catalogue.accompagnements.values()
    statuts = [
        replace(catalogue.concepts[PREVU], iri=f"{STATUT}{code}", code=code, libelle_fr=libelle)
        for code, libelle in (("en-cours", "En cours"), ("termine", "Terminé"))
    ]
    action = replace(action, statut=f"{STATUT}{statut}", passages=passages)
    return replace(
        catalogue,
        accompagnements={action.iri: action},
        concepts={**catalogue.concepts, **{c.iri: c for c in statuts}},
    )


STATUT = "https://w3id.org/maillage/voc/statut/"
PREVU = f"{STATUT}prevu"


@pytest.mark.parametrize(
    ("statut", "dit"),
    [
        ("en-cours", "En cours à la date du document (2009)"),
        ("prevu", "Prévu à la date du document (2009)"),
        ("termine", "Terminé"),
    ],
)
def test_the_state_of_an_action_is_that_of_its_document_not_of_today(statut, dit, calvados):
    frise = next(iri for iri in calvados.passages if iri.endswith("#frise"))
    page = _card(_with_status(calvados, statut, (frise,)), "espace-bambins")
    assert dit in _text(_section(page, "actions").li.p).split(" · ")


def test_the_state_of_an_action_whose_document_is_not_dated(calvados):
    page = _card(_with_status(calvados, "en-cours", ()), "espace-bambins")
    assert "En cours à la date du document" in _text(_section(page, "actions").li.p).split(" · ")
