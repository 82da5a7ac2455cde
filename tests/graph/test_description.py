"""The description of an edition: counts that the store confirms, a record that harvesters accept."""

import gzip
import io
from pathlib import Path

import pyoxigraph as ox

from graph.edition.description import LICENCE, describe_edition, open_description, write_description
from graph.edition.dossier import STORE, Dossier
from graph.edition.dump import write_dump
from graph.edition.fichiers import list_fichiers
from graph.edition.manifeste import read_manifeste
from graph.messages import speak
from graph.store import Store
from ontology.namespaces import EDITION, MAILLAGE, PREFIXES


def _description(data: Path) -> tuple[ox.Store, Path, str]:
    dossier = Dossier(data)
    folder = dossier.folder(dossier.current_id() or "")
    description = ox.Store()
    description.load((folder / "description.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    return description, folder, f"{EDITION}{folder.name}"


def _rows(store: ox.Store, requete: str) -> list[tuple[str, ...]]:
    return [tuple(t.value for t in row) for row in store.query(requete, prefixes=PREFIXES)]


def test_counts_are_those_of_the_store(data: Path) -> None:
    description, folder, edition = _description(data)
    store = ox.Store.read_only(str(folder / STORE))
    dites = _rows(description, "SELECT ?c ?n { ?e void:classPartition [ void:class ?c ; void:entities ?n ] }")
    assert len(dites) > 30
    for classe in ("mai:Acteur", "mai:Offre", "igeo:Commune"):
        prefixe, _, nom = classe.partition(":")
        ((compte,),) = _rows(store, f"SELECT (COUNT(*) AS ?n) {{ ?s a {classe} }}")
        assert (PREFIXES[prefixe] + nom, compte) in dites
    parties = _rows(description, "SELECT ?n { ?e void:propertyPartition [ void:triples ?n ] }")
    ((total,),) = _rows(description, f"SELECT ?n {{ <{edition}> void:triples ?n }}")
    ((compte,),) = _rows(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert sum(int(n) for (n,) in parties) == int(total) == int(compte)


def test_the_record_has_what_dcat_ap_asks_and_recommends(data: Path) -> None:
    description, _, edition = _description(data)
    dites = {propriete for (propriete,) in _rows(description, f"SELECT DISTINCT ?p {{ <{edition}> ?p ?o }}")}
    attendues = (
        "title",
        "description",
        "publisher",
        "license",
        "issued",
        "language",
        "spatial",
        "accessRights",
    )
    assert {f"{PREFIXES['dcterms']}{nom}" for nom in attendues} <= dites
    assert {f"{PREFIXES['dcat']}keyword", f"{PREFIXES['dcat']}distribution"} <= dites
    acces = _rows(
        description, "SELECT ?d { ?d a dcat:Distribution ; dcat:accessURL ?u ; dcterms:license ?l }"
    )
    ((sources,),) = _rows(description, f"SELECT (COUNT(*) AS ?n) {{ <{edition}> prov:wasDerivedFrom ?g }}")
    assert {(f"{edition}#nquads",), (f"{edition}#sparql",), (f"{edition}#fichier-deduits",)} <= set(acces)
    assert len(acces) == len(set(acces)) == int(sources) + 3


def test_each_file_says_about_how_long_it_is(data: Path) -> None:
    description, folder, _ = _description(data)
    fichiers = list_fichiers(folder, read_manifeste(folder))
    dites = dict(_rows(description, "SELECT ?f ?n { ?d dcat:downloadURL ?f ; dcat:byteSize ?n }"))
    assert len(dites) == len(fichiers) > 40
    for fichier in fichiers:
        sortie = io.BytesIO()
        write_dump(folder, sortie, fichier.graphe)
        assert fichier.octets == int(dites[MAILLAGE + fichier.chemin])
        assert 0.6 < fichier.octets / len(sortie.getvalue()) < 1.6, fichier.graphe
        assert fichier.licence.startswith("https://")
        assert fichier.titre != fichier.graphe
    par_graphe = {fichier.graphe: fichier for fichier in fichiers}
    calvados = par_graphe[f"{MAILLAGE}source/calvados-petite-enfance-2009"]
    assert (calvados.date, calvados.titre) == (
        "2009",
        "Accompagner la professionnalisation du secteur petite enfance",
    )
    with speak("en"):
        noms = {fichier.graphe: fichier.titre for fichier in list_fichiers(folder, read_manifeste(folder))}
    assert noms[f"{MAILLAGE}voc/stade"] == "Stage of the association as an employer"


def test_every_source_is_a_subset_with_its_size(data: Path) -> None:
    description, folder, edition = _description(data)
    dites = _rows(description, f"SELECT ?s ?n {{ <{edition}> void:subset ?s . ?s void:triples ?n }}")
    manifeste = read_manifeste(folder)
    expected = {(s.graphe, str(s.quads)) for s in manifeste.sources}
    expected.add((f"{edition}#deduits", str(manifeste.comptes["énoncés dérivés"])))
    assert len(dites) == len(expected)
    assert set(dites) == expected


def test_it_is_said_the_same_twice_and_may_be_absent(data: Path, tmp_path: Path) -> None:
    _, folder, _ = _description(data)
    store, manifeste = Store.open(folder / STORE), read_manifeste(folder)
    write_description(tmp_path, store, manifeste)
    assert (tmp_path / "description.ttl").read_bytes() == (folder / "description.ttl").read_bytes()
    assert set(describe_edition(store, manifeste))
    assert open_description(tmp_path / "ailleurs") is None


def test_what_was_deduced_has_a_description_of_its_own(data: Path) -> None:
    description, folder, edition = _description(data)
    dites = _rows(
        description,
        """PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
        SELECT ?nom ?jeu ?n {
          ?e void:subset ?jeu . ?jeu void:triples ?n ; dcterms:description ?d .
          ?graphe a sd:NamedGraph ; sd:name ?nom ; sd:graph ?jeu
        }""",
    )
    derives = read_manifeste(folder).comptes["énoncés dérivés"]
    assert dites == [(edition, f"{edition}#deduits", str(derives))]
    ((quads,),) = _rows(description, f"SELECT ?d {{ <{edition}#nquads> dcterms:description ?d }}")
    sortie = io.BytesIO()
    write_dump(folder, sortie)
    lignes = gzip.decompress(sortie.getvalue()).splitlines()
    distincts = {ligne.rsplit(b" ", 2)[0] for ligne in lignes}
    assert quads.startswith(f"{len(lignes)} lignes pour {len(distincts)} énoncés distincts")


def test_each_licence_is_that_of_its_source(data: Path) -> None:
    description, _, _ = _description(data)
    dites = dict(_rows(description, "SELECT ?s ?l { ?e void:subset ?s . ?s dcterms:license ?l }"))
    assert "etalab.gouv.fr" in dites[f"{MAILLAGE}source/insee-cog-communes-epci"]
    assert dites[f"{MAILLAGE}voc/stade"] == LICENCE
    assert f"{MAILLAGE}source/guide-pmae-2013" not in dites  # the document is its authors'
    droits = _rows(description, "SELECT ?s { ?s dcat:distribution [ dcterms:rights ?d ] }")
    assert (f"{MAILLAGE}source/guide-pmae-2013",) in droits
