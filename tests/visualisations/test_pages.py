"""What every page shares, whatever it shows: structure, titles, escaping, links."""

from dataclasses import replace
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from graph.annuaire import Criteres
from graph.catalogue.modele import Acteur
from visualisations.pages import (
    SaisieOrientation,
    page_accueil,
    page_acteur,
    page_annuaire,
    page_erreur,
    page_orientation,
)

SAISIE = SaisieOrientation("Aunay-sur-Odon", "employeur", ("convention-collective",), "petite-enfance", "6")
SOUPES = {
    "accueil": lambda c, r: page_accueil(c, {}),
    "orientation": lambda c, r: page_orientation(c, SaisieOrientation()),
    "reponse": lambda c, r: page_orientation(c, SAISIE, r),
    "choix": lambda c, r: page_orientation(c, SAISIE, choix_communes=tuple(c.territoires.values())),
    "erreurs": lambda c, r: page_orientation(c, SAISIE, erreurs={"commune": "Non.", "effectif": "Trop."}),
    "annuaire": lambda c, r: page_annuaire(c, Criteres()),
    "recherche": lambda c, r: page_annuaire(
        c, Criteres(q="s3a", territoire="departement:14", type="PointAppui")
    ),
    "s3a": lambda c, r: page_acteur(c, c.acteur("s3a")),
    "bambins": lambda c, r: page_acteur(c, c.acteur("espace-bambins")),
    "dla": lambda c, r: page_acteur(c, c.acteur("dla-calvados")),
    "erreur": lambda c, r: page_erreur(404),
}


def soupe(html):
    return BeautifulSoup(html, "html.parser")


@pytest.fixture(params=SOUPES)
def page(request, calvados, reponse):
    return soupe(SOUPES[request.param](calvados, reponse))


def test_a_page_is_french_titled_and_has_one_main_heading(page):
    assert page.html["lang"] == "fr"
    assert page.title.string.endswith(" · Maillage")
    assert len(page.title.string.strip()) > len(" · Maillage")
    assert [titre.name for titre in page.find_all("h1")] == ["h1"]
    assert page.find("meta", attrs={"name": "viewport"})


def test_the_skip_link_menu_and_footer_are_there(page):
    assert page.body.find("a")["href"] == "#contenu"
    assert page.find(id="contenu").name == "main"
    liens = [(a["href"], a.get_text()) for a in page.find("nav").find_all("a")]
    assert [adresse for adresse, _ in liens] == [
        "/orientation",
        "/acteurs",
        "/territoires",
        "/cartographie",
        "/sparql",
    ]
    assert all(texte for _, texte in liens)
    assert page.find("footer")


def test_headings_never_skip_a_level(page):
    niveaux = [int(titre.name[1]) for titre in page.main.find_all(["h1", "h2", "h3", "h4"])]
    assert all(suivant <= avant + 1 for avant, suivant in pairwise(niveaux))


