"""Graphs people have: what is taken, what is dropped and counted, what makes a whole file refused."""

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.edition.composition import Options
from graph.edition.construction import build
from graph.edition.dossier import STORE, Dossier
from graph.sources.atelier import Lieux, OptionsImport
from graph.sources.importation import Resultat, import_files
from graph.sources.rdf import controle
from graph.sources.tableau import FichierRefuseError
from graph.store import Store
from ontology.namespaces import PREFIXES, VOC

ENTETE = "".join(
    f"@prefix {nom}: <{iri}> .\n"
    for nom, iri in (
        PREFIXES | {"fonction": f"{VOC}fonction/", "besoin": f"{VOC}besoin/", "ex": "http://example.org/"}
    ).items()
)
GRAPHE = """
acteur:maison a mai:Acteur, mai:PointAppui ; skos:prefLabel "Maison des associations"@fr ;
  mai:siege territoire:departement-14 ; mai:membreDe acteur:s3a ; ex:detail [ ex:cle "valeur" ] .
ex:un {
  offre:accueil a mai:Offre ; dcterms:title "Accueil des associations"@fr ; mai:proposePar acteur:maison ;
    mai:fonction fonction:orientation ; mai:couvre territoire:departement-14 .
  acteur:maison skos:altLabel "MDA"@fr .
}
ex:deux { lien:a a mai:Adhesion ; mai:de acteur:maison ; mai:vers acteur:s3a . }
"""
PERSONNEL = """
acteur:maison skos:note "Écrire à jeanne.dupont@exemple.fr"@fr, "Jeanne au 02 31 00 00 00"@fr, "jeanne [at] exemple.fr" ;
  foaf:mbox <mailto:jeanne@exemple.fr> ; foaf:phone <tel:+33231000000> ; ex:dirigeante ex:jeanne .
ex:jeanne a foaf:Person ; foaf:name "Jeanne Dupont" .
<mailto:jeanne@exemple.fr> ex:de acteur:maison .
[] a <http://www.w3.org/2006/vcard/ns#VCard> ; <http://www.w3.org/2006/vcard/ns#note> "Jeanne, présidente" .
[] <http://www.w3.org/2006/vcard/ns#fn> "Jeanne Dupont" ; ex:mobile "+33 (0)6.12.34.56.78" .
"""  # noqa: E501


def take(
    tmp_path: Path, texte: str | bytes, nom: str = "partenaires.trig", options: OptionsImport | None = None
) -> Resultat:
    fichier = tmp_path / nom
    fichier.write_bytes(texte if isinstance(texte, bytes) else texte.encode())
    return take_files(tmp_path, [fichier], options)


def take_files(tmp_path: Path, fichiers: Sequence[Path], options: OptionsImport | None = None) -> Resultat:
    resultat = import_files(tmp_path / "var", "rdf", fichiers, options or OptionsImport(), Lieux())
    assert resultat.bilan.ferme, resultat.bilan
    return resultat


def said(resultat: Resultat) -> str:
    assert resultat.folder is not None
    return (resultat.folder / "enonces.nt").read_text(encoding="utf-8")


def ask(resultat: Resultat, question: str) -> bool:
    store = ox.Store()
    store.bulk_load(said(resultat).encode(), ox.RdfFormat.N_TRIPLES)
    return bool(store.query(f"ASK {{ {question} }}", prefixes=PREFIXES | {"ex": "http://example.org/"}))


def test_a_graph_is_taken_with_its_named_graphs_as_passages(tmp_path: Path) -> None:
    resultat = take(tmp_path, ENTETE + GRAPHE)
    assert (resultat.bilan.lus, resultat.bilan.pris, resultat.bilan.rejetes) == (4, 4, 0)
    assert ask(resultat, "acteur:maison dcterms:source ?p . ?p a mai:Passage ; prov:wasDerivedFrom ex:un")
    assert ask(resultat, "lien:a dcterms:source/prov:wasDerivedFrom ex:deux")
    assert ask(resultat, "acteur:maison ex:detail ?noeud . ?noeud ex:cle 'valeur' FILTER (isIRI(?noeud))")


