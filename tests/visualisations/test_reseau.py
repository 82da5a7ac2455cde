"""The network page as HTML and JSON: sentences, legend, chooser, filters, one set for all."""

import json
import re
from dataclasses import replace
from itertools import islice
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from graph.cartography import AUCUN, TYPES_RELATION, CriteresReseau, open_cartographe
from graph.catalogue import Catalogue
from graph.catalogue.modele import Lien
from tests.graph.exemple_cartography import (
    ACTEURS,
    CALVADOS,
    COLLECTIF,
    LIENS,
    acteur,
    acteur_iri,
    catalogue,
    terr,
)
from visualisations.rendu import messages, static_path
from visualisations.reseau.modele import FORMES, TRAITS
from visualisations.reseau.page import donnees_reseau, page_cartographie

EXPERIENCE = replace(
    COLLECTIF,
    iri=COLLECTIF.iri + "-pmae",
    slug="pmae",
    titre="Expérimentation PMAE : une culture commune",
    beneficiaires=(),
    pilotes=(acteur_iri("cres"), acteur_iri("s3a")),
    intervenants=(),
    sollicites=(acteur_iri("acepp-bn"),),
)


def with_action() -> Catalogue:
    return catalogue(accompagnements={COLLECTIF.iri: COLLECTIF, EXPERIENCE.iri: EXPERIENCE})


def soup(criteres: CriteresReseau, source: Catalogue | None = None) -> BeautifulSoup:
    return BeautifulSoup(page_cartographie(source or catalogue(), criteres), "html.parser")


def rows(page: BeautifulSoup, table: str) -> list[list[str]]:
    """Cells of the rows that are not hidden."""
    corps = page.select_one(f"#{table} tbody")
    assert corps is not None
    lignes = [ligne for ligne in corps.find_all("tr") if "hidden" not in ligne.attrs]
    return [
        [" ".join(cellule.get_text().split()) for cellule in ligne.find_all(["th", "td"])] for ligne in lignes
    ]


BREFS = {"faits", "x", "y", "rayons", "etiquette", "sources"}
"""Fields that the page says shorter than the API."""
TUS = {"faits", "etiquette", "rayon", "passages", "liens", "adresse", "mention"}
"""Fields that the script finds in the tables, or works out."""


def cut(noeud: dict[str, Any]) -> list[str]:
    """The lines of a label, as ``reseau-donnees.js`` reads them."""
    mots = iter(noeud["court"].split(" "))
    lignes = noeud.get("etiquette", [100])
    return [ligne if isinstance(ligne, str) else " ".join(islice(mots, ligne)) for ligne in lignes]


def data(page: BeautifulSoup) -> dict[str, list[dict[str, Any]]]:
    """What the page's script reads, spread out again as ``reseau-donnees.js`` does."""
    script = page.select_one("script#donnees")
    assert isinstance(script, Tag)
    lu = json.loads(script.string or "")
    for cle in ("acteurs", "actions", "liens"):
        lu[cle] = [
            {champ: valeur for champ, valeur in zip(lu[cle], ligne, strict=True) if valeur is not None}
            for ligne in zip(*lu[cle].values(), strict=True)
        ]
    noeuds = [*lu["acteurs"], *lu["actions"]]
    lignes = page.select("#table-acteurs tbody tr, #table-actions tbody tr")
    for noeud, ligne in zip(noeuds, lignes, strict=True):
        nom = ligne.a.get_text() if ligne.a else ""
        noeud |= {"visible": True, "porte": [], "id": ligne["data-noeud"], "nom": nom, "court": nom} | noeud
    for lien in lu["liens"]:
        lien["de"], lien["vers"] = (noeuds[lien[bout]]["id"] for bout in ("de", "vers"))
        lien["id"] = f"{lien['de']}.{lien['type']}.{lien['vers']}"
        lien |= {"visible": True} | lien
    return dict(lu)


