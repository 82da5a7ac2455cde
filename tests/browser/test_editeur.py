"""The query editor (YASGUI) in Chromium: it proposes, runs, says refusals in French, asks no other host."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.charges import CHARGES
from tests.browser.outils_reseau import MARQUES
from tests.browser.pages import wait_answer
from tests.browser.site import open_context, watch
from visualisations.rendu import has_editeur

pytestmark = MARQUES

QC01 = "qc01-finistere-premier-emploi"
SAISIE = "#saisie .CodeMirror"
PRETE = "() => 'prete' in document.getElementById('editeur').dataset"
ADRESSES = (
    "javascript:window.PWNED=1",
    "JaVaScRiPt:window.PWNED=1",
    "data:text/html,<script>parent.PWNED=1</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "mailto:a@b.example",
    "ftp://mal.example/x",
    "http://ailleurs.example/a?b=1&c=é",
    "https://w3id.org/maillage/id/acteur/s3a",
    "https://w3id.org/maillage/def#Acteur",
    "http://x.example/'onmouseover='window.PWNED=1",
    "http://x.example/'style='position:fixed;inset:0",
    "https://w3id.org/maillage/'onclick='window.PWNED=1",
)


@pytest.fixture
def page(navigateur: Browser, site: str) -> Iterator[Page]:
    """The editor, ready; fails at its end on an error, a refused policy or a request to another host."""
    assert has_editeur(), "YASGUI is missing: npm ci"
    with open_context(navigateur) as contexte:
        fautes = watch(contexte)
        feuille = contexte.new_page()
        feuille.goto(f"{site}/sparql/editeur")
        feuille.wait_for_function(PRETE)
        yield feuille
        assert fautes == []


def write(page: Page, requete: str) -> None:
    page.locator(SAISIE).click()
    page.keyboard.press("Control+a")
    page.keyboard.type(requete)


def read(page: Page) -> str:
    return str(page.evaluate(f"document.querySelector('{SAISIE}').CodeMirror.getValue()"))


def proposals(page: Page) -> list[str]:
    page.locator(".CodeMirror-hint").first.wait_for()
    return [option.replace("\xa0", " ") for option in page.locator(".CodeMirror-hint").all_inner_texts()]


def run(page: Page, requete: str) -> None:
    write(page, requete)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Lancer la requête").click()


class TestProposals:
    def test_a_class_after_a(self, page: Page) -> None:
        write(page, "SELECT * { ?x a finan")
        assert proposals(page) == [
            "mai:Financement : Financement · classe",
            "mai:Financeur : Financeur · classe",
        ]
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        assert "?x a mai:Financeur" in read(page)

    def test_a_property_where_one_stands_and_its_prefix_is_declared(self, page: Page) -> None:
        write(page, "SELECT * { ?x mai:bes")
        assert proposals(page)[0] == "mai:besoin : besoin · propriété"
        page.keyboard.press("Enter")
        assert read(page).splitlines() == [
            "PREFIX mai: <https://w3id.org/maillage/def#>",
            "SELECT * { ?x mai:besoin",
        ]

    def test_a_notion_by_a_word_of_its_label_without_accents(self, page: Page) -> None:
        write(page, "SELECT * { ?x mai:besoin comptabilite")
        assert proposals(page)[0].startswith("Comptabilité (")
        page.keyboard.press("Enter")
        assert read(page).endswith("mai:besoin besoin:comptabilite")
        assert "PREFIX besoin: <https://w3id.org/maillage/voc/besoin/>" in read(page)

    def test_a_notion_by_the_prefix_that_the_query_declares(self, page: Page) -> None:
        write(page, "PREFIX b: <https://w3id.org/maillage/voc/besoin/> SELECT * { ?x mai:besoin convention")
        proposals(page)
        page.keyboard.press("Enter")
        assert read(page).endswith("mai:besoin b:convention-collective")

    def test_by_the_prefix_of_a_vocabulary_or_of_places(self, page: Page) -> None:
        write(page, "SELECT * { ?x mai:besoin besoin:compt")
        assert any(dite.startswith("Comptabilité (") for dite in proposals(page))
        page.keyboard.press("Escape")
        write(page, "SELECT * { ?x mai:couvre territoire:departement-1")
        assert "Calvados · territoire" in proposals(page)

    def test_the_name_of_a_prefix_is_not_a_notion(self, page: Page) -> None:
        write(page, "PREFIX mai")
        page.wait_for_timeout(300)
        assert not [dite for dite in page.locator(".CodeMirror-hint").all_inner_texts() if " · " in dite]
        page.keyboard.press("Enter")
        assert "voc/" not in read(page)

    def test_known_prefixes_are_no_mistake_and_mistakes_are_said_in_french(self, page: Page) -> None:
        poser = f"(texte) => document.querySelector('{SAISIE}').CodeMirror.setValue(texte)"
        page.evaluate(poser, "SELECT * { ?x a mai:Acteur ; skos:prefLabel ?nom }")
        assert page.locator(".parseErrorIcon").count() == 0
        page.evaluate(poser, "SELECT * { ?x a inconnu:Acteur }")
        icone = page.locator(".parseErrorIcon")
        assert "« inconnu »" in str(icone.get_attribute("title")).replace("\xa0", " ")
        page.evaluate(poser, "SELECT * { ?x a } }")
        assert "n’est pas du SPARQL" in str(icone.get_attribute("title")).replace("\xa0", " ")
        icone.hover()
        assert page.locator(".yasqe_tooltip").count() == 0

    def test_everything_when_asked_and_nothing_inside_a_text(self, page: Page) -> None:
        write(page, "SELECT * { ?x a ")
        assert page.locator(".CodeMirror-hint").count() == 0
        page.keyboard.press("Control+Space")
        assert len(proposals(page)) >= 30
        page.keyboard.press("Escape")
        write(page, 'SELECT * { ?x ?p "acteur')
        page.wait_for_timeout(300)
        assert page.locator(".CodeMirror-hint").count() == 0


class TestAnswers:
    def test_typed_run_and_read(self, page: Page, site: str) -> None:
        write(
            page, "SELECT ?acteur ?nom { ?acteur a mai:Acteur ; skos:prefLabel ?nom } ORDER BY ?nom LIMIT 60"
        )
        page.keyboard.press("Escape")
        page.keyboard.press("Control+Enter")
        wait_answer(page)
        assert page.get_by_role("status").first.inner_text().startswith("60 lignes en ")
        assert page.locator("#resultats tbody tr").count() == 50
        lien = page.locator("#resultats tbody a.iri").first
        assert str(lien.get_attribute("href")).startswith(f"{site}/id/acteur/")
        assert lien.get_attribute("target") is None
        page.get_by_role("link", name="Page suivante").click()
        assert page.locator("#resultats tbody tr").count() == 10
        assert str(page.locator("#resultats tbody a.iri").first.get_attribute("href")).startswith(site)
        page.get_by_label("Chercher dans la réponse").press_sequentially("acepp")
        page.wait_for_function("() => document.querySelectorAll('#resultats tbody tr').length < 10")
        demandee = parse_qs(urlsplit(page.url).query)["query"][0]
        assert demandee == read(page) and demandee.startswith("PREFIX ")
        page.reload()  # the address is the state: the query comes back with its answer
        wait_answer(page)
        assert read(page) == demandee

    def test_yes_no_graphs_and_nothing(self, page: Page) -> None:
        for requete, dit in (
            ("ASK { ?s ?p ?o }", "Oui."),
            ("ASK { <a:a> <a:b> <a:c> }", "Non."),
            ("SELECT * { <a:a> <a:b> ?c }", "0 ligne en "),
            ("CONSTRUCT { <a:a> <a:b> 'c' } WHERE {}", "1 ligne en "),
        ):
            run(page, requete)
            page.wait_for_function(
                "(dit) => document.getElementById('etat').textContent.startsWith(dit)",
                arg=dit,
                timeout=10_000,
            )
        assert page.locator("#refus").is_hidden()

    def test_a_ready_question(self, page: Page, site: str) -> None:
        page.locator("details.depli").first.locator("summary").click()
        premiere = page.locator("details.depli").first.locator("li").first
        assert premiere.get_by_role("link").last.get_attribute("href") == f"/questions/{QC01}"
        premiere.get_by_role("link").first.click()
        wait_answer(page)
        assert "7 lignes" in page.get_by_role("status").first.inner_text()
        assert page.locator("a.page-de").count() == 60

    def test_a_refusal_is_read_in_french(self, navigateur: Browser, site: str) -> None:
        with open_context(navigateur) as contexte:
            page = contexte.new_page()
            page.goto(f"{site}/sparql/editeur?query={quote('SELECT * { ?s foo:bar ?o }')}")
            refus = page.get_by_role("alert")
            refus.wait_for()
            assert refus.inner_text().replace("\xa0", " ").startswith("Le préfixe « foo: »")
            run(page, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
            page.wait_for_function("() => document.getElementById('refus').textContent.startsWith('SERVICE')")
            run(page, "ASK {}")
            page.wait_for_function("() => document.getElementById('etat').textContent === 'Oui.'")
            assert refus.is_hidden()

    def test_a_query_is_stopped_by_who_asked(self, page: Page) -> None:
        run(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
        page.get_by_role("button", name="Arrêter").click()
        page.wait_for_function("() => document.getElementById('etat').textContent === 'Requête arrêtée.'")
        assert page.get_by_role("button", name="Arrêter").is_hidden()

    def test_a_cut_answer_says_so(self, page: Page) -> None:
        page.route(
            "**/sparql?*",
            lambda route: route.fulfill(
                body='{"head": {"vars": ["a"]}, "results": {"bindings": []}}',
                content_type="application/sparql-results+json",
                headers={"X-Maillage-Tronque": "lignes=82937"},
            ),
        )
        run(page, "SELECT * { ?s ?p ?o }")
        page.locator("#coupee").wait_for()
        assert "coupée à 82 937 lignes" in page.locator("#coupee").inner_text().replace("\u202f", " ")


def test_hostile_answers_are_neither_run_nor_followed(page: Page) -> None:
    """An endpoint that answers the worst: only http(s) becomes a link, texts stay texts, no style gets in."""
    lignes: list[dict[str, Any]] = [{"x": {"type": "uri", "value": adresse}} for adresse in ADRESSES]
    lignes += [{"x": {"type": "literal", "value": texte}} for texte in CHARGES]
    lignes += [{"x": {"type": "literal", "value": "1", "datatype": adresse}} for adresse in ADRESSES]
    lignes += [{"x": {"type": "literal", "value": "1", "xml:lang": texte}} for texte in CHARGES]
    corps = json.dumps({"head": {"vars": ["x", CHARGES[0]]}, "results": {"bindings": lignes}})

    def answer(route: Route) -> None:
        route.fulfill(body=corps, content_type="application/sparql-results+json")

    page.route("**/sparql?*", answer)
    page.get_by_role("button", name="Lancer la requête").click()
    wait_answer(page)
    page.get_by_label("Lignes par page").select_option("-1")
    page.wait_for_function(f"() => document.querySelectorAll('#resultats tbody tr').length === {len(lignes)}")
    for cellule in page.locator("#resultats tbody td").all()[:80]:
        cellule.hover(force=True)
    lu = page.evaluate(
        """() => ({
          pwned: window.PWNED ?? null,
          liens: [...document.querySelectorAll('#resultats tbody a[href]')].map((a) => a.href),
          gestes: [...document.querySelectorAll('#resultats *')].flatMap((e) => [...e.attributes])
            .filter(({ name }) => name.startsWith('on')).map(({ name, value }) => `${name}=${value}`),
          intrus: document.querySelectorAll(
            '#resultats tbody :is(img, script, iframe, svg, form, input, video, audio, object)').length,
          fixes: [...document.querySelectorAll('#resultats tbody *')]
            .filter((e) => getComputedStyle(e).position === 'fixed').length,
        })"""
    )
    assert lu["pwned"] is None and lu["gestes"] == [] and lu["intrus"] == 0 and lu["fixes"] == 0
    assert lu["liens"] and {urlsplit(lien).scheme for lien in lu["liens"]} <= {"http", "https"}
    textes = page.locator("#resultats tbody").inner_text()
    assert "<script>window.PWNED=1</script>" in textes and "javascript:window.PWNED=1" in textes
    page.get_by_role("button", name="Montrer le texte reçu").click()
    page.locator("#resultats .CodeMirror").wait_for()
    assert page.evaluate("window.PWNED ?? null") is None


class TestWithout:
    def test_without_script_the_plain_form_answers(self, navigateur: Browser, site: str) -> None:
        with open_context(navigateur, java_script_enabled=False) as contexte:
            page = contexte.new_page()
            page.goto(f"{site}/sparql/editeur?question={QC01}")
            assert page.locator("#editeur").is_hidden()
            page.get_by_role("button", name="Lancer la requête").click()
            assert page.locator(".reponse-sparql tbody tr").count() == 7

    @pytest.mark.parametrize("perdu", ["**/yasgui.min.js*", "**/sparql/vocabulaire*"])
    def test_without_its_parts_the_plain_form_stays(self, navigateur: Browser, site: str, perdu: str) -> None:
        with open_context(navigateur) as contexte:
            page = contexte.new_page()
            page.route(perdu, lambda route: route.abort())
            page.goto(f"{site}/sparql/editeur?question={QC01}")
            page.wait_for_load_state("networkidle")
            assert page.locator("#editeur").is_hidden()
            page.get_by_role("button", name="Lancer la requête").click()
            assert page.locator(".reponse-sparql tbody tr").count() == 7

    def test_only_this_page_weighs_that_much(self, navigateur: Browser, site: str) -> None:
        with open_context(navigateur) as contexte:
            page = contexte.new_page()
            demandes: list[str] = []
            page.on("request", lambda demande: demandes.append(demande.url))
            page.goto(f"{site}/sparql")
            page.wait_for_load_state("networkidle")
            assert not [adresse for adresse in demandes if "yasgui" in adresse]
            page.get_by_role("button", name="Écrire avec l’éditeur assisté").click()
            wait_answer(page)
            assert len([adresse for adresse in demandes if "yasgui.min.js" in adresse]) == 1


def test_the_keyboard_is_never_trapped(page: Page) -> None:
    page.locator(SAISIE).click()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "lancer"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(f"document.activeElement.closest('{SAISIE}') !== null")


def test_the_parts_are_those_of_the_lock_file() -> None:
    racine = Path(__file__).resolve().parents[2]
    lock = json.loads((racine / "package-lock.json").read_text())
    assert lock["packages"]["node_modules/@zazuko/yasgui"]["version"] == "4.6.2"
