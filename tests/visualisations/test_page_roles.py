"""The page of a system of actors: one model for the diagram, the table and the files."""

import csv
import io
from dataclasses import replace
from datetime import date
from xml.etree.ElementTree import fromstring

import pytest
from bs4 import BeautifulSoup, Tag

from graph.catalogue import Catalogue
from graph.dates import DatePartielle
from graph.errors import DemandeInvalideError, IntrouvableError
from tests.graph.exemple_cartography import (
    CALVADOS,
    COLLECTIF,
    COMITE,
    PASSAGE,
    acteur,
    acteur_iri,
    catalogue,
)
from visualisations.pages.roles import csv_roles, donnees_roles, page_roles, read_sujet, svg_roles
from visualisations.roles.mesures import DESSOUS

JOUR = date(2026, 1, 1)
SVG = "{http://www.w3.org/2000/svg}"


def read(source: Catalogue, sujet: object = COLLECTIF) -> BeautifulSoup:
    return BeautifulSoup(page_roles(source, sujet, JOUR), "html.parser")  # type: ignore[arg-type]


def drawn(page: BeautifulSoup) -> str:
    """The words of the diagram, a line a space."""
    schema = page.select_one("svg.roles-schema")
    assert schema is not None
    return schema.get_text(" ")


def rows(page: BeautifulSoup, titre: str) -> dict[str, str]:
    """Actors of one kind of role in the table, with all that is told of them."""
    tete = page.find("th", string=titre)
    assert isinstance(tete, Tag) and tete.parent is not None
    lignes = tete.parent.find_next_siblings("tr")
    return {
        nom.get_text(): " ".join(ligne.get_text(" ").split())
        for ligne in lignes
        if (nom := ligne.select_one("th a"))
    }


def test_the_table_says_who_what_and_the_sentence_that_proves_it() -> None:
    finance = rows(read(catalogue()), "Qui finance\N{NARROW NO-BREAK SPACE}?")
    assert set(finance) == {
        "Caisse d’allocations familiales du Calvados",
        "Commune d’Ouistreham",
        "Conseil général du Calvados",
    }
    commune = finance["Commune d’Ouistreham"]
    assert "finance Les P’tits Mousses (mise à disposition de locaux)" in commune
    assert "depuis 1993" in commune
    assert PASSAGE.citation is not None and PASSAGE.citation in commune
    assert "Monographie du Calvados" in commune


def test_the_diagram_and_the_table_name_the_same_actors_in_the_same_roles() -> None:
    page = read(catalogue())
    boites = [lien.get_text() for lien in page.select("svg.roles-schema a title")]
    lignes = page.select('.roles-tableau th[scope="row"]')
    assert len(boites) == len(lignes) == 14, "who pays the action and one it joins is in both groups"
    assert {boite.split("\N{NO-BREAK SPACE}: ")[0] for boite in boites} == {
        ligne.a.get_text() for ligne in lignes if ligne.a
    }


def test_an_actor_of_several_roles_has_one_number_everywhere() -> None:
    page = read(catalogue())
    for ligne in page.select('.roles-tableau th[scope="row"]'):
        nom, numero = ligne.select_one("a"), ligne.select_one(".roles-numero")
        assert nom is not None
        if nom.get_text() == "Caisse d’allocations familiales du Calvados":
            assert numero is not None and numero.get_text(strip=True).endswith("1")
            assert "aussi" in ligne.get_text()
        if nom.get_text() == "Services PMI du Calvados":
            assert numero is None
    chiffres = [t.get_text() for t in page.select("svg.roles-schema .r-chiffre")]
    assert chiffres.count("1") == 5, "three roles, one of them twice, and the list under the diagram"


def test_what_no_document_says_is_said() -> None:
    page = read(catalogue(instances={}))
    encart = page.find("h3", string="Ce qu’aucun document ne dit")
    assert encart is not None and encart.parent is not None
    assert [li.get_text() for li in encart.parent.select("li")] == [
        "qui siège dans une instance",
        "qui d’autre est associé",
    ]
    assert "Aucun document ne dit" in drawn(page)


def test_a_committee_without_members_says_so() -> None:
    vide = replace(COMITE, membres=(), animateurs=(), de=COLLECTIF.iri)
    page = read(catalogue(instances={vide.iri: vide}))
    assert any("Membres non renseignés" in tete.get_text() for tete in page.select(".roles-comite"))
    assert "Membres non renseignés" in drawn(page)


