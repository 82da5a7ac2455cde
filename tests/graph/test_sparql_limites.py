"""What is refused before any worker sees it, and what never is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import RequeteRefuseeError
from graph.messages import messages
from graph.sparql.formats import Forme
from graph.sparql.lecture import read_jetons
from graph.sparql.limites import LONGUEUR_MAX, check_requete

CIBLE = "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }"


def cle_du_refus(requete: str) -> str:
    with pytest.raises(RequeteRefuseeError) as refus:
        check_requete(requete)
    sentences = {
        cle: messages(cle).split("{")[0] for cle in sorted(messages.keys()) if cle.startswith("sparql.")
    }
    found = [cle for cle, debut in sentences.items() if refus.value.message.startswith(debut)]
    return max(found, key=lambda cle: len(sentences[cle])).removeprefix("sparql.")


@pytest.mark.parametrize("requete", ["", "   \n\t", "# rien que des mots\n"])
def test_an_empty_query(requete: str) -> None:
    assert cle_du_refus(requete) == "vide"


def test_the_length_is_counted_in_bytes() -> None:
    base = "ASK { ?s ?p '{}' }"
    check_requete(base.replace("{}", "a" * (LONGUEUR_MAX - len(base) + 2)))
    for trop in ("a" * LONGUEUR_MAX, "é" * (LONGUEUR_MAX // 2)):
        assert cle_du_refus(base.replace("{}", trop)) == "trop-longue"


def test_half_a_character() -> None:
    assert cle_du_refus("ASK { ?s ?p '\ud800' }") == "pas-utf8"


@pytest.mark.parametrize(
    "requete",
    [
        "ASK " + "{" * 4000 + "}" * 4000,
        "ASK " + "{" * 4000,
        "ASK { FILTER" + "(" * 4000 + "1" + ")" * 4000 + "}",
        "ASK { ?s ?p " + "[ ?p " * 1500 + "1" + "]" * 1500 + "}",
        "ASK { FILTER" + "({[" * 40 + "1" + "]})" * 40 + "}",
        "SELECT * { ?s ?p " + "<< ?s ?p " * 800 + "1" + ">>" * 800 + "}",
    ],
)
def test_too_deep(requete: str) -> None:
    assert cle_du_refus(requete) == "trop-imbriquee"


@pytest.mark.parametrize(
    "requete",
    [
        "ASK { FILTER(" + "!" * 9500 + "1) }",
        "ASK { FILTER(" + "1+" * 7000 + "1) }",
        "ASK { FILTER(" + "1*" * 7000 + "1) }",
        "ASK { FILTER(" + "1||" * 5000 + "1) }",
        "ASK { FILTER(" + "1&&" * 5000 + "1) }",
        "ASK { {}" + "UNION{}" * 2000 + "}",
        "ASK { ?s <a:p>" + "/<a:p>" * 2500 + " ?o }",
    ],
)
def test_chains_without_end(requete: str) -> None:
    assert cle_du_refus(requete) == "trop-enchainee"


@pytest.mark.parametrize(
    "requete",
    [
        f"ASK {{ {CIBLE} }}",
        "ASK { sErViCe <http://127.0.0.1/> {} }",
        "ASK { SERVICE SILENT <http://127.0.0.1/> {} }",
        "ASK { SERVICE#\n<http://127.0.0.1/> {} }",
        "ASK { # innocent\n SERVICE<http://127.0.0.1/>{} }",
        "ASK { ?s ?p 'a' . SERVICE<http://127.0.0.1/>{} }",
        "ASK { ?s ?p 1SERVICE<http://127.0.0.1/>{} }",
        "ASK { ?s ?p trueSERVICE<http://127.0.0.1/>{} }",
        "ASK { ?s ?p 'a'@frSERVICE . SERVICE<http://127.0.0.1/>{} }",
        "ASK { FILTER EXISTS { SERVICE <http://127.0.0.1/> {} } }",
        "ASK { SERVICE ?ou {} }",
        "ASK { SERVICEfoaf:x {} }",
        "ASK { SERVICE:x {} }",
        "PREFIX SERVICE: <a:> PREFIX : <http://127.0.0.1/> ASK { SERVICE:x {} }",
        "ASK { ?s ?p ?a FILTER(?a<?b)SERVICE#>\n<http://127.0.0.1/> {} }",
        "ASK { ?s ?p (<http://x)#a>) . SERVICE <http://127.0.0.1/> {} }",
        "ASK { FILTER(?a<<http://x#y>)SERVICE<http://127.0.0.1/>{} }",
        'ASK { VALUES ?x { """#"} SERVICE <http://127.0.0.1/> {} }',
        "ASK { ?s ex:o\\' ?o } SERVICE <http://127.0.0.1/> {} #'",
        "SELECT * { ?s ?p ?o } # \r SERVICE\n\r\n SERVICE <http://127.0.0.1/> {}",
    ],
)
def test_no_way_to_call_another_server(requete: str) -> None:
    assert cle_du_refus(requete) == "service"


