"""Every page of the site for everyone: axe-core in each state, headings, landmarks, narrow screens.

Pages and their states are the table of :mod:`tests.browser.pages`.
"""

from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.outils_reseau import MARQUES, find_axe_faults
from tests.browser.pages import VUES, Vue
from tests.browser.site import open_context, watch
from visualisations.rendu import environment

pytestmark = MARQUES

GABARITS = Path(__file__).resolve().parents[2] / "visualisations" / "templates" / "pages"
UNE_VUE = pytest.mark.parametrize("vue", VUES, ids=lambda vue: vue.adresse)


def visit(page: Page, site: str, vue: Vue, etat: str = "") -> None:
    """Open a page anew, and put it in one of its states."""
    page.goto("about:blank")
    page.goto(site + vue.adresse)
    if vue.pret:
        vue.pret(page)
    if etat:
        vue.etats[etat](page)


def test_the_table_has_every_page(site: str) -> None:
    env = environment()
    assert env.cache is not None
    env.cache.clear()
    titres: dict[str, str] = {}
    for vue in VUES:
        chemin = vue.adresse.partition("#")[0]
        try:
            corps = urlopen(Request(site + chemin, headers={"Accept": "text/html"})).read().decode()
        except HTTPError as refus:
            assert refus.code in (404, 422), chemin
            corps = refus.read().decode()
        titre = corps.partition("<title>")[2].partition("</title>")[0]
        lieu = chemin.partition("?")[0]
        assert titres.setdefault(titre, lieu) == lieu, f"{titre}: two pages"
    rendus = {str(nom) for _, nom in env.cache.keys()}  # noqa: SIM118 — jinja's cache is no dict
    assert {f"pages/{fichier.name}" for fichier in GABARITS.glob("[!_]*.html")} - rendus == set()


LARGE = """() => { const large = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= large) return [];
  return [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > large + 1)
    .map((e) => e.outerHTML.slice(0, 120)).slice(0, 5); }"""
ETROITS = (640, 320)
"""Widths of a screen of 1280 px zoomed twice and four times; 320 px is also a small phone."""


@UNE_VUE
def test_axe_finds_nothing_and_no_width_scrolls_sideways_in_any_state(
    navigateur: Browser, site: str, vue: Vue
) -> None:
    with open_context(navigateur, reduced_motion="reduce", bypass_csp=True) as contexte:
        page = contexte.new_page()
        for etat in ("", *vue.etats):
            visit(page, site, vue, etat)
            assert find_axe_faults(page) == [], etat
            page.emulate_media(color_scheme="dark")
            assert find_axe_faults(page, ["color-contrast"]) == [], f"{etat} (dark)"
            page.emulate_media(color_scheme="light")
            for largeur in ETROITS:
                page.set_viewport_size({"width": largeur, "height": 640})
                assert page.evaluate(LARGE) == [], f"{etat} {largeur} px"
            assert find_axe_faults(page) == [], f"{etat} ({ETROITS[-1]} px)"
            page.set_viewport_size({"width": 1280, "height": 900})


STRUCTURE = """() => ({
  langue: document.documentElement.lang,
  titre: document.title,
  h1: [...document.querySelectorAll('h1')].map((h) => h.textContent.trim()),
  niveaux: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((h) => h.checkVisibility())
    .map((h) => Number(h.tagName[1])),
  reperes: [...document.querySelectorAll('main, header.entete, body > footer')].map((e) => e.localName),
  navs: [...document.querySelectorAll('nav')].map((n) => n.getAttribute('aria-label') ?? ''),
  saut: document.querySelector('body a')?.getAttribute('href'),
  mouvements: [document.getAnimations().length, getComputedStyle(document.documentElement).scrollBehavior,
    [...document.querySelectorAll('*')].filter((e) => {
      const s = getComputedStyle(e);
      const long = (d) => d.split(',').some((x) => parseFloat(x) > 0.01);
      return long(s.transitionDuration) || long(s.animationDuration);
    }).map((e) => e.outerHTML.slice(0, 100)).slice(0, 3)],
})"""

FOYER = """() => { const e = document.activeElement;
  if (e === document.body) return null;
  const s = getComputedStyle(e), b = e.getBoundingClientRect();
  const visible = (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none';
  return { quoi: e.outerHTML.slice(0, 120), visible, dedans: b.width > 0 && b.height > 0 }; }"""
ARRETS = 40
"""Stops of the keyboard that are looked at on each page: past the header, well into the content."""


@UNE_VUE
def test_structure_focus_motion_and_policy(navigateur: Browser, site: str, vue: Vue) -> None:
    with open_context(navigateur, reduced_motion="reduce") as contexte:
        fautes = watch(contexte)
        page = contexte.new_page()
        visit(page, site, vue)
        _check_structure(vue, page.evaluate(STRUCTURE))
        for _ in range(ARRETS):
            page.keyboard.press("Tab")
            foyer = page.evaluate(FOYER)
            if foyer is None:
                break
            assert foyer["visible"] and foyer["dedans"], foyer
        assert fautes == [], "another host, a refused policy, an error"


def _check_structure(vue: Vue, lu: Any) -> None:
    integree = "embed=1" in vue.adresse
    assert lu["langue"] == ("en" if "lang=en" in vue.adresse else "fr")
    assert len(lu["h1"]) == 1 and lu["h1"][0]
    assert lu["titre"].endswith(" · Maillage") and len(lu["titre"]) > len(" · Maillage") + 2
    niveaux = lu["niveaux"]
    assert niveaux[0] == 1
    assert [(a, b) for a, b in pairwise(niveaux) if b > a + 1] == []
    assert lu["reperes"] == (["main", "footer"] if integree else ["header", "main", "footer"])
    assert all(lu["navs"]) and len(set(lu["navs"])) == len(lu["navs"])
    assert integree or lu["saut"] == "#contenu"
    assert lu["mouvements"] == [0, "auto", []]