def test_links_read_as_sentences_with_their_role_date_and_source() -> None:
    lignes = {
        (de, vers, verbe): reste
        for de, verbe, vers, *reste in rows(soup(CriteresReseau(CALVADOS)), "table-liens")
    }
    dla, caf = "DLA du Calvados", "Caisse d’allocations familiales du Calvados"
    assert lignes[dla, "Espace Bambins", "accompagne"][1] == "depuis janvier 2008"
    assert (caf, dla, "est partenaire de") in lignes
    assert lignes[caf, dla, "est partenaire de"][0] == "prescripteur, technique"
    assert ("S3A", dla, "est partenaire technique de") in lignes
    assert ("Conseil général du Calvados", dla, "oriente des associations vers") in lignes
    assert (caf, dla, "finance une action de") in lignes
    assert (
        lignes["Commune d’Ouistreham", "Les P’tits Mousses", "finance"][0] == "mise à disposition de locaux"
    )
    assert ("Services PMI du Calvados", "Espace Bambins", "contrôle") in lignes
    assert (caf, "CRES de Basse-Normandie", "siège dans une instance animée par") in lignes
    assert lignes["S3A", "RNMA", "représente"][2] == "Monographie du Calvados, modalités"


def test_an_action_is_a_node_with_its_own_table_and_its_links_say_who_does_what() -> None:
    page = soup(CriteresReseau(CALVADOS), with_action())
    assert [ligne[0] for ligne in rows(page, "table-actions")] == [EXPERIENCE.titre]
    lignes = {
        (de, verbe) for de, verbe, vers, *_ in rows(page, "table-liens") if vers == "Expérimentation PMAE"
    }
    assert lignes == {
        ("CRES de Basse-Normandie", "pilote"),
        ("S3A", "pilote"),
        ("ACEPP Basse-Normandie", "participe à"),
    }
    etat = page.select_one("#etat")
    assert etat is not None
    assert etat.get_text() == "14 acteurs, 1 action et 26 liens affichés"


def test_every_kind_of_relation_has_its_words_its_stroke_and_its_style() -> None:
    style = static_path("reseau.css")
    assert style is not None
    clair = style.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")[0]
    for code in TYPES_RELATION:
        assert {f"reseau.relation.{code}.{mot}" for mot in ("nom", "aller", "retour")} <= messages.keys()
    for code, (couleur, tirets) in TRAITS.items():
        regle = re.search(rf"\.trait-{code} {{ color: var\((--[a-z-]+)\)", style.read_text(encoding="utf-8"))
        assert regle is not None, code
        assert f"{regle[1]}: {couleur};" in clair
        pointille = re.search(
            rf"\.trait-{code} \.trait {{[^}}]*stroke-dasharray: ([\d ]+)", style.read_text()
        )
        assert (pointille[1] if pointille else "") == " ".join(map(str, tirets)), code
    assert set(TRAITS) == set(TYPES_RELATION)
    assert len({(forme.couleur, forme.trace) for forme in FORMES}) == len(FORMES)


def test_the_legend_counts_what_the_network_holds_and_is_the_form_of_the_filters() -> None:
    page = soup(CriteresReseau(CALVADOS, types=("Reseau", "Financeur"), liens=("adhesion",)))
    lignes = {
        (case.attrs["name"], case.attrs["value"]): (
            case.find_parent("label").select_one(".compte").get_text(),  # type: ignore[union-attr]
            "checked" in case.attrs,
        )
        for case in page.select("fieldset input")
    }
    assert lignes["type", "Reseau"] == ("4", True)
    assert lignes["type", "Financeur"] == ("3", True)
    assert lignes["type", "Association"] == ("8", False)
    assert lignes["type", "Acteur"] == ("1", False)
    assert lignes["lien", "adhesion"] == ("3", True)
    assert lignes["lien", "accompagnement"] == ("2", False)
    formulaire = page.select_one("form#filtres")
    assert formulaire is not None
    assert (formulaire.attrs["method"], formulaire.attrs["action"]) == ("get", "/cartographie")


