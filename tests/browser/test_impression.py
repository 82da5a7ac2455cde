"""What comes out on paper: the answer in few pages, the network with its legend and no instruction."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from graph.catalogue.modele import Concept, Offre
from graph.orientation.modele import Demande, Raison, Recommandation, Reponse, SourceCitee
from tests.browser.outils_reseau import MARQUES, box, open_page
from tests.graph.exemple_cartography import acteur, catalogue, terr
from visualisations.pages import SaisieOrientation, page_orientation
from visualisations.rendu import static_path

pytestmark = MARQUES


def test_the_printed_network_has_its_legend_and_no_instruction(page: Page, reseau: str) -> None:
    open_page(page, f"{reseau}/cartographie?territoire=departement:14")
    box(page, "type", "Institution").uncheck()
    page.emulate_media(media="print")
    expect(page.get_by_text("Cliquez un acteur")).to_be_hidden()
    expect(page.locator("#recherche")).to_be_hidden()
    expect(page.locator("#toile canvas")).to_be_visible()
    legende = page.locator("#legende-types .reseau-ligne")
    expect(legende.filter(has_text="DLA départemental")).to_be_visible()
    expect(legende.filter(has_text="Institution")).to_be_hidden()
    expect(page.locator("#legende-liens .reseau-ligne").first).to_be_visible()
    figure, filtres = page.locator("#figure").bounding_box(), page.locator("#filtres").bounding_box()
    assert figure is not None and filtres is not None
    assert filtres["y"] >= figure["y"] + figure["height"]


def test_a_folded_legend_is_printed_and_a_chosen_actor_with_it(page: Page, reseau: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    open_page(page, f"{reseau}/cartographie?territoire=departement:14#a=s3a")
    assert page.locator("#replier").get_attribute("open") is None
    page.emulate_media(media="print")
    expect(page.locator("#legende-types .reseau-ligne").first).to_be_visible()
    expect(page.locator("#fiche h2")).to_have_text("S3A")
    expect(page.locator("#fiche button.fiche-fermer")).to_be_hidden()
    expect(page.locator("#fiche h2")).to_be_visible()


ENCRE = """() => { const f = document.getElementById('toile').reseau;
  const p = f.vis.canvasToDOM(f.noeuds.get('rnma'));
  const c = f.cadre.querySelector('canvas');
  const k = c.width / c.clientWidth;
  return c.getContext('2d').getImageData(p.x * k, p.y * k, 1, 1).data[3]; }"""


def test_nothing_is_faded_while_it_is_printed(page: Page, reseau: str) -> None:
    open_page(page, f"{reseau}/cartographie?territoire=departement:14#a=espace-bambins")
    page.wait_for_timeout(300)
    assert page.evaluate(ENCRE) < 100
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(ENCRE) == 255
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(ENCRE) < 100


PHRASE = "Le réseau est mobilisé pour la professionnalisation et pour donner un statut clair aux salariés. "


def _answer(nombre: int) -> str:
    """The page of an answer with as many cards, each with folded reasons and a telling sentence."""
    acteurs = [acteur(f"a{n}", f"Réseau numéro {n}", "Reseau", "Prestataire") for n in range(nombre)]
    offres = [
        Offre(f"{a.iri}/offre", a.slug, a.iri, "Accompagnement des structures", PHRASE * 2) for a in acteurs
    ]
    fonction = Concept("https://w3id.org/maillage/voc/fonction/suivi", "fonction", "suivi", "Suivi")
    source = catalogue(
        acteurs={a.iri: a for a in acteurs},
        offres={o.iri: o for o in offres},
        concepts={fonction.iri: fonction},
    )

    def explain(critere: str) -> Raison:
        cite = SourceCitee("Accompagner le secteur", "2009", f"p. {critere}", f"{PHRASE * 2}({critere})")
        return Raison(critere, f"Raison de {critere}.", 10, cite)

    raisons = tuple(explain(critere) for critere in ("localite", "besoin", "secteur", "stade"))
    cartes = tuple(
        Recommandation(
            n + 1, 40, o.acteur, o.iri, "suivi", "departement", n < 4, raisons,
            ("Demander si le secteur est accepté.", "La source date de 2009."), "2009", (),
        )
        for n, o in enumerate(offres)
    )  # fmt: skip
    demande = Demande(terr("commune-14027"), date(2026, 11, 21), "employeur", None, (), None)
    reponse = Reponse("essai", demande, cartes, None, ())
    return page_orientation(source, SaisieOrientation("14027", "employeur"), reponse)


@pytest.fixture
def reponse(page: Page) -> Page:
    """The page open on an answer of six cards."""
    html = _answer(6)

    def serve(route: Route) -> None:
        chemin = urlsplit(route.request.url).path
        if chemin.startswith("/static/"):
            route.fulfill(path=static_path(chemin.removeprefix("/static/")))
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.route("**/*", serve)
    page.goto("http://127.0.0.1:9/orientation")
    return page


def test_an_answer_of_six_cards_holds_on_one_sheet(reponse: Page) -> None:
    pdf = reponse.pdf(format="A4")
    assert pdf.count(b"/Type /Page") - pdf.count(b"/Type /Pages") == 1


@pytest.mark.parametrize(
    "demande",
    [
        "commune=14027&stade=employeur&secteur=petite-enfance"
        "&besoins=convention-collective&besoins=fiche-de-poste&besoins=comptabilite",
        "commune=29232&stade=primo-employeur",
    ],
)
def test_a_real_answer_with_its_path_holds_on_one_sheet(page: Page, site: str, demande: str) -> None:
    page.goto(f"{site}/orientation?{demande}")
    expect(page.locator(".parcours .etape").first).to_be_visible()
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page") - pdf.count(b"/Type /Pages") == 1


def test_a_printed_answer_has_its_first_sentence_and_only_the_reasons_left_open(reponse: Page) -> None:
    reponse.locator("article .pourquoi summary").nth(1).click()
    reponse.emulate_media(media="print")
    expect(reponse.locator("article > .preuve").locator("visible=true")).to_have_count(1)
    expect(reponse.locator("article .pourquoi").first).to_be_hidden()
    expect(reponse.locator("article .raisons").nth(1)).to_be_visible()
    expect(reponse.get_by_text("Réponse de Maillage du")).to_be_visible()
