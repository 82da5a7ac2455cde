"""The tables of coverage for people: words, files that no spreadsheet runs, hostile names that stay text."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup

from graph.catalogue import Catalogue
from ontology.namespaces import VOC
from visualisations.pages import couverture, matrice
from visualisations.pages.couverture_tableur import write_survey_csv
from visualisations.pages.lieux import say_former
from visualisations.pages.matrice_tableur import write_matrix_csv
from visualisations.tableau import FORMULES

JOUR = date(2026, 11, 21)


def _matrice(catalogue: Catalogue, **demande: str) -> str:
    return matrice.page_matrice(catalogue, matrice.read_criteres(catalogue, **demande), JOUR)


def test_the_matrix_names_each_symbol_it_shows(calvados: Catalogue) -> None:
    page = BeautifulSoup(_matrice(calvados, territoire="departement:14"), "html.parser")
    drawn = {symbole["d"] for symbole in page.select(".matrice .qui .symbole path")}
    told = {
        symbole["d"]: ligne.get_text(strip=True)
        for ligne in page.select(".cle-matrice li")
        for symbole in ligne.select("path")
    }
    assert drawn == set(told)
    assert all(told.values())


def _couverture(catalogue: Catalogue, **demande: str) -> str:
    return couverture.page_couverture(catalogue, couverture.read_criteres(catalogue, **demande), JOUR)


def _rows(texte: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(texte[1:]), delimiter=";"))


def test_a_cell_leads_to_the_offer_and_to_its_source(calvados: Catalogue) -> None:
    page = _matrice(calvados, territoire="departement:14")
    assert 'href="/acteurs/dla-calvados#offre-dla-diagnostic"' in page
    assert re.search(r'<sup><a href="#source-1"', page)
    assert 'id="source-1"' in page
    assert "Accompagner la professionnalisation du secteur petite enfance" in page


def test_nobody_known_is_said_to_be_a_question_and_when_sources_date_from(calvados: Catalogue) -> None:
    page = _couverture(calvados, territoire="departement:14", grain="commune", colonnes="stade")
    assert page.count("Personne de connu") > 1
    assert "publiées de 2009 à 2009" in page
    assert "une question à poser, pas un constat" in page


def test_the_legend_counts_every_cell_once(calvados: Catalogue) -> None:
    page = _couverture(calvados, territoire="region:28")
    comptes = [int(n) for n in re.findall(r"</span> <b>(\d+)</b>", page)]
    table = page[page.index("<tbody") : page.index("</tbody>")]
    assert len(comptes) == 7
    assert sum(comptes) == table.count("<td ")


@pytest.mark.parametrize("signe", FORMULES)
def test_no_spreadsheet_runs_a_name(calvados: Catalogue, signe: str) -> None:
    pieges = replace(
        calvados,
        acteurs={iri: replace(a, nom=f"{signe}cmd|{a.nom}") for iri, a in calvados.acteurs.items()},
        offres={iri: replace(o, titre=f"{signe}1+1") for iri, o in calvados.offres.items()},
        territoires={
            iri: replace(t, nom=f"{signe}{t.nom}") if t.niveau != "national" else t
            for iri, t in calvados.territoires.items()
        },
    )
    demande = matrice.read_criteres(pieges, "departement:14")
    releve = couverture.look(pieges, couverture.read_criteres(pieges, "region:28"), JOUR)
    for texte in (
        write_matrix_csv(pieges, matrice.draw(pieges, demande, JOUR)),
        write_survey_csv(pieges, releve),
    ):
        rows = _rows(texte)
        assert any(f"'{signe}" in cellule for row in rows for cellule in row)
        assert not [cellule for row in rows[1:] for cellule in row if cellule.startswith(FORMULES)]


class _Balises(HTMLParser):
    """Every element of a page, as a browser would make it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lues: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.lues.append((tag, dict(attrs)))


def test_hostile_names_stay_text(hostile: Catalogue) -> None:
    for page in (
        _matrice(hostile, territoire="departement:14"),
        _couverture(hostile, territoire="region:28"),
        _couverture(hostile, territoire="departement:14", grain="commune"),
    ):
        balises = _Balises(page).lues
        assert "onerror=alert" in page, "the attack is there to be read"
        assert not [tag for tag, attributs in balises if tag in ("img", "iframe", "object")]
        assert not [tag for tag, attributs in balises if tag == "script" and "src" not in attributs]
        assert not [nom for _, attributs in balises for nom in attributs if nom.startswith("on")]
        assert not [a for _, a in balises if (a.get("href") or "").startswith("javascript")]


def test_who_acts_on_a_former_region_or_for_others_is_said_so(calvados: Catalogue) -> None:
    page = _matrice(calvados, territoire="region:28")
    assert '<span class="ou">Basse-Normandie (ancienne région)</span>' in page
    assert 'id="pour-autres"' not in page
    (offre,) = [o for o in calvados.offres.values() if o.slug == "acepp-reseau"]
    pro = replace(offre, publics_vises=(f"{VOC}public/accompagnateurs",))
    page = _matrice(replace(calvados, offres={**calvados.offres, pro.iri: pro}), territoire="region:28")
    autres = page[page.index('id="pour-autres"') :]
    assert "ACEPP Basse-Normandie" in autres
    assert "Basse-Normandie (ancienne région)." in autres
    (dit,) = say_former(calvados, calvados.lire_territoire("region:28"))
    assert dit.startswith("Réunit d’anciennes régions (Basse-Normandie)")


def test_the_matrix_says_somewhere_leads_to_where_and_keeps_apart_what_is_to_be_asked(
    calvados: Catalogue,
) -> None:
    page = _matrice(calvados, territoire="region:28")
    assert "quelque part dans ce territoire" in page
    assert 'href="/couverture?territoire=region:28"' in page
    assert "Une aide réservée à un secteur" in page
    stade = next(c for c in calvados.concepts_de("stade"))
    secteur = next(c for c in calvados.concepts_de("secteur"))
    muettes = {iri: replace(o, stades=()) for iri, o in calvados.offres.items()}
    page = _matrice(
        replace(calvados, offres=muettes), territoire="region:28", stade=stade.code, secteur=secteur.code
    )
    assert "Une aide réservée à un secteur" not in page
    page = _matrice(replace(calvados, offres=muettes), territoire="region:28", stade=stade.code)
    dits = page[page.index("resume-vue") :][:600]
    assert "0 fonction" in dits, dits
    assert re.search(r"à demander à \d", page.replace("\N{NO-BREAK SPACE}", " "))


def test_who_carries_what_was_replaced_since_is_marked(calvados: Catalogue) -> None:
    page = _matrice(calvados, territoire="departement:14")
    s3a = page[page.index('href="/acteurs/s3a"') :]
    assert "remplacé depuis par" in s3a[: s3a.index("</th>")]
    vigueur = replace(calvados, successeurs={})
    assert "remplacé depuis par" not in _matrice(vigueur, territoire="departement:14")
