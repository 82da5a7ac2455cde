"""The language of a page, and the address of the same page in another one."""

from contextvars import ContextVar
from typing import Final
from urllib.parse import quote

from graph.messages import LANGUES, langue_courante

PARAMETRE: Final = "lang"
adresse_courante: Final = ContextVar("adresse_courante", default=("/", ""))
"""Path and query of the request being answered, without the language."""


def langue() -> str:
    """The language of the page: ``fr`` or ``en``."""
    return langue_courante.get()


def autre_langue() -> str:
    """The language that the page may be switched to."""
    return next(code for code in LANGUES if code != langue())


def address_in(langue: str) -> str:
    """Address of this very page in a language; always on this site.

    >>> jeton = adresse_courante.set(("//ailleurs.fr/é", "q=a&q=b"))
    >>> address_in("en")
    '/ailleurs.fr/%C3%A9?q=a&q=b&lang=en'
    >>> adresse_courante.reset(jeton)
    """
    return _add(address_without(), langue)


def canonical_address(adresse: str) -> str:
    """The address that search engines keep: who chose nothing, as they do, reads French at the bare one."""
    return adresse if langue() == LANGUES[0] else _add(adresse, langue())


def address_without() -> str:
    """Address of this very page in the language that each reader chose, French when nobody did."""
    chemin, requete = adresse_courante.get()
    # Two leading slashes would lead to another site.
    chemin = "/" + quote(chemin.lstrip("/"), safe="/:")
    return f"{chemin}?{requete}" if requete else chemin


def _add(adresse: str, langue: str) -> str:
    return f"{adresse}{'&' if '?' in adresse else '?'}{PARAMETRE}={langue}"
