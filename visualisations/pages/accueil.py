"""The home page: what Maillage is, three doors, and what this edition holds."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.catalogue import Catalogue
from graph.catalogue.modele import Source
from visualisations.pages.commun import DocumentVue, say_number, say_part, view_document
from visualisations.rendu import render_view
from visualisations.schema_org import Structure, structure_dataset


@dataclass(frozen=True, slots=True)
class AccueilVue:
    """Context of ``pages/accueil.html``."""

    edition: str
    structure: Structure
    partielle: str
    """What a partial edition keeps to, empty for all of France."""
    chiffres: tuple[tuple[str, str, int], ...]
    """(kind, number as read, number): the kind names the message."""
    documents: tuple[DocumentVue, ...]


def page_accueil(catalogue: Catalogue, comptes: Mapping[str, int]) -> str:
    """The home page of an edition.

    Args:
        catalogue: what the edition says.
        comptes: how many things of each kind the whole edition holds, as its build counted them.
    """
    documents = [source for source in catalogue.sources.values() if _is_document(catalogue, source)]
    dits = {nom: comptes.get(nom, 0) for nom in ("acteurs", "offres", "liens")} | {"sources": len(documents)}
    vue = AccueilVue(
        edition=catalogue.edition,
        structure=structure_dataset(catalogue),
        partielle=say_part(catalogue),
        chiffres=tuple((nom, say_number(str(n)), n) for nom, n in dits.items()),
        documents=tuple(view_document(source) for source in documents[:12]),
    )
    return render_view("pages/accueil.html", vue)


def _is_document(catalogue: Catalogue, source: Source) -> bool:
    """A source that says something of actors (the table of communes says nothing of them)."""
    return any(passage.source == source.iri for passage in catalogue.passages.values())