def test_planned_and_ended_are_dashed_and_said_in_words() -> None:
    fini = replace(COLLECTIF, fin=DatePartielle.parse("2009"))
    page = read(catalogue(accompagnements={fini.iri: fini}), fini)
    assert "terminé" in rows(page, "Qui pilote\N{NARROW NO-BREAK SPACE}?")["DLA du Calvados"]
    assert page.select("svg.roles-schema .r-fleche[stroke-dasharray='2 4']")
    prevu = replace(COLLECTIF, statut="https://w3id.org/maillage/voc/statut/prevu")
    page = read(catalogue(accompagnements={prevu.iri: prevu}), prevu)
    assert "prévu" in rows(page, "Qui pilote\N{NARROW NO-BREAK SPACE}?")["DLA du Calvados"]
    assert page.select("svg.roles-schema .r-fleche[stroke-dasharray='8 5']")
    assert not read(catalogue()).select("svg .r-fleche[stroke-dasharray]")


def test_the_file_stands_alone_and_the_same_system_gives_the_same_picture() -> None:
    source = catalogue()
    svg = svg_roles(source, COLLECTIF, JOUR)
    assert svg == svg_roles(catalogue(), COLLECTIF, JOUR)
    racine = fromstring(svg)
    assert racine.findtext(f"{SVG}title") == COLLECTIF.titre
    formes = [f for f in racine.iter() if f.tag in (f"{SVG}rect", f"{SVG}text", f"{SVG}circle")]
    assert all(forme.get("fill") for forme in formes), "no style sheet follows the file"
    assert source.edition in svg


def test_texts_stay_in_their_boxes_and_boxes_do_not_overlap() -> None:
    racine = fromstring(svg_roles(catalogue(), COLLECTIF, JOUR))
    boites = [
        tuple(float(str(rect.get(nom))) for nom in ("x", "y", "width", "height"))
        for rect in racine.iter(f"{SVG}rect")
        if "r-puce" in str(rect.get("class")) and rect.get("stroke-dasharray") is None
    ]
    assert len(boites) == 14
    for rang, (x, y, w, h) in enumerate(boites):
        for x2, y2, w2, h2 in boites[rang + 1 :]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y


def test_a_crowd_is_drawn_in_part_and_told_whole() -> None:
    foule = [acteur(f"invite-{n}", f"Invité {n:03}", perimetres=(CALVADOS,)) for n in range(DESSOUS + 12)]
    action = replace(COLLECTIF, sollicites=tuple(a.iri for a in foule))
    source = catalogue(accompagnements={action.iri: action})
    source = replace(source, acteurs={**source.acteurs, **{a.iri: a for a in foule}})
    page = read(source, action)
    assert "et 12 autres, dans le tableau" in drawn(page)
    assert len(rows(page, "Qui est associé\N{NARROW NO-BREAK SPACE}?")) == DESSOUS + 12


def test_the_spreadsheet_has_a_line_a_statement_and_no_formula() -> None:
    source = catalogue()
    formule = replace(source.acteurs[acteur_iri("s3a")], nom="=HYPERLINK(1)")
    source = replace(source, acteurs={**source.acteurs, formule.iri: formule})
    lignes = list(csv.reader(io.StringIO(csv_roles(source, COLLECTIF, JOUR).lstrip("\ufeff")), delimiter=";"))
    assert lignes[0][:3] == ["Rôle", "Acteur", "Ce qu’il fait"]
    assert {len(ligne) for ligne in lignes[1:] if ligne[0] != "Ce qu’aucun document ne dit"} == {10}
    assert "'=HYPERLINK(1)" in {ligne[1] for ligne in lignes}
    donnees = donnees_roles(source, COLLECTIF, JOUR)
    voies = donnees["voies"]
    assert isinstance(voies, tuple)
    faits = sum(len(t["faits"]) for v in voies for g in v["groupes"] for t in g["tenants"])
    assert faits == len([ligne for ligne in lignes[1:] if len(ligne) == 10])


def test_the_subject_is_what_is_asked_and_never_two() -> None:
    source = catalogue()
    assert read_sujet(source, "departement:14", "") == source.territoires[CALVADOS]
    assert read_sujet(source, "", " collectif ") == COLLECTIF
    assert read_sujet(source, "", "") == COLLECTIF, "the action that says most"
    with pytest.raises(DemandeInvalideError, match="pas les deux"):
        read_sujet(source, "departement:14", "collectif")
    with pytest.raises(IntrouvableError):
        read_sujet(source, "departement:99", "")
    with pytest.raises(IntrouvableError):
        read_sujet(source, "", "nulle")