def test_filters_hide_rows_and_the_state_is_said_in_words() -> None:
    page = soup(CriteresReseau(CALVADOS, types=("Reseau",), liens=("adhesion",), isoles=False))
    assert {ligne[0] for ligne in rows(page, "table-acteurs")} == {"ACEPP", "ACEPP Basse-Normandie"}
    assert [ligne[:3] for ligne in rows(page, "table-liens")] == [
        ["ACEPP Basse-Normandie", "est membre de", "ACEPP"]
    ]
    etat = page.select_one("#etat[role=status]")
    assert etat is not None
    assert etat.get_text() == "2 acteurs et 1 lien affichés"
    assert rows(soup(CriteresReseau(CALVADOS, types=(AUCUN,))), "table-acteurs") == []


def test_the_figure_the_tables_and_the_api_tell_the_same_set() -> None:
    criteres = CriteresReseau(CALVADOS, types=("Association", "OperateurDLA", "Accompagnement"))
    source = with_action()
    page = soup(criteres, source)
    donnees = data(page)
    api = donnees_reseau(source, open_cartographe(source).cut(criteres))
    for cle, table in (("acteurs", "table-acteurs"), ("actions", "table-actions"), ("liens", "table-liens")):
        visibles = [chose for chose in donnees[cle] if chose["visible"]]
        assert visibles
        entiers = json.loads(json.dumps(api[cle]))
        assert [un["id"] for un in visibles] == [un["id"] for un in entiers]
        for lu, entier in zip(visibles, entiers, strict=True):
            assert {champ for champ, valeur in lu.items() if entier[champ] != valeur} <= BREFS
            assert not any(entier[champ] for champ in entier.keys() - lu.keys() - TUS), "only the empty"
            if cle != "liens":
                assert cut(lu) == entier["etiquette"]
                assert all(abs(lu.get(axe, 0) - entier[axe]) <= 0.5 for axe in ("x", "y"))
                assert lu.get("sources", []) == entier["sources"][:3]
        assert len(visibles) == len(rows(page, table))
    slugs = {ligne.attrs["data-noeud"] for ligne in page.select("#tableaux tr[data-noeud]:not([hidden])")}
    assert slugs == {
        noeud["id"] for cle in ("acteurs", "actions") for noeud in donnees[cle] if noeud["visible"]
    }


def test_links_between_the_same_two_actors_bend_apart() -> None:
    courbures = [
        lien["courbure"]
        for lien in data(soup(CriteresReseau(CALVADOS)))["liens"]
        if {lien["de"], lien["vers"]} == {"caf-calvados", "dla-calvados"}
    ]
    assert len(courbures) == len(set(courbures)) == 2
    assert 0 not in courbures


def test_the_chooser_offers_territories_that_have_a_network_under_their_kind() -> None:
    page = soup(CriteresReseau(CALVADOS))
    groupes = {
        groupe.attrs["label"]: [(o.attrs["value"], o.get_text()) for o in groupe.find_all("option")]
        for groupe in page.select("#territoire optgroup")
    }
    assert groupes["Départements"] == [
        ("departement:14", "Calvados (14 acteurs)"),
        ("departement:29", "Finistère (2 acteurs)"),
    ]
    choisi = page.select_one("#territoire option[selected]")
    assert choisi is not None
    assert choisi.attrs["value"] == "departement:14"
    tous = soup(CriteresReseau()).select_one("#territoire option[selected]")
    assert tous is not None
    assert tous.get_text() == f"Tous les territoires ({len(ACTEURS)} acteurs)"


def test_an_open_territory_that_is_not_offered_is_still_the_one_selected() -> None:
    page = soup(CriteresReseau(terr("commune-14488")))
    choisi = page.select_one("#territoire optgroup[label='Autre territoire'] option[selected]")
    assert choisi is not None
    assert choisi.attrs["value"] == "commune:14488"


def test_an_empty_network_says_so_and_gives_a_next_step() -> None:
    page = soup(CriteresReseau(CALVADOS), catalogue(acteurs={}, liens=(), accompagnements={}, instances={}))
    vide = page.select_one(".reseau-vide")
    assert vide is not None
    assert vide.select_one("a[href='/acteurs']") is not None


