"""The matrix as a spreadsheet reads it: one row a function of an actor, with where it is written."""

from collections.abc import Iterable, Iterator

from graph.catalogue import Catalogue
from graph.catalogue.modele import Iri
from graph.coverage.matrice import Matrice
from graph.coverage.serialisation_matrice import Mention, list_mentions
from visualisations.pages.commun import actor_address, labels, say_place
from visualisations.pages.matrice_vues import say_parts
from visualisations.rendu import messages
from visualisations.tableau import write_table


def write_matrix_csv(catalogue: Catalogue, matrice: Matrice) -> str:
    """The whole table, whatever the page shows of it."""
    entete = messages("matrice.csv-colonnes").split(";")
    return write_table(entete, (_row(catalogue, mention) for mention in list_mentions(matrice)))


def _row(catalogue: Catalogue, mention: Mention) -> tuple[str, ...]:
    inconnu = messages("matrice.csv-inconnu")
    acteur = catalogue.acteurs[mention.acteur] if mention.acteur else None
    offre = mention.preuve.offre if mention.preuve else None
    qui = (
        acteur.nom if acteur else "",
        " | ".join(messages(f"types.{code}") for code in acteur.types) if acteur else "",
        messages(f"matrice.csv-portee-{mention.portee}") if mention.portee else "",
        catalogue.libelle(mention.colonne) if mention.colonne else inconnu,
    )
    adresse = actor_address(acteur) if acteur else ""
    if offre is None or mention.preuve is None:
        return (*qui, *[""] * 11, adresse, "" if acteur else messages("matrice.personne"))
    sources = catalogue.source_de(offre.passages)
    return (
        *qui,
        catalogue.libelle(mention.preuve.fonction),
        _join(catalogue, offre.stades) or inconnu,
        _join(catalogue, offre.besoins) or inconnu,
        _join(catalogue, offre.secteurs) or inconnu,
        _join(catalogue, offre.temporalites) or inconnu,
        offre.titre,
        " | ".join(say_place(catalogue, iri) for iri in offre.territoires),
        say_parts(catalogue, mention.parties, len(mention.parties)),
        _join(catalogue, offre.publics_vises) or inconnu,
        _once(f"{source.titre}, {passage.lieu}".rstrip(", ") for passage, source in sources),
        _once(source.date.texte for _, source in sources if source.date),
        f"{adresse}#offre-{offre.slug}",
        "",
    )


def _join(catalogue: Catalogue, iris: Iterable[Iri]) -> str:
    return " | ".join(labels(catalogue, iris))


def _once(textes: Iterator[str]) -> str:
    return " | ".join(dict.fromkeys(textes))
