"""No name is used that nobody declares, and no prefix is bound to the wrong place."""

import re
from pathlib import Path

import pytest

from ontology.loading import list_files
from ontology.namespaces import ID, MAI, MAILLAGE, PREFIXES, SEGMENTS, SOURCE, VOC

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for folder in ("ontology", "graph", "visualisations", "api")
    for suffix in ("*.ttl", "*.rq")
    for path in sorted((ROOT / folder).rglob(suffix))
}
DECLARED = re.compile(r"(?:@prefix|PREFIX)\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE)
NOT_NAMES = re.compile(r'"""(?:.|\n)*?"""|"(?:[^"\\\n]|\\.)*"|<[^<>"{}|^`\\\s]*>|#.*')
FOREIGN = {
    **{name: iri for name, iri in PREFIXES.items() if name not in SEGMENTS},
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "di": f"{MAILLAGE}def/alignements/data-inclusion#",
    "forme": f"{MAILLAGE}formes#",
    "hsds": f"{MAILLAGE}def/alignements/hsds#",
    "pair": "http://virtual-assembly.org/ontologies/pair#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "vann": "http://purl.org/vocab/vann/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "vs": "http://www.w3.org/2003/06/sw-vocab-status/ns#",
}
OURS = {str(ID), str(VOC), str(SOURCE), str(MAI), f"{MAILLAGE}formes#"}


def names(text: str) -> dict[str, set[str]]:
    """Return the local names used in a Turtle or SPARQL text, by namespace."""
    prefixes = dict(DECLARED.findall(text))
    bare = NOT_NAMES.sub(" ", text)
    found: dict[str, set[str]] = {}
    for prefix, local in re.findall(r"(?<![\w:?$-])([A-Za-z][\w-]*):([A-Za-z0-9][\w-]*)", bare):
        if prefix in prefixes:
            found.setdefault(prefixes[prefix], set()).add(local)
    return found


@pytest.fixture(scope="module")
def declared(modules) -> set[str]:
    return {s.removeprefix(str(MAI)) for s in map(str, modules.subjects()) if s.startswith(str(MAI))}


@pytest.fixture(scope="module")
def concepts(schemes) -> set[str]:
    return {str(s) for s in schemes.subjects()}


def test_every_term_used_is_declared(declared):
    faults = {}
    for path, text in TEXTS.items():
        unknown = names(text).get(str(MAI), set()) - declared
        if unknown and path != "ontology/examples/invalid/vocabulaire-dispositif-role.ttl":
            faults[path] = unknown
    assert faults == {}


def test_every_concept_used_exists(concepts):
    faults = {}
    for path, text in TEXTS.items():
        if path.startswith("ontology/examples/invalid/"):
            continue
        used = {n + local for n, found in names(text).items() if n.startswith(str(VOC)) for local in found}
        if unknown := used - concepts - {f"{VOC}exemple"}:
            faults[path] = unknown
    assert faults == {}


def test_prefixes_are_bound_to_the_right_place():
    schemes = {f"{VOC}{entry.name.removesuffix('.ttl')}/" for entry in list_files("schemes")}
    known = schemes | {f"{ID}{segment}/" for segment in SEGMENTS} | OURS
    faults = []
    for path, text in TEXTS.items():
        for prefix, iri in DECLARED.findall(text):
            if prefix == "lieu":
                right = iri.startswith(str(SOURCE)) and iri.endswith("#")
            else:
                right = iri == FOREIGN[prefix] if prefix in FOREIGN else iri in known
            if not right:
                faults.append((path, prefix, iri))
    assert faults == []


def test_names_are_read_outside_literals_iris_and_comments():
    text = (
        "PREFIX mai: <https://w3id.org/maillage/def#>\n# mai:Commentaire\n"
        'SELECT * { ?x a mai:Acteur ; mai:note "mai:Texte" ; mai:de <mai:Iri> }'
    )
    assert names(text)[str(MAI)] == {"Acteur", "note", "de"}