@pytest.mark.parametrize(
    "requete",
    [
        "\\u0053ELECT * { ?s ?p ?o }",
        "ASK { \\u0053ERVICE <http://127.0.0.1/> {} }",
        "ASK { \\U00000053ERVICE <http://127.0.0.1/> {} }",
        "ASK { ?s foaf:n\\u0061me ?o }",
        "ASK { ?s <http://x/\\u0053> ?o }",
    ],
)
def test_escapes_outside_strings(requete: str) -> None:
    assert cle_du_refus(requete) == "echappement"


@pytest.mark.parametrize(
    "requete",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "delete where { ?s ?p ?o }",
        "PREFIX a: <a:> BASE <http://b/> LOAD <http://c/>",
        "DROP ALL",
        "CLEAR DEFAULT",
        "CREATE GRAPH <a:g>",
        "COPY <a:a> TO <a:b>",
        "MOVE <a:a> TO <a:b>",
        "ADD <a:a> TO <a:b>",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "# un commentaire\nINSERT { } WHERE { }",
    ],
)
def test_updates(requete: str) -> None:
    assert cle_du_refus(requete) == "lecture-seule"


@pytest.mark.parametrize(
    "requete",
    [
        "ASK { ?s ?p 'SERVICE <http://127.0.0.1/> {}' }",
        'ASK { ?s ?p """SERVICE \n "SERVICE" """ }',
        "ASK { ?s ?p '''l'eau, SERVICE''' }",
        "ASK { ?s ?p 'l\\'eau SERVICE' }",
        "ASK { ?s ?p <http://exemple.fr/SERVICE?service=1#service> }",
        "ASK { ?s ?p <http://exemple.fr/Lyon_(SERVICE)> FILTER(?s = <http://exemple.fr/a_(b)>) }",
        "ASK { # SERVICE <http://127.0.0.1/> {}\n ?s ?p ?o }",
        "ASK { ?service ?p $SERVICE }",
        "PREFIX service: <http://exemple.fr/> ASK { ?x service:service service:SERVICE }",
        "PREFIX service: <http://exemple.fr/> ASK { GRAPH service:g { ?x ?y ?z } }",
        "PREFIX ex: <http://exemple.fr/> ASK { ?s ex:SERVICE _:service ; ex:in\\'service 'x'@fr }",
        "SELECT ?insert { ?s ?delete 'INSERT DATA' } # DROP ALL",
        "ASK { ?s ?p '\\u0053ERVICE' , 'prix : 5 € \\U0001F600' }",
        "ASK { # chemin C:\\users\n ?s ?p ?o }",
        "SELECT * { {?s ?p 0} " + "".join(f"UNION {{ ?s ?p {i} }}" for i in range(99)) + "}",
        "ASK " + "{" * 20 + "?s ?p ?o" + "}" * 20,
        "ASK { FILTER" + "(" * 20 + "1" + ")" * 20 + "}",
        "SELECT * { VALUES ?x { " + " ".join(f"'valeur {i}'" for i in range(500)) + " } ?s ?p ?x }",
        "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1 || !(?o != 2)) }",
        "SELECT * { ?s <a:p>/(<a:q>|^<a:r>)*/!(<a:s>|<a:t>)? ?o }",
        "SELECT (COUNT(*)AS?n)(SUM(?x+?y*2)AS?m){?s?p?o}GROUP BY?s",
    ],
)
def test_innocent_look_alikes(requete: str) -> None:
    assert check_requete(requete).texte == requete


@pytest.mark.parametrize(
    ("requete", "forme"),
    [
        ("select*{?s ?p ?o}", Forme.SELECT),
        ("PREFIX a: <http://a#> BASE <http://b> ASK{}", Forme.ASK),
        ("# SELECT\nprefix ask: <a:> Construct where { ?s ?p ?o }", Forme.CONSTRUCT),
        ("DESCRIBE<http://a>", Forme.DESCRIBE),
        ("VERSION '1.2' SELECT * {}", Forme.SELECT),
        ("SELEKT * {}", None),
        ("?s ?p ?o", None),
    ],
)
def test_the_form_is_known_before_it_runs(requete: str, forme: Forme | None) -> None:
    assert check_requete(requete).forme is forme


@given(st.text(alphabet="aé1 \n\t{}()[]<>\"'\\:?#@.!|&+*/^-_uUSERVICEservice,;%", max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_whole_or_refused(requete: str) -> None:
    position = 0
    for jeton in read_jetons(requete):
        assert jeton.debut >= position
        assert requete.startswith(jeton.valeur, jeton.debut)
        position = jeton.debut + len(jeton.valeur)
    try:
        check_requete(requete)
    except RequeteRefuseeError as refus:
        assert refus.message.endswith((".", "10."))
