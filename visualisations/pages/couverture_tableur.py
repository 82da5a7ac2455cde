"""The survey as a spreadsheet reads it: one row a place and a subject, with whom to turn to first."""

from collections.abc import Iterator

from graph.catalogue import Catalogue
from graph.catalogue.territoires import reference
from graph.coverage.detail import Detail, Proche, open_conteur
from graph.coverage.releve import Releve
from graph.coverage.sujets import DIMENSIONS
from visualisations.pages.commun import actor_address, say_place
from visualisations.pages.couverture_vues import name_level, say_parts
from visualisations.rendu import messages
from visualisations.tableau import write_table


def write_survey_csv(catalogue: Catalogue, releve: Releve) -> str:
    """The whole survey, whatever the page shows of it."""
    return write_table(messages("couverture_page.csv-colonnes").split(";"), _rows(catalogue, releve))


def _rows(catalogue: Catalogue, releve: Releve) -> Iterator[tuple[str, ...]]:
    conteur = open_conteur(catalogue)
    oui, non = messages("couverture_page.csv-oui"), messages("couverture_page.csv-non")
    for ligne, place in enumerate(releve.lignes):
        habitants = releve.count_people(catalogue, ligne)
        lieu = (
            say_place(catalogue, place.iri),
            reference(place),
            "" if habitants is None else str(habitants),
        )
        for colonne, sujet in enumerate(releve.sujets):
            detail = conteur.tell(releve, ligne, colonne)
            demandes = dict(sujet.demandes)
            yield (
                *lieu,
                *(catalogue.libelle(demandes[nom]) if nom in demandes else "" for nom in DIMENSIONS),
                messages(f"couverture_page.niveau-{name_level(detail)}"),
                say_parts(detail, len(detail.parties)),
                *(str(nombre) for nombre in detail.communes),
                str(releve.count_outside(catalogue, ligne)),
                str(int(releve.manquants[ligne, colonne])),
                oui if detail.a_demander else non,
                *_nearest(catalogue, detail),
            )


def _nearest(catalogue: Catalogue, detail: Detail) -> tuple[str, ...]:
    proche: Proche | None = detail.proche
    if proche is None:
        return ("",) * 7
    acteur, offre = catalogue.acteurs[proche.offre.acteur], proche.offre
    sources = catalogue.source_de(offre.passages)
    return (
        acteur.nom,
        offre.titre,
        say_place(catalogue, proche.lieu.iri),
        str(proche.ecart),
        " | ".join(dict.fromkeys(source.titre for _, source in sources)),
        " | ".join(dict.fromkeys(source.date.texte for _, source in sources if source.date)),
        f"{actor_address(acteur)}#offre-{offre.slug}",
    )
