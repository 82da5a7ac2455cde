"""Editions: built whole or not at all, switched at once, pruned with care."""

import fcntl
import json
import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from rdflib.namespace import PROV, RDF, SKOS

from graph.catalogue.dessins import NOM, read_dessins
from graph.edition import construction
from graph.edition.composition import Options
from graph.edition.construction import build
from graph.edition.dossier import CONSTRUCTION, STORE, Dossier, reading
from graph.edition.manifeste import FORMAT, Manifeste, read_manifeste
from graph.errors import EditionError
from graph.sources.modele import EntreeSource
from graph.store import Store
from ontology.namespaces import MAI

JOUR = Options(jour=date(2026, 11, 20))


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    return Dossier(tmp_path / "var")


@pytest.fixture
def une_source(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Build from one tiny source whose lines the test can change."""
    lines = ["<http://s> <http://p> <http://o> .\n"]

    def sources(dossier: Dossier, options: Options) -> list[EntreeSource]:
        texte = "".join(lines)
        return [EntreeSource("http://x/essai", "Essai", str(hash(texte)).zfill(20), lambda: list(lines))]

    monkeypatch.setattr(construction, "find_sources", sources)
    return lines


def test_the_shipped_sources_make_a_sound_edition(dossier: Dossier) -> None:
    manifeste, built = build(dossier, JOUR)
    assert built
    folder = dossier.folder(manifeste.id)
    assert read_manifeste(folder) == manifeste
    assert dossier.current_id() == manifeste.id
    assert manifeste.partielle, "without the npm package, and it says so"
    assert manifeste.anomalies == {}, (folder / "rapport.md").read_text(encoding="utf-8")
    assert manifeste.comptes["énoncés"] > 1000
    assert "Édition partielle" in (folder / "rapport.md").read_text(encoding="utf-8")


def test_nothing_changed_nothing_built(dossier: Dossier, une_source: list[str]) -> None:
    first, _ = build(dossier, JOUR)
    again, built = build(dossier, JOUR)
    assert (again.id, built) == (first.id, False)
    forced, built = build(dossier, Options(jour=JOUR.jour, force=True))
    assert built
    assert forced.id != first.id
    assert forced.empreinte == first.empreinte


def test_a_changed_line_or_another_day_makes_another_edition(dossier: Dossier, une_source: list[str]) -> None:
    first, _ = build(dossier, JOUR)
    une_source.append("<http://s> <http://p> <http://o2> .\n")
    second, built = build(dossier, JOUR)
    assert built
    assert second.id != first.id
    later, _ = build(dossier, Options(jour=date(2026, 11, 21)))
    assert later.id not in {first.id, second.id}
    assert [m.id for m in dossier.manifests()] == [first.id, second.id, later.id]
    store = Store.open(dossier.folder(first.id) / STORE)
    rows = list(store.select("SELECT ?o { <http://s> <http://p> ?o }"))
    assert rows == [{"o": "http://o"}], "an old edition does not move"


def test_networks_are_drawn_where_the_edition_before_had_them(
    dossier: Dossier, une_source: list[str]
) -> None:
    def name(slug: str) -> list[str]:
        acteur = f"<https://w3id.org/maillage/id/acteur/{slug}>"
        return [
            f"{acteur} {RDF.type.n3()} <{MAI.Acteur}> .\n",
            f'{acteur} {SKOS.prefLabel.n3()} "Acteur {slug}"@fr .\n',
        ]

    une_source.append(f"<http://x/essai> {RDF.type.n3()} {PROV.Entity.n3()} .\n")
    for slug in "bcdefghij":
        une_source.extend(name(slug))
    premiers = read_dessins(_build_folder(dossier) / NOM)
    une_source.extend(name("a"))
    derniers = read_dessins(_build_folder(dossier) / NOM)
    assert len(premiers[""].places) == 9
    assert len(derniers[""].places) == 10
    avant = {iri: place[:2] for iri, place in premiers[""].places.items()}
    assert {iri: place[:2] for iri, place in derniers[""].places.items() if iri in avant} == avant


def _build_folder(dossier: Dossier) -> Path:
    return dossier.folder(build(dossier, JOUR)[0].id)


def test_a_statement_of_two_sources_counts_once(dossier: Dossier) -> None:
    manifeste, _ = build(dossier, JOUR)
    store = Store.open(dossier.folder(manifeste.id) / STORE)
    s3a = "<https://w3id.org/maillage/id/acteur/s3a> skos:prefLabel ?nom"
    assert [row["nom"] for row in store.select(f"SELECT ?nom {{ {s3a} }}")] == ["S3A"]
    graphs = {row["g"] for row in store.select(f"SELECT ?g {{ GRAPH ?g {{ {s3a} }} }}")}
    assert len(graphs) > 1, "and each source still says it in its own graph"


def test_personal_data_never_goes_live(dossier: Dossier, une_source: list[str]) -> None:
    first, _ = build(dossier, JOUR)
    une_source.append(
        '<http://s> <http://www.w3.org/2004/02/skos/core#note> "appeler le 06 12 34 56 78"@fr .\n'
    )
    with pytest.raises(EditionError, match="données personnelles"):
        build(dossier, JOUR)
    assert dossier.current_id() == first.id


def test_a_mistyped_term_is_an_anomaly(dossier: Dossier, une_source: list[str]) -> None:
    une_source.append("<http://s> <https://w3id.org/maillage/def#besoinn> <http://o> .\n")
    manifeste, _ = build(dossier, JOUR)
    assert manifeste.anomalies["terme-inconnu"] == 1
    rapport = (dossier.folder(manifeste.id) / "rapport.md").read_text(encoding="utf-8")
    assert "besoinn" in rapport


def test_a_build_that_fails_publishes_nothing(
    dossier: Dossier, une_source: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = build(dossier, JOUR)

    def broken(dossier: Dossier, options: Options) -> list[EntreeSource]:
        def lire() -> Iterable[str]:
            yield "<http://s> <http://p> <http://o> .\n"
            raise EditionError("le fichier est cassé")

        return [EntreeSource("http://x/casse", "Cassé", "0" * 20, lire)]

    monkeypatch.setattr(construction, "find_sources", broken)
    with pytest.raises(EditionError, match="cassé"):
        build(dossier, JOUR)
    assert dossier.current_id() == first.id
    assert [p.name for p in dossier.editions.iterdir()] == [first.id], "no half-built folder is left"


def test_one_build_at_a_time_and_the_dead_are_cleaned(dossier: Dossier, une_source: list[str]) -> None:
    dossier.prepare()
    dead = dossier.editions / f"{CONSTRUCTION}1234"
    dead.mkdir()
    with dossier.building(), pytest.raises(EditionError, match="déjà en cours"):
        build(dossier, JOUR)
    assert not dead.exists()
    assert build(dossier, JOUR)[1], "the lock is given back"


def test_use_goes_back_and_prune_spares_the_current_and_the_open(
    dossier: Dossier, une_source: list[str]
) -> None:
    made: list[Manifeste] = []
    for jour in range(1, 6):
        made.append(build(dossier, Options(jour=date(2026, 11, jour)))[0])
    ids = [manifeste.id for manifeste in made]
    dossier.use(ids[0])
    assert dossier.current_id() == ids[0]
    with reading(dossier.folder(ids[1])):
        assert dossier.prune(2) == [ids[2]]
    assert [m.id for m in dossier.manifests()] == [ids[0], ids[1], ids[3], ids[4]]
    assert dossier.prune(1) == [ids[1], ids[3]]


@pytest.mark.parametrize("identifiant", ["", "absente", "../../etc", ".construction-1", "a/b"])
def test_an_unknown_edition_is_refused(dossier: Dossier, identifiant: str) -> None:
    dossier.prepare()
    with pytest.raises(EditionError, match="n’existe pas"):
        dossier.use(identifiant)


@pytest.mark.parametrize("contenu", ["", "{}", "[]", '{"format": 0, "id": "x"}', "\x00"])
def test_a_manifest_of_another_time_asks_to_rebuild(
    dossier: Dossier, une_source: list[str], contenu: str
) -> None:
    manifeste, _ = build(dossier, JOUR)
    (dossier.folder(manifeste.id) / "manifest.json").write_text(contenu, encoding="utf-8")
    with pytest.raises(EditionError, match="maillage build"):
        read_manifeste(dossier.folder(manifeste.id))
    assert dossier.manifests() == []


def test_the_manifest_is_plain_json_with_its_format(dossier: Dossier, une_source: list[str]) -> None:
    manifeste, _ = build(dossier, JOUR)
    contenu = json.loads((dossier.folder(manifeste.id) / "manifest.json").read_text(encoding="utf-8"))
    assert contenu["format"] == FORMAT
    assert contenu["sources"][0]["quads"] == 1


def test_an_unwritable_place_is_said(tmp_path: Path) -> None:
    fichier = tmp_path / "fichier"
    fichier.write_text("", encoding="utf-8")
    with pytest.raises(EditionError, match="MAILLAGE_DATA"):
        build(Dossier(fichier / "var"), JOUR)


def test_a_pruned_folder_is_gone_whole(dossier: Dossier, une_source: list[str]) -> None:
    old, _ = build(dossier, Options(jour=date(2026, 11, 1)))
    build(dossier, Options(jour=date(2026, 11, 2)))
    folder = dossier.folder(old.id)
    with (folder / "lecture.verrou").open("a") as flux:
        fcntl.flock(flux, fcntl.LOCK_SH)
        assert dossier.prune(1) == []
    assert dossier.prune(1) == [old.id]
    assert not folder.exists()
    shutil.rmtree(dossier.racine)
