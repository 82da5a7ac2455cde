"""N-Triples by hand: the fast way from rows to statements (W3C N-Triples, section 2).

Only for terms whose form the caller knows: IRIs made of checked codes, literals of any text.
"""

import re
from typing import Final

_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TO_ESCAPE: Final = re.compile(r'[\\"\n\r\t]')
_NOT_IN_IRI: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def iri(texte: str) -> str:
    """Write an IRI term.

    Raises:
        ValueError: a character that no IRI may hold.
    """
    if _NOT_IN_IRI.search(texte):
        raise ValueError(f"caractère interdit dans un IRI : {texte[:60]!r}")
    return f"<{texte}>"


def literal(texte: str, *, langue: str | None = None, type_donnee: str | None = None) -> str:
    """Write a literal term: plain, with a language tag, or with a datatype IRI."""
    corps = _TO_ESCAPE.sub(lambda trouve: _ESCAPES[trouve[0]], texte)
    if langue is not None:
        return f'"{corps}"@{langue}'
    if type_donnee is not None:
        return f'"{corps}"^^{iri(type_donnee)}'
    return f'"{corps}"'


def statement(sujet: str, propriete: str, objet: str) -> str:
    """Write one line from terms already written."""
    return f"{sujet} {propriete} {objet} .\n"
