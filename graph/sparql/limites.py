"""What is refused before any worker sees it, each with a sentence that says what to change.

These checks give a clear answer at once; they are not what keeps the server safe: a worker has no
network, and one that dies is replaced. So they may let through, and must not refuse the innocent.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from graph.errors import RequeteRefuseeError
from graph.messages import messages
from graph.sparql.formats import Forme
from graph.sparql.lecture import Genre, Jeton, read_jetons, read_prologue
from ontology.namespaces import PREFIXES

LONGUEUR_MAX: Final = 16 * 1024
"""Bytes of a query."""
PROFONDEUR_MAX: Final = 100
"""Brackets open at the same time. With an ordinary stack the engine dies at about 2 200 of them."""
CHAINES_MAX: Final = {**dict.fromkeys(("!", "+", "*", "/", "|", "||", "&&"), 2000), "union": 1000}
"""How often each may be said. With an ordinary stack the engine dies at about 9 200 « ! », 6 600 « + »."""

_CHANGEANTS: Final = ("now", "rand", "uuid", "bnode")
_BORNES: Final = ("limit", "offset", "values")
_OUVRANTS: Final = frozenset("([{") | {"<<"}
_FERMANTS: Final = frozenset(")]}") | {">>"}
_DOUTEUX: Final = (Genre.DOUTE, Genre.GUILLEMET)
"""Where the engine may read on otherwise than we do."""


@dataclass(frozen=True, slots=True)
class RequeteLue:
    """A query that may be handed to a worker."""

    texte: str
    forme: Forme | None
    """None when the text is not recognised as a query: the engine will say what is wrong with it."""
    changeante: bool = False
    """True when the same data may answer otherwise the next time: the hour, chance."""
    bornee: bool = True
    """False when ``OFFSET`` may be added at the end, to read what a cut answer left out."""


def check_requete(requete: str, prefixes: Collection[str] = PREFIXES) -> RequeteLue:
    """Read a query, and refuse one that must not be run.

    Args:
        requete: SPARQL text, as typed.
        prefixes: names that the query need not declare.

    Raises:
        RequeteRefuseeError: empty, too long, too deep, an update, or one that calls another server.
    """
    _check_length(requete)
    jetons = list(read_jetons(requete))
    if not jetons:
        raise RequeteRefuseeError(messages("sparql.vide"))
    prologue = read_prologue(jetons)
    if prologue.mise_a_jour:
        raise RequeteRefuseeError(messages("sparql.lecture-seule"))
    _check_escapes(jetons)
    _check_service(requete, jetons, prologue.prefixes.union(prefixes))
    _check_depth(jetons)
    _check_chains(jetons)
    mots = {jeton.valeur.lower() for jeton in jetons if jeton.genre is Genre.MOT}
    return RequeteLue(
        requete,
        prologue.forme,
        changeante=_says_one_of(mots, _CHANGEANTS),
        bornee=prologue.forme is not Forme.SELECT or _says_one_of(mots, _BORNES),
    )


def _says_one_of(mots: Collection[str], cherches: Collection[str]) -> bool:
    """Tell whether a word is said, were it stuck to another: ``5LIMIT`` is read by the engine."""
    return any(cherche in mot for mot in mots for cherche in cherches)


def _check_length(requete: str) -> None:
    try:
        length = len(requete.encode())
    except UnicodeEncodeError:
        raise RequeteRefuseeError(messages("sparql.pas-utf8")) from None
    if length > LONGUEUR_MAX:
        raise RequeteRefuseeError(messages("sparql.trop-longue", max=LONGUEUR_MAX // 1024))


def _check_escapes(jetons: list[Jeton]) -> None:
    """Refuse an escaped ``SERVICE`` and the like: an engine that decodes first would read another query."""
    for i, jeton in enumerate(jetons):
        escaped = jeton.genre is Genre.IRI and "\\" in jeton.valeur
        if jeton.valeur == "\\" and i + 1 < len(jetons):
            escaped = jetons[i + 1].valeur[:1] in ("u", "U")
        if escaped:
            raise RequeteRefuseeError(messages("sparql.echappement"))


def _check_service(requete: str, jetons: list[Jeton], known: frozenset[str]) -> None:
    doubt = any(jeton.genre in _DOUTEUX for jeton in jetons) and "service" in requete.lower()
    if doubt or any(_calls_service(jetons, i, known) for i in range(len(jetons))):
        raise RequeteRefuseeError(messages("sparql.service"))


def _calls_service(jetons: list[Jeton], i: int, known: frozenset[str]) -> bool:
    jeton = jetons[i]
    if jeton.genre is Genre.MOT:
        return "service" in jeton.valeur.lower()
    prefixe = jeton.valeur.partition(":")[0]
    if jeton.genre is not Genre.NOM or "service" not in prefixe.lower():
        return False
    if prefixe not in known:  # the engine reads ``SERVICEex:a`` as SERVICE ex:a
        return True
    opens = i + 1 < len(jetons) and jetons[i + 1].valeur == "{"
    names_graph = i > 0 and jetons[i - 1].valeur.lower() in ("graph", "from", "named", "describe")
    return opens and not names_graph


def _check_depth(jetons: list[Jeton]) -> None:
    depth = 0
    for jeton in jetons:
        if jeton.genre is not Genre.SIGNE:
            continue
        if jeton.valeur in _OUVRANTS:
            depth += 1
        elif jeton.valeur in _FERMANTS:
            depth = max(0, depth - 1)
        if depth > PROFONDEUR_MAX:
            raise RequeteRefuseeError(messages("sparql.trop-imbriquee", max=PROFONDEUR_MAX))


def _check_chains(jetons: list[Jeton]) -> None:
    counts = dict.fromkeys(CHAINES_MAX, 0)
    for jeton in jetons:
        mot = jeton.valeur.lower()
        if jeton.genre in (Genre.SIGNE, Genre.MOT) and mot in counts:
            counts[mot] += 1
            if counts[mot] > CHAINES_MAX[mot]:
                raise RequeteRefuseeError(
                    messages("sparql.trop-enchainee", signe=mot.upper(), max=CHAINES_MAX[mot])
                )
