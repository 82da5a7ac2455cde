"""Both languages say everything: the same keys, the same places, and data files that are said in each."""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files

import pytest

from graph.messages import LANGUES, keep_by_language, speak, write_number
from graph.orientation.citations import read_donnees
from graph.orientation.parcours import load_modeles
from graph.orientation.regles import load_regles
from graph.sparql.questions import load_questions
from visualisations.rendu import messages

SANS_ANGLAIS = {"cli", "description", "import", "rapport", "rapprochements", "reglages", "source"}
"""What only the command line and the build say; they speak French."""
CONSTRUCTION = {
    "edition.charger",
    "edition.construction-en-cours",
    "edition.contours",
    "edition.departement-inconnu",
    "edition.donnees-personnelles",
    "edition.dossier-interdit",
    "edition.partie-sans-communes",
}


def _texts(langue: str) -> Iterator[tuple[str, object]]:
    """Yield every message as its file writes it, by key."""

    def walk(table: dict[str, object], prefix: str) -> Iterator[tuple[str, object]]:
        for cle, valeur in table.items():
            if isinstance(valeur, dict) and set(valeur) != {"un", "autres"}:
                yield from walk(valeur, f"{prefix}{cle}.")
            else:
                yield f"{prefix}{cle}", valeur

    for package in ("graph", "visualisations"):
        for fichier in (files(package) / "messages" / langue).iterdir():
            yield from walk(tomllib.loads(fichier.read_text("utf-8")), "")


def test_no_message_is_missing_in_english() -> None:
    asked = {cle for cle in messages.keys("fr") if cle.split(".")[0] not in SANS_ANGLAIS} - CONSTRUCTION
    assert sorted(asked - messages.keys("en")) == []


def test_no_message_is_in_english_only() -> None:
    assert sorted(messages.keys("en") - messages.keys("fr")) == []


def test_places_and_plurals_are_the_same_in_both_languages() -> None:
    francais, anglais = dict(_texts("fr")), dict(_texts("en"))
    assert len(anglais) > 500
    for cle in anglais.keys() & francais.keys():
        dits = francais[cle], anglais[cle]
        assert isinstance(dits[0], dict) == isinstance(dits[1], dict), cle
        places = [set(re.findall(r"{(\w*)}", str(dit))) for dit in dits]
        assert places[0] == places[1], cle


def test_english_is_not_french_typed_in_english() -> None:
    """No French quotes, no space before a colon, and no sentence left as it was."""
    francais = dict(_texts("fr"))
    for cle, texte in _texts("en"):
        assert not re.search(r"[«»]|\w [:;?!](\s|$)", str(texte)), cle
        assert isinstance(texte, dict) or len(str(texte)) < 30 or texte != francais.get(cle), cle


def test_only_one_is_singular_in_english() -> None:
    cles = ("reseau.acteurs", "annuaire_page.total")
    for cle in cles:
        assert [messages(cle, n=n) for n in (0, 1, 2)] == ["0 acteur", "1 acteur", "2 acteurs"]
        with speak("en"):
            assert [messages(cle, n=n) for n in (0, 1, 2)] == [
                "0 organisations",
                "1 organisation",
                "2 organisations",
            ]


def test_a_sentence_not_translated_is_said_in_french() -> None:
    francais = messages("cli.aucune-ligne")
    with speak("en"):
        assert messages("cli.aucune-ligne") == francais


def test_counts_and_numbers_follow_the_language() -> None:
    assert messages("annuaire_page.total", n=1_431_000) == "1\u202f431\u202f000 acteurs"
    assert (write_number("-1234.50"), write_number("2008-05")) == ("-1\u202f234,5", "2008-05")
    with speak("en"):
        assert messages("annuaire_page.total", n=1_431_000) == "1,431,000 organisations"
        assert (write_number("-1234.50"), write_number("2008-05")) == ("-1,234.5", "2008-05")


def test_what_is_kept_is_kept_for_each_language() -> None:
    dits = []

    @keep_by_language(8)
    def name(cle: str) -> str:
        dits.append(cle)
        return messages(cle)

    for _ in range(2):
        assert name("menu.sparql") == "Données"
        with speak("en"):
            assert name("menu.sparql") == "Data"
    assert dits == ["menu.sparql"] * 2


def test_steps_of_the_path_are_the_same_in_both_languages() -> None:
    francais = load_modeles()
    with speak("en"):
        anglais = load_modeles()
    for fr, en in zip(francais, anglais, strict=True):
        assert (fr.code, fr.roles, fr.fonctions, fr.suites, fr.sources) == (
            en.code,
            en.roles,
            en.fonctions,
            en.suites,
            en.sources,
        )
        assert fr.titre != en.titre and fr.texte != en.texte
        for champ in ("preparer", "association", "attendre"):
            dits, traduits = getattr(fr, champ), getattr(en, champ)
            assert len(dits) == len(traduits) and not set(dits) & set(traduits), (fr.code, champ)


def test_rules_say_the_same_verdicts_in_both_languages() -> None:
    francais = load_regles()
    with speak("en"):
        anglais = load_regles()
    for fr, en in zip(francais, anglais, strict=True):
        assert (fr.code, fr.stades, fr.ferme) == (en.code, en.stades, en.ferme)
        assert {v for v, texte in fr.textes.items() if texte} == {v for v, t in en.textes.items() if t}
        assert all(texte != en.textes[verdict] for verdict, texte in fr.textes.items() if texte)


@pytest.mark.parametrize("langue", LANGUES)
def test_data_files_are_read_in_french_whatever_the_language(langue: str) -> None:
    with speak(langue):
        assert read_donnees("regles")["pava"]["textes"]["oui"].startswith("Un point d’appui")


def test_every_question_is_asked_in_english() -> None:
    questions = load_questions()
    connus = tomllib.loads((files("ontology") / "questions" / "en.toml").read_text("utf-8"))
    assert {q.slug.partition("-")[0] for q in questions} == set(connus)
    assert all(q.question_en.endswith("?") for q in questions)
