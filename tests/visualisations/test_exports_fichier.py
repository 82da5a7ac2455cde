"""One file from a page: nothing outside it is needed, nothing in it runs, no dead part is left."""

import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from markupsafe import escape

from graph.cartography import CriteresReseau
from tests.graph.exemple_cartography import ACTEURS, catalogue
from visualisations.exports import fichier_seul
from visualisations.pages import page_acteur
from visualisations.rendu import static
from visualisations.reseau.page import page_cartographie


def sheet(corps: str, tete: str = "") -> str:
    return (
        '<!doctype html>\n<html lang="fr">\n<head>\n  <meta charset="utf-8">\n'
        f"  <title>T</title>{tete}\n</head>\n<body>{corps}</body>\n</html>"
    )


def policy(page: str) -> dict[str, str]:
    meta = BeautifulSoup(page, "html.parser").select_one("meta[http-equiv='Content-Security-Policy']")
    assert meta is not None
    return dict(part.strip().split(" ", 1) for part in str(meta.attrs["content"]).split(";"))


def fingerprint(texte: str) -> str:
    return f"'sha256-{b64encode(sha256(texte.encode()).digest()).decode()}'"


@pytest.mark.parametrize(
    "page",
    [page_acteur(catalogue(), ACTEURS[1]), page_cartographie(catalogue(), CriteresReseau())],
    ids=["acteur", "reseau"],
)
def test_a_real_page_leaves_its_site_whole(page: str) -> None:
    seule = fichier_seul(page)
    lue = BeautifulSoup(seule, "html.parser")
    assert (
        lue.select(
            "nav, form, button, select, input, script, link[rel=stylesheet], [data-avec-script], .entete"
        )
        == []
    )
    adresses = [e.attrs.get("src") or e.attrs.get("href") or "" for e in lue.select("[src], [href]")]
    assert [a for a in adresses if not re.match("#|https?:|data:", str(a))] == []
    styles = [str(style.string) for style in lue.find_all("style")]
    assert len(styles) == page.count('rel="stylesheet"')
    assert policy(seule)["style-src"].split() == [fingerprint(style) for style in styles]
    assert policy(seule)["default-src"] == "'none'"
    assert "script-src" not in policy(seule)
    assert "/static/" not in seule
    avant = BeautifulSoup(page, "html.parser")
    assert lue.title is not None and avant.title is not None
    assert lue.title.get_text() == avant.title.get_text()
    assert lue.h1 is not None and avant.h1 is not None
    assert lue.h1.get_text() == avant.h1.get_text()


def test_the_policy_comes_before_anything_that_it_governs() -> None:
    seule = fichier_seul(page_acteur(catalogue(), ACTEURS[1]))
    places = [seule.index(texte) for texte in ("<meta charset", "Content-Security-Policy", "<style")]
    assert all(une < autre for une, autre in pairwise(places))


def test_what_is_kept_is_kept_word_for_word() -> None:
    corps = '<p title="a&amp;b">1 &lt; 2 &#8217; é</p><br/><svg><path d="M0 0"/><text>&quot;</text></svg>'
    assert f"<body>{corps}</body>" in fichier_seul(sheet(f"<!-- x -->{corps}"))


def test_links_of_the_site_become_text_in_prose_and_in_drawings() -> None:
    corps = (
        '<a href="/acteurs/s3a">S3A</a> <a href="?page=2">2</a> <a href="#t">bas</a> '
        '<a href="https://exemple.fr">site</a>'
        '<svg><a class="b" href="/territoires/x" aria-label="&lt;"><path d="M0 0"/></a></svg>'
        '<a href="/b">b</a>'
    )
    seule = fichier_seul(sheet(corps))
    assert (
        '<span>S3A</span> <span>2</span> <a href="#t">bas</a> <a href="https://exemple.fr">site</a>'
        '<svg><g class="b" aria-label="&lt;"><path d="M0 0"/></g></svg><span>b</span>'
    ) in seule


def test_what_only_makes_sense_on_the_site_goes_with_all_it_holds() -> None:
    corps = (
        "<div data-en-ligne><div><p>a</p></div><br><p>b</p></div><nav><ul><li>c</li></ul></nav>"
        "<form><input><p>d</p></form><p>gardé</p><noscript><p>e</p></noscript><p data-sans-script>f</p>"
    )
    assert "<body><p>gardé</p></body>" in fichier_seul(sheet(corps))


def test_a_listed_script_is_put_inside_with_its_fingerprint_and_no_other() -> None:
    corps = (
        '<script type="application/json" id="d">{"a": 1}</script><div data-avec-script hidden>x</div>'
        f'<script src="{static("communes.js")}" defer></script><script src="{static("sparql.js")}"></script>'
    )
    seule = fichier_seul(sheet(corps), scripts=["communes.js"])
    donnees, script = BeautifulSoup(seule, "html.parser").find_all("script")
    assert donnees.attrs["type"] == "application/json"
    assert policy(seule)["script-src"] == fingerprint(str(script.string))
    assert "data-avec-script" in seule
    rien = fichier_seul(sheet(corps))
    assert "<script" not in rien
    assert "data-avec-script" not in rien


def test_images_are_put_inside_and_a_missing_file_is_an_error() -> None:
    seule = fichier_seul(sheet(f'<img src="{static("maille.svg")}" alt="">'))
    assert '<img src="data:image/svg+xml;base64,' in seule
    with pytest.raises(FileNotFoundError):
        fichier_seul(sheet("", '<link rel="stylesheet" href="/static/absente.css">'))


@pytest.mark.parametrize(
    "nom", ["</style><script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><a href="/x']
)
def test_a_hostile_text_that_the_page_escaped_stays_escaped(nom: str) -> None:

    seule = fichier_seul(sheet(f'<p title="{escape(nom)}">{escape(nom)}</p>'))
    lu = BeautifulSoup(seule, "html.parser").p
    assert lu is not None
    assert lu.get_text() == lu.attrs["title"] == nom