def test_what_the_build_derives_is_dropped_and_counted(tmp_path: Path) -> None:
    resultat = take(tmp_path, ENTETE + GRAPHE)
    assert not ask(resultat, "acteur:maison mai:membreDe ?autre")
    assert not ask(resultat, "acteur:maison a mai:PointAppui")
    (said_so,) = (texte for texte in resultat.bilan.retires if "dérive" in texte)
    assert resultat.bilan.retires[said_so] == 2
    assert f"2 énoncés retirés\N{NO-BREAK SPACE}: {said_so}" in resultat.bilan.lines()
    assert not resultat.bilan.avertissements, "what is taken out is no doubt about what is taken"


def test_an_edition_built_with_it_is_sound_and_knows_where_things_come_from(tmp_path: Path) -> None:
    take(tmp_path, ENTETE + GRAPHE + PERSONNEL)
    dossier = Dossier(tmp_path / "var")
    manifeste, _ = build(dossier, Options(jour=date(2026, 11, 20)))
    assert manifeste.anomalies == {}
    store = Store.open(dossier.folder(manifeste.id) / STORE)
    rows = store.select("SELECT ?g { GRAPH ?g { acteur:maison a mai:Acteur } }")
    assert "https://w3id.org/maillage/source/rdf-partenaires" in {row["g"] for row in rows}


def test_no_personal_data_is_written(tmp_path: Path) -> None:
    resultat = take(tmp_path, ENTETE + GRAPHE + PERSONNEL)
    assert resultat.folder is not None
    for fichier in resultat.folder.iterdir():
        texte = fichier.read_text(encoding="utf-8").lower()
        for secret in ("jeanne", "dupont", "@exemple", "02 31", "+33", "12.34", "foaf/0.1/person"):
            assert secret not in texte, (fichier.name, secret)
    assert resultat.bilan.filtres["une personne"] == 2
    assert resultat.bilan.pris == 4


@pytest.mark.parametrize(
    ("texte", "rien"),
    [
        ("SIRET 78901234500012", False),
        ("de 2013 à 2024, 01 02 03", False),
        ("0612345678", True),
        ("le 01/02/2013 12 h", False),
        ("02/31/00/00/00", True),
        ("48.0612345678", False),
        ("02\u00a031\u00a000\u00a000\u00a000", True),
    ],
)
def test_a_telephone_is_told_from_other_numbers(tmp_path: Path, texte: str, rien: bool) -> None:
    resultat = take(tmp_path, f'{ENTETE} ex:a ex:b "{texte}" ; ex:c "autre" .')
    assert (texte not in said(resultat)) == rien


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    take(tmp_path, ENTETE + GRAPHE)
    changes = take(tmp_path, ENTETE + GRAPHE).changements
    assert (changes.apparus, changes.changes, changes.disparus) == (0, 0, 0)
    changes = take(tmp_path, ENTETE + GRAPHE.replace('"MDA"', '"La MDA"')).changements
    assert (changes.apparus, changes.changes, changes.disparus) == (0, 1, 0)


def test_nodes_that_break_the_shapes_are_refused_with_those_that_need_them(tmp_path: Path) -> None:
    resultat = take(
        tmp_path,
        f"""{ENTETE} acteur:muet a mai:Acteur .
        offre:o a mai:Offre ; dcterms:title "Accueil"@fr ; mai:proposePar acteur:muet ;
          mai:fonction fonction:orientation ; mai:couvre territoire:departement-14 .
        ex:ailleurs a mai:Acteur ; skos:prefLabel "Ailleurs"@fr .
        acteur:bien a mai:Acteur ; skos:prefLabel "Bien"@fr .""",
    )
    assert (resultat.bilan.pris, resultat.bilan.rejetes) == (1, 3)
    assert resultat.folder is not None
    rejets = (resultat.folder / "rejets.csv").read_text(encoding="utf-8-sig")
    for named in ("acteur/muet", "offre/o", "example.org/ailleurs", "/id/acteur/"):
        assert named in rejets