def test_two_actors_of_one_name_are_told_apart_in_the_search_box() -> None:
    un = acteur("ludo-1", "Ludothèque", "Association", siege=terr("commune-14027"))
    autre = acteur("ludo-2", "Ludothèque", "Association", siege=terr("commune-14488"))
    page = soup(CriteresReseau(), catalogue(acteurs={un.iri: un, autre.iri: autre}))
    assert {noeud["mention"] for noeud in data(page)["acteurs"] if "mention" in noeud} == {
        "Ludothèque (Les Monts d’Aunay (Calvados))",
        "Ludothèque (Ouistreham (Calvados))",
    }


def test_a_mandate_is_said_on_the_card_of_the_actor_that_carries_it() -> None:
    porte = {noeud["id"]: noeud["porte"] for noeud in data(soup(CriteresReseau(CALVADOS)))["acteurs"]}
    assert porte["dla-calvados"] == ["Dispositif local d’accompagnement"]


def test_an_amount_and_a_territory_are_part_of_the_fact() -> None:
    don = Lien(
        LIENS[0].iri + "-don", "Financement", acteur_iri("caf-calvados"), acteur_iri("s3a"),
        montant="3600.00", territoires=(CALVADOS,), titre="Aide au projet",
    )  # fmt: skip
    liens = data(soup(CriteresReseau(CALVADOS), catalogue(liens=(*LIENS, don))))["liens"]
    faits = next(lien["faits"] for lien in liens if (lien["de"], lien["vers"]) == ("caf-calvados", "s3a"))
    assert faits == [{"texte": "Aide au projet (3\u202f600 €, Calvados)"}]


def test_the_page_has_no_inline_script_or_style_and_names_no_other_host() -> None:
    page = soup(CriteresReseau(CALVADOS), with_action())
    assert [s for s in page.find_all("script") if "src" not in s.attrs] == [page.select_one("#donnees")]
    assert page.select("style, [style], [onclick], [onload], [onchange]") == []
    assert all(lu.attrs["src"].startswith("/static/") for lu in page.select("script[src]"))
    assert page.select("script[src^='/static/vis-network.min.js']")


@pytest.mark.parametrize(
    "nom", ["</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a&b\"'`"]
)
def test_a_hostile_name_stays_a_name_everywhere(nom: str) -> None:
    mechant = acteur("mechant", nom, "Association", siege=terr("commune-14027"), description=nom)
    page = soup(CriteresReseau(), catalogue(acteurs={mechant.iri: mechant}))
    assert rows(page, "table-acteurs")[0][0] == nom
    assert data(page)["acteurs"][0]["nom"] == nom
    assert page.select("img:not(.reseau-image)") == []
    assert len(page.find_all("script")) == len(soup(CriteresReseau()).find_all("script"))


def test_what_is_too_much_to_draw_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.cartography.cartographe.LIMITE", 5)
    texte = soup(CriteresReseau(CALVADOS)).get_text()
    assert "9 acteurs moins reliés ne sont pas dessinés." in texte


def test_no_message_of_the_page_is_left_unused() -> None:
    dossier = static_path("reseau.js")
    assert dossier is not None
    racine = dossier.parent.parent
    motifs = ("reseau/*.py", "export_pyvis.py", "templates/pages/*reseau*.html", "static/reseau*.js")
    texte = "".join(f.read_text(encoding="utf-8") for motif in motifs for f in sorted(racine.glob(motif)))
    composees = ("relation.", "partenaire.", "groupes.", "col_", "voisinage_")
    inutiles = [
        cle
        for cle in sorted(messages.keys())
        if cle.startswith("reseau.")
        and not cle.removeprefix("reseau.").startswith(composees)
        and not cle.endswith(("_un", "_autres"))
        and not re.search(rf"""["'.]{re.escape(cle.removeprefix("reseau.js."))}\b""", texte)
    ]
    assert inutiles == []
