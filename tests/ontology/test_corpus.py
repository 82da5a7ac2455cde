"""The corpus: shapes, words really in the documents, organisations only."""

import re
import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest
from rdflib import DCTERMS, PROV, RDF, Graph, Literal, URIRef

from ontology.namespaces import ID, MAI, PREFIXES, SEGMENTS, SOURCE
from ontology.validation import validate

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "graph" / "corpus").glob("*.ttl"))
SEEDS = ROOT.parent / "shared" / "seeds"
EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[A-Za-z]{2,}")
PHONE = re.compile(r"(?<!\d)(?:0|(?:\+|00)33 ?(?:\(0\) ?)?)[1-9](?:[ .-]?\d{2}){4}(?!\d)")
CUT = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]")


def fold(text: str) -> str:
    """Return a text without what layout and scanning change: case, accents, spaces, quotes, hyphens."""
    text = re.sub(r"-[ \t]*\n\s*", "", text)
    text = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "Oe").replace("æ", "ae"))
    text = "".join(
        c for c in text if not unicodedata.combining(c) and unicodedata.category(c) not in {"Co", "Cf"}
    )
    text = re.sub(r"(?<=\w)[-\u2010\u2011](?=\w)", "", text.casefold())
    text = re.sub(r"<[a-z/]+[^<>]*>", " ", text)
    text = re.sub("[\u2018\u2019\u02bc`´]", "'", text)
    text = re.sub('[«»“”„"*•·▪■☒⇒→➤➔\ufffd–—-]', " ", text)
    return " ".join(text.split())


def missing_segments(citation: str, document: str) -> list[str]:
    """Return the parts of a quotation that the folded document lacks, or has in another order."""
    missing, begin = [], 0
    for part in filter(None, map(fold, CUT.split(citation))):
        at = document.find(part, begin)
        if at < 0:
            missing.append(part)
        else:
            begin = at + len(part)
    return missing


def hidden_hyphenations(citation: str, document: str) -> list[str]:
    """Return the words that a quotation cuts out only because the document hyphenates them over a line."""
    hyphenated = {fold(word) for word in re.findall(r"\S+-[ \t]*\n\s*\S+", document)}
    folded, begin, hidden = fold(document), 0, []
    for rank, part in enumerate(filter(None, map(fold, CUT.split(citation)))):
        at = folded.find(part, begin)
        gap = folded[begin:at].strip() if at >= 0 else ""
        if rank and gap in hyphenated:
            hidden.append(gap)
        begin = max(at, 0) + len(part)
    return hidden


def read(path: Path) -> Graph:
    return Graph().parse(path, format="turtle")


def test_there_is_a_corpus():
    assert FILES


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_file_describes_its_document_and_its_passages(path):
    graph = read(path)
    document = SOURCE[path.stem]
    assert list(graph.subjects(RDF.type, PROV.Entity)) == [document]
    passages = set(graph.subjects(RDF.type, MAI.Passage))
    assert passages
    for passage in passages:
        assert passage.startswith(f"{document}#"), passage
        assert list(graph.objects(passage, DCTERMS.isPartOf)) == [document], passage


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_things_cite_passages_of_their_own_file(path):
    graph = read(path)
    passages = set(graph.subjects(RDF.type, MAI.Passage))
    assert [(s, o) for s, o in graph.subject_objects(DCTERMS.source) if o not in passages] == []
    assert sorted(passages - set(graph.objects(None, DCTERMS.source))) == [], "passages that nothing cites"


def test_corpus_conforms_to_the_shapes(corpus):
    assert validate(corpus, corpus=True).violations == ()


def test_things_live_under_known_segments(corpus):
    things = {str(s) for s in corpus.subjects() if isinstance(s, URIRef) and str(s).startswith(str(ID))}
    for thing in things:
        segment, _, slug = thing.removeprefix(str(ID)).partition("/")
        assert segment in SEGMENTS and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug), thing


def test_same_name_same_actor(corpus):
    names: dict[str, set[object]] = defaultdict(set)
    for actor in set(corpus.subjects(RDF.type, MAI.Acteur)):
        for name in corpus.objects(actor, URIRef(PREFIXES["skos"] + "prefLabel")):
            names[fold(str(name))].add(actor)
    assert {name: actors for name, actors in names.items() if len(actors) > 1} == {}


def test_no_email_no_telephone(corpus):
    texts = {str(o) for o in corpus.objects() if isinstance(o, Literal | URIRef)}
    assert [t for t in texts if EMAIL.search(t) or PHONE.search(t)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_quotations_are_in_the_document(path):
    seed = SEEDS / f"{path.stem}.txt"
    if not seed.is_file():
        pytest.skip(f"document {seed.name} is not beside this repository")
    text = seed.read_text(encoding="utf-8")
    document = fold(text)
    faults = {}
    for passage, citation in read(path).subject_objects(MAI.citation):
        if missing := missing_segments(str(citation), document) or hidden_hyphenations(str(citation), text):
            faults[str(passage).rpartition("#")[2]] = missing
    assert faults == {}


@pytest.mark.parametrize(
    ("citation", "found"),
    [
        ("« L'accompagnement collectif »", True),
        ("l’accompagnement […] des pra-tiques", True),
        ("des pratiques […] l’accompagnement", False),
        ("L'accompagnement individuel", False),
        ("plus-value", True),
        ("valorisation de la plus-value sociale", True),
    ],
)
def test_quotations_are_compared_beyond_layout(citation, found):
    document = fold(
        "■ L’accompagne-\nment   collectif :\n• la plus-value\n• des pra-\ntiques\n"
        "valorisation de la plus- \nvalue sociale"
    )
    assert (missing_segments(citation, document) == []) is found


def test_a_word_hyphenated_over_a_line_is_quoted_not_cut():
    text = "valorisation de la plus- \nvalue sociale, mise en place"
    assert hidden_hyphenations("valorisation de la […] sociale", text) == ["plusvalue"]
    assert hidden_hyphenations("valorisation de la plus-value […] mise en place", text) == []
