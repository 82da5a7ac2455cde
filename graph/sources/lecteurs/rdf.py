"""Any graph somebody already has: Turtle, TriG, N-Triples, N-Quads, JSON-LD; RDF/XML without a DTD.

One import is one source, thus one named graph of the edition. The named graphs of the files are kept as
passages of this source: each node that Maillage knows says with ``dcterms:source`` which graph of which
file it comes from, and the passage gives the graph's IRI (``prov:wasDerivedFrom``). What is counted is
the node: everything the files say of one IRI.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from graph.messages import messages
from graph.sources.atelier import Atelier
from graph.sources.bilan import LigneRefusee
from graph.sources.ntriples import iri
from graph.sources.rdf.controle import ENONCES_MAX, find_faults
from graph.sources.rdf.depot import Depot, Lieu, Noeud
from graph.sources.rdf.tamis import is_personal
from graph.sources.rdf.titres import find_title
from graph.sources.registre import Lecteur
from graph.sources.tableau import FichierRefuseError
from ontology.namespaces import MAI

_SEGMENTS: Final = {
    "acteur": ("Acteur", "Association", "Reseau", "Prestataire", "Financeur", "Institution"),
    "offre": ("Offre",),
    "lien": ("Lien", "Mandat", "Adhesion", "Financement", "Partenariat", "Representation"),
    "accompagnement": (
        *("Accompagnement", "IngenierieIndividuelle", "IngenierieCollective", "Experimentation"),
        "Etape",
    ),
    "instance": ("Instance", "SystemeIntervenant"),
    "observation": ("Observation",),
}
_SEGMENT: Final = {f"{MAI}{nom}": segment for segment, noms in _SEGMENTS.items() for nom in noms}
"""Segment of the IRI of each class whose things say where they come from."""


def lire(fichiers: Sequence[Path], atelier: Atelier) -> Iterator[Sequence[str]]:
    """Yield the statements of each node that is taken."""
    with TemporaryDirectory(prefix="maillage-rdf-") as folder:
        depot = Depot(Path(folder))
        depot.fill(fichiers, atelier)
        if not depot.lieux:
            raise FichierRefuseError(messages("import.rdf.sans-enonce", fichier=fichiers[0].name))
        if atelier.options.departements or atelier.options.depuis:
            atelier.bilan.avertissements[messages("import.rdf.sans-filtre")] += 1
        entete = [list(_note(atelier)), *(list(_passage(atelier, *lieu)) for lieu in depot.lieux.items())]
        yield from entete
        yield from _nodes(depot, atelier, [line for group in entete for line in group])


def _note(atelier: Atelier) -> Iterator[str]:
    yield atelier.triple(iri(atelier.graphe), "skos:note", atelier.text(messages("import.rdf.sans-date")))


def _passage(atelier: Atelier, lieu: Lieu, numero: int) -> Iterator[str]:
    """Describe where statements were: a file, and the graph that it named."""
    passage = atelier.passage(f"graphe-{numero}")
    named = lieu.graphe if "://" in lieu.graphe and not is_personal(lieu.graphe) else ""
    cle = "lieu-graphe" if named else "lieu"
    said = messages(f"import.rdf.{cle}", fichier=lieu.fichier, graphe=named)
    yield atelier.triple(passage, "a", iri(f"{MAI}Passage"))
    yield atelier.triple(passage, "dcterms:isPartOf", iri(atelier.graphe))
    yield atelier.triple(passage, "mai:lieu", atelier.text(said))
    if named:
        yield atelier.triple(passage, "prov:wasDerivedFrom", iri(named))


def _nodes(depot: Depot, atelier: Atelier, entete: Sequence[str]) -> Iterator[Sequence[str]]:
    bilan = atelier.bilan
    lieux = depot.by_number()
    kept = _countable(depot, atelier)
    first = list(islice(kept, ENONCES_MAX))
    small = len(first) < ENONCES_MAX and sum(len(noeud.enonces) for noeud in first) <= ENONCES_MAX
    extra = {noeud.iri: _sources(noeud, atelier) for noeud in first} if small else {}
    faults = find_faults(first, extra, entete) if small else {}
    if not small:
        bilan.avertissements[messages("import.rdf.sans-formes")] += 1
    for several in (first, kept):
        for noeud in several:
            fault = faults.get(noeud.iri)
            if fault is None:
                bilan.pris += 1
                yield [*noeud.lines(), *_sources(noeud, atelier)]
                continue
            valeur = f"{noeud.iri} {fault.valeur}".strip()
            where = lieux[noeud.passages[0]].fichier
            bilan.reject(where, 0, LigneRefusee(fault.chemin, valeur, fault.message))


def _countable(depot: Depot, atelier: Atelier) -> Iterator[Noeud]:
    """Count every node; yield those of which something is left."""
    bilan, lieux = atelier.bilan, depot.by_number()
    for noeud in depot.nodes():
        bilan.lus += 1
        if noeud.personne:
            bilan.filtres[messages("import.rdf.personne")] += 1
        elif not noeud.enonces:
            bilan.filtres[messages("import.rdf.rien")] += 1
        elif segment := _misplaced(noeud):
            verdict = LigneRefusee("", noeud.iri, messages("import.rdf.segment", segment=segment))
            bilan.reject(lieux[noeud.passages[0]].fichier, 0, verdict)
        else:
            yield noeud


def _misplaced(noeud: Noeud) -> str | None:
    """Return the segment under which a thing should be, None when it is or need not be."""
    wanted = {_SEGMENT[classe] for classe in noeud.types if classe in _SEGMENT}
    return next((s for s in sorted(wanted) if f"/id/{s}/" not in noeud.iri), None)


def _sources(noeud: Noeud, atelier: Atelier) -> list[str]:
    if not noeud.types & _SEGMENT.keys():
        return []
    sujet = iri(noeud.iri)
    return [
        atelier.triple(sujet, "dcterms:source", atelier.passage(f"graphe-{numero}"))
        for numero in noeud.passages
    ]


class LecteurRdf(Lecteur):
    """A graph that says its own title gives it to its source."""

    def name(self, fichiers: Sequence[Path]) -> str:
        """Return the title that the graph gives itself, else the one its files make."""
        return find_title(fichiers) or Lecteur.name(self, fichiers)


LECTEUR = LecteurRdf(kind="rdf", titre="Graphe importé", editeur="Fournisseur du fichier importé", lire=lire)
