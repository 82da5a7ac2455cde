"""The network as files, compared with the model it comes from."""

import csv
import io
import json
from dataclasses import replace

import networkx as nx
import pytest

from graph.cartography import CriteresReseau, filter_reseau, open_cartographe
from graph.catalogue import Catalogue
from graph.catalogue.modele import Position
from graph.dates import DatePartielle
from graph.errors import DemandeInvalideError, IntrouvableError
from tests.graph.exemple_cartography import ACTEURS, ANCIENNE, acteur, catalogue, terr
from visualisations.exports import VUES, export
from visualisations.exports.modele import MEDIAS, guess_format
from visualisations.exports.reseau import cut_reseau
from visualisations.tableau import FORMULES

CALVADOS = {"territoire": ["departement:14"]}
FILTRES = {**CALVADOS, "lien": ["partenariat", "financement"], "isoles": ["0"]}


def write(format_: str, criteres: dict[str, list[str]], source: Catalogue | None = None) -> bytes:
    return export(VUES, source or catalogue(), "reseau", format_, criteres).contenu


def rows(contenu: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(contenu.decode("utf-8-sig"), newline=""), delimiter=";"))


def expected(criteres: dict[str, list[str]]) -> tuple[set[str], set[tuple[str, str, str]]]:
    """Nodes and links that the model shows: slugs, and (from, type, to)."""
    reseau = cut_reseau(catalogue(), criteres)
    montre = filter_reseau(reseau.graphe, reseau.criteres)
    slugs = {iri: donnees["chose"].slug for iri, donnees in montre.nodes(data=True)}
    return set(slugs.values()), {
        (slugs[de], genre, slugs[vers]) for de, vers, genre in montre.edges(keys=True)
    }


@pytest.mark.parametrize("criteres", [{}, CALVADOS, FILTRES], ids=["tout", "calvados", "filtres"])
def test_every_format_holds_what_the_model_shows(criteres: dict[str, list[str]]) -> None:
    noeuds, liens = expected(criteres)
    lus = {
        "gexf": nx.MultiDiGraph(nx.read_gexf(io.BytesIO(write("gexf", criteres)), version="1.3")),
        "graphml": nx.parse_graphml(write("graphml", criteres), force_multigraph=True),
        "json": nx.node_link_graph(json.loads(write("json", criteres)), edges="edges"),
    }
    for format_, graphe in lus.items():
        assert set(graphe) == noeuds, format_
        ids = {lien["id"] for *_, lien in graphe.edges(data=True)}
        assert ids == {f"{de}.{genre}.{vers}" for de, genre, vers in liens}, format_
    assert {f["id"] for f in json.loads(write("geojson", criteres))["features"]} == noeuds
    assert {ligne["Identifiant"] for ligne in rows(write("csv", criteres))} == noeuds
    table = rows(write("liens.csv", criteres))
    assert {(li["Identifiant de départ"], li["Identifiant d’arrivée"]) for li in table} == {
        (de, vers) for de, _, vers in liens
    }
    assert len(table) == len(liens)


def test_positions_and_colours_are_those_of_the_figure() -> None:
    places = cut_reseau(catalogue(), CALVADOS).places
    graphe = nx.read_gexf(io.BytesIO(write("gexf", CALVADOS)), version="1.3")
    for iri, place in places.items():
        viz = graphe.nodes[iri.rsplit("/", 1)[-1]]["viz"]
        assert (viz["position"]["x"], -viz["position"]["y"]) == pytest.approx((place.x, place.y))
        assert viz["size"] == pytest.approx(2 * place.etiquette.rayon)
    assert graphe.nodes["dla-calvados"]["viz"]["color"] == {"r": 0xB3, "g": 0x26, "b": 0x3A, "a": 1.0}


def test_attributes_are_flat_french_and_joinable_to_a_map() -> None:
    lieux = catalogue().territoires
    finie = {ANCIENNE: replace(lieux[ANCIENNE], fin=DatePartielle.parse("2016"))}
    source = catalogue(territoires={**lieux, **finie})
    noeuds = {n["id"]: n for n in json.loads(write("json", CALVADOS, source))["nodes"]}
    mousses = noeuds["les-ptits-mousses"]
    assert (mousses["commune"], mousses["departement"], mousses["region"]) == ("14488", "14", "28")
    assert mousses["role"] == "Association"
    assert noeuds["s3a"]["roles"] == "Point d’appui à la vie associative | Prestataire | Association"
    assert "commune" not in noeuds["rnma"]
    liens = {lien["id"]: lien for lien in json.loads(write("json", CALVADOS))["edges"]}
    finance = liens["caf-calvados.financement.les-ptits-mousses"]
    assert finance["phrase"] == "Caisse d’allocations familiales du Calvados finance Les P’tits Mousses"
    assert all(isinstance(valeur, str | int | float) for lien in liens.values() for valeur in lien.values())


