"""One actor for one organisation: by identifier, never by name, and two SIRET never become one."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.edition.composition import Options
from graph.edition.construction import build
from graph.edition.dossier import STORE, Dossier
from graph.edition.resolution import Fusions, find_fusions
from graph.store import Store
from ontology.namespaces import MAI
from tests.graph.lecteurs.publie_essai import importe
from tests.graph.lecteurs.test_rna import ASSO as RNA
from tests.graph.lecteurs.test_rna import fichier as rna_file
from tests.graph.lecteurs.test_sirene import ASSO as UNITE
from tests.graph.lecteurs.test_sirene import unites

BASE = "https://w3id.org/maillage/id/acteur/"
SIRET, AUTRE, W = "99900001100018", "99900001100026", "W142000001"


def acteur(slug: str, *, siret: str = "", rna: str = "", autre: str = "") -> str:
    lines = [f'<{BASE}{slug}> <{MAI}{p}> "{v}" .\n' for p, v in (("siret", siret), ("rna", rna)) if v]
    return "".join(lines) + (f"<{BASE}{slug}> <{MAI}succedeA> <{BASE}{autre}> .\n" if autre else "")


def resolve(dossier: Path, *sources: str) -> tuple[list[str], list[str], int]:
    """Return the merged slugs, the statements after, and the numbers left as they are."""
    paths = []
    for rang, texte in enumerate(sources):
        paths.append(dossier / f"{rang}.nt")
        paths[-1].write_text(texte, encoding="utf-8")
    fusions = find_fusions(paths)
    lines: list[str] = []
    for path in paths:
        with fusions.rewritten(path, dossier) as resolu:
            lines += resolu.read_text(encoding="utf-8").replace(BASE, "").splitlines()
    couples = [(old, fusions.canonical(old)) for old in fusions.fusionnes]
    merged = [" → ".join(terme.decode()[1:-1].removeprefix(BASE) for terme in couple) for couple in couples]
    return merged, lines, len(fusions.ambigus)


def test_rna_without_siret_meets_the_siret_that_sirene_gives(tmp_path: Path) -> None:
    merged, lines, _ = resolve(
        tmp_path,
        acteur(f"rna-{W}", rna=W) + acteur("x", autre=f"rna-{W}"),
        acteur(f"siret-{SIRET}", siret=SIRET, rna=W),
    )
    assert merged == [f"rna-{W} → siret-{SIRET}"]
    assert not [line for line in lines if f"rna-{W}" in line]
    assert f"<x> <{MAI}succedeA> <siret-{SIRET}> ." in lines


def test_another_iri_becomes_the_siret_else_the_rna_somebody_describes(tmp_path: Path) -> None:
    merged, _, _ = resolve(
        tmp_path,
        acteur("classeur-a-1", siret=SIRET) + acteur("classeur-a-2", rna="W142000002"),
        acteur(f"siret-{SIRET}", siret=SIRET) + acteur("rna-W142000002", rna="W142000002"),
        acteur("seul", siret=AUTRE, rna="W142000003"),
    )
    assert merged == [f"classeur-a-1 → siret-{SIRET}", "classeur-a-2 → rna-W142000002"]


def test_a_third_source_may_bring_two_registers_together(tmp_path: Path) -> None:
    merged, _, _ = resolve(
        tmp_path,
        acteur(f"siret-{SIRET}", siret=SIRET),
        acteur(f"rna-{W}", rna=W),
        acteur("classeur-a-1", siret=SIRET, rna=W),
    )
    assert merged == [f"classeur-a-1 → siret-{SIRET}", f"rna-{W} → siret-{SIRET}"]


def test_two_sirets_stay_two_and_a_number_that_goes_with_both_stays_alone(tmp_path: Path) -> None:
    sources = (
        acteur(f"siret-{SIRET}", siret=SIRET, rna=W),
        acteur(f"siret-{AUTRE}", siret=AUTRE, rna=W),
        acteur(f"rna-{W}", rna=W),
    )
    merged, lines, ambigus = resolve(tmp_path, *sources)
    assert (merged, ambigus) == ([], 1)
    assert "\n".join(lines) + "\n" == "".join(sources).replace(BASE, "")


MENTIONS = st.sampled_from(
    [
        f"<{BASE}rna-{W}>",
        f"<{BASE}siret-{SIRET}>",
        f"<{BASE}classeur--1>",
        f'"voir <{BASE}rna-{W}> ."@fr',
        "<x:y>",
    ]
)
LIGNES = st.builds(
    "{} {} {} .".format,
    MENTIONS.filter(lambda terme: terme.startswith("<")),
    st.sampled_from([f"<{MAI}rna>", "<http://purl.org/dc/terms/isReplacedBy>"]),
    MENTIONS,
)


@given(st.lists(st.lists(LIGNES, max_size=4), max_size=4))
def test_a_thing_rewritten_at_once_is_as_if_line_by_line(choses: list[list[str]]) -> None:
    with TemporaryDirectory() as racine:
        dossier = Path(racine)
        ecrit, autre = dossier / "a.nt", dossier / "b.nt"
        ecrit.write_text("".join("".join(f"{line}\n" for line in chose) + "\n" for chose in choses))
        autre.write_text("".join(f"{line}\n" for chose in choses for line in chose))
        fusions = Fusions(
            sirets={W.encode(): SIRET.encode()},
            autres={f"<{BASE}classeur--1>".encode(): f"<{BASE}rna-{W}>".encode()},
            fusionnes=[b"<x>"],
        )
        texts = []
        for fichier in (ecrit, autre):
            with fusions.rewritten(fichier, dossier) as resolu:
                texts.append([line for line in resolu.read_text().splitlines() if line])
    assert texts[0] == texts[1]
    for before, after in zip((line for chose in choses for line in chose), texts[1], strict=True):
        sujet, propriete, objet = after.split(" ", 2)
        redirect = "isReplacedBy" in propriete
        assert redirect or sujet in (before.split(" ")[0], f"<{BASE}siret-{SIRET}>")
        assert objet.startswith('"') == before.split(" ", 2)[2].startswith('"')
        assert objet.startswith('"') or objet in ("<x:y> .", f"<{BASE}siret-{SIRET}> .")


def test_texts_and_redirects_are_not_rewritten(tmp_path: Path) -> None:
    texte = f'<{BASE}y> <{MAI}citation> "voir <{BASE}rna-{W}> <{MAI}rna> \\"{W}\\" ."@fr .\n'
    old = f"<{BASE}rna-{W}> <http://purl.org/dc/terms/isReplacedBy> <{BASE}rna-W142000009> .\n"
    _, lines, _ = resolve(
        tmp_path, acteur(f"siret-{SIRET}", siret=SIRET, rna=W) + acteur(f"rna-{W}", rna=W) + texte + old, ""
    )
    assert lines[-2:] == [line.replace(BASE, "") for line in (texte + old).splitlines()]


@pytest.mark.parametrize("siret", ["", SIRET], ids=["rna-without-siret", "rna-with-siret"])
def test_both_registers_make_one_actor_of_an_edition(tmp_path: Path, siret: str) -> None:
    importe(tmp_path, "rna", rna_file(tmp_path, RNA | {"siret": siret, "titre": "NOM AU RNA"}))
    importe(tmp_path, "sirene", unites(tmp_path, UNITE | {"denominationUniteLegale": "NOM A SIRENE"}))
    manifeste, _ = build(Dossier(tmp_path), Options(jour=date(2026, 11, 20)))
    assert manifeste.anomalies == {}
    assert not list(Dossier(tmp_path).folder(manifeste.id).glob("*.nt"))
    store = Store.open(Dossier(tmp_path).folder(manifeste.id) / STORE)
    rows = list(store.select(f'SELECT DISTINCT ?a {{ ?a mai:rna "{W}" }}'))
    assert rows == [{"a": f"{BASE}siret-{SIRET}"}]
    assert len(list(store.select(f"SELECT ?nom {{ <{BASE}siret-{SIRET}> skos:prefLabel ?nom }}"))) == 2
    redirects = list(store.select(f"SELECT ?vers {{ <{BASE}rna-{W}> dcterms:isReplacedBy ?vers }}"))
    assert redirects == ([] if siret else [{"vers": f"{BASE}siret-{SIRET}"}])
