"""The questions that come with the product: one ``.rq`` each, its question on top as a comment."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from graph.messages import langue_courante
from graph.queries import parse_requete

_INTERROGATIFS: Final = {
    code: re.compile(rf"\b(?:{mots})\b", re.IGNORECASE)
    for code, mots in (
        ("combien", "combien"),
        ("quand", "quand|depuis|quelles? dates?|quelles? années?"),
        ("ou", "où|quell?e?s? (?:anciennes? )?(?:territoires?|départements?|régions?|communes?)"),
        ("qui", "qui|lesquel(?:le)?s|quel(?:le)?s (?:acteurs|structures|prestataires|opérateurs|réseaux)"),
        ("quoi", "que|quoi|quell?e?s?|comment|pourquoi|peut-on"),
    )
}
AUTRE: Final = "quoi"


@dataclass(frozen=True, slots=True)
class Question:
    """A question, in French and in English, and the query that answers it."""

    slug: str
    question: str
    requete: str
    question_en: str = ""
    ailleurs: tuple[tuple[str, str], ...] = ()
    """By language, it said for whatever one picks rather than for what it is written with."""

    @property
    def dite(self) -> str:
        """It in the current language, in French when it is said in no other."""
        return (langue_courante.get() == "en" and self.question_en) or self.question

    @property
    def generale(self) -> str:
        """It said for whatever one picks, in the current language; empty when nobody wrote it."""
        return dict(self.ailleurs).get(langue_courante.get(), "")

    @property
    def interrogatif(self) -> str:
        """What it asks for: ``qui``, ``combien``, ``quand``, ``ou`` or ``quoi``."""
        found = {code: mots.search(self.question) for code, mots in _INTERROGATIFS.items()}
        places = {code: trouve.start() for code, trouve in found.items() if trouve}
        return min(places, key=lambda code: places[code], default=AUTRE)


def load_questions(dossier: Traversable | None = None) -> tuple[Question, ...]:
    """Read the questions of a folder (by default those of the ontology), in the order of their names."""
    folder = dossier if dossier is not None else files("ontology") / "questions"
    anglais, ailleurs = _read_toml(folder / "en.toml"), _read_toml(folder / "ailleurs.toml")
    return tuple(
        _read(entry, anglais, ailleurs) for entry in sorted(_queries(folder), key=lambda entry: entry.name)
    )


def _queries(folder: Traversable) -> Iterable[Traversable]:
    if not folder.is_dir():
        return ()
    return (entry for entry in folder.iterdir() if entry.name.endswith(".rq"))


def _read_toml(fichier: Traversable) -> dict[str, Any]:
    return tomllib.loads(fichier.read_text(encoding="utf-8")) if fichier.is_file() else {}


def _read(
    entry: Traversable, anglais: Mapping[str, str], ailleurs: Mapping[str, Mapping[str, str]]
) -> Question:
    slug = entry.name.removesuffix(".rq")
    requete = parse_requete(slug, entry.read_text(encoding="utf-8"))
    code = slug.partition("-")[0]
    said = tuple((langue, textes[code]) for langue, textes in ailleurs.items() if code in textes)
    return Question(slug, requete.question, requete.texte, anglais.get(code, ""), said)