def test_a_large_graph_is_left_to_the_checks_of_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.sources.lecteurs.rdf.ENONCES_MAX", 3)
    resultat = take(tmp_path, f"{ENTETE} acteur:muet a mai:Acteur . ex:a ex:b 1, 2, 3 .")
    assert resultat.bilan.pris == 2
    assert any("trop grand" in texte for texte in resultat.bilan.avertissements)
    assert controle.ENONCES_MAX > 1000


def test_official_territories_are_not_described_again(tmp_path: Path) -> None:
    resultat = take(
        tmp_path,
        f"""{ENTETE} territoire:departement-14 igeo:nom "Autre"@fr .
        territoire:zone-bocage a mai:Zone ; skos:prefLabel "Bocage"@fr ;
          igeo:subdivisionDirecteDe territoire:departement-14 .
        territoire:commune-14027 igeo:subdivisionDirecteDe territoire:zone-bocage .""",
    )
    assert "Autre" not in said(resultat)
    assert ask(resultat, "territoire:commune-14027 igeo:subdivisionDirecteDe territoire:zone-bocage")


JSONLD = {"@context": {"nom": "http://example.org/nom"}, "@id": "http://example.org/a", "nom": "A"}
XML = (
    '<?xml version="1.0"?>{}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="http://example.org/a" xmlns:ex="http://example.org/" ex:nom="A"/></rdf:RDF>'
)


@pytest.mark.parametrize(
    ("nom", "texte"),
    [
        ("a.ttl", '<http://example.org/a> <http://example.org/nom> "A" .'),
        ("a.trig", '<http://g> { <http://example.org/a> <http://example.org/nom> "A" }'),
        ("a.nt", '<http://example.org/a> <http://example.org/nom> "A" .\n'),
        ("a.nq", '<http://example.org/a> <http://example.org/nom> "A" <http://g> .\n'),
        ("a.jsonld", json.dumps(JSONLD)),
        ("a.rdf", XML.format("")),
    ],
)
def test_every_format_is_read(tmp_path: Path, nom: str, texte: str) -> None:
    assert ask(take(tmp_path, texte, nom), "ex:a ex:nom 'A'")


@pytest.mark.parametrize(
    ("nom", "texte", "dit"),
    [
        ("a.ttl", "", "vide"),
        ("a.ttl", "# rien\n", "aucun énoncé"),
        ("a.ttl", "<http://a> <http://b> .", "ligne 1"),
        ("a.csv", "a;b", "fichier connu"),
        ("a.nt", b"\xff\xfe\x00", "pas écrit dans le format"),
        ("a.jsonld", json.dumps(JSONLD | {"@context": "http://example.org/c.jsonld"}), "contexte JSON-LD"),
        ("a.rdf", XML.format('<!DOCTYPE r [<!ENTITY a "aaaa">]>'), "DTD"),
        ("a.rdf", "<!-- " + "x" * (1 << 17) + " -->" + XML.format(""), "DTD"),
        ("a.ttl", ENTETE + 'mai:Acteur rdfs:label "Autre"@fr .', "redéfinit"),
        ("a.ttl", ENTETE + '<https://w3id.org/maillage/def> rdfs:label "Autre"@fr .', "redéfinit"),
        ("a.ttl", ENTETE + 'voc:stade skos:prefLabel "Autre"@fr .', "redéfinit"),
        ("a.ttl", ENTETE + 'source:guide-pmae-2013 dcterms:title "Autre"@fr .', "une autre source"),
        ("a.ttl", ENTETE + 'source:cog dcterms:title "Autre"@fr .', "une autre source"),
        ("a.ttl", ENTETE + 'edition:x dcterms:title "Autre"@fr .', "une autre source"),
    ],
)  # fmt: skip
def test_a_file_is_refused_whole_with_one_sentence(
    tmp_path: Path, nom: str, texte: str | bytes, dit: str
) -> None:
    with pytest.raises(FichierRefuseError, match=dit):
        take(tmp_path, texte, nom)
    assert not list((tmp_path / "var" / "sources").glob("*")), "nothing is written"


