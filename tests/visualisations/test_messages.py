"""Both languages say everything: the same keys, the same places, and data files that are said in each."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from graph.messages import LANGUES, keep_by_language, speak, write_number
from graph.orientation.citations import read_donnees
from graph.orientation.parcours import load_modeles
from graph.orientation.regles import load_regles
from graph.sparql.questions import load_questions
from visualisations.rendu import messages

SANS_ANGLAIS = {
    "cli",
    "description",
    "import",
    "publication",
    "rapport",
    "rapprochements",
    "reglages",
    "source",
}
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


GARDENT = {"cache", "lru_cache", "cached_property", "once_per_catalogue", "once_for_each"}
PARLENT = {"messages", "libelle", "libelles", "definition", "en_clair", "avec_de", "dite", "write_number"}
"""Names whose value is a sentence in the current language; so is that of every ``say_…``."""
CODES = {"say_kind"}
"""Of a place, it is a code."""


def _decorated_by_a_cache(fonction: ast.FunctionDef) -> bool:
    noms = {n.id for d in fonction.decorator_list for n in ast.walk(d) if isinstance(n, ast.Name)}
    return bool(noms & GARDENT)


def _speaks(noeud: ast.AST) -> bool:
    """Tell whether code calls a sentence, or reads one from an object."""
    dits = {part.attr for part in ast.walk(noeud) if isinstance(part, ast.Attribute)}
    dits |= {
        part.func.id
        for part in ast.walk(noeud)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name)
    }
    return bool(dits & PARLENT) or any(nom.startswith("say_") for nom in dits - CODES)


def _kept_sentences(texte: str) -> Iterator[str]:
    """Yield what a module says when it is read, or keeps whatever the language."""
    arbre = ast.parse(texte)
    for noeud in ast.walk(arbre):
        if isinstance(noeud, ast.FunctionDef) and _decorated_by_a_cache(noeud):
            kept_apart = "keep_by_language" in ast.unparse(noeud)
            if not kept_apart and any(_speaks(ligne) for ligne in noeud.body):
                yield noeud.name
    for noeud in arbre.body:
        if isinstance(noeud, ast.Assign | ast.AnnAssign) and noeud.value and _speaks(noeud.value):
            yield ast.unparse(noeud)[:60]


def test_no_sentence_is_kept_from_one_request_to_the_next() -> None:
    fautes = {
        f"{package}.{fichier.name}": dits
        for package in ("api", "graph", "visualisations")
        for fichier in Path(str(files(package))).rglob("*.py")
        if "sources" not in fichier.parts
        if (dits := list(_kept_sentences(fichier.read_text("utf-8"))))
    }
    assert fautes == {}


@pytest.mark.parametrize(
    "texte",
    [
        "TITRE: Final = messages('a.b')",
        "@cache\ndef f():\n    return catalogue.libelle(iri)",
        "@once_per_catalogue\ndef f(catalogue):\n    return [say_place(catalogue, i) for i in x]",
    ],
)
def test_a_kept_sentence_is_seen(texte: str) -> None:
    assert list(_kept_sentences(texte)) != []