def test_geojson_places_whom_it_can_and_says_whom_it_cannot() -> None:
    situe = replace(ACTEURS[4], position=Position(latitude=49.0, longitude=-0.6))
    source = catalogue(acteurs={a.iri: a for a in (situe, *(a for a in ACTEURS if a.slug != situe.slug))})
    lu = json.loads(write("geojson", CALVADOS, source))
    places = {f["id"]: f["geometry"]["coordinates"] for f in lu["features"] if f["geometry"]}
    assert places == {situe.slug: [-0.6, 49.0]}
    sans = len(lu["features"]) - 1
    assert lu["sans_position"] == sans > 0
    assert lu["note"].startswith(f"{sans} acteurs sur {sans + 1} n’ont pas de position connue")


def test_cells_that_would_run_are_text_and_columns_hold() -> None:
    noms = [f'{debut}HYPERLINK(1;2)"é' for debut in FORMULES]
    mechants = [
        acteur(f"m{n}", nom, "Association", siege=terr("commune-14027")) for n, nom in enumerate(noms)
    ]
    source = catalogue(acteurs={a.iri: a for a in mechants}, liens=(), accompagnements={}, instances={})
    table = rows(write("csv", {}, source))
    assert {ligne["Nom"] for ligne in table} == {f"'{nom}" for nom in noms}
    assert all(None not in ligne for ligne in table)


def test_file_names_are_plain_whatever_was_asked() -> None:
    assert export(VUES, catalogue(), "reseau", "gexf", CALVADOS).nom == "maillage-reseau-departement-14.gexf"
    assert export(VUES, catalogue(), "reseau", "liens.csv", {}).nom == "maillage-reseau.liens.csv"
    assert all(format_ in MEDIAS for vue in VUES.values() for format_ in vue.formats)


def test_a_format_is_read_off_the_longest_suffix() -> None:
    reseau = VUES["reseau"]
    assert guess_format(reseau, "a.b.csv") == "csv"
    assert guess_format(reseau, "Réseau.LIENS.CSV") == "liens.csv"
    with pytest.raises(DemandeInvalideError):
        guess_format(reseau, "csv")


@pytest.mark.parametrize(
    ("vue", "format_", "criteres", "erreur"),
    [
        ("licorne", "html", {}, DemandeInvalideError),
        ("reseau", "xls", {}, DemandeInvalideError),
        ("reseau", "csv", {"couleur": ["bleu"]}, DemandeInvalideError),
        ("reseau", "csv", {"type": ["Licorne"]}, DemandeInvalideError),
        ("reseau", "csv", {"territoire": ["departement:999"]}, IntrouvableError),
    ],
)
def test_what_is_not_known_is_refused(
    vue: str, format_: str, criteres: dict[str, list[str]], erreur: type[Exception]
) -> None:
    with pytest.raises(erreur):
        export(VUES, catalogue(), vue, format_, criteres)


@pytest.mark.parametrize("par", ["departement", "reseau"])
def test_a_gathered_network_is_exported_gathered(par: str) -> None:
    criteres = {"par": [par]}
    agregat = open_cartographe(catalogue()).gather(CriteresReseau(par=par))  # type: ignore[arg-type]
    lu = nx.MultiDiGraph(nx.read_gexf(io.BytesIO(write("gexf", criteres)), version="1.3"))
    assert (len(lu), lu.number_of_edges()) == (len(agregat.groupes), len(agregat.faisceaux))
    assert sum(n["acteurs"] for _, n in lu.nodes(data=True)) == sum(g.acteurs for g in agregat.groupes)
    assert sum(lien["weight"] for *_, lien in lu.edges(data=True)) == sum(f.nombre for f in agregat.faisceaux)
    groupes = rows(write("csv", criteres))
    assert [int(ligne["Acteurs"]) for ligne in groupes] == [g.acteurs for g in agregat.groupes]
    faisceaux = rows(write("liens.csv", criteres))
    assert [int(li["Dans ce sens"]) + int(li["Dans l’autre sens"]) for li in faisceaux] == [
        f.nombre for f in agregat.faisceaux
    ]
    page = write("html", criteres).decode()
    assert "<form" not in page and "table-groupes" in page
    points = json.loads(write("geojson", criteres))["features"]
    assert len(points) == len(ACTEURS), "a map places actors one by one"