def test_things_of_another_instance_are_refused(tmp_path: Path) -> None:
    options = OptionsImport(base_iri="https://graphe.example.org/")
    with pytest.raises(FichierRefuseError, match="une autre instance"):
        take(tmp_path, ENTETE + GRAPHE, options=options)
    moved = ENTETE.replace("https://w3id.org/maillage/id/", "https://graphe.example.org/id/") + GRAPHE
    assert take(tmp_path, moved, options=options).bilan.pris == 4


def test_a_folder_and_an_absent_file_are_refused(tmp_path: Path) -> None:
    for fichier, dit in ((tmp_path, "est un dossier"), (tmp_path / "absent.ttl", "n’existe pas")):
        with pytest.raises(FichierRefuseError, match=dit):
            take_files(tmp_path, [fichier])


def test_a_huge_text_and_a_program_address_are_dropped(tmp_path: Path) -> None:
    resultat = take(
        tmp_path,
        f'{ENTETE} ex:a ex:b "{"x" * ((1 << 20) + 1)}" ; ex:c <javascript:alert(1)> ; ex:d "reste" .',
    )
    assert len(said(resultat)) < 5000
    assert "javascript" not in said(resultat)


PIECES = st.sampled_from(
    [
        *("acteur:a ", "a ", "mai:Acteur ", "mai:Offre ", 'skos:prefLabel "A"@fr ', "; ", ". ", "[ ", "] "),
        *("{ ", "} ", "( ", ") ", "ex:g ", "lien:x ", "mai:de ", '"2024-99-99"^^xsd:date ', '"=1+1" '),
        *("<< ", ">> ", '"a@b.fr" ', "_:n ", "<../x> ", '"' + "é" * 5000 + '" ', '"""a\nb""" '),
        *("mai:dans ", ", ", "\x00", "'"),
    ]
)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    pieces=st.one_of(
        st.lists(PIECES, max_size=30).map(lambda p: (ENTETE + "".join(p)).encode()), st.binary()
    ),
    nom=st.sampled_from(["f.trig", "f.ttl", "f.nq", "f.jsonld", "f.rdf"]),
)
def test_whatever_the_file_counts_close_or_it_is_refused(pieces: bytes, nom: str, tmp_path: Path) -> None:
    with suppress(FichierRefuseError):
        take(tmp_path, pieces, nom)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(cuts=st.lists(st.integers(0, 2000), max_size=3), bad=st.sampled_from(['"', ".", "é", "]", ";"]))
def test_a_damaged_graph_closes_its_counts_or_is_refused(cuts: list[int], bad: str, tmp_path: Path) -> None:
    texte = GRAPHE + PERSONNEL
    for cut in cuts:
        where = cut % len(texte)
        texte = texte[:where] + bad + texte[where + 1 :]
    with suppress(FichierRefuseError):
        take(tmp_path, ENTETE + texte)


@pytest.mark.parametrize(
    ("enonce", "titre"),
    [
        ('<> dcterms:title "Points d’appui de l’Orne"@fr .', "Points d’appui de l’Orne"),
        ('<> dcterms:title "Orne", "L’Orne"@fr .', "L’Orne"),
        ('ex:un dcterms:title "Le graphe"@fr .', "Le graphe"),
        ('ex:jeu a <http://www.w3.org/ns/dcat#Dataset> ; dcterms:title "Le jeu" .', "Le jeu"),
        ('<> dcterms:title "Écrire à jeanne@exemple.fr"@fr .', "Graphe importé (partenaires.trig)"),
        ('ex:autre dcterms:title "Le titre d’autre chose"@fr .', "Graphe importé (partenaires.trig)"),
    ],
)
def test_a_graph_that_says_its_title_gives_it_to_its_source(tmp_path: Path, enonce: str, titre: str) -> None:
    resultat = take(tmp_path, ENTETE + GRAPHE + enonce)
    assert resultat.fiche.titre == titre
    assert resultat.folder is not None
    assert f'<http://purl.org/dc/terms/title> "{titre}"@fr' in (resultat.folder / "enonces.nt").read_text(
        "utf-8"
    )