def test_ids_are_unique_and_what_points_to_them_finds_them(page):
    ids = [element["id"] for element in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    cibles = {a["href"][1:] for a in page.find_all("a", href=True) if a["href"].startswith("#")}
    cibles |= {label["for"] for label in page.find_all("label") if label.get("for")}
    for attribut in ("aria-labelledby", "aria-describedby"):
        cibles |= {
            mot for element in page.find_all(attrs={attribut: True}) for mot in element[attribut].split()
        }
    assert cibles <= set(ids)


def test_every_field_has_a_label(page):
    for champ in page.find_all(["input", "select"]):
        if champ.get("type") == "hidden":
            continue
        assert champ.find_parent("label") or page.find("label", attrs={"for": champ["id"]}), champ


def test_nothing_comes_from_elsewhere_and_nothing_is_inline(page):
    assert page.find_all("style") == []
    assert page.find_all(style=True) == []
    scripts = [s for s in page.find_all("script") if s.get("type") != "application/ld+json"]
    assert [s for s in scripts if not s.get("src", "").startswith("/static/")] == []
    feuilles = [
        lien for lien in page.find_all("link") if set(lien["rel"]) & {"stylesheet", "icon", "preload"}
    ]
    assert all(lien["href"].startswith("/static/") for lien in feuilles)
    assert page.find_all("img") == []


def test_forms_work_without_script(page):
    assert {(form["action"].partition("#")[0], form["method"]) for form in page.find_all("form")} <= {
        ("/orientation", "get"),
        ("/acteurs", "get"),
    }
    assert all(form.find("button", type="submit") for form in page.find_all("form"))


@pytest.mark.parametrize("nom", SOUPES)
def test_hostile_texts_stay_text(nom, hostile, reponse, calvados):
    html = SOUPES[nom](hostile, _poison_answer(reponse))
    sain, page = soupe(SOUPES[nom](calvados, reponse)), soupe(html)
    assert _shape(page) == _shape(sain)
    assert "<img" not in html
    assert [a for a in page.find_all(True) if any(attribut.startswith("on") for attribut in a.attrs)] == []
    assert [a["href"] for a in page.find_all("a", href=True) if "script" in a["href"].lower()] == []


def _shape(page):
    """Tags that could carry code or forms; links to web sites and to documents are lost on purpose."""
    noms = (
        "script",
        "img",
        "iframe",
        "form",
        "input",
        "select",
        "button",
        "option",
        "label",
        "h1",
        "h2",
        "h3",
    )
    return {nom: len(page.find_all(nom)) for nom in noms}


def _poison_answer(reponse):
    attaque = '</script><img src=x onerror=alert(1)>"'

    def spoil(reco):
        source = replace(reco.raisons[0].source, titre=attaque, lieu=attaque, citation=attaque)
        raisons = tuple(
            replace(r, texte=f"{r.texte}{attaque}", source=r.source and source) for r in reco.raisons
        )
        return replace(reco, raisons=raisons, a_verifier=(attaque,))

    return replace(
        reponse, recommandations=tuple(map(spoil, reponse.recommandations)), remarques=(attaque,), repli=None
    )


@pytest.mark.parametrize(
    "texte", ['"><img src=x onerror=alert(1)>', "</option><script>", "' onfocus='alert(1)", "a&b<c"]
)
def test_what_is_typed_comes_back_as_typed(texte, calvados):
    formulaire = soupe(
        page_orientation(
            calvados, SaisieOrientation(commune=texte, effectif=texte), erreurs={"commune": texte}
        )
    )
    assert formulaire.find(id="commune")["value"] == texte
    assert formulaire.find(id="effectif")["value"] == texte
    assert formulaire.find(id="erreur-commune").get_text() == texte
    annuaire = soupe(page_annuaire(calvados, Criteres(q=texte)))
    assert annuaire.find(id="q")["value"] == texte
    assert annuaire.find("img") is None


SITES = ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//sans-protocole", "https://"]


@pytest.mark.parametrize("site", [*SITES, "http://[", "pas une adresse"])
def test_a_site_that_is_not_one_gives_no_link(site, calvados):
    acteur = replace(calvados.acteur("s3a"), site=site)
    page = soupe(page_acteur(replace(calvados, acteurs={acteur.iri: acteur}), acteur))
    assert [
        a for a in page.find_all("a", rel=True) if "S3A" in a.get_text() or a["href"] == site.strip()
    ] == []


def test_a_slug_is_encoded_in_addresses(calvados):
    acteur = Acteur("https://w3id.org/maillage/id/acteur/x", "a/b?c#é", "Bizarre")
    page = soupe(page_annuaire(replace(calvados, acteurs={acteur.iri: acteur}), Criteres()))
    assert page.find("h3").a["href"] == "/acteurs/a%2Fb%3Fc%23%C3%A9"


@pytest.mark.parametrize("statut", [400, 404, 405, 422, 500, 503, 504])
def test_an_error_says_what_happened_and_what_to_do(statut):
    page = soupe(page_erreur(statut))
    assert len(page.main.find_all("p")) >= 3
    assert {a["href"] for a in page.main.find_all("a")} == {"/orientation", "/acteurs", "/"}


def test_the_number_of_an_error_is_a_discreet_reference():
    discret = soupe(page_erreur(422)).find(class_="discret")
    assert " ".join(discret.get_text().split()) == "Référence : 422"


def test_an_error_may_say_more_and_stays_text():
    page = soupe(page_erreur(404, "Acteur introuvable", "<script>", "Cherchez", edition="e1"))
    assert page.h1.string == "Acteur introuvable"
    assert page.find(class_="chapeau").string == "<script>"
    assert page.footer.code.string == "e1"
