"""What was wrong with a query, for whoever typed it: a place and a reason, in French.

The engine gives the furthest place it could read to, which is often a little after the mistake, in
English and with everything it would have accepted there. The usual mistakes are looked for first.
"""

import re
import signal
from collections.abc import Collection, Iterator
from typing import Any, Final

from graph.errors import DelaiDepasseError, MaillageError, OuvriersOccupesError, RequeteRefuseeError
from graph.messages import messages, write_number
from graph.sparql.lecture import Genre, Jeton, Prologue, read_jetons, read_prologue
from graph.sparql.processus import OuvrierMortError

_PLACE: Final = re.compile(r"error at (\d{1,9}):(\d{1,9}): expected (.*)", re.DOTALL)
_FONCTION: Final = re.compile(r"The custom function <([^<>\s]{1,200})> is not supported")
_ATTENDU: Final = re.compile(r'"([^"\s\w\\]{1,3})"')
_PAIRES: Final = {"(": ")", "[": "]", "{": "}"}
_ATTENDUS_MAX: Final = 6

_TEMPS: Final = frozenset({signal.SIGXCPU, signal.SIGALRM})
"""Ends of a worker that mean too much time."""
_MEMOIRE: Final = frozenset({signal.SIGABRT, signal.SIGKILL})
"""Ends that mean too much memory: the engine gives up, or the system kills. Others are the engine's own."""

_RAISONS: Final = {
    "Duplicated variable name in SELECT": "variable-double",
    "The SELECT contains a variable that is unbound": "variable-absente",
    "IRI parsing failed": "iri",
    "The query limit should be a non negative integer": "limite",
    "The query offset should be a non negative integer": "limite",
    "is already set": "variable-deja-liee",
}


def explain_refusal(requete: str, prefixes: Collection[str], entete: dict[str, Any]) -> MaillageError:
    """Return the error to raise for what a worker could not do."""
    texte = str(entete.get("message", ""))
    match entete["erreur"]:
        case "syntaxe":
            return RequeteRefuseeError(explain_syntax(requete, prefixes, texte))
        case "memoire":
            return DelaiDepasseError(messages("sparql.memoire"))
        case "format":
            return RequeteRefuseeError(messages("sparql.format-impossible"))
        case "valeur":
            return RequeteRefuseeError(messages("sparql.graphe-iri"))
        case "evaluation" if trouve := _FONCTION.fullmatch(texte):
            return RequeteRefuseeError(messages("sparql.fonction", nom=trouve[1]))
        case _:
            return RequeteRefuseeError(messages("sparql.evaluation"))


def explain_death(mort: OuvrierMortError, delai: float) -> MaillageError:
    """Return the error to raise for a worker that ended before it answered."""
    if mort.signal in _TEMPS:
        return too_slow(delai)
    if mort.signal in _MEMOIRE:
        return DelaiDepasseError(messages("sparql.memoire"))
    if not mort.parti:
        return OuvriersOccupesError(messages("sparql.occupes"))
    return RequeteRefuseeError(messages("sparql.trop-complexe"))


def too_slow(delai: float) -> DelaiDepasseError:
    """Return the error to raise for a query stopped after ``delai`` seconds."""
    return DelaiDepasseError(messages("sparql.delai", secondes=write_number(f"{delai:g}")))


def explain_syntax(requete: str, prefixes: Collection[str], texte: str) -> str:
    """Return the sentence for a syntax error that the engine reported as ``texte``."""
    jetons = list(read_jetons(requete))
    prologue = read_prologue(jetons)
    for cle, jeton in _usual_mistakes(jetons, prologue, prologue.prefixes.union(prefixes)):
        ligne, colonne = _place(requete, jeton.debut)
        signe = jeton.valeur.partition(":")[0][:40] if jeton.genre is Genre.NOM else jeton.valeur[:1]
        return messages(f"sparql.{cle}", signe=signe, ligne=ligne, colonne=colonne)
    trouve = _PLACE.fullmatch(texte)
    if trouve is None:
        return messages("sparql.syntaxe")
    ligne, colonne, attendu = int(trouve[1]), int(trouve[2]), trouve[3]
    for phrase, cle in _RAISONS.items():
        if phrase in attendu:
            return messages(f"sparql.{cle}", ligne=ligne, colonne=colonne)
    signes = list(dict.fromkeys(_ATTENDU.findall(attendu)))[:_ATTENDUS_MAX]
    if signes:
        return messages(
            "sparql.syntaxe-attendu",
            ligne=ligne,
            colonne=colonne,
            signes=", ".join(f"«\u00a0{signe}\u00a0»" for signe in signes),
        )
    return messages("sparql.syntaxe-vers", ligne=ligne, colonne=colonne)


def _usual_mistakes(
    jetons: list[Jeton], prologue: Prologue, known: frozenset[str]
) -> Iterator[tuple[str, Jeton]]:
    yield from (("guillemet", jeton) for jeton in jetons if jeton.genre is Genre.GUILLEMET)
    if prologue.premier is not None and prologue.forme is None:
        yield "debut", prologue.premier
    yield from _unbalanced(jetons)
    for jeton in jetons:
        if jeton.genre is Genre.NOM and jeton.valeur.partition(":")[0] not in known | {"_"}:
            yield "prefixe", jeton


def _unbalanced(jetons: list[Jeton]) -> Iterator[tuple[str, Jeton]]:
    opened: list[Jeton] = []
    for jeton in jetons:
        if jeton.genre is not Genre.SIGNE:
            continue
        if jeton.valeur in _PAIRES:
            opened.append(jeton)
        elif jeton.valeur in _PAIRES.values():
            if not opened:
                yield "ferme-trop", jeton
                return
            if _PAIRES[opened[-1].valeur] != jeton.valeur:
                yield "pas-ferme", opened[-1]
                return
            opened.pop()
    if opened:
        yield "pas-ferme", opened[-1]


def _place(texte: str, position: int) -> tuple[int, int]:
    before = texte[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
