"""The pages people read: each is a function from the catalogue to an HTML string."""

from visualisations.pages.accueil import page_accueil
from visualisations.pages.acteur import page_acteur
from visualisations.pages.annuaire import page_annuaire
from visualisations.pages.erreur import page_erreur
from visualisations.pages.formulaire import SaisieOrientation
from visualisations.pages.orientation import page_orientation
from visualisations.pages.pourquoi import Question
from visualisations.pages.tableur import write_answer_csv
from visualisations.pages.territoire import page_territoire
from visualisations.pages.territoires import page_territoires

__all__ = [
    "Question",
    "SaisieOrientation",
    "page_accueil",
    "page_acteur",
    "page_annuaire",
    "page_erreur",
    "page_orientation",
    "page_territoire",
    "page_territoires",
    "write_answer_csv",
]
