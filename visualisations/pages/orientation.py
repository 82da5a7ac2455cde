"""« Qui peut m’aider ? » : three questions, and the answers with their reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.catalogue import Catalogue
from graph.catalogue.modele import Territoire
from graph.orientation.modele import Reponse
from graph.orientation.texte_libre import BesoinPropose
from visualisations.pages.formulaire import FormulaireVue, SaisieOrientation, view_form
from visualisations.pages.pourquoi import Question
from visualisations.pages.resultats import ReponseVue, view_answer
from visualisations.rendu import render_view


@dataclass(frozen=True, slots=True)
class OrientationVue:
    """Context of ``pages/orientation.html``."""

    edition: str
    formulaire: FormulaireVue
    reponse: ReponseVue | None


def page_orientation(
    catalogue: Catalogue,
    saisie: SaisieOrientation,
    reponse: Reponse | None = None,
    choix_communes: tuple[Territoire, ...] = (),
    erreurs: Mapping[str, str] | None = None,
    proposes: Sequence[BesoinPropose] = (),
    question: Question | None = None,
) -> str:
    """The page: the form alone, the form with what to correct, or the answer with the form folded.

    Args:
        catalogue: what the edition says.
        saisie: the fields as typed, valid or not.
        reponse: the answer, when the request was understood.
        choix_communes: places the typed name may mean, when there are several.
        erreurs: what to correct, by name of field.
        proposes: needs that the typed text may mean, to be confirmed.
        question: « pourquoi pas X ? », asked of the answer.
    """
    vue = OrientationVue(
        edition=catalogue.edition,
        formulaire=view_form(catalogue, saisie, choix_communes, erreurs, proposes),
        reponse=view_answer(catalogue, saisie, reponse, question) if reponse else None,
    )
    return render_view("pages/orientation.html", vue)
