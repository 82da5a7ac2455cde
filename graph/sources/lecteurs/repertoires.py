"""What the readers of the two national registers (RNA, SIRENE) share: terms written fast, a row at a time."""

import re
from datetime import date
from functools import lru_cache
from typing import Final

from graph.dates import aujourd_hui
from graph.sources.identifiants import without_contacts
from graph.sources.ntriples import literal
from ontology.namespaces import PREFIXES

SANS_DATE: Final = frozenset({"", "0001-01-01"})
_SITE: Final = re.compile(r"(https?://)?[^\s<>\"{}|\\^`@/:]+\.[A-Za-z]{2,}(?:[/?#][^\s<>\"{}|\\^`@]*)?\Z")
_XSD_DATE: Final = PREFIXES["xsd"] + "date"


@lru_cache(maxsize=1 << 16)
def read_date(texte: str) -> tuple[str, date | None, bool]:
    """Return the term of a day, the day, and whether something was there that is not one."""
    if texte in SANS_DATE:
        return "", None, False
    try:
        jour = date.fromisoformat(texte)
    except ValueError:
        return "", None, True
    if jour.year < 1700 or jour > aujourd_hui():
        return "", None, True
    return literal(jour.isoformat(), type_donnee=_XSD_DATE), jour, False


def french(texte: str) -> str:
    """Write a text of one line as a French literal."""
    if '"' in texte or "\\" in texte:
        texte = texte.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{texte}"@fr .\n'


def read_address(texte: str) -> str:
    """Return the address of a site, empty when the cell holds something else."""
    found = _SITE.match(texte)
    if found is None or without_contacts(texte) != texte:
        return ""
    return texte if found[1] else f"http://{texte}"
