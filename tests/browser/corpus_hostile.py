"""The field documents with every name, title, quotation and note replaced by an attack."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, SKOS

from tests.browser.charges import CHARGES

MAI = "https://w3id.org/maillage/def#"
_RECIT = (
    "lieu", "citation", "publicVise", "unite", "objectif", "resultat", "problematique", "pointPositif",
    "pointVigilance", "perspective", "innovation",
)  # fmt: skip
TEXTES = frozenset(
    {
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.publisher,
        SKOS.prefLabel,
        SKOS.altLabel,
        SKOS.note,
        *(URIRef(f"{MAI}{nom}") for nom in _RECIT),
    }
)


def write_corpus(modele: Path, dossier: Path) -> None:
    """Write a hostile copy of each document of a folder: the same things and links, no innocent word."""
    dossier.mkdir()
    suite = _attack()
    for fichier in sorted(modele.glob("*.ttl")):
        graphe = Graph().parse(fichier)
        for sujet, propriete, objet in sorted(graphe):
            if propriete in TEXTES and isinstance(objet, Literal):
                graphe.remove((sujet, propriete, objet))
                texte = next(suite)
                if (sujet, RDF.type, PROV.Entity) in graphe:
                    texte = f"{fichier.stem} {texte}"
                graphe.add((sujet, propriete, Literal(texte, lang=objet.language)))
        (dossier / fichier.name).write_bytes(graphe.serialize(format="longturtle", encoding="utf-8"))


def _attack() -> Iterator[str]:
    """Every attack in turn, each time told apart by a number."""
    for tour in count():
        for charge in CHARGES:
            yield f"{charge} {tour}" if tour else charge
