"""What an edition says of one IRI, page by page: a thing cited a million times costs as little as another.

A description is what the thing says of itself, then what cites it, in the order of the store: the same at
each asking, since an edition never changes. Names of what is mentioned come with it.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Final

import pyoxigraph as ox

from graph.messages import langue_courante
from graph.queries import load_requete
from graph.sparql.formats import Format
from graph.store import Store
from ontology.loading import list_files
from ontology.namespaces import PREFIXES, SOURCE

PAR_PAGE: Final = 200
"""Statements of a page."""
PAGES_MAX: Final = 50
"""Pages that are served; what is beyond is for SPARQL."""

SUFFIXES: Final = (Format.TTL, Format.JSONLD, Format.RDF, Format.NT)
"""Formats of a description, the preferred one first."""

_FORMATS: Final = {
    Format.TTL: ox.RdfFormat.TURTLE,
    Format.JSONLD: ox.RdfFormat.STREAMING_JSON_LD,
    Format.RDF: ox.RdfFormat.RDF_XML,
    Format.NT: ox.RdfFormat.N_TRIPLES,
}
_TYPE: Final = ox.NamedNode(f"{PREFIXES['rdf']}type")
_REMPLACE: Final = ox.NamedNode(f"{PREFIXES['dcterms']}isReplacedBy")
_NOM: Final = ox.NamedNode(f"{PREFIXES['rdfs']}label")


@dataclass(frozen=True, slots=True)
class Ressource:
    """One page of what an edition says of a thing."""

    iri: str
    page: int
    enonces: tuple[ox.Triple, ...]
    """Statements the thing is the subject of, then those it is the object of."""
    noms_fr: dict[str, str]
    """French names of the thing, of its properties and of what it is related to, by IRI."""
    suivante: bool
    """True when another page follows."""
    passages: tuple[ox.Triple, ...] = ()
    """What is said of the passages of a document, on its first page: their IRIs are fragments of its own."""
    noms_en: dict[str, str] = field(default_factory=dict)
    """English names of those that have one; read when English is asked for."""

    @property
    def noms(self) -> dict[str, str]:
        """Names in the current language, French when there is no other."""
        return self.noms_fr | self.noms_en if langue_courante.get() == "en" else self.noms_fr

    @property
    def nom(self) -> str:
        """Its name, or the end of its IRI."""
        return self.noms.get(self.iri) or self.iri.rsplit("/", 1)[-1]


def read_ressource(store: Store, iri: str, page: int = 1, taille: int = PAR_PAGE) -> Ressource | None:
    """Return a page of the description of a thing, None when the edition says nothing (more) of it.

    Args:
        store: the edition's.
        iri: any text; what is no IRI is unknown.
        page: from 1; none is read after :data:`PAGES_MAX`.
        taille: statements of a page.
    """
    terme = _terme(iri)
    if terme is None or not 1 <= page <= PAGES_MAX:
        return None
    begin = (page - 1) * taille
    passages = _passages(store, terme)
    lus = list(islice(_statements(store, terme, passages), begin, begin + taille + 1))
    enonces = tuple(lus[:taille])
    if not enonces:
        return None
    mentioned = [noeud for enonce in enonces for noeud in enonce if isinstance(noeud, ox.NamedNode)] + [terme]
    suivante = len(lus) > taille and page < PAGES_MAX
    noms_en = read_names(store, mentioned, "en") if langue_courante.get() == "en" else {}
    said = passages if page == 1 else ()
    return Ressource(iri, page, enonces, read_names(store, mentioned), suivante, said, noms_en)


def find_replacement(store: Store, iri: str) -> str | None:
    """Return what an IRI became, when the edition only says that it was merged into another."""
    terme = _terme(iri)
    if terme is None:
        return None
    said = list(islice(_said(store, terme), PAR_PAGE))
    if any(enonce.predicate == _TYPE for enonce in said):
        return None
    return next((_text(e.object) for e in said if e.predicate == _REMPLACE), None)


def exists(store: Store, iri: str) -> bool:
    """Tell whether an edition describes an IRI."""
    terme = _terme(iri)
    return terme is not None and next(_said(store, terme), None) is not None


def write_statements(enonces: Iterable[ox.Triple], format_: Format) -> bytes:
    """Return statements as a whole document of a format of :data:`SUFFIXES`."""
    ecrit = io.BytesIO()
    ox.serialize(enonces, ecrit, _FORMATS[format_], prefixes=PREFIXES)
    return ecrit.getvalue()


def read_all(store: Store) -> Iterator[ox.Triple]:
    """Yield every statement of a small store."""
    return store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")


def ontology_statements() -> Iterator[ox.Triple]:
    """Yield the statements of the ontology that ships, module by module."""
    for entry in list_files("modules"):
        for quad in ox.parse(entry.read_bytes(), format=ox.RdfFormat.TURTLE):
            yield quad.triple


def name_statements(ressource: Ressource) -> Iterator[ox.Triple]:
    """Yield the names of what a page mentions, as ``rdfs:label``."""
    for iri, nom in ressource.noms_fr.items():
        yield ox.Triple(ox.NamedNode(iri), _NOM, ox.Literal(nom, language="fr"))


def _statements(store: Store, chose: ox.NamedNode, passages: Iterable[ox.Triple] = ()) -> Iterator[ox.Triple]:
    told = {chose, *(enonce.subject for enonce in passages)}
    cited = store.construct(load_requete("linked-data/citer").bind(chose=chose))
    return chain(_said(store, chose), (enonce for enonce in cited if enonce.subject not in told))


def _passages(store: Store, chose: ox.NamedNode) -> tuple[ox.Triple, ...]:
    if not chose.value.startswith(str(SOURCE)):
        return ()
    return tuple(store.construct(load_requete("linked-data/passages").bind(chose=chose)))


def _said(store: Store, chose: ox.NamedNode) -> Iterator[ox.Triple]:
    return store.construct(load_requete("linked-data/decrire").bind(chose=chose))


def read_names(store: Store, termes: Iterable[ox.NamedNode], langue: str = "fr") -> dict[str, str]:
    """Return the name of each thing that has one in a language, by IRI; no language is French."""
    langues = [ox.Literal(langue)] if langue != "fr" else [ox.Literal(""), ox.Literal(langue)]
    requete = load_requete("linked-data/nommer").bind(chose=sorted(set(termes), key=str), langue=langues)
    noms: dict[str, str] = {}
    for enonce in store.construct(requete):
        nom = _text(enonce.object)
        kept = noms.setdefault(_text(enonce.subject), nom)
        noms[_text(enonce.subject)] = min(kept, nom)
    return noms


def _terme(iri: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None


def _text(terme: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return "" if isinstance(terme, ox.Triple) else terme.value