def test_a_place_of_which_nothing_is_known_says_so() -> None:
    source = catalogue()
    page = read(source, source.territoires[f"{CALVADOS[:-2]}29"])
    assert page.select_one("svg.roles-schema") is None
    assert "Aucun rôle n’est connu ici." in page.get_text()


def test_hostile_names_stay_text_in_the_page_and_in_the_file() -> None:
    mechant = "</script><img src=x onerror=alert(1)>\"'\x00\u202e&amp;"
    source = catalogue()
    s3a = replace(source.acteurs[acteur_iri("s3a")], nom=mechant)
    action = replace(COLLECTIF, titre=mechant)
    source = replace(source, acteurs={**source.acteurs, s3a.iri: s3a}, accompagnements={action.iri: action})
    page = read(source, action)
    assert page.find("img") is None
    assert "<img src=x onerror=alert(1)>" in page.select_one("h1").get_text()  # type: ignore[union-attr]
    racine = fromstring(svg_roles(source, action, JOUR))
    assert "<img src=x onerror=alert(1)>" in str(racine.findtext(f"{SVG}title"))


def test_two_actions_of_one_short_name_are_told_apart_in_the_menu() -> None:
    deux = replace(
        COLLECTIF,
        iri=f"{COLLECTIF.iri}-2",
        slug="deux",
        titre="Espace Bambins : suite",
        debut=DatePartielle.parse("2010"),
    )
    un = replace(COLLECTIF, titre="Espace Bambins : début")
    page = read(catalogue(accompagnements={un.iri: un, deux.iri: deux}), un)
    dits = [option.get_text() for option in page.select("#accompagnement option")][1:]
    assert [dit.partition(" (")[0] for dit in dits] == [
        "Espace Bambins : début, Calvados, 2008",
        "Espace Bambins : suite, Calvados, 2010",
    ]


def test_each_part_of_the_page_is_one_jump_away() -> None:
    page = read(catalogue())
    sauts = [lien["href"].removeprefix("#") for lien in page.select(".roles-aller a")]  # type: ignore[union-attr]
    assert {"le-schema", "role-financement"} < set(sauts)
    assert len(page.select(".roles-voie")) == sum(saut.startswith("role-") for saut in sauts)
    assert all(page.find(id=saut) for saut in sauts)


def test_who_pays_those_an_action_joins_is_not_said_to_pay_the_action() -> None:
    liens = tuple(lien for lien in catalogue().liens if lien.vers != COLLECTIF.iri)
    sujet = replace(COLLECTIF, financeurs=())
    seuls = catalogue(liens=liens, accompagnements={sujet.iri: sujet})
    paye = catalogue(accompagnements={COLLECTIF.iri: COLLECTIF})
    assert "L’action\N{NO-BREAK SPACE}: non renseigné" in drawn(read(seuls, sujet))
    assert "qui paie cette action" in read(seuls, sujet).get_text()
    assert "non renseigné. Ceux" not in drawn(read(paye)) and "qui paie" not in read(paye).get_text()
    assert "Ceux qu’elle réunit" in drawn(read(paye)), "her own payer is told apart"

    sans_argent = tuple(lien for lien in liens if lien.type != "Financement")
    muets = catalogue(liens=sans_argent, accompagnements={sujet.iri: sujet})
    assert arrows(seuls, sujet) == arrows(muets, sujet), "none leads from them to the action"
    assert arrows(paye, COLLECTIF) == arrows(muets, sujet) + 1, "the one of its own payer"


def arrows(source: Catalogue, sujet: object) -> int:
    """How many arrows the diagram has."""
    schema = read(source, sujet).select_one("svg.roles-schema")
    assert schema is not None
    return len(schema.select("path.r-pointe"))


def test_a_printed_cartography_says_its_day_its_edition_and_its_documents() -> None:
    pied = read(catalogue()).select_one("main .pied-imprime.imprime")
    assert pied is not None
    texte = " ".join(pied.get_text().split())
    assert "édition exemple" in texte and "Monographie du Calvados, 2009" in texte
    assert str(date.today().year) in texte
