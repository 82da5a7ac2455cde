"""Free text: the words of volunteers lead to needs, to be confirmed."""

from collections.abc import Callable

import pytest

from graph.catalogue import Catalogue
from graph.orientation import propose_needs
from graph.orientation.texte_libre import LIMITE

DITS = {
    "conflit entre bénévoles et salariés": "conflit-benevoles-salaries",
    "on ne sait pas faire une fiche de paie": "gestion-paie",
    "on ne sait plus qui fait quoi chez nous": "organisation-interne",
    "Notre trésorière déménage et personne ne veut prendre la suite": "transmission",
    "On aimerait embaucher une animatrice, ce serait notre premier salarié": "premier-emploi",
    "la commune a réduit notre subvention": "augmentation-subvention",
    "une salariée part en congé maternité, comment la remplacer": "remplacement",
    "nous n'avons plus assez d'argent pour finir l'année": "equilibre-financier",
    "est-ce qu'on doit payer la TVA ?": "situation-fiscale",
    "refaire notre site et nos plaquettes": "supports-communication",
    "les bénévoles sont épuisés": "mobilisation-benevoles",
    "comment rédiger la fiche de poste de la directrice": "fiche-de-poste",
    "il faut changer nos statuts avant l'AG": "organiser-vie-statutaire",
    "former nos bénévoles à la gestion": "competences-benevoles",
    "peut-on partager un comptable avec d'autres crèches": "mutualisation",
    "la banque nous refuse un prêt": "acces-prets",
    "on risque la fermeture en juin": "sortie-de-crise",
    "mesurer l'impact social de nos actions": "valoriser-utilite-sociale",
    "répondre à un appel à projets de la région": "repondre-appel-projet",
    "quelle grille de salaires appliquer": "convention-collective",
    "les nouvelles normes de sécurité": "mise-en-conformite",
    "nos animateurs sont à bout de souffle": "mobilisation-benevoles",
    "la mairie donne une subvention qui ne suffit plus": "augmentation-subvention",
    "un courrier des impôts nous est arrivé": "argumenter-administration-fiscale",
    "notre chantier d'insertion doit-il être rentable": "insertion-rendement",
    "le poids des salaires inquiète le bureau": "masse-salariale",
    "on voudrait échanger avec des pairs": "echanger-pratiques",
    "nous voulons fusionner avec l'association voisine": "regroupement",
}


@pytest.fixture(scope="module")
def catalogue(make_catalogue: Callable[..., Catalogue]) -> Catalogue:
    return make_catalogue("")


def codes(catalogue: Catalogue, texte: str) -> list[str]:
    return [propose.code for propose in propose_needs(catalogue, texte)]


@pytest.mark.parametrize(("texte", "attendu"), DITS.items())
def test_words_of_volunteers_lead_to_the_need(catalogue: Catalogue, texte: str, attendu: str) -> None:
    assert attendu in codes(catalogue, texte)[:2]


@pytest.mark.parametrize(
    "texte",
    [
        "fiches de paies",
        "FICHE DE PAIE",
        "fiche de paie !",
        "la fiche-de-paie",
        "l’envoi d’une fiche de paie",
    ],
)
def test_accents_plurals_and_signs_change_nothing(catalogue: Catalogue, texte: str) -> None:
    assert codes(catalogue, texte)[0] == "gestion-paie"


def test_every_name_of_a_need_finds_it(catalogue: Catalogue) -> None:
    for concept in catalogue.concepts_de("besoin"):
        for nom in (concept.libelle, *concept.alias):
            assert concept.code in codes(catalogue, nom), nom


def test_several_needs_in_one_sentence(catalogue: Catalogue) -> None:
    found = codes(catalogue, "aide pour la comptabilité, le budget prévisionnel et les fiches de poste")
    assert {"comptabilite", "budget-previsionnel", "fiche-de-poste"} <= set(found)


def test_the_loudest_trouble_of_a_sentence_does_not_hide_the_others(catalogue: Catalogue) -> None:
    found = codes(
        catalogue,
        "La directrice et le bureau ne se parlent plus, les comptes sont en retard, on n'applique pas la "
        "convention collective et on a peur de devoir fermer la crèche",
    )
    assert found[0] == "convention-collective"
    assert {"conflit-benevoles-salaries", "comptabilite", "sortie-de-crise"} <= set(found)


@pytest.mark.parametrize(
    "texte", ["", "   ", "bonjour, merci", "xyzzy plugh", "🙂🙂", "'; DROP TABLE", "a" * 10_000]
)
def test_nothing_is_made_up(catalogue: Catalogue, texte: str) -> None:
    assert codes(catalogue, texte) == []


def test_what_was_recognised_is_said_and_the_list_is_short(catalogue: Catalogue) -> None:
    proposes = propose_needs(catalogue, " ".join(DITS))
    assert 1 <= len(proposes) <= LIMITE
    assert [p.score for p in proposes] == sorted((p.score for p in proposes), reverse=True)
    (paie,) = propose_needs(catalogue, "fiche de paie")
    assert (paie.expression, paie.libelle) == ("fiche de paie", "Gestion de la paie")
